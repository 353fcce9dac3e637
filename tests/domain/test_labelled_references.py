"""Ways of referring to criteria, in several suites, labelled before they were tried: how many are understood."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.texts.evidence_reference import Strength, find_references

LABELLED = Path(__file__).parents[1] / "data" / "labelled_references" / "references.json"


def units_of(suite: dict[str, list[str]]) -> list[Unit]:
    """The units of a suite, whose criteria have numbers and no words, by learning outcome where the numbers tell it."""
    units = []
    for code, numbers in suite.items():
        outcomes: dict[int, list[Criterion]] = defaultdict(list)
        for number in numbers:
            head = number.partition(".")[0]
            outcomes[int(head) if head.isdecimal() else 1].append(Criterion(number, "…"))
        each = tuple(LearningOutcome(number, "…", tuple(criteria)) for number, criteria in outcomes.items())
        units.append(Unit(code, f"Title of {code}", version="1", outcomes=each))
    return units


def understood(text: str, units: list[Unit]) -> set[tuple[str, str]]:
    """The criteria, each with its unit's code, that a text is taken to refer to."""
    found = find_references([("evidence.md", text)], units)
    return {
        (unit.code, criterion.number)
        for unit in units
        for criterion in unit.criteria
        if any(each.strength > Strength.DOUBTFUL for each in found.for_criterion(unit.key, criterion.number))
    }


def test_most_ways_of_referring_are_understood_and_little_else_is_taken_for_one() -> None:
    labelled = json.loads(LABELLED.read_text("utf-8"))
    right = wrong = missed = 0
    misses = []
    for each in labelled["references"]:
        expected = {(code, number) for code, number in each["expected"]}
        found = understood(each["text"], units_of(labelled["suites"][each["suite"]]))
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            misses.append(f"{each['suite']} {each['text']!r}: {sorted(found)} and not {sorted(expected)}")
    precision, recall = right / (right + wrong), right / (right + missed)
    told = f"precision {precision:.3f}, recall {recall:.3f}\n" + "\n".join(misses)
    assert (precision >= 0.95, recall >= 0.9) == (True, True), told


def test_what_is_said_of_another_unit_of_the_suite_is_not_said_of_the_learners_own() -> None:
    units = units_of({"HSC-101": ["1.1"], "HSC-102": ["1.1"]})
    for text in ("HSC 103 AC 1.1", "HSC103 AC1.1", "See HSC-103 AC 1.1 here"):
        assert understood(text, units) == set()
    assert understood("HSC 102 AC 1.1", units) == {("HSC-102", "1.1")}
    assert understood("we met 103 times. AC 1.1", units) == {("HSC-101", "1.1"), ("HSC-102", "1.1")}
