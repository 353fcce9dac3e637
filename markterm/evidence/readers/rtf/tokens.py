"""Rich text cut into its tokens, in one pass: groups, control words, and the bytes between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\(.)"
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)

SIGNS: Mapping[bytes, str] = {
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
    b"tab": " ",
    b"line": "\n",
    b"lbr": "\n",
    b"softline": "\n",
    b"mden": "/",
    b"msup": "^",
    b"msub": "_",
}
"""Control words that stand for a sign."""


class Token(NamedTuple):
    """A piece of rich text."""

    kind: str
    """`{`, `}`, `word`, `sign` (a control word of one sign), `bytes` as they stand, `byte` in hexadecimal digits, or
    `binary`."""
    text: bytes
    """The word or sign, or the bytes."""
    number: int | None = None
    """The parameter of a word."""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of `data`, to its end or to where it is cut off. Line ends between them are none of it."""
    place, end = 0, len(data)
    while place < end:
        found = _TOKEN.match(data, place)
        if found is None:
            return
        place = found.end()
        word, number, digits, sign, brace, text = found.groups()
        if text:
            yield Token("bytes", text)
        elif brace:
            yield Token("{" if brace == b"{" else "}", brace)
        elif word:
            parameter = None if number is None else int(number)
            if word == b"bin":
                size = max(parameter or 0, 0)
                yield Token("binary", data[place : place + size])
                place += size
            else:
                yield Token("word", word, parameter)
        elif digits:
            yield Token("byte", bytes((int(digits, 16),)))
        elif sign:
            yield Token("sign", sign)
