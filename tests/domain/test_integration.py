from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Marks, Standing, Unit
from markterm.domain.views.integration import MOST_IN_A_TASK, MOST_TASKS, Proposal, propose
from markterm.domain.words.errors import Refused, WrongUse


def stem(word: str) -> str:
    """Enough for these tests: the singular."""
    return word.removesuffix("s")


def unit(code: str, *texts: str, level: int | None = None) -> Unit:
    """A unit of one outcome."""
    criteria = tuple(Criterion(f"1.{place}", text) for place, text in enumerate(texts, 1))
    return Unit(code, code, level=level, outcomes=(LearningOutcome(1, f"Outcome of {code}", criteria),))


def joined(proposal: Proposal) -> list[list[str]]:
    return [[str(asked.cell) for asked in task.asked] for task in proposal.joined]


def carried(proposal: Proposal) -> list[Cell]:
    return [asked.cell for task in proposal.tasks for asked in task.asked]


TEA = unit("T-101", "Explain the temperature of water for green teas", "Warm the pot")
CUPS = unit("T-102", "Explain water temperature when rinsing", "Stack saucers")


def test_criteria_of_different_units_that_share_words_are_one_task_and_the_rest_goes_by_outcome() -> None:
    proposal = propose([TEA, CUPS], stem)
    assert joined(proposal) == [["T-101 1.1", "T-102 1.1"]]
    assert [task.title for task in proposal.tasks] == ["Temperature and water", "Outcome of T-101", "Outcome of T-102"]
    assert Counter(carried(proposal)) == Counter([Cell(code, n) for code in ("T-101", "T-102") for n in ("1.1", "1.2")])


def test_the_reason_names_the_words_and_the_verbs_and_the_score_is_given() -> None:
    (task,) = propose([TEA, CUPS], stem).joined
    assert task.shared == ("temperature", "water")
    assert task.reasons == (
        "They share temperature and water.",
        "Their verbs ask for about as much: explain (101 1.1 and 102 1.1).",
    )
    assert task.warnings == ()
    assert task.score is not None
    assert 40 < task.score < 60


def test_the_same_wording_scores_100() -> None:
    (task,) = propose([unit("T-1", "Explain hot water"), unit("T-2", "Explain hot water")], stem).joined
    assert task.score == 100


def test_what_is_saved_is_counted_against_a_piece_of_evidence_for_each_criterion_of_joined_tasks() -> None:
    three = unit("T-103", "Explain what water temperature does")
    proposal = propose([TEA, CUPS, three], stem)
    assert [task.saves for task in proposal.tasks] == [2, 0, 0]
    assert proposal.saves == 2
    assert "n criteria in it save n - 1" in proposal.saving


def test_forms_of_a_word_are_one_word() -> None:
    ours = unit("T-1", "Explain pots and kettles", "Sing")
    theirs = unit("T-2", "Explain pot and kettle", "Dance")
    assert joined(propose([ours, theirs], stem)) == [["T-1 1.1", "T-2 1.1"]]
    assert joined(propose([ours, theirs], str)) == []


def test_a_rare_word_in_common_weighs_more_than_a_frequent_one() -> None:
    one = unit("T-1", "Explain water and kettles", *(f"Explain water and {word}" for word in ("milk", "salt", "soup")))
    other = unit("T-2", "Explain water and kettles", "Explain water and bread")
    assert joined(propose([one, other], stem))[0] == ["T-1 1.1", "T-2 1.1"]


def test_descriptors_count_too_and_less_than_the_text() -> None:
    def described(code: str, text: str, descriptor: str) -> Unit:
        criterion = Criterion("1.1", text, (Descriptor(Standing.PASS, descriptor),))
        return Unit(code, code, outcomes=(LearningOutcome(1, "x", (criterion, Criterion("1.2", f"Only {code}"))),))

    in_text = propose([described("T-1", "Explain limescale in kettles", ""), CUPS_ON_KETTLES], stem)
    below = propose([described("T-1", "Explain rust", "limescale in kettles"), CUPS_ON_KETTLES], stem)
    (with_text,), (with_descriptor,) = in_text.joined, below.joined
    assert (with_text.score or 0) > (with_descriptor.score or 0)


