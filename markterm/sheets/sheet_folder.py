"""The Markdown files of a folder of sheets: which there are, and the text of each or why it cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from markterm.domain.errors import Unreadable
from markterm.domain.finding import Finding, Severity
from markterm.sheets.codes import found
from markterm.sheets.text_file import read_text_file

ABOUT_THE_FOLDER = "readme.md"

Key = TypeVar("Key", bound=Hashable)
Sheet = TypeVar("Sheet")
# What a learner hands in is not a sheet, whatever it says of itself.
_EVIDENCE = "evidence"


def markdown_files(root: Path, findings: list[Finding], *, deep: bool) -> Iterator[Path]:
    """The Markdown files of `root`, by name; folders that cannot be listed go into `findings`."""

    def refused(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            message = f"This folder cannot be listed ({error.strerror}): ask for permission to read it."
            findings.append(found("MS010", message, Path(error.filename), None))

    for folder, below, names in os.walk(root, onerror=refused):
        below[:] = sorted(name for name in below if deep and name.lower() != _EVIDENCE and not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(".md") and not name.startswith("."):
                yield Path(folder, name)


def text_below(file: Path, root: Path) -> str | Finding:
    """The text of a file found below `root`, or the finding that says why it cannot be read."""
    try:
        if not file.resolve().is_relative_to(root.resolve()):
            return found("MS010", "This is a link out of the folder: put the file itself here.", file, None)
        return read_text_file(file)
    except (OSError, RuntimeError):
        return found("MS010", "This is a link that leads nowhere: put the file itself here.", file, None)
    except Unreadable as error:
        return found("MS010", f"{error.what} {error.next_step}", file, error.line)


@dataclass(frozen=True, slots=True)
class ReadSheet(Generic[Key, Sheet]):
    """A sheet and what tells it apart, both None if it does not say what it is; `twice` makes the finding about it when
    another file, which it is given, had the same key before."""

    key: Key | None
    sheet: Sheet | None
    findings: tuple[Finding, ...]
    twice: Callable[[Path], Finding]


@dataclass(frozen=True, slots=True)
class SheetsOfFolder(Generic[Key, Sheet]):
    """The sheets of a folder by key. `unfit` are the keys of those that should not be worked with: the sheet has an
    error, or another one with the same key says something else."""

    by_key: dict[Key, Sheet]
    findings: tuple[Finding, ...]
    unfit: frozenset[Key]


def load_folder(root: Path, read: Callable[[str, Path], ReadSheet[Key, Sheet]]) -> SheetsOfFolder[Key, Sheet]:
    """The sheets whose files lie in `root`; none if there is no such folder.

    A sheet that cannot be read is a finding and stops no other. Of two sheets with the same key the first by file name
    is kept, and the second is a finding.
    """
    findings: list[Finding] = []
    by_key: dict[Key, Sheet] = {}
    files: dict[Key, Path] = {}
    unfit: set[Key] = set()
    for file in markdown_files(root, findings, deep=False):
        if file.name.lower() == ABOUT_THE_FOLDER:
            continue
        text = text_below(file, root)
        if isinstance(text, Finding):
            findings.append(text)
            continue
        reading = read(text, file)
        findings += reading.findings
        key, sheet = reading.key, reading.sheet
        if key is None or sheet is None:
            continue
        if key in by_key:
            findings.append(reading.twice(files[key]))
            if sheet != by_key[key]:
                unfit.add(key)
            continue
        by_key[key], files[key] = sheet, file
        if any(finding.severity is Severity.ERROR for finding in reading.findings):
            unfit.add(key)
    return SheetsOfFolder(by_key, tuple(findings), frozenset(unfit))
