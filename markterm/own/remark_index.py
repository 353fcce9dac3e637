"""Every decision's note, kept so that ten thousand records need not be read to find one.

A cache in the user's own folder, never in the centre's. Deleting it loses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from threading import RLock

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import CriterionKey, Use
from markterm.domain.remarks.remark_places import Pronouns
from markterm.own.index_file import UNUSABLE, index_entries, read_index, write_index

_FORMAT = 3


class RemarkIndex:
    """The notes by record, each with the stamp of what they were read from.

    `version` is that of MarkTerm: another one may find other places in a note, and does not use what was kept.
    """

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self._lock = RLock()
        self._kept: dict[str, tuple[str, tuple[Use, ...]]] = {}
        self._is_read = False
        self._changed = False

    def get(self, record: str, stamp: str) -> tuple[Use, ...] | None:
        """The notes of that record, or None when they are not known or it has another stamp now."""
        with self._lock:
            self._read()
            kept = self._kept.get(record)
            return kept[1] if kept is not None and kept[0] == stamp else None

    def put(self, record: str, stamp: str, uses: Sequence[Use]) -> None:
        """Keep the notes of a record with the stamp of what they were read from."""
        with self._lock:
            self._read()
            self._kept[record] = (stamp, tuple(uses))
            self._changed = True

    def keep_only(self, records: Collection[str]) -> None:
        """Forget every record but these."""
        with self._lock:
            for record in self._kept.keys() - set(records):
                del self._kept[record]
                self._changed = True

    def save(self) -> None:
        """Write the index if it changed. A cache that cannot be written is done without."""
        with self._lock:
            if not self._changed:
                return
            kept = sorted(self._kept.items())
            entries = ([record, stamp, [_plain(use) for use in uses]] for record, (stamp, uses) in kept)
            self._changed = not write_index(self._path, (_FORMAT, self._version), entries)

    def _read(self) -> None:
        """Take what the file holds; nothing when it is of another version or cannot be used."""
        if self._is_read:
            return
        self._is_read = True
        try:
            for record, stamp, uses in index_entries(read_index(self._path, (_FORMAT, self._version))):
                self._kept[record] = (stamp, tuple(map(_use, uses)))
        except UNUSABLE:
            self._kept.clear()


def _plain(use: Use) -> list[str | None]:
    unit, number = use.criterion
    at = use.at.isoformat()
    return [use.registration, use.actor, unit.code, unit.version, number, use.result, at, use.text, use.pronouns]


_RESULTS = {result.value: result for result in Result}
_PRONOUNS = {pronouns.value: pronouns for pronouns in Pronouns}


def _use(plain: list[str]) -> Use:
    registration, actor, code, version, number, result, at, text, pronouns = plain
    criterion = CriterionKey(UnitKey(code, version), number)
    spoken = _PRONOUNS[pronouns] if pronouns is not None else None
    return Use(registration, actor, criterion, _RESULTS[result], datetime.fromisoformat(at), text, spoken)