CUPS_ON_KETTLES = unit("T-9", "Explain limescale and kettles", "Stack saucers")


def test_one_word_in_common_is_a_coincidence() -> None:
    assert joined(propose([unit("T-1", "Explain kettles"), unit("T-2", "Explain kettles, roughly")], stem)) == []


def test_words_that_any_sheet_uses_and_the_verb_itself_are_no_reason() -> None:
    one = unit("T-1", "Evaluate evidence with an example, giving reasons for milk", "Sing")
    other = unit("T-2", "Evaluate evidence with an example, giving reasons for salt", "Dance")
    assert "evidence" not in str(joined(propose([one, other], stem)))
    assert joined(propose([one, other], stem)) == []


def test_the_same_verb_adds_more_than_a_neighbour_and_far_apart_verbs_take_away_and_warn() -> None:
    def task(verb: str) -> tuple[int, tuple[str, ...]]:
        one = unit("T-1", "Identify kettles, ladles, spoons, forks", "Sing loudly")
        other = unit("T-2", f"{verb} kettles, ladles, plates, bowls", "Dance slowly")
        (found,) = propose([one, other], stem).joined
        return found.score or 0, found.warnings

    same, near, neither, far = (task(verb) for verb in ("Identify", "Describe", "Explain", "Evaluate"))
    assert same[0] > near[0] > neither[0] > far[0]
    assert [warnings for _, warnings in (same, near, neither)] == [(), (), ()]
    assert far[1] == (
        "Far apart: identify (T-1 1.1) asks for much less than evaluate (T-2 1.1); the task has to ask for both.",
    )


def test_what_is_done_is_said_to_be_done() -> None:
    one = unit("T-1", "Keep kettles and ladles clean", "Sing")
    other = unit("T-2", "Deliver kettles and ladles", "Dance")
    (task,) = propose([one, other], stem).joined
    assert task.reasons[1] == "Something is done or made for each: keep (T-1 1.1) and deliver (T-2 1.1)."


def test_no_task_is_larger_than_can_be_kept_in_view() -> None:
    alike = [unit(f"T-{place}", *["Explain kettles and ladles"] * 5) for place in range(4)]
    proposal = propose(alike, stem)
    assert max(len(task.asked) for task in proposal.tasks) == MOST_IN_A_TASK
    assert len(carried(proposal)) == len(set(carried(proposal))) == 20


def test_a_long_outcome_without_anything_like_it_is_split_evenly() -> None:
    names = ("ash", "elm", "oak", "fir", "yew", "box", "bay", "fig", "pear")
    proposal = propose([unit("T-1", *(f"Explain {name}" for name in names)), unit("T-2", "Explain stones")], stem)
    assert [len(task.asked) for task in proposal.tasks] == [4, 5, 1]


def test_different_suites_and_levels_are_said_and_meant_in_the_draft() -> None:
    proposal = propose([unit("8580-1", "Explain x", level=3), unit("9000-1", "Explain y", level=5)], stem)
    assert [note.partition(":")[0] for note in proposal.notes] == [
        "The units are of different suites (8580, 9000)",
        "The units are of different levels (3, 5)",
    ]
    assert proposal.draft("X", "x").mixed_suites
    assert propose([TEA, CUPS], stem).notes == ()
    assert not propose([TEA, CUPS], stem).draft("X", "x").mixed_suites


def test_the_draft_carries_every_criterion_in_one_task_and_decides_it_there() -> None:
    proposal = propose([TEA, CUPS], stem)
    draft = proposal.draft("T-IA", "Tea")
    assert draft.units == ("T-101", "T-102")
    assert draft.uncovered({each.code: each for each in (TEA, CUPS)}) == ()
    assert [draft.deciding_task(cell) for cell in draft.criteria] == [
        draft.tasks_carrying(cell)[0] for cell in draft.criteria
    ]
    assert "- In T-102 1.1: Explain water temperature when rinsing" in draft.tasks[0].brief


