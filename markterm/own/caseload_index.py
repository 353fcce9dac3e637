"""The centre index: the caseload's rows, kept so that ten thousand of them open at once.

A cache in the user's own folder, never in the centre's. Deleting it loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from markterm.domain.record.states import UnitState, VerificationState
from markterm.domain.views.caseload import CaseloadRow, Order, QualificationCredits, UnitProgress, sort_rows
from markterm.domain.views.due import Due, Owed, Person, Step
from markterm.domain.views.to_verify import ToVerify
from markterm.own.index_file import UNUSABLE, index_entries, read_index, write_index
from markterm.system.collecting import without_collecting

OF_NO_FILES = ""
"""The signature of no files: whatever is kept with it is read again."""
_FORMAT = 32


class Kept(NamedTuple):
    """A row, and the signature of what it was made from."""

    signature: str
    row: CaseloadRow


class CentreIndex:
    """Rows by learner's folder, each with the signature of what it was made from.

    `sheets` stands for everything that all rows depend on (the unit mark sheets, the version of MarkTerm): an index
    made under another one is not used.
    """

    def __init__(self, path: Path, sheets: str) -> None:
        self._path = path
        self._sheets = sheets
        self._lock = RLock()
        self._kept: dict[str, Kept] = {}
        self._changed = False
        # One a line, sorted by name.
        self._unread = read_index(path, (_FORMAT, sheets))

    @property
    def sheets(self) -> str:
        """What stands for everything that all rows depend on."""
        with self._lock:
            return self._sheets

    @property
    def rows(self) -> tuple[CaseloadRow, ...]:
        """The rows as they were when last put, in no order."""
        with self._lock:
            return tuple(row for _, row in self._rows.values())

    def first(self, most: int) -> tuple[tuple[CaseloadRow, ...], int]:
        """The first rows by name, and how many there are in all.

        Reads no more of the index than that: making ten thousand rows takes longer than a screen may.
        """
        with self._lock:
            if not self._unread:
                return tuple(sort_rows(self.rows, Order.NAME)[:most]), len(self._kept)
            with suppress(*UNUSABLE):
                known: _Known = {}
                lines = self._unread.split(b"\n", most)[:most]
                return tuple(_row(json.loads(line), known) for line in lines), self._unread.count(b"\n") + 1
            return (), 0

    def get(self, folder: str) -> Kept | None:
        """What was last put for that learner's folder; None when it is not known."""
        with self._lock:
            return self._rows.get(folder)

    def put(self, row: CaseloadRow, current: str) -> None:
        """Keep a row with the signature of what it was made from."""
        with self._lock:
            self._rows[row.folder] = Kept(current, row)
            self._changed = True

    def outdate(self, sheets: str) -> bool:
        """Take every row for outdated, if they depend on other `sheets` now than they were made under; whether so."""
        with self._lock:
            if sheets == self._sheets:
                return False
            self._kept = {folder: Kept(OF_NO_FILES, row) for folder, (_, row) in self._rows.items()}
            self._sheets = sheets
            self._changed = True
            return True

    def keep_only(self, folders: Iterable[str]) -> None:
        """Forget every learner but these."""
        there = set(folders)
        with self._lock:
            for folder in self._rows.keys() - there:
                del self._rows[folder]
                self._changed = True

    def save(self) -> None:
        """Write the index if it changed. A cache that cannot be written is done without."""
        with self._lock:
            if not self._changed:
                return
            entries = ([self._rows[row.folder][0], *_plain(row)] for row in sort_rows(self.rows, Order.NAME))
            self._changed = not write_index(self._path, (_FORMAT, self._sheets), entries)

    @property
    def _rows(self) -> dict[str, Kept]:
        """By folder; read from the file when they are first asked for."""
        if self._unread:
            written, self._unread = self._unread, b""
            try:
                with without_collecting():
                    known: _Known = {}
                    for plain in index_entries(written):
                        self._kept[plain[1]] = Kept(plain[0], _row(plain, known))
            except UNUSABLE:
                self._kept.clear()
        return self._kept


def _plain(row: CaseloadRow) -> list[object]:
    return [
        row.folder,
        row.registration,
        row.name,
        row.qualifications,
        [_plain_unit(unit) for unit in row.units],
        row.assessor,
        row.site,
        row.problem,
        [[each.code, each.gained, each.needed, each.complete] for each in row.credits],
        row.latest.isoformat() if row.latest is not None else None,
        row.earlier,
        [day.isoformat() for day in row.cpd],
        row.left,
        row.new,
        row.new_for,
        row.files,
        row.verifiers,
    ]


