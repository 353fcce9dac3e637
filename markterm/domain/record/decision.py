"""Decisions on one criterion: what each event tells, and what stands of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from markterm.domain.assessed.level import Level, higher_level
from markterm.domain.assessed.unit import Marks
from markterm.domain.record.bodies.body import attempt_said
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.citation import Citation
from markterm.domain.record.event import Event, Result
from markterm.domain.record.states import CriterionState, decided_as


@dataclass(frozen=True, slots=True)
class Occasion:
    """The integrated assignment and the task in which decisions are made, and what joins those made at once.

    Empty and None for a decision made in its unit, one by one. `title` is what the task was called then: tasks are
    renumbered. Empty if that was not recorded.
    """

    assignment: str = ""
    task: int | None = None
    batch: str = ""
    title: str = ""

    def __str__(self) -> str:
        """The assignment and the task, or an empty text."""
        task = f", task {self.task}" if self.task is not None else ""
        return f"{self.assignment}{task}" if self.assignment else ""


class Decision(NamedTuple):
    """One decision on one criterion: the wording is that of the criterion it was made against.

    `marks` are those that it was converted from, where the sheet has marks, and `scale` what the sheet gave then.
    `in_training` says that the member was in training for the unit, and `countersigned_by` who countersigned it since;
    `reason` is why it settled a conflict, where it did; `descriptors` tells those of the sheet apart that it was made
    beside, where that was recorded; `carried_to` is the wording that it was carried over to since; `note_by` are those
    whose words the note is, where that is not whoever decided; `amended` is the uid of the verification that did not
    agree with the decision before it; `level` is the higher grade that the criterion is for, None where it is for a
    pass. A named tuple: all of a record's are made whenever it is opened, and a frozen
    dataclass of so many fields takes four times as long.
    """

    uid: str
    result: Result
    note: str
    actor: str
    at: datetime
    attempt: int
    wording: str
    supersedes: tuple[str, ...]
    occasion: Occasion = Occasion()
    marks: int | None = None
    scale: Marks | None = None
    in_training: bool = False
    countersigned_by: str = ""
    reason: str = ""
    descriptors: str = ""
    carried_to: str = ""
    note_by: tuple[str, ...] = ()
    amended: str = ""
    level: Level | None = None

    @property
    def state(self) -> CriterionState:
        """The state to which it brings its criterion while it stands alone."""
        return self.state_with(self.result)

    def state_with(self, result: Result) -> CriterionState:
        """The state to which that result, such as a verifier's own, would bring the criterion."""
        return decided_as(result, gates=self.level is None)

    @property
    def noun(self) -> str:
        """What it is called in a sentence: a `pass` or `referral`, or a `decision “not achieved”`."""
        return _NOUNS.get(self.state, f"decision “{self.state}”")

    @property
    def participle(self) -> str:
        """What its criterion was by it: passed, referred, achieved or not achieved."""
        return _PARTICIPLES.get(self.state, self.state.value)

    @property
    def refers(self) -> bool:
        """Whether it refers the learner: a criterion for a higher grade that is not met does not."""
        return self.result is Result.REFER and self.level is None

    @property
    def stands_on(self) -> str:
        """The wording that it stands on: its own, or that to which a person carried it over. Empty if not recorded."""
        return self.carried_to or self.wording

    @property
    def written_by(self) -> tuple[str, ...]:
        """The ids of those who wrote the note."""
        return self.note_by or (self.actor,)

    @property
    def note_authors(self) -> tuple[str, ...]:
        """The same; nobody where there is no note."""
        return self.written_by if self.note.strip() else ()

    @property
    def in_words_of(self) -> tuple[str, ...]:
        """Whose words the note is, where that is not whoever decided; nobody's where there is no note."""
        return self.note_by if self.note.strip() else ()

    @property
    def waits_for_countersignature(self) -> bool:
        """Whether it was made in training, and nobody countersigned it."""
        return self.in_training and not self.countersigned_by

    @property
    def in_marks(self) -> str:
        """What it was converted from, `12 of 20 marks, 10 to pass`; empty for one that was made without marks."""
        if self.marks is None:
            return ""
        if self.scale is None:
            return f"{self.marks} marks"
        return f"{self.marks} of {self.scale.maximum} marks, {self.scale.minimum} to pass"


