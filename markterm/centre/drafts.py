"""What was begun to write about a learner's criteria and units and is in no record yet: each member's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.event import Result
from markterm.domain.words.errors import NotSaved
from markterm.own.drafts import Drafts


class DraftKind(StrEnum):
    """What a text was begun as. It is opened as that, and never taken for another."""

    NOTE = "note"
    KEPT = "kept"
    REFERRAL = "referral"
    SETTLING = "settling"
    WITHDRAWAL = "withdrawal"
    COUNTERSIGNATURE = "countersignature"
    MARKS = "marks"
    SUMMARY = "close"
    REOPENING = "reopen"
    DONE = "done"
    ACKNOWLEDGING = "acknowledging"
    NOT_AGREED = "not agreed"
    DECIDED_FIRST = "decided first"
    COMMENT = "comment"
    ACCOUNT = "account"

    @property
    def words(self) -> str:
        """What it is, as people say it."""
        return _WORDS[self]


_WORDS = {
    DraftKind.NOTE: "note",
    DraftKind.KEPT: "note kept for the decision",
    DraftKind.REFERRAL: "referral",
    DraftKind.SETTLING: "reason to settle",
    DraftKind.WITHDRAWAL: "reason to withdraw",
    DraftKind.COUNTERSIGNATURE: "countersignature",
    DraftKind.MARKS: "marks",
    DraftKind.SUMMARY: "summary of the unit",
    DraftKind.REOPENING: "reason to reopen the unit",
    DraftKind.DONE: "word on an action",
    DraftKind.ACKNOWLEDGING: "word on a report",
    DraftKind.NOT_AGREED: "reason not to agree",
    DraftKind.ACCOUNT: "account of what was seen and said",
    DraftKind.COMMENT: "comment on the section",
    DraftKind.DECIDED_FIRST: "result of your own, decided before you saw the assessor's",
}
OF_A_UNIT = (DraftKind.SUMMARY, DraftKind.REOPENING, DraftKind.ACKNOWLEDGING, DraftKind.ACCOUNT)
"""What is written about a unit as a whole. That an action is done is of whatever the action is on."""
_OF_A_CRITERION = tuple(kind for kind in DraftKind if kind not in OF_A_UNIT)


class NoteBegun(NamedTuple):
    """With what the note of a decision begins where it is no draft of its own kind, and the drafts that are recorded
    with it."""

    text: str
    used: tuple[DraftKind, ...]


def kind_of_note(result: Result) -> DraftKind:
    """As what the note of a decision is begun: what says what is missing is a referral, also while it is written anew,
    and no pass begins with it."""
    return DraftKind.NOTE if result is Result.PASS else DraftKind.REFERRAL


def note_begun(kind: DraftKind, get: Callable[[DraftKind], str]) -> NoteBegun:
    """With what a note or a referral begins, of the drafts on its criterion, which `get` gives.

    A referral that was begun leaves the note that is kept for the decision as it is; one that was not begins with a
    note that was.
    """
    if kind is DraftKind.REFERRAL and get(kind):
        return NoteBegun(get(DraftKind.KEPT), (kind,))
    if kind is DraftKind.REFERRAL and (note := get(DraftKind.NOTE)):
        return NoteBegun(note, (kind, DraftKind.KEPT, DraftKind.NOTE))
    return NoteBegun(get(DraftKind.KEPT), (kind, DraftKind.KEPT))


def not_kept(kind: DraftKind) -> NotSaved:
    """That a text which was saved as such a draft is not on the disk."""
    return NotSaved("Not kept", f"This cannot be written to the disk: {kind.words}.", "Make room, and save it again.")


def task_place(assignment: str, task: int) -> tuple[UnitKey, str]:
    """Where what is begun of a task belongs: among the criteria of units, of which none is called so."""
    return UnitKey(assignment, ""), f"task {task}"


class MarkingDrafts:
    """The drafts of whoever acts, by learner, unit and criterion. An empty criterion stands for the whole unit.

    `asked` gives what a criterion asks, empty where that is not known: what was begun belongs to those words, whatever
    their number is and the version of the sheet by then. `earlier` gives the registrations that a learner had
    before: what was begun under one of them is theirs.
    """

    def __init__(
        self,
        drafts: Drafts,
        member: Callable[[], str],
        asked: Callable[[UnitKey, str], str],
        earlier: Callable[[str], Sequence[str]],
    ) -> None:
        self._drafts = drafts
        self._member = member
        self._asked = asked
        self._earlier = earlier

    def get(self, kind: DraftKind, registration: str, key: UnitKey, criterion: str = "") -> str:
        """The text, or an empty one."""
        there = self._there(kind, registration, key, criterion)
        return self._drafts.get(*there[0]) if there else ""

    def keep(self, text: str, kind: DraftKind, registration: str, key: UnitKey, criterion: str = "") -> bool:
        """Keep the text: on the disk when this returns, unless that cannot be written; whether it is. An empty one is
        forgotten."""
        about = self._about(kind, registration, key, criterion)
        if not self._drafts.keep(text, *about):
            return False
        for other in self._there(kind, registration, key, criterion):
            if other != about:
                self._drafts.forget(*other)
        return True

    def save(self, text: str, kind: DraftKind, registration: str, key: UnitKey, criterion: str = "") -> None:
        """Keep what somebody saved, and does not type any more. Raises `NotSaved`."""
        if not self.keep(text, kind, registration, key, criterion):
            raise not_kept(kind)

    def forget(self, kind: DraftKind, registration: str, key: UnitKey, criterion: str = "") -> None:
        """Forget the text: it is in the record, or was thrown away."""
        self.keep("", kind, registration, key, criterion)

    def begun(self, registration: str, key: UnitKey, criterion: str = "") -> tuple[DraftKind, ...]:
        """What was begun of a criterion, or of a unit as a whole."""
        kinds = _OF_A_CRITERION if criterion else (*OF_A_UNIT, DraftKind.DONE)
        return tuple(kind for kind in kinds if self._there(kind, registration, key, criterion))

    def begun_of(
        self, registration: str, units: Iterable[Unit], assignments: Iterable[Assignment] = ()
    ) -> frozenset[tuple[UnitKey, str]]:
        """Which criteria of these units have drafts, which units themselves (with an empty criterion), and which tasks
        (as `task_place` names them): looked up anew."""
        if not self._drafts.look():
            return frozenset()
        return frozenset(place for place in _places(units, assignments) if self.begun(registration, *place))

    def forget_all(self, registration: str, units: Iterable[Unit], assignments: Iterable[Assignment]) -> None:
        """Forget everything that was begun of these units and assignments of a learner, under this registration
        alone."""
        for key, number in _places(units, assignments):
            for kind in DraftKind:
                self._drafts.forget(*self._about(kind, registration, key, number))
                self._drafts.forget(*self._by_number(kind, registration, key, number))

    def _there(self, kind: DraftKind, registration: str, key: UnitKey, criterion: str) -> list[tuple[str, ...]]:
        """Under what there is such a draft: the present registration first, then the last one before it."""
        registrations = (registration, *reversed(self._earlier(registration)))
        every = [self._about(kind, each, key, criterion) for each in registrations]
        # Where a draft was kept by its number, before it belonged to words.
        every += [self._by_number(kind, each, key, criterion) for each in registrations]
        return [about for about in dict.fromkeys(every) if self._drafts.has(*about)]

    def _about(self, kind: DraftKind, registration: str, key: UnitKey, criterion: str) -> tuple[str, ...]:
        asked = self._asked(key, criterion) if criterion else ""
        if not asked:
            return self._by_number(kind, registration, key, criterion)
        return (self._member(), registration, key.code, "asks", asked, kind.value)

    def _by_number(self, kind: DraftKind, registration: str, key: UnitKey, criterion: str) -> tuple[str, ...]:
        unit = (self._member(), registration, key.code, key.version)
        return (kind.value, *unit) if kind in OF_A_UNIT else (*unit, criterion, kind.value)


def _places(units: Iterable[Unit], assignments: Iterable[Assignment]) -> Iterator[tuple[UnitKey, str]]:
    for unit in units:
        yield unit.key, ""
        for criterion in unit.criteria:
            yield unit.key, criterion.number
    for assignment in assignments:
        for task in assignment.tasks:
            yield task_place(assignment.code, task.number)
