"""The caseload of a centre: a row for every learner's folder, refreshed by looking only at what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from markterm import __version__
from markterm.centre.folder import CentreFolder
from markterm.domain.views.caseload import CaseloadRow, Order, sort_rows
from markterm.domain.views.totals import WaitsForYou, waits_for_you
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.own.caseload_index import OF_NO_FILES, CentreIndex, Kept
from markterm.system.made_once import made_once
from markterm.system.platform import CENTRE_RECORD, folder_name

if TYPE_CHECKING:
    from markterm.centre.learner_rows import LearnerRows
    from markterm.centre.seeing import Seeing
    from markterm.centre.sheets import CentreSheets
    from markterm.domain.assessed.assignment import Cell
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.assessed.member import Member
    from markterm.domain.record.centre_details import CentreDetails
    from markterm.domain.words.learner_names import LearnerNames
    from markterm.evidence.folder import EvidenceFile
    from markterm.records.store import EventStore, Stamps

_AHEAD = 100
"""So many records are asked for at once where everybody's are read."""


class Caseload:
    """The rows of every learner's folder of the centre in `folder`.

    `held` says what of a learner's work is not marked before a brief is verified, and `not_issued` which briefs those
    are; `digest` gives the SHA-256 of a file. Everybody is looked at, and told of are those whom
    whoever acts may see, as `seeing` says.
    """

    def __init__(
        self,
        folder: CentreFolder,
        store: Callable[[], EventStore],
        sheets: CentreSheets,
        details: CentreDetails,
        clock: Callable[[], datetime],
        index_file: Path,
        held: Callable[[Learner], frozenset[Cell]],
        not_issued: Callable[[], Iterable[str]],
        digest: Callable[[EvidenceFile], str | None],
        seeing: Seeing,
    ) -> None:
        self._folder = folder
        self._open_store = store
        self._sheets = sheets
        self._details = details
        self._now = clock
        self._held = held
        self._not_issued = not_issued
        self._digest = digest
        self._seeing = seeing
        self._index = CentreIndex(index_file, self._stamp())
        self._reading = Lock()
        self._names: tuple[object, LearnerNames] | None = None

    @made_once
    def _store(self) -> EventStore:
        return self._open_store()

    @made_once
    def _learner_rows(self) -> LearnerRows:
        from markterm.centre.learner_rows import LearnerRows  # A caseload that the index knows needs none of it.

        return LearnerRows(self._folder, self._store, self._sheets, self._details, self._now, self._held, self._digest)

    @property
    def today(self) -> date:
        """The day by which an action is overdue or not."""
        return local(self._now()).date()

    @property
    def rows(self) -> tuple[CaseloadRow, ...]:
        """The rows as they were last known, without looking: those that whoever acts may see."""
        return self._seeing.rows(self._index.rows)

    @property
    def limits(self) -> str:
        """Of whom those rows are, in a sentence; empty where nobody is hidden from whoever acts."""
        return self._seeing.in_words

    @property
    def count(self) -> int:
        """How many there are to look at, of those whom whoever acts may see: of somebody's own, as far as it is known.
        Raises `Unreadable`."""
        return len(self._folder.learner_folders()) if self._seeing.everybody else len(self.rows)

    @property
    def everybody(self) -> tuple[CaseloadRow, ...]:
        """The rows of everybody, for what goes over the whole centre and tells nobody of those who are not theirs."""
        return self._index.rows

    def waits_for(self, member: Member) -> WaitsForYou:
        """Which learners wait for that member, by the rows as they were last known."""
        return waits_for_you(self.rows, member, self._now())

    def now(self) -> tuple[CaseloadRow, ...]:
        """Every row, as the files are now."""
        for _ in self.refresh():
            pass
        return self.rows

    def everybody_now(self) -> tuple[CaseloadRow, ...]:
        """The same of everybody, as `everybody` has them."""
        for _ in self.refresh():
            pass
        return self.everybody

    def names_now(self) -> LearnerNames:
        """Everybody's names, as the learners' files are now: what looks for learners in a text."""
        self.now()
        return self.names()

    def names(self) -> LearnerNames:
        """Everybody's names as they were last known, without looking; members are not to be taken for learners."""
        from markterm.domain.words.learner_names import LearnerNames  # When it is needed, like the mark sheets.

        rows, others = self.everybody, tuple(member.name for member in self._details.members)
        people = tuple(sorted((row.registration, row.name) for row in rows))
        earlier = tuple(sorted((row.registration, each) for row in rows for each in row.earlier))
        made_from = people, others, earlier
        kept = self._names
        if kept is None or kept[0] != made_from:
            kept = self._names = (made_from, LearnerNames(*made_from))
        return kept[1]

    def has_namesake(self, learner: Learner) -> bool:
        """Whether somebody else is called as that learner, as far as the rows are known."""
        name = one_line(learner.name).casefold()
        return any(
            row.registration != learner.registration and one_line(row.name).casefold() == name for row in self.rows
        )

    def first(self, most: int) -> tuple[tuple[CaseloadRow, ...], int]:
        """The first rows by name as they were last known, and how many there are: at once, however many, where nobody
        is hidden."""
        if self._seeing.everybody:
            return self._index.first(most)
        rows = self.rows
        return tuple(sort_rows(rows, Order.NAME)[:most]), len(rows)

    def refresh(self) -> Iterator[int]:
        """Look at every learner's folder, and read those that changed; yields how many have been looked at of
        those whom whoever acts may see.

        Whoever iterates may stop at any time: what was read is kept. Raises `Unreadable` where the records cannot be
        read and there is no row to say so.
        """
        folders = self._folder.learner_folders()
        stamps: Stamps | None = None
        unreadable: Unreadable | None = None
        try:
            stamps = self._store.stamps()
        except Unreadable as error:  # Each learner's row says then that their record cannot be read.
            unreadable = error
        stamp_of = stamps.__getitem__ if stamps is not None else self._store.stamp
        number = 0
        for place, folder in enumerate(folders):
            if place % _AHEAD == 0:
                self._read_ahead(folders[place : place + _AHEAD])
            row = self._refresh_one(folder, stamp_of)
            if self._seeing.row(row):
                number += 1
                yield number
        if unreadable is not None and not number:
            raise unreadable
        nobodys = self._nobodys(stamps, folders) if stamps is not None else ()
        self._index.keep_only((*folders, *nobodys))

    def _read_ahead(self, folders: Sequence[str]) -> None:
        """Have the records of those read at once whom the index does not know: nearly every record is called as the
        folder is."""
        if unknown := [folder for folder in folders if self._index.get(folder) is None]:
            with suppress(Unreadable):  # Each learner's row says it.
                self._store.read_ahead(unknown)

    def _nobodys(self, stamps: Stamps, folders: Iterable[str]) -> Iterator[str]:
        """The folders of records that belong to none of these learners, each with a row that says so."""
        there = set(folders)
        known = {CENTRE_RECORD}
        for row in self._index.rows:
            if row.folder in there:
                known.update(_records_of(row))
        for unclaimed in stamps.but_for(known):
            folder = folder_name(unclaimed.name) if unclaimed.is_record else unclaimed.name
            kept = self._index.get(folder)
            if kept is None or kept.signature != unclaimed.stamp:
                nobodys = self._learner_rows.of_nobody(folder, unclaimed)
                if nobodys is None:
                    continue
                self._index.put(nobodys, unclaimed.stamp)
            yield folder

    def known(self, folder: str) -> CaseloadRow | None:
        """The row of one learner's folder as it was last known, without looking."""
        row = self.known_of_anybody(folder)
        return self._seeing.within(row) if row is not None else None

    def known_of_anybody(self, folder: str) -> CaseloadRow | None:
        """The same with all that is known of them, for what tells nobody of it."""
        kept = self._index.get(folder)
        return kept.row if kept is not None else None

    def new_for(self, registration: str) -> tuple[str, ...]:
        """The codes of the units that the names of a learner's new files give, as it was last known."""
        row = self.known(folder_name(registration))
        return row.new_for if row is not None else ()

    def refresh_one(self, folder: str) -> CaseloadRow:
        """The row of one learner's folder as it is now; read only if its files or its record changed."""
        return self._seeing.within(self.now_of_anybody(folder))

    def now_of_anybody(self, folder: str) -> CaseloadRow:
        """The same with all that is known of them, for what tells nobody of it."""
        return self._refresh_one(folder, self._store.stamp)

    def look_at(self, folders: Iterable[str]) -> bool:
        """Look at these learners' folders file by file, and read anew whoever's changed; whether one did."""
        changed = False
        for folder in folders:
            kept = self._index.get(folder)
            changed |= kept is not None and self._is_changed(kept)
        return changed

    def work_came(self, folder: str) -> bool:
        """Whether something came into the learner's evidence since the row was read, or went; the record is not asked,
        which takes twice as long."""
        kept = self._index.get(folder)
        return kept is None or kept.signature.split("|", 2)[1:2] != [self._evidence_stamp(folder)]

    def _is_changed(self, kept: Kept) -> bool:
        folder, row = kept.row.folder, kept.row
        if row.files and self._folder.handed_in.stamp_of_files(folder) not in (row.files, None):
            self._index.put(row, OF_NO_FILES)
        return self.now_of_anybody(folder) != row

    def _refresh_one(self, folder: str, stamp_of: Callable[[str], str]) -> CaseloadRow:
        kept = self._index.get(folder)
        # Nearly every record is called as the folder is.
        records = _records_of(kept.row) if kept is not None else (folder,)
        current = self._signature(folder, records, stamp_of)
        if kept is not None and kept.signature == current:
            return kept.row
        with self._reading:
            # Two lists look at everybody at once: what the other one has read meanwhile is not read again.
            meanwhile = self._index.get(folder)
            if meanwhile is not None and meanwhile is not kept and meanwhile.signature == current:
                return meanwhile.row
            row, lasts = self._learner_rows.of(folder)
            # One whose records were not known was not looked at as a whole: it is the next time.
            self._index.put(row, current if lasts and records == _records_of(row) else OF_NO_FILES)
        return row

    def _signature(self, folder: str, records: Iterable[str], stamp_of: Callable[[str], str]) -> str:
        """What changes whenever a learner's row could: size and time of the learner's file, the times of the evidence's
        folders, and the stamps of the `records`, those that the learner's goes on from among them.

        A file that is written over where it is changes no folder: it is seen by `look_at`, and whoever can set its time
        back as well is found by an audit alone.
        """
        file = self._folder.looked_at(folder)
        return "|".join((_stamp_of(file), self._evidence_stamp(folder), *map(stamp_of, records)))

    def _evidence_stamp(self, folder: str) -> str:
        """What changes when files come or go. Of a store that does not answer it is what was known: nothing is told to
        have changed that nobody could look at."""
        stamp = self._folder.handed_in.stamp_of_folders(folder)
        if stamp is None:
            kept = self._index.get(folder)
            return next(iter(kept.signature.split("|", 2)[1:2]), "") if kept is not None else ""
        return stamp

    def made_from(self, folder: str) -> str:
        """What is another text whenever that learner's row could be another one, as it was looked at last; empty for
        one that is read again the next time."""
        kept = self._index.get(folder)
        return f"{self._index.sheets} {kept.signature}" if kept is not None and kept.signature else ""

    def row_of(self, folder: str) -> CaseloadRow:
        """The row of one learner's folder, read now, whatever was known of it."""
        return self._seeing.within(self._learner_rows.of(folder)[0])

    def take_new_sheets(self) -> bool:
        """Read the mark sheets anew, and every learner at the next look, if the sheets changed; whether they did.

        What was known is shown until then.
        """
        changed = self._index.outdate(self._stamp())
        if changed:
            self._sheets.forget()
        return changed

    def _stamp(self) -> str:
        """What changes when any mark sheet does, the centre's policy, a brief that holds marking, or MarkTerm."""
        before = [(code, each.summative_before) for code, each in sorted(self._details.strategies.own.items())]
        policy = repr((self._details.policy, before))
        stamps = (__version__, policy, *self._not_issued(), *self._sheets.stamps())
        return sha256("\n".join(stamps).encode("utf-8", "surrogateescape")).hexdigest()

    def save(self) -> None:
        """Keep the rows for the next start."""
        self._index.save()


def _records_of(row: CaseloadRow) -> tuple[str, ...]:
    """The names of the record of that learner and of those that it goes on from."""
    return row.registration, *row.earlier


def _stamp_of(file: str) -> str:
    try:
        status = os.stat(file)  # noqa: PTH116  # twice for each of ten thousand learners: a Path costs more than the call
    except OSError:
        return "-"
    return f"{status.st_mtime_ns}:{status.st_size}"
