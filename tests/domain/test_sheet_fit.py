"""Decisions belong to the wording they were made on: what does not fit the sheet is stale, unfinished everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Standing, Unit, UnitKey
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Json, Kind, Result, Subject
from markterm.domain.record.outcome import outcome, unit_state
from markterm.domain.record.portfolio import Portfolio, UnitRecord, fold
from markterm.domain.record.programme import Programme, passed, programme
from markterm.domain.record.sheet_fit import fit_in_words, stale, why_changed
from markterm.domain.record.states import CriterionState, UnitState, VerificationState
from markterm.domain.rules import citing, marking, withdrawal
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said
from markterm.domain.rules.attempt import attempts, declare
from markterm.domain.rules.countersignature import waiting
from markterm.domain.rules.verification import sample, settled_closing, verify
from markterm.domain.views.caseload_row import caseload_row
from markterm.domain.views.due import Person, Step
from markterm.domain.views.waiting import Circumstances
from markterm.domain.words.errors import Refused
from tests.samples import ASSESSOR, AT, KEY, LEARNER, UNIT, VERIFIER

WORDS = {"1.1": "Define coaching", "1.2": "Evaluate it", "2.1": "Plan a programme"}


def sheet(*criteria: tuple[str, str], version: str = "1", code: str = UNIT.code) -> Unit:
    """A sheet with these criteria, of one outcome."""
    outcome_ = LearningOutcome(1, "Coach", tuple(Criterion(number, text) for number, text in criteria))
    return Unit(code, "Coaching", version=version, outcomes=(outcome_,))


SHEET = sheet(*WORDS.items())
IN_FRONT = sheet(("1.1", "Something new"), ("1.2", WORDS["1.1"]), ("1.3", WORDS["1.2"]), ("2.1", WORDS["2.1"]))


class Marking:
    """A learner's record, made on `SHEET`."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.add(declare(self.act(), Declared("signed sheet")))

    def act(self) -> Act:
        return Act(ASSESSOR, LEARNER, AT, f"e{len(self.events)}")

    def add(self, event: Event) -> Marking:
        self.events.append(event)
        return self

    @property
    def portfolio(self) -> Portfolio:
        return fold(self.events)

    def mark(self, number: str, result: Result = Result.PASS, unit: Unit = SHEET) -> Marking:
        return self.add(marking.decide(self.act(), unit, self.portfolio, number, result, "Because."))

    def close(self, unit: Unit = SHEET) -> Marking:
        return self.add(marking.close(self.act(), unit, self.portfolio, "Well done."))

    def beside(self, *sheets: Unit) -> Programme:
        """The learner's programme beside these sheets."""
        known = {each.key: each for each in sheets}
        newest = {each.code: each for each in sheets}
        learner = Learner(LEARNER, "Rosalind", units=(UNIT.code,))
        return programme(learner, self.portfolio, known, newest, {}, {})


def marked(*referred: str) -> Marking:
    """Everything of `SHEET` decided, with these referred."""
    own = Marking()
    for number in WORDS:
        own.mark(number, Result.REFER if number in referred else Result.PASS)
    return own


def only(own: Programme) -> tuple[Unit, UnitRecord]:
    (unit,) = own.units
    return unit, own.portfolio.unit(unit.key)


def states(own: Programme) -> dict[str, str]:
    unit, record = only(own)
    return {each.number: record.criterion(each.number).state.value for each in unit.criteria}


def test_nothing_is_copied_where_everything_fits() -> None:
    own = marked("1.2").close()
    beside = own.beside(SHEET)
    assert beside.units[0] is SHEET
    assert beside.portfolio == own.portfolio
    assert why_changed(*only(beside)) == ""


def test_a_corrected_comma_unfinishes_nobody() -> None:
    typed = sheet(("1.1", "Define “coaching”,"), ("1.2", "Evaluate\u00a0it."), ("2.1", "Plan  a pro\u00adgramme"))
    assert set(states(marked().beside(typed)).values()) == {"pass"}


def test_a_criterion_put_in_front_makes_stale_what_has_other_words_now() -> None:
    own = marked("1.1").beside(IN_FRONT)
    assert states(own) == {"1.1": "stale", "1.2": "stale", "1.3": "open", "2.1": "pass"}
    assert stale(*only(own)) == ("1.1", "1.2")
    with pytest.raises(Refused, match=r"2 of 4 criteria are decided on another wording.*\(1.1, 1.2\)"):
        marking.closing_outcome(LEARNER, own.units[0], own.portfolio)


