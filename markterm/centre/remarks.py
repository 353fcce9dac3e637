"""The bank of remarks: every note of the assessor, and where the centre allows it of all, found as one types."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import RLock

from markterm import __version__
from markterm.centre.caseload import Caseload
from markterm.centre.folder import CentreFolder
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.remit import HasUnit
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.remarks.remark import CriterionKey, Remark, RemarkState, Use, choices_of, choose, uses_in
from markterm.domain.remarks.remark_naming import doubts, refuse_to_keep
from markterm.domain.remarks.remark_places import Person, name_too
from markterm.domain.remarks.remark_search import FoundRemarks, Near, Remarks, near
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.learner_names import LearnerNames, Mention
from markterm.own.remark_index import remark_index
from markterm.records.store import EventStore, Stamps
from markterm.system.platform import CENTRE_RECORD, folder_name

_SHORTEST_ID = 4


class RemarkBank:
    """The remarks that the acting member may use. Nothing is read before `refresh` is asked for.

    Safe to call from several threads: one may refresh while another searches in what is there.
    """

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        recorder: Recorder,
        sheets: CentreSheets,
        store: EventStore,
        survey: EventStore,
        index_file: Path,
        caseload: Caseload,
    ) -> None:
        self._folder = folder
        self._details = details
        self._recorder = recorder
        self._sheets = sheets
        self._store = store
        self._survey = survey
        self._index = remark_index(index_file, __version__)
        self._lock = RLock()
        self._caseload = caseload
        self._remarks = Remarks()
        self._held: dict[str, str] = {}
        self._earlier: dict[str, tuple[str, ...]] = {}
        self._choices: Mapping[str, Remark] = {}
        self._owner = ""
        self._near: tuple[CriterionKey, Near] | None = None

    @property
    def is_shared(self) -> bool:
        """Whether the centre lets its members use each other's notes."""
        return self._details.policy.shared_remarks

    def refresh(self) -> Iterator[int]:
        """Look at every record, and read the notes of those that changed; yields how many have been looked at.

        Whoever iterates may stop at any time: what was read is kept. Raises `Refused` when nobody acts and
        remarks are not shared, and `Unreadable`.
        """
        names = self._caseload.names()
        if not len(names):
            names = self._caseload.names_now()
        self._begin(names)
        stamps = self._survey.stamps()
        every = set(stamps) - {CENTRE_RECORD}
        there = set(filter(self._recorder.seeing.registration, every))
        for number, record in enumerate(sorted(there), 1):
            self._refresh_one(record, stamps)
            yield number
        with self._lock:
            for record in self._held.keys() - there:
                del self._held[record]
                self._remarks.put(record, ())
        self._index.keep_only(every)
        if len(names) != self._count_learners():
            names = self._caseload.names_now()
            with self._lock:
                self._remarks.take_names(names)

    def _count_learners(self) -> int:
        """How many learners there are now: one who came since they were looked at last is looked for too."""
        with suppress(OSError), os.scandir(self._folder.learners) as entries:
            return sum(not entry.name.startswith(".") for entry in entries)
        return 0

    def search(
        self,
        words: str = "",
        unit: Unit | None = None,
        criterion: str = "",
        result: Result | None = None,
        most: int | None = None,
        *,
        with_retired: bool = False,
        learner: str = "",
    ) -> FoundRemarks:
        """The remarks that have all the words, the best for that criterion and result first, as `Remarks.find` ranks.

        Only what was refreshed is found. One that names somebody is found for the `learner` alone, by registration,
        whom it was written for.
        """
        with self._lock:
            wanted = self._nearest(unit, criterion) if unit is not None else ()
            chosen = self._choices.values()
            return self._remarks.find(words, wanted, result, chosen, most, with_retired=with_retired, record=learner)

    def naming(self, learner: str = "") -> int:
        """How many remarks are not offered for that learner because they name somebody."""
        with self._lock:
            return self._remarks.naming(learner)

    def doubts(self, remark: Remark, learner: str = "") -> tuple[Mention, ...]:
        """What in a remark may be the name of one it was written for; nothing when it was written for that learner."""
        if learner in remark.learners:
            return ()
        return doubts(remark.text, self._remarks.names, frozenset(remark.learners))

    def as_names(self, remark: Remark, doubted: Sequence[Mention]) -> Remark:
        """The remark with places for what is in doubt: a person said that these are names. Raises `Unreadable`."""
        text = remark.text
        for registration in {each for mention in doubted for each in mention.learners if each in remark.learners}:
            learner = self._recorder.learners.named(registration)
            text = name_too(text, Person(one_line(learner.name), registration))
        return replace(remark, text=text)

    def refreshed(self) -> RemarkBank:
        """The bank with every record looked at. Raises as `refresh` does."""
        for _ in self.refresh():
            pass
        return self

    def person(self, learner: Learner) -> Person:
        """Whom a remark is filled for: with the pronouns that earlier notes on the learner used, if all agree."""
        with self._lock:
            spoken = self._remarks.pronouns_of(learner.registration)
        return Person(one_line(learner.name), one_line(learner.registration), spoken, one_line(learner.email))

    def by_id(self, beginning: str) -> Remark:
        """The remark whose id begins so, retired or not. Raises `WrongUse` when there is not exactly one."""
        with self._lock:
            chosen = self._choices.values()
            every = self._remarks.find("", chosen=chosen, with_retired=True, record=None).remarks
        found = [each for each in every if each.id.startswith(beginning.lower())]
        if len(found) != 1 or len(beginning) < _SHORTEST_ID:
            how_many = "no remark" if not found else "more than one"
            raise WrongUse(
                "Which remark?",
                f"The id {one_line(beginning)} is that of {how_many}.",
                f"Give {_SHORTEST_ID} or more of the characters of its id.",
                hint=Hint(Way.LIST_REMARKS_WITH_IDS),
            )
        return found[0]

    def pin(self, remark: Remark) -> Remark:
        """Have it first from now on. Raises `Refused`, also when it names a learner, `NotSaved` and `Unreadable`; so do
        the other three."""
        refuse_to_keep(remark.text, self._remarks.names, frozenset(remark.learners))
        return self._choose(Kind.REMARK_PINNED, remark)

    def unpin(self, remark: Remark) -> Remark:
        """Have it where its use puts it again."""
        return self._choose(Kind.REMARK_UNPINNED, remark)

    def retire(self, remark: Remark) -> Remark:
        """Be shown it no more."""
        return self._choose(Kind.REMARK_RETIRED, remark)

    def restore(self, remark: Remark) -> Remark:
        """Be shown it again."""
        return self._choose(Kind.REMARK_RESTORED, remark)

    def save(self) -> None:
        """Keep the notes for the next start."""
        self._index.save()

    def _choose(self, kind: Kind, remark: Remark) -> Remark:
        """Record a choice of the member; the remark as it is now."""
        with self._lock:
            self._recorder.record_of_centre(lambda act, events: choose(act, kind, self._chosen(events, remark)))
            self._take_choices()
            return self._chosen(self._store.load(CENTRE_RECORD), remark)

    def _chosen(self, events: Iterable[Event], remark: Remark) -> Remark:
        """The remark as these events leave it for whoever acts."""
        member = self._recorder.member
        kept = choices_of(events, member.id).get(remark.id) if member is not None else None
        return replace(remark, state=kept.state if kept is not None else RemarkState.USUAL)

    def _begin(self, names: LearnerNames) -> None:
        """Take the choices of the member who acts; another member's notes begin anew."""
        member = self._recorder.member
        if member is None and not self.is_shared:
            raise Refused(
                "Whose remarks?",
                "The bank holds what a member wrote, and nobody was named.",
                "Say who you are, as centre.toml names you.",
                hint=Hint(Way.SAY_WHO_ACTS),
            )
        with self._lock:
            if self._owner != (member.id if member is not None else ""):
                self._owner = member.id if member is not None else ""
                self._remarks, self._held = Remarks(names), {}
            self._remarks.take_names(names)
            self._take_choices()

    def _refresh_one(self, record: str, stamps: Stamps) -> None:
        """Take in the notes of one record, if it changed. One that cannot be read keeps what it had."""
        stamp = self._stamp(record, stamps)
        if self._held.get(record) == stamp:
            return
        uses = self._index.get(record, stamp)
        if uses is None:
            try:
                uses = self._read(record)
            except MarkTermError:
                return
            stamp = self._stamp(record, stamps)
            self._index.put(record, stamp, uses)
        has_unit = self._recorder.seeing.units_of(record)
        with self._lock:
            self._held[record] = stamp
            self._remarks.put(record, [use for use in uses if self._may_offer(use, has_unit)])

    def _may_offer(self, use: Use, has_unit: HasUnit | None) -> bool:
        is_read = has_unit is None or has_unit(use.criterion.unit.code)
        return is_read and (self.is_shared or use.actor == self._owner)

    def _read(self, record: str) -> tuple[Use, ...]:
        """The notes in that record and those that it goes on from. Raises `Unreadable`."""
        name = email = ""
        with suppress(MarkTermError):  # Without the learner's file nobody knows the name; the notes are there.
            learner = read_learner_folder(self._folder.learner(record))
            name, email = learner.name, learner.email
        # What goes on under another registration is read with that one, as that learner's.
        if self._survey.goes_on_as(record):
            return ()
        found = tuple(uses_in(self._survey.load(record), name, record, email))
        self._earlier[record] = self._survey.earlier(record)
        return found

    def _stamp(self, record: str, stamps: Stamps) -> str:
        """What changes whenever the notes of that record, or of one that it goes on from, or the learner's name could.

        By what the stamps were before anything was read: what came since is read the next time.
        """
        learner = ""
        with suppress(OSError):
            # Ten thousand times: a Path for each would cost more than the call.
            file = self._folder.looked_at(folder_name(record))
            status = os.stat(file)  # noqa: PTH116  # as above
            learner = f"{status.st_mtime_ns}:{status.st_size}"
        return "|".join((learner, stamps[record], *(stamps[each] for each in self._earlier.get(record, ()))))

    def _take_choices(self) -> None:
        member = self._recorder.member
        self._choices = choices_of(self._store.load(CENTRE_RECORD), member.id) if member is not None else {}

    def _nearest(self, unit: Unit, criterion: str) -> Near:
        """The criteria near that one: found once while one looks for remarks on it."""
        wanted = CriterionKey(unit.key, criterion)
        if self._near is None or self._near[0] != wanted:
            self._near = (wanted, near(unit, criterion, self._sheets.units.by_key.values()))
        return self._near[1]
