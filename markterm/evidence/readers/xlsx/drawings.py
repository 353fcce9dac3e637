"""What is drawn on a sheet: text boxes, charts, pictures, diagrams, embedded objects."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from markterm.evidence.readers.charted import chart_of, diagram_words, figures, left_out
from markterm.evidence.readers.drawing import Drawings, description, image, local, name_of, shapes
from markterm.evidence.readers.embedded import Embedded
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.office import OfficeFile, number


class Drawn(NamedTuple):
    """A block of Markdown, and the row that it stands on; 0 where none is told."""

    row: int
    block: str


def drawn(office: OfficeFile, part: str, where: str, controls: Container[str]) -> Iterator[Drawn]:
    """What the drawings of the sheet that is the part of that name show, but for these controls."""
    for relation in office.related(part, "drawing"):
        root = office.root(relation.target)
        if root is None:
            continue
        drawings = Drawings(office, relation.target)
        for anchor in shapes(root):
            row = number(anchor.findtext("{*}from/{*}row"), -1) + 1
            for shape in shapes(anchor):
                if _control(shape) not in controls:
                    for block in _shape(drawings, shape, where):
                        yield Drawn(row, block)


def objects(office: OfficeFile, part: str, kinds: dict[str, str], embedded: Embedded) -> Iterator[str]:
    """The objects on a sheet; `kinds` are those that it names, by their relation."""
    for relation in office.related(part, "oleObject", "package"):
        yield embedded.said(relation, kinds.get(relation.id, ""))


def _shape(drawings: Drawings, shape: Any, where: str) -> Iterator[str]:
    kind = local(shape)
    if kind == "clientData":
        return
    if kind == "graphicFrame":
        yield from _frame(drawings, shape, where)
        return
    address = drawings.address_of_shape(shape)
    leads = f" → {escape_inline(address)}" if address else ""
    paragraphs = drawings.paragraphs(shape)
    yield from (f"- In a text box: {paragraph.text}" for paragraph in paragraphs)
    if kind == "pic" or description(shape):
        yield f"- {image(description(shape) or name_of(shape))}{leads}"
    elif leads:
        yield f"- {escape_inline(name_of(shape))}{leads}"


def _frame(drawings: Drawings, frame: Any, where: str) -> Iterator[str]:
    chart = chart_of(drawings.office, drawings.part, frame)
    if chart is not None:
        if not chart.title:
            yield f"- [chart: {escape_inline(name_of(frame))}]"
        for said in filter(None, (chart.title, *chart.words)):
            yield f"- On a chart: {escape_inline(said)}"
        yield from figures(chart)
        if note := left_out(chart, where):
            drawings.office.notes.append(note)
        if said := description(frame):
            yield f"- {image(said)}"
        return
    blocks = [f"- In a diagram: {said}" for said in diagram_words(drawings, frame)]
    blocks += [drawings.table(each) for each in frame.iter("{*}tbl")]
    yield from blocks
    if said := description(frame):
        yield f"- {image(said)}"


def _control(shape: Any) -> str:
    spid = next((each.get("spid") or "" for each in shape.iter("{*}compatExt")), "")
    return spid.rpartition("_s")[2]
