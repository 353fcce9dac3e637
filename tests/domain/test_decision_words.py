"""A decision has one word wherever it is told: pass or refer, and for a higher grade achieved or not achieved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import Any, NamedTuple

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.standardising import Standardised, View, Viewed
from markterm.domain.record.bodies.verifying import Answer, Verified
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import CriterionRecord, decision_of
from markterm.domain.record.event import CENTRE, Event, Kind, Result, Subject
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.standardisation import Standardisation, standardisations
from markterm.domain.reports.agreement import entry_of
from markterm.domain.reports.counted import counted_of
from markterm.domain.rules.act import Act
from markterm.domain.rules.answering import Said, answers_of
from markterm.domain.rules.attempt import attempts
from markterm.domain.rules.decided_before import NothingNew, SomebodysNote, refuse_passed_before
from markterm.domain.rules.settling import Unsettled
from markterm.domain.rules.standardising import answer, begin, exhibit
from markterm.domain.sampling.agreement import agreement
from markterm.domain.views import verified
from markterm.domain.views.across import Stand, tally
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.event_told import event_told
from markterm.domain.views.standardised import agreement_in_words, sign_of, viewed_in_words
from markterm.domain.words.errors import MarkTermError
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.form.fields import Field
from markterm.exports.form.from_record import form_values
from markterm.exports.markdown.render import render as as_markdown
from markterm.exports.plain.decision import decision_as_json
from markterm.exports.plain.standardisation import standardisation_as_json
from tests.graded import decided, graded_unit
from tests.samples import AT, LEARNER

UNIT = graded_unit()
JO = Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR}), frozenset({"G-1"}))
VERA = Member("vd", "Vera Dunn", frozenset({Role.VERIFIER}), frozenset({"G-1"}))
CENTRE_OF_TESTS = CentreDetails("012345", "Test Centre", members=(JO, VERA))


class Case(NamedTuple):
    """A decision on a criterion, and the words that it may be told by."""

    number: str
    result: Result
    level: str
    words: tuple[str, ...]


CASES = {
    "passed": Case("A.P1", Result.PASS, "", ("pass",)),
    "referred": Case("A.P1", Result.REFER, "", ("refer", "referral")),
    "achieved": Case("A.M1", Result.PASS, "merit", ("achieved",)),
    "not achieved": Case("A.M1", Result.REFER, "merit", ("not achieved",)),
}


def event_of(case: Case) -> Event:
    return decided("d", case.number, case.result, level=case.level)


def record_of(case: Case, *more: Event) -> tuple[Portfolio, CriterionRecord]:
    folded = fold([event_of(case), *more])
    return folded, folded.unit(UNIT.key).criterion(case.number)


def in_conflict(case: Case) -> tuple[Portfolio, CriterionRecord]:
    """Decided alike by two who had not seen each other's decision."""
    return record_of(case, decided("e", case.number, case.result, level=case.level))


def second_assessment(case: Case, own: Result, *more: Event) -> Portfolio:
    said = Verified("c", True, answers=(Answer(case.number, "d", True, "So.", own=own),))
    event = Event("v", Kind.VERIFIED.value, LEARNER, AT, "vd", "verifier", Subject(UNIT.key), said.write())
    return record_of(case, event, *more)[0]


def standardised(case: Case) -> tuple[Standardisation, Viewed]:
    view = View(case.result.value)
    shown = exhibit("AAA1", UNIT, Portfolio(), [case.number], Standardised.DECISIONS)
    opened = begin(Act(VERA, CENTRE, AT, "s"), "G-CERT", [shown], "Two of us differ.")
    viewed = Viewed(1, case.number, view, "So.")
    (told,) = standardisations([opened])
    said = answer(Act(JO, CENTRE, AT, "a"), told, [viewed])
    (told,) = standardisations([opened, said])
    return told, viewed


def refused(what: Callable[[], object]) -> str:
    with pytest.raises(MarkTermError) as caught:
        what()
    return f"{caught.value.title} {caught.value.what}"


def _logged(case: Case) -> str:
    return event_told(event_of(case))


def _json(case: Case) -> str:
    return str(decision_as_json(decision_of(event_of(case)))["decided"])


def _counted_across(case: Case) -> str:
    row = CaseloadRow("x", "x", "X")
    told = tally([Stand(row, decision=decision_of(event_of(case)))], gates=not case.level)
    return next(each for each in told.split(", ") if each.startswith("1 "))


