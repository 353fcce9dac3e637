"""Texts of cells and comments: runs that each may have a font of their own, or be struck out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from markterm.evidence.readers.office import OfficeFile
from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.symbols import text_shown
from markterm.evidence.readers.xlsx.styles import is_struck, value_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"
STRUCK, UNSTRUCK = "\x0e", "\x0f"
"""What is struck out stands between these, which no text has."""
_NO_SIGN = frozenset(map(chr, range(32))) - set("\t\n\r")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Run(NamedTuple):
    """Words of one look."""

    words: str
    font: str = ""
    """Empty where it is that of the cell."""
    is_struck: bool = False


Text = tuple[Run, ...]


def shared_strings(office: OfficeFile, part: str) -> list[Text]:
    """The texts that cells name by their number."""
    return [rich_text(element) for element in office.each(part, [f"{MAIN}si"])]


def rich_text(element: Any) -> Text:
    """The runs of a text, without what says how they are spoken (phonetic runs)."""
    found = []
    for child in element:
        tag = child.tag
        if tag == _TEXT:
            found.append(Run(decoded(child.text or "")))
        elif tag == _RUN:
            look = child.find(f"{MAIN}rPr")
            words = "".join(text.text or "" for text in child.iterfind(f"{MAIN}t"))
            words = in_place(decoded(words), value_of(look, "vertAlign"))
            found.append(Run(words, value_of(look, "rFont"), is_struck(look)))
    return tuple(found)


def shown(text: Text, font: str = "", *, all_struck: bool = False) -> str:
    """The words of a text in a cell of this font, with the marks of what is struck out."""
    written = []
    for run in text:
        words = text_shown(run.font or font, run.words)
        written.append(f"{STRUCK}{words}{UNSTRUCK}" if words and (run.is_struck or all_struck) else words)
    return "".join(written)


def plain(text: Text) -> str:
    """The words of a text alone."""
    return "".join(text_shown(run.font, run.words) for run in text)


def unmarked(words: str) -> str:
    """Words without the marks of what is struck out."""
    return words.replace(STRUCK, "").replace(UNSTRUCK, "")


def decoded(words: str) -> str:
    """Words in which letters that XML has not are written as `_x000D_`."""
    return _CODED.sub(_letter, words) if "_x" in words else words


def _letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return "\ufffd" if "\ud800" <= letter < "\ue000" else "" if letter in _NO_SIGN else letter
