"""The settings, one line each, with what each of them means."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from textual.app import App

from markterm.centre.centre import Centre
from markterm.tui.settings import KEYS_FILE, SETTINGS_FILE, OwnSettings, Settings
from markterm.tui.theme import OF_THE_TERMINAL, THEMES
from markterm.tui.widgets.choice import ChoiceScreen


class Left(Enum):
    """What the settings were left for, when it is asked elsewhere."""

    FOR_KEYS = "for the keys"
    FOR_FILTERS = "for the saved filters"
    FOR_WHO = "for who is marking"
    FOR_SIGNING_KEYS = "for the keys with which members sign"


class _Line(NamedTuple):
    """A line: what it says, what that means, and what Enter does: other settings, a theme, or another screen."""

    says: str
    means: str
    then: Settings | str | Left


SWITCHES = {
    "move_on": (
        "Move to the next open criterion after a mark",
        "A pass or a referral goes on by itself; without it the cursor stays where you marked.",
    ),
    "evidence_follows": (
        "Evidence follows the criterion",
        "Going to a criterion brings the evidence to the first passage that refers to it.",
    ),
    "decide_first": (
        "Verifying: decide before you see the assessor's decision",
        "Samples open as independent second assessments: the decision is shown when yours is recorded.",
    ),
    "visited": (
        "The first visit was shown",
        "Three sentences about the keys, when the demo opens; with no they are shown the next time again.",
    ),
}
"""What is on or off, by the name in the file: how it is called, and what it means."""
WIDTHS = {
    "criteria_width": ("Width of the criteria", "Columns of the criteria beside the evidence"),
    "criterion_width": ("Width of the criterion in a wide terminal", "Columns of the criterion beside the evidence"),
    "criterion_height": ("Height of the criterion", "Rows of the criterion above the evidence, under 120 columns"),
}
"""What is so many columns wide, or rows high, by the name in the file: how it is called, and what is meant."""
_OF_THEME = "The colours. Text is told from its ground by the contrast that WCAG AA asks for."
_OF_THE_TERMINAL = "The colours that your terminal gives to each name; how well they can be told apart is its own."


def _lines(now: Settings, theme: str, member: str, *, signed_in: bool) -> list[_Line]:
    """A line for each setting and whatever else is chosen here; who is marking is not, for whoever is `signed_in`."""
    switches = [
        _Line(
            f"{called}: {'yes' if getattr(now, name) else 'no'}",
            means,
            replace(now, **{name: not getattr(now, name)}),  # type: ignore[arg-type]  # a field of its own type
        )
        for name, (called, means) in SWITCHES.items()
    ]
    widths = [
        _Line(
            f"{called}: {getattr(now, name) or 'as it comes'}",
            f"{of}. Choosing this takes a size of your own back.",
            replace(now, **{name: 0}),  # type: ignore[arg-type]  # a field of its own type
        )
        for name, (called, of) in WIDTHS.items()
    ]
    themes = [
        _Line(f"Theme {name}{'  (now)' if name == theme else ''}", means, name)
        for name, means in (
            *((each.name, _OF_THEME) for each in THEMES),
            *((name, _OF_THE_TERMINAL) for name in OF_THE_TERMINAL),
        )
    ]
    who = _Line(
        f"Who is marking: {member}",
        "Every entry names who made it; remembered for this centre on this machine.",
        Left.FOR_WHO,
    )
    return [
        *switches,
        *widths,
        *themes,
        _Line("Keys…", f"Every key, to be changed: it is kept in {KEYS_FILE} beside the settings.", Left.FOR_KEYS),
        _Line("Saved filters…", "Filters of the caseload under a name, and the one that it opens with: filters.toml.",
              Left.FOR_FILTERS),
        *(() if signed_in else (who,)),
        _Line("Signing keys…", "Whose keys sign what is closed and verified.", Left.FOR_SIGNING_KEYS),
    ]  # fmt: skip


async def change_settings(
    app: App[None], centre: Centre, own: OwnSettings, then: Callable[[Left], Awaitable[None]], current: int = 0
) -> None:
    """Show the settings and change one with each Enter, until they are left; returns when they are on the screen.

    `then` is told what they were left for, if it is asked elsewhere; `current` is the line under the cursor.
    """
    lines = _lines(own.now, app.theme, centre.member.id if centre.member else "nobody", signed_in=centre.signed_in)

    async def chosen(choice: int | None) -> None:
        if choice is None:
            return
        match lines[choice].then:
            case Left() as left:
                await then(left)
                return
            case Settings() as settings:
                own.change(settings)
            case theme:
                app.theme = theme
        await change_settings(app, centre, own, then, choice)

    await app.push_screen(
        ChoiceScreen(
            "Settings",
            [line.says for line in lines],
            current,
            meanings=[line.means for line in lines],
            foot=f"Kept in {own.folder / SETTINGS_FILE}",
        ),
        chosen,
    )
