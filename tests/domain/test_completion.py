"""What would complete a qualification where choices bar each other, against trying every set of units."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from markterm.domain.assessed import completion as module
from markterm.domain.assessed.completion import completion
from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    CreditsOfGroup,
    Group,
    Qualification,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)
from tests.domain.test_qualification import attained, codes, meets, sets_that_count, unit
from tests.examples import examples
from tests.pace import steps

ANY = {"deadline": None, "max_examples": examples(150)}


@st.composite
def barring_qualifications(draw: st.DrawFn) -> Qualification:
    """Seven to nine units in three groups, with two rules or more that ask and two pairs or more that bar."""
    sizes = draw(st.tuples(*[st.integers(2, 3)] * 3))
    groups = tuple(
        Group(
            number,
            "",
            tuple(unit(f"{number}{place}", draw(st.integers(1, 5)), draw(st.integers(4, 5))) for place in range(size)),
        )
        for number, size in enumerate(sizes, 1)
    )
    names = [each.code for group in groups for each in group.units]
    number = st.integers(1, 3)
    asking: st.SearchStrategy[Rule] = st.one_of(
        st.builds(TotalCredits, st.integers(3, 14)),
        st.builds(AllOfGroup, number),
        st.builds(UnitsOfGroup, number, st.integers(1, 2)),
        st.builds(CreditsOfGroup, number, st.integers(1, 8)),
        st.builds(CreditsAtLevel, st.just(5), st.integers(1, 9)),
    )
    barred: st.SearchStrategy[Rule] = st.builds(Barred, st.sampled_from(names), st.sampled_from(names))
    rules = (*draw(st.lists(asking, min_size=2, max_size=3)), *draw(st.lists(barred, min_size=2, max_size=5)))
    return Qualification("Q", "Q", groups=groups, rules=rules)


def completing(qualification: Qualification, counted: frozenset[str]) -> list[frozenset[str]]:
    every = sets_that_count(qualification, frozenset(qualification.units))
    return [each for each in every if counted <= each and meets(qualification, each)]


@settings(**ANY)  # type: ignore[arg-type]  # of several kinds
@given(barring_qualifications(), st.data())
def test_it_is_exactly_what_trying_every_set_of_units_gives(qualification: Qualification, data: st.DataObject) -> None:
    counted = data.draw(st.sampled_from(sets_that_count(qualification, frozenset(qualification.units))))
    found, every = completion(qualification, counted), completing(qualification, counted)
    assert found.exact
    if not every:
        assert found.example is None
        return
    assert found.example is not None
    chosen = counted | set(codes(found.example))
    assert chosen in every

    def cost(units: frozenset[str]) -> tuple[int, int]:
        return sum(qualification.units[code].credit for code in units - counted), len(units - counted)

    assert cost(chosen) == min(map(cost, every))
    assert found.missing == frozenset.intersection(*every) - counted
    assert found.usable == frozenset.union(*every) - counted


@settings(**ANY)  # type: ignore[arg-type]  # of several kinds
@given(barring_qualifications(), st.data())
def test_what_is_told_is_right_where_choices_bar_each_other(qualification: Qualification, data: st.DataObject) -> None:
    assume(qualification.reachable)
    progress = attained(qualification, *data.draw(st.sets(st.sampled_from(sorted(qualification.units)))))
    counted, missing = frozenset(codes(progress.counted)), frozenset(codes(progress.missing))
    every = completing(qualification, counted)
    assert every
    assert progress.exact
    if progress.complete:
        return
    assert missing == frozenset.intersection(*every) - counted
    among = {each.code for choice in progress.choices for each in choice.among}
    assert among <= frozenset.union(*every)
    if progress.barring:
        assert counted | set(codes(progress.example)) in every
        assert all(qualification.barred_with[one] >= {other} for one, other in progress.barring)
        assert "for example" in progress.sentence
        return
    for chosen in sets_that_count(qualification, frozenset(among)):
        made = [
            sum(1 if choice.in_units else each.credit for each in choice.among if each.code in chosen) >= choice.amount
            for choice in progress.choices
        ]
        if all(made):
            assert meets(qualification, counted | missing | chosen)


TWO_CHOICES = Qualification(
    "B",
    "Barring",
    groups=(Group(1, "", (unit("A", 3), unit("B", 4))), Group(2, "", (unit("C", 3), unit("D", 5)))),
    rules=(UnitsOfGroup(1, 1), UnitsOfGroup(2, 1), Barred("A", "C"), Barred("B", "D")),
)


def test_choices_that_bar_each_other_are_told_with_a_combination_that_completes_it() -> None:
    assert attained(TWO_CHOICES).sentence == (
        "Pass 1 more unit of group 1 (choose from A (3 credits) or B (4 credits)) and 1 more unit of group 2 (choose "
        "from C (3 credits) or D (5 credits)) to complete it, for example B (4 credits) and C (3 credits). Only one "
        "counts of A and C and of B and D."
    )


def test_a_unit_that_another_choice_always_bars_is_no_choice() -> None:
    rules = (UnitsOfGroup(1, 1), AllOfGroup(3), UnitsOfGroup(2, 1), Barred("A", "C"), Barred("A", "D"))
    groups = (*TWO_CHOICES.groups, Group(3, "", (unit("E", 1),)))
    progress = attained(Qualification("B", "B", groups=groups, rules=rules))
    assert codes(progress.missing) == ["B", "E"]
    assert [codes(choice.among) for choice in progress.choices] == [["C", "D"]]
    assert progress.barring == ()


def test_the_limit_on_the_search_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not completion(TWO_CHOICES, frozenset(), 2).exact
    monkeypatch.setattr(module.completion, "__defaults__", (2,))
    fresh = Qualification("B", "B", groups=TWO_CHOICES.groups, rules=TWO_CHOICES.rules)
    progress = attained(fresh)
    assert not progress.exact
    assert progress.sentence.endswith("too many combinations to look at all of them: check it against the rules.")


def test_a_large_qualification_is_answered_in_bounded_time() -> None:
    groups = tuple(
        Group(number, "", tuple(unit(f"{number}-{place}", 1 + place % 7) for place in range(12)))
        for number in range(1, 9)
    )
    names = [each.code for group in groups for each in group.units]
    pairs = [Barred(one, other) for one, other in zip(names[:18], names[30:48], strict=True)]
    rules: tuple[Rule, ...] = (*(UnitsOfGroup(number, 3) for number in range(1, 9)), TotalCredits(90), *pairs)
    qualification = Qualification("L", "Large", groups=groups, rules=rules)
    first = steps(lambda: attained(qualification))
    again = steps(lambda: attained(qualification))
    assert first < 1_000_000
    assert again < first / 20
