"""The format of a centre: one line of `centre.toml`. Bringing it to the newest changes nothing that was recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import NotSaved
from markterm.records.store import EventStore
from markterm.sheets.centre_file import read_centre, with_format
from markterm.system.platform import alone_in, replace_file


class CentreFormat:
    """The format that the centre's `file` says, in which the records in `stores` go on."""

    def __init__(self, file: Path, stores: Sequence[EventStore], require_staff: Callable[[], None]) -> None:
        self._file = file
        self._stores = stores
        self._require_staff = require_staff

    @property
    def number(self) -> int:
        """The format that the records are written in now."""
        return self._stores[0].record_format

    @property
    def needs_upgrade(self) -> bool:
        """Whether the centre has an older format, in which some acts cannot be recorded: ask before they begin."""
        return self.number < NEWEST

    def upgrade(self) -> None:
        """Bring the centre to the newest format: `centre.toml` says so, and every record goes on in it from now on.

        Nothing that is recorded changes. An older MarkTerm then says that a newer one is needed, and marks nothing. A
        centre that has the format is left alone. Raises `Unreadable`, `NotSaved`, and `Refused` for who reads alone.
        """
        self._require_staff()
        self._write()
        for store in self._stores:
            store.record_format = NEWEST

    def _write(self) -> None:
        """Have `centre.toml` say it, durably: its members and policy stay as they stand, comments and line ends too."""
        try:
            with alone_in(self._file.parent):  # The headings of a register may be written into it just now.
                if read_centre(self._file).record_format < NEWEST:
                    replace_file(self._file, with_format(self._file, NEWEST))
        except OSError as error:
            raise NotSaved(
                "The centre was not brought to the newer format",
                f"{self._file.name} could not be written: {error.strerror or error}.",
                "Check that you may write in the centre's folder and that the disk has room, then try again.",
                file=self._file,
            ) from error
