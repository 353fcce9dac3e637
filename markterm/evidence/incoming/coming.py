"""A file of a download, and one that is left where it is: whatever the download is, this comes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

MOST_FILES = 100_000
"""A download of more files is another thing than learners' work."""
LARGEST = 4 * 1024**3
"""Bytes of one file: a recording of some hours."""


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
    def is_mail(self) -> bool:
        """Whether it is a message, or many, by its name."""
        return self.name.lower().endswith((".eml", ".mbox"))


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file that is not taken, and why: a sentence's end, `a link, which is not followed`."""

    name: str
    why: str
