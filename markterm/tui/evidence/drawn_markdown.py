"""Markdown of our own making, a feedback, drawn as evidence is: without its marks."""

from __future__ import annotations

from textual.content import Content

from markterm.domain.words.foreign_text import clean
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.tui.evidence.rows import Part
from markterm.tui.evidence.view import EvidenceView

_STYLES = {
    **{f"heading-{level}": "bold $primary" for level in range(1, 7)},
    "strong": "bold",
    "emphasis": "italic",
    "strike": "strike",
    "table-header": "bold",
    **dict.fromkeys(("table-line", "rule", "quote-bar", "label", "address"), "$quiet"),
}


def drawn_markdown(markdown: str, width: int) -> Content:
    """The text as a page of that width shows it."""
    text = clean(markdown)
    view = EvidenceView(
        EvidenceDocument.of(EvidenceText(text.text, text.replaced, ""), EvidenceKind.MARKDOWN), max(width, 4)
    )
    rows = (row for chunk in range(len(view.document.chunks)) for row in view.rows(chunk))
    return Content("\n").join(Content.assemble(*(_piece(part) for part in row.parts)).rstrip() for row in rows)


def _piece(part: Part) -> Content:
    styles = " ".join(dict.fromkeys(_STYLES[name] for name in part.styles if name in _STYLES))
    return Content.styled(part.text, styles) if styles else Content(part.text)
