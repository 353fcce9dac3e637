"""Web pages: their words, also those that a browser would hide, and where their links lead."""

from __future__ import annotations

from pathlib import Path

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.markup import markdown_of

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

_LARGEST = 16 * 1024 * 1024
_HEAD = 4096


def read(path: Path) -> Converted:
    """The words of the page. Nothing in it is run or fetched. Raises NotReadable when it is no page."""
    data = path.read_bytes()
    if len(data) > _LARGEST:
        raise NotReadable(f"It is a page of more than {_LARGEST // 1024 // 1024} MB.")
    head = data[:_HEAD]
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotReadable("It is named like a web page, and holds something else.")
    markdown, _, soup = markdown_of(data)
    notes = []
    for said, names in (
        ("Scripts that were left out and not run", ["script"]),
        ("Style sheets that were left out", ["style", "link"]),
        ("Pictures that are shown by their description only", ["img", "svg"]),
    ):
        if count := len(soup.find_all(names)):
            notes.append(f"{said}: {count}.")
    if soup.find(style=_hides) or soup.find(hidden=True):
        notes.append("Text that a browser would hide is shown.")
    return Converted(markdown, notes=tuple(notes))


def _hides(style: str | None) -> bool:
    """Whether a style makes what it stands on invisible."""
    words = (style or "").replace(" ", "").lower()
    return "display:none" in words or "visibility:hidden" in words or "font-size:0" in words
