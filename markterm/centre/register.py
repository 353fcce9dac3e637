"""Learners are registered: one by hand, or all that a register names, beside those who are there already.

A learner is a folder. It is made whole beside the others and takes its place by one renaming, so that whoever is
stopped half-way left whole learners behind, and goes on by doing it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from os.path import lexists
from pathlib import Path
from typing import NamedTuple

from markterm.centre.caseload import Caseload
from markterm.centre.coming_learners import clear_left_behind, coming_learners
from markterm.centre.folder import LEARNER_FILE, CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.register_file import Row, rows_of
from markterm.centre.seeing import Seeing
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Role
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.register.beside import Beside, Verdict, bad, beside
from markterm.domain.register.columns import Columns, among, columns_of, is_heading, no_heading
from markterm.domain.register.entry import Entry, Known, entry_of, same_registration, together, with_months
from markterm.domain.register.headings import Fact
from markterm.domain.words.code import short_codes
from markterm.domain.words.errors import MarkTermError, NotSaved, Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.letters import plain
from markterm.domain.words.local_time import local
from markterm.records.store import EventStore
from markterm.sheets.centre_file import read_centre
from markterm.sheets.learner_changes import with_facts
from markterm.sheets.learner_file import render_learner
from markterm.sheets.register_table import with_register_columns
from markterm.sheets.text_file import read_text_file
from markterm.system.platform import alone_in, folder_name, replace_file, sync_folder, sync_together

_LOOKED_FOR_HEADINGS = 20
_AT_ONCE = 250
"""So many learners are brought to the disk together."""
_HIDDEN = "the workbook hides this line, as a filter does: show it there if it is meant"
_REGISTERED = "Learners are registered"


@dataclass(frozen=True, slots=True)
class Register:
    """What a register says: a learner each, in the order of the lines, and how its columns were understood."""

    entries: tuple[Entry, ...]
    columns: Columns
    headings: tuple[str, ...]


class Taken(NamedTuple):
    """What became of an entry: whether it was taken, and if it was not though it could be, why in a clause."""

    beside: Beside
    is_taken: bool
    why_not: str = ""


class Registering:
    """The learners of the centre in `folder`, and who comes to them. Every call looks at the files as they are now."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        sheets: CentreSheets,
        store: EventStore,
        caseload: Caseload,
        clock: Callable[[], datetime],
        seeing: Seeing,
    ) -> None:
        self._folder = folder
        self._details = details
        self._sheets = sheets
        self._store = store
        self._caseload = caseload
        self._now = clock
        self._seeing = seeing

    def read(self, path: Path, given: Mapping[str, str] | None = None, usual: Learner | None = None) -> Register:
        """What the register `path` says, whose columns are `given` by fact beside those of the centre's file that it
        has; `usual` is what holds where a line says nothing. Raises `Unreadable` and `WrongUse`."""
        kept = {Fact(fact): headings for fact, headings in self._details.register.items()}
        asked = {Fact(fact): heading for fact, heading in (given or {}).items()}
        rows, above = rows_of(path), []
        for row in rows:
            headings = {**among(kept, row.cells), **asked}
            if is_heading(row.cells, headings):
                break
            above.append(row)
            if len(above) == _LOOKED_FOR_HEADINGS:
                raise _no_heading(above, kept, asked)
        else:
            raise _no_heading(above, kept, asked)
        below = list(rows)
        columns = with_months(columns_of(row.cells, headings), (each.cells for each in below))
        known, today = self._known(), self._today
        lines = self._entries(below, row.cells, columns, usual or Learner("", ""), known, today)
        return Register(tuple(together(lines)), columns, tuple(row.cells))

    def new_headings(self, given: Mapping[str, str]) -> dict[str, str]:
        """Those of the headings, by fact, that the centre's file does not keep."""
        kept = self._details.register
        return {fact: heading for fact, heading in given.items() if heading not in kept.get(fact, ())}

    def keep_headings(self, given: Mapping[str, str]) -> None:
        """Keep these headings, by fact, in the centre's file, for the registers to come, beside those that it keeps: a
        centre has registers from more than one place. Raises `Unreadable` when only a person can write them there,
        `NotSaved`, and `Refused` for whoever does not see everybody."""
        self._seeing.require_everybody(_REGISTERED)
        file = self._folder.file
        try:
            with alone_in(file.parent):
                # What somebody else kept since this centre was opened stays beside it.
                self._details = replace(self._details, register=read_centre(file).register)
                before = self._details.register
                together = {
                    fact: (*before.get(fact, ()), heading) for fact, heading in self.new_headings(given).items()
                }
                replace_file(file, with_register_columns(file, together))
        except OSError as error:
            raise NotSaved(
                "The headings are not kept",
                f"{file.name} could not be written: {error.strerror or error}.",
                "Check that you may write in the centre's folder and that the disk has room.",
                file=file,
            ) from error
        self._details = replace(self._details, register={**before, **together})

    @property
    def _today(self) -> date:
        return local(self._now()).date()

    def _entries(
        self, rows: Iterable[Row], headings: Sequence[str], columns: Columns, usual: Learner, known: Known, today: date
    ) -> Iterator[Entry]:
        for row in rows:
            if row.cells == headings:
                continue  # Pages that were put together say it again.
            if (entry := entry_of(row.number, row.cells, columns, usual, known, today)) is not None:
                yield entry if not row.is_hidden else replace(entry, faults=(*entry.faults, _HIDDEN))

    def look(self, entries: Sequence[Entry]) -> Iterator[Beside]:
        """What becomes of each, one after the other. Raises `Unreadable` when the learners cannot be listed, and
        `Refused` for whoever does not see everybody."""
        self._seeing.require_everybody(_REGISTERED)
        there = _There(self._folder, self._store, self._caseload, entries)
        for entry in entries:
            yield there.beside(entry)

    def usual(self, said: Mapping[Fact, str]) -> Learner:
        """What holds where a register says nothing, of facts as they may stand in one. Raises `Refused`."""
        places = {fact: place for place, fact in enumerate(Fact)}
        cells = [{Fact.REGISTRATION: "nobody's", Fact.NAME: "nobody"}.get(fact, said.get(fact, "")) for fact in Fact]
        entry = entry_of(1, cells, Columns(places), Learner("", ""), self._known(), self._today)
        assert entry is not None
        if entry.is_bad:
            raise _refused("What is to hold for all cannot be read", entry.faults)
        return entry.learner

    def by_hand(self, said: Mapping[Fact, str]) -> Beside:
        """What becomes of one learner who was given by hand, fact by fact, as it may stand in a register. Raises
        `Refused` for what cannot be read, or a learner who is there."""
        self._seeing.require_everybody(_REGISTERED)
        places = {fact: place for place, fact in enumerate(Fact)}
        cells = [said.get(fact, "") for fact in Fact]
        entry = entry_of(1, cells, Columns(places), Learner("", ""), self._known(), self._today)
        if entry is None or entry.is_bad:
            raise _refused(
                "This learner cannot be registered", entry.faults if entry is not None else ("nothing said",)
            )
        found = _There(self._folder, self._store, self._caseload, (entry,), by_hand=True).beside(entry)
        if found.verdict is Verdict.BAD:
            raise _refused("This learner cannot be registered", found.entry.faults)
        if found.was is not None:
            raise Refused(
                "There is a learner with that registration",
                f"{one_line(entry.learner.registration)} is {one_line(found.was.name)}. Nothing was changed.",
                "Give the registration that nobody has yet. If theirs was wrong, correct that first.",
                hint=Hint(Way.RENAME, learner=one_line(found.was.registration), to="REGISTRATION"),
            )
        return found

    def add(self, said: Mapping[Fact, str]) -> Taken:
        """Register one learner who was given by hand; return when they are there. Raises as `by_hand` and `take` do,
        and `Refused` where somebody registered them in the meantime."""
        (taken,) = self.take((self.by_hand(said),), accept_changes=False)
        if not taken.is_taken:
            raise _refused("Not registered", (taken.why_not,))
        return taken

    def take(self, found: Iterable[Beside], *, accept_changes: bool) -> Iterator[Taken]:
        """Register who is new, and change the files that the register has otherwise where that is accepted; yields what
        became of each once it is durable. What was changed since it was looked at stays as it is.

        Raises `NotSaved` when the system refuses; what was told before is there.
        """
        self._seeing.require_everybody(_REGISTERED)
        coming: list[Beside] = []
        clear_left_behind(self._folder.learners)
        for each in found:
            if each.verdict is Verdict.NEW:
                coming.append(each)
                if len(coming) == _AT_ONCE:
                    yield from self._register(coming)
                    coming = []
            elif each.verdict is Verdict.CHANGED and accept_changes:
                yield self._change(each)
            else:
                yield Taken(each, is_taken=False)
        yield from self._register(coming)

    def _known(self) -> Known:
        units, assignments = self._sheets.units.units, self._sheets.assignments.by_code
        qualifications = self._sheets.qualifications.by_code
        members = [each for each in self._details.members if Role.ASSESSOR in each.roles]
        return Known(
            _by_names(
                (code, (code, each.qan, each.qan.replace("/", ""), each.title, _end(code, qualifications)))
                for code, each in qualifications.items()
            ),
            _by_names((code, (code, each.title, _end(code, units))) for code, each in units.items()),
            _by_names((code, (code, each.title)) for code, each in assignments.items()),
            _by_names((each.id, (each.id, each.name)) for each in members),
            _by_names((code, (code,)) for code in self._sheets.marked.units if code not in units),
        )

    def _register(self, coming: Sequence[Beside]) -> Iterator[Taken]:
        if not coming:
            return
        try:
            with coming_learners(self._folder.learners) as place:
                files = []
                for each in coming:
                    folder = place / folder_name(each.learner.registration)
                    (folder / self._folder.evidence("").name).mkdir(parents=True)
                    file = folder / LEARNER_FILE
                    file.write_text(render_learner(each.learner), "utf-8", newline="\n")
                    files.append(file)
                sync_together(files)
                taken = [self._in_its_place(each, place) for each in coming]
                sync_folder(self._folder.learners)
        except OSError as error:
            raise NotSaved(
                "The learners could not be registered",
                f"{error.strerror or error}. Of {one_line(coming[0].learner.registration)} and those after it nobody "
                "was told yet.",
                "Check that the folder may be written to and that the disk has room, then do it again: it goes on.",
                file=self._folder.learners,
            ) from error
        yield from taken

    def _in_its_place(self, each: Beside, place: Path) -> Taken:
        name = folder_name(each.learner.registration)
        try:
            if lexists(self._folder.learners / name):
                raise FileExistsError
            (place / name).rename(self._folder.learners / name)
        except OSError:  # A folder that has something in it is told in other words by each system.
            if not lexists(self._folder.learners / name):
                raise
            return Taken(each, is_taken=False, why_not="somebody registered them in the meantime")
        return Taken(each, is_taken=True)

    def _change(self, each: Beside) -> Taken:
        file = self._folder.learner_file(each.learner.registration)
        try:
            # Of two in the same moment the second sees what the first wrote.
            with alone_in(self._folder.learners):
                if read_learner_folder(file.parent) != each.was:
                    return Taken(each, is_taken=False, why_not="their file was changed in the meantime")
                replace_file(file, with_facts(read_text_file(file), each.learner).encode("utf-8"))
        except MarkTermError as error:
            return Taken(each, is_taken=False, why_not=f"{error.what} {error.next_step}")
        except OSError as error:
            raise NotSaved(
                "A learner's file was not changed",
                f"{error.strerror or error}.",
                "Check that it may be written to, then do it again: it goes on where it stopped.",
                file=file,
            ) from error
        return Taken(each, is_taken=True)


