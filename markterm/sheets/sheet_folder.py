"""The Markdown files of a folder of sheets: which there are, and the text of each or why it cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from markterm.domain.errors import Unreadable
from markterm.domain.finding import Finding
from markterm.sheets.codes import found
from markterm.sheets.text_file import read_text_file

ABOUT_THE_FOLDER = "readme.md"
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
