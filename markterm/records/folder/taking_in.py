"""Records that are taken in: all of them or none, also where the process is killed between one and the next.

They come in one folder, which is renamed to lie under `records/`: in that step all of them are in. From there each is
moved to its own place, and whoever opens the records on this machine next completes that before anything is read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from markterm.domain.words.errors import NotSaved, Refused
from markterm.system.platform import machine, sync_folder

_NAME = ".taking-in-"
"""No record's folder is called so."""


def is_taking_in(folder: Path) -> bool:
    """Whether it is called as what is being taken in, by this machine or another one."""
    return folder.name.startswith(_NAME)


def being_copied(place: Path) -> Path:
    """The folder for what this machine copies to `place`, until all of it is there and is taken in."""
    return place / f"{_NAME}{machine()}.copying"


class TakingIn:
    """Takes records into the folder `place`, on this machine."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._coming = place / f"{_NAME}{machine()}"

    def take(self, records: Path) -> None:
        """Move every folder in `records` to its place, and return when that is durable. Raises `Refused` when something
        is at one of these places, and `NotSaved`."""
        names = _names(records)
        try:
            self._complete()
            if left := _names(self._coming):
                raise Refused(
                    "Something else is not taken in yet",
                    f"{self._coming} holds {left[0]}, which has no free place. Nothing was taken in.",
                    "Look at whose it is, and move one of the two away.",
                )
            self._check_free(names)
            records.rename(self._coming)  # In this step all of them are in.
            sync_folder(self._place)
            try:
                self._complete()
                self._check_free(_names(self._coming))  # Somebody else's may have come in this moment.
            except (OSError, Refused):
                self._undo(names, records)
                raise
        except OSError as error:
            raise NotSaved(
                "The records were not taken in",
                f"The system said: {error.strerror or error}. "
                f"{'They are whole, and wait for it.' if self._coming.exists() else 'Nothing was taken in.'}",
                "Check that the folder may be written to, then do it again.",
                file=self._place,
            ) from error

    def complete(self) -> None:
        """Complete what was stopped. Where that cannot be, what was not moved stays, and an audit tells of it."""
        with suppress(OSError):
            self._complete()

    def _complete(self) -> None:
        if not self._coming.exists():
            return
        for name in _names(self._coming):
            place = self._place / name
            with suppress(OSError):  # A folder that is there and empty gives way on some systems and not on others.
                place.rmdir()
            if not os.path.lexists(place):
                with suppress(FileNotFoundError):  # Somebody else completes it, too.
                    (self._coming / name).rename(place)
        sync_folder(self._place)
        with suppress(OSError):  # What has no free place stays in it.
            self._coming.rmdir()
            sync_folder(self._place)

    def _check_free(self, names: list[str]) -> None:
        for name in names:
            place = self._place / name
            if os.path.lexists(place) and not (place.is_dir() and next(place.iterdir(), None) is None):
                raise Refused(
                    "There is a record of that name",
                    f"{place} came while the record was taken in. Nothing was taken in.",
                    "Look at whose it is; a record is only taken in where there is none.",
                )

    def _undo(self, names: list[str], records: Path) -> None:
        """Have nothing of it in; what cannot be undone is completed the next time."""
        with suppress(OSError):
            self._coming.mkdir(exist_ok=True)
            there = set(_names(self._coming))
            for name in names:
                if name not in there:
                    (self._place / name).rename(self._coming / name)
            self._coming.rename(records)
            sync_folder(self._place)


def _names(folder: Path) -> list[str]:
    with suppress(FileNotFoundError):
        return sorted(each.name for each in folder.iterdir())
    return []
