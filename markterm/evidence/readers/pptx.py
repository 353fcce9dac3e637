"""PowerPoint presentations by python-pptx: each slide with its title, lists, tables, charts, notes and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # the library has no types
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from markterm.evidence.converted import Converted
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline, escape_line_start, table

SUFFIXES = frozenset({".pptx"})

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
# Their bullets come from the layout of the slide; elsewhere a paragraph has one only if it says so.
_LISTS = frozenset(
    {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
)
_BULLETS = (f"{_DRAWING}buChar", f"{_DRAWING}buAutoNum", f"{_DRAWING}buBlip")


def read(path: Path) -> Converted:
    """The slides of `path`, hidden ones too. Raises NotReadable when it is not a presentation."""
    with damage_said("a presentation"), path.open("rb") as stream:
        slides = list(Presentation(stream).slides)
        draft = Draft()
        for number, slide in enumerate(slides, 1):
            draft.at(f"slide {number}")
            _write_slide(slide, number, draft)
        return draft.converted(pages=len(slides))


def _write_slide(slide: Any, number: int, draft: Draft) -> None:
    title = slide.shapes.title
    words = " ".join(title.text_frame.text.split()) if title is not None else ""
    is_hidden = slide.element.get("show") in ("0", "false")
    draft.add(f"# {escape_inline(words) or f'Slide {number}'}{' (hidden slide)' if is_hidden else ''}")
    if is_hidden:
        draft.notes.append(f"Slide {number} is hidden in the presentation, and shown here.")
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            _write_shape(shape, number, draft)
    for choice in slide.element.iter(_CHOICE):  # newer kinds of shapes, which the library passes over
        draft.add_text(" ".join(_words(choice)))
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None and notes.text.strip():
        draft.add("**Notes:**")
        _write_paragraphs(notes.paragraphs, draft, bulleted=False)
    for comment in _comments(slide):
        draft.add(f"- Comment: {escape_inline(comment)}")


def _write_shape(shape: Any, number: int, draft: Draft) -> None:
    if hasattr(shape, "shapes"):
        for inner in shape.shapes:
            _write_shape(inner, number, draft)
    elif shape.has_table:
        rows = [["" if cell.is_spanned else cell.text for cell in row.cells] for row in shape.table.rows]
        draft.add(table(rows, header=shape.table.first_row))
    elif shape.has_chart:
        _write_chart(shape, number, draft)
    elif shape.has_text_frame:
        kind = shape.placeholder_format.type if shape.is_placeholder else None
        if kind is not PP_PLACEHOLDER.SLIDE_NUMBER:
            _write_paragraphs(shape.text_frame.paragraphs, draft, bulleted=kind in _LISTS)
    else:
        _write_picture(shape, draft)


def _write_paragraphs(paragraphs: Sequence[Any], draft: Draft, *, bulleted: bool) -> None:
    """Paragraphs with a bullet as a list, each no deeper than one below the last; the others as they are."""
    items: list[str] = []
    depth = -1
    for paragraph in paragraphs:
        lines = [" ".join(line.split()) for line in paragraph.text.split("\v")]
        lines = [escape_line_start(escape_inline(line)) for line in lines if line]
        if not lines:
            continue
        if _has_bullet(paragraph, bulleted):
            depth = min(paragraph.level, depth + 1)
            indent = "  " * depth
            items.append(f"{indent}- " + f"\\\n{indent}  ".join(lines))
        else:
            draft.add("\n".join(items))
            items, depth = [], -1
            draft.add("\\\n".join(lines))
    draft.add("\n".join(items))


def _has_bullet(paragraph: Any, inherited: bool) -> bool:
    facts = paragraph._p.pPr  # the library has no public name for it
    if facts is None:
        return inherited
    own = any(facts.find(bullet) is not None for bullet in _BULLETS)
    return own or (inherited and facts.find(f"{_DRAWING}buNone") is None)


def _write_chart(shape: Any, number: int, draft: Draft) -> None:
    """The title of a chart, and its figures as a table."""
    try:
        chart = shape.chart
        title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
        draft.add(f"[chart: {escape_inline(' '.join(title.split()) or shape.name)}]")
        for plot in chart.plots:
            columns = [list(plot.categories), *(series.values for series in plot.series)]
            rows = zip_longest(*columns)
            cells = [[_figure(cell) for cell in row] for row in rows]
            draft.add(table([["", *(series.name for series in plot.series)], *cells], header=True))
    except Exception:  # there are many kinds of charts, and the library knows some
        draft.notes.append(f"A chart on slide {number} cannot be read; open the file outside.")


def _figure(cell: object) -> str:
    """A figure as it stands on the chart: 41 rather than 41.0, with the 15 digits that Office keeps."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "" if cell is None else str(cell)


def _write_picture(shape: Any, draft: Draft) -> None:
    """What a picture, film, drawing or object is said to show; the words of a diagram (SmartArt)."""
    diagram = next(shape.element.iter(f"{_DIAGRAM}relIds"), None)
    if diagram is not None:
        part = shape.part.related_part(diagram.get(f"{_RELATIONS}dm"))
        draft.add("\n".join(f"- {escape_line_start(escape_inline(words))}" for words in _words(fromstring(part.blob))))
        return
    facts = next((one for one in shape.element.iter() if str(one.tag).endswith("}cNvPr")), None)
    # A line or an arrow has nothing to say; a picture without a description is still one.
    words = "" if facts is None else facts.get("descr") or ""
    if words or not str(shape.element.tag).endswith("}cxnSp"):
        draft.add(f"[image: {escape_inline(' '.join(words.split()) or shape.name)}]")


def _words(element: Any) -> Iterator[str]:
    """The paragraphs of drawn text in an element that are not empty."""
    for paragraph in element.iter(f"{_DRAWING}p"):
        words = "".join(text.text or "" for text in paragraph.iter() if str(text.tag).endswith("}t"))
        if words.strip():
            yield " ".join(words.split())


def _comments(slide: Any) -> Iterator[str]:
    """Comments of both kinds that PowerPoint has written."""
    for relation in slide.part.rels.values():
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] != "comments":
            continue
        for comment in fromstring(relation.target_part.blob).iter():
            if comment.tag.endswith("}cm"):
                texts = (one.text or "" for one in comment.iter() if one.tag.endswith(("}text", "}t")))
                yield " ".join(" ".join(texts).split())
