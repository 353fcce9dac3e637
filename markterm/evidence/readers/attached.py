"""Files inside a file, as they are gathered: base names only, no two alike, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markterm.domain.foreign_text import one_line
from markterm.evidence.converted import Attachment

MOST_FILES = 1_000
MOST_BYTES = 100_000_000
_LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


@dataclass(slots=True)
class Attached:
    """Attachments, and how many bytes there is still room for."""

    files: list[Attachment] = field(default_factory=list)
    room: int = field(default_factory=lambda: MOST_BYTES)
    _names: set[str] = field(default_factory=set)

    def refusal(self, size: int) -> str:
        """Why a file of `size` bytes cannot be added; empty when it can."""
        if len(self.files) >= MOST_FILES:
            return f"left out: more than {MOST_FILES:,} files"
        if size > self.room:
            return f"left out: more than {size_shown(MOST_BYTES)} of files in all"
        return ""

    def add(self, name: str, content: bytes) -> str:
        """Keep a file; the name it is kept under: its base name, with a number where another has the same."""
        path = PurePosixPath(own_name(name) or f"attachment-{len(self.files) + 1}")
        kept = path.name
        number = 2
        while kept.casefold() in self._names:  # many systems take `Plan.docx` and `plan.docx` for one
            kept = f"{path.stem} ({number}){path.suffix}"
            number += 1
        self._names.add(kept.casefold())
        self.files.append(Attachment(kept, content))
        self.room -= len(content)
        return kept


def own_name(name: str) -> str:
    """The last part of a path of any system, cleaned and not too long; empty when nothing is left."""
    last = one_line(re.split(r"[/\\]", name)[-1])
    last = _NOT_IN_NAMES.sub("_", last).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{dot}{suffix}" if dot and len(suffix) < 10 else last[:_LONGEST_NAME]


def size_shown(size: int) -> str:
    """Bytes as a person says them."""
    for unit, limit in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= limit:
            return f"{size / limit:.1f} {unit}"
    return f"{size} bytes"
