"""The caseload: one row a learner, with what each one waits for; `caseload_filter` narrows it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from markterm.domain.record.states import CLOSED, UnitState, VerificationState
from markterm.domain.views.due import TO_MEND, Due, Owed, Person, Step, in_turn, longest
from markterm.domain.views.to_verify import ToVerify
from markterm.domain.words.counted import counted
from markterm.domain.words.letters import plain

_LONGEST_ALIAS = 20


class UnitProgress(NamedTuple):
    """One unit of a row: how many criteria are decided and passed of how many; `conflicts` wait for a person, and
    `uncountersigned` were decided in training and wait for a countersignature.

    `changed` says that decisions were made since it was closed, `stale` how many do not fit the sheet any more,
    `sampled` that the attempt is in the internal verifier's sample, `verification` what that came to; `due` is what the
    unit waits for, the longest first, `owed` what members have to do about it since, and `to_verify` what verifiers
    have to do. `answered` is how many decisions a verifier answered who has not finished. `claim` is how far the claim
    is that it is in, empty where there is none, and `claim_changed` says that something changed since;
    `destroyed` that its evidence was destroyed, as the rules of retention allow. `higher_open` is how many criteria for
    a higher grade than a pass are not decided: nothing waits for those, and the unit may be closed.
    `badge` is where its badge stands, as in `BadgeState`, empty where there is none; `before_registration` says that it
    was decided before the learner was registered, and when; `due_on` is the day on which it is due, which is told as
    long as the unit is unfinished. A named tuple,
    because all of ten thousand learners are made when the caseload opens.
    """

    code: str
    state: UnitState
    decided: int
    passed: int
    criteria: int
    due: tuple[Due, ...] = ()
    conflicts: int = 0
    uncountersigned: int = 0
    changed: bool = False
    stale: int = 0
    sampled: bool = False
    verification: VerificationState = VerificationState.NONE
    owed: tuple[Owed, ...] = ()
    answered: int = 0
    to_verify: tuple[ToVerify, ...] = ()
    claim: str = ""
    claim_changed: bool = False
    destroyed: bool = False
    higher_open: int = 0
    badge: str = ""
    before_registration: str = ""
    due_on: date | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        """The ids of those who have an action to do."""
        return tuple(dict.fromkeys(each.member for each in self.owed if each.step is Step.ACT))

    def is_overdue(self, today: date) -> bool:
        """Whether an action on it is overdue."""
        return any(each.is_overdue(today) for each in self.owed)

    @property
    def due_day(self) -> date | None:
        """The day on which it is due; None where none is, or nothing is left to be handed in until then."""
        return self.due_on if self.due_on is not None and self.may_be_due else None

    @property
    def may_be_due(self) -> bool:
        """Whether something of it is to be handed in until a day: it is unfinished, or was referred."""
        return self.unfinished or self.state is UnitState.CLOSED_REFER

    @property
    def has_case(self) -> bool:
        """Whether a case that it is in is open."""
        return any(each.step is Step.RESOLVE for each in self.due)

    @property
    def unfinished(self) -> bool:
        """Whether it is not closed, or does not count as closed: something changed since, or does not fit the sheet."""
        return self.state not in CLOSED or self.changed or self.stale > 0


@dataclass(frozen=True, slots=True)
class QualificationCredits:
    """One qualification of a row: the credits gained of those needed, and whether its rules are all met."""

    code: str
    gained: int
    needed: int
    complete: bool


@dataclass(frozen=True)
class CaseloadRow:
    """A learner in the caseload.

    `folder` is the name of the learner's folder; `latest` the latest time (UTC) that an event bears, or None when
    nothing was recorded; `problem` says in a few words what is wrong with the learner's files or record, empty when
    nothing is; `credits` are of those of the qualifications that the centre has a sheet for; `alias` is what the
    learner is shown as while they are marked blind: then neither name nor registration is shown, looked for or sorted
    by; `earlier` are the records that the learner's goes on from; `cpd` the days until which the learner planned to
    do items of CPD that are still to be done; `new` is how many files came, or changed, since an assessor opened the
    evidence, `new_for` the codes of the units that their names give, and `files` stands for all of them as they were
    listed for that; `left` says that the learner left the course and when, and is empty for everybody who is here;
    `verifiers` are the ids of those who verified the learner, or to whom that was given.
    """

    folder: str
    registration: str
    name: str
    qualifications: tuple[str, ...] = ()
    units: tuple[UnitProgress, ...] = ()
    assessor: str = ""
    site: str = ""
    problem: str = ""
    credits: tuple[QualificationCredits, ...] = ()
    alias: str = ""
    latest: datetime | None = None
    earlier: tuple[str, ...] = ()
    cpd: tuple[date, ...] = ()
    left: str = ""
    new: int = 0
    new_for: tuple[str, ...] = ()
    files: str = ""
    verifiers: tuple[str, ...] = ()

    def under(self, alias: str) -> CaseloadRow:
        """The row of the same learner, marked blind."""
        return replace(self, alias=alias)

    @property
    def new_told(self) -> str:
        """How many files are new, in words; nothing where none is."""
        return counted(self.new, "new file") if self.new else ""

    def cpd_overdue(self, today: date) -> int:
        """How many items of the learner's CPD plan are overdue on that day."""
        return sum(day < today for day in self.cpd)

    def is_given_to(self, member: str) -> bool:
        """Whether the record gave that member something to do: to verify, or an action."""
        return member in self.verifiers or any(each.member == member for unit in self.units for each in unit.owed)

    @property
    def lacks_sheets(self) -> bool:
        """Whether the only thing wrong is that the centre has no sheet of a unit, which is counted nowhere then."""
        return self.problem.startswith(NO_SHEET)

    @property
    def is_unread(self) -> bool:
        """Whether nothing could be read of the learner at all."""
        return bool(self.problem) and not self.units and not self.lacks_sheets

    @property
    def decided(self) -> int:
        """How many criteria are decided, over all units."""
        return sum(unit.decided for unit in self.units)

    @property
    def passed(self) -> int:
        """How many criteria are passed, over all units."""
        return sum(unit.passed for unit in self.units)

    @property
    def criteria(self) -> int:
        """How many criteria there are, over all units."""
        return sum(unit.criteria for unit in self.units)

    @cached_property
    def open(self) -> int:
        """How many criteria wait for a decision; those for a higher grade do not."""
        return self.criteria - self.decided - sum(unit.higher_open for unit in self.units)

    @property
    def progress(self) -> tuple[str, ...]:
        """Each qualification with the credits gained of those needed, `8580-CERT 5/13`, and a tick when complete."""
        told = {each.code: f" {each.gained}/{each.needed}{' ✓' if each.complete else ''}" for each in self.credits}
        return tuple(code + told.get(code, "") for code in self.qualifications)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """What the learner waits for, each step of each person once, the one that waits longest first."""
        if not self.units:
            return (TO_MEND,) if not self.left else ()
        first: dict[tuple[Step, Person], Due] = {}
        for each in in_turn(each for unit in self.units for each in unit.due):
            first.setdefault((each.step, each.person), each)
        return tuple(first.values())

    @cached_property
    def next(self) -> Due | None:
        """The step that waits longest; None when the learner waits for nobody."""
        if not self.units:
            return TO_MEND if not self.left else None
        return longest([unit.due[0] for unit in self.units if unit.due])

    @property
    def since(self) -> datetime | None:
        """Since when that step is due (UTC); None when it is not known or nothing is."""
        due = self.next
        return due.since if due is not None else None

    def waits_for(self, *steps: Step) -> bool:
        """Whether one of these steps is due in one of the units."""
        return any(each.step in steps for each in self.due)

    @cached_property
    def due_day(self) -> date | None:
        """The first day on which one of the units is due; None where none is, and for who left."""
        if self.left:
            return None
        return min(filter(None, (unit.due_day for unit in self.units)), default=None)

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it."""
        codes = (unit.code for unit in self.units)
        who = (self.alias,) if self.alias else (self.registration, self.name)
        return plain(" ".join((*who, *self.qualifications, *codes, self.site)))

    @cached_property
    def place(self) -> tuple[str, str]:
        """Where the row stands among others by name."""
        # Aliases end in numbers: 10 comes after 2.
        return (plain(self.name), self.registration) if not self.alias else (self.alias.rjust(_LONGEST_ALIAS), "")


NO_SHEET = "no mark sheet: "
"""How the problem of a learner begins who is on units that the centre has no readable sheet of."""

NOBODYS = "belongs to nobody"
"""The problem of a record whose registration no learner's folder has."""