def test_a_deleted_criterion_stays_in_sight_with_its_referral_and_the_unit_does_not_close_as_a_pass() -> None:
    own = marked("2.1").beside(sheet(("1.1", WORDS["1.1"]), ("1.2", WORDS["1.2"])))
    assert states(own) == {"1.1": "pass", "1.2": "pass", "2.1": "stale"}
    unit, record = only(own)
    assert unit.criteria[-1].text == WORDS["2.1"]
    assert not unit.criteria[-1].is_asked
    assert [each.number for each in unit.asked] == ["1.1", "1.2"]
    assert outcome(unit, record) is CriterionState.STALE
    (attempt,) = attempts(unit, own.portfolio)
    assert attempt.referred == ("2.1",)
    assert attempt.stale == ("2.1",)
    with pytest.raises(Refused, match="1 of 3 criteria are decided on another wording"):
        marking.closing_outcome(LEARNER, unit, own.portfolio)


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        (
            (replace(SHEET, version="2"),),
            "its mark sheet of version 1 is gone or cannot be read; the centre has version 2",
        ),
        ((), "its mark sheet of version 1 is gone or cannot be read; the centre has no other"),
        (
            (replace(SHEET, code="8580-5O1"),),
            "its mark sheet of version 1 is gone or cannot be read; the centre has no other",
        ),
    ],
)
def test_a_unit_whose_sheet_is_gone_stays_in_the_caseload_with_its_referral(
    sheets: tuple[Unit, ...], said: str
) -> None:
    own = marked("1.2").close().beside(*sheets)
    unit, record = only(own)
    assert (unit.key, unit.no_sheet) == (KEY, said)
    assert states(own) == dict.fromkeys(WORDS, "stale")
    assert unit_state(unit, record) is UnitState.CLOSED_REFER
    row = caseload_row("x", Learner(LEARNER, "R"), own.units, own.portfolio, Policy(), Circumstances())
    (progress,) = row.units
    assert (progress.code, progress.criteria, progress.decided, progress.stale) == (UNIT.code, 3, 0, 3)
    assert progress.changed
    assert progress.unfinished
    assert [(each.step, each.person) for each in row.due] == [(Step.SETTLE, Person.ASSESSOR)]
    with pytest.raises(Refused, match=said):
        marking.decide(Marking().act(), unit, own.portfolio, "1.1", Result.PASS, "")


def test_a_unit_that_was_only_submitted_does_not_leave_with_its_sheet() -> None:
    own = Marking().add(Event("s", Kind.SUBMITTED, LEARNER, AT, "jm", "assessor", Subject(KEY), {"files": {}}))
    (unit,) = own.beside().units
    assert unit.no_sheet
    row = caseload_row("x", Learner(LEARNER, "R"), (unit,), own.beside().portfolio, Policy(), Circumstances())
    assert row.units[0].stale == 1


def test_what_stands_in_another_version_is_seen_in_the_one_that_is_marked() -> None:
    newer = replace(SHEET, version="2")
    own = marked().mark("1.1", unit=newer).beside(SHEET, newer)
    assert states(own) == {
        "1.1": "pass",
        "1.2": "open",
        "2.1": "open",
        "1.1 (1)": "stale",
        "1.2 (1)": "stale",
        "2.1 (1)": "stale",
    }
    assert own.units[0].criteria[-1].recorded == (KEY, "2.1")


def test_a_closing_on_another_wording_is_not_reopened_and_counts_no_credits() -> None:
    closed = marked().close()
    assert passed(closed.beside(SHEET).portfolio) == {UNIT.code}
    for changed in (IN_FRONT, sheet(("1.1", WORDS["1.1"]), ("1.2", WORDS["1.2"])), replace(SHEET, version="2")):
        own = closed.beside(changed)
        unit, record = only(own)
        assert record.closing is not None
        assert record.changed_since_closing
        assert "does not count" in why_changed(unit, record)
        assert passed(own.portfolio) == frozenset()
        with pytest.raises(Refused):
            settled_closing(LEARNER, unit, record)


def test_what_was_verified_before_the_sheet_changed_is_stale_until_it_is_as_it_was() -> None:
    own = marked().close()
    own.add(sample(Act(VERIFIER, LEARNER, AT, "sampled"), SHEET, own.portfolio, "routine"))
    own.add(verify(Act(VERIFIER, LEARNER, AT, "verified"), SHEET, own.portfolio, Said(agreed=("1.1", "1.2", "2.1"))))
    for changed in (IN_FRONT, sheet(("1.1", WORDS["1.1"]), ("1.2", WORDS["1.2"])), replace(SHEET, version="2")):
        _, record = only(own.beside(changed))
        assert record.verification is VerificationState.STALE
        (answer,) = record.after.verifications
        assert "another wording" in record.why_stale(answer)
    assert only(own.beside(SHEET))[1].verification is VerificationState.AGREED


