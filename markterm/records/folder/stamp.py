"""Whether the files of a record are the same as they were: what costs a few calls of the system, and reads nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def stamp_of_files(folder: Path | str) -> list[str]:
    """What changes whenever a file in the folder of a record does."""
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(f"{entry.name}:{_stamp(entry)}" for entry in entries)
    return []


def _stamp(entry: os.DirEntry[str]) -> str:
    """What changes whenever a file of a record does: its size, when it was written, and when anything of it changed."""
    try:
        status = entry.stat()
    except OSError:
        return "-"
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
