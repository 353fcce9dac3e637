from __future__ import annotations

from datetime import date
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    Group,
    GroupUnit,
    Qualification,
    Rule,
    TotalCredits,
    UnitsOfGroup,
    qan_check_digit,
)
from markterm.domain.assessed.qualification_progress import QualificationProgress, end_of_time, evaluate
from tests.examples import examples
from tests.pace import steps

TODAY = date(2026, 3, 2)


def unit(code: str, credit: int, level: int | None = 5) -> GroupUnit:
    return GroupUnit(code, f"Unit {code}", level, credit, None)


MANDATORY = Group(1, "Mandatory", (unit("500", 5), unit("501", 5), unit("503", 3)))
CERTIFICATE = Qualification(
    "CERT", "Certificate", credit=13, years=3, groups=(MANDATORY,), rules=(TotalCredits(13), AllOfGroup(1))
)
DIPLOMA = Qualification(
    "DIP",
    "Diploma",
    groups=(Group(1, "Mandatory", (unit("500", 5), unit("502", 29), unit("503", 3))),),
    rules=(TotalCredits(37), AllOfGroup(1)),
)


def electives(*rules: Rule, core: tuple[GroupUnit, ...] = (unit("101", 5),)) -> Qualification:
    """One unit that is mandatory, three of 4, 3 and 2 credits to choose from, one of these at level 4."""
    chosen = (unit("201", 4), unit("202", 3), unit("203", 2, 4))
    return Qualification("E", "Electives", groups=(Group(1, "Core", core), Group(2, "Choice", chosen)), rules=rules)


def attained(qualification: Qualification, *passed: str) -> QualificationProgress:
    return evaluate(qualification, passed, None, TODAY)


def codes(units: tuple[GroupUnit, ...]) -> list[str]:
    return [each.code for each in units]


def test_credits_are_gained_by_the_units_that_are_listed_and_by_no_other() -> None:
    progress = attained(CERTIFICATE, "503", "999", "500")
    assert (progress.credits, progress.needed) == (8, 13)
    assert codes(progress.counted) == ["500", "503"]


def test_a_unit_counts_once_however_often_it_was_passed() -> None:
    assert attained(CERTIFICATE, "500", "500", "500").credits == 5


def test_a_unit_that_is_listed_twice_counts_once_in_its_first_group() -> None:
    twice = electives(TotalCredits(10), UnitsOfGroup(2, 1), core=(unit("101", 5), unit("201", 4)))
    progress = attained(twice, "201")
    assert progress.credits == 4
    assert not progress.verdicts[1].met


def test_a_unit_passed_once_counts_in_both_qualifications() -> None:
    assert attained(CERTIFICATE, "500", "501", "503").complete
    assert attained(DIPLOMA, "500", "501", "503").sentence == "Pass 502 (29 credits) to complete it."


def test_what_is_missing_completes_it_in_a_sentence() -> None:
    progress = attained(CERTIFICATE, "500", "501")
    assert progress.sentence == "Pass 503 (3 credits) to complete it."
    assert codes(progress.missing) == ["503"]
    assert progress.choices == ()


def test_nothing_passed_lists_every_mandatory_unit() -> None:
    assert attained(CERTIFICATE).sentence == "Pass 500 (5 credits), 501 (5 credits) and 503 (3 credits) to complete it."


def test_a_complete_qualification_says_so() -> None:
    progress = attained(CERTIFICATE, "500", "501", "503")
    assert progress.complete
    assert progress.sentence == "It is complete, with 13 credits."
    assert progress.missing == ()
    assert all(verdict.met for verdict in progress.verdicts)


def test_every_rule_has_a_plain_sentence() -> None:
    rules = (TotalCredits(12), AllOfGroup(1), UnitsOfGroup(2, 1), CreditsOfGroup(2, 4), CreditsAtLevel(5, 9))
    progress = attained(electives(*rules, Barred("201", "202")), "101", "203")
    assert [(verdict.met, verdict.sentence) for verdict in progress.verdicts] == [
        (False, "12 credits in all: 7 gained."),
        (True, "All of group 1 (1 unit): 1 passed."),
        (True, "At least 1 unit of group 2: 1 passed."),
        (False, "At least 4 credits of group 2: 2 gained."),
        (False, "At least 9 credits at level 5 or above: 5 gained."),
        (True, "201 and 202 do not count together: not both are passed."),
    ]
    assert sorted(verdict.met for verdict in progress.verdicts) == [False] * 3 + [True] * 3


