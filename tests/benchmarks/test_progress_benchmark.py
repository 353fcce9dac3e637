"""What the rules of combination cost: ten thousand learners evaluated, beside looking once at each one's file.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_progress_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from markterm.domain.attainment import evaluate
from markterm.domain.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    Group,
    GroupUnit,
    Qualification,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.sheets.sheet_library import load_qualifications
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.unit_library import UnitLibrary

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_TODAY = date(2026, 3, 2)


@contextmanager
def seconds(taken: list[float]) -> Iterator[None]:
    """Adds how long the block took."""
    begun = time.perf_counter()
    yield
    taken.append(time.perf_counter() - begun)


def shipped() -> tuple[Qualification, ...]:
    """The qualifications that come with MarkTerm."""
    units = UnitLibrary.load(shipped_mark_sheets()).units
    return tuple(load_qualifications(shipped_mark_sheets(), units).by_code.values())


def with_choices() -> Qualification:
    """Three mandatory units, thirty to choose from, six barred pairs, and a rule on levels."""
    core = Group(1, "Core", tuple(GroupUnit(f"C-{number}", "", 5, 4, 20) for number in range(3)))
    chosen = tuple(GroupUnit(f"E-{number}", "", 4 + number % 2, 2 + number % 5, 20) for number in range(30))
    rules = (
        TotalCredits(60),
        AllOfGroup(1),
        UnitsOfGroup(2, 10),
        CreditsAtLevel(5, 30),
        *(Barred(f"E-{2 * pair}", f"E-{2 * pair + 1}") for pair in range(6)),
    )
    return Qualification("CHOICE", "With choices", years=3, groups=(core, Group(2, "Choice", chosen)), rules=rules)


def test_ten_thousand_learners_are_evaluated_in_two_seconds(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.md" for number in range(_LEARNERS)]
    for file in files:
        file.touch()
    qualifications = {"shipped": shipped(), "with choices": (with_choices(),)}
    for name, kinds in qualifications.items():
        chance = random.Random(5)
        passed = [
            frozenset(chance.sample(sorted(kind.units), chance.randint(0, len(kind.units))))
            for kind in (kinds[number % len(kinds)] for number in range(_LEARNERS))
        ]
        looked: list[float] = []
        evaluated: list[float] = []
        complete = 0
        for _ in range(3):
            with seconds(looked):
                for file in files:
                    os.stat(file)  # noqa: PTH116 - the bare call of the system, nothing around it
            with seconds(evaluated):
                complete = sum(
                    evaluate(kinds[number % len(kinds)], codes, _TODAY, _TODAY).complete
                    for number, codes in enumerate(passed)
                )
        took, look = min(evaluated), min(looked)
        print(
            f"\n{_LEARNERS:,} learners, {name:12} {took:6.3f} s   (target 2 s; {took / look:.1f} times "
            f"looking once at each one's file; {complete:,} complete)"
        )
        assert 0 < complete < _LEARNERS
        assert took <= 2
