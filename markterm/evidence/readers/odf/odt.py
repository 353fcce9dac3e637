"""OpenDocument texts: headings, paragraphs, lists, tables, forms, notes and comments, read from their own XML."""

from __future__ import annotations

import secrets

from markterm.evidence.converted import Converted
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.odf.document import OpenDocument, within
from markterm.evidence.readers.odf.text import OdfText

_HEADERS = ("style:header", "style:header-first", "style:header-left")
_INSERTED = "inserted with changes tracked, and are"
_FOOTERS = ("style:footer", "style:footer-first", "style:footer-left")


def converted(document: OpenDocument) -> Converted:
    """The text of `document` with its paragraphs numbered as places. Raises NotReadable."""
    body = document.body
    text = OdfText(document, secrets.token_hex(8))
    margins = text.of_pages(document)
    html = [_margin(document, margins, "header", _HEADERS), text.blocks(body)]
    footer = _margin(document, margins, "footer", _FOOTERS)
    text.counted_as("form")
    html.append(text.unplaced_fields())
    for gone in within(body, "text:deletion"):
        text.notes_in(gone)
    html.append(text.ends())
    html.append(footer)
    markdown, places, _ = markdown_of("".join(html), text.token)
    for kind, said in (("deletion", "deleted with changes tracked, and are not"), ("insertion", _INSERTED)):
        if number := sum(1 for _ in within(body, f"text:{kind}")):
            document.notes.append(f"Passages that were {said} shown: {number}.")
    text.hidden = text.hidden or margins.hidden
    notes = (*document.notes, *text.notes())
    return Converted(markdown, places, notes, attachments=tuple(text.attached))


def _margin(document: OpenDocument, text: OdfText, label: str, forms: tuple[str, ...]) -> str:
    """The headers or footers of all pages, each once."""
    text.counted_as(label)
    found = [
        text.blocks(part) + text.ends()
        for page in within(document.styles, "style:master-page")
        for part in within(page, *forms)
    ]
    return "".join(dict.fromkeys(found))
