"""Records that come from another store, byte for byte, into a folder of records."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from markterm.domain.words.errors import NotSaved
from markterm.records.folder.taking_in import being_copied
from markterm.records.store import RawFile
from markterm.system.platform import (
    create_for_append,
    folder_name,
    make_folders,
    open_for_append,
    remove_folder,
    sync_file,
    sync_folder,
    sync_together,
)

_PIECE = 2**20


def gathered(folder: Path, records: Mapping[str, Sequence[RawFile]]) -> Path:
    """These records on the disk of the folder of records, each in a folder that is called as its record's is; durable.

    What was left there when somebody was stopped goes. Raises `NotSaved`, and what reading the files raises.
    """
    coming = being_copied(folder)
    try:
        remove_folder(coming)
        make_folders(coming)
        written: list[Path] = []
        for record, files in records.items():
            place = coming / folder_name(record)
            place.mkdir()
            for file in files:
                written.append(place / file.name)
                os.close(create_for_append(written[-1]))
                _write(file, written[-1], 0)
        sync_together(written)
        sync_folder(coming)
    except OSError as error:
        raise _not_brought(folder, error) from error
    return coming


def go_on(folder: Path, record: str, files: Sequence[RawFile]) -> None:
    """Have the rest of these files of the record, each of which is there as far as it goes, or not at all."""
    place = folder / folder_name(record)
    try:
        make_folders(place)
        for file in files:
            path = place / file.name
            if not path.exists():
                os.close(create_for_append(path))
            if (there := path.stat().st_size) < file.size:
                _write(file, path, there)
                descriptor = open_for_append(path)
                try:
                    sync_file(descriptor)
                finally:
                    os.close(descriptor)
        sync_folder(place)
    except OSError as error:
        raise _not_brought(folder, error) from error


def _write(file: RawFile, path: Path, there: int) -> None:
    """Write what of the file is behind the first so many bytes."""
    with file.open() as source, path.open("ab") as into:
        source.seek(there)
        left = file.size - there
        while left > 0 and (piece := source.read(min(_PIECE, left))):
            into.write(piece)
            left -= len(piece)


def _not_brought(folder: Path, error: OSError) -> NotSaved:
    return NotSaved(
        "The records were not copied",
        f"The system said: {error.strerror or error}. What was copied before is whole.",
        "Check that the folder may be written to and that the disk has room, then do it again: it goes on.",
        file=folder,
    )
