"""A file of a download, and one that is left where it is: whatever the download is, this comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from markterm.domain.words.errors import Unreadable

MOST_FILES = 100_000
"""A download of more files is another thing than learners' work."""
_BEGINS = re.compile(rb"From \S.*\d{2}:\d{2}|From \S+\s*$")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_LONGEST_LINE = 1024
LARGEST = 4 * 1024**3
"""Bytes of one file: a recording of some hours."""


def begins_message(line: bytes, follows: bytes) -> bool:
    """Whether a line of a mailbox begins a message. What people write may look like one, `From what I saw at 10:30`,
    but no header follows."""
    return _BEGINS.match(line) is not None and _HEADER.match(follows) is not None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it; `forwarded_by` is who sent that on."""

    address: str
    name: str = ""
    forwarded_by: str = ""


@dataclass(frozen=True, slots=True)
class ComingFile:
    """A file of a download, whose `name` is its path there with `/`, of `size` bytes.

    `opened` gives its bytes, and raises `Unreadable`, also at the end when they changed while they were read. `kept` is
    the name that it is kept under, where that is not what the path says; `note` is what to know of it.
    """

    name: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]]
    sender: Sender | None = None
    kept: str = ""
    note: str = ""

    @property
    def is_message(self) -> bool:
        """Whether it is one message, by its name."""
        return self.name.lower().endswith((".eml", ".emlx", ".msg"))

    def is_mailbox(self) -> bool:
        """Whether it is many messages in one file: by its name, or by how it begins where the name has no ending, as
        programs for mail keep them."""
        base = self.name.rpartition("/")[2].lower()
        if "." in base:
            return base.endswith((".mbox", ".mbx"))
        with suppress(Unreadable), self.opened() as stream:
            return begins_message(stream.readline(_LONGEST_LINE), stream.readline(_LONGEST_LINE))
        return False


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that is not taken, and why: a sentence's end, `a link, which is not followed`."""

    name: str
    why: str
