"""The lines of the standards: each suite, and below it its standards, with how much of each is covered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markterm.domain.assessed.standard import Standard
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.coverage import Share
from markterm.domain.standards.overview import SuiteSeen
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plot.share_bar import share_bar
from markterm.tui.widgets.line_list import LineList, Piece, fit

_BAR, _SHARE, _UNITS, _MOST_COUNTS, _TITLE = 10, 13, 9, 24, 20


class StandardLine(NamedTuple):
    """A suite, or a standard: the code and the version by which it is asked for, and what is told of it."""

    of: Suite | Standard | None
    units: tuple[str, ...]
    share: Share

    @property
    def name(self) -> tuple[str, str]:
        """Code and version; empty of standards without a suite."""
        return (self.of.code, self.of.version) if self.of is not None else ("", "")


def lines_of(seen: Sequence[SuiteSeen]) -> tuple[StandardLine, ...]:
    """The lines of suites and standards."""
    lines: list[StandardLine] = []
    for suite in seen:
        lines.append(StandardLine(suite.suite, suite.units, suite.share))
        lines += [StandardLine(each.standard, each.units, each.share) for each in suite.standards]
    return tuple(lines)


class StandardList(LineList):
    """Suites and standards; the cursor passes over the heading of those without a suite."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[StandardLine] = ()
        self._counts = 0

    def show(self, seen: Sequence[SuiteSeen], *, to_new: bool = False) -> None:
        """Show these; the cursor stays on what it was on, or goes `to_new`: the first that was not there before."""
        before, names = self.chosen, {each.name for each in self._lines}
        self._lines = lines_of(seen)
        counts = (len(_kinds(each.of)) for each in self._lines if isinstance(each.of, Standard))
        self._counts = min(max(counts, default=0) + 2, _MOST_COUNTS)
        self.lines_changed()
        new = (n for n, each in enumerate(self._lines) if each.of is not None and each.name not in names)
        if to_new and (place := next(new, None)) is not None:
            self.move_to(place)
        elif before is not None:
            places = (n for n, each in enumerate(self._lines) if each.of is not None and each.name == before.name)
            self.move_to(next(places, self.cursor))

    @property
    def chosen(self) -> StandardLine | None:
        """The line under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if line is not None and line.of is not None else None

    def versions_of(self, code: str) -> tuple[str, ...]:
        """The versions that there are of the standard of that code, in the order of the list."""
        return tuple(each.of.version for each in self._lines if isinstance(each.of, Standard) and each.of.code == code)

    def versions_beside(self, line: StandardLine) -> tuple[str, ...]:
        """The other versions of the standard of that line; none beside a suite."""
        if not isinstance(line.of, Standard):
            return ()
        return tuple(each for each in self.versions_of(line.of.code) if each != line.of.version)

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and self._lines[index].of is not None

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        line = self._lines[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if line.of is None:
            yield fit("Without a suite", width - 2), "sign--heading"
            return
        is_suite = isinstance(line.of, Suite)
        counts = _kinds(line.of) if isinstance(line.of, Standard) else ""
        rest = self._counts + _UNITS + _SHARE
        drawn = width - 2 - rest - _BAR - 1 >= _TITLE + 10
        room = max(width - 2 - rest - (drawn and _BAR + 1), 0)
        yield fit(one_line(_called(line.of)), max(room - 1, 0)) + " ", "sign--heading" if is_suite else ""
        yield fit(counts, self._counts), "sign--quiet"
        yield fit(counted(len(line.units), "unit"), _UNITS), "sign--quiet"
        yield fit(_share(line.share), _SHARE), ""
        if drawn:
            yield fit(share_bar(line.share, _BAR), _BAR + 1), "sign--quiet"


def _called(of: Suite | Standard) -> str:
    if isinstance(of, Suite):
        return f"{of.code} {of.title}"
    state = f"{'! has errors: ' * of.faulty}{'' if of.in_force else 'no longer in force: '}"
    return f"  {of.key} {state}{of.title}"


def _kinds(standard: Standard) -> str:
    return " ".join(f"{number} {kind.letter or kind.value}" for kind, number in standard.counts.items())


def _share(share: Share) -> str:
    return f"{share.percent:>3} % of {share.of}" if share.of else "no statement"