class _There:
    """The learners who are there, as far as a register is set beside them."""

    def __init__(
        self,
        folder: CentreFolder,
        store: EventStore,
        caseload: Caseload,
        entries: Sequence[Entry],
        *,
        by_hand: bool = False,
    ) -> None:
        self._folder = folder
        self._store = store
        self._caseload = caseload
        self._by_hand = by_hand
        self._registrations = {
            same_registration(each): each for each in map(self._registration, folder.learner_folders())
        }
        self._without_zeros = {_without_zeros(each): each for each in self._registrations.values() if each.isdecimal()}
        self._names = Counter(plain(each.learner.name) for each in entries)
        self._people: _People | None = None
        self._records: frozenset[str] | None = None

    def beside(self, entry: Entry) -> Beside:
        """What becomes of an entry."""
        if entry.is_bad:
            return beside(entry, None)
        registration = entry.learner.registration
        there = self._registrations.get(same_registration(registration))
        if there is None:
            return self._new(entry)
        if there != registration:
            return bad(
                entry, f"{there} is there, and differs in capitals or accents alone: some systems take them for one"
            )
        try:
            if registration in self._recorded and (left := self._who_left.get(registration)):
                entry = replace(entry, notes=(*entry.notes, f"{left}, and stays so until somebody says they are back"))
            return beside(entry, read_learner_folder(self._folder.learner(registration)))
        except Unreadable as error:
            return bad(entry, f"their file cannot be used: {error.what.removesuffix('.')}")

    def _new(self, entry: Entry) -> Beside:
        learner, notes = entry.learner, list(entry.notes)
        if learner.registration in self._recorded:
            with suppress(MarkTermError):
                if after := self._store.goes_on_as(learner.registration):
                    return bad(entry, f"that registration was corrected to {after}")
            notes.append("there is a record of that registration which is nobody's: it becomes theirs")
        if not self._by_hand and (whole := self._without_zeros.get(_without_zeros(learner.registration))):
            return bad(entry, f"{whole} is there, and differs in zeros alone: a spreadsheet may have taken them away")
        if lexists(self._folder.learner(learner.registration)):
            return bad(entry, "what lies in the place of their folder is none: move it elsewhere")
        people = self._everybody
        same = people.of(learner)
        if same and not self._by_hand:
            return bad(
                entry, f"it seems to be {same}, whose registration was corrected: rename them, or add them by hand"
            )
        others = people.named(learner)
        if others:
            notes.append(f"another learner is called so: {', '.join(others)}")
        elif self._names[plain(learner.name)] > 1:
            notes.append("another line names a learner who is called so")
        return beside(Entry(entry.lines, learner, (), tuple(notes)), None)

    @property
    def _recorded(self) -> frozenset[str]:
        if self._records is None:
            self._records = frozenset(self._store.stamps())
        return self._records

    @cached_property
    def _who_left(self) -> Mapping[str, str]:
        return {row.registration: row.left for row in self._caseload.now() if row.left}

    @property
    def _everybody(self) -> _People:
        if self._people is None:
            self._people = _People(self._read())
        return self._people

    def _read(self) -> Iterator[Learner]:
        for name in self._folder.learner_folders():
            with suppress(MarkTermError):
                yield read_learner_folder(self._folder.learners / name)

    def _registration(self, folder: str) -> str:
        if "~" not in folder:
            return folder  # It is the registration wherever that can be the name of a folder.
        with suppress(MarkTermError):
            return read_learner_folder(self._folder.learners / folder).registration
        return folder


