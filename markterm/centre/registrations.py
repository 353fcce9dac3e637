"""Which record is whose: registrations that are corrected, and records and learners that lost each other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from markterm.centre.caseload import Caseload
from markterm.centre.destructions_on_record import DestructionsOnRecord
from markterm.centre.folder import LEARNER_FILE, CentreFolder
from markterm.centre.recorder import Recorded, Recorder
from markterm.domain.assessed.learner import Learner
from markterm.domain.record.bodies.criterion import Cited
from markterm.domain.record.bodies.handed_in import Submitted
from markterm.domain.record.bodies.kinds import said_by, said_in
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.event import Event
from markterm.domain.record.record_format import UpgradeNeeded
from markterm.domain.record.renaming import gone_on, renaming_of
from markterm.domain.rules.act import known
from markterm.domain.rules.going_on import check_registration, going_on_as, going_on_from
from markterm.domain.rules.leaving import leave
from markterm.domain.views.caseload import NOBODYS, CaseloadRow
from markterm.domain.words.errors import MarkTermError, NotNow, NotSaved, Refused, Unreadable, WrongUse
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.records.store import EventStore
from markterm.sheets.learner_file import read_learner, with_registration
from markterm.sheets.text_file import read_text_file
from markterm.system.platform import alone_in, folder_name, replace_file, sync_folder

RECORD_OF_NOBODY = "MC09"
RECORD_GONE = "MC10"
RENAMING_UNFINISHED = "MC11"
BEFORE_REGISTRATION = "MC14"
LEFT_IN_FILE = "MC15"
GOES_ON_TWICE = "MC19"

_MOST_LOOKED_AT = 500


class JoinNeeded(Refused):
    """The new registration has a record of its own, and nobody said that it is the same learner's."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A registration that was corrected: how many entries of the old record the new one goes on from."""

    old: str
    new: str
    entries: int


