"""Charts of Office files: their titles, and their figures as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markterm.evidence.readers.drawing import DRAWING, local
from markterm.evidence.readers.number_format import GENERAL, shown
from markterm.evidence.readers.office import number

MOST_POINTS = 1_000
"""Of each series."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is on a chart."""

    title: str
    words: tuple[str, ...]
    """Titles of axes, and whatever else is written on it."""
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    """Series with the same categories together: the first row names the series, the first column the categories."""
    left_out: int = 0
    """Points that there is no room for."""


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    categories: Mapping[int, str]
    columns: tuple[tuple[str, Mapping[int, str]], ...]
    count: int


def read_chart(root: Any) -> Chart:
    """The chart that is this part, of either kind."""
    titles = list(root.iter("{*}title"))
    own = [each for each in titles if local(each.getparent()) == "chart"]
    inside = {paragraph for each in titles for paragraph in each.iter(f"{DRAWING}p")}
    beside = [paragraph for paragraph in root.iter(f"{DRAWING}p") if paragraph not in inside]
    words = filter(None, map(_words, [*(each for each in titles if each not in own), *beside]))
    title = " ".join(filter(None, map(_words, own)))
    series = [*map(_series, root.iter("{*}ser")), *map(_data, root.iter("{*}data"))]
    series = [each for each in series if each.count]
    tables = tuple(tuple(_rows(group)) for group in _alike(series))
    left_out = sum(max(each.count - MOST_POINTS, 0) for each in series)
    return Chart(title, tuple(words), tables, left_out)


def _words(element: Any) -> str:
    """Words as they are written, or as they were last seen in the cell that they come from."""
    text = "".join(f"{each.text or ''}{' ' if local(each) == 'v' else ''}" for each in element.iter("{*}t", "{*}v"))
    return " ".join(text.split())


def _series(element: Any) -> _Series:
    named = element.find("{*}tx")
    name = "" if named is None else " ".join(_words(named).split())
    categories: Mapping[int, str] = {}
    columns = []
    count = 0
    for tag in ("cat", "xVal", "val", "yVal", "bubbleSize"):
        values = element.find(f"{{*}}{tag}")
        if values is None:
            continue
        points = _points(values)
        count = max(count, _count(values, points))
        if tag in ("cat", "xVal"):
            categories = points
        else:
            columns.append((f"{name} (size)" if tag == "bubbleSize" else name, points))
    return _Series(name, categories, tuple(columns), count)


def _data(element: Any) -> _Series:
    """A series of the newer kind of chart."""
    categories: Mapping[int, str] = {}
    columns = []
    count = 0
    for dimension in element:
        points = _points(dimension)
        count = max(count, len(points))
        if local(dimension) == "strDim":
            categories = points
        elif local(dimension) == "numDim":
            columns.append(("", points))
    return _Series("", categories, tuple(columns), count)


def _points(element: Any) -> dict[int, str]:
    """Values by the number of their point; categories of many levels from the outermost on."""
    found: dict[int, str] = {}
    for level in list(element.iter("{*}lvl")) or [element]:
        code = level.get("formatCode") or next((each.text for each in level.iter("{*}formatCode")), "")
        values = {number(point.get("idx")): _value(point, code or GENERAL) for point in level.iter("{*}pt")}
        if not found:
            found = values
            continue
        above = ""  # a level names its points until its next one begins
        for place in sorted(found):
            above = values.get(place, above)
            found[place] = f"{above} · {found[place]}" if above else found[place]
    return dict(list(found.items())[:MOST_POINTS])


def _count(element: Any, points: Mapping[int, str]) -> int:
    return max((number(each.get("val")) for each in element.iter("{*}ptCount")), default=len(points)) if points else 0


def _value(point: Any, code: str) -> str:
    text = point.findtext("{*}v")
    text = " ".join((point.text or "" if text is None else text).split())
    is_figure = any(local(above) in ("numCache", "numLit", "numDim") for above in point.iterancestors())
    try:
        own = point.get("formatCode") or code
        return (shown(float(text), own).strip() or text) if is_figure else text
    except ValueError:
        return text


def _alike(series: Sequence[_Series]) -> Iterator[list[_Series]]:
    group: list[_Series] = []
    for each in series:
        if group and each.categories and each.categories != group[0].categories:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _rows(group: Sequence[_Series]) -> Iterator[tuple[str, ...]]:
    columns = [column for each in group for column in each.columns]
    yield "", *(name for name, _ in columns)
    categories = group[0].categories
    places = {*categories, *(place for _, points in columns for place in points)}
    for place in sorted(places):
        yield categories.get(place, ""), *(points.get(place, "") for _, points in columns)
