"""What the screens show of who a learner is while they are marked blind: everything that is drawn goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import SystemRandom

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from markterm.domain.blind import Blind, Disguise
from markterm.domain.caseload import CaseloadRow
from markterm.domain.foreign_text import one_line
from markterm.domain.portfolio import unit_state
from markterm.learner_portfolio import LearnerPortfolio

_COVER = "▒"


class Blindfold:
    """Whether is marked blind, and who is covered just now: the learner who is open for marking.

    Lists and titles show the label. Whatever else is drawn on any screen, a note, a dialog, a message, passes the
    filter, so that nothing has to think of it.
    """

    def __init__(self) -> None:
        self.blind: Blind | None = None
        self.filters: tuple[LineFilter, ...] = ()
        self._disguise: Disguise | None = None
        self._hidden: dict[str, CaseloadRow] = {}
        # Whoever was Learner 7 is so again when blind marking is switched off and on.
        self._labels = Blind(SystemRandom())

    def put_on(self, unit: str = "") -> None:
        """Mark blind from now on: that unit, by its code, or every one."""
        self._labels.unit = unit
        self.blind = self._labels

    def take_off(self) -> None:
        """Show everybody's name again."""
        self.blind = None

    def rows(self, rows: Iterable[CaseloadRow]) -> Sequence[CaseloadRow]:
        """The rows of the caseload as they are shown."""
        shown = tuple(rows) if self.blind is None else self.blind.rows(rows)
        self._hidden = {row.registration: row for row in shown if row.alias}
        return shown

    def who(self, row: CaseloadRow) -> str:
        """The name that the learner of a row has on the screen."""
        return one_line(row.name if self.blind is None else self.blind.row(row).alias or row.name)

    def known_as(self, registration: str) -> str:
        """The registration, or the label of a learner who is hidden in the caseload."""
        row = self._hidden.get(registration)
        return one_line(registration) if row is None else row.alias

    def told_of(self, registration: str, text: str) -> str:
        """What is told of that learner, with the label in the place of their name."""
        row = self._hidden.get(registration)
        return text if row is None else Disguise(registration, row.name, row.alias).covered(text)

    def look_at(self, shown: LearnerPortfolio, files: Iterable[str]) -> bool:
        """Cover this learner, who has these files, if they are marked blind; whether anything else is covered now."""
        learner, blind = shown.learner, self.blind
        disguise: Disguise | None = None
        if blind is not None and blind.hides((u.code, unit_state(u, shown.portfolio.unit(u.key))) for u in shown.units):
            disguise = Disguise(learner.registration, learner.name, blind.label(learner.registration), tuple(files))
        if disguise == self._disguise:
            return False
        self._disguise = disguise
        self.filters = () if disguise is None else (_Cover(disguise),)
        return True

    def names(self, shown: LearnerPortfolio) -> tuple[str, str]:
        """Name and registration of the learner who is open, as they are shown; no registration when covered."""
        if self._disguise is not None:
            return self._disguise.label, ""
        return one_line(shown.learner.name), one_line(shown.learner.registration)

    def file(self, name: str) -> str:
        """The name of a file of the learner who is open, as it is shown."""
        return name if self._disguise is None else self._disguise.covered_file(name)


class _Cover(LineFilter):
    """Covers what tells who the learner is in every line that is drawn, in as many cells as it took."""

    def __init__(self, disguise: Disguise) -> None:
        super().__init__()
        self._disguise = disguise

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual calls it so
        """The segments of a line, covered."""
        text = "".join(segment.text for segment in segments)
        spans = self._disguise.spans(text)
        if not spans:
            return segments
        characters = list(text)
        for start, end in spans:
            cells = [cell_len(character) for character in characters[start:end]]
            room, label = sum(cells), self._disguise.label
            cover = set_cell_size(label, room) if room >= cell_len(label) else _COVER * room
            for place, width in zip(range(start, end), cells, strict=True):
                characters[place], cover = cover[:width], cover[width:]
        covered: list[Segment] = []
        at = 0
        for segment in segments:
            covered.append(segment._replace(text="".join(characters[at : at + len(segment.text)])))
            at += len(segment.text)
        return covered
