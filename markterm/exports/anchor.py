"""The heads of the records that a file was made from, carried in the file itself.

They are one word of letters, digits, `-` and `_`, behind a mark: it fits into a property of a document, and is found
there by looking for the mark, whatever the document is.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from markterm.records.kept_heads import Heads, parse
from markterm.records.store import Head

_MARK = "markterm-heads:"
_FOUND = re.compile(rf"{_MARK}([A-Za-z0-9_=-]+)")
_LONGEST = 8_000
"""Characters. What was made from the records of hundreds has its heads beside it."""
_MOST_UNPACKED = 64_000_000


def in_a_word(heads: Heads) -> str:
    """The heads as one word that `found_in` finds again; empty where a file has no room for so many."""
    told = [
        {"record": name, "heads": {at: [end.lines, end.digest] for at, end in sorted(own.items())}}
        for name, own in sorted(heads.items())
    ]
    packed = zlib.compress(json.dumps(told, separators=(",", ":")).encode("utf-8"), 9)
    word = _MARK + urlsafe_b64encode(packed).decode("ascii")
    return word if len(word) <= _LONGEST else ""


def found_in(text: str) -> dict[str, dict[str, Head]]:
    """The heads that a text carries, by record and segment; of several words those that go furthest."""
    return furthest(_unpacked(each.group(1)) for each in _FOUND.finditer(text))


def furthest(several: Iterable[Heads]) -> dict[str, dict[str, Head]]:
    """All of these heads together: of each segment the one that goes furthest."""
    found: dict[str, dict[str, Head]] = {}
    for heads in several:
        take_furthest(found, heads)
    return found


def take_furthest(found: dict[str, dict[str, Head]], heads: Heads) -> None:
    """Take these heads into those that were `found` before: of each segment the one that goes furthest."""
    for record, segments in heads.items():
        own = found.setdefault(record, {})
        for name, head in segments.items():
            if name not in own or own[name].lines < head.lines:
                own[name] = head


def _unpacked(word: str) -> Heads:
    try:
        reader = zlib.decompressobj()
        return parse(reader.decompress(urlsafe_b64decode(word), _MOST_UNPACKED))
    except (ValueError, zlib.error):
        return {}
