"""How a criterion was decided for other learners: what a decision is to be consistent with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from textual.content import Content

from markterm.domain.views.across import Stand, tally
from markterm.domain.words.foreign_text import beginning, one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import moment
from markterm.tui.signs import decision_sign
from markterm.tui.widgets.text_pane import TextPane

_LATEST = 3
_TALL = 45
"""A pane that is narrower than this stands beside the evidence and is tall."""
_MOST = 100
_MOST_OF_NOTE, _IN_SHORT = 1000, 400


class OthersPane(TextPane):
    """The decisions on the criterion with their notes, the newest first."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._stands: Sequence[Stand] = ()
        self._from = 0

    def show(self, stands: Sequence[Stand], first: int) -> None:
        """Show these decisions from that number on, counted from 0."""
        self._stands, self._from = stands, first
        self.changed()

    def content(self, width: int) -> Content:  # noqa: ARG002 - notes are broken where they end
        """Each decision: what, on whom, by whom and when, and the note."""
        if not self._stands:
            return Content.styled("Nobody's was decided yet.", "$quiet")
        lines: list[Content] = []
        for stand in self._stands[self._from : self._from + _MOST]:
            if (decision := stand.decision) is not None:
                who = f"  {self._blindfold.who(stand.row)}"
                by = f"  {one_line(decision.actor)}, {moment(decision.at)}"
                if decision.in_words_of:
                    by += f", in the words of {one_line(' and '.join(decision.in_words_of))}"
                note = _note(stand, self._blindfold, _MOST_OF_NOTE) or "No note."
                lines += [Content.assemble(_result(stand), who, Content.styled(by, "$quiet")), Content(note), Content()]
        if left := len(self._stands) - self._from - _MOST:
            lines += [Content.styled(f"{left:,} more: go down the list on the left", "$quiet")] if left > 0 else []
        return Content("\n").join(lines)


class Others(NamedTuple):
    """The decisions on other learners, in short."""

    stands: Sequence[Stand]
    blindfold: Blindfold
    gates: bool

    def lines(self, width: int) -> list[Content]:
        """How many passed and were referred, and the newest notes, short; without names when marked blind."""
        lines = [Content.assemble(Content.styled("Others: ", "$primary"), tally(self.stands, gates=self.gates))]
        noted = (each for each in self.stands if each.decision is not None and each.decision.note.strip())
        for stand in islice(noted, _LATEST):
            who = "" if self.blindfold.blind is not None else f"{self.blindfold.who(stand.row)}: "
            note = _note(stand, self.blindfold, _IN_SHORT)
            line = Content.assemble(_result(stand), " ", Content.styled(who, "$quiet"), note)
            lines += _in_lines(line, max(width, 8), 2 if width < _TALL else 1)
        return lines


def _note(stand: Stand, blindfold: Blindfold, most: int) -> str:
    note = stand.decision.note if stand.decision is not None else ""
    return one_line(blindfold.told_of(stand.registration, beginning(note, most)))


def _in_lines(line: Content, width: int, most: int) -> list[Content]:
    """The line in at most so many, of which the last is cut off."""
    wrapped = line.wrap(width)
    if len(wrapped) <= most:
        return list(wrapped)
    kept = wrapped[: most - 1]
    rest = Content(" ").join(wrapped[most - 1 :])
    return [*kept, rest.truncate(width, ellipsis=True)]


def _result(stand: Stand) -> Content:
    assert stand.decision is not None
    return decision_sign(stand.decision).content()
