"""PowerPoint presentations: a slide for each heading, with its list, its table or its chart, and the speaker's notes.

A quote in the text is what the speaker says. A `chart` has its title, the head and the rows of its figures.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from markterm.evidence.text.blocks import Block, BlockKind
from tests.demo_evidence.packed import undated
from tests.demo_evidence.texts import place, plain

_TITLE, _LIST, _ONLY_TITLE = 0, 1, 5  # layouts of the library's template
_BOX = (Cm(2), Cm(5), Cm(21), Cm(11))


def presentation(blocks: Sequence[Block], *, title: str, day: str, hidden: str = "") -> bytes:
    """The blocks as a presentation that was written on `day`; the slide with the title `hidden` is not shown."""
    show: Any = Presentation()
    show.core_properties.title, show.core_properties.author = title, "Rosalind Jones"
    show.core_properties.last_modified_by = "Rosalind Jones"
    numbered = [
        (sum(one.kind is BlockKind.HEADING for one in blocks[: place + 1]), block) for place, block in enumerate(blocks)
    ]
    for number, of_slide in groupby(numbered, key=lambda pair: pair[0]):
        heading, *content = (block for _, block in of_slide)
        slide = _slide(show, content, first=number == 1)
        slide.shapes.title.text = heading.text
        if heading.text == hidden:
            slide.element.set("show", "0")
    saved = io.BytesIO()
    show.save(saved)
    return undated(saved.getvalue(), day)


def _slide(show: Any, content: Sequence[Block], *, first: bool) -> Any:
    shown = [block for block in content if not place(block).quoted]
    said = [block.text for block in content if place(block).quoted]
    alone = shown[0].kind in (BlockKind.TABLE, BlockKind.CODE)
    slide = show.slides.add_slide(show.slide_layouts[_TITLE if first else _ONLY_TITLE if alone else _LIST])
    if shown[0].kind is BlockKind.TABLE:
        _add_table(slide, shown[0])
    elif shown[0].kind is BlockKind.CODE:
        _add_chart(slide, shown[0].text.split("\n"))
    else:
        frame = slide.placeholders[1].text_frame
        for number, block in enumerate(shown):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.text, paragraph.level = block.text, max(place(block).depth - 1, 0)
    slide.notes_slide.notes_text_frame.text = "\n".join(said)
    return slide


def _add_table(slide: Any, block: Block) -> None:
    table = slide.shapes.add_table(len(block.rows), len(block.rows[0]), *_BOX).table
    for number, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            table.cell(number, column).text = plain(cell)


def _add_chart(slide: Any, lines: Sequence[str]) -> None:
    title, head, *rows = (line.split(", ") for line in lines)
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]  # the library has no types for it
    data.categories = head[1:]
    for name, *values in rows:
        data.add_series(name, [float(value) for value in values])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *_BOX, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = ", ".join(title)
