"""What a learner's file holds: files within it and within those, with limits that are counted over the whole.

An archive may hold archives that hold archives: each is small, and all of them together would never come to an end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.evidence import ole
from markterm.evidence.conversion.conversion import LARGEST_ATTACHED, attached_files, needs_libreoffice
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.opened import opened
from markterm.evidence.progress import Progress
from markterm.evidence.readers import HOLD_NOTHING, READERS

DEEPEST = 8
"""Files within files within files."""
MOST_FILES = 1_000
MOST_BYTES = LARGEST_ATTACHED

Opens = Callable[[EvidenceFile], bool]
"""Whether a file is looked into for the files within it."""

_MAY_HOLD = (b"PK\x03\x04", b"%PDF", b"{\\rtf", ole.MARK, b"\x78\x9f\x3e\x22")
_MARK = 8


@dataclass(slots=True)
class Room:
    """How many files and bytes a file may still hold."""

    files: int = field(default_factory=lambda: MOST_FILES)
    size: int = field(default_factory=lambda: MOST_BYTES)
    full: bool = False
    """Whether something was left out: then nothing more is opened, and that is said once."""

    def take(self, held: tuple[EvidenceFile, ...]) -> tuple[EvidenceFile, ...]:
        """Those that there is room for."""
        taken = []
        for file in held:
            if self.files == 0 or file.size > self.size:
                self.full = True
                break
            self.files -= 1
            self.size -= file.size
            taken.append(file)
        return tuple(taken)


def with_contents(
    file: EvidenceFile, cache: Path, progress: Progress | None = None, opens: Opens | None = None
) -> Iterator[EvidenceFile]:
    """`file`, and after it every file within it at any depth, each followed by what it holds itself.

    Whichever holds more than is listed says so in `cut`. A file that cannot be read is taken to hold nothing: why it
    cannot is said when it is read. What was not converted before is converted on the way: for a thread. `progress` can
    stop it. Without `opens` all that may hold files are looked into.
    """
    return _walked(file, Room(), cache, progress or Progress(), opens or may_hold)


def _walked(file: EvidenceFile, room: Room, cache: Path, progress: Progress, opens: Opens) -> Iterator[EvidenceFile]:
    if room.full or not opens(file):
        yield file
        return
    try:
        held = held_by(file, cache, progress)
    except Unreadable:
        held = ()
    taken = () if file.depth >= DEEPEST else room.take(held)
    yield replace(file, cut=cut_of(file, len(held) - len(taken)))
    for each in taken:
        if progress.stop.is_set():
            return
        yield from _walked(each, room, cache, progress, opens)


def held_by(file: EvidenceFile, cache: Path, progress: Progress | None = None) -> tuple[EvidenceFile, ...]:
    """The files directly within `file`; none for a kind that holds no files. Raises Unreadable."""
    return attached_files(file, cache, progress) if may_hold(file) else ()


def may_hold(file: EvidenceFile) -> bool:
    """Whether it has to be converted to know what it holds. A picture is not, unless it begins like something else."""
    if file.kind in (EvidenceKind.LINK, EvidenceKind.POINTER):
        return False
    if file.kind is EvidenceKind.CONVERTED and READERS.get(file.path.suffix.lower()) not in HOLD_NOTHING:
        return True
    try:
        with opened(file) as stream:
            return stream.read(_MARK).startswith(_MAY_HOLD)
    except Unreadable:
        return False


def is_opened_to_be_fixed(file: EvidenceFile, cited: Collection[str]) -> bool:
    """Whether it has to be converted to fix what it holds by hash. What LibreOffice takes out of an old file is of its
    own making, another version of it makes other bytes, and the hash of the file itself stands for it: only when a
    file within it is one of the `cited` is it looked into."""
    if not may_hold(file):
        return False
    return not needs_libreoffice(file) or any(name.startswith(f"{file.name}/") for name in cited)


def cut_of(file: EvidenceFile, left: int) -> str:
    if left == 0:
        return ""
    files, verb = ("1 file", "is") if left == 1 else (f"{left:,} files", "are")
    if file.depth >= DEEPEST:
        return f"It lies {DEEPEST} files deep, and what it holds is not opened: {files}."
    megabytes = MOST_BYTES // 1024 // 1024
    return (
        f"{files} in it {verb} not listed, and what comes after it is not opened: there are more than "
        f"{MOST_FILES:,}, or more than {megabytes} MB, in one file that was handed in."
    )