@pytest.mark.parametrize("units", [[], [TEA]])
def test_fewer_than_two_units_are_nothing_to_integrate(units: list[Unit]) -> None:
    with pytest.raises(WrongUse, match="nothing to integrate"):
        propose(units, stem)


def test_a_unit_without_criteria_is_refused() -> None:
    with pytest.raises(WrongUse, match="T-0 has no criteria"):
        propose([TEA, unit("T-0")], stem)


def test_a_unit_with_marks_is_refused_and_the_reason_is_given() -> None:
    marked = Unit("T-7", "", outcomes=(LearningOutcome(1, "", (Criterion("1.1", "Explain", marks=Marks(20, 10)),)),))
    with pytest.raises(Refused, match="T-7 gives marks") as refused:
        propose([TEA, marked], stem)
    assert "do not add up" in refused.value.what


def test_more_tasks_than_a_sheet_can_number_are_proposed_and_not_drafted() -> None:
    outcomes = tuple(
        LearningOutcome(number, "", (Criterion(f"{number}.1", f"Explain {chr(97 + number // 26 % 26) * 3}"),))
        for number in range(1, MOST_TASKS + 1)
    )
    proposal = propose([Unit("T-1", "", outcomes=outcomes), CUPS], stem)
    assert len(proposal.tasks) == MOST_TASKS + 1
    with pytest.raises(WrongUse, match="2 units come to 1000 tasks"):
        proposal.draft("X", "x")


def synthetic(units: int, criteria: int, words: int, seed: int = 1) -> list[Unit]:
    """Units whose words are as uneven as those of a language."""
    chance = random.Random(seed)
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(chance.choices(letters, k=7)) for _ in range(words)]
    weights = [1 / rank for rank in range(1, words + 1)]
    total = units * criteria * 20
    text = iter(chance.choices(vocabulary, weights, k=total))
    return [
        unit(f"Z-{number}", *(" ".join(("Explain", *(next(text) for _ in range(20)))) for _ in range(criteria)))
        for number in range(units)
    ]


@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(1, 12), st.integers(3, 60))
def test_every_criterion_is_in_one_task_and_joined_tasks_are_of_several_units(
    seed: int, units: int, criteria: int, words: int
) -> None:
    made = synthetic(units, criteria, words, seed)
    proposal = propose(made, stem)
    assert sorted(map(str, carried(proposal))) == sorted(
        str(Cell(each.code, criterion.number)) for each in made for criterion in each.criteria
    )
    for task in proposal.tasks:
        assert 1 <= len(task.asked) <= MOST_IN_A_TASK
    for task in proposal.joined:
        assert len({asked.cell.unit for asked in task.asked}) > 1
        assert 1 <= (task.score or 0) <= 100
        assert len(task.shared) >= 2
    assert proposal == propose(made, stem)


def described(code: str, text: str, descriptor: str) -> Unit:
    criterion = Criterion("1.1", text, (Descriptor(Standing.PASS, descriptor),))
    return Unit(code, code, outcomes=(LearningOutcome(1, "Know", (criterion, Criterion("1.2", f"Dance {code}"))),))


def test_boilerplate_of_descriptors_is_neither_a_reason_nor_a_title() -> None:
    baker = described("T-1", "Explain the rise of a loaf", "enough of the loaf is named, thoroughly and throughout")
    slicer = described("T-2", "Explain the cutting of a loaf", "enough of the loaf is shown, thoroughly and throughout")
    (task,) = propose([baker, slicer], stem).joined
    assert task.title == "Loaf"
    assert task.reasons[0] == "They share loaf."


def test_criteria_that_share_the_wording_of_their_descriptors_alone_are_not_joined() -> None:
    baker = described("T-1", "Explain the oven", "thoroughly covered throughout, stepwise")
    singer = described("T-2", "Explain the choir", "thoroughly covered throughout, stepwise")
    assert joined(propose([baker, singer], stem)) == []
