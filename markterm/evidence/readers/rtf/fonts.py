"""The fonts of a rich text file: which code page the bytes in each of them are in, and which draw signs."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from markterm.evidence.readers.symbols import is_symbol_font

_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_NAMED = {936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8"}
DEFAULT = "cp1252"


@dataclass(slots=True)
class Font:
    """A font of the file's table."""

    letters: list[str] = field(default_factory=list)
    """Its name as it was written, and what follows it."""
    codec: str = ""
    """Of its bytes; empty for that of the file."""

    @property
    def symbols(self) -> str:
        """Its name when its letters look like other signs; else empty."""
        name = "".join(self.letters).partition(";")[0].strip()
        return name if is_symbol_font(name) else ""


def codec_of_charset(number: int) -> str:
    """The codec of a character set of Windows; empty for the file's own."""
    return _CHARSETS.get(number, "")


def codec_of_page(number: int) -> str:
    """The codec of a code page; empty for one that nobody knows."""
    named = _NAMED.get(number, f"cp{number}")
    try:
        codecs.lookup(named)
    except LookupError:
        return ""
    return named
