"""The Markdown files of a folder of sheets: which there are, and the text of each or why it cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from markterm.domain.assessed.unit import Unit
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.finding import Finding, Severity
from markterm.sheets.codes import found
from markterm.sheets.kinds import SheetKind
from markterm.sheets.sheet_reading import key_of, second
from markterm.sheets.text_file import LIMIT_BYTES, read_text_file
from markterm.system.platform import folder_name, told_apart

ABOUT_THE_FOLDER = "readme.md"

Sheet = TypeVar("Sheet")
# What a learner hands in is not a sheet, whatever it says of itself.
_EVIDENCE = "evidence"


def markdown_files(root: Path, findings: list[Finding], *, deep: bool) -> Iterator[Path]:
    """The Markdown files of `root`, by name without its ending; folders that cannot be listed go into `findings`.

    So a file comes before those that are called like it with more behind, as sync clients call a copy in conflict.
    """

    def refused(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            message = f"This folder cannot be listed ({error.strerror}): ask for permission to read it."
            findings.append(found("MS010", message, Path(error.filename), None))

    for folder, below, names in os.walk(root, onerror=refused):
        below[:] = sorted(name for name in below if deep and name.lower() != _EVIDENCE and not name.startswith("."))
        for name in sorted(names, key=_without_ending):
            if name.lower().endswith(".md") and not name.startswith("."):
                yield Path(folder, name)


def _without_ending(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return stem or ending, dot + ending


def sheet_path(folder: Path, name: str) -> Path:
    """The file that a sheet of that name has in `folder`: one that every system allows, that is read as a sheet, and
    that no file there differs from in capitals alone, for to many systems the two would be one."""
    path = folder / f"{folder_name(name)}.md"
    folded = path.name.lower()
    alike = folded == ABOUT_THE_FOLDER or any(
        each.name.lower() == folded and each.name != path.name for each in _listed(folder)
    )
    return folder / f"{told_apart(name)}.md" if alike else path


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def text_below(file: Path, root: Path, largest: int = LIMIT_BYTES) -> str | Finding:
    """The text of a file found below `root`, or the finding that says why it cannot be read: one that has more than
    `largest` bytes, for one."""
    try:
        if _leads_elsewhere(file, root) and not file.resolve().is_relative_to(root.resolve()):
            return found("MS010", "This is a link out of the folder: put the file itself here.", file, None)
        return read_text_file(file, largest)
    except (OSError, RuntimeError):
        return found("MS010", "This is a link that leads nowhere: put the file itself here.", file, None)
    except Unreadable as error:
        return found("MS010", f"{error.what} {error.next_step}", file, error.line)


def _leads_elsewhere(file: Path, root: Path) -> bool:
    """Whether a link, or a step back, on the way from `root` to the file may lead out of it: to see that for ten
    thousand files takes a quarter of what it takes to find where each really is."""
    if not file.is_relative_to(root) or ".." in file.parts:
        return True
    place = str(root)
    for step in file.parts[len(root.parts) :]:
        place = f"{place}/{step}"
        if os.path.islink(place):  # noqa: PTH114  # a Path for each step costs more than the look
            return True
    return False


@dataclass(frozen=True, slots=True)
class SheetsOfFolder(Generic[Sheet]):
    """The sheets of one kind in a folder by what is found once there: code, or code and version. `unfit` are the keys
    of those that should not be worked with: the sheet has an error, or another one with the same key says something
    else."""

    by_key: dict[Any, Sheet]
    findings: tuple[Finding, ...]
    unfit: frozenset[Any]


def load_folder(kind: SheetKind[Sheet], folder: Path, units: Mapping[str, Unit] | None = None) -> SheetsOfFolder[Sheet]:
    """The sheets of that kind of a folder of mark sheets, beside those of the units, by code; none if it has none.

    A sheet that cannot be read is a finding and stops no other. Of two sheets with the same key the first by file name
    is kept, and the second is a finding.
    """
    findings: list[Finding] = []
    by_key: dict[Any, Sheet] = {}
    files: dict[Any, Path] = {}
    unfit: set[Any] = set()
    root = folder / kind.folder
    for file in markdown_files(root, findings, deep=False):
        if file.name.lower() == ABOUT_THE_FOLDER:
            continue
        text = text_below(file, root, kind.largest)
        if isinstance(text, Finding):
            findings.append(text)
            continue
        reading = kind.read(text, file)
        if units is not None:
            reading = kind.fit(reading, units)
        findings += reading.findings
        if reading.sheet is None:
            continue
        key = key_of(kind, reading.sheet)
        if key in by_key:
            findings.append(second(kind, reading, file, files[key]))
            if reading.sheet != by_key[key]:
                unfit.add(key)
            continue
        by_key[key], files[key] = reading.sheet, file
        if any(finding.severity is Severity.ERROR for finding in reading.findings):
            unfit.add(key)
    return SheetsOfFolder(by_key, tuple(findings), frozenset(unfit))
