"""The questions before something is destroyed: what, why, and of whom, in the registration's own letters."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.content import Content
from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.destructions import Destruction
from markterm.domain.views.kept_of import KeptOf, Outcome
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.text_field import LineField
from markterm.tui.widgets.upgrading import in_newest_format

_NAMES = {What.EVIDENCE: "the evidence", What.RECORD: "everything"}


async def ask_to_destroy(
    screen: Screen[None],
    centre: Centre,
    of: KeptOf,
    may_go: list[What],
    then: Callable[[Outcome], Awaitable[None]],
    left_it: Callable[[], object],
) -> None:
    """Ask what of the learner is destroyed, of what `may_go`, then the rest. Where one person or a day is still wanted,
    nothing is destroyed, and the form says so before it is saved.

    `then` is called when a step is durable, and `left_it` when the form is left: what failed, or somebody else,
    may have changed meanwhile how the learner stands.
    """
    lines = {
        What.EVIDENCE: "The evidence alone; the record stays, and says so",
        What.RECORD: "Everything: evidence, record, and what this machine has of the learner",
    }

    async def chosen(choice: int | None) -> None:
        if choice is not None:
            what = may_go[choice]
            await in_newest_format(screen, centre, lambda: _ask(screen, centre, of, what, then, left_it))

    title = one_line(f"Destroy what there is of {of.registration} {of.name}?")
    await screen.app.push_screen(ChoiceScreen(title, [lines[what] for what in may_go]), chosen)


async def _ask(
    screen: Screen[None],
    centre: Centre,
    of: KeptOf,
    what: What,
    then: Callable[[Outcome], Awaitable[None]],
    left_it: Callable[[], object],
) -> None:
    coming = next((each for each in of.coming if each.what is what), None)
    why = NoteField.of(centre.form_drafts.of(f"destroy {what}", of.registration))
    whose = LineField(placeholder="type the registration")
    outcome: list[Outcome] = []

    async def save() -> None:
        if whose.value.strip() != of.registration:
            raise WrongUse(
                "Another registration",
                f"That of this learner is {one_line(of.registration)}. Nothing was done.",
                "Type it, or leave.",
            )
        destroy = centre.retention.destroy
        outcome.append(await asyncio.to_thread(destroy, of.registration, what, why.text))

    async def left(saved: bool | None) -> None:
        if saved:
            await then(outcome[-1])
        else:
            left_it()

    title = one_line(f"Destroy {_NAMES[what]} of {of.registration} {of.name}")
    await screen.app.push_screen(FormScreen(title, _step(coming), [("Why", why), ("Registration", whose)], save), left)


def _step(coming: Destruction | None) -> str:
    """What saving the form does now."""
    if coming is None:
        return "Nothing is destroyed yet: another person does the same, or you a day later."
    if coming.is_begun:
        return "It began to be destroyed and is not done: this goes on, and nothing brings it back."
    return one_line(f"This destroys it, and nothing brings it back. It is {coming.words}")


def left_content(outcome: Outcome) -> Content:
    """What is for a person to look through after something was destroyed."""
    lines = []
    if outcome.names:
        entries = counted(outcome.names, "entry", "entries")
        lines.append(f"{entries} of the centre's own record, which only grows, still name the registration.")
    lines += ["For you to look through:", *(f"  {one_line(each)}" for each in outcome.left)]
    return Content("\n".join(lines))


async def tell_outcome(screen: Screen[None], registration: str, outcome: Outcome) -> None:
    """Say what became of a step: in passing that it is meant, to be read what is left once it is destroyed."""
    destruction = outcome.destruction
    what = _NAMES[destruction.what].capitalize()
    if destruction.is_pending:
        words = f"{what} of {registration} is meant to be destroyed; nothing was destroyed yet."
        screen.notify(one_line(words), markup=False)
        return
    title = one_line(f"{what} of {registration} that the centre and this machine had is {destruction.words}")
    await screen.app.push_screen(ReadingScreen(title, left_content(outcome)))