def _set_aside(case: Case) -> str:
    return Unsettled(case.number, (UNIT.key, case.number), "", record_of(case)[1]).results


def _stands_already(case: Case) -> str:
    return NothingNew("G-1", case.number, decision_of(event_of(case))).what


def _somebodys_note(case: Case) -> str:
    return SomebodysNote("G-1", case.number, decision_of(event_of(case))).what


def _decided_again_since(case: Case) -> str:
    record = record_of(case)[0].unit(UNIT.key)
    return refused(lambda: answers_of(UNIT, record, Said(agreed=(case.number,), shown={case.number: "before"})))


def _own_result(case: Case) -> str:
    record = second_assessment(case, case.result).unit(UNIT.key)
    return next(each for each in verified.told(verified.answered(record)[0], record, str) if "independent" in each)


def _own_result_of_what_was_taken_back(case: Case) -> str:
    back = Event(
        "w",
        Kind.WITHDRAWN.value,
        LEARNER,
        AT,
        "jm",
        "assessor",
        Subject(UNIT.key, case.number),
        {"reason": "x"},
        ("d",),
    )
    record = second_assessment(case, case.result, back).unit(UNIT.key)
    return next(each for each in verified.told(verified.answered(record)[0], record, str) if "independent" in each)


def _behind_the_agreement(case: Case) -> str:
    (answered,) = counted_of(LEARNER, second_assessment(case, case.result)).answered
    return entry_of(LEARNER, answered).what


def _behind_the_referrals(case: Case) -> str:
    (counted,) = counted_of(LEARNER, record_of(case)[0]).decided
    return counted.in_a_word


def _standardised(case: Case) -> str:
    told, viewed = standardised(case)
    (agreed,) = agreement(told)
    plain: Any = standardisation_as_json(told, "jm", ())
    said = plain["answers"]["jm"][0]["said"], *plain["agreement"][0]["said"]
    return f"{viewed_in_words(told, viewed)} {agreement_in_words(told, agreed)} {sign_of(told, viewed).word} {said}"


def _sheet_of_a_conflict(case: Case) -> str:
    portfolio, _ = in_conflict(case)
    sheet = as_markdown(completed_mark_sheet(CENTRE_OF_TESTS, Learner(LEARNER, "Grace"), UNIT, portfolio, zone=UTC))
    return "".join(line for line in sheet.split("\n") if "Jo Marsh" in line)


def _form_of_a_conflict(case: Case) -> str:
    portfolio, _ = in_conflict(case)
    values = form_values(CENTRE_OF_TESTS, Learner(LEARNER, "Grace"), UNIT, portfolio, zone=UTC)
    return values.of_criteria[case.number][Field.FEEDBACK].text


def _at_an_attempt(case: Case) -> str:
    (attempt,) = attempts(UNIT, record_of(case)[0])
    named = {
        "pass": attempt.passed,
        "referral": attempt.referred,
        "achieved": attempt.achieved,
        "not achieved": attempt.not_achieved,
    }
    return ", ".join(word for word, numbers in named.items() if numbers)


SURFACES = (
    _logged,
    _json,
    _counted_across,
    _set_aside,
    _stands_already,
    _somebodys_note,
    _decided_again_since,
    _own_result,
    _own_result_of_what_was_taken_back,
    _behind_the_agreement,
    _behind_the_referrals,
    _standardised,
    _sheet_of_a_conflict,
    _form_of_a_conflict,
    _at_an_attempt,
)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("surface", SURFACES, ids=[each.__name__.strip("_") for each in SURFACES])
def test_every_surface_has_the_same_word_for_a_decision(surface: Callable[[Case], str], case: Case) -> None:
    told = surface(case).casefold()
    assert any(word in told for word in case.words)
    if case.level:
        assert "pass" not in told
        assert "refer" not in told
        assert ("not achieved" in told) is (case.result is Result.REFER)
    else:
        assert "achieved" not in told


def test_what_was_achieved_at_an_earlier_attempt_stands_and_is_not_called_passed() -> None:
    _, record = record_of(CASES["achieved"])
    told = refused(lambda: refuse_passed_before("G-1", "A.M1", record, 2))
    assert "was achieved at attempt 1" in told
    assert "pass" not in told.casefold()
