"""Cases: what they hold while they are open, who goes on with them, and that an appeal is decided by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.method import Method
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.cases import CaseAbout, RecognisedAs
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import cases, countersignature, marking, withdrawal
from markterm.domain.rules.accounts import set_method
from markterm.domain.rules.act import Act
from markterm.domain.rules.holding import held_back
from markterm.domain.views.due import Step
from markterm.domain.views.waiting import steps_due
from markterm.domain.words.errors import Refused, WrongUse
from tests.samples import ASSESSOR, AT, KEY, LEARNER, SECOND_ASSESSOR, UNIT, VERIFIER, decision, declaration

REFERRED = fold([declaration(), decision("a"), decision("b", "1.2", Result.REFER, note="Why?"), decision("c", "2.1")])
COORDINATOR = Member("cc", "Cora Cole", frozenset({Role.COORDINATOR}))


def act(uid: str, member: Member | None = COORDINATOR) -> Act:
    return Act(member, LEARNER, AT, uid)


def with_case(
    portfolio: Portfolio = REFERRED,
    about: CaseAbout = CaseAbout.MALPRACTICE,
    unit: Unit | None = UNIT,
    criterion: str = "",
) -> Portfolio:
    gives = RecognisedAs.EXEMPTION if about is CaseAbout.RECOGNITION else None
    event = cases.open_case(act("case", ASSESSOR), portfolio, about, "As it was.", unit, criterion, recognised_as=gives)
    return portfolio.with_event(event)


def closed(portfolio: Portfolio, uid: str = "closing") -> Portfolio:
    return portfolio.with_event(marking.close(act(uid, ASSESSOR), UNIT, portfolio, "Nearly."))


def marked(portfolio: Portfolio, member: Member = ASSESSOR, number: str = "1.2", uid: str = "again") -> Portfolio:
    return portfolio.with_event(marking.decide(act(uid, member), UNIT, portfolio, number, Result.REFER, "Still: why?"))


def settled(portfolio: Portfolio, upheld: bool = False) -> Portfolio:
    said = cases.decide_case(act("said"), portfolio, portfolio.cases[0], upheld=upheld, text="Read anew.")
    decided = portfolio.with_event(said)
    return decided.with_event(cases.close_case(act("shut"), decided.cases[0]))


def test_a_case_on_a_criterion_says_what_it_is_on_and_from_which_day() -> None:
    event = cases.open_case(
        act("case", ASSESSOR), REFERRED, CaseAbout.MALPRACTICE, "Copied.", UNIT, "1.1", date(2025, 3, 1)
    )
    assert (event.subject.unit, event.body["criterion"], event.body["on"]) == (KEY, "1.1", "2025-03-01")
    whole = cases.open_case(act("case"), REFERRED, CaseAbout.ADJUSTMENT, "More time.")
    assert (whole.subject.unit, whole.role) == (None, "coordinator")


@pytest.mark.parametrize("about", [CaseAbout.MALPRACTICE, CaseAbout.APPEAL])
def test_what_an_open_case_holds_goes_on_when_it_is_closed(about: CaseAbout) -> None:
    portfolio = with_case(closed(REFERRED), about)
    waits = held_back(Policy(), LEARNER, UNIT, portfolio)
    assert waits is not None
    assert "As it was." not in f"{waits.title} {waits.what} {waits.next_step}"
    if about is CaseAbout.APPEAL:
        reopened = portfolio.with_event(marking.reopen(act("open", ASSESSOR), UNIT, portfolio, "Appeal"))
        portfolio = closed(marked(reopened, SECOND_ASSESSOR), "closed again")
        assert held_back(Policy(), LEARNER, UNIT, portfolio) is not None
    assert held_back(Policy(), LEARNER, UNIT, settled(portfolio)) is None


@pytest.mark.parametrize("about", [CaseAbout.COMPLAINT, CaseAbout.ADJUSTMENT, CaseAbout.RECOGNITION])
def test_other_cases_hold_nothing_and_wait_to_be_resolved(about: CaseAbout) -> None:
    portfolio = with_case(closed(REFERRED), about)
    assert held_back(Policy(), LEARNER, UNIT, portfolio) is None
    assert {each.step for each in steps_due(UNIT, portfolio, Policy())} == {Step.RESOLVE, Step.RELEASE}


def test_under_suspicion_nothing_is_decided_or_closed_there_and_elsewhere_it_is() -> None:
    on_criterion = with_case(criterion="1.2")
    with pytest.raises(Refused, match="Held by a case"):
        marked(on_criterion)
    with pytest.raises(Refused, match="Held by a case"):
        closed(on_criterion)
    assert marked(on_criterion, number="1.1").unit(KEY).criterion("1.1").standing[0].uid == "again"
    with pytest.raises(Refused, match="Held by a case"):
        marked(with_case(unit=None))
    assert closed(settled(on_criterion)).unit(KEY).closing is not None


def test_a_unit_under_suspicion_waits_for_the_coordinator_and_for_nobody_to_mark_or_close_it() -> None:
    portfolio = with_case(fold([declaration(), decision("a")]))
    steps = {each.step for each in steps_due(UNIT, portfolio, Policy())}
    assert Step.RESOLVE in steps
    assert steps.isdisjoint({Step.MARK, Step.CLOSE})
    released = with_case(closed(REFERRED))
    assert [each.step for each in steps_due(UNIT, released, Policy())] == [Step.RESOLVE]


def test_an_appeal_is_against_the_referrals_of_a_unit_or_what_stands_on_a_criterion() -> None:
    assert with_case(about=CaseAbout.APPEAL).cases[0].rests_on == ("b",)
    assert with_case(about=CaseAbout.APPEAL, criterion="1.1").cases[0].rests_on == ("a",)


def test_what_is_appealed_is_decided_again_by_another_assessor_alone() -> None:
    portfolio = with_case(about=CaseAbout.APPEAL)
    with pytest.raises(Refused, match="another assessor"):
        marked(portfolio)
    assert marked(portfolio, number="1.1").unit(KEY).criterion("1.1").standing[0].uid == "again", "not appealed"
    with pytest.raises(Refused, match="stands as it was"):
        settled(portfolio)
    again = marked(portfolio, SECOND_ASSESSOR)
    assert settled(again).cases[0].state == "closed, not upheld"
    assert again.unit(KEY).criterion("1.2").standing[0].supersedes == ("b",)


def test_an_appeal_whose_decision_was_only_withdrawn_is_not_decided_again() -> None:
    portfolio = with_case(about=CaseAbout.APPEAL)
    other = marked(portfolio, SECOND_ASSESSOR)
    back = replace(decision("third", "1.2", Result.REFER, note="No.", actor="jm"), supersedes=("again",))
    with pytest.raises(Refused, match="stands as it was"):
        settled(other.with_event(back))


def test_an_appealed_decision_is_neither_withdrawn_by_whom_it_is_against_nor_decided_by_that() -> None:
    portfolio = with_case(about=CaseAbout.APPEAL)
    with pytest.raises(Refused, match="another assessor"):
        withdrawal.withdraw(act("back", ASSESSOR), UNIT, portfolio, "1.2", "wrong")
    gone = portfolio.with_event(
        withdrawal.withdraw(act("back", SECOND_ASSESSOR), UNIT, portfolio, "1.2", "to decide it again")
    )
    with pytest.raises(Refused, match="stands as it was"):
        settled(gone)
    with pytest.raises(Refused, match="another assessor"):
        marked(gone)
    assert settled(marked(gone, SECOND_ASSESSOR)).cases[0].state == "closed, not upheld"


def test_under_suspicion_nothing_is_withdrawn_or_countersigned() -> None:
    portfolio = with_case(criterion="1.2")
    with pytest.raises(Refused, match="Held by a case"):
        withdrawal.withdraw(act("back", ASSESSOR), UNIT, portfolio, "1.2", "wrong")
    with pytest.raises(Refused, match="Held by a case"):
        countersignature.countersign(act("sign", SECOND_ASSESSOR), UNIT, portfolio, "1.2")


def test_what_was_asked_for_is_decided_by_whoever_coordinates_whatever_they_marked() -> None:
    portfolio = with_case(about=CaseAbout.ADJUSTMENT)
    both = replace(ASSESSOR, roles=frozenset(Role))
    event = cases.decide_case(act("said", both), portfolio, portfolio.cases[0], upheld=True, text="Agreed.")
    assert event.role == "coordinator"


REFUSALS: dict[str, tuple[Callable[[], Event], str]] = {
    "nobody": (
        lambda: cases.open_case(act("x", None), REFERRED, CaseAbout.COMPLAINT, "Cold."),
        "Who is marking?",
    ),
    "without a text": (
        lambda: cases.open_case(act("x"), REFERRED, CaseAbout.COMPLAINT, " "),
        "A case says what it is about",
    ),
    "twice": (
        lambda: cases.open_case(act("x"), with_case(), CaseAbout.MALPRACTICE, "Copied.", UNIT),
        "It is open already",
    ),
    "a day to come": (
        lambda: cases.open_case(act("x"), REFERRED, CaseAbout.COMPLAINT, "Cold.", on=date(2025, 3, 9)),
        "This day has not come yet",
    ),
    "an appeal against nothing": (
        lambda: cases.open_case(act("x"), fold([]), CaseAbout.APPEAL, "Unfair.", UNIT),
        "Nothing to appeal",
    ),
    "an appeal of everything": (
        lambda: cases.open_case(act("x"), REFERRED, CaseAbout.APPEAL, "Unfair."),
        "Nothing to appeal",
    ),
    "an assessor reports": (
        lambda: cases.report_case(act("x", ASSESSOR), with_case().cases[0], "them"),
        "Not yours to go on with",
    ),
    "reported to nobody": (
        lambda: cases.report_case(act("x"), with_case().cases[0], " "),
        "Reported to whom?",
    ),
    "decided without a reason": (
        lambda: cases.decide_case(act("x"), with_case(), with_case().cases[0], upheld=True, text=""),
        "A case is decided with a reason",
    ),
    "decided on their own decisions": (
        lambda: cases.decide_case(
            act("x", replace(ASSESSOR, roles=frozenset(Role))), with_case(), with_case().cases[0], upheld=True, text="."
        ),
        "Nobody decides a case on their own decisions",
    ),
    "closed before it is decided": (
        lambda: cases.close_case(act("x", VERIFIER), with_case().cases[0]),
        "It is not decided",
    ),
    "closed twice": (
        lambda: cases.close_case(act("x"), settled(with_case()).cases[0]),
        "The case is closed",
    ),
    "reported after it was closed": (
        lambda: cases.report_case(act("x"), settled(with_case()).cases[0], "them"),
        "The case is closed",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_refused(name: str) -> None:
    verb, title = REFUSALS[name]
    with pytest.raises(Refused) as refused:
        verb()
    assert refused.value.title == title
    assert refused.value.next_step


def test_a_case_of_the_same_is_opened_again_when_the_one_before_is_closed() -> None:
    portfolio = settled(with_case())
    again = portfolio.with_event(cases.open_case(act("second"), portfolio, CaseAbout.MALPRACTICE, "Once more.", UNIT))
    assert [each.is_open for each in again.cases] == [False, True]


def test_a_case_is_named_by_the_beginning_of_its_id_or_is_the_only_open_one() -> None:
    first = with_case()
    both = first.with_event(cases.open_case(act("other"), first, CaseAbout.COMPLAINT, "Cold."))
    assert cases.the_case(LEARNER, first.cases, "").uid == "case"
    assert cases.the_case(LEARNER, both.cases, "oth").uid == "other"
    for named in ("", "nothing"):
        with pytest.raises(WrongUse) as refused:
            cases.the_case(LEARNER, both.cases, named)
        assert "suspected malpractice" in f"{refused.value.what} {refused.value.next_step}"


def test_a_criterion_that_the_unit_does_not_have_is_wrong_use() -> None:
    with pytest.raises(WrongUse, match=r"no criterion 9\.9"):
        cases.open_case(act("x"), REFERRED, CaseAbout.COMPLAINT, "Cold.", UNIT, "9.9")


def test_prior_learning_is_agreed_on_evidence_and_used_once_the_awarding_organisation_was_told() -> None:
    for about, gives in ((CaseAbout.RECOGNITION, None), (CaseAbout.COMPLAINT, RecognisedAs.EXEMPTION)):
        with pytest.raises(WrongUse, match="What is it to give"):
            cases.open_case(act("x"), REFERRED, about, "Ten years of it.", recognised_as=gives)
    transfer = RecognisedAs.CREDIT_TRANSFER
    opened = cases.open_case(act("rpl"), REFERRED, CaseAbout.RECOGNITION, "Ten years of it.", recognised_as=transfer)
    portfolio = REFERRED.with_event(opened)
    assert portfolio.cases[0].about_in_words == "recognition of prior learning, a credit transfer"
    with pytest.raises(Refused, match="Nothing shows it"):
        cases.decide_case(act("yes"), portfolio, portfolio.cases[0], upheld=True, text="Agreed.")
    shown = {"certificate.pdf": "a" * 64}
    agreed = cases.decide_case(act("yes"), portfolio, portfolio.cases[0], upheld=True, text="Agreed.", evidence=shown)
    portfolio = portfolio.with_event(agreed)
    (case,) = portfolio.cases
    assert (case.state, case.evidence) == (
        "open, agreed, the awarding organisation is not told yet: it is not to be used",
        shown,
    )
    with pytest.raises(Refused, match="Not recognised yet"):
        set_method(act("use"), Method.RECOGNITION, shown, portfolio)
    portfolio = portfolio.with_event(cases.report_case(act("told"), case, "the awarding organisation"))
    (case,) = portfolio.cases
    assert case.may_be_used
    assert case.state.endswith("it may be used, and the case is to be closed")
    assert set_method(act("use"), Method.RECOGNITION, shown, portfolio)
    with pytest.raises(Refused, match="Not recognised yet"):
        set_method(act("use"), Method.RECOGNITION, {"diary.pdf": "d" * 64}, portfolio)
