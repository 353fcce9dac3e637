"""The forms in which a document can be written, and writing it with the heads of what it was made from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from markterm.exports.anchor import in_a_word
from markterm.exports.document.model import Document
from markterm.exports.export import Made
from markterm.records.kept_heads import Heads


class PageForm(StrEnum):
    """A form of a document, by the ending of its files."""

    PDF = "pdf"
    WORD = "docx"
    HTML = "html"
    MARKDOWN = "md"

    @classmethod
    def usual(cls) -> PageForm:
        """That which is written where nobody asks for one: PDF, or HTML where what makes PDF is not installed."""
        return cls.PDF if find_spec("typst") is not None else cls.HTML

    @property
    def ending(self) -> str:
        """What the name of such a file ends in."""
        return f".{self.value}"


def write_page(
    document: Document, form: PageForm, path: Path, heads: Heads, *, at: datetime, templates: Path | None = None
) -> Made:
    """Write the document to `path`, made `at` that time, carrying `heads` where its form has room for them.

    A PDF is laid out by the centre's own `templates` where there are any. Raises `OSError`, and for a PDF what
    `exports.pdf.render` raises.
    """
    anchor = in_a_word(heads) if heads else ""
    match form:
        case PageForm.PDF:
            from markterm.exports.pdf.render import render as as_pdf

            printed = as_pdf(document, anchor=anchor, at=at, templates=templates)
            path.write_bytes(printed.pdf)
            signs = ", ".join(map(_named, printed.without_font))
            said = f"{document.title}: no font of this machine has {signs}, printed by number"
            return Made(heads, carries_heads=bool(anchor), caveats=(said,) if printed.without_font else ())
        case PageForm.WORD:
            from markterm.exports.word.render import render as as_word

            path.write_bytes(as_word(document, anchor=anchor, at=at))
            return Made(heads, carries_heads=bool(anchor))
        case PageForm.HTML:
            from markterm.exports.html.render import render as as_html

            path.write_text(as_html(document, anchor=anchor), "utf-8", newline="\n")
            return Made(heads, carries_heads=bool(anchor))
        case PageForm.MARKDOWN:
            from markterm.exports.markdown.render import render as as_markdown

            path.write_text(as_markdown(document), "utf-8", newline="\n")
            return Made(heads)


def _named(sign: str) -> str:
    """The sign, or its number where nobody would see it: told as another sign it would be taken for that one."""
    return sign if sign.isprintable() else "".join(f"U+{ord(each):04X}" for each in sign)