INCOMPLETE = "record incomplete"
"""The problem of a learner of whose record a part cannot be read or does not verify."""

UNFINISHED_RENAMING = "renaming not finished"
"""The problem of a learner whose record goes on under another registration, and whose folder was not moved yet."""


def hidden_in_words(rows: Iterable[CaseloadRow]) -> str:
    """What is to be said where decisions of several learners are shown and some of them may be hidden; empty where all
    of these learners' records could be read."""
    return incomplete_in_words(sum(row.problem == INCOMPLETE or row.is_unread for row in rows))


def incomplete_in_words(records: int) -> str:
    """The same of so many records; empty where there is none."""
    if not records:
        return ""
    told = "1 record is" if records == 1 else f"{records:,} records are"
    return f"Decisions may be missing: {told} incomplete."


def _since(row: CaseloadRow) -> tuple[bool, float, tuple[str, str]]:
    since = row.since
    return since is None, since.timestamp() if since is not None else 0.0, row.place


def cpd_told(overdue: int) -> str:
    """That so many items of CPD are overdue, in a few words; empty where none is."""
    return f"{counted(overdue, 'item')} of CPD overdue" if overdue else ""


class Order(StrEnum):
    """What the caseload can be sorted by."""

    NAME = "name"
    REGISTRATION = "registration"
    WAITING = "waiting"
    DUE = "due"
    OPEN = "open"


_KEYS: Mapping[Order, Callable[[CaseloadRow], tuple[Any, ...]]] = {
    Order.NAME: lambda row: row.place,
    Order.REGISTRATION: lambda row: row.place if row.alias else (row.registration, ""),
    Order.WAITING: _since,
    Order.DUE: lambda row: (row.due_day or date.max, row.place),
    Order.OPEN: lambda row: (-row.open, row.place),
}


def sort_rows(rows: Iterable[CaseloadRow], order: Order) -> list[CaseloadRow]:
    """The rows in that order; whoever waits longest comes first, what is due first, and the most open criteria."""
    return sorted(rows, key=_KEYS[order])


def place_in(rows: Sequence[CaseloadRow], order: Order, row: CaseloadRow) -> int | None:
    """Where that row is among rows in that order, without going through them; None where it is not."""
    key = _KEYS[order]
    own = key(row)
    for place in range(bisect_left(rows, own, key=key), len(rows)):
        if rows[place].folder == row.folder:
            return place
        if key(rows[place]) != own:
            break
    return None
