"""What holds the records of a centre: the one place that knows which stores there are."""

from __future__ import annotations

from pathlib import Path

from markterm.centre.folder import CentreFolder
from markterm.own.places import CentrePlaces
from markterm.records.folder.store import FolderStore
from markterm.records.store import EventStore


def store_of(centre: CentreFolder, own: CentrePlaces, record_format: int) -> EventStore:
    """The store of the centre in that folder, as one process has it; `own` are the user's folders for that centre."""
    return FolderStore(centre.records, own.writers, record_format)


def store_in_files(records: Path, states: Path) -> EventStore:
    """The store of records that lie in the folder `records` as segments, wherever that came from."""
    return FolderStore(records, states)
