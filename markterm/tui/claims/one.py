"""One unit or qualification of a learner: all that blocks it, and every step of its claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.domain.record.claims import ClaimStepTaken, words_of
from markterm.domain.views.listed_claims import ClaimState, ListedClaim
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings
from markterm.tui.local_time import date_told, moment
from markterm.tui.requests import OpenLearner, ask
from markterm.tui.widgets import modal
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal


class _Line(NamedTuple):
    """Something that is told of it, how it looks, and the code of the unit that it is about, empty for none."""

    text: str
    style: str
    unit: str = ""


class _Lines(LineList):
    """A line for each thing that is told."""

    def __init__(self, told: Sequence[_Line]) -> None:
        super().__init__()
        self.told = told

    def line_count(self) -> int:
        return len(self.told)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.told[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(each.text, max(width - 2, 0)), each.style

    @property
    def selected(self) -> _Line:
        """What is told under the cursor."""
        return self.told[self.cursor]


class Leave(modal.Leave):
    """Back to the list."""

    id, words = "claim.leave", "Back to the list"


class Open(Command["ClaimScreen"]):
    """Open the learner at the unit that the line is about."""

    id, key, label, words = "claim.learner", "enter", "learner", "Open the learner at the unit that this line is about"

    async def run(self, on: ClaimScreen) -> None:
        await on.open_learner()


class ClaimScreen(Modal[None]):
    """All that is in the way of a claim, with the code of each, and what became of the claim."""

    TITLE = "A claim"
    HELP = (
        "Everything that blocks it, each with a code that stays the same, and every step of its claim, also those that "
        "were taken back. What does not fit into a line stands whole below the list. {claim.learner} opens the learner "
        "at the unit that a line is about."
    )
    DEFAULT_CSS = """
    ClaimScreen > .frame { width: 96%; max-width: 140; }
    ClaimScreen .whole { height: auto; max-height: 5; padding: 0 2; background: $surface; }
    """
    DOES = (Leave, Open, *up_and_down("claim", "line"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, claim: ListedClaim) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._claim = claim

    def compose(self) -> ComposeResult:
        """What it is and how far, all that is told, and the line under the cursor whole."""
        of, row = self._claim.claimable, self._claim.row
        who = self._blindfold.known_as(row.registration)
        name = f" {row.name}" if not row.alias else ""
        yield from self.framed(
            one_line(f"{who}{name}: {of.code} {of.title}, {of.in_words}"),
            _Lines(tuple(self._told())),
            Static(classes="whole"),
            keys="{claim.learner} opens the learner there · {claim.leave} leaves",
        )

    def on_mount(self) -> None:
        """Be as high as the lines."""
        lines = self.query_one(_Lines)
        lines.styles.height = min(lines.line_count(), self.lines_beside(12))
        lines.focus()
        self.call_after_refresh(self._say_whole)

    def on_resize(self) -> None:
        """What is cut depends on the width."""
        self.call_after_refresh(self._say_whole)

    def _told(self) -> Iterator[_Line]:
        of = self._claim.claimable
        own = of.code if of.unit is not None else ""
        for changed in of.changed:
            unit, colon, _ = changed.partition(": ")
            yield _Line(one_line(f"! {changed}"), "sign--refer", unit if colon else own)
        if self._claim.state is ClaimState.BLOCKED:
            for block in of.blocks:
                yield _Line(one_line(f"· {block} ({block.code})"), "", block.unit or own)
        elif self._claim.state is ClaimState.READY:
            yield _Line("✓ Nothing blocks it: it can be claimed now.", "sign--pass", own)
        for step in of.claim.steps if of.claim is not None else ():
            is_undone = of.claim is not None and step.uid in of.claim.undone
            yield _Line(self._step(step, is_undone=is_undone), "sign--quiet" if is_undone else "", own)
        for code in of.qualifications:
            if told := self._centre.details.claiming.standing(code).in_words:
                yield _Line(one_line(f"Status of {code}: {told}"), "sign--quiet", own)

    def _step(self, step: ClaimStepTaken, *, is_undone: bool) -> str:
        number = f", number {step.number}" if step.number else ""
        by = f"by {self._centre.details.name_of(step.actor, step.at)} {moment(step.at)}"
        gone = ", taken back since" if is_undone else ""
        text = f": {step.text}" if step.text else ""
        told = f"{words_of(step.step)} {date_told(step.on)}{number}{gone}, {by}{text}"
        return one_line(self._blindfold.told_of(self._claim.row.registration, told))

    @on(LineList.Moved)
    def _say_whole(self) -> None:
        lines, whole = self.query_one(_Lines), self.query_one(".whole", Static)
        is_cut = {each: cell_len(each.text) > lines.size.width - 3 for each in lines.told}
        whole.display = any(is_cut.values())
        # A line that stands whole above would be read as being told twice.
        whole.update(Content(lines.selected.text if is_cut[lines.selected] else ""))

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await self.open_learner()

    async def open_learner(self) -> None:
        """Open the learner at the unit that the line under the cursor is about, or at the first open criterion."""
        unit = self.query_one(_Lines).selected.unit
        await self.dismiss(None)
        await ask(self, OpenLearner(self._claim.row.registration, (unit, None) if unit else None))
