"""Graded units: which criteria have to be met, and what is reached with those that need not be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.level import Level, aims_of, level_of, reached
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.kinds import check_writable
from markterm.domain.record.decision import decision_of
from markterm.domain.record.event import Event, Result
from markterm.domain.record.outcome import aim_grades, grade, outcome, so_far_word, unit_state
from markterm.domain.record.portfolio import Portfolio, UnitRecord, fold
from markterm.domain.record.record_format import UpgradeNeeded
from markterm.domain.record.sheet_fit import as_it_stands, fit_in_words, with_records
from markterm.domain.record.states import CriterionState, UnitState
from markterm.domain.rules.act import Act
from markterm.domain.rules.marking import close, closing_outcome, decide, fitting
from markterm.domain.rules.settling import carry, unsettled
from markterm.domain.views.across import Stand, tally
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.graded import aims_told, higher_left
from markterm.domain.words.errors import Refused
from markterm.sheets.unit_sheet import read_unit
from tests.graded import DISTINCTIONS, GRADED, MERITS, PASSES, decided, graded_unit
from tests.samples import ASSESSOR, AT, LEARNER, declaration

UNIT = graded_unit()
LEVELS = {each.number: each.level for each in UNIT.higher}


def record_of(*events: Event) -> UnitRecord:
    portfolio = fold(events)
    return as_it_stands(UNIT.key, UNIT, (), portfolio)[1]


def made(results: dict[str, Result]) -> list[Event]:
    return [
        decided(number, number, result, level=level.value if (level := LEVELS.get(number)) else "")
        for number, result in results.items()
    ]


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("P1", Level.PASS),
        ("M2", Level.MERIT),
        ("A.D1", Level.DISTINCTION),
        ("BC.D3", Level.DISTINCTION),
        ("2A.M1", Level.MERIT),
        ("m1", Level.MERIT),
        ("1.1", None),
        ("K1", None),
        ("1A.1", None),
        ("LO1", None),
    ],
)
def test_the_letter_of_a_number_is_its_level(number: str, level: Level | None) -> None:
    assert level_of(number) is level


@given(st.lists(st.tuples(st.sampled_from(Level), st.booleans())))
def test_a_grade_asks_for_all_of_its_level_and_of_each_lower_one(met: list[tuple[Level, bool]]) -> None:
    order = list(Level)
    found = reached(met, lambda each: bool(each))
    for at, level in enumerate(order):
        own = [is_met for each, is_met in met if each is level]
        below = [is_met for each, is_met in met if order.index(each) <= at]
        is_reached = bool(own) and all(below)
        higher = found is not None and order.index(found) >= at
        assert higher or not is_reached
        if found is level:
            assert is_reached


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (PASSES, Level.PASS),
        ((*PASSES, *MERITS), Level.MERIT),
        ((*PASSES, *MERITS, *DISTINCTIONS), Level.DISTINCTION),
        ((*PASSES, *DISTINCTIONS), Level.PASS),
        ((*PASSES, "A.M1", *DISTINCTIONS), Level.PASS),
        ((*PASSES[1:], *MERITS), None),
    ],
)
def test_the_outcome_names_what_was_reached(met: tuple[str, ...], told: Level | None) -> None:
    every = {each.number: Result.PASS if each.number in met else Result.REFER for each in UNIT.criteria}
    record = record_of(*made(every))
    assert grade(UNIT, record) is told
    assert outcome(UNIT, record) is (CriterionState.PASS if told else CriterionState.REFER)
    assert so_far_word(UNIT, record) == (told.value if told else "refer")


def test_an_unmet_merit_refers_nobody_and_an_open_one_keeps_nothing_open() -> None:
    record = record_of(*made(dict.fromkeys(PASSES, Result.PASS) | {"A.M1": Result.REFER}))
    assert record.criterion("A.M1").state is CriterionState.NOT_ACHIEVED
    assert unit_state(UNIT, record) is UnitState.DECIDED
    assert higher_left(UNIT, record) == "A.M1 not achieved; A.D1, B.M2, BC.D2 open"


def test_a_pass_that_is_open_keeps_the_unit_open_whatever_else_is_achieved() -> None:
    record = record_of(*made(dict.fromkeys((*PASSES[1:], *MERITS), Result.PASS)))
    assert outcome(UNIT, record) is CriterionState.OPEN
    with pytest.raises(Refused, match=r"1 of 3 criteria for a pass are open \(A.P1\)"):
        closing_outcome(LEARNER, UNIT, fold(made({"A.P2": Result.PASS, "B.P3": Result.PASS})))


def test_what_is_not_achieved_is_not_due_again_in_a_resubmission() -> None:
    portfolio = fold([decided("a", "A.P1", Result.REFER), decided("b", "A.M1", Result.REFER, level="merit")])
    again = {number: replace(each, attempt=2) for number, each in portfolio.unit(UNIT.key).criteria.items()}
    assert again["A.P1"].state is CriterionState.RESUBMITTED
    assert again["A.M1"].state is CriterionState.NOT_ACHIEVED


def test_a_conflict_on_a_merit_is_settled_before_the_unit_is_closed() -> None:
    record = record_of(
        *made(dict.fromkeys(PASSES, Result.PASS)),
        decided("x", "A.M1", Result.PASS, level="merit"),
        decided("y", "A.M1", Result.REFER, level="merit"),
    )
    assert outcome(UNIT, record) is CriterionState.CONFLICT


def test_not_achieved_needs_no_note_and_a_referral_does() -> None:
    act = Act(ASSESSOR_OF_G, LEARNER, AT, "u")
    said = decide(act, UNIT, fold([]), "A.M1", Result.REFER, "")
    assert said.body["level"] == "merit"
    assert said.body["least"] == "0.2.0", "an older version would take it for a referral"
    with pytest.raises(Refused, match="A referral needs a note"):
        decide(act, UNIT, fold([]), "A.P1", Result.REFER, "")
    assert "level" not in decide(act, UNIT, fold([]), "A.P1", Result.PASS, "").body


def test_a_closing_records_the_grade_and_keeps_it() -> None:
    events = [declaration(), *made(dict.fromkeys((*PASSES, *MERITS), Result.PASS))]
    closed = close(Act(ASSESSOR_OF_G, LEARNER, AT, "u"), UNIT, fold(events), "Well done.")
    assert (closed.body["outcome"], closed.body["grade"], closed.body["least"]) == ("pass", "merit", "0.2.0")
    record = record_of(*events, closed)
    assert record.closing is not None
    assert record.closing.word == "merit"
    assert unit_state(UNIT, record) is UnitState.CLOSED_MERIT
    assert not record.changed_since_closing


def test_a_grade_that_the_sheet_does_not_come_to_any_more_does_not_count() -> None:
    events = [declaration(), *made(dict.fromkeys(PASSES, Result.PASS))]
    closed = close(Act(ASSESSOR_OF_G, LEARNER, AT, "u"), UNIT, fold(events), "Well done.")
    without = graded_unit(GRADED.replace("graded: yes", "graded: no"))
    assert as_it_stands(without.key, without, (), fold([*events, closed]))[1].changed_since_closing


def test_a_distinction_does_not_count_once_the_sheet_asks_for_more() -> None:
    events = [declaration(), *made(dict.fromkeys([each.number for each in UNIT.criteria], Result.PASS))]
    closed = close(Act(ASSESSOR_OF_G, LEARNER, AT, "u"), UNIT, fold(events), "Well done.")
    more = graded_unit(f"{GRADED}- **B.D3** Forecast the next morning\n")
    assert not as_it_stands(UNIT.key, UNIT, (), fold([*events, closed]))[1].changed_since_closing
    record = as_it_stands(more.key, more, (), fold([*events, closed]))[1]
    assert outcome(more, record) is CriterionState.PASS
    assert record.changed_since_closing


def test_a_centre_of_the_older_format_takes_no_level_and_no_grade() -> None:
    level = decided("a", "A.M1", Result.PASS, level="merit")
    with pytest.raises(UpgradeNeeded):
        check_writable(level, 1)
    check_writable(level, 2)
    check_writable(decided("a", "A.P1"), 1)


def test_others_are_counted_in_the_words_of_the_criterion() -> None:
    def stand(event: Event) -> Stand:
        return Stand(CaseloadRow("x", "x", "X"), decision=decision_of(event))

    results = {"a": Result.PASS, "b": Result.REFER}
    stands = [stand(decided(uid, "A.M1", said, level="merit")) for uid, said in results.items()]
    assert tally(stands, gates=False) == "1 achieved, 1 not achieved"
    assert tally((), gates=False) == "0 achieved, 0 not achieved"


def test_what_was_decided_before_the_sheet_said_levels_is_read_by_what_it_says_now() -> None:
    events = [*made(dict.fromkeys(PASSES, Result.PASS)), decided("m", "A.M1", Result.REFER)]
    assert fold(events).unit(UNIT.key).criterion("A.M1").state is CriterionState.REFER
    assert record_of(*events).criterion("A.M1").state is CriterionState.NOT_ACHIEVED
    assert outcome(UNIT, record_of(*events)) is CriterionState.PASS


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("", {"MS127"}),
        ("graded: maybe", {"MS127", "MS128"}),
        ("graded: P C D", {"MS127", "MS128"}),
        ("graded: no", set()),
        ("graded: yes", set()),
    ],
)
def test_a_sheet_with_m_and_d_that_does_not_say_what_they_are_is_refused(said: str, codes: set[str]) -> None:
    reading = read_unit(GRADED.replace("graded: yes", said or "glh: 10"))
    assert {each.code for each in reading.findings} == codes


@pytest.mark.parametrize("number", ["1.1", "C1", "A.C1", "K2"])
def test_a_level_that_is_not_known_is_refused(number: str) -> None:
    reading = read_unit(GRADED.replace("A.M1", number))
    assert "MS128" in {each.code for each in reading.findings}


def test_a_graded_sheet_without_pass_criteria_is_refused() -> None:
    text = GRADED
    for number, instead in zip(PASSES, ("A.M7", "A.M8", "B.M9"), strict=True):
        text = text.replace(number, instead)
    assert [each.code for each in read_unit(text).findings] == ["MS128"]


ASSESSOR_OF_G = type(ASSESSOR)(ASSESSOR.id, ASSESSOR.name, ASSESSOR.roles, frozenset({"G-1"}))


@pytest.mark.parametrize(
    ("number", "aims"),
    [("A.P1", "A"), ("BC.D3", "BC"), ("2A.M1", "A"), ("b.m1", "B"), ("P1", ""), ("1.P1", ""), ("1.1", "")],
)
def test_a_number_names_its_learning_aims_by_letter(number: str, aims: str) -> None:
    assert "".join(aims_of(number)) == aims


def test_each_learning_aim_has_a_grade_of_its_own_and_what_two_share_counts_for_both() -> None:
    assert list(UNIT.aims) == ["A", "B"], "C has nothing of its own by which it could be passed"
    assert [each.number for each in UNIT.aims["B"]] == ["B.P3", "B.M2", "BC.D2"]
    begun = record_of(*made(dict.fromkeys(("A.P1", "A.P2", "A.M1", "A.D1"), Result.PASS)))
    assert aim_grades(UNIT, begun) == {"A": Level.DISTINCTION, "B": None}
    assert aims_told(UNIT, begun) == "A distinction, B no pass so far"
    assert [aims_told(UNIT, begun, each) for each in UNIT.outcomes] == ["A distinction so far", "B no pass so far"]
    unmet = record_of(*made({"B.P3": Result.PASS, "B.M2": Result.REFER, "BC.D2": Result.PASS}))
    assert aim_grades(UNIT, unmet) == {"A": None, "B": Level.PASS}


def test_what_is_in_conflict_gives_no_learning_aim_a_grade() -> None:
    twice = [decided(uid, "B.P3") for uid in ("one", "other")]
    assert aim_grades(UNIT, record_of(*twice))["B"] is None


def test_a_sheet_that_is_not_graded_has_no_learning_aims() -> None:
    plain = graded_unit(GRADED.replace("graded: yes", "graded: no"))
    assert (plain.aims, aims_told(plain, record_of())) == ({}, "")


def without_levels(*events: Event, said: str = "graded: no") -> tuple[Unit, Portfolio]:
    """The unit by a sheet that says so of its levels, and the record as it stands beside it."""
    reading = read_unit(GRADED.replace("graded: yes", said))
    assert reading.sheet is not None
    portfolio = fold(events)
    unit, record = as_it_stands(UNIT.key, reading.sheet, (), portfolio)
    return unit, with_records(portfolio, {UNIT.key: record})


def test_an_unmet_merit_does_not_become_a_referral_when_its_sheet_says_that_it_gates_the_unit() -> None:
    events = made({**dict.fromkeys(PASSES, Result.PASS), "A.M1": Result.REFER, "B.M2": Result.PASS})
    unit, portfolio = without_levels(*events)
    record = portfolio.unit(unit.key)
    assert record.criterion("A.M1").state is CriterionState.STALE
    assert record.criterion("B.M2").state is CriterionState.PASS, "what was met is met for whatever it is"
    assert outcome(unit, record) is CriterionState.STALE
    (left,) = unsettled(unit, record)
    assert (left.name, left.results) == ("A.M1", "not achieved")
    with pytest.raises(Refused, match="not achieved for a merit; by now the criterion is for a pass"):
        decide(Act(ASSESSOR_OF_G, LEARNER, AT, "u"), unit, portfolio, "A.M1", Result.PASS, "")


def test_what_is_carried_over_from_a_merit_is_no_referral_without_a_note() -> None:
    merit = made({"A.M1": Result.REFER})
    _, before = without_levels(*merit)
    unit = graded_unit(GRADED.replace("graded: yes", "graded: no"))
    (left,) = unsettled(unit, before.unit(unit.key))
    wording = unit.criterion("A.M1")
    assert wording is not None
    settled = left.carried("A.M1", wording.text)
    carried = carry(Act(ASSESSOR_OF_G, LEARNER, AT, "c"), unit.key, unit, before, [settled], "It is asked now.")
    met = made(dict.fromkeys((each.number for each in unit.criteria if each.number != "A.M1"), Result.PASS))
    _, portfolio = without_levels(declaration(), *merit, *met, carried)
    assert portfolio.unit(unit.key).criterion("A.M1").state is CriterionState.REFER
    with pytest.raises(Refused, match="has to be met by now, and nobody said what is missing"):
        closing_outcome(LEARNER, unit, portfolio)


def test_what_was_decided_keeps_its_word_while_the_sheet_does_not_say_what_its_letters_are() -> None:
    unit, portfolio = without_levels(*made({"A.M1": Result.REFER, "B.M2": Result.PASS}), said="credit: 4")
    record = portfolio.unit(unit.key)
    assert record.criterion("B.M2").state is CriterionState.ACHIEVED
    assert record.criterion("A.M1").state is CriterionState.STALE
    assert [each.state.value for each in record.criterion("A.M1").standing] == ["not achieved"]
    with pytest.raises(Refused, match="for a merit; by now the sheet does not say what the criterion is for"):
        fitting(unit, record, "A.M1")


def test_that_a_criterion_was_for_a_pass_when_it_was_decided_is_told() -> None:
    portfolio = fold([decided("m", "A.M1", Result.REFER)])
    record = as_it_stands(UNIT.key, UNIT, (), portfolio)[1].criterion("A.M1")
    criterion = UNIT.criterion("A.M1")
    assert criterion is not None
    told = fit_in_words(UNIT, criterion, record, record.standing[0], portfolio.placing)
    assert told == ("decided as refer for a pass; by now the criterion is for a merit",)
