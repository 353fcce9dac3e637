"""Charts and diagrams (SmartArt), wherever in an Office file they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markterm.evidence.readers.chart import Chart, read_chart
from markterm.evidence.readers.drawing import Drawings
from markterm.evidence.readers.escape import table
from markterm.evidence.readers.office import RELATIONS, OfficeFile


def chart_of(office: OfficeFile, part: str, frame: Any) -> Chart | None:
    """The chart that a frame in the part of that name shows; None when it shows none, or the chart is not there."""
    for each in frame.iter("{*}chart"):
        relation = office.target(part, each.get(f"{RELATIONS}id"))
        root = None if relation is None or relation.external else office.root(relation.target)
        if root is not None and relation is not None:
            chart = read_chart(root)
            drawn = [office.root(each.target) for each in office.related(relation.target, "chartUserShapes")]
            words = (
                " ".join("".join(p.itertext("{*}t")).split())
                for one in drawn
                if one is not None
                for p in one.iter("{*}p")
            )
            return Chart(chart.title, (*chart.words, *filter(None, words)), chart.tables, chart.left_out)
    return None


def figures(chart: Chart) -> list[str]:
    """The tables of a chart."""
    return [table(rows, header=True) for rows in chart.tables]


def left_out(chart: Chart, where: str) -> str:
    """What to note about a chart that has more points than are shown; empty when it has not."""
    return (
        f"A chart on {where} is shown without points, of which it has too many: {chart.left_out:,}."
        if chart.left_out
        else ""
    )


def diagram_words(drawings: Drawings, frame: Any) -> Iterator[str]:
    """The words of a diagram (SmartArt), as Markdown."""
    for each in frame.iter("{*}relIds"):
        relation = drawings.office.target(drawings.part, each.get(f"{RELATIONS}dm"))
        root = None if relation is None or relation.external else drawings.office.root(relation.target)
        if root is not None and relation is not None:
            for paragraph in Drawings(drawings.office, relation.target).paragraphs(root):
                yield paragraph.text
