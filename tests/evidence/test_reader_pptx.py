"""Reading PowerPoint presentations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Cm

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers.pptx import pptx
from tests.evidence import made_more

_BULLETS, _TITLE_ONLY, _BLANK = 1, 5, 6
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOX = (Cm(1), Cm(1), Cm(5), Cm(2))


def _read(folder: Path, fill: Callable[[Any], None]) -> Converted:
    path = folder / "talk.pptx"
    path.write_bytes(made_more.pptx(fill))
    return pptx.read(path)


def _slide(presentation: Any, layout: int, title: str = "") -> Any:
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    if title:
        slide.shapes.title.text = title
    return slide


def _talk(presentation: Any) -> None:
    text = _slide(presentation, _BULLETS, "Safe *working*").placeholders[1].text_frame
    text.text = "PPE"
    for words, level in (("helmet\vand boots", 1), ("harness", 4), ("# tidy", 0)):
        paragraph = text.add_paragraph()
        paragraph.text, paragraph.level = words, level
    _slide(presentation, _BLANK)


def test_titles_are_headings_and_bullets_are_nested_lists(tmp_path: Path) -> None:
    read = _read(tmp_path, _talk)
    assert read.markdown.split("\n") == [
        "# Safe \\*working\\*",
        "",
        "- PPE",
        "  - helmet\\",
        "    and boots",
        "    - harness",
        "- \\# tidy",
        "",
        "# Slide 2",
        "",
    ]
    assert read.places == (Place(0, "slide 1"), Place(8, "slide 2"))
    assert read.pages == 2


def test_text_boxes_and_groups_are_paragraphs(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        shapes = _slide(presentation, _BLANK).shapes
        shapes.add_textbox(*_BOX).text_frame.text = "Alone\n- no bullet"
        outer = shapes.add_group_shape()
        inner = outer.shapes.add_group_shape()
        inner.shapes.add_textbox(*_BOX).text_frame.text = "Deep inside"

    assert _read(tmp_path, fill).markdown == "# Slide 1\n\nAlone\n\n\\- no bullet\n\nDeep inside\n"


def test_tables_and_pictures_and_notes_are_there(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        slide = _slide(presentation, _TITLE_ONLY, "Tools")
        cells = slide.shapes.add_table(2, 2, *_BOX).table
        for row, column, words in ((0, 0, "Tool"), (0, 1, "Use"), (1, 0, "Level"), (1, 1, "a|b")):
            cells.cell(row, column).text = words
        slide.shapes.add_picture(_pixel(tmp_path), *_BOX)._element.nvPicPr.cNvPr.set("descr", "Me [at] work")
        slide.notes_slide.notes_text_frame.text = "Say why"

    assert _read(tmp_path, fill).markdown.split("\n\n") == [
        "# Tools",
        "| Tool | Use |\n| --- | --- |\n| Level | a\\|b |",
        "[image: Me [at] work]",
        "**Notes:**",
        "Say why\n",
    ]


def test_merged_cells_of_a_table_stand_once(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        cells = _slide(presentation, _BLANK).shapes.add_table(2, 2, *_BOX).table
        cells.cell(0, 0).text = "Wide"
        cells.cell(0, 0).merge(cells.cell(0, 1))

    assert "| Wide |  |" in _read(tmp_path, fill).markdown


def test_charts_give_their_title_and_figures(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        figures = CategoryChartData()  # type: ignore[no-untyped-call]  # the library types only part of itself
        figures.categories = ["May", "June"]
        figures.add_series("Hours", (7, 7.5))  # type: ignore[no-untyped-call]
        chart = _slide(presentation, _BLANK).shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *_BOX, figures).chart
        chart.chart_title.text_frame.text = "On site"

    markdown = _read(tmp_path, fill).markdown
    assert "[chart: On site]\n\n|  | Hours |\n| --- | --- |\n| May | 7 |\n| June | 7.5 |" in markdown


def test_hidden_slides_are_shown_and_named(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        _slide(presentation, _TITLE_ONLY, "Spare").element.set("show", "0")

    read = _read(tmp_path, fill)
    assert read.markdown == "# Spare (hidden slide)\n"
    assert read.notes == ("Slide 1 is hidden in the presentation, and shown here.",)


def test_comments_are_there(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        comment = '<p:cmLst xmlns:p="http://example.org/p"><p:cm><p:text>Seen *on* site</p:text></p:cm></p:cmLst>'
        _relate(_slide(presentation, _BLANK), "comments", comment)

    assert _read(tmp_path, fill).markdown == "# Slide 1\n\n- Comment: Seen \\*on\\* site\n"


def test_the_words_of_a_diagram_are_a_list(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        slide = _slide(presentation, _BLANK)
        words = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("Plan", "Do", "# Check"))
        relation = _relate(slide, "diagramData", f'<d xmlns:a="{_DRAWING}">{words}</d>')
        frame = slide.shapes.add_table(1, 1, *_BOX)._element
        data = frame.graphic.graphicData
        data.set("uri", _DIAGRAM)
        data.replace(data[0], parse_xml(f'<x:relIds xmlns:x="{_DIAGRAM}" xmlns:r="{_RELATIONS}" r:dm="{relation}"/>'))

    assert _read(tmp_path, fill).markdown == "# Slide 1\n\n- Plan\n- Do\n- \\# Check\n"


def test_shapes_of_a_newer_kind_keep_their_words(tmp_path: Path) -> None:
    def fill(presentation: Any) -> None:
        namespaces = f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a="{_DRAWING}"'
        words = "<a:p><a:r><a:t>New shape</a:t></a:r></a:p>"
        shape = f"<mc:AlternateContent {namespaces}><mc:Choice>{words}</mc:Choice></mc:AlternateContent>"
        _slide(presentation, _BLANK).shapes._spTree.append(parse_xml(shape))

    assert _read(tmp_path, fill).markdown == "# Slide 1\n\nNew shape\n"


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talk.pptx"
    path.write_bytes(made_more.zip_of([("a", b"b")]))
    with pytest.raises(NotReadable, match="not a presentation"):
        pptx.read(path)


def _relate(slide: Any, kind: str, blob: str) -> str:
    """A part of its own that the slide refers to."""
    name = PackURI(f"/ppt/{kind}/{kind}1.xml")
    part = Part(name, "application/xml", slide.part.package, blob.encode())
    return str(slide.part.relate_to(part, f"{_RELATIONS}/{kind}"))


def _pixel(folder: Path) -> str:
    path = folder / "pixel.png"
    path.write_bytes(made_more.png(1, 1))
    return str(path)
