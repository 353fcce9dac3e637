"""What coverage of 2,000 statements by 20 units takes, and every key on the screen that shows it."""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from pathlib import Path
from unittest.mock import patch

import pytest

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, Strength, UnitMapping
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.standards.coverage import coverage
from markterm.domain.standards.coverage_asked import CoverageAsked
from markterm.tui.standards.coverage import CoverageScreen
from tests.tui.sitting import WIDE, sitting

pytestmark = pytest.mark.benchmark

_UNITS, _STANDARDS, _EACH, _CRITERIA = 20, 20, 100, 30


def _made() -> tuple[list[Unit], list[UnitMapping], list[Standard], Suite]:
    kinds = {"P": StatementKind.PERFORMANCE, "K": StatementKind.KNOWLEDGE}
    codes = [f"{letter}{number}" for letter in kinds for number in range(1, _EACH // 2 + 1)]
    standards = [
        Standard(
            f"LARGE{number:02}",
            f"Standard {number}",
            "1.0",
            statements=tuple(Statement(code, kinds[code[0]], f"do what {code} of {number} asks for") for code in codes),
        )
        for number in range(_STANDARDS)
    ]
    criteria = tuple(Criterion(f"{number // 10 + 1}.{number % 10 + 1}", f"Do {number}") for number in range(_CRITERIA))
    units = [
        Unit(f"U-{number:03}", f"Unit {number}", outcomes=(LearningOutcome(1, "x", criteria),))
        for number in range(_UNITS)
    ]
    every = [(standard, statement) for standard in standards for statement in standard.statements]
    mappings = []
    for place, unit in enumerate(units):
        mapped = [
            Mapped(
                criteria[number % _CRITERIA].number,
                StatementLink(standard.code, statement.code, standard.version),
                Strength.PARTLY if number % 5 == 0 else Strength.FULLY,
            )
            for number, (standard, statement) in enumerate(every)
            if number % 7 == place % 7
        ]
        mappings.append(UnitMapping(unit.code, mapped=tuple(mapped)))
    listed = tuple(ListedStandard(each.code, each.title) for each in standards)
    functions = tuple(Function(f"A{n}", f"Function {n}", (each.code,)) for n, each in enumerate(standards))
    return (
        units,
        mappings,
        standards,
        Suite("LARGE", "Large", standards=listed, areas=(FunctionalArea("A", "A", functions),)),
    )


def _asked() -> tuple[CoverageAsked, float]:
    units, mappings, standards, suite = _made()
    known = KnownStandards.of(standards)
    begun = time.perf_counter()
    told = coverage(units, mappings, standards, known)
    areas = told.of_map(suite)
    assert (told.share.of, len(told.shares)) == (_STANDARDS * _EACH, 2 * _STANDARDS)
    took = time.perf_counter() - begun
    return CoverageAsked(tuple(units), suite, told, areas, (), mends=False), took


def test_coverage_of_20_units_and_2000_statements() -> None:
    took = min(_asked()[1] for _ in range(5))
    print(f"\ncoverage, sums and map of 20 units × 2,000 statements: {took:.3f} s (to be 0.2)")


async def test_every_key_on_the_coverage_of_20_units_and_2000_statements(tmp_path: Path) -> None:
    asked, _ = _asked()
    async with sitting(tmp_path, size=WIDE) as at:
        with patch.object(type(at.app.centre.coverages), "of", lambda *_: asked):
            await at.app.push_screen(CoverageScreen(at.app.centre, "LARGE"))
            await at.shows("covered")
            print()
            for key in ("j", "l", "pagedown", "end", "home", "f", "f", "t", "m", "m"):
                begun = time.perf_counter()
                await at.press(key)
                print(f"{key:>9}: {(time.perf_counter() - begun) * 1000:5.0f} ms with the picture (to be 50)")
