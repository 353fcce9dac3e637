"""Records that were exported and come back: into a centre that does not have them, to the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.folder import CentreFolder
from markterm.centre.seeing import Seeing
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.placing import clear_left, work_folder
from markterm.exports.record.taken_in import TakenIn
from markterm.records.store import EventStore, RawFile
from markterm.system.platform import CENTRE_RECORD, folder_name, sync_folder

if TYPE_CHECKING:
    from markterm.exports.record.exported import ExportedRecord
    from markterm.exports.record.reading import Unpacked

_MOST_TOLD = 3


class AnotherCentres(Refused):
    """The records are another centre's, and nobody said that they may come here."""


class DoesNotVerify(Refused):
    """What comes back was damaged when it was exported, and nobody said that it may come as it is."""


class NeedsFormat(Refused):
    """The records are in a newer format than the centre has."""


class Imports:
    """Takes in what was exported, into the centre in `folder`."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        store: EventStore,
        destructions: DestructionsOnRecord,
        seeing: Seeing,
    ) -> None:
        self._folder = folder
        self._details = details
        self._store = store
        self._destructions = destructions
        self._seeing = seeing

    def records(
        self, given: Sequence[Path], *, from_another_centre: bool = False, even_damaged: bool = False
    ) -> TakenIn:
        """Take in the records of these files, or of those in a folder, a zip or a visit pack: all of them or none, each
        byte as it was.

        One that is there already with the same bytes stays: stopped half-way, it is done again. Raises `WrongUse`,
        `Unreadable` when a file is not as it was exported, `AnotherCentres`, `DoesNotVerify`, `NeedsFormat`, `Refused`
        when the centre has another record of that name, and `NotSaved`.
        """
        self._seeing.require_everybody("Records are taken in")
        from markterm.exports.record.exported import exported_in
        from markterm.exports.record.reading import unpack

        try:
            with self._beside() as work:
                unpacked = []
                for number, exported in enumerate(exported_in(given, work)):
                    place = work / str(number)
                    place.mkdir()
                    one = unpack(exported.file, place, exported.called)
                    self._check(exported, one, from_another_centre=from_another_centre, even_damaged=even_damaged)
                    unpacked.append(one)
                new, there = self._new(unpacked)
                if new:
                    self._store.take_in(_gathered(work, new))
        except OSError as error:
            raise NotSaved(
                "The records were not taken in",
                f"The system said: {error.strerror or error}. Nothing was taken in.",
                "Check that the centre's folder may be written to and that the disk has room, then do it again.",
                file=self._folder.path,
            ) from error
        every = (*new, *there)
        without = tuple(
            record
            for record in every
            if record != CENTRE_RECORD
            and not self._folder.learner_file(record).is_file()
            and not self._goes_on(record, every)
        )
        # A record that is in several of the files is taken in, and counted, once.
        events = sum({record: number for each in unpacked for record, number in each.events_of.items()}.values())
        faults = tuple(fault for each in unpacked for fault in each.faults)
        destroyed = tuple(record for record in every if record != CENTRE_RECORD and self._destructions.has_gone(record))
        return TakenIn(tuple(new), there, events, without, faults, destroyed)

    def _goes_on(self, record: str, every: Sequence[str]) -> bool:
        """Whether the record goes on as one of those: its learner is that one's."""
        self._store.load(record)
        goes_on_as = self._store.goes_on_as(record)
        # The centre's own record, whose name is empty, is no learner's.
        return bool(goes_on_as) and goes_on_as in every

    def _check(self, exported: ExportedRecord, one: Unpacked, *, from_another_centre: bool, even_damaged: bool) -> None:
        file = exported.called
        number, name = one.centre.get("number", ""), one.centre.get("name", "")
        if number != self._details.number and not from_another_centre:
            raise AnotherCentres(
                "Another centre's record",
                f"{file} is of the centre {number} {name}, and this is {self._details.number} "
                f"{one_line(self._details.name)}. Nothing was taken in.",
                "Go to that centre's folder, or say that records of another centre may come here.",
                hint=Hint(Way.FROM_ANOTHER_CENTRE),
                file=file,
            )
        if one.record_format > self._store.record_format:
            raise NeedsFormat(
                "The record has a newer format",
                f"It has format {one.record_format}, and the centre has format {self._store.record_format}. "
                "Nothing was taken in.",
                "Bring the centre to the newest format first.",
                file=file,
            )
        if one.faults and not even_damaged:
            told = "; ".join(one.faults[:_MOST_TOLD])
            raise DoesNotVerify(
                "The record does not verify",
                f"Since it was recorded, something in it was changed or lost: {told}. Nothing was taken in.",
                "Take a copy from before that. If there is none, say that it may come as it is: the audit then tells.",
                hint=Hint(Way.EVEN_DAMAGED),
                file=file,
            )
        for record, segments in one.heads.items():
            for segment, head in exported.heads.get(record, {}).items():
                if segments.get(segment) != head:
                    raise Unreadable(
                        "Not the record that was exported",
                        f"The record of {one_line(record) or 'the centre'} does not end as was noted of it when it was "
                        "exported. Nothing was taken in.",
                        "Take another copy of the export.",
                        file=file,
                    )

    def _new(self, unpacked: Sequence[Unpacked]) -> tuple[dict[str, Path], tuple[str, ...]]:
        """The records that are not there yet, and those that are, with the same bytes."""
        new: dict[str, Path] = {}
        there: dict[str, None] = {}
        files: dict[str, Mapping[str, str]] = {}
        for one in unpacked:
            for record, folder in one.folders.items():
                if record in files and files[record] != one.files[record]:
                    raise Refused(
                        "Two versions of one record",
                        f"Two of these files have a record of {one_line(record) or 'the centre'}, and not the same.",
                        "Take in the one that goes further: the other is not needed.",
                    )
                files[record] = one.files[record]
                own = {each.name: _sha256(each) for each in self._store.raw(record)}
                if own == files[record]:
                    there[record] = None
                elif own or self._store.stamp(record):
                    raise Refused(
                        "There is a record of that name",
                        f"The centre has a record of {one_line(record) or 'its own'}, and it says something else than "
                        "the file. Nothing was taken in.",
                        "A record is only taken in where there is none: compare them, and keep what goes further.",
                        file=self._store.place(record),
                    )
                else:
                    new.setdefault(record, folder)
        return new, tuple(there)

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A folder on the disk of the records, that is gone afterwards: killed, with the next one."""
        clear_left(self._folder.path)
        work = work_folder(self._folder.path)
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _gathered(work: Path, new: Mapping[str, Path]) -> Path:
    """One folder with those of these records, each called as its record's is; durable."""
    whole = work / "gathered"
    whole.mkdir()
    for record, folder in new.items():
        sync_folder(folder)
        folder.rename(whole / folder_name(record))
    sync_folder(whole)
    return whole


def _sha256(raw: RawFile) -> str:
    with raw.open() as file:
        return file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a file in the record, or bytes
