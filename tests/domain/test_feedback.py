"""Feedback: drawn from the decisions as they stand, and released only when a closing stands that it tells of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.feedback.feedback import Feedback, UnitFeedback, feedback_on_assignment, feedback_on_unit, release
from markterm.domain.record.bodies.criterion import write_passage
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Json, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import marking, verification
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision, declaration

POLICY = Policy()
COORDINATOR = Member("co", "Cory Vale", frozenset({Role.COORDINATOR}))
REFERRED = fold(
    [
        declaration(),
        decision("a", "1.1", note="Both are defined."),
        decision("b", "1.2", Result.REFER, note="How well did it work?"),
        decision("c", "2.1"),
    ]
)


def act(member: Member | None = ASSESSOR, uid: str = "new") -> Act:
    return Act(member, LEARNER, AT, uid)


def closed(portfolio: Portfolio = REFERRED, uid: str = "closing") -> Portfolio:
    return portfolio.with_event(marking.close(act(uid=uid), UNIT, portfolio, "Nearly there."))


def citation(uid: str, number: str, quote: str, attempt: int = 1) -> Event:
    body = {**write_passage(Passage("diary.md", "0" * 64, 3, 3, quote)), "attempt": attempt}
    return Event(uid, "cited", LEARNER, AT, "jm", "assessor", Subject(KEY, number), body)


def told(portfolio: Portfolio, unit: Unit = UNIT) -> UnitFeedback:
    return feedback_on_unit(unit, portfolio).units[0]


def quotes(portfolio: Portfolio, number: str) -> list[str]:
    return [p.quote for each in told(portfolio).remarks if each.criterion.number == number for p in each.passages]


def test_passes_are_strengths_and_referrals_what_is_missing_by_outcome() -> None:
    first, second = told(closed()).outcomes
    assert [(each.criterion.number, each.note) for each in first.strengths] == [("1.1", "Both are defined.")]
    assert [(each.criterion.number, each.note) for each in first.missing] == [("1.2", "How well did it work?")]
    assert ([each.criterion.number for each in second.strengths], second.missing) == (["2.1"], ())


def test_a_criterion_is_named_in_the_words_it_was_decided_in() -> None:
    reworded = replace(UNIT, outcomes=(LearningOutcome(1, "Explain", (Criterion("1.1", "Define both"),)),))
    assert told(REFERRED, reworded).remarks[0].wording == "Define coaching"


def test_what_is_open_or_in_conflict_is_waiting_and_neither_strength_nor_missing() -> None:
    unseen = REFERRED.with_event(decision("x", "1.1", Result.REFER, note="No.", actor="ak"))
    found = told(fold([unseen.units[KEY].criterion("1.1").events[0], decision("x", "1.1", actor="ak")]))
    assert found.waiting == ("1.1", "1.2", "2.1")
    assert told(unseen).waiting == ("1.1",)


def test_a_criterion_that_was_handed_in_again_waits_and_its_old_note_is_not_sent_again() -> None:
    body: dict[str, Json] = {"attempt": 2, "files": {"a.md": "1"}}
    again = closed().with_event(Event("s", "submitted", LEARNER, AT, "jm", "assessor", Subject(KEY), body))
    found = told(again)
    assert (found.attempt, found.closing, found.waiting) == (2, None, ("1.2",))


def test_each_remark_has_the_evidence_cited_at_the_attempt_of_its_decision() -> None:
    cited = closed(REFERRED.with_event(citation("q", "1.1", "first words")))
    assert quotes(cited.with_event(citation("r", "1.1", "second words", attempt=2)), "1.1") == ["first words"]
    assert quotes(closed(REFERRED.with_event(citation("r", "2.1", "second words", 2))), "2.1") == ["second words"]


OTHER = Unit("8580-503", "Another", outcomes=(LearningOutcome(1, "Do", (Criterion("1.1", "Do it"),)),))
BOTH = Assignment("8580-IA", "Both", units=("8580-501", "8580-503", "8580-777"))


def on_both(portfolio: Portfolio) -> Feedback:
    return feedback_on_assignment(BOTH, (UNIT, OTHER), portfolio, POLICY, LEARNER)


def test_feedback_on_an_assignment_tells_of_closed_units_and_says_which_follow() -> None:
    found = on_both(closed())
    assert (found.code, [each.unit.code for each in found.units]) == ("8580-IA", ["8580-501"])
    assert [(each.unit.code, each.held) for each in found.following] == [("8580-503", None)]


def test_a_unit_that_is_held_follows_later_than_the_rest_of_its_assignment() -> None:
    picked = closed()
    picked = picked.with_event(verification.sample(act(VERIFIER, "sample"), UNIT, picked, "routine"))
    held = {each.unit.code: each.held for each in on_both(picked).following}
    assert on_both(picked).units == ()
    assert held["8580-501"] is not None
    assert held["8580-503"] is None


def test_a_release_records_the_text_as_it_went_and_the_closing_it_tells_of() -> None:
    event = release(act(), POLICY, told(closed()), closed(), "# Feedback", "8580-IA")
    assert (event.kind, event.role, event.subject.unit, event.supersedes) == ("released", "assessor", KEY, ())
    assert event.body == {"attempt": 1, "text": "# Feedback", "rests_on": ["closing"], "assignment": "8580-IA"}
    (went,) = closed().with_event(event).unit(KEY).releases
    assert (went.text, went.closing, went.assignment, went.actor, went.at) == (
        "# Feedback",
        "closing",
        "8580-IA",
        "jm",
        AT,
    )


def test_a_second_release_of_an_attempt_replaces_the_first_which_stays_in_the_record() -> None:
    once = closed().with_event(release(act(uid="one"), POLICY, told(closed()), closed(), "first"))
    event = release(act(uid="two"), POLICY, told(once), once, "second")
    assert event.supersedes == ("one",)
    assert [each.text for each in once.with_event(event).unit(KEY).releases] == ["second"]


def test_a_release_does_not_count_for_a_later_closing() -> None:
    once = closed().with_event(release(act(uid="one"), POLICY, told(closed()), closed(), "first"))
    again = once.with_event(marking.reopen(act(uid="re"), UNIT, once, "2.1 again"))
    again = closed(again, "closed again")
    assert again.unit(KEY).after.released("closing") is not None
    assert again.unit(KEY).after.released("closed again") is None


def test_the_coordinator_may_release() -> None:
    assert release(act(COORDINATOR), POLICY, told(closed()), closed(), "text").role == "coordinator"


def _picked() -> Portfolio:
    return closed().with_event(verification.sample(act(VERIFIER, "s"), UNIT, closed(), "routine"))


def _anew() -> Portfolio:
    return closed(closed().with_event(marking.reopen(act(uid="re"), UNIT, closed(), "again")), "closed again")


REFUSALS: dict[str, tuple[Callable[[], Event], str, str | Hint]] = {
    "nobody": (
        lambda: release(act(None), POLICY, told(closed()), closed(), "text"),
        "Who is marking?",
        Hint(Way.SAY_WHO_ACTS),
    ),
    "a verifier": (
        lambda: release(act(VERIFIER), POLICY, told(closed()), closed(), "text"),
        "Not yours to release",
        "coordinator",
    ),
    "another unit's assessor": (
        lambda: release(act(replace(ASSESSOR, units=frozenset())), POLICY, told(closed()), closed(), "text"),
        "Not yours to release",
        "an assessor of the unit",
    ),
    "not closed": (
        lambda: release(act(), POLICY, told(REFERRED), REFERRED, "text"),
        "The unit is not closed",
        "Close it",
    ),
    "closed anew": (lambda: release(act(), POLICY, told(closed()), _anew(), "text"), "Closed anew since", "Read"),
    "changed since": (
        lambda: release(act(), POLICY, told(closed()), closed().with_event(decision("z", actor="ak")), "text"),
        "Changed since it was closed",
        "Reopen",
    ),
    "held": (
        lambda: release(act(), POLICY, told(_picked()), _picked(), "text"),
        "Held for verification",
        Hint(Way.VERIFY, learner=LEARNER, unit=UNIT.code),
    ),
    "no text": (lambda: release(act(), POLICY, told(closed()), closed(), " \n"), "There is no feedback", "Write"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_release_that_is_refused_says_what_to_do_next(case: str) -> None:
    verb, title, next_step = REFUSALS[case]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.title == title
    if isinstance(next_step, Hint):
        assert refused.value.hint == next_step
    else:
        assert next_step in refused.value.next_step
