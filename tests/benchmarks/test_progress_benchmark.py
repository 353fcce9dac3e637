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
from itertools import cycle
from pathlib import Path

import pytest

from markterm.domain.assessed.qualification import (
    AllOfGroup,
    Barred,
    CreditsAtLevel,
    Group,
    GroupUnit,
    Qualification,
    Rule,
    TotalCredits,
    UnitsOfGroup,
)
from markterm.domain.assessed.qualification_progress import evaluate
from markterm.sheets.kinds import QUALIFICATION
from markterm.sheets.sheet_library import SheetLibrary
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.unit_library import UnitLibrary

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_TODAY = date(2026, 3, 2)


@contextmanager
def seconds(taken: list[float]) -> Iterator[None]:
    """Adds how long the processor was busy with the block."""
    begun = time.process_time()
    yield
    taken.append(time.process_time() - begun)


def shipped() -> tuple[Qualification, ...]:
    """The qualifications that come with MarkTerm."""
    units = UnitLibrary.load(shipped_mark_sheets()).units
    return tuple(SheetLibrary.load(QUALIFICATION, shipped_mark_sheets(), units).by_code.values())


def with_choices() -> Qualification:
    """Three mandatory units, thirty to choose from, three barred pairs, and a rule on levels."""
    core = Group(1, "Core", tuple(GroupUnit(f"C-{number}", "", 5, 4, 20) for number in range(3)))
    chosen = tuple(GroupUnit(f"E-{number}", "", 4 + number % 2, 2 + number % 5, 20) for number in range(30))
    rules: tuple[Rule, ...] = (
        TotalCredits(60),
        AllOfGroup(1),
        UnitsOfGroup(2, 10),
        CreditsAtLevel(5, 30),
        *(Barred(f"E-{2 * pair}", f"E-{2 * pair + 1}") for pair in range(3)),
    )
    return Qualification("CHOICE", "With choices", years=3, groups=(core, Group(2, "Choice", chosen)), rules=rules)


def _passed(qualification: Qualification, chance: random.Random) -> frozenset[str]:
    """Units that somebody passed: any of them, and in ten pairs that are barred about once both."""
    passed = set(chance.sample(sorted(qualification.units), chance.randint(0, len(qualification.units))))
    for rule in qualification.rules:
        if isinstance(rule, Barred) and {rule.first, rule.second} <= passed and chance.random() < 0.9:
            passed.remove(rule.second)
    return frozenset(passed)


def test_ten_thousand_learners_are_evaluated_in_two_seconds(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.md" for number in range(_LEARNERS)]
    for file in files:
        file.touch()
    kinds = (*shipped(), with_choices())
    chance = random.Random(5)
    learners = [(kind, _passed(kind, chance)) for _, kind in zip(range(_LEARNERS), cycle(kinds), strict=False)]
    looked: list[float] = []
    taken: dict[str, list[float]] = {kind.code: [] for kind in kinds}
    complete = 0
    for _ in range(3):
        with seconds(looked):
            for file in files:
                os.stat(file)  # noqa: PTH116 - the bare call of the system, nothing around it
        complete = 0
        for kind in kinds:
            own = [passed for each, passed in learners if each is kind]
            with seconds(taken[kind.code]):
                complete += sum(evaluate(kind, passed, _TODAY, _TODAY).complete for passed in own)
    print(f"\n{_LEARNERS:,} learners, {complete:,} complete; looking once at each one's file takes {min(looked):.3f} s")
    for code, times in taken.items():
        print(f"  {code:10} {min(times) * 1e6 / (_LEARNERS / len(kinds)):6.0f} µs a learner")
    took = sum(map(min, taken.values()))
    print(f"  all of them {took:.3f} s   (target 2 s), {took / min(looked):.1f} times looking at the files")
    assert 0 < complete < _LEARNERS
    assert took <= 2
