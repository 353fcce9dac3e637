"""The centre index: the caseload's rows, kept so that ten thousand of them open at once.

A cache in the user's own folder, never in the centre's. Deleting it loses nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from markterm.domain.caseload import CaseloadRow, UnitProgress, Waiting
from markterm.domain.portfolio import UnitState
from markterm.records.platform import folder_name

_FORMAT = 1


def signature(centre: Path, learner_folder: str, record: str) -> str:
    """What changes whenever a learner's row could: sizes and times of the learner's file, evidence and segments.

    Costs a few calls of the system and reads no file.
    """
    folder = centre / "learners" / learner_folder
    parts = [_stamp(folder / "learner.md"), _stamp(folder / "evidence")]
    with suppress(OSError), os.scandir(centre / "records" / folder_name(record)) as entries:
        parts += sorted(f"{entry.name}:{entry.stat().st_size}" for entry in entries)
    return " ".join(parts)


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return "-"
    return f"{status.st_mtime_ns}:{status.st_size}"


class CentreIndex:
    """Rows by learner's folder, each with the signature of the files it was made from.

    `sheets` stands for everything that all rows depend on (the unit mark sheets, the version of MarkTerm): an index
    made under another one is not used.
    """

    def __init__(self, path: Path, sheets: str) -> None:
        self._path = path
        self._sheets = sheets
        self._rows: dict[str, tuple[str, CaseloadRow]] = {}
        self._changed = False
        self._read()

    @property
    def rows(self) -> tuple[CaseloadRow, ...]:
        """The rows as they were when last put, in no order."""
        return tuple(row for _, row in self._rows.values())

    def get(self, folder: str, current: str) -> CaseloadRow | None:
        """The row of that learner's folder, or None when it is not known or its files have another signature now."""
        kept = self._rows.get(folder)
        return kept[1] if kept is not None and kept[0] == current else None

    def registration(self, folder: str) -> str | None:
        """The registration that the folder had when its row was put."""
        kept = self._rows.get(folder)
        return kept[1].registration if kept is not None else None

    def put(self, row: CaseloadRow, current: str) -> None:
        """Keep a row with the signature of the files it was made from."""
        self._rows[row.folder] = (current, row)
        self._changed = True

    def keep_only(self, folders: Iterable[str]) -> None:
        """Forget every learner but these."""
        there = set(folders)
        for folder in self._rows.keys() - there:
            del self._rows[folder]
            self._changed = True

    def save(self) -> None:
        """Write the index if it changed. A cache that cannot be written is done without."""
        if not self._changed:
            return
        rows = [[current, *_plain(row)] for current, row in self._rows.values()]
        text = json.dumps([_FORMAT, self._sheets, rows], ensure_ascii=True, separators=(",", ":"))
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, "ascii")
            beside.replace(self._path)
            self._changed = False

    def _read(self) -> None:
        # Whatever is wrong with a cache, the answer is to build it anew.
        with suppress(OSError, ValueError, TypeError, KeyError, IndexError, RecursionError):
            version, sheets, rows = json.loads(self._path.read_text("ascii"))
            if version == _FORMAT and sheets == self._sheets:
                self._rows = {row[1]: (row[0], _row(row)) for row in rows}


def _plain(row: CaseloadRow) -> list[object]:
    units = [[u.code, u.state.value, u.decided, u.passed, u.criteria, u.conflicts] for u in row.units]
    since = row.since.isoformat() if row.since is not None else None
    return [
        row.folder,
        row.registration,
        row.name,
        row.qualifications,
        units,
        row.waiting.value,
        since,
        row.assessor,
        row.site,
        row.problem,
    ]


_UNIT_STATES = {state.value: state for state in UnitState}
_WAITING = {waiting.value: waiting for waiting in Waiting}


def _row(plain: list) -> CaseloadRow:  # type: ignore[type-arg]  # straight from JSON; a wrong shape raises and is caught
    _, folder, registration, name, qualifications, units, waiting, since, assessor, site, problem = plain
    return CaseloadRow(
        folder,
        registration,
        name,
        tuple(qualifications),
        tuple(UnitProgress(code, _UNIT_STATES[state], *counts) for code, state, *counts in units),
        _WAITING[waiting],
        datetime.fromisoformat(since) if since is not None else None,
        assessor,
        site,
        problem,
    )
