"""The queue of a verifier: what waits for verifiers in the whole caseload, and what of it is theirs to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from markterm.domain.record.states import VerificationState
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Step
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.list_filter import Fields, filter_list
from markterm.domain.views.to_verify import ToVerify
from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.letters import plain

WhyNot = Callable[[CaseloadRow, UnitProgress, ToVerify], str]
"""Why the member who asks may not do what is to be done for a learner; nothing where they may."""


Until = Callable[[CaseloadRow, UnitProgress, ToVerify], date | None]
"""The day until which a step is to be done; None where nobody said any."""


class Whose(StrEnum):
    """Whom a step waits for, as the member who asks sees it, in the order in which it is listed."""

    YOURS = "yours"
    ANYBODYS = "anybody's"
    OTHERS = "another's"


@dataclass(frozen=True)
class Queued:
    """A step of a verifier, in a unit of the learner of that row; `why_not` says why whoever asks may not take it, and
    `has_left` that whom it was given to verifies here no more."""

    row: CaseloadRow
    unit: UnitProgress
    step: ToVerify
    whose: Whose
    why_not: str = ""
    has_left: bool = False

    @property
    def what(self) -> str:
        """What is to be done, in two or three words."""
        if self.step.step is Step.ACCEPT:
            return "accept action"
        against = self.unit.verification is VerificationState.NOT_AGREED and self.step.step is Step.VERIFY
        if self.unit.verification is VerificationState.UNFINISHED or (against and self.unit.answered):
            return f"{self.unit.answered} of {self.unit.decided} answered"
        if self.unit.verification is VerificationState.UNCOUNTERSIGNED or against:
            return "countersign"
        if self.unit.verification is VerificationState.CONFLICT:
            return "verifiers differ"
        if self.unit.verification is VerificationState.STALE:
            return "verification stale"
        if self.step.step is Step.LOOK:
            return "interim look"
        return "verify" if self.step.attempt == 1 else "resubmission"

    @cached_property
    def words(self) -> str:
        """What words of a filter are looked for in, as `plain` gives it."""
        who = (self.row.alias,) if self.row.alias else (self.row.registration, self.row.name)
        step = self.step
        return plain(" ".join((*who, self.unit.code, step.assessor, step.verifier, self.what)))


def queue(
    rows: Iterable[CaseloadRow],
    member: str,
    verifiers: Collection[str],
    why_not: WhyNot = lambda _, __, ___: "",
    until: Until = lambda _, __, step: step.due,
) -> list[Queued]:
    """Everything that waits for a verifier in the units of these learners, in the order `DUE`.

    What was given to a verifier is theirs; the rest, and what was given to somebody who is none of the centre's
    `verifiers` any more, is anybody's who may take it. Without a `member` nothing is yours. `until` gives the day that
    a step is due.
    """
    found = (
        _queued(row, unit, step._replace(due=until(row, unit, step)), member, verifiers, why_not)
        for row in rows
        for unit in row.units
        for step in unit.to_verify
    )
    return sort_queue(found, QueueOrder.DUE)


def _queued(
    row: CaseloadRow,
    unit: UnitProgress,
    step: ToVerify,
    member: str,
    verifiers: Collection[str],
    why_not: WhyNot,
) -> Queued:
    given = step.verifier if step.verifier in verifiers else ""
    reason = why_not(row, unit, step) if member and given in ("", member) else ""
    whose = Whose.OTHERS if given != member and (given or reason) else Whose.YOURS if given else Whose.ANYBODYS
    return Queued(row, unit, step, whose, reason, bool(step.verifier) and not given)


def next_to_verify(queued: Sequence[Queued], registration: str, unit_code: str) -> Queued | None:
    """What whoever asks verifies next, of a queue in its order: what comes after that unit of that learner, and round
    again from the first; where that is done, the first. None where nothing else is theirs to take."""
    place = next((at for at, each in enumerate(queued) if _is_of(each, registration, unit_code)), -1)
    return next(
        (
            each
            for each in (*queued[place + 1 :], *queued[: max(place, 0)])
            if each.whose is not Whose.OTHERS
            and each.step.step is not Step.ACCEPT
            and not _is_of(each, registration, unit_code)
        ),
        None,
    )


def _is_of(each: Queued, registration: str, unit_code: str) -> bool:
    return (each.row.registration, each.unit.code) == (registration, unit_code)


class QueueOrder(StrEnum):
    """What the queue can be sorted by."""

    DUE = "due"
    WAITING = "waiting"
    LEARNER = "learner"
    UNIT = "unit"
    ASSESSOR = "assessor"


def sort_queue(queued: Iterable[Queued], order: QueueOrder) -> list[Queued]:
    """The same in that order: always what is yours first, then what anybody may take. By the day it is due until, what
    has none after what has one, and among those what waits longest first."""
    return sorted(queued, key=lambda each: (_WHOSE[each.whose], *_ORDERS[order](each), *_due(each)))


def _due(each: Queued) -> tuple[object, ...]:
    return each.step.due or date.max, *_waiting(each)


def _waiting(each: Queued) -> tuple[object, ...]:
    since = each.step.since
    return since is None, since.timestamp() if since is not None else 0.0, each.row.place, each.unit.code


_WHOSE = {whose: place for place, whose in enumerate(Whose)}
_ORDERS: dict[QueueOrder, Callable[[Queued], tuple[object, ...]]] = {
    QueueOrder.DUE: _due,
    QueueOrder.WAITING: _waiting,
    QueueOrder.LEARNER: lambda each: (each.row.place, each.unit.code),
    QueueOrder.UNIT: lambda each: (each.unit.code, each.row.place),
    QueueOrder.ASSESSOR: lambda each: (each.step.assessor, each.row.place, each.unit.code),
}


def due_in_words(due: date | None, today: date) -> str:
    """How long there is until a day: `3 days over`, `today`, `in 5 days`; nothing without a day."""
    if due is None:
        return ""
    left = (due - today).days
    if left < 0:
        return f"{counted(-left, 'day')} over"
    return f"in {counted(left, 'day')}" if left else "today"


def waits_in_words(since: datetime | None, now: datetime) -> str:
    """How long something has waited: `waits 3 days`."""
    if since is None:
        return "waits"
    days = max((now - since).days, 0)
    return f"waits {counted(days, 'day')}" if days else "since today"


def left_in_words(queued: Sequence[Queued], today: date) -> str:
    """How much is left, how much of it is over its day, and what of the list is another's: `12 to do, 3 over, 2 of
    others`."""
    own = [each for each in queued if each.whose is not Whose.OTHERS]
    over = sum(each.step.due is not None and each.step.due < today for each in own)
    told = f"{len(own):,} to do" if own else "nothing to do"
    others = len(queued) - len(own)
    return ", ".join((told, *([f"{over:,} over"] if over else []), *([f"{others:,} of others"] if others else [])))


_STEPS = tuple(step.value for step in (Step.LOOK, Step.VERIFY, Step.ACCEPT))
_FIELDS: dict[str, Callable[[Queued, str], bool]] = {
    "unit": lambda each, value: is_code(value, plain(each.unit.code)),
    "assessor": lambda each, value: plain(each.step.assessor) == value,
    "verifier": lambda each, value: plain(each.step.verifier) == value,
    "waiting": lambda each, value: each.step.step.startswith(value),
}


QUEUE_FILTER = FilterWords(tuple(_FIELDS), {"waiting": _STEPS})
"""What a filter of the queue knows, whatever is in it."""


def words_of_queue(queued: Iterable[Queued]) -> FilterWords:
    """The same, with the units and members of these."""
    queued = tuple(queued)
    return QUEUE_FILTER.with_known(
        {
            "unit": short_codes({each.unit.code for each in queued}).values(),
            "assessor": {each.step.assessor for each in queued},
            "verifier": {each.step.verifier for each in queued},
        }
    )


def filter_queue(queued: Iterable[Queued], text: str) -> list[Queued]:
    """What the filter lets through, by words looked for in learner, unit, assessor, verifier and what is to be done,
    and by unit, assessor, verifier and waiting."""
    fields: Fields[Queued] = _FIELDS
    return filter_list(queued, text, fields, lambda each: each.words)
