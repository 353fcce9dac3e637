"""Attempts: what is handed in, declared and authorised, and what waits to be decided again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.record.bodies.handed_in import Declared, Submitted
from markterm.domain.record.event import Event, Kind, Result
from markterm.domain.record.outcome import outcome
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState
from markterm.domain.record.submission import Changes, changes
from markterm.domain.rules import marking, verification, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.attempt import attempts, declare, submit
from markterm.domain.rules.verification import verify
from markterm.domain.views.handed_in import handed_in
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER, decision, declaration

NOTHING = Portfolio()
FILES = {"log.docx": "1", "diary.md": "2"}
MORE = {**FILES, "log 2.docx": "3"}
SIGNED = Declared("signed sheet", date(2025, 3, 1))
ALL_PASSED = fold([declaration(), decision("a", "1.1"), decision("b", "1.2"), decision("c", "2.1")])
ONE_REFERRED = fold(
    [declaration(), decision("a", "1.1"), decision("b", "1.2", Result.REFER, note="No case."), decision("c", "2.1")]
)


def act(uid: str = "new", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def submitted(
    portfolio: Portfolio = NOTHING,
    attempt: int | None = None,
    files: Mapping[str, str] = FILES,
    uid: str = "sub",
    *,
    policy: Policy = Policy(),  # noqa: B008 - frozen, and the same for ever
    declared: Declared | None = None,
    by: Member | None = VERIFIER,
) -> Portfolio:
    return portfolio.with_event(submit(act(uid), UNIT, portfolio, files, policy, attempt, declared, by))


def closed(portfolio: Portfolio, uid: str = "closing") -> Portfolio:
    return portfolio.with_event(marking.close(act(uid), UNIT, portfolio, ""))


def state(portfolio: Portfolio, number: str) -> CriterionState:
    return portfolio.unit(KEY).criterion(number).state


REFERRED = closed(submitted(ONE_REFERRED))
RESUBMITTED = submitted(REFERRED, files=MORE, uid="again")


def test_a_submission_fixes_the_files_and_the_attempt() -> None:
    submission = submitted().unit(KEY).submission
    assert submission is not None
    assert (submission.attempt, submission.files, submission.actor) == (1, FILES, "jm")


def test_the_same_attempt_again_replaces_the_submission_and_keeps_it() -> None:
    portfolio = submitted(submitted(), uid="two")
    assert portfolio.unit(KEY).attempt == 1
    assert [event.supersedes for event in portfolio.unit(KEY).events] == [(), ("sub",)]
    assert len(portfolio.unit(KEY).submissions) == 2


def test_a_unit_closed_as_refer_is_handed_in_again_as_the_next_attempt() -> None:
    record = RESUBMITTED.unit(KEY)
    assert (record.attempt, record.closing) == (2, None)
    assert [closing.outcome for closing in record.closings] == [Result.REFER]
    assert record.submission is not None
    assert record.submission.authorised_by == VERIFIER.id
    assert record.events[-1].body["policy"] == {"attempts": 2, "authorised_by": "verifier"}


def test_a_closing_beside_another_is_told_until_the_unit_is_reopened() -> None:
    one, other = (marking.close(act(uid), UNIT, ALL_PASSED, f"By {uid}.") for uid in ("one", "other"))
    both = ALL_PASSED.with_event(one).with_event(other)
    (attempt,) = attempts(UNIT, both)
    assert attempt.closing is not None
    assert (attempt.closing.uid, [each.feedback for each in attempt.also_closed]) == ("other", ["By one."])
    again = both.with_event(marking.reopen(act("open"), UNIT, both, "Two summaries."))
    (attempt,) = attempts(UNIT, again)
    assert (attempt.also_closed, [each.reopened for each in again.unit(KEY).closings]) == ((), [True, True])
    (attempt,) = attempts(UNIT, closed(again))
    assert attempt.also_closed == ()


def test_what_was_referred_waits_again_and_what_was_passed_stands() -> None:
    assert [state(RESUBMITTED, number) for number in ("1.1", "1.2", "2.1")] == [
        CriterionState.PASS,
        CriterionState.RESUBMITTED,
        CriterionState.PASS,
    ]
    assert outcome(UNIT, RESUBMITTED.unit(KEY)) is CriterionState.RESUBMITTED
    with pytest.raises(Refused, match=r"1 of 3 criteria are resubmitted and not decided again \(1\.2\)"):
        closed(RESUBMITTED)


@pytest.mark.parametrize("result", list(Result))
def test_a_resubmitted_criterion_is_decided_at_the_new_attempt(result: Result) -> None:
    event = marking.decide(act("d"), UNIT, RESUBMITTED, "1.2", result, "Looked at again.")
    assert (event.body["attempt"], event.supersedes) == (2, ("b",))
    assert state(RESUBMITTED.with_event(event), "1.2").value == result.value


def test_the_events_of_a_resubmission_fold_to_the_same_one_by_one_and_at_once() -> None:
    record = RESUBMITTED.unit(KEY)
    of_criteria = [event for each in record.criteria.values() for event in each.events]
    assert fold([declaration(), *of_criteria, *record.events]).units == RESUBMITTED.units
    assert fold([*record.events, *of_criteria, declaration()]).units == RESUBMITTED.units


def test_a_change_of_the_policy_leaves_an_attempt_that_was_begun() -> None:
    stricter = Policy(attempts=1)
    again = submitted(RESUBMITTED, files={**MORE, "log 3.docx": "4"}, uid="more", policy=stricter, by=None)
    assert again.unit(KEY).attempt == 2


def test_who_authorised_an_attempt_stays_with_it_when_it_is_submitted_again() -> None:
    again = submitted(RESUBMITTED, files={**MORE, "log 3.docx": "4"}, uid="more", by=None).unit(KEY).submission
    assert again is not None
    assert (again.uid, again.authorised_by) == ("more", VERIFIER.id)


def test_whoever_had_not_seen_a_resubmission_neither_takes_the_attempt_back_nor_closes_it() -> None:
    """Their entries may come later in the record: they wrote more of them, or their clock is behind."""
    unseen = [
        submit(act("late"), UNIT, ONE_REFERRED, FILES, Policy(), 1),
        marking.close(act("late closing"), UNIT, submitted(ONE_REFERRED), ""),
    ]
    portfolio = fold([*REFERRED.unit(KEY).events, RESUBMITTED.unit(KEY).events[-1], *unseen])
    record = portfolio.unit(KEY)
    assert (record.attempt, record.closing) == (2, None)
    assert record.submission is not None
    assert record.submission.uid == "again"
    assert [each.uid for each in record.closings] == ["closing", "late closing"]


def test_an_attempt_that_no_centre_gives_is_told_like_any_other() -> None:
    far = replace(decision("far"), body={"result": "pass", "attempt": 10**30})
    assert [each.number for each in attempts(UNIT, RESUBMITTED.with_event(far))] == [1, 2, 10**30]


REFUSALS = {
    "no files": (lambda: submitted(files={}), "no evidence"),
    "a passed unit": (lambda: submitted(closed(ALL_PASSED), files=MORE), "closed as pass"),
    "an attempt while the last is marked": (lambda: submitted(ONE_REFERRED, 2), "is at attempt 1, which is not closed"),
    "an attempt skipped": (lambda: submitted(REFERRED, 3, MORE), "attempt 3 is not the next"),
    "the attempt that was referred": (lambda: submitted(REFERRED, 1, MORE), "was referred at attempt 1"),
    "no attempt": (lambda: submitted(attempt=0), "is at attempt 1"),
    "nothing changed": (lambda: submitted(REFERRED), "byte for byte, as at attempt 1"),
    "a third attempt where two are allowed": (
        lambda: submitted(closed(decided_again(), "c2"), files={"x": "1"}),
        "the centre allows 2",
    ),
    "nothing changed, though something was when it was submitted first": (
        lambda: submitted(RESUBMITTED, uid="back"),
        "byte for byte, as at attempt 1",
    ),
    "nobody authorised it": (lambda: submitted(REFERRED, files=MORE, by=None), "Jo Marsh \\(jm\\) is no verifier"),
    "somebody without the role": (lambda: submitted(REFERRED, files=MORE, by=ASSESSOR), "is no verifier"),
    "a declaration without its form": (lambda: submitted(declared=Declared(" ")), "with how it was given"),
    "nobody acts": (lambda: submit(act(member=None), UNIT, NOTHING, FILES, Policy()), "nobody was named"),
}


def decided_again() -> Portfolio:
    event = marking.decide(act("d"), UNIT, RESUBMITTED, "1.2", Result.REFER, "Still no case.")
    return declared_for(RESUBMITTED.with_event(event))


def declared_for(portfolio: Portfolio) -> Portfolio:
    return portfolio.with_event(declare(act("dec"), SIGNED, UNIT, portfolio))


@pytest.mark.parametrize(("verb", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_is_refused_says_why(verb: object, words: str) -> None:
    assert callable(verb)
    with pytest.raises(Refused, match=words):
        verb()


def test_the_centre_says_how_many_attempts_there_are_and_who_authorises() -> None:
    third = submitted(
        closed(decided_again(), "c2"),
        files={"x": "1"},
        uid="third",
        policy=Policy(3, Role.ASSESSOR, feedback_waits_for_verification=False),
        by=None,
    )
    assert third.unit(KEY).attempt == 3


def test_a_first_submission_may_be_a_later_attempt_of_work_that_was_marked_elsewhere() -> None:
    assert submitted(attempt=2).unit(KEY).attempt == 2


# Declarations


def test_a_declaration_records_how_and_when_it_was_given() -> None:
    event = declare(act(member=VERIFIER), Declared("e-mail", date(2025, 3, 2), refuses_use=True))
    assert (event.kind, event.role, event.subject.unit) == ("declared", "verifier", None)
    assert event.body == {"form": "e-mail", "refuses_use": True, "on": "2025-03-02"}
    made = fold([event]).declaration
    assert made is not None
    assert (made.form, made.on, made.refuses_use) == ("e-mail", date(2025, 3, 2), True)


def test_a_declaration_needs_its_form_and_somebody_who_received_it() -> None:
    with pytest.raises(Refused, match="how it was given"):
        declare(act(), Declared(" "))
    with pytest.raises(Refused, match="nobody was named"):
        declare(act(member=None), SIGNED)


def test_a_declaration_of_the_portfolio_covers_first_attempts_only() -> None:
    assert REFERRED.declared(KEY) is not None
    assert RESUBMITTED.declared(KEY) is None
    passed = marking.decide(act("d"), UNIT, RESUBMITTED, "1.2", Result.PASS, "")
    with pytest.raises(Refused, match="nobody recorded that the learner declared attempt 2"):
        closed(RESUBMITTED.with_event(passed))


def test_a_declaration_after_a_referral_is_for_the_next_attempt() -> None:
    ahead = declared_for(REFERRED)
    assert ahead.unit(KEY).declarations[-1].attempt == 2
    assert submitted(ahead, files=MORE, uid="again").declared(KEY) is not None


def test_a_referral_that_waits_for_its_verification_is_not_handed_in_again() -> None:
    picked = REFERRED.with_event(verification.sample(act("picked", VERIFIER), UNIT, REFERRED, "the first one"))
    with pytest.raises(Refused, match=r"Attempt 2 .* was not begun\. .* waits for verification"):
        submitted(picked, files=MORE)
    assert submitted(picked, files=MORE, policy=Policy(feedback_waits_for_verification=False)).unit(KEY).attempt == 2
    agreed = picked.with_event(verification.verify(act("agreed", VERIFIER), UNIT, picked, Said(True)))
    assert submitted(agreed, files=MORE).unit(KEY).attempt == 2


def test_an_attempt_is_declared_with_its_submission_or_by_itself() -> None:
    together = submitted(REFERRED, files=MORE, uid="again", declared=SIGNED).declared(KEY)
    later = declared_for(RESUBMITTED).declared(KEY)
    for each in (together, later):
        assert each is not None
        assert (each.attempt, each.form, each.on) == (2, "signed sheet", date(2025, 3, 1))


def test_a_declaration_without_a_day_that_can_be_read_has_none() -> None:
    event = declare(act(), SIGNED)
    broken = replace(event, body={**event.body, "on": "yesterday"})
    made = fold([broken]).declaration
    assert made is not None
    assert made.on is None


@given(st.lists(st.sampled_from([declaration("d1"), *submitted().unit(KEY).events, *RESUBMITTED.unit(KEY).events])))
def test_any_order_of_events_folds(events: list[Event]) -> None:
    assert fold(events).unit(KEY).attempt in (1, 2)


# Files


def test_files_are_added_changed_removed_and_renamed() -> None:
    now = {"log.docx": "other", "new.md": "9", "my diary.md": "2"}
    found = changes({**FILES, "gone.md": "7"}, now)
    assert found == Changes(("new.md",), ("log.docx",), ("gone.md",), (("diary.md", "my diary.md"),))
    assert str(found) == "1 added, 1 changed, 1 removed, 1 renamed"
    assert [found.of(name) for name in now] == ["changed", "added", "renamed"]


def test_a_file_that_holds_files_is_unchanged_whatever_a_newer_version_lists_of_it() -> None:
    before = {"a.zip": "1", "a.zip/plan.docx": "2", "a.zip/x.txt": "3", "b.eml": "4", "b.eml/a.txt": "5"}
    now = {"c.zip": "1", "c.zip/Unit 501/plan.docx": "2", "c.zip/Unit 501/plan.docx/Book.xlsx": "6", "b.eml": "7"}
    found = changes(before, now)
    assert list(found.lines()) == ["changed b.eml", "removed b.eml/a.txt", "renamed a.zip to c.zip"]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123")))
def test_nothing_changed_when_the_files_are_the_same(files: dict[str, str]) -> None:
    assert not changes(files, files)


@given(*[st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("123"))] * 2)
def test_every_file_is_told_of_once(before: dict[str, str], now: dict[str, str]) -> None:
    found = changes(before, now)
    old, new = [name for name, _ in found.renamed], [name for _, name in found.renamed]
    assert sorted([*found.removed, *old]) == sorted(before.keys() - now.keys())
    assert sorted([*found.added, *new]) == sorted(now.keys() - before.keys())
    assert set(found.changed) == {name for name in before.keys() & now.keys() if before[name] != now[name]}


def test_file_names_say_unit_and_attempt() -> None:
    files = {
        "R Jones-JON2041-012345-501(2).docx": "1",
        "R Jones-JON2041-012345-503(1).docx": "2",
        "diary.md": "3",
    }
    chosen, attempt = handed_in(files, "8580-501")
    assert (sorted(chosen), attempt) == (["R Jones-JON2041-012345-501(2).docx", "diary.md"], 2)
    assert handed_in({"diary.md": "3"}, "8580-501") == ({"diary.md": "3"}, None)


def test_the_referral_of_an_earlier_attempt_is_not_withdrawn() -> None:
    assert state(RESUBMITTED, "1.2") == "resubmitted"
    with pytest.raises(Refused, match="Decided at an earlier attempt"):
        withdrawal.withdraw(act(), UNIT, RESUBMITTED, "1.2", "slip")
    seen_before = REFERRED.unit(KEY).criterion("1.2")
    with pytest.raises(Refused, match="Decided at an earlier attempt"):
        withdrawal.withdraw(act(), UNIT, RESUBMITTED, "1.2", "slip", seen_before)


def test_withdrawing_this_attempts_decision_makes_the_referral_wait_again() -> None:
    event = marking.decide(act("d"), UNIT, RESUBMITTED, "1.2", Result.PASS, "")
    passed = RESUBMITTED.with_event(event)
    withdrawn = passed.with_event(withdrawal.withdraw(act("w"), UNIT, passed, "1.2", "slip"))
    assert (state(passed, "1.2"), state(withdrawn, "1.2")) == (CriterionState.PASS, CriterionState.RESUBMITTED)


def test_a_declaration_for_attempt_1_does_not_cover_attempt_2() -> None:
    at_first = submitted(
        fold([decision("a"), decision("b", "1.2", Result.REFER, note="No."), decision("c", "2.1")]), declared=SIGNED
    )
    first = at_first.declared(KEY)
    assert first is not None
    again = submitted(closed(at_first), files=MORE, uid="again")
    assert again.unit(KEY).attempt == 2
    assert again.declared(KEY) is None
    passed = again.with_event(marking.decide(act("d"), UNIT, again, "1.2", Result.PASS, ""))
    with pytest.raises(Refused, match="declar"):
        closed(passed, "second")
    declared = submitted(closed(at_first), files=MORE, uid="again", declared=Declared("e-mail", date(2025, 3, 3)))
    covering = declared.declared(KEY)
    assert covering is not None
    assert (covering.attempt, covering.form) == (2, "e-mail")
    # Back at what was declared for the first attempt, nothing changed.
    assert [each.attempt for each in declared.unit(KEY).declarations] == [1, 2]


def test_a_declaration_for_the_whole_portfolio_covers_first_attempts_alone() -> None:
    assert ONE_REFERRED.declared(KEY) is not None
    assert RESUBMITTED.declared(KEY) is None


@pytest.mark.parametrize(("attempt", "always"), [(1, False), (2, True), (3, True), (4, True)])
def test_every_attempt_from_the_second_on_is_always_sampled(attempt: int, always: bool) -> None:
    portfolio = ONE_REFERRED
    for number in range(1, attempt + 1):
        portfolio = submitted(
            portfolio,
            files={**FILES, f"log {number}.docx": str(number)},
            uid=f"s{number}",
            policy=Policy(attempts=9),
            declared=SIGNED,
        )
        if number > 1:
            again = marking.decide(act(f"d{number}"), UNIT, portfolio, "1.2", Result.REFER, "Still no case.")
            portfolio = portfolio.with_event(again)
        portfolio = closed(portfolio, f"c{number}")
        if 1 < number < attempt:
            agreed = verify(act(f"v{number}", VERIFIER), UNIT, portfolio, Said(True))
            portfolio = portfolio.with_event(agreed)
    record = portfolio.unit(KEY)
    assert record.attempt == attempt
    assert attempts(UNIT, portfolio)[-1].always_sampled is always
    assert record.is_sampled is record.awaits_verification is always
    if always:
        assert verify(act("v", VERIFIER), UNIT, portfolio, Said(True)).kind == "verified"
    else:
        with pytest.raises(Refused):
            verify(act("v", VERIFIER), UNIT, portfolio, Said(True))


def test_each_condition_of_a_resubmission_is_said_to_be_met_and_is_recorded_with_it() -> None:
    policy = Policy(resubmission_conditions=("The first day was kept.", "It is their own work."))

    def again(*met: int) -> Submitted:
        event = submit(act("again"), UNIT, REFERRED, MORE, policy, None, None, VERIFIER, met=met)
        return Submitted.read(event.body)

    for met, left in (((), "1 The first day was kept.; 2 It is their own work."), ((1,), "2 It is their own work.")):
        with pytest.raises(Refused) as refused:
            again(*met)
        assert refused.value.what.endswith(f"Nobody said that this is so: {left}")
    with pytest.raises(WrongUse, match="No such condition"):
        again(1, 2, 3)
    said = again(2, 1)
    assert said.policy is not None
    assert said.policy.conditions == policy.resubmission_conditions
    # The first attempt needs nobody's leave.
    assert submit(act(), UNIT, NOTHING, FILES, policy).kind == Kind.SUBMITTED
