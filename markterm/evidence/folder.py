"""What lies in a learner's evidence folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from unicodedata import is_normalized

from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.left_behind import is_left_behind, kept_in_cloud, left_out_words
from markterm.evidence.machine.old_formats import OLD_FORMATS
from markterm.evidence.readers import READERS
from markterm.evidence.text.pointer import POINTERS

MOST_ENTRIES = 5_000
"""Beyond this many files and folders the list says that it is cut short."""

_MARKDOWN = {".md", ".markdown"}
_TEXTS = ".txt .text .log .json .xml .yaml .yml .ini .rst .adoc .org .tex .ics .vcf .py .js .css .sql"
_TEXT = frozenset(_TEXTS.split())
TEXT_SUFFIXES = _TEXT | _MARKDOWN
"""Of files that are read as they are."""
# Windows junctions lead out of a folder as links do; Python 3.11 has no name for them on other systems.
_JUNCTION = 0xA0000003
_DIGITS = re.compile(r"([0-9]+)")


class EvidenceKind(StrEnum):
    """How a file can be read: as Markdown, as plain text, converted, not by MarkTerm, or not at all because it is a
    link of the system's, or only names the address of a document."""

    MARKDOWN = "markdown"
    TEXT = "text"
    CONVERTED = "converted"
    OTHER = "other"
    LINK = "link"
    POINTER = "pointer"


READABLE = frozenset(EvidenceKind) - {EvidenceKind.OTHER, EvidenceKind.LINK, EvidenceKind.POINTER}

_READ_LAST = frozenset({"image", "svg", "media", "archive", "tar"})
"""Of a picture, a recording or an archive there is less to read than of a document."""

_KIND_WORDS = {
    EvidenceKind.MARKDOWN: "Markdown",
    EvidenceKind.TEXT: "text",
    EvidenceKind.LINK: "link, not followed",
    EvidenceKind.OTHER: "opens outside",
    EvidenceKind.POINTER: "a link, no document",
}


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a learner. `name` is relative to the evidence folder, with `/`, and cleaned for showing; that of a
    file within another goes on from the other's name: `mail.eml/plan.docx`."""

    name: str
    path: Path
    size: int
    """Bytes."""
    modified_ns: int
    kind: EvidenceKind
    depth: int = 0
    """How many files it lies within."""
    cut: str = field(default="", compare=False)
    """What to know when not all that it holds is listed; otherwise empty."""
    placed_ns: int = field(default=0, compare=False)
    """When the system says that it was last written, moved or copied there, which nobody sets as they set its time; 0
    where no system says."""
    fetch: Callable[[], None] | None = field(default=None, compare=False, repr=False)
    """Where it lies in a store, has it be at `path`; raises `Unreadable`."""

    @property
    def kind_words(self) -> str:
        """What kind of file it is, as a person says it: `docx`, `text`, or that it opens outside."""
        if self.kind is EvidenceKind.CONVERTED:
            return self.path.suffix[1:].lower()
        return _KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """The files in reading order, the reasons why some could not be listed, and whether the list is cut short.

    `left_out` are the names of what programs left behind, which is no evidence and not among the files. `unreachable`
    says why the store of the evidence does not tell what there is, which is among the problems too.
    """

    files: tuple[EvidenceFile, ...] = ()
    problems: tuple[str, ...] = ()
    truncated: bool = False
    left_out: tuple[str, ...] = ()
    unreachable: str = ""

    @property
    def documents(self) -> tuple[EvidenceFile, ...]:
        """The files that are evidence: not those that only lead to some."""
        return tuple(file for file in self.files if file.kind is not EvidenceKind.POINTER)

    @property
    def left_out_words(self) -> str:
        """How many were left out, and which, in one line; empty when none was."""
        return left_out_words(self.left_out)