@pytest.mark.parametrize(
    ("rules", "passed", "said"),
    [
        (
            (AllOfGroup(1), UnitsOfGroup(2, 1)),
            (),
            "Pass 101 (5 credits) and 1 more unit of group 2 (choose from 201 (4 credits), 202 (3 credits) or 203 "
            "(2 credits)) to complete it.",
        ),
        (
            (AllOfGroup(1), UnitsOfGroup(2, 2)),
            ("101", "202"),
            "Pass 1 more unit of group 2 (choose from 201 (4 credits) or 203 (2 credits)) to complete it.",
        ),
        ((CreditsOfGroup(2, 9),), (), "Pass 201 (4 credits), 202 (3 credits) and 203 (2 credits) to complete it."),
        (
            (CreditsOfGroup(2, 6),),
            (),
            "Pass 201 (4 credits) and 2 more credits of group 2 (choose from 202 (3 credits) or 203 (2 credits)) to "
            "complete it.",
        ),
        (
            (CreditsAtLevel(5, 8),),
            ("101",),
            "Pass 3 more credits at level 5 or above (choose from 201 (4 credits) or 202 (3 credits)) to complete it.",
        ),
        (
            (TotalCredits(8),),
            ("101",),
            "Pass 3 more credits (choose from 201 (4 credits), 202 (3 credits) or 203 (2 credits)) to complete it.",
        ),
    ],
)
def test_a_choice_is_told_with_what_it_can_be_made_from(
    rules: tuple[Rule, ...], passed: tuple[str, ...], said: str
) -> None:
    assert attained(electives(*rules), *passed).sentence == said


def test_credits_that_a_narrower_choice_gives_anyway_are_not_asked_for_again() -> None:
    (choice,) = attained(electives(TotalCredits(7), AllOfGroup(1), UnitsOfGroup(2, 1)), "101").choices
    assert choice.rule == UnitsOfGroup(2, 1)
    (choice,) = attained(electives(TotalCredits(9), UnitsOfGroup(2, 1), CreditsOfGroup(2, 4)), "101").choices
    assert choice.rule == CreditsOfGroup(2, 4)


def test_credits_beyond_a_narrower_choice_are_told_once_for_all_choices() -> None:
    many = Group(3, "More", tuple(unit(f"3{place:02}", 2) for place in range(10)))
    wide = electives(TotalCredits(20), UnitsOfGroup(2, 1))
    progress = attained(Qualification("W", "Wide", groups=(*wide.groups, many), rules=wide.rules), "101")
    assert progress.sentence == (
        "Pass 1 more unit of group 2 (choose from 201 (4 credits), 202 (3 credits) or 203 (2 credits)), and with these "
        "choices at least 15 more credits in all, to complete it."
    )


def test_a_long_choice_is_counted_instead_of_named() -> None:
    many = Qualification(
        "M", "Many", groups=(Group(1, "", tuple(unit(f"{each}", 1) for each in range(9))),), rules=(UnitsOfGroup(1, 2),)
    )
    assert attained(many).sentence == "Pass 2 more units of group 1 (choose from 9 units) to complete it."


def test_of_a_barred_pair_only_one_counts_and_it_is_said_which() -> None:
    progress = attained(electives(TotalCredits(9), Barred("202", "201")), "201", "202")
    assert codes(progress.counted) == ["201"]
    assert not progress.verdicts[-1].met
    assert progress.verdicts[-1].sentence == "202 and 201 do not count together: both are passed, and one counts."
    (left_out,) = progress.left_out
    assert left_out.sentence == "202 is passed and does not count: it is barred with 201, which counts."
    assert codes(progress.missing) == ["101"]


def test_a_broken_barred_pair_does_not_hinder_completion() -> None:
    progress = attained(electives(TotalCredits(9), Barred("202", "201")), "101", "201", "202")
    assert progress.complete
    assert len(progress.left_out) == 1


def test_of_a_barred_pair_the_one_that_completes_it_counts_although_it_gives_less() -> None:
    progress = attained(electives(CreditsAtLevel(5, 5), UnitsOfGroup(1, 1), Barred("101", "201")), "101", "201")
    assert progress.complete
    assert codes(progress.counted) == ["101"]
    less = electives(AllOfGroup(1), Barred("101", "201"), core=(unit("101", 1),))
    assert codes(attained(less, "101", "201").counted) == ["101"]


def test_a_passed_unit_that_is_barred_with_a_mandatory_one_does_not_count() -> None:
    progress = attained(electives(AllOfGroup(1), TotalCredits(9), Barred("101", "201")), "201")
    assert progress.credits == 0
    assert [each.sentence for each in progress.left_out] == [
        "201 is passed and does not count: it is barred with 101, which is needed."
    ]
    assert "201" not in progress.sentence


def test_a_unit_barred_with_one_that_counts_is_no_longer_a_choice() -> None:
    progress = attained(electives(UnitsOfGroup(2, 2), Barred("201", "202")), "201")
    assert progress.sentence == "Pass 203 (2 credits) to complete it."


