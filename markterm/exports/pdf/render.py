"""A document as PDF."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from markterm.exports.document.model import Document
from markterm.exports.pdf.press import Press
from markterm.exports.pdf.printed import Printed
from markterm.exports.pdf.templates import Stamp, stamp


def render(
    document: Document, *, anchor: str = "", at: datetime | None = None, templates: Path | None = None
) -> Printed:
    """The document as a tagged PDF made `at` that time, with `anchor` among its keywords, laid out by the files in
    `templates`, and by those that are shipped where it has none of that name.

    May be called in several threads. Raises `WrongUse` when typst is not installed, and `Unreadable` with file and line
    where a template is wrong.
    """
    files = stamp(templates) if templates is not None else ()
    return _press(templates if files else None, files).print(document, anchor=anchor, at=at)


@lru_cache(maxsize=2)
def _press(folder: Path | None, _: Stamp) -> Press:
    """The press for templates as they are now: they may be changed while the program runs."""
    return Press(folder)
