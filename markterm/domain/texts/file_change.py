"""What became of each file between two submissions, and which files are one document at two attempts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.record.submission import Changes
from markterm.domain.words.file_label import file_label

Likeness = Callable[[str, str], float]
"""How much of the texts of two files is the same, from 0 to 1, asked with the name before and the name now."""

_ALIKE = 0.5
# `scan (1).png` and `scan (2).png` are two scans, `Plan (2).docx` may be the second attempt at `Plan.docx`.
_SOMEWHAT_ALIKE = 0.2
_IN_A_ROW = 3
_MOST_COMPARED = 2_500
_LONGEST_NAME = 400
# `Jones-ENR-Centre-501(2).docx`, `Plan (2).docx`, `attempt 2/Plan.docx`
_ATTEMPT = r"(?<![^/])attempt[ _-]*(\d{1,2})(?=/)"
_NUMBER = re.compile(rf"\s*\((\d{{1,2}})\)(?=(?:\.\w{{1,8}})?(?:/|$))|{_ATTEMPT}", re.IGNORECASE)
_ATTEMPT_FOLDER = re.compile(_ATTEMPT, re.IGNORECASE)
_SUFFIX = re.compile(r"\.\w{1,8}$")


class FileFate(StrEnum):
    """What became of a file."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of a file: its name before and its name now; one of them is empty for a file that came or went."""

    fate: FileFate
    old: str
    new: str

    @property
    def name(self) -> str:
        """What it is called: now, or for one that was removed, before."""
        return self.new or self.old


def rows(text: str) -> frozenset[tuple[str, ...]]:
    """Every three words in a row of a text: what two texts are likened by."""
    words = text.split()
    return frozenset(zip(*(words[shift:] for shift in range(_IN_A_ROW)), strict=False))


def shared_part(old: frozenset[tuple[str, ...]], new: frozenset[tuple[str, ...]]) -> float:
    """How much of two texts is the same, by their `rows`, from 0 to 1: what stands in a text twice counts once."""
    return 2 * len(old & new) / (len(old) + len(new)) if old and new else 0.0


def file_changes(changes: Changes, before: Mapping[str, str], likeness: Likeness) -> tuple[FileChange, ...]:
    """What became of each file, in order of the names; files in which nothing changed are not among them.

    A file that came belongs to one that was handed in `before` when their names differ in the number of the attempt
    only, even if the earlier one is still there, or else to a file that went when their likeness is at least a half.
    A folder of which nearly every file went and came is not compared file by file.
    """
    found = [FileChange(FileFate.CHANGED, name, name) for name in changes.changed]
    found += [FileChange(FileFate.RENAMED, old, new) for old, new in changes.renamed]
    earlier = _earlier(changes.added, before, likeness)
    found += [FileChange(FileFate.CHANGED, old, new) for new, old in earlier.items()]
    came = [name for name in changes.added if name not in earlier]
    left = [name for name in changes.removed if name not in earlier.values()]
    few = len(left) * len(came) <= _MOST_COMPARED
    likenesses = sorted(((likeness(old, new), old, new) for old in left for new in came) if few else (), reverse=True)
    for alike, old, new in likenesses:
        if alike >= _ALIKE and old in left and new in came:
            left.remove(old)
            came.remove(new)
            found.append(FileChange(FileFate.CHANGED, old, new))
    found += [FileChange(FileFate.ADDED, "", name) for name in came]
    found += [FileChange(FileFate.REMOVED, name, "") for name in left]
    return tuple(sorted(found, key=lambda change: change.name))


def attempts_by_name(names: Sequence[str], likeness: Likeness) -> tuple[FileChange, ...]:
    """The files that are the last attempt at a document of which an earlier one is there too, by their names alone."""
    pairs = _earlier(sorted(names), names, likeness)
    last = pairs.keys() - pairs.values()
    return tuple(FileChange(FileFate.CHANGED, old, new) for new, old in pairs.items() if new in last)


def _earlier(names: Iterable[str], before: Iterable[str], likeness: Likeness) -> dict[str, str]:
    """For those of `names` that have one, the file of `before` that is the same document at the last attempt before."""
    attempts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name in before:
        document, number = _document(name)
        attempts[document].append((number, name))
    found = {}
    for name in names:
        document, number = _document(name)
        fitting = [
            (other_number, _suffix(other) == _suffix(name), other)
            for other_number, other in attempts[document]
            if other_number < number
        ]
        if fitting:
            other = max(fitting)[2]
            if _says_attempt(name) or likeness(other, name) >= _SOMEWHAT_ALIKE:
                found[name] = other
    return found


def _says_attempt(name: str) -> bool:
    """Whether the number in a name is that of an attempt for sure."""
    label = file_label(name)
    return (label is not None and label.attempt is not None) or _ATTEMPT_FOLDER.search(name) is not None


def _document(name: str) -> tuple[str, int]:
    """A name without its suffix and the number of its attempt, and that number; 0 without one."""
    name = name[-_LONGEST_NAME:]
    numbers = [int(first or second) for first, second in _NUMBER.findall(name)]
    return _SUFFIX.sub("", _NUMBER.sub("", name)).casefold(), max(numbers, default=0)


def _suffix(name: str) -> str:
    found = _SUFFIX.search(name)
    return found[0].casefold() if found else ""
