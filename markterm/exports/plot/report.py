"""A report as a plot in the characters of a terminal, without colours: bars, and over several months lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from threading import Lock
from typing import TYPE_CHECKING

from markterm.domain.words.foreign_text import shortened
from markterm.exports.plot.bar import bar

if TYPE_CHECKING:
    from markterm.domain.reports.report import Column, Report, Row

_MONTH = "month"
_LONGEST_LABEL = 28
_MOST_BARS = 60
_MARKERS = "●○▲△■□◆◇"
_TOPS = (20, 40, 60, 100)
"""Up to how many per cent a plot may go."""
_STEPS = 4
_TICK = 12
"""How many cells a month takes below a plot, with room to the next."""
_ONE_AT_A_TIME = Lock()
"""The library draws into one figure for the whole process."""


def report_as_plot(report: Report, width: int = 79, height: int = 16) -> tuple[str, ...]:
    """The column that the report plots, in so many cells; a sentence where it is too much for one, and nothing where
    there is nothing to plot."""
    names = [column.name for column in report.columns]
    if report.plotted not in names or not report.rows:
        return ()
    place = names.index(report.plotted)
    if report.over == _MONTH:
        month = names.index(_MONTH)
        if len({row.cells[month] for row in report.rows}) > 1:
            return tuple(_over_months(report, place, month, width, height))
    return tuple(_bars(report, place, width))


def _bars(report: Report, place: int, width: int) -> Iterator[str]:
    from markterm.domain.reports.report import in_words

    column = report.columns[place]
    if len(report.rows) > _MOST_BARS:
        yield f"{len(report.rows)} rows are too many for a plot: ask for less."
        return
    values = [_value(column, row, place) for row in report.rows]
    if not (figures := [value for value in values if value is not None]):
        return
    labels = [_label(report.columns, row, {place}) for row in report.rows]
    words = [in_words(column, row.cells[place]) for row in report.rows]
    widest, longest = max(map(len, labels)), max(map(len, words))
    room = max(1, width - widest - longest - 4)
    most = max(figures)
    yield f"{column.heading}, to {words[values.index(most)]}"
    for label, value, word in zip(labels, values, words, strict=True):
        yield f"{label:{widest}}  {bar((value or 0) / (most or 1), room):{room}}  {word:>{longest}}".rstrip()


def _over_months(report: Report, place: int, month: int, width: int, height: int) -> Iterator[str]:
    column = report.columns[place]
    lines: dict[str, dict[int, float]] = {}
    for row in report.rows:
        value = _value(column, row, place)
        if value is not None:
            lines.setdefault(_label(report.columns, row, {place, month}), {})[_number(row, month)] = value
    if len(lines) > len(_MARKERS):
        yield f"{len(lines)} lines are too many for a plot: ask for less."
    elif lines:
        yield from _drawn(column, lines, width, height)
        for marker, label in zip(_MARKERS, lines, strict=False):
            if label:
                yield f"{marker} {label}"


def _drawn(column: Column, lines: Mapping[str, Mapping[int, float]], width: int, height: int) -> list[str]:
    import plotext  # type: ignore[import-untyped,import-not-found,unused-ignore]  # no types; for plots alone

    months = sorted({month for line in lines.values() for month in line})
    first, last = months[0], months[-1]
    every = max(1, -(-(last - first + 1) * _TICK // max(1, width - _TICK)))
    ticks = range(first, last + 1, every)
    top = _top(column, [value for line in lines.values() for value in line.values()])
    percent = " %" if _is_share(column) else ""
    steps = [top * step / _STEPS for step in range(_STEPS + 1)]
    with _ONE_AT_A_TIME:
        plotext.clear_figure()
        plotext.theme("clear")
        plotext.plotsize(width, height)
        plotext.title(column.heading)
        for marker, line in zip(_MARKERS, lines.values(), strict=False):
            of = sorted(line)
            plotext.plot(of, [line[month] for month in of], marker="braille")
            plotext.scatter(of, [line[month] for month in of], marker=marker)
        plotext.xticks(list(ticks), [f"{month // 12:04}-{month % 12 + 1:02}" for month in ticks])
        plotext.xlim(first - 0.5, last + 0.5)
        plotext.yticks(steps, [f"{step:g}{percent}" for step in steps])
        plotext.ylim(0, top)
        drawn = plotext.uncolorize(plotext.build())
    return [line.rstrip() for line in drawn.splitlines() if line.strip()]


def _top(column: Column, values: Sequence[float]) -> float:
    """Up to what a plot goes."""
    highest = max(values)
    if not _is_share(column):
        return max(_STEPS, _STEPS * -(-highest // _STEPS))
    return next(top for top in _TOPS if highest <= top)


def _label(columns: Sequence[Column], row: Row, without: set[int]) -> str:
    """What a row is of, in its words."""
    from markterm.domain.reports.report import Shape, in_words

    told = (
        in_words(column, cell)
        for at, (column, cell) in enumerate(zip(columns, row.cells, strict=True))
        if at not in without and column.shown and column.shape is Shape.TEXT and not column.name.endswith("_name")
    )
    return shortened(" ".join(filter(None, told)), _LONGEST_LABEL)


def _value(column: Column, row: Row, place: int) -> float | None:
    cell = row.cells[place]
    if not isinstance(cell, int | Fraction):
        return None
    return float(100 * cell) if _is_share(column) else float(cell)


def _is_share(column: Column) -> bool:
    return column.shape == "share"


def _number(row: Row, month: int) -> int:
    """The month as a number, one more for each: a month in which nothing was is a gap of its width."""
    year, _, of_year = str(row.cells[month]).partition("-")
    return 12 * int(year) + int(of_year) - 1