def test_a_criterion_that_came_to_the_sheet_after_the_closing_leaves_the_closing_without_effect() -> None:
    own = marked().close().beside(sheet(*WORDS.items(), ("2.2", "Do more")))
    unit, record = only(own)
    assert states(own)["2.2"] == "open"
    assert passed(own.portfolio) == frozenset()
    assert (
        why_changed(unit, record)
        == "This outcome does not count: it is not what the criteria of the sheet come to now."
    )


def test_a_decision_recorded_without_its_wording_fits_by_its_number() -> None:
    own = Marking()
    body: dict[str, Json] = {"result": "pass", "note": "", "attempt": 1}
    own.add(Event("d", Kind.DECIDED, LEARNER, AT, "jm", "assessor", Subject(KEY, "1.1"), body))
    assert states(own.beside(IN_FRONT))["1.1"] == "pass"


def test_feedback_does_not_tell_of_what_was_decided_on_other_words() -> None:
    own = marked("1.1").beside(IN_FRONT)
    (told,) = feedback_on_unit(own.units[0], own.portfolio).units
    assert [each.criterion.number for each in told.remarks] == ["2.1"]
    assert told.waiting == ("1.1", "1.2", "1.3")


@pytest.mark.parametrize("number", ["1.1", "2.1"])
def test_what_does_not_fit_is_neither_decided_again_nor_cited_in_passing(number: str) -> None:
    own = marked("1.1").beside(sheet(("1.1", "Something new"), ("1.2", WORDS["1.2"])))
    act, said = Marking().act(), rf"{number} (was decided on another wording|is no longer on the sheet)"
    with pytest.raises(Refused, match=said):
        marking.decide(act, own.units[0], own.portfolio, number, Result.PASS, "")
    passage = Passage("diary.md", "0" * 64, 1, 1, "I coached.")
    with pytest.raises(Refused, match=said):
        citing.cite(act, own.units[0], own.portfolio, number, passage)


def test_what_is_no_longer_on_the_sheet_is_not_withdrawn_in_passing_either() -> None:
    own = marked("2.1").beside(sheet(("1.1", WORDS["1.1"]), ("1.2", WORDS["1.2"])))
    with pytest.raises(Refused, match="no longer on the sheet"):
        withdrawal.withdraw(Marking().act(), own.units[0], own.portfolio, "2.1", "gone")


def test_changed_descriptors_are_said_and_block_nothing() -> None:
    def described(text: str) -> Unit:
        criterion = Criterion("1.1", "Define", (Descriptor(Standing.PASS, text),))
        return replace(SHEET, outcomes=(LearningOutcome(1, "", (criterion,)),))

    own = Marking().mark("1.1", unit=described("both"))
    for text, said in (("both.", ()), ("all three", ("the descriptors changed since",))):
        beside = own.beside(described(text))
        unit, record = only(beside)
        marked_ = record.criterion("1.1")
        assert marked_.state is CriterionState.PASS
        assert fit_in_words(unit, unit.criteria[0], marked_, marked_.standing[0], beside.portfolio.placing) == said


def test_what_was_closed_in_another_version_counts_no_credits_beside_what_is_marked() -> None:
    newer = replace(SHEET, version="2")
    own = marked().close().mark("1.1", unit=newer).beside(SHEET, newer)
    assert passed(own.portfolio) == frozenset()


def test_what_does_not_fit_waits_for_no_countersignature_before_it_is_settled() -> None:
    own = Marking()
    body: dict[str, Json] = {"result": "pass", "note": "", "attempt": 1, "wording": WORDS["1.1"], "training": True}
    own.add(Event("d", Kind.DECIDED, LEARNER, AT, "tr", "assessor", Subject(KEY, "1.1"), body))
    assert [number for number, _ in waiting(SHEET, own.beside(SHEET).portfolio)] == ["1.1"]
    beside = own.beside(IN_FRONT)
    assert list(waiting(beside.units[0], beside.portfolio)) == []


def test_the_refusal_to_verify_or_release_says_that_the_wording_is_another() -> None:
    own = marked().close().beside(IN_FRONT)
    with pytest.raises(Refused, match="was closed on another wording than the sheet has now"):
        settled_closing(LEARNER, *only(own))


def test_what_is_remembered_of_a_sheet_is_not_taken_for_another_one() -> None:
    own, remembered = marked(), dict[UnitKey, tuple[UnitRecord, Unit | None, Unit, UnitRecord]]()
    learner, portfolio = Learner(LEARNER, "R", units=(UNIT.code,)), own.portfolio
    told = []
    for sheet_ in (SHEET, IN_FRONT, SHEET):
        beside = programme(learner, portfolio, {KEY: sheet_}, {UNIT.code: sheet_}, {}, {}, remembered)
        told.append(stale(*only(beside)))
    assert told == [(), ("1.1", "1.2"), ()]