def test_a_barred_unit_that_is_not_listed_bars_nothing() -> None:
    progress = attained(electives(TotalCredits(5), Barred("101", "999")), "101", "999")
    assert progress.complete
    assert progress.left_out == ()


def test_without_a_total_the_published_credits_are_needed() -> None:
    progress = attained(Qualification("P", "P", credit=8, groups=(MANDATORY,)), "500")
    assert progress.needed == 8
    assert not progress.complete
    assert attained(Qualification("P", "P", credit=8, groups=(MANDATORY,)), "500", "503").complete


def test_without_any_rule_nothing_completes_it() -> None:
    progress = attained(Qualification("N", "N", groups=(MANDATORY,)), "500", "501", "503")
    assert not progress.complete
    assert progress.sentence == "It has no rules of combination, so nothing completes it."
    assert not progress.qualification.reachable
    assert not attained(Qualification("N", "N", credit=0, groups=(MANDATORY,)), "500").complete


@pytest.mark.parametrize(
    "rules",
    [
        (UnitsOfGroup(2, 99),),
        (TotalCredits(15),),
        (CreditsAtLevel(7, 1),),
        (AllOfGroup(9),),
        (CreditsOfGroup(9, 1),),
        (AllOfGroup(2), Barred("201", "202")),
        (UnitsOfGroup(2, 2), Barred("201", "202"), Barred("202", "203"), Barred("203", "201")),
    ],
)
def test_rules_that_ask_for_too_much_are_never_reached(rules: tuple[Rule, ...]) -> None:
    qualification = electives(*rules)
    assert not qualification.reachable
    progress = attained(qualification, "101", "201", "202", "203")
    assert not progress.complete
    assert progress.sentence.startswith("It cannot be completed")


def test_a_pair_barred_with_itself_or_both_ways_does_no_harm() -> None:
    qualification = electives(TotalCredits(14), Barred("101", "101"))
    assert attained(qualification, "101", "201", "202", "203").complete
    assert electives(TotalCredits(11), Barred("201", "202"), Barred("202", "201")).reachable


def test_more_barred_pairs_than_can_be_tried_are_given_the_benefit_of_the_doubt() -> None:
    many = Group(1, "", tuple(unit(f"{place:03}", 1) for place in range(200)))
    pairs = [Barred(f"{one:03}", f"{one + 1:03}") for one in range(199)]
    qualification = Qualification("A", "Absurd", groups=(many,), rules=(TotalCredits(150), *pairs))
    assert steps(lambda: qualification.reachable) < 20_000
    assert qualification.reachable
    assert attained(qualification, *qualification.units).credits == 100


def test_many_barred_pairs_are_tried_up_to_a_bound() -> None:
    many = Group(1, "", tuple(unit(f"{place:03}", 1) for place in range(40)))
    pairs = [Barred(f"{place:03}", f"{place + 20:03}") for place in range(20)]
    qualification = Qualification("A", "Absurd", groups=(many,), rules=(TotalCredits(21), *pairs))
    assert attained(qualification, *qualification.units).credits == 20
    assert not qualification.out_of_reach


