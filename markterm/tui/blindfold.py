"""What the screens show of who a learner is while they are marked blind: everything that is drawn goes through here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from random import SystemRandom
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.views.blind import Blind, Disguise
    from markterm.domain.views.covering import Covering
    from markterm.domain.words.learner_names import LearnerNames

_COVER = "▒"
_NOBODY = frozenset[str]()


class Blindfold:
    """Whether is marked blind, and who is covered just now: the learner who is open for marking, and everybody whom
    what others wrote names. `names` gives everybody's names as they are known.

    Lists and titles show the label. Whatever else is drawn on any screen, a note, a dialog, a message, passes the
    filter, so that nothing has to think of it.
    """

    def __init__(self, names: Callable[[], LearnerNames]) -> None:
        self.blind: Blind | None = None
        self._names_as_known = names
        self._names: LearnerNames | None = None
        self._disguise: Disguise | None = None
        self._hidden: dict[str, CaseloadRow] = {}
        self._shown = self._revealed = _NOBODY
        self._covers: tuple[Cover, Cover] | None = None
        self._has_changed = False

    @cached_property
    def _labels(self) -> Blind:
        """Kept: whoever was Learner 7 is so again when blind marking is switched off and on."""
        from markterm.domain.views.blind import Blind  # For those who mark blind alone.

        return Blind(SystemRandom())

    def put_on(self, unit: str = "") -> None:
        """Mark blind from now on: that unit, by its code, or every one."""
        self._labels.unit = unit
        self.blind, self._has_changed = self._labels, True

    def take_off(self) -> None:
        """Show everybody's name again."""
        self.blind, self._covers, self._has_changed = None, None, True

    def learn_names(self) -> None:
        """Look for everybody who is known by now in what is drawn. Takes a moment among thousands: for a thread."""
        if self.blind is not None:
            self._names = self._names_as_known()

    def rows(self, rows: Iterable[CaseloadRow]) -> Sequence[CaseloadRow]:
        """The rows of the caseload as they are shown."""
        shown = tuple(rows) if self.blind is None else self.blind.rows(rows)
        self._hidden = {row.registration: row for row in shown if row.alias}
        self._shown = frozenset(row.registration for row in shown if not row.alias) | self._revealed
        return shown

    def who(self, row: CaseloadRow) -> str:
        """The name that the learner of a row has on the screen."""
        return one_line(row.name if self.blind is None else self.blind.row(row).alias or row.name)

    def known_as(self, registration: str) -> str:
        """The registration, or the label of a learner who is hidden in the caseload."""
        return self.alias(registration) or one_line(registration)

    def alias(self, registration: str) -> str:
        """The label of a learner who is hidden in the caseload; empty for one who is shown by name."""
        row = self._hidden.get(registration)
        return row.alias if row is not None else ""

    def told_of(self, registration: str, text: str) -> str:
        """What is told of that learner, with labels for everybody who is hidden; of one who is hidden themself, with
        labels for everybody."""
        if self.blind is None:
            return text
        from markterm.domain.views.blind import Disguise

        row = self._hidden.get(registration)
        return self._covering(Disguise(registration, row.name, row.alias) if row is not None else None).covered(text)

    def look_at(self, shown: LearnerPortfolio, files: Iterable[str]) -> bool:
        """Cover this learner, who has these files, if they are marked blind; whether anything else is covered now."""
        from markterm.domain.record.outcome import unit_state  # When a learner is opened, not at the start.

        learner, blind = shown.learner, self.blind
        disguise: Disguise | None = None
        if blind is not None and blind.hides((u.code, unit_state(u, shown.portfolio.unit(u.key))) for u in shown.units):
            from markterm.domain.views.blind import Disguise

            disguise = Disguise(learner.registration, learner.name, blind.label(learner.registration), tuple(files))
        # The rows of the caseload may not know yet that the unit was closed.
        self._revealed = _NOBODY if disguise is not None else frozenset({learner.registration})
        if not self._shown.issuperset(self._revealed):
            self._shown |= self._revealed
        has_changed = self._has_changed or disguise != self._disguise
        self._disguise, self._has_changed = disguise, False
        return has_changed

    def filters(self, *, is_marking: bool) -> tuple[LineFilter, ...]:
        """What everything that is drawn passes: while a learner is open for marking, and in the lists of learners."""
        if self.blind is None or (self._names is None and not is_marking):
            return ()  # Before everybody's names are known there are only lists of learners, under their labels.
        wanted = self._covering(self._disguise), self._covering(None)
        if self._covers is None or tuple(cover.covering for cover in self._covers) != wanted:
            # The same as long as they cover the same: what was drawn is known by the filter that it passed.
            self._covers = (Cover(wanted[0]), Cover(wanted[1]))
        return (self._covers[0] if is_marking else self._covers[1],)

    def names(self, shown: LearnerPortfolio) -> tuple[str, str]:
        """Name and registration of the learner who is open, as they are shown; no registration when covered."""
        if self._disguise is not None:
            return self._disguise.label, ""
        return one_line(shown.learner.name), one_line(shown.learner.registration)

    def file(self, name: str) -> str:
        """The name of a file of the learner who is open, as it is shown."""
        if self.blind is None:
            return name
        own = self._disguise.covered_file(name) if self._disguise is not None else name
        return self._covering(self._disguise).covered(own)

    def _covering(self, disguise: Disguise | None) -> Covering:
        """Everybody under a label while a learner is hidden; else everybody but those who are shown by name."""
        from markterm.domain.views.covering import Covering  # For those who mark blind alone.

        names = self._names
        if names is None:
            names = self._names = self._names_as_known()
        return Covering(names, self._labels.label, disguise, self._shown if disguise is None else _NOBODY)


def uncovered(filters: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """The filters of a list of learners: it shows each by the label or by the name, and holds nobody's words."""
    return [each for each in filters if not isinstance(each, Cover)]


class Cover(LineFilter):
    """Covers what tells who somebody is in every line that is drawn, in as many cells as it took."""

    def __init__(self, covering: Covering) -> None:
        super().__init__()
        self.covering = covering

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual calls it so
        """The segments of a line, covered."""
        text = "".join(segment.text for segment in segments)
        pieces = self.covering.pieces(text)
        if not pieces:
            return segments
        characters = list(text)
        for start, end, label in pieces:
            cells = [cell_len(character) for character in characters[start:end]]
            room = sum(cells)
            cover = set_cell_size(label, room) if room >= cell_len(label) else _COVER * room
            for place, width in zip(range(start, end), cells, strict=True):
                characters[place], cover = cover[:width], cover[width:]
        covered: list[Segment] = []
        at = 0
        for segment in segments:
            covered.append(segment._replace(text="".join(characters[at : at + len(segment.text)])))
            at += len(segment.text)
        return covered
