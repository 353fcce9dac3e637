"""Deciding what is decided already: what is written, what is refused, and whose the note is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.record.citation import Passage
from markterm.domain.record.decision import Decision, Occasion
from markterm.domain.record.event import Event, Json, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.states import CriterionState
from markterm.domain.rules import citing, conflict, marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.attempt import attempts, submit
from markterm.domain.rules.decided_before import NothingNew, OthersNote, SomebodysNote
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

OTHER = SECOND_ASSESSOR
NOTED = fold([decision("a", note="Boils well.")])
BARE = fold([decision("a")])
REFERRED = fold([decision("a", result=Result.REFER, note="No model named.")])


def act(uid: str = "new", member: Member | None = ASSESSOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def decide(
    portfolio: Portfolio,
    result: Result = Result.PASS,
    note: str = "",
    member: Member = ASSESSOR,
    others_note: OthersNote | None = None,
) -> Event:
    return marking.decide(act(member=member), UNIT, portfolio, "1.1", result, note, others_note=others_note)


def standing(portfolio: Portfolio) -> Decision:
    found = portfolio.unit(KEY).criterion("1.1").decision
    assert found is not None
    return found


# What changes nothing is not written


@pytest.mark.parametrize("portfolio", [BARE, NOTED, REFERRED], ids=["bare", "noted", "referred"])
@pytest.mark.parametrize("note", ["", "the note that stands"])
def test_the_same_decision_by_the_same_member_is_not_written_again(portfolio: Portfolio, note: str) -> None:
    now = standing(portfolio)
    with pytest.raises(NothingNew) as caught:
        decide(portfolio, now.result, f" {now.note}\n" if note else "")
    assert (caught.value.uid, caught.value.exit_code) == ("a", 0)


def test_another_note_or_none_is_something_new() -> None:
    assert decide(NOTED, note="Boils very well.").body["note"] == "Boils very well."
    assert decide(NOTED, others_note=OthersNote.DROP).body["note"] == ""


def test_what_was_cited_since_is_something_new() -> None:
    passage = Passage("log.docx", "f" * 64, 1, 2, "words")
    cited = NOTED.with_event(citing.cite(act("c"), UNIT, NOTED, "1.1", passage))
    event = decide(cited)
    assert (event.body["citations"], event.body["note"]) == (["c"], "Boils well.")
    with pytest.raises(NothingNew):
        decide(cited.with_event(event))


def test_other_descriptors_are_something_new() -> None:
    def beside(*texts: str) -> Unit:
        descriptors = tuple(Descriptor(Standing.PASS, text) for text in texts)
        criterion = Criterion("1.1", "Define coaching", descriptors)
        return replace(UNIT, outcomes=(LearningOutcome(1, "", (criterion,)),))

    first = marking.decide(act("d"), beside("a model"), Portfolio(), "1.1", Result.PASS, "")
    portfolio = Portfolio().with_event(first)
    with pytest.raises(NothingNew):
        marking.decide(act(), beside("a model"), portfolio, "1.1", Result.PASS, "")
    assert marking.decide(act(), beside("two models"), portfolio, "1.1", Result.PASS, "").kind == "decided"
    with pytest.raises(NothingNew):
        marking.decide(act(), beside("two models"), BARE, "1.1", Result.PASS, "")  # Not recorded, so nobody knows.


def test_another_task_is_nothing_new_because_it_is_one_decision() -> None:
    with pytest.raises(NothingNew):
        marking.decide(act(), UNIT, BARE, "1.1", Result.PASS, "", occasion=Occasion("8580-IA", 2))


def test_whoever_is_approved_since_decides_anew_what_they_decided_in_training() -> None:
    trainee = replace(ASSESSOR, units=frozenset(), training=frozenset({"8580-501"}))
    portfolio = Portfolio().with_event(decide(Portfolio(), member=trainee))
    with pytest.raises(NothingNew):
        decide(portfolio, member=trainee)
    assert "training" not in decide(portfolio).body


def test_the_same_marks_are_nothing_new_and_other_marks_are() -> None:
    scaled = replace(UNIT, outcomes=(LearningOutcome(1, "", (Criterion("1.1", "Define", marks=Marks(20, 10)),)),))
    portfolio = Portfolio().with_event(marking.decide_by_marks(act("m"), scaled, Portfolio(), "1.1", 12, "Fair."))
    with pytest.raises(NothingNew):
        marking.decide_by_marks(act(), scaled, portfolio, "1.1", 12, "")
    with pytest.raises(NothingNew):
        marking.decide(act(), scaled, portfolio, "1.1", Result.PASS, "")
    better = marking.decide_by_marks(act(), scaled, portfolio, "1.1", 14, "")
    assert (better.body["marks"], better.body["note"]) == (14, "Fair.")


# Nobody's note becomes another's words, and none goes unasked


@pytest.mark.parametrize("portfolio", [NOTED, REFERRED], ids=["pass", "refer"])
def test_what_becomes_of_a_colleagues_note_has_to_be_said(portfolio: Portfolio) -> None:
    with pytest.raises(SomebodysNote, match="a note by jm") as caught:
        decide(portfolio, standing(portfolio).result, member=OTHER)
    assert (caught.value.authors, caught.value.standing.uid) == (("jm",), "a")


def test_a_colleagues_note_that_is_kept_stays_theirs() -> None:
    event = decide(NOTED, member=OTHER, others_note=OthersNote.KEEP)
    assert (event.actor, event.body["note"], event.body["note_by"]) == ("ak", "Boils well.", ["jm"])
    after = standing(NOTED.with_event(event))
    assert (after.actor, after.written_by) == ("ak", ("jm",))
    third = replace(OTHER, id="third")
    again = decide(NOTED.with_event(event), member=third, others_note=OthersNote.KEEP)
    assert again.body["note_by"] == ["jm"], "through any number of hands"


def test_a_note_that_comes_back_to_whoever_wrote_it_is_theirs_alone() -> None:
    kept = NOTED.with_event(decide(NOTED, member=OTHER, others_note=OthersNote.KEEP))
    event = decide(kept)
    assert (event.body["note"], event.body.get("note_by")) == ("Boils well.", None)


def test_a_colleagues_note_that_is_copied_is_still_theirs() -> None:
    assert decide(NOTED, note="Boils well. ", member=OTHER).body["note_by"] == ["jm"]


def test_a_note_of_ones_own_takes_the_place_of_a_colleagues() -> None:
    event = decide(NOTED, note="Seen it boil.", member=OTHER)
    assert (event.body["note"], event.body.get("note_by")) == ("Seen it boil.", None)


def test_a_colleagues_note_goes_only_when_that_is_said() -> None:
    event = decide(NOTED, member=OTHER, others_note=OthersNote.DROP)
    assert (event.body["note"], event.body.get("note_by")) == ("", None)
    with pytest.raises(Refused, match="A referral needs a note"):
        decide(REFERRED, Result.REFER, member=OTHER, others_note=OthersNote.DROP)


def test_a_pass_without_a_note_may_be_made_ones_own() -> None:
    assert decide(BARE, member=OTHER).supersedes == ("a",)


def test_another_result_takes_no_note_along() -> None:
    assert decide(REFERRED, member=OTHER).body["note"] == ""
    with pytest.raises(Refused, match="A referral needs a note"):
        decide(NOTED, Result.REFER)


def test_note_by_of_another_kind_is_nobody() -> None:
    odd = decision("a", note="x")
    said: list[Json] = [None, "jm", 7, {"a": 1}, [3]]
    for each in said:
        portfolio = fold([replace(odd, body={**odd.body, "note_by": each})])
        assert standing(portfolio).written_by == ("jm",)


# What an earlier attempt passed

DONE = fold(
    [declaration(), decision("a", "1.1"), decision("b", "1.2", Result.REFER, note="No case."), decision("c", "2.1")]
)


def handed_in(portfolio: Portfolio, uid: str, **files: str) -> Portfolio:
    event = submit(act(uid), UNIT, portfolio, files, Policy(), authorised_by=VERIFIER)
    return portfolio.with_event(event)


def second_attempt() -> Portfolio:
    first = handed_in(DONE, "one", log="1")
    closed = first.with_event(marking.close(act("closing"), UNIT, first, ""))
    return handed_in(closed, "two", log="1", more="2")


@pytest.mark.parametrize(("result", "note"), [(Result.PASS, ""), (Result.PASS, "Still."), (Result.REFER, "Not now.")])
@pytest.mark.parametrize("member", [ASSESSOR, OTHER], ids=["same", "other"])
def test_a_pass_of_an_earlier_attempt_is_not_decided_anew_in_passing(result: Result, note: str, member: Member) -> None:
    with pytest.raises(Refused, match="Passed at an earlier attempt") as caught:
        decide(second_attempt(), result, note, member)
    assert caught.value.hint == Hint(Way.WITHDRAW)


def test_it_is_decided_anew_after_it_was_withdrawn_with_a_reason() -> None:
    portfolio = second_attempt()
    with pytest.raises(Refused, match="needs a reason"):
        withdrawal.withdraw(act("w"), UNIT, portfolio, "1.1", " ")
    event = withdrawal.withdraw(act("w"), UNIT, portfolio, "1.1", "copied")
    assert (event.supersedes, event.body) == (("a",), {"reason": "copied", "attempt": 2})
    withdrawn = portfolio.with_event(event)
    assert withdrawn.unit(KEY).criterion("1.1").state is CriterionState.OPEN
    assert decide(withdrawn, Result.REFER, "Whose words?").body["attempt"] == 2


def test_the_earlier_attempt_still_shows_the_pass_that_was_withdrawn_since() -> None:
    portfolio = second_attempt()
    portfolio = portfolio.with_event(withdrawal.withdraw(act("w"), UNIT, portfolio, "1.1", "copied"))
    first, second = attempts(UNIT, portfolio)
    assert [number for number, _ in first.decided] == ["1.1", "1.2", "2.1"]
    assert second.decided == ()


def test_a_pass_that_was_withdrawn_at_its_own_attempt_shows_nowhere() -> None:
    portfolio = DONE.with_event(withdrawal.withdraw(act("w"), UNIT, DONE, "1.1", "slip"))
    (first,) = attempts(UNIT, portfolio)
    assert [number for number, _ in first.decided] == ["1.2", "2.1"]


# A conflict

IN_CONFLICT = fold(
    [
        decision("old", "1.1", Result.REFER, note="Before."),
        decision("a", "1.1", note="Hot.", supersedes=["old"]),
        decision("b", "1.1", Result.REFER, note="Cold.", actor="ak", supersedes=["old"]),
    ]
)
WITHOUT_NOTES = fold([decision("a", "1.1"), decision("b", "1.1", actor="ak")])


def test_withdrawing_one_side_of_a_conflict_is_refused() -> None:
    with pytest.raises(Refused, match="This criterion is in conflict") as caught:
        withdrawal.withdraw(act(), UNIT, IN_CONFLICT, "1.1", "slip")
    assert "Settle it with a reason" in caught.value.next_step
    for uid in ("a", "b"):
        with pytest.raises(Refused, match="This criterion is in conflict"):
            withdrawal.withdraw_decision(act(), UNIT, IN_CONFLICT, "1.1", uid, "slip")


def test_a_conflict_that_was_not_shown_is_not_settled_by_withdrawing_either() -> None:
    shown = fold([decision("a", "1.1", note="Hot.")]).unit(KEY).criterion("1.1")
    with pytest.raises(Refused, match="This criterion is in conflict"):
        withdrawal.withdraw(act(), UNIT, IN_CONFLICT, "1.1", "slip", shown)


def test_a_conflict_is_settled_as_neither_with_a_reason() -> None:
    with pytest.raises(Refused, match="Settling needs a reason"):
        conflict.settle_as_neither(act(), UNIT, IN_CONFLICT, "1.1", "")
    event = conflict.settle_as_neither(act(), UNIT, IN_CONFLICT, "1.1", "wrong learner")
    assert (event.kind, event.supersedes, event.body) == ("withdrawn", ("a", "b"), {"reason": "wrong learner"})
    assert [each.uid for each in IN_CONFLICT.with_event(event).unit(KEY).criterion("1.1").standing] == ["old"]
    with pytest.raises(Refused, match="nothing to settle"):
        conflict.settle_as_neither(act(), UNIT, NOTED, "1.1", "why")
    third = IN_CONFLICT.with_event(decision("c", "1.1", actor="third", supersedes=["old"]))
    with pytest.raises(Refused, match="Decided again since"):
        conflict.settle_as_neither(act(), UNIT, third, "1.1", "why", IN_CONFLICT.unit(KEY).criterion("1.1"))


def test_the_note_of_a_settled_conflict_is_that_of_whoever_wrote_it() -> None:
    event = conflict.settle(act(), UNIT, IN_CONFLICT, "1.1", Result.REFER, "We measured.")
    assert (event.body["note"], event.body["note_by"], event.body["reason"]) == ("Cold.", ["ak"], "We measured.")
    own = conflict.settle(act(), UNIT, IN_CONFLICT, "1.1", Result.PASS, "We measured.")
    assert (own.body["note"], own.body.get("note_by")) == ("Hot.", None)


def test_a_settling_reason_is_no_feedback() -> None:
    event = conflict.settle(act(), UNIT, WITHOUT_NOTES, "1.1", Result.PASS, "Ben looked at the wrong file.")
    assert (event.body["note"], event.body["reason"]) == ("", "Ben looked at the wrong file.")
    with pytest.raises(Refused, match="A referral needs a note"):
        conflict.settle(act(), UNIT, WITHOUT_NOTES, "1.1", Result.REFER, "Ben looked at the wrong file.")
    told = conflict.settle(act(), UNIT, WITHOUT_NOTES, "1.1", Result.REFER, "We talked.", note="Which model?")
    assert (told.body["note"], told.body["reason"]) == ("Which model?", "We talked.")
    assert "note_by" not in told.body
