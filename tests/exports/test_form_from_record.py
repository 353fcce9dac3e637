"""What a record says goes into a form as it stands: a decision that is one, and every other state in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import OPEN_CRITERION
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules import marking
from markterm.domain.rules.answering import Said
from markterm.domain.rules.attempt import declare
from markterm.domain.words.foreign_text import clean
from markterm.exports.form.fields import Field
from markterm.exports.form.form import Form
from markterm.exports.form.from_record import form_values
from markterm.exports.form.place import Entry
from markterm.exports.form.values import FormValues
from tests.domain.test_acting import closed, not_agreed, verified
from tests.examples import examples
from tests.exports.forms import form
from tests.exports.tea import BEN, CENTRE, TEA
from tests.exports.test_form import rows
from tests.exports.test_mark_sheet import LEARNER, Record
from tests.samples import ASSESSOR, UNIT, VERIFIER
from tests.samples import LEARNER as SAMPLE

TIA = Member("tia", "Tia Lund", frozenset({Role.ASSESSOR}), training=frozenset({"T-101"}))
_ROWS = {"1.1": (2, 3), "1.2": (2, 5), "2.1": (3, 3)}
"""Table and row of each criterion in the form of the unit; the decision is in the row below."""


def of(portfolio: Portfolio, unit: Unit = TEA, *, damaged: bool = False) -> FormValues:
    """What goes into a form of the unit."""
    return form_values(CENTRE, LEARNER, unit, portfolio, damaged=damaged, zone=UTC)


def of_sample(portfolio: Portfolio) -> FormValues:
    """The same, of the unit that verifiers look at."""
    centre = CentreDetails("012345", "Test Centre", members=(ASSESSOR, VERIFIER))
    return form_values(centre, Learner(SAMPLE, "Rosalind Jones"), UNIT, portfolio, zone=UTC)


def test_a_decision_that_stands_is_one_and_what_is_open_is_said_to_be() -> None:
    record = Record()
    record.mark("1.1", note="It boils.")
    record.mark("1.2", Result.REFER, "Warm the pot.")
    said = of(record.portfolio)
    assert said.of_criteria["1.1"][Field.DECISION] == Entry("Pass", Result.PASS)
    assert said.of_criteria["1.2"][Field.DECISION] == Entry("Referral", Result.REFER)
    assert said.of_criteria["1.2"][Field.FEEDBACK] == Entry("Warm the pot.")
    assert said.of_criteria["2.1"][Field.DECISION] == Entry("Open")
    assert said.entry(Field.OUTCOME) == Entry("Not closed yet: 1 of 3 passed, open so far")
    assert Field.ASSESSOR not in said.facts
    assert said.must_say == ()
    assert said.of_sections[1] == Entry("1 of 2 criteria passed. Referred: 1.2.")


def test_of_a_conflict_both_decisions_are_told_and_neither_is_ticked() -> None:
    record = Record()
    record.mark("1.1", Result.PASS, "It boils.")
    record.add(marking.decide(record.act(BEN), TEA, record.portfolio, "1.1", Result.REFER, "Lukewarm.", OPEN_CRITERION))
    said = of(record.portfolio)
    assert said.of_criteria["1.1"][Field.DECISION] == Entry("In conflict")
    told = said.of_criteria["1.1"][Field.FEEDBACK].text
    assert "Pass: It boils." in told
    assert "Referral: Lukewarm." in told
    assert "Asha Patel" in told
    assert said.must_say == ("In conflict: 1.1.",)


def test_what_does_not_fit_the_sheet_is_no_decision() -> None:
    record = Record()
    record.mark("1.1", note="It boils.")
    stale = record.portfolio.unit(TEA.key)
    own = replace(stale.criterion("1.1"), stale=True)
    portfolio = replace(record.portfolio, units={TEA.key: replace(stale, criteria={"1.1": own})})
    said = of(portfolio)
    assert said.of_criteria["1.1"][Field.DECISION] == Entry("Does not fit the sheet")
    assert said.must_say == ("Does not fit the sheet: 1.1.",)


def test_a_closed_unit_has_its_outcome_names_and_days() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    record.close("Well done.")
    said = of(record.portfolio)
    assert said.entry(Field.OUTCOME) == Entry("Pass", Result.PASS)
    assert said.entry(Field.COMMENTS) == Entry("Well done.")
    assert (said.entry(Field.ASSESSOR).text, said.entry(Field.ASSESSED).text) == ("Asha Patel", "2026-03-02")
    assert Field.VERIFIER not in said.facts


def test_an_outcome_that_does_not_rest_on_what_stands_is_no_result() -> None:
    record = Record()
    for number in ("1.1", "1.2", "2.1"):
        record.mark(number)
    late = marking.decide(record.act(BEN), TEA, record.portfolio, "2.1", Result.REFER, "Spilt.")
    record.close("")
    record.add(late)
    said = of(record.portfolio)
    assert said.entry(Field.OUTCOME).result is None
    assert said.entry(Field.OUTCOME).text.startswith("Pass. Decisions were made since")
    assert any("Decisions were made since" in each for each in said.must_say)


def test_what_waits_for_a_countersignature_is_said_so() -> None:
    record = Record()
    record.add(marking.decide(record.act(TIA), TEA, record.portfolio, "1.1", Result.PASS, "Fine."))
    said = of(record.portfolio)
    assert "waits for countersignature" in said.of_criteria["1.1"][Field.FEEDBACK].text
    assert said.must_say == ("Made in training, waits for countersignature: 1.1.",)


def test_an_incomplete_record_and_a_sheet_with_errors_must_be_said() -> None:
    said = of(Portfolio(), replace(TEA, faulty=True), damaged=True)
    assert [each.split(":")[0] for each in said.must_say] == [
        "The record behind this sheet is incomplete",
        "The mark sheet behind this has errors",
    ]


def test_a_refusal_of_the_learner_is_a_tick_and_without_a_declaration_nothing_is() -> None:
    assert Field.REFUSES not in of(Portfolio()).facts
    record = Record()
    record.add(declare(record.act(), Declared("signed sheet", refuses_use=True)))
    said = of(record.portfolio)
    assert (said.entry(Field.REFUSES).tick, said.entry(Field.ALLOWS).tick) == (True, False)


def test_a_verifier_is_named_once_the_answer_stands_and_all_of_it_is_in_the_comments() -> None:
    said = of_sample(verified(closed(), Said(True, reason="Fair.")))
    assert said.entry(Field.VERIFIED_AS) == Entry("Agreed")
    assert said.entry(Field.VERIFIER) == Entry("Vera Dunn")
    assert "Fair." in said.entry(Field.VERIFICATION).text
    against = of_sample(not_agreed())
    assert against.entry(Field.VERIFIED_AS) == Entry("Not agreed")
    assert "2.1 not agreed: Nine hours are shown." in against.entry(Field.VERIFICATION).text


def test_a_verification_that_is_not_finished_or_stale_names_nobody() -> None:
    unfinished = of_sample(verified(closed(), Said(agreed=("1.1",), unfinished=True)))
    assert Field.VERIFIER not in unfinished.facts
    assert "not finished" in unfinished.entry(Field.VERIFICATION).text


@settings(max_examples=examples(10), deadline=None)
@given(
    decided=st.fixed_dictionaries(
        {number: st.tuples(st.sampled_from([None, *Result, "conflict"]), st.text(max_size=40)) for number in _ROWS}
    )
)
def test_a_form_filled_from_any_record_says_what_stands(decided: dict[str, tuple[Result | str | None, str]]) -> None:
    record = Record()
    for number, (result, note) in decided.items():
        if isinstance(result, Result):
            record.mark(number, result, f"Note {note}")
        elif result is not None:
            record.mark(number, Result.PASS, f"Note {note}")
            two = record.act(BEN)
            event = marking.decide(two, TEA, record.portfolio, number, Result.REFER, f"Other {note}", OPEN_CRITERION)
            record.add(event)
    with TemporaryDirectory() as folder:
        path = Path(folder, "f.docx")
        path.write_bytes(form(unit=TEA))
        read = rows(Form.open(path, TEA).fill(of(record.portfolio)).data)
    for number, (result, note) in decided.items():
        table, row = _ROWS[number]
        feedback, shown = read[table][row][4], read[table][row + 1][2]
        written = clean(f"Note {note}".strip()).text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").rstrip()
        if result is None:
            assert (shown, feedback) == ("Open", "")
        elif isinstance(result, Result):
            assert (shown, feedback) == ({Result.PASS: "Pass", Result.REFER: "Referral"}[result], written)
        else:
            assert shown == "In conflict"
            assert written in feedback
            assert "In conflict" in read[4][0][0]
