"""A graded unit in every state says the same wherever it is shown, printed or exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, NamedTuple

import pytest

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.feedback.feedback import feedback_on_unit
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.record.sheet_fit import as_it_stands, with_records
from markterm.domain.rules.act import Act
from markterm.domain.rules.marking import close
from markterm.domain.views.caseload_row import unit_progress
from markterm.domain.views.event_told import event_told
from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS
from markterm.domain.views.tracking import tracked_units
from markterm.domain.views.waiting import NOTHING_SPECIAL
from markterm.exports.document.feedback_sheet import feedback_sheet
from markterm.exports.document.mark_sheet import completed_mark_sheet
from markterm.exports.document.model import Document
from markterm.exports.form.fields import Field
from markterm.exports.form.from_record import form_values
from markterm.exports.html.render import render as as_page
from markterm.exports.markdown.render import render as as_markdown
from markterm.exports.pdf.render import render as as_pdf
from markterm.exports.plain.unit import unit_as_json
from markterm.exports.table.matrix import SIGNS
from markterm.exports.word.render import render as as_word
from tests.exports.test_pdf import read as read_pdf
from tests.exports.test_pdf import squeezed
from tests.graded import DISTINCTIONS, MERITS, PASSES, decided, graded_unit
from tests.samples import AT, LEARNER, declaration

UNIT = graded_unit()
JO = Member("jm", "Jo Marsh", frozenset({Role.ASSESSOR}), frozenset({"G-1"}))
CENTRE = CentreDetails("012345", "Test Centre", members=(JO,))
WHO = Learner(LEARNER, "Grace Reed")
LEVELS = {each.number: each.level.value for each in UNIT.higher if each.level is not None}
YES, NO = Result.PASS, Result.REFER


class Case(NamedTuple):
    """What was decided, whether the unit was closed on it, and the words for A.M1 and for the unit."""

    results: Mapping[str, Result]
    is_closed: bool
    merit: str
    unit: str


PASSED = dict.fromkeys(PASSES, YES)
EVERYTHING = {each.number: YES for each in UNIT.criteria}
CASES = {
    "nothing": Case({}, False, "open", "not started"),
    "begun": Case({"A.M1": NO}, False, "not achieved", "marking"),
    "passes alone": Case(PASSED, False, "open", "decided"),
    "decided": Case({**PASSED, "A.M1": YES}, False, "achieved", "decided"),
    "referred": Case({**PASSED, "A.P1": NO, "A.M1": YES}, True, "achieved", "refer"),
    "passed": Case({**PASSED, "A.M1": NO}, True, "not achieved", "pass"),
    "merit": Case({**PASSED, **dict.fromkeys(MERITS, YES), DISTINCTIONS[0]: NO}, True, "achieved", "merit"),
    "distinction": Case(EVERYTHING, True, "achieved", "distinction"),
}


def portfolio_of(case: Case) -> tuple[Portfolio, list[Event]]:
    events = [declaration()]
    events += [decided(number, number, said, level=LEVELS.get(number, "")) for number, said in case.results.items()]
    if case.is_closed:
        events.append(close(Act(JO, LEARNER, AT, "closed"), UNIT, fold(events), "Read each note."))
    folded = fold(events)
    return with_records(folded, {UNIT.key: as_it_stands(UNIT.key, UNIT, (), folded)[1]}), events


def texts_of(document: Document) -> Mapping[str, str]:
    """What is read in each form, but for the PDF, which takes longer."""
    return {"md": as_markdown(document), "html": as_page(document)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_surface_says_the_same(case: Case) -> None:
    portfolio, events = portfolio_of(case)
    record = portfolio.unit(UNIT.key)
    progress = unit_progress(UNIT, portfolio, Policy(), NOTHING_SPECIAL)
    assert progress.state.value == case.unit
    assert UNIT_SIGNS[progress.state].word == case.unit
    assert CRITERION_SIGNS[record.criterion("A.M1").state].word == case.merit

    plain = unit_as_json(UNIT, portfolio, {}, progress, {}, {})
    assert plain["state"] == case.unit
    outcomes: Any = plain["outcomes"]
    (merit,) = (each for lo in outcomes for each in lo["criteria"] if each["number"] == "A.M1")
    assert (merit["state"], merit["level"]) == (case.merit, "merit")

    (tracked,) = tracked_units([UNIT], portfolio)
    assert SIGNS[tracked.states[tracked.numbers.index("A.M1")]].word == case.merit
    assert tracked.present.outcome == (case.unit if case.is_closed else "")

    aims = {aim["aim"]: aim["grade"] for lo in outcomes for aim in lo["aims"]}
    assert set(aims) == {"A", "B"}
    assert (aims["A"] is None) is (case.unit in ("not started", "marking", "refer"))

    sheet = completed_mark_sheet(CENTRE, WHO, UNIT, portfolio, zone=UTC)
    headline = {"refer": "REFERRAL"}.get(case.unit, case.unit.upper()) if case.is_closed else "Not closed yet"
    for text in texts_of(sheet).values():
        assert case.merit.capitalize() in text
        assert headline in text
        assert f"Learning aim: A {aims['A'] or 'no pass'}" in text
        assert f"Learning aims: A {aims['A'] or 'no pass'}, B" in text

    values = form_values(CENTRE, WHO, UNIT, portfolio, zone=UTC)
    assert values.of_criteria["A.M1"][Field.DECISION].text == case.merit.capitalize()
    assert values.of_criteria["A.M1"][Field.DECISION].result is None, "a form has no tick for it"
    if case.is_closed:
        outcome = values.facts[Field.OUTCOME]
        assert outcome.text == {"refer": "Referral"}.get(case.unit, case.unit.capitalize())
        assert (outcome.result is None) is (case.unit in ("merit", "distinction"))
        assert event_told(events[-1]).endswith(case.unit)

    told = feedback_sheet(CENTRE, WHO, feedback_on_unit(UNIT, portfolio), portfolio, zone=UTC)
    text = as_markdown(told)
    assert ("Not achieved, for a higher grade" in text) is (NO in [case.results.get(each) for each in LEVELS])
    assert ("What is missing" in text) is (case.unit == "refer")
    if case.is_closed:
        assert f"| Outcome | {'Referral' if case.unit == 'refer' else case.unit.capitalize()}" in text


@pytest.mark.parametrize("form", [lambda each: read_pdf(as_pdf(each).pdf), as_word], ids=["pdf", "word"])
def test_the_forms_that_take_longer_are_made_of_it_too(form: Callable[[Document], object]) -> None:
    portfolio, _ = portfolio_of(CASES["merit"])
    made = form(completed_mark_sheet(CENTRE, WHO, UNIT, portfolio, zone=UTC))
    assert made
    if isinstance(made, str):
        assert squeezed("MERIT (attempt 1)") in made
        assert squeezed("Not achieved") in made


def test_what_waits_is_what_gates_alone() -> None:
    portfolio, _ = portfolio_of(CASES["passes alone"])
    progress = unit_progress(UNIT, portfolio, Policy(), NOTHING_SPECIAL)
    assert (progress.decided, progress.criteria, progress.higher_open) == (3, 7, 4)
    assert "close" in {str(each.step) for each in progress.due}
    assert "mark" not in {str(each.step) for each in progress.due}