@dataclass(frozen=True)
class CriterionRecord:
    """Everything that happened to one criterion of one learner.

    `events` in the order of the record; `live` are the decisions that were not withdrawn; `standing` those of them
    that no other live decision replaced: none when open, one when decided, several in a conflict. `citations` are
    those that were not taken back, in the order of the record. `attempt` is the last at which the unit was handed in;
    `stale` says that what stands does not fit the sheet.
    """

    events: tuple[Event, ...] = ()
    live: tuple[Decision, ...] = ()
    standing: tuple[Decision, ...] = ()
    citations: tuple[Citation, ...] = ()
    attempt: int = 1
    stale: bool = False

    @cached_property
    def state(self) -> CriterionState:
        """Where it stands."""
        if self.stale:
            return CriterionState.STALE
        if not self.standing:
            return CriterionState.OPEN
        if len(self.standing) > 1:
            return CriterionState.CONFLICT
        (decision,) = self.standing
        if decision.refers and decision.attempt < self.attempt:
            return CriterionState.RESUBMITTED
        return decision.state

    @property
    def decision(self) -> Decision | None:
        """The decision that stands alone, or None when open or in conflict."""
        return self.standing[0] if len(self.standing) == 1 else None

    @property
    def to_withdraw(self) -> Decision | None:
        """The decision that a withdrawal takes back: the last one of this attempt, or a pass of an earlier one, which
        has to be withdrawn before it is decided anew. None where there is none: a referral of an earlier attempt stays,
        and so does a conflict until it is settled."""
        if not self.live or len(self.standing) > 1:
            return None
        last = (self.standing or self.live)[-1]
        return last if last.attempt >= self.attempt or last.result is Result.PASS else None

    def is_earlier(self, citation: Citation) -> bool:
        """Whether that was cited at an earlier attempt than the present one."""
        return citation.attempt < self.attempt


_NOUNS = {CriterionState.PASS: "pass", CriterionState.REFER: "referral"}
_PARTICIPLES = {CriterionState.PASS: "passed", CriterionState.REFER: "referred"}

OPEN_CRITERION = CriterionRecord()

_IN_ITS_UNIT = Occasion()


def decision_of(event: Event, countersigned_by: str = "") -> Decision:
    """The decision that an event of that kind, with a result that this version knows, tells of."""
    said = Decided.read(event.body)
    # Taken apart at once: all decisions of a record are made whenever it is opened.
    result, note, attempt, wording, descriptors, in_training, _ = said[:7]
    assignment, task, title, batch, reason, note_by, marks, maximum, minimum, amended, level, _ = said[7:]
    return Decision(
        event.uid,
        result,
        note,
        event.actor,
        event.at,
        1 if attempt is None else attempt,
        wording,
        event.supersedes,
        Occasion(assignment, task, batch, title) if assignment or batch or title or task is not None else _IN_ITS_UNIT,
        marks,
        None if maximum is None or minimum is None else Marks(maximum, minimum),
        in_training,
        countersigned_by,
        reason,
        descriptors,
        "",
        note_by,
        amended,
        higher_level(level) if level else None,
    )


def at_attempt(event: Event) -> str:
    """At which attempt it was, where that is not the first: `, attempt 2`."""
    attempt = attempt_of(event)
    return f", attempt {attempt}" if attempt > 1 else ""


def attempt_of(event: Event) -> int:
    """The attempt that the event belongs to; the first when it names none."""
    attempt = attempt_said(event.body)
    return attempt if attempt is not None else 1
