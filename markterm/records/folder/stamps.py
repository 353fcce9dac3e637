"""Whether the files of records are the same as they were: what costs a few calls of the system, and reads nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress

from markterm.records.folder.called_like import Alike
from markterm.records.store import Unclaimed
from markterm.system.platform import folder_name


def stamp_of_files(folder: str) -> str:
    """What changes whenever a file in that folder does; empty when nothing is in it."""
    # What a folder says of itself is not enough: its own time stays when a file in it grows.
    with suppress(OSError), os.scandir(folder) as entries:
        stamps = [_stamp(entry) for entry in entries]
        return stamps[0] if len(stamps) == 1 else " ".join(sorted(stamps))
    return ""


def stamp_of_record(folder: str, others: Iterable[str], stamp_of: Callable[[str], str]) -> str:
    """The stamp of a record by those of its own folder and of `others`, which are called like it."""
    more = [f"\n{other} {stamp_of(other)}" for other in others]
    return "".join((stamp_of(folder), *more)) if more else stamp_of(folder)


class FolderStamps:
    """The stamps of the records in `place`, each folder looked at once, when this is made. Satisfies `Stamps`.

    `records_in` says which records a folder of that name is the own one of. Raises OSError when the place cannot be
    listed, but for one that is not there yet.
    """

    def __init__(self, place: str, records_in: Callable[[str], Collection[str]]) -> None:
        self._records_in = records_in
        self._by_folder = _by_folder(place)
        self._alike = Alike(self._by_folder)

    def __getitem__(self, record: str, /) -> str:
        """The stamp of the record as it was then."""
        own = folder_name(record)
        return stamp_of_record(own, self._alike.of(own), self._stamp)

    def __iter__(self) -> Iterator[str]:
        """The names of the records that there are."""
        for folder in self._by_folder:
            yield from self._records_in(folder)

    def but_for(self, records: Collection[str]) -> Iterator[Unclaimed]:
        """What there was besides these records."""
        named: set[str] = set()
        for folder, stamp in self._by_folder.items():
            # Nearly every folder is called as its record is.
            if folder in records:
                continue
            named = named or set(map(folder_name, records))
            if folder in named:
                continue
            own = self._records_in(folder)
            for record in own:
                yield Unclaimed(record, self[record])
            if not own:
                yield Unclaimed(folder, stamp, is_record=False)

    def _stamp(self, folder: str) -> str:
        return self._by_folder.get(folder, "")


def _by_folder(place: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    with suppress(FileNotFoundError), os.scandir(place) as entries:
        for entry in entries:
            with suppress(OSError):  # A loop of links is no folder.
                if entry.is_dir():
                    found[entry.name] = stamp_of_files(entry.path)
    return found


def _stamp(entry: os.DirEntry[str]) -> str:
    """What changes whenever a file of a record does: its size, when it was written, and when anything of it changed."""
    try:
        status = entry.stat()
    except OSError:
        return f"{entry.name}:-"
    return f"{entry.name}:{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
