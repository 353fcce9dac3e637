"""Carrying: a person says where decisions stand that do not fit the sheet; nothing is altered, all can be undone."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import strategies as st

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.carrying import carried_over
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.programme import passed
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.rules import marking, withdrawal
from markterm.domain.rules.attempt import attempts
from markterm.domain.rules.citing import cite
from markterm.domain.rules.settling import (
    Unsettled,
    carry,
    most_alike,
    named_criterion,
    proposal,
    take_back,
    unsettled,
)
from markterm.domain.words.errors import Refused, WrongUse
from tests.domain.test_sheet_fit import IN_FRONT, SHEET, WORDS, Marking, marked, only, sheet, states
from tests.samples import AT, KEY, LEARNER, SECOND_ASSESSOR, VERIFIER

NEWER = replace(SHEET, version="2")
SHORTER = sheet(("1.1", WORDS["1.1"]), ("1.2", WORDS["1.2"]))
TOKENS = st.text(st.characters(codec="utf-8"), max_size=8)


def open_in(own: Marking, unit: Unit) -> tuple[Unsettled, ...]:
    """What does not fit that sheet."""
    return unsettled(*only(own.beside(unit)))


def settle(own: Marking, unit: Unit, *more: Settlement, reason: str = "Renumbered.") -> Marking:
    """Carry over what is proposed on that sheet, and settle the rest so."""
    proposed = [one for each in open_in(own, unit) if (one := proposal(each, unit)) is not None]
    return own.add(carry(own.act(), KEY, unit, own.portfolio, [*proposed, *more], reason))


def test_a_renumbered_sheet_is_proposed_by_its_words_and_what_is_gone_is_not() -> None:
    found = open_in(marked("1.1"), sheet(("1.1", "Something new"), ("1.2", WORDS["1.1"]), ("3.1", WORDS["1.2"])))
    to = sheet(("1.1", "Something new"), ("1.2", WORDS["1.1"]), ("3.1", WORDS["1.2"]))
    assert [(each.name, one.to if (one := proposal(each, to)) else None) for each in found] == [
        ("1.1", "1.2"),
        ("1.2", "3.1"),
        ("2.1", None),
    ]


def test_of_two_criteria_with_the_same_words_the_one_of_the_same_number_is_proposed_or_none() -> None:
    (found, *_) = open_in(marked(), NEWER)
    twice = sheet(("1.1", WORDS["1.1"]), ("9.1", WORDS["1.1"]), version="2")
    other = sheet(("8.1", WORDS["1.1"]), ("9.1", WORDS["1.1"]), version="2")
    assert (one := proposal(found, twice)) is not None
    assert one.to == "1.1"
    assert proposal(found, other) is None


def test_carried_decisions_stand_where_they_were_carried_to_with_result_note_and_maker() -> None:
    own = settle(marked("1.1"), IN_FRONT).beside(IN_FRONT)
    assert states(own) == {"1.1": "open", "1.2": "refer", "1.3": "pass", "2.1": "pass"}
    unit, record = only(own)
    own_record = record.criterion("1.2")
    (decision,) = own_record.standing
    assert (decision.note, decision.actor, decision.wording) == ("Because.", "jm", WORDS["1.1"])
    said = fit_in_words(unit, unit.criteria[1], own_record, decision, own.portfolio.placing)
    assert said == ("carried over from 1.1 by jm: Renumbered.",)


def test_a_reworded_criterion_is_carried_over_to_its_own_number() -> None:
    reworded = sheet(("1.1", "Define coaching and mentoring"), ("1.2", WORDS["1.2"]), ("2.1", WORDS["2.1"]))
    own = marked()
    (found,) = open_in(own, reworded)
    assert proposal(found, reworded) is None
    settle(own, reworded, found.carried("1.1", "Define coaching and mentoring"))
    assert set(states(own.beside(reworded)).values()) == {"pass"}
    assert states(own.beside(SHEET))["1.1"] == "stale", "it stands on the new words from then on"


@pytest.mark.parametrize(("settling", "state"), [(Settling.ANEW, "open"), (Settling.NOT_ASKED, "open")])
def test_what_is_decided_anew_or_no_longer_asked_is_set_aside(settling: Settling, state: str) -> None:
    own = marked("1.1")
    (first, *_) = open_in(own, IN_FRONT)
    own.add(carry(own.act(), KEY, IN_FRONT, own.portfolio, [first.settled(settling)], "Another question."))
    assert states(own.beside(IN_FRONT))["1.1"] == state
    record = own.portfolio.unit(KEY).criterion("1.1")
    assert [event.kind for event in record.events] == ["decided"], "the history keeps it"


def test_a_referral_that_nobody_asks_for_holds_the_unit_back_until_a_person_says_so() -> None:
    own = marked("2.1")
    (gone,) = open_in(own, SHORTER)
    settle(own, SHORTER, gone.settled(Settling.NOT_ASKED), reason="Taken out.")
    beside = own.beside(SHORTER)
    assert states(beside) == {"1.1": "pass", "1.2": "pass"}
    assert marking.closing_outcome(LEARNER, beside.units[0], beside.portfolio).value == "pass"


def test_a_closing_counts_again_when_everything_it_rests_on_was_carried_over() -> None:
    own = marked().close()
    assert passed(own.beside(NEWER).portfolio) == frozenset()
    settle(own, NEWER)
    unit, record = only(own.beside(NEWER))
    assert unit.key == NEWER.key
    assert record.closing is not None
    assert why_changed(unit, record) == ""
    assert passed(own.beside(NEWER).portfolio) == {SHEET.code}


def test_a_closing_counts_again_when_what_is_gone_is_no_longer_asked_and_not_when_it_is_decided_anew() -> None:
    for settling, counted in ((Settling.NOT_ASKED, {SHEET.code}), (Settling.ANEW, set())):
        own = marked().close()
        (gone,) = open_in(own, SHORTER)
        settle(own, SHORTER, gone.settled(settling))
        assert passed(own.beside(SHORTER).portfolio) == counted


def test_with_another_version_the_attempts_of_the_unit_go_on_there() -> None:
    own = marked("1.1").close()
    files: dict[str, Json] = {"attempt": 2, "files": {"a.md": "0" * 64}}
    own.add(Event("again", Kind.SUBMITTED, LEARNER, AT, "jm", "assessor", Subject(KEY), files))
    settle(own, NEWER)
    record = own.portfolio.unit(NEWER.key)
    assert (record.attempt, len(record.closings), len(record.submissions)) == (2, 1, 1)
    assert states(own.beside(NEWER)) == {"1.1": "resubmitted", "1.2": "pass", "2.1": "pass"}
    assert own.portfolio.begun == {KEY.code: NEWER.key}


def test_another_code_takes_the_place_of_a_unit_whose_code_was_retyped() -> None:
    retyped = replace(SHEET, code="8580-5O1")
    own = marked("1.2")
    found = open_in(own, retyped)
    other = replace(sheet(("1.1", "Bake a loaf")), code="9000-1")
    assert most_alike(found, [other, retyped]) == retyped
    assert most_alike(found, [other]) is None
    settlements = [one for each in found if (one := proposal(each, retyped)) is not None]
    assessor = Member("jm", "Jo", frozenset({Role.ASSESSOR}), frozenset({"8580-5O1"}))
    own.add(carry(replace(own.act(), member=assessor), KEY, retyped, own.portfolio, settlements, "A slip."))
    assert set(own.portfolio.begun) == {"8580-5O1"}
    assert own.portfolio.unit(retyped.key).criterion("1.2").state.value == "refer"


def test_withdrawing_the_settling_puts_everything_back() -> None:
    own = marked("1.1").close()
    before = own.beside(NEWER)
    settle(own, NEWER)
    carried = own.events[-1]
    own.add(Event("w", Kind.WITHDRAWN, LEARNER, AT, "jm", "assessor", Subject(KEY), {"reason": "No."}, (carried.uid,)))
    after = own.beside(NEWER)
    assert states(after) == states(before)
    assert after.units == before.units
    assert own.portfolio.unit(KEY).closing == before.portfolio.unit(KEY).closing
    assert own.portfolio.unknown == ()


def test_carried_twice_a_decision_is_where_it_was_carried_last_and_can_be_withdrawn_there() -> None:
    again = sheet(("1.1", "Other"), ("1.2", "New"), ("1.3", WORDS["1.1"]), ("1.4", WORDS["1.2"]), ("2.1", WORDS["2.1"]))
    own = settle(settle(marked("1.1"), IN_FRONT), again)
    assert states(own.beside(again)) == {"1.1": "open", "1.2": "open", "1.3": "refer", "1.4": "pass", "2.1": "pass"}
    beside = own.beside(again)
    own.add(withdrawal.withdraw(own.act(), again, beside.portfolio, "1.3", "Slip."))
    assert states(own.beside(again))["1.3"] == "open"


def test_a_decision_that_arrives_later_where_the_others_were_is_not_settled_by_it() -> None:
    own = settle(marked("1.1"), IN_FRONT)
    late = marked().mark("1.1", Result.REFER).events[-1]
    own.add(replace(late, uid="late", supersedes=()))
    assert states(own.beside(IN_FRONT))["1.1"] == "stale"
    assert states(own.beside(IN_FRONT))["1.2"] == "refer"


def test_a_referral_made_without_having_seen_the_settling_replaces_the_pass_where_that_went() -> None:
    own = marked()
    late = marking.decide(replace(own.act(), uid="late"), SHEET, own.portfolio, "1.2", Result.REFER, "No.")
    settle(own, IN_FRONT).add(late)
    beside = own.beside(IN_FRONT)
    assert states(beside) == {"1.1": "open", "1.2": "stale", "1.3": "open", "2.1": "pass"}
    (attempt,) = attempts(beside.units[0], beside.portfolio)
    assert attempt.passed == ("2.1",), "what was replaced is told of nowhere as a pass"
    assert reduce(Portfolio.with_event, own.events, Portfolio()) == own.portfolio
    settle(own, IN_FRONT)
    assert states(own.beside(IN_FRONT)) == {"1.1": "open", "1.2": "pass", "1.3": "refer", "2.1": "pass"}


def test_what_replaced_a_pass_and_is_withdrawn_gives_it_back_where_it_was_carried_to() -> None:
    own = marked()
    late = marking.decide(replace(own.act(), uid="late"), SHEET, own.portfolio, "1.2", Result.REFER, "No.")
    settle(own, IN_FRONT).add(late)
    subject = Subject(KEY, "1.2")
    own.add(Event("w", Kind.WITHDRAWN, LEARNER, AT, "jm", "assessor", subject, {"reason": "Slip."}, ("late",)))
    assert states(own.beside(IN_FRONT)) == {"1.1": "open", "1.2": "pass", "1.3": "pass", "2.1": "pass"}
    assert reduce(Portfolio.with_event, own.events, Portfolio()) == own.portfolio


def test_what_fits_beside_what_does_not_is_not_settled_with_it() -> None:
    own = marked()
    first, second = open_in(own, IN_FRONT)
    act = own.act()
    one = carry(replace(act, uid="one"), KEY, IN_FRONT, own.portfolio, [second.settled(Settling.NOT_ASKED)], "Out.")
    settle(own, IN_FRONT).add(one)
    assert states(own.beside(IN_FRONT))["1.2"] == "stale", "they contradict each other on 1.2, and 1.1 is carried there"
    (found,) = open_in(own, IN_FRONT)
    assert (found.wording, len(found.record.live)) == (WORDS["1.2"], 1)
    settle(own, IN_FRONT)
    assert states(own.beside(IN_FRONT)) == {"1.1": "open", "1.2": "pass", "1.3": "pass", "2.1": "pass"}
    assert first.record.standing[0].uid in {each.uid for each in only(own.beside(IN_FRONT))[1].criterion("1.2").live}


def test_what_stands_under_one_number_on_two_other_wordings_is_settled_apart() -> None:
    own = settle(marked("1.1"), IN_FRONT)
    late = marked().mark("1.2", Result.REFER).events[-1]
    own.add(replace(late, uid="late", supersedes=()))
    gone = sheet(("1.1", "Something new"), ("4.1", WORDS["1.1"]), ("4.2", WORDS["1.2"]))
    found = open_in(own, gone)
    named = [(each.name, each.place[1], each.wording, [d.uid for d in each.record.live]) for each in found]
    assert [each[:3] for each in named if each[1] == "1.2"] == [
        ("1.2", "1.2", WORDS["1.2"]),
        ("1.2 (wording 2)", "1.2", WORDS["1.1"]),
    ]
    assert [(each.name, one.to) for each in found if (one := proposal(each, gone)) is not None] == [
        ("1.2", "4.2"),
        ("1.2 (wording 2)", "4.1"),
        ("1.3", "4.2"),
    ]
    assert named_criterion(found, "1.2", "501").name == "1.2"


def test_a_withdrawal_made_without_having_seen_the_settling_takes_back_the_decision_where_it_went() -> None:
    own = marked("1.1")
    withdrawn = withdrawal.withdraw(replace(own.act(), uid="w"), SHEET, own.portfolio, "1.1", "Slip.")
    settle(own, IN_FRONT).add(withdrawn)
    assert states(own.beside(IN_FRONT))["1.2"] == "open"


def test_what_two_people_settled_differently_is_not_settled_until_one_of_them_has_seen_both() -> None:
    own = marked("2.1")
    (gone,) = open_in(own, SHORTER)
    act = own.act()
    one = carry(replace(act, uid="one"), KEY, SHORTER, own.portfolio, [gone.settled(Settling.NOT_ASKED)], "Out.")
    other = carry(
        replace(act, uid="two"), KEY, SHORTER, own.portfolio, [gone.carried("1.2", WORDS["1.2"])], "The same."
    )
    own.add(one).add(other)
    assert states(own.beside(SHORTER))["2.1"] == "stale"
    (gone,) = open_in(own, SHORTER)
    settle(own, SHORTER, gone.settled(Settling.NOT_ASKED))
    assert set(own.events[-1].supersedes) == {"one", "two"}
    assert states(own.beside(SHORTER)) == {"1.1": "pass", "1.2": "pass"}


def test_two_people_who_settled_it_alike_agree() -> None:
    own = marked("1.1")
    proposed = [one for each in open_in(own, IN_FRONT) if (one := proposal(each, IN_FRONT)) is not None]
    for uid in ("one", "two"):
        own.add(carry(replace(own.act(), uid=uid), KEY, IN_FRONT, fold(own.events[:4]), proposed, "Renumbered."))
    assert states(own.beside(IN_FRONT))["1.2"] == "refer"


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ({"reason": "  "}, "Settling needs a reason"),
        ({"member": VERIFIER}, "Only an assessor marks"),
        ({"member": replace(SECOND_ASSESSOR, units=frozenset({"9"}))}, "Not approved for this unit"),
        ({"member": None}, "Who is marking"),
        ({"settlements": ()}, "nothing to settle"),
    ],
)
def test_who_may_not_and_what_is_missing_is_refused(act: dict[str, object], what: str) -> None:
    own = marked()
    settlements = act.get("settlements", [each.settled(Settling.ANEW) for each in open_in(own, IN_FRONT)])
    who = replace(own.act(), **({"member": act["member"]} if "member" in act else {}))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=what):
        carry(who, KEY, IN_FRONT, own.portfolio, settlements, str(act.get("reason", "So.")))  # type: ignore[arg-type]


def test_a_coordinator_settles_as_coordinator() -> None:
    own = marked()
    coordinator = Member("co", "Coral", frozenset({Role.COORDINATOR}), frozenset())
    settlements = [each.settled(Settling.ANEW) for each in open_in(own, IN_FRONT)]
    event = carry(replace(own.act(), member=coordinator), KEY, IN_FRONT, own.portfolio, settlements, "So.")
    assert (event.actor, event.role) == ("co", "coordinator")


def test_nothing_is_carried_to_a_criterion_that_the_sheet_does_not_ask_for() -> None:
    own = marked()
    (first, *_) = open_in(own, IN_FRONT)
    with pytest.raises(WrongUse, match=r"no criterion 9\.9"):
        carry(own.act(), KEY, IN_FRONT, own.portfolio, [first.carried("9.9", "Words")], "So.")


def cited(own: Marking, number: str) -> Marking:
    """The same with a passage cited for a criterion."""
    return own.add(cite(own.act(), SHEET, own.portfolio, number, Passage("diary.md", "0" * 64, 1, 1, "I coached.")))


def test_a_citation_belongs_to_the_words_it_was_cited_for_and_is_carried_with_them() -> None:
    own = cited(cited(Marking(), "1.1").mark("1.2"), "1.2")
    assert states(own.beside(IN_FRONT)) == {"1.1": "stale", "1.2": "stale", "1.3": "open", "2.1": "open"}
    settle(own, IN_FRONT)
    beside = own.beside(IN_FRONT)
    assert states(beside) == {"1.1": "open", "1.2": "open", "1.3": "pass", "2.1": "open"}
    unit, record = only(beside)
    assert [len(record.criterion(each.number).citations) for each in unit.criteria] == [0, 1, 1, 0]


def test_what_only_cites_goes_to_its_own_number_where_its_words_were_not_recorded() -> None:
    own = cited(Marking(), "1.2")
    last = own.events.pop()
    own.add(replace(last, body={key: said for key, said in last.body.items() if key != "wording"}))
    (found,) = open_in(own, NEWER)
    assert (found.results, found.wording) == ("cited", "")
    assert (one := proposal(found, NEWER)) is not None
    assert one.to == "1.2"


def test_nobody_settles_in_one_unit_what_stands_in_another() -> None:
    own = marked("1.1")
    (uid,) = (each.uid for each in own.portfolio.unit(KEY).criterion("1.1").live)
    body = carried_over(NEWER.key, NEWER.key, "A slip.", [Settlement("9.9", Settling.NOT_ASKED, (uid,))]).write()
    own.add(Event("foreign", Kind.CARRIED, LEARNER, AT, "jm", "assessor", Subject(NEWER.key), body))
    assert own.portfolio.unit(KEY).criterion("1.1").state.value == "refer"


def test_what_was_settled_last_is_taken_back_with_a_reason_and_then_what_was_settled_before() -> None:
    own = marked("1.1")
    first = states(own.beside(IN_FRONT))
    settle(own, IN_FRONT)
    (left,) = open_in(own, SHORTER)[-1:]
    own.add(carry(own.act(), KEY, SHORTER, own.portfolio, [left.settled(Settling.ANEW)], "Gone."))
    with pytest.raises(Refused, match="Settling needs a reason"):
        take_back(own.act(), IN_FRONT, own.portfolio, " ")
    own.add(take_back(own.act(), IN_FRONT, own.portfolio, "No."))
    assert states(own.beside(IN_FRONT))["1.2"] == "refer"
    own.add(take_back(own.act(), IN_FRONT, own.portfolio, "No."))
    assert states(own.beside(IN_FRONT)) == first
    with pytest.raises(Refused, match="nothing to take back"):
        take_back(own.act(), IN_FRONT, own.portfolio, "No.")
