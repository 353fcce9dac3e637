"""Citations: the very words of a learner's file that a criterion is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from markterm.domain.record.machine_read import MachineRead

LONGEST_QUOTE = 2_000
"""Characters. The words of a longer passage are quoted up to there."""

_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a file and where they stand in it.

    `file` is its name when it was read, `sha256` that of its bytes, `first` and `last` the lines of its text (from 1),
    `place` the page, slide or row if it has any, `headings` those that it stands under, the outermost first.
    """

    file: str
    sha256: str
    first: int
    last: int
    quote: str
    place: str = ""
    headings: tuple[str, ...] = ()
    machine: MachineRead | None = None
    """What read the words, when a person did not write them but a machine saw them in a picture."""

    @property
    def locator(self) -> str:
        """Where in the file it stands, as a person says it: `page 3, Second session`."""
        lines = f"line {self.first}" if self.first == self.last else f"lines {self.first}–{self.last}"
        headings = [_short(heading) for heading in self.headings[-1:]]
        machine = () if self.machine is None else (self.machine.said,)
        return ", ".join((self.place or lines, *headings, *machine))

    def is_same(self, other: Passage) -> bool:
        """Whether both are the same lines of the same bytes, whatever the file is called."""
        return (self.sha256, self.first, self.last) == (other.sha256, other.first, other.last)


def _short(heading: str) -> str:
    return heading if len(heading) <= _LONGEST_HEADING else heading[: _LONGEST_HEADING - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that somebody cited for a criterion; `wording` is that of the criterion which it was cited for, or
    carried over to since, and empty where it was not recorded."""

    uid: str
    passage: Passage
    actor: str
    at: datetime
    attempt: int
    wording: str = ""


class CitedFile(StrEnum):
    """What became of the file that a passage was read in."""

    THERE = "there"
    RENAMED = "renamed"
    CHANGED = "changed since"
    GONE = "not there any more"
    DESTROYED = "destroyed, as the rules of retention allow"
    NOT_NOW = "cannot be looked at now"


def cited_file(passage: Passage, files: Mapping[str, str] | None, *, destroyed: bool = False) -> tuple[CitedFile, str]:
    """What became of the passage's file, and the name under which it is to be found now, if it is.

    `files` are the SHA-256 of the learner's files by name, None where they cannot be looked at now;
    `destroyed` says that the evidence was. The bytes count, not the name: a file that was renamed is followed, and one
    whose name stayed while its bytes changed is not the file that was cited.
    """
    if files is None:
        return CitedFile.NOT_NOW, ""
    if files.get(passage.file) == passage.sha256:
        return CitedFile.THERE, passage.file
    renamed = next((name for name, sha256 in files.items() if sha256 == passage.sha256), None)
    if renamed is not None:
        return CitedFile.RENAMED, renamed
    if passage.file in files:
        return CitedFile.CHANGED, passage.file
    return CitedFile.DESTROYED if destroyed else CitedFile.GONE, ""


def since_cited(passage: Passage, files: Mapping[str, str] | None, *, destroyed: bool = False) -> str:
    """The same in words: `renamed: log.md`, `changed since`; empty where the file is there as it was."""
    found, name = cited_file(passage, files, destroyed=destroyed)
    if found is CitedFile.THERE:
        return ""
    return f"{found.value}: {name}" if found is CitedFile.RENAMED else found.value