def _plain_unit(unit: UnitProgress) -> list[object]:
    due = ";".join(
        f"{each.step} {each.person} {each.since.isoformat() if each.since is not None else ''}" for each in unit.due
    )
    counts = [unit.decided, unit.passed, unit.criteria]
    rest: list[object] = [unit.conflicts, unit.uncountersigned, unit.changed, unit.stale, unit.sampled]
    rest += [unit.verification.value, [_plain_owed(each) for each in unit.owed], unit.answered]
    rest += [[_plain_step(each) for each in unit.to_verify], unit.claim, unit.claim_changed]
    rest += [unit.destroyed, unit.higher_open, unit.badge, unit.before_registration]
    rest += [unit.due_on.isoformat() if unit.due_on is not None else ""]
    while rest and not rest[-1]:  # Of most units it is nothing.
        rest.pop()
    return [unit.code, unit.state.value, due, *counts, *rest]


def _plain_step(each: ToVerify) -> list[object]:
    since = each.since.isoformat() if each.since is not None else ""
    due = each.due.isoformat() if each.due is not None else ""
    return [
        each.step.value,
        since,
        due,
        each.closed.isoformat() if each.closed is not None else "",
        each.people,
        each.assessor,
        each.attempt,
        each.verifier,
        each.why,
        each.criterion,
        each.sampled_at.isoformat() if each.sampled_at is not None else "",
    ]


def _step(plain: list) -> ToVerify:  # type: ignore[type-arg]  # as `_row`
    step, since, due, closed, people, assessor, attempt, verifier, why, criterion, sampled_at = plain
    return ToVerify(
        _STEPS[step],
        datetime.fromisoformat(since) if since else None,
        assessor,
        tuple(people),
        attempt,
        verifier,
        date.fromisoformat(due) if due else None,
        why,
        criterion,
        date.fromisoformat(closed) if closed else None,
        datetime.fromisoformat(sampled_at) if sampled_at else None,
    )


def _plain_owed(owed: Owed) -> list[object]:
    day = [owed.due.isoformat()] if owed.due is not None else []
    return [owed.step.value, owed.member, owed.criterion, *day]


_UNIT_STATES = {state.value: state for state in UnitState}
_VERIFICATION_STATES = {state.value: state for state in VerificationState}
_VERIFICATION, _OWED, _TO_VERIFY, _DUE_ON = 5, 6, 8, 15
"""Where among the last fields of a unit those stand that are not kept as they are."""
_STEPS = {step.value: step for step in Step}
_PERSONS = {person.value: person for person in Person}


def _due(text: str) -> Due:
    step, person, since = text.split(" ")
    return Due(_STEPS[step], _PERSONS[person], datetime.fromisoformat(since) if since else None)


def _owed(step: str, member: str, criterion: str, day: str = "") -> Owed:
    return Owed(_STEPS[step], member, criterion, date.fromisoformat(day) if day else None)


_Known = dict[str, tuple[Due, ...]]
"""What each text of steps that are due means: of many units it is the same."""


def _unit(plain: list, known: _Known) -> UnitProgress:  # type: ignore[type-arg]  # as `_row`
    code, state, due, decided, passed, criteria, *rest = plain
    steps = known.get(due)
    if steps is None:
        steps = known[due] = tuple(map(_due, due.split(";"))) if due else ()
    if len(rest) > _VERIFICATION:
        rest[_VERIFICATION] = _VERIFICATION_STATES[rest[_VERIFICATION]]
        rest[_OWED : _OWED + 1] = [tuple(_owed(*each) for each in every) for every in rest[_OWED : _OWED + 1]]
        if len(rest) > _TO_VERIFY:
            rest[_TO_VERIFY] = tuple(map(_step, rest[_TO_VERIFY]))
        if len(rest) > _DUE_ON:
            rest[_DUE_ON] = date.fromisoformat(rest[_DUE_ON])
    return UnitProgress(code, _UNIT_STATES[state], decided, passed, criteria, steps, *rest)


def _row(plain: list, known: _Known) -> CaseloadRow:  # type: ignore[type-arg]  # a wrong shape raises and is caught
    """The row that stands so in JSON."""
    _, folder, registration, name, qualifications, units, assessor, site, problem, gained, latest, *rest = plain
    earlier, cpd, left, new, new_for, files, verifiers = rest
    return CaseloadRow(
        folder,
        registration,
        name,
        tuple(qualifications),
        tuple([_unit(unit, known) for unit in units]),
        assessor,
        site,
        problem,
        tuple(QualificationCredits(*each) for each in gained),
        latest=datetime.fromisoformat(latest) if latest is not None else None,
        earlier=tuple(earlier),
        cpd=tuple(map(date.fromisoformat, cpd)),
        left=left,
        new=new,
        new_for=tuple(new_for),
        files=files,
        verifiers=tuple(verifiers),
    )
