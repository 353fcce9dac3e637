"""Where the mark sheets that ship with MarkTerm are."""

from __future__ import annotations

from pathlib import Path

import markterm


def shipped_mark_sheets() -> Path:
    """The folder of the shipped mark sheets: inside an installed package, beside the package in a checkout."""
    package = Path(markterm.__file__).parent
    installed = package / "mark_sheets"
    return installed if installed.is_dir() else package.parent / "mark_sheets"
