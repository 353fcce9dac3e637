"""The chain of a segment, followed line by line: by it two stores are proved equal, and a copy to be what it was."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

from markterm.records.folder.line import NO_LINE
from markterm.records.folder.segment import SUFFIX
from markterm.records.store import Head
from markterm.records.strict_json import NotJson, read_json

_DIGEST = 64


class Chain:
    """How far the lines of a file go, and what of them does not verify.

    Every line is hashed anew. `segment` is what the first line calls it, or the file's name without its ending;
    `broken` is the number of the first line that does not match its hash, or does not follow from the one before it, 0
    while there is none.
    """

    __slots__ = ("_digest", "broken", "lines", "segment")

    def __init__(self, file: str) -> None:
        self.segment = file.removesuffix(SUFFIX)
        self.lines = 0
        self.broken = 0
        self._digest = NO_LINE.encode("ascii")

    def add(self, line: bytes) -> None:
        """Go on by a whole line, with or without its end."""
        digest, body = line[:_DIGEST], line[_DIGEST + 1 :].rstrip(b"\n")
        self.lines += 1
        # In canonical JSON no text can hold this: its quotation marks are escaped there.
        follows = b'"prev":"%b"' % self._digest in body
        if not self.broken and not (follows and sha256(body).hexdigest().encode("ascii") == digest):
            self.broken = self.lines
        self._digest = digest
        if self.lines == 1:
            self._read_header(body)

    @property
    def head(self) -> Head:
        """How far it goes."""
        return Head(self.lines, self._digest.decode("ascii", "replace"))

    @property
    def events(self) -> int:
        """How many lines are behind the first, which says what the segment is."""
        return max(self.lines - 1, 0)

    def _read_header(self, body: bytes) -> None:
        with suppress(NotJson):
            said = read_json(body)
            name = said.get("segment") if isinstance(said, dict) else None
            if isinstance(name, str):
                self.segment = name
