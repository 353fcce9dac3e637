"""Records as they leave the centre: every line, byte for byte, or an event a line for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from markterm.centre.export.standing import AsItStands
from markterm.centre.incomplete_record import why_incomplete
from markterm.centre.seeing import Seeing
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import WrongUse
from markterm.exports.anchor import in_a_word
from markterm.exports.export import Export, LeftOut, Made, Piece
from markterm.exports.file_names import FileNames
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD

NOTHING = "nothing is recorded of them yet"
NOT_WHOLE = "their record is of other qualifications too: every line of it, or none, leaves the centre"
_HERE = PurePosixPath()
_OF_CENTRE = "The centre's own record"


class RecordExports:
    """The records of the centre, in a file for each."""

    def __init__(self, details: CentreDetails, standing: AsItStands, store: EventStore, seeing: Seeing) -> None:
        self._details = details
        self._standing = standing
        self._store = store
        self._seeing = seeing

    def of(self, registrations: Iterable[str], *, flat: bool = False) -> Export:
        """The records of these learners, each with those that it goes on from; `flat` as CSV.

        Raises `WrongUse` when there is none, or somebody whom whoever acts may not see, and `Unreadable`, also when one
        is written."""
        registrations = tuple(registrations)
        for each in registrations:
            self._seeing.require_registration(each)
        names = FileNames()
        why_not = {each: self.why_not(each) for each in registrations}
        pieces = [self.piece(each, names, flat=flat) for each, why in why_not.items() if not why]
        return _export(pieces, [LeftOut(each, why) for each, why in why_not.items() if why])

    def why_not(self, registration: str) -> str:
        """Why there is no record of that learner to be had; empty where there is one."""
        if not (self._store.stamp(registration) or self._store.earlier(registration)):
            return NOTHING
        return "" if self.may_leave(registration) else NOT_WHOLE

    def of_all(self, *, flat: bool = False) -> Export:
        """Every record that there is and that whoever acts may have, the centre's own first, each by itself. Raises as
        `of`."""
        names = FileNames()
        seen = filter(self.may_leave, self._store.stamps())
        every = sorted(seen, key=lambda record: (record != CENTRE_RECORD, record))
        return _export([self.piece(each, names, flat=flat, alone=True) for each in every], ())

    def may_leave(self, record: str) -> bool:
        """Whether whoever acts may have the record byte for byte: the centre's own names everybody, and that of a
        learner whose units they do not all read tells of the others."""
        if record == CENTRE_RECORD or self._seeing.everybody:
            return self._seeing.everybody
        return self._seeing.registration(record) and self._seeing.units_of(record) is None

    def piece(
        self,
        record: str,
        names: FileNames,
        *,
        within: PurePosixPath = _HERE,
        flat: bool = False,
        alone: bool = False,
    ) -> Piece:
        """The file of one record; `alone` without the records that it goes on from."""
        title = f"{record} record" if record != CENTRE_RECORD else _OF_CENTRE
        what = f"the record of {record}" if record != CENTRE_RECORD else "the centre's own record"
        if flat:
            path = names.take(title, ".csv", within=within)
            return Piece(path, f"{what}, an event a line", partial(self._write_flat, record))
        path = names.take(title, ".jsonl", within=within)
        return Piece(path, f"{what}, every line of it", partial(self._write_lines, record, alone))

    def _write_lines(self, record: str, alone: bool, path: Path) -> Made:
        from markterm.exports.record.json_lines import write_json_lines

        # First its own files: what it says that it saw of the earlier ones stands in those when they are looked at.
        own = self._store.raw(record)
        is_read = not alone or record == CENTRE_RECORD
        if is_read:
            self._store.load(record)
        earlier = () if alone else self._store.earlier(record)
        files = {**{each: self._store.raw(each) for each in earlier}, record: own}
        centre = {"number": self._details.number, "name": self._details.name}
        heads = write_json_lines(path, centre, files)
        # The lines show what is missing to an audit, and to whoever takes them back. A person is told where the record
        # was read; of all learners' none is read for it, and the caseload tells.
        said = self._incomplete(record) if is_read else ""
        return Made(heads, bool(in_a_word(heads)), (said,) if said else ())

    def _write_flat(self, record: str, path: Path) -> Made:
        from markterm.exports.record.flat import events_as_csv

        events, heads = self._standing.events(record)
        said = self._incomplete(record)
        with path.open("x", encoding="utf-8-sig", newline="") as into:
            into.writelines(events_as_csv(events, said))
        return Made(heads, caveats=(said,) if said else ())

    def _incomplete(self, record: str) -> str:
        """That the record, as it was read last, is not all that there was; empty when it is."""
        why = why_incomplete(self._store.findings(record), ())
        return f"The record of {record or 'the centre'} is incomplete: {why}." if why else ""


def _export(pieces: list[Piece], left_out: Sequence[LeftOut]) -> Export:
    if not pieces:
        raise WrongUse("There is no record", "Nothing is recorded yet.", "Export it when something is.")
    alone = len(pieces) == 1
    return Export("Records", str(pieces[0].path) if alone else "records", pieces, tuple(left_out), one_file=alone)
