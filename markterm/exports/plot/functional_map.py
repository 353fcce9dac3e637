"""The functional map of a suite with its coverage, drawn in the characters of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import NamedTuple

from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.coverage import Covered, CoveredArea, CoveredFunction
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.exports.plot.share_bar import share_bar

_BAR = 10
_SAID = 24
_LEAST = 16


class MapLine(NamedTuple):
    """A line of the map: what it is of, where it is of one, and its text."""

    of: CoveredFunction | None
    text: str


def map_lines(suite: Suite, areas: Sequence[CoveredArea], width: int = 79) -> Iterator[MapLine]:
    """The key purpose, and each area with its functions as a tree: a sign for how far the function is covered, its
    title, a bar, and in words how far, with the standards that meet it. Signs, bars and words say the same, and no
    colour is needed."""
    yield from (MapLine(None, line) for line in wrap(one_line(suite.key_purpose), width))
    for area in areas:
        yield MapLine(None, "")
        yield MapLine(None, shortened(one_line(f"{area.area.code} {area.area.title}"), width))
        for number, each in enumerate(area.functions, 1):
            is_last = number == len(area.functions)
            yield from (MapLine(each, line) for line in _function(each, width, is_last=is_last))


def legend(areas: Sequence[CoveredArea]) -> str:
    """What the signs of that map mean."""
    states = {each.state for area in areas for each in area.functions}
    signs = ", ".join(f"{state.sign} {state}" for state in Covered if state in states)
    bars = {Covered.FULLY, Covered.PARTLY, Covered.NOT} & states
    return f"{signs}.{' █ covered, ▒ in part, ░ not.' if bars else ''}"


def _function(each: CoveredFunction, width: int, *, is_last: bool) -> Iterator[str]:
    """The lines of a function: a title that is long goes on below its beginning, and is not cut."""
    branch, below = ("└─", "  ") if is_last else ("├─", "│ ")
    room = max(width - _BAR - _SAID - 8, _LEAST)
    first, *rest = wrap(one_line(f"{each.function.code} {each.function.title}"), room) or [""]
    bar = share_bar(each.share, _BAR)
    yield f"{branch} {each.state.sign} {first:<{room}}  {bar:<{_BAR}} {share_in_words(each)}".rstrip()
    under = max(width - 5, _LEAST)
    yield from (f"{below}   {line}" for line in (*rest, *wrap(one_line(_met_by(each)), under)))


def share_in_words(each: CoveredFunction) -> str:
    """How far it is covered: `7 of 10, 1 in part`, or the state where there is nothing to count."""
    share = each.share
    if not share.of:
        return "" if each.state is Covered.ELSEWHERE else "not known"
    return f"{share.fully} of {share.of}{f', {share.partly} in part' if share.partly else ''}"


def _met_by(each: CoveredFunction) -> str:
    if not each.function.standards:
        return "no standard of this suite meets it: other suites do"
    met = f"met by {', '.join(each.function.standards)}"
    if not each.missing:
        return met
    return f"{met}; the centre has no sheet of {', '.join(each.missing)}"


def map_in_a_line(areas: Sequence[CoveredArea]) -> str:
    """How many functions are covered, in part, not, and are not known."""
    states = [each.state for area in areas for each in area.functions]
    told = (f"{states.count(state)} {state}" for state in Covered if state in states)
    return f"{counted(len(states), 'function')}: {', '.join(told)}"