class Registrations:
    """The registrations of the centre in `folder`. Every call looks at the files as they are now."""

    def __init__(
        self,
        folder: CentreFolder,
        recorder: Recorder,
        store: EventStore,
        caseload: Caseload,
        destructions: DestructionsOnRecord,
    ) -> None:
        self._folder = folder
        self._recorder = recorder
        self._store = store
        self._caseload = caseload
        self._destructions = destructions

    def needs_record(self, old: str) -> bool:
        """Whether renaming has to be recorded: of a learner of whom nothing is, only where the format has it."""
        return bool(self._store.load(old))

    def check(self, old: str, new: str, *, join: bool = False) -> None:
        """Raises what `rename` raises when it cannot be done, before anything is."""
        check_registration(old, new)
        self._recorder.seeing.require_everybody("A registration is corrected")
        known(self._recorder.act(new))
        self._check_not_destroyed(old)
        if self._folder.store is not None and (why := self._folder.store.why_away()):
            raise NotNow(
                "The evidence cannot be moved",
                f"It lies in a store, and {why}. Nothing was changed.",
                "Try again in a while; if it stays so, ask whoever looks after the store.",
            )
        self._check_folders(old, new, self._folder.learner(old), self._folder.learner(new))
        if self._store.load(old):
            self._check_records(old, new, join=join)

    def rename(self, old: str, new: str, *, join: bool = False) -> Renamed:
        """Correct the registration `old` to `new`: the record goes on under it, and the learner's folder moves.

        Nothing that is recorded is rewritten or moved. Interrupted, it is finished by doing it again. A record that
        `new` has already is only gone on with when it is the same learner's: then `join` says so, or it is refused as
        `JoinNeeded`. Raises `WrongUse`, `Refused`, `UpgradeNeeded`, `Unreadable` and `NotSaved`.
        """
        # Of two who correct in the same moment the second sees what the first did.
        with ExitStack() as stack:
            with suppress(OSError):  # Where the folder is not there neither is the learner, as is told then.
                stack.enter_context(alone_in(self._folder.learners))
            self.check(old, new, join=join)
            return self._renamed(old, new)

    def _renamed(self, old: str, new: str) -> Renamed:
        folder, moved = self._folder.learner(old), self._folder.learner(new)
        every = self._store.load(old)
        entries = sum(renaming_of(event) is None for event in every)
        # Where nothing is recorded yet a link or the centre's own record may name the old registration all the same;
        # in the first format neither can, and nobody is asked for the second one for that.
        with nullcontext() if every else suppress(UpgradeNeeded):
            self._record(old, new)
        self._move_in_store(old, new)
        try:
            if not moved.exists():
                _move(folder, moved)
            self._correct_file(moved / LEARNER_FILE, old, new)
        except OSError as error:
            raise NotSaved(
                "The learner's folder was not moved",
                f"{error.strerror or error}. The record goes on as that of {one_line(new)} already.",
                "Close what has files of the learner open, then do it again: it goes on where it stopped.",
                file=folder,
            ) from error
        return Renamed(old, new, entries)

    def _move_in_store(self, old: str, new: str) -> None:
        if (store := self._folder.store) is None:
            return
        from markterm.evidence.store_asked import StoreFault

        try:
            store.move(folder_name(old), folder_name(new))
        except (StoreFault, Unreadable) as fault:
            why = fault.what if isinstance(fault, Unreadable) else f"{fault}."
            raise NotSaved(
                "The evidence was not moved",
                f"In the store of the evidence: {why} The record goes on as that of {one_line(new)} already.",
                "See to what keeps it, then do it again: it goes on where it stopped.",
            ) from fault

    def leave(self, registration: str, step: LeftStep, on: date | None = None, text: str = "") -> Recorded:
        """Record that the learner left, transferred or came back on that day, today without one. Raises as
        `Recorder.record` does."""
        day = on or local(self._recorder.now()).date()
        return self._recorder.record(
            registration, lambda act, now: leave(act, now.learner, now.portfolio, step, day, text)
        )

    def findings(self) -> tuple[Finding, ...]:
        """Records that belong to nobody, learners without the record they had, renaming that was not finished, what was
        decided before a registration, and who left by their file alone."""
        for _ in self._caseload.refresh():
            pass
        return (*self.of_nobody(), *self._unfinished(), *self._gone(), *self._twice(), *self._of_days())

    def _check_not_destroyed(self, old: str) -> None:
        """Raises `Refused` while something of the learner is to be destroyed: it is told, taken back and completed by
        the registration."""
        with suppress(Unreadable):  # A centre's record that cannot be read keeps nobody from a right registration.
            coming = self._destructions.coming(old, self._recorder.now())
            if coming:
                raise Refused(
                    "It is to be destroyed",
                    f"What the centre has of {one_line(old)} is {one_line(coming[-1].words)}.",
                    "Complete it, or take it back where it did not begin, first.",
                )

    def _check_records(self, old: str, new: str, *, join: bool) -> None:
        goes_on_as = self._store.goes_on_as(old)
        if goes_on_as not in ("", new) and self._is_linked(old, goes_on_as):
            raise gone_on(old, goes_on_as)
        own = [event for event in self._store.load(new) if event.learner == new and renaming_of(event) is None]
        if own and not (join or old in self._store.earlier(new) or self._store.goes_on_as(new) == old):
            raise JoinNeeded(
                "There is a record of that registration",
                f"{one_line(new)} has a record of its own with {len(own)} entries, the first by "
                f"{one_line(own[0].actor)} on {own[0].at.date()}. Nothing was changed.",
                f"If it is somebody else's, {one_line(new)} is not the registration of {one_line(old)}. If it is the "
                "same learner's, marked since the folder was renamed by hand, say so.",
                hint=Hint(Way.JOIN),
            )

    def _is_linked(self, old: str, new: str) -> bool:
        """Whether the new record says that it goes on from the old one. Else renaming was only begun, or a foreign line
        says so, and any other registration can be given."""
        self._store.load(new)
        return old in self._store.earlier(new)

    def _record(self, old: str, new: str) -> None:
        self._store.load(new)
        is_linked, was_renamed_back = old in self._store.earlier(new), self._store.goes_on_as(new) == old
        if self._store.goes_on_as(old) != new:
            self._recorder.enter(old, lambda act: going_on_as(act, new))
        if not is_linked or was_renamed_back:
            heads = {name: (head.lines, head.digest) for name, head in self._store.heads(old).items()}
            self._recorder.enter(new, lambda act: going_on_from(act, old, heads))

    def _check_folders(self, old: str, new: str, folder: Path, moved: Path) -> None:
        """Raises what `rename` raises when the folders are not what can be renamed, or were not half-way there."""
        with suppress(OSError):
            if folder.samefile(moved):
                raise Refused(
                    "This system does not tell them apart",
                    f"To it {one_line(old)} and {one_line(new)} are one name of a folder.",
                    "Rename it on a system that does, or by way of another registration.",
                )
        there = [each for each in (folder, moved) if each.is_dir()]
        if not there:
            raise WrongUse(
                "No such learner",
                f"There is neither a folder {folder.name} nor {moved.name} in {self._folder.learners}.",
                "Make the folder of the new registration, with the learner's learner.md and evidence in it, first.",
            )
        if len(there) == 2:
            raise Refused(
                "There is a learner with that registration",
                f"{folder.name} and {moved.name} are both there. Nothing was changed.",
                "Give the registration that nobody has yet. If both folders are one learner's, put the evidence into "
                f"{moved.name}, take {folder.name} away, and do it again.",
            )
        file = there[0] / LEARNER_FILE
        learner = read_learner(read_text_file(file), file).sheet
        said = learner.registration if learner is not None else ""
        if said not in (old, new):
            raise WrongUse(
                "Another learner's folder",
                f"{file} says that the learner is {one_line(said) or 'nobody'}, neither {one_line(old)} nor "
                f"{one_line(new)}. Nothing was changed.",
                "Correct the registration in it first, if it is this learner's.",
            )
        if said == new and there == [moved] and not self._store.load(old):
            raise WrongUse(
                "No such learner",
                f"There is neither a folder nor a record of {one_line(old)}. Nothing was changed.",
                "Look among the learners of the centre.",
                hint=Hint(Way.LIST_LEARNERS),
            )
        with_registration(read_text_file(file), new)

    def _correct_file(self, file: Path, old: str, new: str) -> None:
        text = read_text_file(file)
        learner = read_learner(text, file).sheet
        if learner is not None and learner.registration == old:
            replace_file(file, with_registration(text, new).encode("utf-8"))

    def of_nobody(self) -> Iterator[Finding]:
        """The records that belong to nobody, by the caseload as it was looked at last."""
        nobodys = [
            row
            for row in self._caseload.rows
            if row.problem.startswith(NOBODYS) and not self._destructions.has_gone(row.registration)
        ]
        without = self._without_record() if nobodys else []
        for row in nobodys:
            events = self._load(row.registration)
            likely = self._likely(row.registration, events, [each for each in without if each.name])
            old, new = one_line(row.registration), one_line(likely)
            whose = f"it seems to be that of {new}" if likely else "give it to its learner"
            message = (
                f"the record of {old} ({len(events)} entries) belongs to nobody: no learner's folder has this "
                f"registration; register the learner, by a learner.md in learners/{folder_name(row.registration)}; "
                f"or {whose}"
            )
            hint = Hint(Way.RENAME, learner=old, to=new or "REGISTRATION")
            place = self._store.place(row.registration)
            yield Finding(RECORD_OF_NOBODY, Severity.ERROR, message, place, hint=hint)

    def _unfinished(self) -> Iterator[Finding]:
        for row in self._caseload.rows:
            if not row.problem or row.problem.startswith(NOBODYS):
                continue
            with suppress(MarkTermError):
                goes_on_as = self._store.goes_on_as(row.registration)
                half_way = [(row.registration, goes_on_as)] if goes_on_as else self._half_corrected(row.folder)
                for old, new in half_way:
                    message = (
                        f"the record of {one_line(old)} goes on as that of {one_line(new)}, and the learner's files do "
                        "not say so yet: finish it"
                    )
                    hint = Hint(Way.RENAME, learner=one_line(old), to=one_line(new))
                    yield Finding(
                        RENAMING_UNFINISHED, Severity.ERROR, message, self._folder.learners / row.folder, hint=hint
                    )

    def _half_corrected(self, folder: str) -> Iterator[tuple[str, str]]:
        """The old and the new registration of a folder that was moved, and whose file still says the old one."""
        # The folder's name is the registration wherever that can name one.
        for old in self._store.earlier(folder):
            file = self._folder.learners / folder / LEARNER_FILE
            learner = read_learner(read_text_file(file), file).sheet
            if learner is not None and learner.registration == old:
                yield old, folder

    def _gone(self) -> Iterator[Finding]:
        for row in self._without_record():
            if row.problem:
                with suppress(MarkTermError):
                    self._store.load(row.registration)
                    for finding in self._store.findings(row.registration):
                        message = f"{one_line(row.registration)} lacks the record that they had: {finding.message}"
                        yield Finding(RECORD_GONE, Severity.ERROR, message, finding.file)

    def _without_record(self) -> list[CaseloadRow]:
        """The rows of whom the store has no record; of everybody when it cannot be listed."""
        with_record: set[str] = set()
        with suppress(Unreadable):
            with_record.update(self._store.stamps())
        return [row for row in self._caseload.rows if row.registration not in with_record]

    def _twice(self) -> Iterator[Finding]:
        after: dict[str, list[str]] = {}
        learners = {row.folder: row.registration for row in self._caseload.rows if not row.problem.startswith(NOBODYS)}
        for row in self._caseload.rows:
            for earlier in row.earlier:
                # One that is a learner's still goes on as theirs as well.
                if earlier in learners:
                    after.setdefault(earlier, [learners[earlier]])
                after.setdefault(earlier, []).append(row.registration)
        for earlier, registrations in sorted(after.items()):
            if len(registrations) > 1:
                both = one_line(" and ".join(sorted(registrations)))
                message = (
                    f"the record {one_line(earlier)} goes on as those of {both}: what it holds is shown for each of "
                    "them; find out whose it is"
                )
                yield Finding(GOES_ON_TWICE, Severity.ERROR, message, self._store.place(earlier))

    def _of_days(self) -> Iterator[Finding]:
        for row in self._caseload.rows:
            file = self._folder.learners / row.folder / LEARNER_FILE
            for unit in row.units:
                if unit.before_registration:
                    message = f"{one_line(row.registration)}: {unit.code} was {unit.before_registration}"
                    yield Finding(BEFORE_REGISTRATION, Severity.WARNING, message, file)
            with suppress(MarkTermError):
                left = self._may_have_left(file) if not (row.left or row.problem) else None
                if left is not None and left.left is not None and not self._came_back(row.registration):
                    message = (
                        f"`left` says {left.left}, and the record says nothing of it: they wait as before; record it"
                    )
                    yield Finding(LEFT_IN_FILE, Severity.WARNING, message, file)

    @staticmethod
    def _may_have_left(file: Path) -> Learner | None:
        """The learner of that file, which is read where it has the word that says it; a key may be escaped."""
        text = read_text_file(file)
        return read_learner(text, file).sheet if "left" in text or "\\" in text else None

    def _came_back(self, registration: str) -> bool:
        return any(said_in(event, Left) is not None for event in self._load(registration))

    def _load(self, record: str) -> tuple[Event, ...]:
        with suppress(MarkTermError):
            return self._store.load(record)
        return ()

    def _likely(self, record: str, events: tuple[Event, ...], without: Sequence[CaseloadRow]) -> str:
        """The learner whose record it seems to be: the only one `without` a record who has the files that it names, or
        files that bear its registration; else the only one without a record at all. Empty when there is none."""
        named = set(_files_named(events))
        bearing = []
        for row in islice(without, _MOST_LOOKED_AT):
            with suppress(MarkTermError, OSError):
                files = {file.name for file in self._folder.handed_in.listed(folder_name(row.registration)).files}
                if named & files or any(record in os.path.basename(name) for name in files):  # noqa: PTH119  # of every file of hundreds of learners
                    bearing.append(row.registration)
        if len(bearing) == 1:
            return bearing[0]
        return without[0].registration if len(without) == 1 else ""


def _move(folder: Path, to: Path) -> None:
    """Give the folder another name, durably. Raises OSError."""
    folder.rename(to)
    sync_folder(to.parent)


def _files_named(events: tuple[Event, ...]) -> Iterator[str]:
    for event in events:
        said = said_by(event)
        if isinstance(said, Submitted):
            yield from map(one_name, said.files)
        elif isinstance(said, Cited):
            yield said.passage.file
