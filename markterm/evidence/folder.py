"""What lies in a learner's evidence folder."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from unicodedata import is_normalized

from markterm.domain.foreign_text import one_line, one_name
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

    @property
    def kind_words(self) -> str:
        """What kind of file it is, as a person says it: `docx`, `text`, or that it opens outside."""
        if self.kind is EvidenceKind.CONVERTED:
            return self.path.suffix[1:].lower()
        return _KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """The files in reading order, the reasons why some could not be listed, and whether the list is cut short.

    `left_out` are the names of what programs left behind, which is no evidence and not among the files.
    """

    files: tuple[EvidenceFile, ...] = ()
    problems: tuple[str, ...] = ()
    truncated: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[EvidenceFile, ...]:
        """The files that are evidence: not those that only lead to some."""
        return tuple(file for file in self.files if file.kind is not EvidenceKind.POINTER)

    @property
    def left_out_words(self) -> str:
        """How many were left out, and which, in one line; empty when none was."""
        return left_out_words(self.left_out)


def list_evidence(root: Path, relied_on: Collection[str] = ()) -> EvidenceFolder:
    """The files under `root`, the `evidence` of a learner's folder, numbers sorted as numbers.

    Hidden files and what programs leave behind are left out and named. Symbolic links and junctions are listed and
    never followed, so that a learner's folder shows nothing from outside it. A missing folder is an empty one; what
    cannot be listed is named in `problems`. The names in `relied_on` are those of files that the record tells of,
    which are evidence whatever they are called.
    """
    if root.is_symlink():
        return EvidenceFolder(problems=("evidence is a link to another place, and is not followed.",))
    files: list[EvidenceFile] = []
    problems: list[str] = []
    left_out: list[str] = []
    seen = 0
    waiting = [root]
    left_folders: set[Path] = set()
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if folder in left_folders or is_left_behind(entry.name):
                        name = _shown(Path(entry.path), root)
                        if any(each.startswith(f"{name}/") for each in relied_on):
                            left_folders.add(Path(entry.path))
                        elif name not in relied_on:
                            _leave_out(entry, root, left_out, problems)
                            continue
                    seen += 1
                    if seen > MOST_ENTRIES:
                        return EvidenceFolder(_in_order(files), tuple(problems), True, tuple(sorted(left_out)))
                    _take(entry, root, files, waiting, problems)
        except FileNotFoundError:
            if folder != root:
                problems.append(f"{_shown(folder, root)} went away while it was listed.")
        except OSError as error:
            problems.append(f"{_shown(folder, root)} cannot be listed: {error.strerror or error}.")
    return EvidenceFolder(_in_order(files), tuple(problems), left_out=tuple(sorted(left_out)))


def _take(
    entry: os.DirEntry[str],
    root: Path,
    files: list[EvidenceFile],
    waiting: list[Path],
    problems: list[str],
) -> None:
    path = Path(entry.path)
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as error:
        problems.append(f"{_shown(path, root)} cannot be looked at: {error.strerror or error}.")
        return
    is_link = entry.is_symlink() or getattr(facts, "st_reparse_tag", 0) == _JUNCTION
    if not is_link and stat.S_ISDIR(facts.st_mode):
        waiting.append(path)
        return
    kind = EvidenceKind.OTHER
    if is_link:
        kind = EvidenceKind.LINK
    elif stat.S_ISREG(facts.st_mode):
        kind = kind_of(path.suffix)
    files.append(EvidenceFile(_shown(path, root), path, facts.st_size, facts.st_mtime_ns, kind))


def _leave_out(entry: os.DirEntry[str], root: Path, left_out: list[str], problems: list[str]) -> None:
    path = Path(entry.path)
    if name := kept_in_cloud(entry.name):
        shown = _shown(path.with_name(name), root)
        problems.append(f"{shown} lies in iCloud and not on this machine: have it downloaded, and look again.")
    elif len(left_out) < MOST_ENTRIES:
        left_out.append(_shown(path, root))


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


def _shown(path: Path, root: Path) -> str:
    return one_name(one_line(root.name if path == root else path.relative_to(root).as_posix()))


def _in_order(files: list[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    return tuple(sorted(_told_apart(files), key=lambda file: (_order(file.name), file.name)))


def _told_apart(files: list[EvidenceFile]) -> Iterator[EvidenceFile]:
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
