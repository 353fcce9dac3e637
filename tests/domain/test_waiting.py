"""Whom a unit waits for, in every state of the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise

import pytest

from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.views.due import Due, Person, Step, in_turn
from markterm.domain.views.waiting import NOTHING_SPECIAL, Circumstances, steps_due, to_claim
from tests.samples import AT, KEY, LEARNER, UNIT

A, L, V, C = Person.ASSESSOR, Person.LEARNER, Person.VERIFIER, Person.COORDINATOR
ALL = ("1.1", "1.2", "2.1")
DAY = timedelta(days=1)
FREE = Policy(feedback_waits_for_verification=False)


@dataclass
class Way:
    """What happens to a unit, a day after the other."""

    events: list[Event] = field(default_factory=list)

    def add(self, kind: Kind, body: dict[str, Json], criterion: str | None = None, replaces: Iterable[str] = ()) -> Way:
        uid, at = f"e{len(self.events)}", AT + len(self.events) * DAY
        subject = Subject(KEY, criterion)
        self.events.append(Event(uid, kind.value, LEARNER, at, "jm", "assessor", subject, body, tuple(replaces)))
        return self

    def submit(self, attempt: int = 1, *, declared: bool = True) -> Way:
        given: dict[str, Json] = {"declaration": {"form": "e-mail"}} if declared else {}
        return self.add(Kind.SUBMITTED, {"attempt": attempt, "files": {"a.md": str(attempt)}, **given})

    def declare(self, attempt: int = 1) -> Way:
        return self.add(Kind.DECLARED, {"attempt": attempt, "form": "e-mail"})

    def decide(self, *numbers: str, refer: str = "", attempt: int = 1, training: bool = False) -> Way:
        for number in numbers:
            result = Result.REFER if number == refer else Result.PASS
            stands = [d.uid for d in self.portfolio.unit(KEY).criterion(number).standing]
            more: dict[str, Json] = {"training": True} if training else {}
            self.add(Kind.DECIDED, {"result": result.value, "note": "n", "attempt": attempt, **more}, number, stands)
        return self

    def clash(self, number: str) -> Way:
        """A decision of somebody who had not seen what stands."""
        return self.add(Kind.DECIDED, {"result": "refer", "note": "n", "attempt": 1}, number)

    def withdraw(self, number: str) -> Way:
        stands = [d.uid for d in self.portfolio.unit(KEY).criterion(number).standing]
        return self.add(Kind.WITHDRAWN, {"reason": "wrong row"}, number, stands)

    def countersign(self, number: str) -> Way:
        (decision,) = self.portfolio.unit(KEY).criterion(number).standing
        return self.add(Kind.COUNTERSIGNED, {"decision": decision.uid, "note": ""}, number)

    def close(self) -> Way:
        record = self.portfolio.unit(KEY)
        standing = [d for each in record.criteria.values() for d in each.standing]
        result = Result.REFER if any(d.result is Result.REFER for d in standing) else Result.PASS
        rests_on: list[Json] = [d.uid for d in standing]
        body: dict[str, Json] = {"outcome": result.value, "attempt": record.attempt, "rests_on": rests_on}
        return self.add(Kind.CLOSED, body)

    def reopen(self) -> Way:
        return self.add(Kind.REOPENED, {"reason": "again"})

    def sample(self) -> Way:
        return self.add(Kind.SAMPLED, {"attempt": self.portfolio.unit(KEY).attempt, "why": "routine"})

    def verify(self, agrees: bool = True) -> Way:
        return self.add(Kind.VERIFIED, {"attempt": 1, "agrees": agrees, "reason": "r", "rests_on": [self._closing]})

    def release(self) -> Way:
        return self.add(Kind.RELEASED, {"attempt": 1, "text": "t", "rests_on": [self._closing]})

    @property
    def _closing(self) -> str:
        return next(event.uid for event in reversed(self.events) if event.kind == Kind.CLOSED)

    @property
    def portfolio(self) -> Portfolio:
        return fold(self.events)


def decided() -> Way:
    return Way().submit().decide(*ALL)


def referred() -> Way:
    return Way().submit().decide(*ALL, refer="2.1").close()


def again() -> Way:
    """Handed in again after a referral that went out, and decided."""
    return referred().release().submit(2).decide("2.1", attempt=2)


NOBODY: tuple[tuple[Step, Person], ...] = ()

STATES: dict[str, tuple[Callable[[], Way], tuple[tuple[Step, Person], ...]]] = {
    "nothing happened, and there are files": (Way, ((Step.MARK, A), (Step.SUBMIT, L))),
    "handed in": (lambda: Way().submit(), ((Step.MARK, A),)),
    "handed in, not declared": (lambda: Way().submit(declared=False), ((Step.MARK, A), (Step.SUBMIT, L))),
    "declared, not handed in": (lambda: Way().declare(), ((Step.MARK, A), (Step.SUBMIT, L))),
    "being marked": (lambda: Way().submit().decide("1.1"), ((Step.MARK, A),)),
    "marked in training": (
        lambda: Way().submit().decide("1.1", training=True),
        ((Step.MARK, A), (Step.COUNTERSIGN, A)),
    ),
    "all decided in training": (lambda: Way().submit().decide(*ALL, training=True), ((Step.COUNTERSIGN, A),)),
    "countersigned": (
        lambda: Way().submit().decide("1.1", training=True).decide("1.2", "2.1").countersign("1.1"),
        ((Step.CLOSE, A),),
    ),
    "in conflict": (lambda: decided().clash("1.1"), ((Step.SETTLE, A),)),
    "in conflict and to be marked": (
        lambda: Way().submit().decide("1.1").clash("1.1"),
        ((Step.MARK, A), (Step.SETTLE, A)),
    ),
    "all decided": (decided, ((Step.CLOSE, A),)),
    "all decided, not handed in": (lambda: Way().declare().decide(*ALL), ((Step.CLOSE, A), (Step.SUBMIT, L))),
    "decided at an attempt that was not handed in here": (
        lambda: Way().submit().decide(*ALL, attempt=2).declare(2),
        ((Step.CLOSE, A), (Step.SUBMIT, L)),
    ),
    "closed as a pass": (lambda: decided().close(), ((Step.RELEASE, A),)),
    "passed and told": (lambda: decided().close().release(), NOBODY),
    "passed, sampled": (lambda: decided().close().sample(), ((Step.VERIFY, V),)),
    "sampled before it was closed": (lambda: decided().sample().close(), ((Step.VERIFY, V),)),
    "sampled and still open": (lambda: decided().sample(), ((Step.CLOSE, A),)),
    "passed, verified": (lambda: decided().close().sample().verify(), ((Step.RELEASE, A),)),
    "passed, verified and told": (lambda: decided().close().sample().verify().release(), NOBODY),
    "told, then sampled": (lambda: decided().close().release().sample(), ((Step.VERIFY, V),)),
    "the verifier does not agree": (lambda: decided().close().sample().verify(agrees=False), ((Step.SETTLE, A),)),
    "reopened after that": (lambda: decided().close().sample().verify(agrees=False).reopen(), ((Step.CLOSE, A),)),
    "told, then reopened and closed anew": (lambda: decided().close().release().reopen().close(), ((Step.RELEASE, A),)),
    "closed, and decided since": (lambda: decided().close().decide("1.1"), ((Step.SETTLE, A),)),
    "told, and decided since": (lambda: decided().close().release().clash("1.1"), ((Step.SETTLE, A),)),
    "referred": (referred, ((Step.RELEASE, A),)),
    "referred, sampled": (lambda: referred().sample(), ((Step.VERIFY, V),)),
    "referred and told": (lambda: referred().release(), ((Step.RESUBMIT, L),)),
    "handed in again": (lambda: referred().release().submit(2), ((Step.MARK, A),)),
    "handed in again, not declared": (
        lambda: referred().release().submit(2, declared=False),
        ((Step.MARK, A), (Step.SUBMIT, L)),
    ),
    "decided again": (again, ((Step.CLOSE, A),)),
    "a resubmission is always verified": (lambda: again().close(), ((Step.VERIFY, V),)),
    "a verified resubmission": (lambda: again().close().verify(), ((Step.RELEASE, A),)),
    "a resubmission that is referred again": (
        lambda: referred().release().submit(2).decide("2.1", refer="2.1", attempt=2).close().verify().release(),
        ((Step.RESUBMIT, C),),
    ),
}


def due(way: Way, policy: Policy = Policy(), around: Circumstances = NOTHING_SPECIAL) -> tuple[Due, ...]:  # noqa: B008 - frozen
    return steps_due(UNIT, way.portfolio, policy, around)


def who(*args: object, **named: object) -> tuple[tuple[Step, Person], ...]:
    return tuple((each.step, each.person) for each in due(*args, **named))  # type: ignore[arg-type]  # as `due` takes


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_way_waits_for_whoever_takes_the_next_step(state: str) -> None:
    way, expected = STATES[state]
    assert sorted(who(way())) == sorted(expected)


@pytest.mark.parametrize("state", STATES)
def test_a_record_that_is_incomplete_waits_for_the_coordinator_and_for_nothing_that_rests_on_the_whole_of_it(
    state: str,
) -> None:
    way, expected = STATES[state]
    left = {Step.SUBMIT, Step.MARK, Step.COUNTERSIGN, Step.SETTLE}
    found = who(way(), Policy(), Circumstances(incomplete=True))
    assert sorted(found) == sorted([(Step.MEND, C), *(each for each in expected if each[0] in left)])


def test_without_files_and_without_anything_recorded_only_the_learner_is_waited_for() -> None:
    nothing = Circumstances(has_evidence=False)
    assert who(Way(), Policy(), nothing) == ((Step.SUBMIT, L),)
    assert who(Way().declare(), Policy(), nothing) == ((Step.SUBMIT, L),)
    assert (Step.MARK, A) in who(Way().decide("1.1"), Policy(), nothing)
    assert (Step.MARK, A) in who(Way().submit(), Policy(), nothing)


def test_where_feedback_does_not_wait_for_verification_it_goes_beside_it() -> None:
    assert who(decided().close().sample(), FREE) == ((Step.RELEASE, A), (Step.VERIFY, V))
    assert who(referred().sample().release(), FREE) == ((Step.VERIFY, V), (Step.RESUBMIT, L))
    assert who(decided().close().sample().verify(agrees=False), FREE) == ((Step.SETTLE, A),)


def test_two_verifiers_who_answered_differently_wait_for_a_verifier_who_settles_it() -> None:
    assert who(decided().close().sample().verify().verify(agrees=False)) == ((Step.VERIFY, V),)


def test_decisions_that_do_not_fit_the_sheet_are_settled_before_the_unit_is_closed_or_told_of() -> None:
    stale = Circumstances(stale=1)
    assert who(decided(), Policy(), stale) == ((Step.SETTLE, A),)
    assert who(decided().close(), Policy(), stale) == ((Step.SETTLE, A),)
    assert who(decided().close().release(), Policy(), stale) == ((Step.SETTLE, A),)
    assert set(who(Way().submit().decide("1.1"), Policy(), stale)) == {(Step.SETTLE, A), (Step.MARK, A)}


def test_without_its_sheet_a_unit_waits_for_the_coordinator_and_is_not_marked_or_closed() -> None:
    def without_sheet(way: Way) -> tuple[tuple[Step, Person], ...]:
        unit = replace(UNIT, outcomes=(), no_sheet="its sheet is gone")
        return tuple(
            (each.step, each.person) for each in steps_due(unit, way.portfolio, Policy(), Circumstances(True, 1))
        )

    assert without_sheet(Way().submit()) == ((Step.MEND, C),)
    assert without_sheet(Way()) == ((Step.MEND, C), (Step.SUBMIT, L))
    assert without_sheet(decided().close()) == ((Step.SETTLE, A),)


def test_on_a_sheet_that_has_errors_nothing_is_marked_or_closed_before_it_is_mended() -> None:
    faulty = replace(UNIT, faulty=True)
    for way in (Way().submit(), Way().submit().decide("1.1"), decided()):
        due = steps_due(faulty, way.portfolio, Policy())
        assert {each.step for each in due} - {Step.SUBMIT} == {Step.MEND}


def test_the_policy_says_whether_the_learner_or_the_coordinator_is_next_after_a_referral() -> None:
    assert who(referred().release(), Policy(attempts=1)) == ((Step.RESUBMIT, C),)
    assert who(referred().release(), Policy(attempts=2)) == ((Step.RESUBMIT, L),)


SINCE: dict[str, tuple[Callable[[], Way], Step, int | None]] = {
    "to mark since it was handed in": (lambda: Way().declare().submit().decide("1.1"), Step.MARK, 1),
    "to mark since it was reopened": (lambda: decided().close().reopen().withdraw("1.1"), Step.MARK, 5),
    "to mark, never handed in, since the first mark": (lambda: Way().declare().decide("1.1"), Step.MARK, 1),
    "to mark, of which nothing was recorded": (Way, Step.MARK, None),
    "to declare since it was handed in": (lambda: Way().submit(declared=False), Step.SUBMIT, 0),
    "to close since the last decision": (decided, Step.CLOSE, 3),
    "to verify since it was closed": (lambda: decided().sample().close(), Step.VERIFY, 5),
    "to verify since it was picked": (lambda: decided().close().sample(), Step.VERIFY, 5),
    "to release since it was closed": (lambda: decided().close(), Step.RELEASE, 4),
    "to release since it was verified": (lambda: decided().close().sample().verify(), Step.RELEASE, 6),
    "to hand in again since the learner was told": (lambda: referred().release(), Step.RESUBMIT, 5),
    "to settle since the verifier answered": (
        lambda: decided().close().sample().verify(agrees=False),
        Step.SETTLE,
        6,
    ),
    "to settle since it was decided after the closing": (lambda: decided().close().decide("1.1"), Step.SETTLE, 5),
    "to countersign since the first that waits": (
        lambda: Way().decide("1.1", "1.2", training=True),
        Step.COUNTERSIGN,
        0,
    ),
}


@pytest.mark.parametrize("case", SINCE)
def test_a_step_is_due_since_the_event_that_began_it(case: str) -> None:
    way, step, day = SINCE[case]
    (found,) = [each for each in due(way()) if each.step is step]
    assert found.since == (AT + day * DAY if day is not None else None)


def test_what_waits_longest_comes_first_and_what_has_no_beginning_last() -> None:
    steps = [Due(Step.SUBMIT, L), Due(Step.CLOSE, A, AT + DAY), Due(Step.MARK, A), Due(Step.RELEASE, A, AT)]
    assert [each.step for each in in_turn(steps)] == [Step.RELEASE, Step.CLOSE, Step.MARK, Step.SUBMIT]
    known = [each.since for each in due(Way().submit(declared=False).decide("1.1", training=True))]
    assert all(one is not None and other is not None and one <= other for one, other in pairwise(known))


def test_a_qualification_is_claimed_when_all_that_counts_is_told_and_waits_for_nobody() -> None:
    told = decided().close().release()
    last = told.events[-1].at
    assert to_claim("Q", [UNIT.code], {UNIT.code: ()}, told.portfolio) == Due(Step.CLAIM, C, last)
    assert to_claim("Q", [UNIT.code], {UNIT.code: due(decided().close())}, told.portfolio) is None
    assert to_claim("Q", [UNIT.code, "8580-502"], {UNIT.code: ()}, told.portfolio) is None, "of a unit nothing is known"
    away = Left(LeftStep.LEFT, AT.date(), "Moved away.").write()
    gone = told.portfolio.with_event(Event("left", Kind.LEFT.value, LEARNER, AT, "cc", "coordinator", body=away))
    assert to_claim("Q", [UNIT.code], {UNIT.code: ()}, gone) is None, "a claim is blocked for who left"
    assert to_claim("Q", [], {}, told.portfolio) is None


def test_a_step_is_said_with_the_person_who_takes_it() -> None:
    assert str(Due(Step.RELEASE, A)) == "assessor to release"
    assert str(Due(Step.RESUBMIT, C, AT)) == "coordinator to resubmit"


def test_what_a_brief_holds_waits_for_its_verifier_and_the_rest_for_the_assessor() -> None:
    def due(way: Way, *numbers: str) -> list[tuple[Step, Person]]:
        held = Circumstances(held=frozenset({*(Cell(UNIT.code, number) for number in numbers), Cell("other", "1.2")}))
        return [(each.step, each.person) for each in steps_due(UNIT, way.portfolio, FREE, held)]

    assert due(Way().submit(), "1.1") == [(Step.VERIFY_BRIEF, V), (Step.MARK, A)]
    assert due(Way().submit(), *ALL) == [(Step.VERIFY_BRIEF, V)]
    # What is decided already waits for no brief.
    assert due(decided(), *ALL) == [(Step.CLOSE, A)]
