"""The two lists of a mapping: the criteria of a unit, and statements of standards beside the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.mapping import Strength
from markterm.domain.standards.proposal import ProposedStatement
from markterm.domain.standards.unit_mapped import MappedCriterion, MappedPair
from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.line_list import LineList, Piece, fit

_NUMBER, _PAIRS = 5, 3
_SIGNS = {
    Strength.FULLY: ("✓", "sign--pass"),
    Strength.PARTLY: ("◐", "sign--heading"),
    Strength.NOT: ("✗", "sign--refer"),
}
_PROPOSED = ("?", "sign--heading")
_LONGEST = 200


class CriterionList(LineList):
    """A line a criterion, with the sign of what it covers and how many statements."""

    def __init__(self) -> None:
        super().__init__(id="mapped-criteria")
        self._lines: Sequence[MappedCriterion] = ()

    def show(self, criteria: Sequence[MappedCriterion]) -> None:
        """Show these; the cursor stays in its place."""
        self._lines = criteria
        self.lines_changed()

    @property
    def chosen(self) -> MappedCriterion | None:
        """The criterion under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def line_count(self) -> int:
        """As many as are shown."""
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """Its sign, its number, how many statements it covers, and its words."""
        each = self._lines[index]
        covering = [pair.mapped.strength for pair in each.pairs if pair.counts]
        sign, style = ("·", "sign--open") if not covering else _SIGNS[min(covering, key=list(Strength).index)]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield f"{sign} ", style
        yield fit(one_line(each.criterion.number), _NUMBER) + " ", ""
        yield fit(str(len(covering)) if covering else "", _PAIRS) + " ", "sign--quiet"
        yield fit(one_line(each.criterion.text[:_LONGEST]), max(width - 6 - _NUMBER - _PAIRS, 0)), ""


Line = MappedPair | ProposedStatement | KnownStatement | str


class StatementList(LineList):
    """What was put down for a criterion, what is proposed for it, and every statement; the cursor stands on no
    heading."""

    def __init__(self) -> None:
        super().__init__(id="mapped-statements")
        self._head: Sequence[Line] = ()
        self._every: Sequence[KnownStatement] = ()
        self._wide = 0

    def show(self, each: MappedCriterion | None, every: Sequence[KnownStatement], *, stay: bool = False) -> None:
        """Show what is beside that criterion, and these statements below; with the cursor where it was, or else on the
        first proposal."""
        head: list[Line] = []
        if each is not None and each.pairs:
            head += ["Put down", *each.pairs]
        if each is not None and each.proposed:
            head += ["Worded alike", *each.proposed]
        if every:
            head.append(f"{len(every):,} statements")
        self._head, self._every = head, every
        names = (len(_name(line)) for line in head if not isinstance(line, str))
        self._wide = max((*names, *(len(_name(line)) for line in every[:1])), default=0) + 1
        if not stay:
            first = next((n for n, line in enumerate(head) if isinstance(line, ProposedStatement)), 0)
            self.move_to(first)
        self.lines_changed()

    @property
    def chosen(self) -> Line | None:
        """What is under the cursor."""
        return self._at(self.cursor) if self.cursor < self.line_count() else None

    def line_count(self) -> int:
        """What stands above, and every statement."""
        return len(self._head) + len(self._every)

    def can_stand_on(self, index: int) -> bool:
        """Headings are passed over."""
        return index >= len(self._head) or (index >= 0 and not isinstance(self._head[index], str))

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading; or its sign, its name, and its words."""
        line = self._at(index)
        if isinstance(line, str):
            yield fit(line, width), "sign--quiet"
            return
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if isinstance(line, MappedPair):
            sign, style = _SIGNS[line.mapped.strength]
            text = line.told
            yield f"{sign} ", style
        elif isinstance(line, ProposedStatement):
            text = line.known.statement.text
            yield f"{_PROPOSED[0]} ", _PROPOSED[1]
        else:
            text = line.statement.text
            yield "  ", ""
        yield fit(_name(line), self._wide), "sign--quiet"
        yield fit(one_line(text[:_LONGEST]), max(width - 4 - self._wide, 0)), ""

    def _at(self, index: int) -> Line:
        return self._head[index] if index < len(self._head) else self._every[index - len(self._head)]


def _name(line: Line) -> str:
    if isinstance(line, str):
        return ""
    if isinstance(line, MappedPair):
        return one_line(str(line.name))
    link = known_of(line).link
    return one_line(f"{link.standard} {link.statement}")


def known_of(line: ProposedStatement | KnownStatement) -> KnownStatement:
    """The statement of a line."""
    return line.known if isinstance(line, ProposedStatement) else line
