"""PDF files, as they come from a word processor: headings, lists, tables, the learner's name and the page on each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import reportlab  # type: ignore[import-untyped]  # the library has no types
from reportlab.lib.colors import grey  # type: ignore[import-untyped]
from reportlab.lib.fonts import addMapping  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    PageBreak,
    Paragraph,
    Preformatted,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from markterm.evidence.text.blocks import Block, BlockKind, Span
from tests.demo_evidence.texts import place

_MARGIN = 62
_BODY = ParagraphStyle("body", fontName="Vera", fontSize=9.5, leading=13.5, spaceAfter=10)
_CELL = ParagraphStyle("cell", _BODY, fontSize=8.5, leading=11, spaceAfter=0)
_HEADINGS = {
    level: ParagraphStyle(
        f"h{level}", _BODY, fontName="VeraBd", fontSize=size, leading=size * 1.3, spaceBefore=8, keepWithNext=1
    )
    for level, size in ((1, 18), (2, 14), (3, 11.5))
}
_INDENT = 16
_SHORT = 20  # (AC 2.1): it stays with what it is about


def document(blocks: Sequence[Block], *, title: str, head: str) -> bytes:
    """The blocks as a PDF; a rule between them begins a page."""
    folder = Path(reportlab.__file__).parent / "fonts"
    # The library's own fonts have the letters of Western and Central Europe.
    for strong, name in enumerate(("Vera", "VeraBd")):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
        addMapping("Vera", strong, 0, name)
    written = io.BytesIO()
    template = SimpleDocTemplate(
        written,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        title=title,
        author="Rosalind Jones",
        invariant=1,
    )

    def number_page(canvas: Any, _: object) -> None:
        canvas.setFont("Vera", 8)
        canvas.drawString(_MARGIN, A4[1] - 40, f"{head}, page {canvas.getPageNumber()}")

    template.build(
        [flowing for block in blocks for flowing in _flowing(block)], onFirstPage=number_page, onLaterPages=number_page
    )
    return written.getvalue()


def _flowing(block: Block) -> list[Any]:
    where = place(block)
    match block.kind:
        case BlockKind.RULE:
            return [PageBreak()]
        case BlockKind.HEADING:
            return [Paragraph(_markup(block.spans), _HEADINGS[block.level])]
        case BlockKind.TABLE:
            return [_table(block), Spacer(0, 8)]
        case BlockKind.CODE:
            return [Preformatted(block.text, _BODY)]
        case _:
            indent = _INDENT * (where.depth + where.quoted)
            style = ParagraphStyle(
                "item",
                _BODY,
                leftIndent=indent,
                bulletIndent=indent - _INDENT,
                spaceBefore=0 if where.depth else 10,
                spaceAfter=3 if where.depth else 10,
                keepWithNext=len(block.text) < _SHORT,
            )
            mark = (where.number or "•") if where.opens else None
            return [Paragraph(_markup(block.spans), style, bulletText=mark)]


def _table(block: Block) -> Any:
    rows = [
        [Paragraph(_markup(spans, strong=not number), _CELL) for spans in row] for number, row in enumerate(block.rows)
    ]
    widest = [
        max(len("".join(span.text for span in row[column])) for row in block.rows) for column in range(len(rows[0]))
    ]
    # Half by what the cells hold and half alike, so that a narrow column keeps its words whole.
    width, share = A4[0] - 2 * _MARGIN - 12, sum(min(length, 40) for length in widest)
    columns = [width * (0.5 / len(widest) + 0.5 * min(length, 40) / share) for length in widest]
    return Table(
        rows, columns, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )


def _markup(spans: Sequence[Span], *, strong: bool = False) -> str:
    """The library's own markup, which is like HTML."""
    pieces = []
    for span in spans:
        if "address" in span.styles:
            continue
        words = escape(span.text, quote=False)
        pieces.append(f"<b>{words}</b>" if "strong" in span.styles else words)
    text = "".join(pieces)
    return f"<b>{text}</b>" if strong else text