@pytest.mark.parametrize(
    ("registered", "years", "ends"),
    [
        (date(2024, 1, 12), 3, date(2027, 1, 12)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (None, 3, None),
        (date(2024, 1, 12), None, None),
        (date(2024, 1, 12), 999_999, None),
    ],
)
def test_the_time_ends_so_many_years_after_registration(
    registered: date | None, years: int | None, ends: date | None
) -> None:
    assert end_of_time(registered, years) == ends


def test_the_days_left_are_counted_from_today_and_go_below_nothing() -> None:
    progress = evaluate(CERTIFICATE, (), date(2023, 3, 12), TODAY)
    assert (progress.ends, progress.days_left) == (date(2026, 3, 12), 10)
    assert evaluate(CERTIFICATE, (), date(2023, 2, 12), TODAY).days_left == -18
    assert evaluate(CERTIFICATE, (), None, TODAY).days_left is None


@pytest.mark.parametrize(
    ("qan", "digit"),
    [
        ("600/5791/9", "9"),
        ("600/5781/6", "6"),
        ("600/5791/8", "9"),
        ("600/5719/9", "1"),
        ("000/0000/0", "0"),
        ("000/0060/0", "7"),
        ("500/0011/x", "1"),
        ("600/57919", None),
        ("", None),
        ("600/5791/99", None),
    ],
)
def test_the_check_digit_of_an_accreditation_number(qan: str, digit: str | None) -> None:
    assert qan_check_digit(qan) == digit


def test_a_remainder_of_ten_is_an_x() -> None:
    assert qan_check_digit("000/0005/0") == "X"


@pytest.mark.parametrize("qualification", [CERTIFICATE, DIPLOMA], ids=["certificate", "diploma"])
def test_a_qualification_is_looked_through_once_for_all_learners(qualification: Qualification) -> None:
    def evaluated() -> None:
        for passed in (("500",), ("500", "501"), ("500", "502", "503"), ("500", "501", "503")):
            evaluate(qualification, passed, date(2024, 1, 12), TODAY)

    evaluated()
    assert steps(evaluated) < 1_000


@st.composite
def qualifications(draw: st.DrawFn) -> Qualification:
    """Small ones with any rules, so that every set of units can be tried."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    groups = tuple(
        Group(
            number,
            "",
            tuple(unit(f"{number}{place}", draw(st.integers(0, 5)), draw(st.integers(4, 5))) for place in range(size)),
        )
        for number, size in enumerate(sizes, 1)
    )
    names = [each.code for group in groups for each in group.units]
    asked = st.integers(1, 12)
    number = st.integers(1, 3)
    rule: st.SearchStrategy[Rule] = st.one_of(
        st.builds(TotalCredits, asked),
        st.builds(AllOfGroup, number),
        st.builds(UnitsOfGroup, number, st.integers(1, 4)),
        st.builds(CreditsOfGroup, number, asked),
        st.builds(CreditsAtLevel, st.integers(4, 6), asked),
        st.builds(Barred, st.sampled_from(names), st.sampled_from(names)),
    )
    return Qualification("Q", "Q", groups=groups, rules=tuple(draw(st.lists(rule, min_size=1, max_size=5))))


def sets_that_count(qualification: Qualification, names: frozenset[str]) -> list[frozenset[str]]:
    """Every set of those units without a barred pair."""
    pairs = [
        {rule.first, rule.second}
        for rule in qualification.rules
        if isinstance(rule, Barred) and rule.first != rule.second
    ]
    every = chain.from_iterable(combinations(sorted(names), size) for size in range(len(names) + 1))
    return [frozenset(chosen) for chosen in every if not any(pair <= set(chosen) for pair in pairs)]


def meets(qualification: Qualification, chosen: frozenset[str]) -> bool:
    """The rules, said a second time."""
    listed = {each.code: (group.number, each) for group in qualification.groups for each in group.units}
    units = [listed[code] for code in chosen]
    for rule in qualification.rules:
        match rule:
            case TotalCredits(credits=asked):
                met = sum(each.credit for _, each in units) >= asked
            case AllOfGroup(group=number):
                of_group = {code for code, (group, _) in listed.items() if group == number}
                met = bool(of_group) and of_group <= chosen
            case UnitsOfGroup(group=number, at_least=asked):
                met = sum(group == number for group, _ in units) >= asked
            case CreditsOfGroup(group=number, at_least=asked):
                met = sum(each.credit for group, each in units if group == number) >= asked
            case CreditsAtLevel(level=level, at_least=asked):
                met = sum(each.credit for _, each in units if each.level is not None and each.level >= level) >= asked
            case Barred():
                met = True
        if not met:
            return False
    return any(not isinstance(rule, Barred) for rule in qualification.rules)


@settings(deadline=None, max_examples=examples(80))
@given(qualifications(), st.data())
def test_it_is_complete_and_reachable_exactly_when_some_set_of_units_meets_the_rules(
    qualification: Qualification, data: st.DataObject
) -> None:
    every = frozenset(qualification.units)
    passed = data.draw(st.sets(st.sampled_from(sorted(every))).map(frozenset))
    progress = attained(qualification, *passed)
    assert progress.complete == any(meets(qualification, each) for each in sets_that_count(qualification, passed))
    assert qualification.reachable == any(meets(qualification, each) for each in sets_that_count(qualification, every))
    counted = frozenset(codes(progress.counted))
    assert counted in sets_that_count(qualification, passed)
    assert {each.unit.code for each in progress.left_out} == passed - counted


@settings(deadline=None, max_examples=examples(80))
@given(qualifications(), st.data())
def test_what_is_missing_is_in_every_set_that_completes_it_and_choices_are_left_only_if_it_does_not(
    qualification: Qualification, data: st.DataObject
) -> None:
    every = frozenset(qualification.units)
    progress = attained(qualification, *data.draw(st.sets(st.sampled_from(sorted(every)))))
    counted, missing = frozenset(codes(progress.counted)), frozenset(codes(progress.missing))
    completing = [
        each for each in sets_that_count(qualification, every) if counted <= each and meets(qualification, each)
    ]
    if not qualification.reachable:
        return
    assert completing
    assert all(missing <= each for each in completing)
    assert (not progress.choices) == meets(qualification, counted | missing)
    for choice in progress.choices:
        for each in completing:
            chosen = [other for other in choice.among if other.code in each]
            assert (len(chosen) if choice.in_units else sum(other.credit for other in chosen)) >= choice.amount
