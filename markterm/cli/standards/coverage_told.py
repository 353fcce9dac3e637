"""What units cover of standards, in lines: sums, the functional map, statement by unit, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from markterm.cli.output import columns, reads_in_lines
from markterm.domain.assessed.mapping import Mapped, Strength
from markterm.domain.assessed.suite import Suite
from markterm.domain.assessed.unit import Unit
from markterm.domain.standards.coverage import Covered, CoveredStatement, Only, Share
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plot.functional_map import legend, map_in_a_line
from markterm.exports.plot.functional_map import map_lines as drawn
from markterm.exports.plot.share_bar import share_bar

if TYPE_CHECKING:
    from markterm.domain.standards.coverage_asked import CoverageAsked

_WIDTH, _NARROWEST, _BETWEEN, _BAR = 79, 11, 2, 10
_LISTED = {
    Covered.NOT: "No unit covers",
    Covered.PARTLY: "Covered in part alone",
}


def lines(asked: CoverageAsked, listed: Sequence[CoveredStatement], only: Only) -> Iterator[str]:
    """Everything, of these statements; those that are to be looked at are listed by themselves where all are asked
    for."""
    yield one_line(asked.title)
    yield ""
    yield from columns(list(_sums(asked)), headed=True)
    if asked.areas:
        yield from ("", *map_lines(asked, titled=False))
    yield from _matrix(asked, listed)
    for state, heading in _LISTED.items():
        found = [each for each in listed if each.state is state]
        if found and only in (Only.ALL, Only.UNCOVERED, Only.PARTLY):
            yield from ("", f"{heading} ({len(found)}):", *_words(found))
    twice = [each for each in listed if each.is_twice]
    if twice:
        yield from ("", f"Covered more than once ({len(twice)}):", *_words(twice, where=True))
    yield from _to_know(asked)


def map_lines(asked: CoverageAsked, *, titled: bool = True) -> Iterator[str]:
    """The functional map, drawn; of what is no suite nothing."""
    if not isinstance(asked.target, Suite):
        return
    if titled:
        yield from (one_line(asked.title), "")
    if reads_in_lines():
        for area in asked.areas:
            yield one_line(f"{area.area.code} {area.area.title}")
            for each in area.functions:
                share = f", {each.share.fully} of {each.share.of}" if each.share.of else ""
                missing = f", no sheet of {', '.join(each.missing)}" if each.missing else ""
                yield one_line(f"{each.function.code} {each.function.title}: {each.state}{share}{missing}")
    else:
        yield from (each.text for each in drawn(asked.target, asked.areas, _WIDTH))
        yield from ("", *wrap(legend(asked.areas), _WIDTH))
    yield from wrap(map_in_a_line(asked.areas), _WIDTH)
    if titled:
        yield from _to_know(asked)


def _sums(asked: CoverageAsked) -> Iterator[tuple[str, ...]]:
    told = asked.coverage
    bar = "" if reads_in_lines() else " "
    yield ("Standard", "Statements", "covered", "in part", "not", "twice", *bar)
    for each in told.shares:
        yield (one_line(str(each.standard.key)), each.kind.value, *_counts(each.share))
    if len(told.standards) > 1:
        for kind in told.kinds:
            yield ("all", kind.value, *_counts(told.of_kind(kind)))
    if len(told.shares) > 1:
        yield ("all", "all", *_counts(told.share))


def _counts(share: Share) -> tuple[str, ...]:
    numbers = (f"{share.fully} of {share.of}", *map(str, (share.partly, share.uncovered, share.twice)))
    return numbers if reads_in_lines() else (*numbers, share_bar(share, _BAR))


def _matrix(asked: CoverageAsked, listed: Sequence[CoveredStatement]) -> Iterator[str]:
    units = asked.coverage.units
    if not listed or not units:
        yield from ("", "No statement is listed." if units else "There is no unit to look at.")
        return
    names = short_codes(unit.code for unit in units)
    codes = [one_line(names[unit.code]) for unit in units]
    who = max(len(one_line(f"{each.standard.code} {each.statement.code}")) for each in listed) + _BETWEEN + 1
    at_once = max((_WIDTH - who - _BETWEEN) // (max(_NARROWEST, *map(len, codes)) + _BETWEEN), 1)
    width = max((_WIDTH - who) // min(at_once, len(units)) - _BETWEEN, _NARROWEST)
    for first in range(0, len(units), at_once):
        band = slice(first, first + at_once)
        yield ""
        yield from columns([("", "Statement", *codes[band]), *_rows(listed, units[band], width)], headed=True)
    signs = ", ".join(f"{each.sign} {each}" for each in (Covered.FULLY, Covered.PARTLY, Covered.NOT))
    yield from ("", f"{signs}; a criterion in brackets covers a part.")


def _rows(listed: Sequence[CoveredStatement], units: Sequence[Unit], width: int) -> Iterator[tuple[str, ...]]:
    for each in listed:
        name = one_line(f"{each.standard.code} {each.statement.code}")
        cells = [criteria(each.of_unit(unit.key)) for unit in units]
        if reads_in_lines():
            yield (each.state.value, name, *cells)
            continue
        broken = [wrap(cell, width, break_long_words=False) for cell in cells]
        yield from zip_longest([each.state.sign], [name], *broken, fillvalue="")


def criteria(mapped: Sequence[Mapped]) -> str:
    """The criteria of a cell, those that cover a part in brackets: `1.1, (1.2)`."""
    return one_line(
        ", ".join(each.criterion if each.strength is Strength.FULLY else f"({each.criterion})" for each in mapped)
    )


def _words(statements: Sequence[CoveredStatement], *, where: bool = False) -> Iterator[str]:
    for each in statements:
        yield f"  {one_line(f'{each.standard.code} {each.statement.code} {each.statement.text}')}"
        if where or each.by:
            by = (f"{own.unit.code} {own.mapped.criterion}{_strength(own.mapped)}" for own in each.by)
            yield f"    {one_line(', '.join(by))}"


def _strength(mapped: Mapped) -> str:
    if mapped.strength is Strength.FULLY:
        return ""
    return f" in part{f' ({mapped.note})' if mapped.note else ''}"


def _to_know(asked: CoverageAsked) -> Iterator[str]:
    uncounted = asked.coverage.uncounted
    if uncounted:
        yield from ("", f"Mapped and not counted ({counted(len(uncounted), 'line')}):")
        for each in uncounted:
            yield f"  {one_line(f'{each.unit} {each.criterion}'.rstrip())}: {one_line(each.named)}: {each.why}"
    if asked.caveats:
        yield from ("", *map(one_line, asked.caveats))
