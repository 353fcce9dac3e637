"""What a file that comes in is called at its place: as it was, as far as every system can write that.

Nothing that is there is written over or renamed, for it may be submitted or cited. A file of the same name with other
bytes is another version: it gets its day, in its name. A `(2)` in a name is the learner's own, and means an attempt.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.letters import plain

_FORBIDDEN = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_SHOWN_SIGNS = re.compile("[\u2400-\u2426\u25af\u21c4\ufffd]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_LONGEST = 100
_LONGEST_BYTES = 200
_LONGEST_SUFFIX = 12
_MOST_FOLDERS = 12
"""Folders within each other; what lies deeper is seen by nobody, and not written by every system."""


def name_at_place(path: str) -> str:
    """The path, with `/`, as every system can write it and as it is shown; of folders without end the outermost. What
    comes in is no account by an assessor's hand, whatever its folder is called."""
    *folders, file = [_part(each) for each in path.split("/") if each not in ("", ".", "..")] or ["_"]
    if folders and same_place(folders[0]) == ACCOUNTS_FOLDER:
        folders[0] = f"_{folders[0]}"
    return "/".join((*folders[:_MOST_FOLDERS], file))


def same_place(name: str) -> str:
    """What two names have alike that are one to some system: whatever their capitals, and how accents are written."""
    return one_name(name).casefold()


def clear_of_files(name: str, taken: Collection[str]) -> str:
    """The name, with other folders where one of its folders is called as a file that is there: a download may hold
    both, for it is no disk. `taken` are `same_place` of those that are there."""
    *folders, file = name.split("/")
    place = ""
    for folder in folders:
        place += folder
        while same_place(place) in taken:
            place += "_"
        place += "/"
    return place + file


def name_of_version(name: str, day: date, taken: Collection[str]) -> str:
    """The name for a file that is not called as any that is there: with its day, and a number for a second one of that
    day. `taken` are `same_place` of those that are there."""
    if same_place(name) not in taken:
        return name
    folder, slash, base = name.rpartition("/")
    stem, suffix = _split(base)
    number = 1
    while True:
        told = f"{day}-{number}" if number > 1 else f"{day}"
        found = f"{folder}{slash}{stem} {told}{suffix}"
        if same_place(found) not in taken:
            return found
        number += 1


def is_version_of(name: str, planned: str) -> bool:
    """Whether a file of that name was put there as `planned`, or as a later version of what is called so."""
    folder, slash, base = planned.rpartition("/")
    stem, suffix = map(re.escape, _split(base))
    pattern = rf"{re.escape(folder)}{slash}{stem}(?: \d{{4}}-\d\d-\d\d(?:-\d+)?)?{suffix}"
    return re.fullmatch(pattern, name) is not None


def _part(part: str) -> str:
    safe = _FORBIDDEN.sub("_", one_name(_SHOWN_SIGNS.sub("_", one_line(part)))).strip(" ").rstrip(". ")
    if _RESERVED.fullmatch(safe) or safe.startswith(("~", ".", "-")) or not safe or not plain(safe).strip():
        safe = f"_{safe}"
    stem, suffix = _split(safe)
    while len(stem) + len(suffix) > _LONGEST or len((stem + suffix).encode("utf-8", "replace")) > _LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + suffix


def _split(base: str) -> tuple[str, str]:
    stem, dot, suffix = base.rpartition(".")
    return (stem, dot + suffix) if stem and len(suffix) <= _LONGEST_SUFFIX else (base, "")
