"""Which records lie in a folder of records, without reading them."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from markterm.records.folder.segment import SUFFIX, record_name
from markterm.system.platform import CENTRE_RECORD, folder_name


def records_in(folder: Path) -> set[str]:
    """The record that lies in a folder: the folder's name, or what its segments say where that could not name one."""
    if folder_name(folder.name) == folder.name:
        return {folder.name}
    said = (record_name(path) for path in sorted(folder.glob(f"*{SUFFIX}")))
    return {name for name in said if name is not None and folder_name(name) == folder.name}


def record_folders(place: Path, known: Collection[str] = ()) -> set[str]:
    """The names of the folders of learners' records in `place` but for those that are `known`; none when it cannot be
    listed."""
    centres = folder_name(CENTRE_RECORD)
    with suppress(OSError), os.scandir(place) as entries:
        # Ten thousand times: what is known is not looked at. Path.is_dir, because that of an entry raises an error at a
        # loop of links.
        names = [entry.name for entry in entries if entry.name not in known and entry.name != centres]
        return {name for name in names if (place / name).is_dir()}
    return set()
