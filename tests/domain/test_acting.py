"""Actions and what a disagreement leads to: the feedback waits, the decision is amended, and a verifier accepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.strategy import Band
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.bodies.verifying import Report
from markterm.domain.record.disagreement import disagreements
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import actions, marking, verification, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.holding import held_back
from markterm.domain.sampling.wider import Alike, alike, assessors_not_agreed, wider_sample
from markterm.domain.views.due import Person, Step
from markterm.domain.views.waiting import steps_due, to_claim
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

DECIDED = fold([declaration(), *(decision(f"d{number}", number) for number in ("1.1", "1.2", "2.1"))])
DUE = AT.date() + timedelta(14)
OTHER_VERIFIER = Member("ov", "Olu Vance", frozenset({Role.VERIFIER}))
COORDINATOR = Member("cc", "Cora Cole", frozenset({Role.COORDINATOR}))
AT_ONCE = Policy(feedback_waits_for_verification=False)
BAD, GOOD = {"2.1": "Nine hours are shown."}, ("1.1",)


def act(uid: str, member: Member | None = VERIFIER) -> Act:
    return Act(member, LEARNER, AT, uid)


def closed(portfolio: Portfolio = DECIDED, uid: str = "closing") -> Portfolio:
    return portfolio.with_event(marking.close(act(uid, ASSESSOR), UNIT, portfolio, "Sound."))


def verified(portfolio: Portfolio, said: Said, uid: str = "answer") -> Portfolio:
    record = portfolio.unit(KEY)
    if record.after.sample(1) is None:
        portfolio = portfolio.with_event(verification.sample(act(f"sample {uid}"), UNIT, portfolio, "routine"))
    return portfolio.with_event(verification.verify(act(uid), UNIT, portfolio, said))


def not_agreed() -> Portfolio:
    return verified(closed(), Said(not_agreed=BAD, agreed=GOOD))


def with_action(portfolio: Portfolio, criterion: str = "2.1", owner: Member = ASSESSOR) -> Portfolio:
    return portfolio.with_event(
        actions.set_action(act("action"), UNIT, portfolio, "Decide it again.", owner, DUE, criterion)
    )


def action_of(portfolio: Portfolio) -> ActionRecord:
    (only,) = portfolio.unit(KEY).after.actions
    return only


def done(portfolio: Portfolio) -> Portfolio:
    return portfolio.with_event(actions.do_action(act("done", ASSESSOR), UNIT, action_of(portfolio), "Decided again."))


def amended(portfolio: Portfolio, result: Result = Result.REFER, member: Member = ASSESSOR) -> Portfolio:
    reopened = portfolio.with_event(marking.reopen(act("open", ASSESSOR), UNIT, portfolio, "2.1 again"))
    again = marking.decide(act("new", member), UNIT, reopened, "2.1", result, "Show the tenth hour.")
    return closed(reopened.with_event(again), "closed again")


def holds(portfolio: Portfolio) -> Refused | None:
    return held_back(AT_ONCE, LEARNER, UNIT, portfolio)


def steps(portfolio: Portfolio) -> set[tuple[Step, Person]]:
    return {(each.step, each.person) for each in steps_due(UNIT, portfolio, AT_ONCE)}


def test_a_disagreement_holds_the_feedback_whatever_the_policy_says_until_it_is_amended() -> None:
    waits = holds(not_agreed())
    assert waits is not None
    assert "Nine hours are shown." in waits.what
    assert (Step.SETTLE, Person.ASSESSOR) in steps(not_agreed())
    assert holds(amended(not_agreed())) is None


def test_what_was_closed_again_without_a_change_is_still_not_agreed_until_a_verifier_agrees() -> None:
    reopened = not_agreed().with_event(marking.reopen(act("open", ASSESSOR), UNIT, not_agreed(), "Looked again"))
    assert [each.criterion for each in disagreements(reopened.unit(KEY))] == ["2.1"]
    same = closed(reopened, "closed again")
    assert holds(same) is not None
    assert Step.RELEASE not in {step for step, _ in steps(same)}
    assert holds(verified(same, Said(agreed=("1.1",)), "second")) is not None, "nothing was said of 2.1"
    assert holds(verified(same, Said(agreed=("2.1",), reason="We talked."), "second")) is None
    assert holds(verified(same, Said(True), "second")) is None, "the whole unit was agreed to"


def test_an_interim_look_that_does_not_agree_holds_the_closing_it_was_made_before() -> None:
    looked = DECIDED.with_event(verification.look(act("look"), UNIT, DECIDED, Said(not_agreed=BAD)))
    assert holds(looked) is None, "it is not closed"
    assert holds(closed(looked)) is not None


def test_the_new_decision_supersedes_the_one_that_was_not_agreed_and_names_the_answer() -> None:
    record = amended(not_agreed()).unit(KEY).criterion("2.1")
    (standing,) = record.standing
    assert (standing.amended, standing.supersedes) == ("answer", ("d2.1",))
    assert "d2.1" in {each.uid for each in record.live}, "the original decision stays"


def test_a_decision_on_another_criterion_amends_nothing() -> None:
    reopened = not_agreed().with_event(marking.reopen(act("open", ASSESSOR), UNIT, not_agreed(), "1.2 again"))
    event = marking.decide(act("new", ASSESSOR), UNIT, reopened, "1.2", Result.REFER, "Why?")
    assert "amended" not in event.body
    whole = verified(closed(), Said(False, "2.1 is thin"))
    reopened = whole.with_event(marking.reopen(act("open", ASSESSOR), UNIT, whole, "again"))
    event = marking.decide(act("new", ASSESSOR), UNIT, reopened, "1.2", Result.REFER, "Why?")
    assert "amended" not in event.body, "an answer to the whole unit names no criterion"


def test_what_was_withdrawn_first_is_amended_all_the_same() -> None:
    reopened = not_agreed().with_event(marking.reopen(act("open", ASSESSOR), UNIT, not_agreed(), "2.1 again"))
    back = withdrawal.withdraw(act("back", ASSESSOR), UNIT, reopened, "2.1", "not agreed")
    gone = reopened.with_event(back)
    event = marking.decide(act("new", ASSESSOR), UNIT, gone, "2.1", Result.REFER, "Show the tenth hour.")
    assert event.body["amended"] == "answer"


def test_a_claim_waits_for_an_action_and_not_for_a_report_that_nobody_read() -> None:
    verified_unit = verified(closed(), Said(agreed=GOOD))
    (told,) = [each for each in steps_due(UNIT, verified_unit, AT_ONCE) if each.step is Step.ACKNOWLEDGE]
    assert to_claim("Q", ("8580-501",), {"8580-501": (told,)}, verified_unit) is not None
    (asked,) = [each for each in steps_due(UNIT, with_action(closed(), ""), AT_ONCE) if each.step is Step.ACT]
    assert to_claim("Q", ("8580-501",), {"8580-501": (told, asked)}, verified_unit) is None


def test_an_action_on_what_was_not_agreed_names_the_decision_and_the_answer() -> None:
    action = action_of(with_action(not_agreed()))
    assert (action.rests_on, action.verification, action.holds) == (("d2.1",), "answer", True)
    alone = action_of(with_action(not_agreed(), "1.1"))
    assert (alone.rests_on, alone.verification, alone.holds) == ((), "", False)
    whole = action_of(with_action(verified(closed(), Said(False, "thin")), "2.1"))
    assert (whole.rests_on, whole.verification) == (("d2.1",), "answer")


def test_an_action_goes_from_the_verifier_to_its_owner_and_back() -> None:
    asked = with_action(not_agreed())
    assert (Step.ACT, Person.OWNER) in steps(asked)
    decided = done(amended(asked))
    assert (Step.ACCEPT, Person.VERIFIER) in steps(decided)
    assert (Step.RELEASE, Person.ASSESSOR) not in steps(decided)
    waits = holds(decided)
    assert waits is not None
    assert "done and not accepted" in waits.what
    accepted = decided.with_event(actions.accept_action(act("ok"), UNIT, decided, action_of(decided)))
    assert action_of(accepted).is_finished
    assert holds(accepted) is None
    assert (Step.RELEASE, Person.ASSESSOR) in steps(accepted)


def test_an_action_is_not_accepted_while_what_was_not_agreed_stands() -> None:
    only_said = done(with_action(not_agreed()))
    with pytest.raises(Refused, match="still stands"):
        actions.accept_action(act("ok"), UNIT, only_said, action_of(only_said))
    agreed = verified(only_said, Said(agreed=("2.1",), reason="We talked."), "later")
    assert actions.accept_action(act("ok"), UNIT, agreed, action_of(agreed)).supersedes == ("done",)


def test_what_is_not_enough_is_set_again_and_goes_on() -> None:
    portfolio = done(with_action(not_agreed()))
    event = actions.set_again(act("again"), UNIT, portfolio, action_of(portfolio), "Say why.", DUE)
    again = action_of(portfolio.with_event(event))
    assert (again.uid, again.text, again.owner, again.is_open, again.holds) == ("action", "Say why.", "jm", True, True)


def test_an_action_of_somebody_who_leaves_goes_to_another_and_keeps_its_day() -> None:
    portfolio = with_action(not_agreed())
    for member, role in ((COORDINATOR, "coordinator"), (VERIFIER, "verifier")):
        event = actions.reassign_action(
            act("given", member), UNIT, action_of(portfolio), SECOND_ASSESSOR, "left the centre"
        )
        given = action_of(portfolio.with_event(event))
        assert (event.role, given.owner, given.due, given.text) == (role, "ak", DUE, "Decide it again.")


def test_an_action_alone_holds_no_feedback_and_waits_for_its_owner() -> None:
    portfolio = with_action(closed(), "")
    assert holds(portfolio) is None
    assert steps(portfolio) == {(Step.ACT, Person.OWNER), (Step.RELEASE, Person.ASSESSOR)}


def test_a_report_is_acknowledged_once_by_whoever_marked() -> None:
    said = Said(agreed=GOOD, report=Report("Clear notes."))
    portfolio = verified(closed(), said)
    assert (Step.ACKNOWLEDGE, Person.ASSESSOR) in steps(portfolio)
    event = actions.acknowledge(act("read", ASSESSOR), UNIT, portfolio, "Thank you.")
    read = portfolio.with_event(event)
    assert (event.role, event.body["verification"]) == ("assessor", "answer")
    assert Step.ACKNOWLEDGE not in {step for step, _ in steps(read)}
    for member, title in ((ASSESSOR, "Acknowledged already"), (SECOND_ASSESSOR, "Not your work")):
        with pytest.raises(Refused, match=title):
            actions.acknowledge(act("more", member), UNIT, read)
    answered_anew = verified(read, Said(agreed=("1.2",)), "second")
    assert (Step.ACKNOWLEDGE, Person.ASSESSOR) in steps(answered_anew)


def test_a_verification_of_the_whole_unit_that_says_nothing_to_the_assessor_waits_for_nobody_to_read_it() -> None:
    assert Step.ACKNOWLEDGE not in {step for step, _ in steps(verified(closed(), Said(True)))}


REFUSALS: dict[str, tuple[Callable[[], Event], str]] = {
    "an assessor sets one": (
        lambda: actions.set_action(act("x", ASSESSOR), UNIT, not_agreed(), "Read.", ASSESSOR, DUE),
        "Only a verifier sets and accepts actions",
    ),
    "on their own work": (
        lambda: actions.set_action(
            act("x", replace(ASSESSOR, roles=frozenset(Role))), UNIT, not_agreed(), "Read.", SECOND_ASSESSOR, DUE
        ),
        "Nobody verifies their own decisions",
    ),
    "without a text": (
        lambda: actions.set_action(act("x"), UNIT, not_agreed(), " ", ASSESSOR, DUE),
        "An action says what is to be done",
    ),
    "for a tutor": (
        lambda: actions.set_action(
            act("x"), UNIT, not_agreed(), "Read.", replace(ASSESSOR, roles=frozenset({Role.TUTOR})), DUE
        ),
        "Not somebody who can do it",
    ),
    "for a day that has passed": (
        lambda: actions.set_action(act("x"), UNIT, not_agreed(), "Read.", ASSESSOR, date(2025, 3, 3)),
        "That day has passed",
    ),
    "done by somebody else": (
        lambda: actions.do_action(act("x", SECOND_ASSESSOR), UNIT, action_of(with_action(not_agreed())), "Done."),
        "Not your action",
    ),
    "done without a word": (
        lambda: actions.do_action(act("x", ASSESSOR), UNIT, action_of(with_action(not_agreed())), ""),
        "What was done?",
    ),
    "done twice": (
        lambda: actions.do_action(act("x", ASSESSOR), UNIT, action_of(done(with_action(not_agreed()))), "Done."),
        "Not open any more",
    ),
    "accepted before it is done": (
        lambda: actions.accept_action(act("x"), UNIT, with_action(not_agreed()), action_of(with_action(not_agreed()))),
        "Not done yet",
    ),
    "given to whoever has it": (
        lambda: actions.reassign_action(act("x"), UNIT, action_of(with_action(not_agreed())), ASSESSOR, "ill"),
        "Theirs already",
    ),
    "given by an assessor": (
        lambda: actions.reassign_action(
            act("x", ASSESSOR), UNIT, action_of(with_action(not_agreed())), SECOND_ASSESSOR, "ill"
        ),
        "Not yours to give",
    ),
    "given without a reason": (
        lambda: actions.reassign_action(act("x"), UNIT, action_of(with_action(not_agreed())), SECOND_ASSESSOR, ""),
        "Reassigning needs a reason",
    ),
    "nothing was verified": (
        lambda: actions.acknowledge(act("x", ASSESSOR), UNIT, closed()),
        "Nothing to acknowledge",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_refused(name: str) -> None:
    verb, title = REFUSALS[name]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.title == title
    assert refused.value.next_step


def test_nobody_accepts_their_own_action_or_one_that_was_accepted() -> None:
    owned = with_action(closed(), "", OTHER_VERIFIER)
    owned = owned.with_event(actions.do_action(act("done", OTHER_VERIFIER), UNIT, action_of(owned), "Met them."))
    with pytest.raises(Refused, match="their own action"):
        actions.accept_action(act("x", OTHER_VERIFIER), UNIT, owned, action_of(owned))
    accepted = owned.with_event(actions.accept_action(act("ok"), UNIT, owned, action_of(owned)))
    verbs: tuple[Callable[[], Event], ...] = (
        lambda: actions.accept_action(act("x"), UNIT, accepted, action_of(accepted)),
        lambda: actions.set_again(act("x"), UNIT, accepted, action_of(accepted), "More.", DUE),
        lambda: actions.reassign_action(act("x"), UNIT, action_of(accepted), ASSESSOR, "ill"),
    )
    for verb in verbs:
        with pytest.raises(Refused, match="Not open any more"):
            verb()


def test_the_owner_is_whoever_decided_where_nobody_else_is_named() -> None:
    assert actions.whose_work(UNIT, DECIDED, "1.1") == "jm"
    assert actions.whose_work(UNIT, closed()) == "jm"
    two = fold([decision("a"), decision("b", "1.2", actor="ak")])
    for portfolio, criterion in ((two, ""), (DECIDED, "9.9"), (fold([]), "")):
        with pytest.raises(WrongUse, match="Whose action"):
            actions.whose_work(UNIT, portfolio, criterion)


def test_an_action_is_named_by_the_beginning_of_its_id_or_is_the_only_one_left() -> None:
    both = (action_of(with_action(not_agreed())), replace(action_of(with_action(closed())), uid="other"))
    assert actions.the_action(LEARNER, UNIT, both[:1], "").uid == "action"
    assert actions.the_action(LEARNER, UNIT, both, "oth").uid == "other"
    for named, among in (("", both), ("x", both), ("", ())):
        with pytest.raises(WrongUse):
            actions.the_action(LEARNER, UNIT, among, named)


def test_the_same_criterion_by_the_same_assessor_is_what_a_wider_sample_is_of() -> None:
    assert assessors_not_agreed(not_agreed().unit(KEY), "2.1") == {"jm": "answer"}
    assert assessors_not_agreed(amended(not_agreed(), member=SECOND_ASSESSOR).unit(KEY), "2.1") == {"jm": "answer"}
    assert assessors_not_agreed(not_agreed().unit(KEY), "1.1") == {}
    other = closed(
        fold([declaration(), *(decision(n, n, actor="jm" if n == "2.1" else "ak") for n in ("1.1", "1.2", "2.1"))])
    )
    (found,) = alike("BBB2", "Nneka", other.unit(KEY), "2.1", "jm")
    assert (found.is_closed, found.is_sampled, found.is_agreed) == (True, False, False)
    assert alike("BBB2", "Nneka", other.unit(KEY), "1.1", "jm") == ()
    (agreed,) = alike("BBB2", "Nneka", verified(other, Said(True)).unit(KEY), "2.1", "jm")
    assert agreed.is_agreed


def test_a_wider_sample_leaves_out_what_is_sampled_or_agreed_and_is_the_same_everywhere() -> None:
    (one,) = alike("A", "A", closed().unit(KEY), "2.1", "jm")

    def of(number: int) -> Alike:
        return replace(one, registration=f"R{number}", decision=one.decision._replace(uid=f"u{number}"))

    every = [of(number) for number in range(20)]
    every[3] = replace(every[3], is_sampled=True)
    every[4] = replace(every[4], is_agreed=True)
    chosen = wider_sample(every, "8580-501", (Band(None, 25),), "answer")
    proposed = [each.registration for each in chosen if each.is_proposed]
    assert len(proposed) == 5, "a quarter of 18, rounded up"
    assert not {"R3", "R4"} & set(proposed)
    assert chosen == wider_sample(every[::-1], "8580-501", (Band(None, 25),), "answer")
    assert [each.is_proposed for each in chosen] == [True] * 5 + [False] * 15
    joined = wider_sample([*every, of(20)], "8580-501", (Band(None, 25),), "answer")
    assert len(set(proposed) - {each.registration for each in joined if each.is_proposed}) <= 1