def to_read_first(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    """Those that can be read, the documents before pictures, recordings and archives; otherwise in their order."""
    readable = (file for file in files if file.kind in READABLE)
    return sorted(readable, key=lambda file: READERS.get(file.path.suffix.lower()) in _READ_LAST)


def list_evidence(root: Path, relied_on: Collection[str] = ()) -> EvidenceFolder:
    """The files under `root`, the `evidence` of a learner's folder, numbers sorted as numbers.

    Hidden files and what programs leave behind are left out and named. Symbolic links and junctions are listed and
    never followed, so that a learner's folder shows nothing from outside it. A missing folder is an empty one; what
    cannot be listed is named in `problems`. The names in `relied_on` are those of files that the record tells of,
    which are evidence whatever they are called.
    """
    looked = _Looked(root, relied_on)
    files = in_order(looked.files())
    return EvidenceFolder(files, tuple(looked.problems), looked.truncated, tuple(sorted(looked.left_out)))


class _Looked:
    """One look at what lies under `root`: its files as they are found, and meanwhile what there is to say of them."""

    def __init__(self, root: Path, relied_on: Collection[str] = ()) -> None:
        self._root = root
        self._relied_on = relied_on
        self._waiting = [root]
        self._left_folders: set[Path] = set()
        self.problems: list[str] = []
        self.left_out: list[str] = []
        self.truncated = False

    def files(self) -> Iterator[EvidenceFile]:
        """Every file but for what programs left behind, in no order."""
        if self._root.is_symlink():
            self.problems.append("evidence is a link to another place, and is not followed.")
            return
        seen = 0
        while self._waiting:
            folder = self._waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if self._is_left_out(entry, folder):
                            continue
                        seen += 1
                        if seen > MOST_ENTRIES:
                            self.truncated = True
                            return
                        if (file := self._taken(entry)) is not None:
                            yield file
            except FileNotFoundError:
                if folder != self._root:
                    self.problems.append(f"{self._shown(folder)} went away while it was listed.")
            except OSError as error:
                self.problems.append(f"{self._shown(folder)} cannot be listed: {error.strerror or error}.")

    def _is_left_out(self, entry: os.DirEntry[str], folder: Path) -> bool:
        """Whether a program left it behind, and the record tells of nothing in it; then it is named."""
        if folder not in self._left_folders and not is_left_behind(entry.name):
            return False
        path = Path(entry.path)
        name = self._shown(path)
        if any(each.startswith(f"{name}/") for each in self._relied_on):
            self._left_folders.add(path)
            return False
        if name in self._relied_on:
            return False
        if whole := kept_in_cloud(entry.name):
            shown = self._shown(path.with_name(whole))
            self.problems.append(f"{shown} lies in iCloud and not on this machine: have it downloaded, and look again.")
        elif len(self.left_out) < MOST_ENTRIES:
            self.left_out.append(name)
        return True

    def _taken(self, entry: os.DirEntry[str]) -> EvidenceFile | None:
        """The file; None of a folder, which is looked at later, and of what cannot be looked at."""
        path = Path(entry.path)
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            self.problems.append(f"{self._shown(path)} cannot be looked at: {error.strerror or error}.")
            return None
        is_link = entry.is_symlink() or getattr(facts, "st_reparse_tag", 0) == _JUNCTION
        if not is_link and stat.S_ISDIR(facts.st_mode):
            self._waiting.append(path)
            return None
        kind = EvidenceKind.OTHER
        if is_link:
            kind = EvidenceKind.LINK
        elif stat.S_ISREG(facts.st_mode):
            kind = kind_of(path.suffix)
        return EvidenceFile(
            self._shown(path), path, facts.st_size, facts.st_mtime_ns, kind, placed_ns=facts.st_ctime_ns
        )

    def _shown(self, path: Path) -> str:
        name = self._root.name if path == self._root else path.relative_to(self._root).as_posix()
        return one_name(one_line(name))


def kind_of(suffix: str) -> EvidenceKind:
    """The kind of the files with that suffix (`.docx`), whatever its case."""
    suffix = suffix.lower()
    if suffix in _MARKDOWN:
        return EvidenceKind.MARKDOWN
    if suffix in _TEXT:
        return EvidenceKind.TEXT
    if suffix in POINTERS:
        return EvidenceKind.POINTER
    return EvidenceKind.CONVERTED if suffix in READERS or suffix in OLD_FORMATS else EvidenceKind.OTHER


def size_words(size: int) -> str:
    """A size in bytes as people say it."""
    for limit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")):
        if size >= limit:
            return f"{size / limit:.1f} {name}"
    return f"{size} bytes"


def in_order(files: Iterable[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """The files sorted as people count, each under a name that no other has."""
    return tuple(sorted(_told_apart(files), key=lambda file: (_order(file.name), file.name)))


def _told_apart(files: Iterable[EvidenceFile]) -> Iterator[EvidenceFile]:
    """The files with a number after a name that another has as well, but for the way in which it writes its accents."""
    taken: set[str] = set()
    for file in sorted(files, key=lambda file: (file.name, not is_normalized("NFC", str(file.path)), str(file.path))):
        name, number = file.name, 2
        while name in taken:
            stem, dot, suffix = file.name.rpartition(".")
            name = f"{stem} ({number}).{suffix}" if dot and "/" not in suffix else f"{file.name} ({number})"
            number += 1
        taken.add(name)
        yield file if name == file.name else replace(file, name=name)


def _order(name: str) -> list[list[tuple[int, str]]]:
    """`diary 2` before `diary 10`, whatever the case, folder by folder."""
    return [
        # Splitting at a group puts the numbers at the odd places.
        [(int(piece), "") if place % 2 else (0, piece) for place, piece in enumerate(_DIGITS.split(part.casefold()))]
        for part in name.split("/")
    ]