class _People:
    """Everybody who is there, by what tells who somebody is whatever their registration."""

    def __init__(self, learners: Iterable[Learner]) -> None:
        self._ulns: dict[str, str] = {}
        self._born: dict[tuple[str, date], str] = {}
        self._names: dict[str, list[str]] = {}
        for each in learners:
            if each.uln:
                self._ulns[each.uln] = each.registration
            if each.born is not None:
                self._born[plain(each.name), each.born] = each.registration
            self._names.setdefault(plain(each.name), []).append(each.registration)

    def of(self, learner: Learner) -> str:
        """The registration of whoever has the same ULN, or name and date of birth; empty where nobody has."""
        if learner.uln in self._ulns:
            return self._ulns[learner.uln]
        return self._born.get((plain(learner.name), learner.born), "") if learner.born is not None else ""

    def named(self, learner: Learner) -> tuple[str, ...]:
        """The registrations of the others who are called so, few of them."""
        return tuple(self._names.get(plain(learner.name), ())[:3])


def _no_heading(above: Sequence[Row], kept: Mapping[Fact, Sequence[str]], asked: Mapping[Fact, str]) -> WrongUse:
    there = among(kept, chain.from_iterable(each.cells for each in above))
    return no_heading((each.cells for each in above), {**there, **asked})


def _without_zeros(registration: str) -> str:
    return registration.lstrip("0")


def _by_names(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, str]:
    """By each name, folded, the code that it means; what means several means none."""
    codes: dict[str, set[str]] = {}
    for code, names in named:
        for name in filter(None, names):
            codes.setdefault(plain(one_line(name)), set()).add(code)
    whole = {plain(one_line(code)): code for each in codes.values() for code in each}
    return {name: next(iter(each)) for name, each in codes.items() if len(each) == 1} | whole


def _end(code: str, among: Iterable[str]) -> str:
    return short_codes(among)[code]


def _refused(title: str, faults: Iterable[str]) -> Refused:
    told = list(chain(faults))
    what = "; ".join(told)
    return Refused(title, f"{what[:1].upper()}{what[1:]}. Nothing was changed.", "Correct it, then do it again.")
