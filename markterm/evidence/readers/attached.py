"""Files inside a file, as they are gathered: under names that can do no harm, no two alike, within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.converted import Attachment
from markterm.evidence.folder import size_words

MOST_FILES = 1_000
MOST_BYTES = 100_000_000
_LONGEST_NAME = 120
_MOST_FOLDERS = 20
_MOST_NAMED = 5
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


@dataclass(slots=True)
class Attached:
    """Attachments, how many bytes there is still room for, and what was left out."""

    files: list[Attachment] = field(default_factory=list)
    room: int = field(default_factory=lambda: MOST_BYTES)
    keeps_folders: bool = False
    """Whether a name keeps the folders that it stands in, as in an archive, or is the last part of it alone."""
    _names: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)
    _next: dict[PurePosixPath, int] = field(default_factory=dict)
    """By a name that was taken, the number for the next file that has it."""
    _left_out: dict[str, list[str]] = field(default_factory=dict)

    def refusal(self, size: int) -> str:
        """Why a file of `size` bytes cannot be added; empty when it can."""
        if len(self.files) >= MOST_FILES:
            return f"left out: more than {MOST_FILES:,} files"
        if size > self.room:
            return f"left out: more than {size_words(MOST_BYTES)} of files in all"
        return ""

    def add(self, name: str, content: bytes) -> str:
        """Keep a file; the name it is kept under, with a number where another has the same."""
        path = PurePosixPath(self._own(name) or f"attachment-{len(self.files) + 1}")
        kept = path
        while self._is_taken(kept):
            number = self._next.get(path, 2)
            kept = path.with_name(f"{path.stem} ({number}){path.suffix}")
            self._next[path] = number + 1
        # Many systems take `Plan.docx` and `plan.docx` for one.
        self._names.add(str(kept).casefold())
        self._folders.update(str(folder).casefold() for folder in kept.parents)
        self.files.append(Attachment(str(kept), content))
        self.room -= len(content)
        return str(kept)

    def take(self, name: str, content: bytes) -> str:
        """Keep a file, or leave it out when there is no room; how the text names it, in plain words."""
        if refusal := self.refusal(len(content)):
            self.leave_out(name, refusal)
            return f"[attached: {name}, {refusal}]"
        return f"[attached: {self.add(name, content)}]"

    def leave_out(self, name: str, why: str) -> None:
        """A file of that name is not among them; `why` is as `refusal` says it."""
        self._left_out.setdefault(why, []).append(one_line(name) or "An attachment")

    def notes(self) -> list[str]:
        """What was left out and why, one sentence for each reason."""
        return [_left_out(names, why) for why, names in self._left_out.items()]

    def _own(self, name: str) -> str:
        if not self.keeps_folders:
            return own_name(name)
        parts = own_path(name).split("/")
        # A file may be called like a folder: what stands in that folder is not in the file.
        for count in range(1, len(parts)):
            folder, number = parts[count - 1], 2
            while "/".join(parts[:count]).casefold() in self._names:
                parts[count - 1] = f"{folder} ({number})"
                number += 1
        return "/".join(parts)

    def _is_taken(self, name: PurePosixPath) -> bool:
        folded = str(name).casefold()
        return folded in self._names or folded in self._folders


def _left_out(names: list[str], why: str) -> str:
    if len(names) == 1:
        return f"{names[0]} is {why}."
    more = len(names) - _MOST_NAMED
    named = ", ".join(names[:_MOST_NAMED])
    return f"{len(names):,} files are {why}. They are {named}{f' and {more:,} more' if more > 0 else ''}."


def own_name(name: str) -> str:
    """The last part of a path of any system, cleaned and not too long; empty when nothing is left."""
    return _part(re.split(r"[/\\]", name)[-1])


def own_path(name: str) -> str:
    """A path of any system with its folders, cleaned and not too long, and never one that leads out of its folder."""
    *folders, last = re.split(r"[/\\]", re.sub(r"^[A-Za-z]:", "", name))
    kept = [part for part in map(_part, folders) if part][-_MOST_FOLDERS:]
    own = _part(last)
    return "/".join((*kept, own)) if own else ""


def _part(name: str) -> str:
    last = _NOT_IN_NAMES.sub("_", one_name(one_line(name))).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(suffix)]}{dot}{suffix}" if dot and len(suffix) < 10 else last[:_LONGEST_NAME]
