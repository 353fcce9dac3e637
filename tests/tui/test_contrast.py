"""What is drawn can be told from its ground in every theme of ours, as WCAG AA asks for, and without any colour."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS
from markterm.tui.theme import OF_THE_TERMINAL, OFFERED, OWN_VARIABLES, THEMES
from tests.centres import add_learner, make_centre_in
from tests.tui.contrast import LEAST, contrast, drawn, least
from tests.tui.sitting import sitting

_TEXTS = ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "quiet")
_GROUNDS = ("background", "surface", "panel", "cursor")
_EVIDENCE = """# Diary

*I* **made** ~~cold~~ `hot` [tea](https://example.org), see[^1].

- one ![a cup](cup.png)

> the water boiled

| pot | tea |
|---|---|
| one | two |

    code

<b>raw</b>

---

[^1]: A note at the foot.
"""
"""A text with everything that looks otherwise than plain words."""
# Screen after screen, each with what its signs, cursors and fields look like.
_SEEN = (
    (),
    ("slash", "a"),
    ("escape", "comma"),
    ("escape", "ctrl+p"),
    ("escape", "3"),
    ("1", "enter"),
    ("p", "p", "r", "x"),
    ("enter", "escape", "slash", "t"),
    ("enter",),
    ("escape", "m"),
    ("escape", "g"),
    ("escape", "question_mark"),
    ("escape", "n"),
    ("escape", "ctrl+f"),
    ("escape", "f"),
)


def _with_much_to_draw(folder: Path) -> Path:
    make_centre_in(folder, {})
    add_learner(folder, "AAA1", "Rosalind Jones", evidence=_EVIDENCE)
    return folder


def test_contrast_is_that_of_the_standard() -> None:
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), white) == pytest.approx(4.54, abs=0.01)
    assert contrast(white, white) == 1


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_of_a_text_can_be_read_on_every_ground(theme: Theme) -> None:
    assert _weak(theme) == {}


def _weak(theme: Theme) -> dict[tuple[str, str], float]:
    """The pairs of text and ground that cannot be told apart, and what contrast they have."""
    colours = {**OWN_VARIABLES[theme.dark], **theme.to_color_system().generate(), **theme.variables}
    pairs = {pair: contrast(*(Color.parse(colours[name]) for name in pair)) for pair in product(_TEXTS, _GROUNDS)}
    return {pair: ratio for pair, ratio in pairs.items() if ratio < LEAST}


def test_only_themes_in_which_every_colour_can_be_read_are_offered_and_those_of_the_terminals_own_colours() -> None:
    app = App[None]()
    every = {name: app.available_themes[name] for name in app.available_themes.keys() - OF_THE_TERMINAL}
    readable = {name for name, theme in every.items() if not _weak(theme)}
    assert readable <= OFFERED
    assert OFFERED - {theme.name for theme in THEMES} == set(OF_THE_TERMINAL)


@pytest.mark.long
@pytest.mark.parametrize(
    "theme",
    [pytest.param(each, marks=[pytest.mark.long] * (each.name != "markterm-light")) for each in THEMES],
    ids=lambda theme: theme.name,
)
async def test_what_the_screens_draw_can_be_read(tmp_path: Path, theme: Theme) -> None:
    weak: dict[tuple[str, str, str], str] = {}
    seen, screens = set(), set()
    async with sitting(tmp_path, size=(120, 60), make=_with_much_to_draw) as at:
        at.app.theme = theme.name
        for keys in _SEEN:
            await at.press(*keys)
            await at.pilot.pause()
            for text, colour, ground in drawn(at.app.screen):
                seen.add((colour, ground))
                screens.add(type(at.app.screen).__name__)
                if contrast(colour, ground) < least(text):
                    weak[type(at.app.screen).__name__, colour.hex, ground.hex] = text
    assert weak == {}
    assert len(seen) > 20
    assert {"CommandPalette", "ChoiceScreen", "MarkingScreen", "MapScreen", "FeedbackScreen"} <= screens


def test_without_colour_every_state_has_a_sign_and_a_word_of_its_own() -> None:
    for signs in (CRITERION_SIGNS, UNIT_SIGNS):
        assert len({sign.glyph for sign in signs.values()}) == len({sign.word for sign in signs.values()}) == len(signs)


@pytest.mark.long
async def test_without_colour_the_command_under_the_cursor_of_the_palette_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with sitting(tmp_path) as at:
        await at.press("ctrl+p")
        await at.until(lambda: "Open the learner" in at.text)
        strips = at.app.screen._compositor.render_strips()
        lined = {piece.text.strip() for strip in strips for piece in strip if piece.style and piece.style.underline}
        assert any("Open the learner" in text for text in lined)
        assert not any("Narrow the caseload" in text for text in lined)
