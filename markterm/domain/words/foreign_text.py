"""Text that others wrote, made safe to show.

A terminal obeys escape codes wherever they come from, and bidirectional or invisible characters make a text read
differently from what it is. Nothing is dropped: each such character becomes a glyph that is seen and counted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_PLANE_14 = "\U000e0000-\U000e0fff"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SURROGATE = "\ud800-\udfff"
# Joiners are letters' glue in Persian, Hindi and emoji families, and a disguise anywhere else.
_JOINED = (
    "\u0600-\u061b\u061d-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af\ua8e0-\ua8ff\ufb50-\ufdff\ufe70-\ufefc"
    "\u2194\u2195\u2600-\u27bf\u2b00-\u2bff\ufe0f\U00010a00-\U00011fff\U0001f000-\U0001faff"
)
_JOINER_ALONE = f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"

_ALWAYS = f"[{_CONTROL}{BIDIRECTIONAL}{_INVISIBLE}{_SURROGATE}{_PLANE_14}]"
_UNSAFE = re.compile(_ALWAYS)
# Looking at the neighbours of every character takes ten times as long: done only where there is a joiner.
_UNSAFE_WITH_JOINERS = re.compile(f"{_ALWAYS}|{_JOINER_ALONE}")
_BIDIRECTIONAL_ONE = re.compile(f"[{BIDIRECTIONAL}]")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text without anything that a terminal or an eye could be misled by, and how many characters were replaced."""

    text: str
    replaced: int


@cache
def _glyph(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code <= 0x9F:
        return "␦"
    if _BIDIRECTIONAL_ONE.match(character):
        return "⇄"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return "▯"


def clean(text: str) -> CleanText:
    """`text` with LF line ends and a visible glyph for every control, bidirectional and invisible character.

    Tab and newline stay. CRLF and CR become LF and are not counted; everything else that is replaced is.
    """
    if text.isascii() and text.isprintable():
        return CleanText(text, 0)  # As nearly every name and code is, of which there are many thousand.
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    unsafe = _UNSAFE_WITH_JOINERS if "\u200c" in text or "\u200d" in text else _UNSAFE
    cleaned, replaced = unsafe.subn(lambda sign: _glyph(sign.group()), text)
    return CleanText(cleaned, replaced)


_PASTED_LINE_END = re.compile("\x0b|\x85|\u2028|\u2029")
_MEANS_NOTHING = re.compile(f"[\u00ad\u200b\u2060-\u2064\ufeff]|{_JOINER_ALONE}")


def pasted(text: str) -> str:
    """`text` as a person meant it who pasted it: the signs with which word processors and web pages say where a line
    may break are gone, and those that end a line are line ends. What is left is cleaned."""
    if text.isascii() and "\x0b" not in text:
        return clean(text).text
    return clean(_MEANS_NOTHING.sub("", _PASTED_LINE_END.sub("\n", text))).text


def beginning(text: str, most: int) -> str:
    """`text` cleaned, or if it is longer its first `most` characters, and how many there are besides: to show at once
    what somebody may have pasted a megabyte into."""
    left = len(text) - most
    return clean(text).text if left <= 0 else f"{clean(text[:most]).text}… and {left:,} characters more"


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space as one space: for names, titles and table cells."""
    safe = text if text.isascii() and text.isprintable() else clean(text).text
    return " ".join(safe.split())


def one_name(name: str) -> str:
    """A file's name as one machine and another write it: macOS takes accents off their letters, and they are the same.

    In Unicode's form NFC.
    """
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def shortened(text: str, most: int) -> str:
    """`text` on one line, cut with an ellipsis where that has more than `most` characters."""
    words = one_line(text[: 2 * most])
    if len(words) <= most and len(text) > 2 * most:
        words = one_line(text)  # What was looked at was little more than white space.
    return words if len(words) <= most else f"{words[: most - 1]}…"
