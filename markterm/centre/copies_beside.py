"""Copies that a sync client leaves beside a file that two people changed at once: what stands in them alone is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from markterm.domain.words.finding import Finding, Severity

COPY_BESIDE = "MC16"


def copies_beside(file: Path) -> Iterator[Finding]:
    """The files beside `file` that are called like it with more behind, as sync clients call a copy in conflict."""
    called_like = re.compile(rf"{re.escape(file.stem)}[\s(._-].*{re.escape(file.suffix)}", re.IGNORECASE)
    for name in _listed(file.parent):
        copy = file.with_name(name)
        if not called_like.fullmatch(name) or not copy.is_file():
            continue
        if _is_the_same(copy, file):
            yield Finding(COPY_BESIDE, Severity.INFORMATION, f"a copy of {file.name}: it may be deleted", copy)
            continue
        message = (
            f"not read: this is called like a copy of {file.name}, as a sync client leaves one where two people "
            f"changed it at once. Compare them, put into {file.name} what it lacks, and delete this one"
        )
        yield Finding(COPY_BESIDE, Severity.WARNING, message, copy)


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir())
    except OSError:
        return []  # That it cannot be read is told by itself.


def _is_the_same(copy: Path, file: Path) -> bool:
    with suppress(OSError):
        return copy.stat().st_size == file.stat().st_size and copy.read_bytes() == file.read_bytes()
    return False
