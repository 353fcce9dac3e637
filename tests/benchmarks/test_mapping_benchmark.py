"""What proposals for a mapping cost, and a move from one criterion to the next beside many statements.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_mapping_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import json
import os
import random
import time
from functools import cache
from pathlib import Path

import pytest
from snowballstemmer import stemmer  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.assessed.known_standards import KnownStatement
from markterm.domain.assessed.standard import Standard, Statement, StatementKind
from markterm.domain.assessed.unit import Criterion
from markterm.domain.standards.proposal import StatementIndex
from markterm.domain.standards.version_difference import version_difference
from markterm.sheets.standard_file import read_standard
from markterm.sheets.unit_sheet import read_unit
from tests.domain.test_integration import synthetic

pytestmark = pytest.mark.benchmark

_STATEMENTS, _PER_STANDARD = 2000, 25
_TESTS = Path(__file__).parents[1]


def standards(words: int, version: str = "1") -> list[Standard]:
    """Standards in words of no language, as often used as those of a language are."""
    texts = [each.text for unit in synthetic(40, 50, words) for each in unit.criteria]
    shuffled = random.Random(7).sample(texts, _STATEMENTS)
    return [
        Standard(
            f"S{first // _PER_STANDARD:02}",
            " ".join(shuffled[first].split()[:4]),
            version=version,
            statements=tuple(
                Statement(f"P{n}", StatementKind.PERFORMANCE, f"{text} {version}")
                for n, text in enumerate(shuffled[first : first + _PER_STANDARD], 1)
            ),
        )
        for first in range(0, _STATEMENTS, _PER_STANDARD)
    ]


@pytest.mark.parametrize("words", [60, 600, 6000])
def test_three_hundred_criteria_beside_two_thousand_statements(words: int) -> None:
    criteria: list[Criterion] = [each for unit in synthetic(6, 50, words) for each in unit.criteria]
    statements = [KnownStatement(standard, each) for standard in standards(words) for each in standard.statements]
    assert (len(criteria), len(statements)) == (300, _STATEMENTS)
    begun = time.perf_counter()
    index = StatementIndex(statements, cache(stemmer("english").stemWord))
    read = time.perf_counter()
    found = sum(bool(index.like(each)) for each in criteria)
    took = time.perf_counter() - begun
    each = 1000 * (time.perf_counter() - read) / len(criteria)
    print(
        f"\n300 criteria x 2,000 statements, {words:5} words: {took:5.2f} s   (target 3); "
        f"the words of the statements {read - begun:.2f} s, then {each:.1f} ms a criterion; {found} with proposals"
    )
    assert took < 3


def test_two_versions_of_two_thousand_statements() -> None:
    old, new = (
        Standard(
            "S", "S", version, statements=tuple(each for one in standards(600, version) for each in one.statements)
        )
        for version in ("1", "2")
    )
    begun = time.perf_counter()
    fates = version_difference(old, new)
    print(f"\n2 x 2,000 reworded statements: {time.perf_counter() - begun:.2f} s, {len(fates)} fates")


def test_what_a_person_would_put_down_is_among_the_first_three() -> None:
    folder = os.environ.get("MARKTERM_STANDARDS")
    if folder is None:
        pytest.skip("MARKTERM_STANDARDS is the folder with the sheets of LSICM01 to LSICM10 and ST1379")
    read = [read_standard(file.read_text(encoding="utf-8")).sheet for file in sorted(Path(folder).glob("*.md"))]
    indexes = {
        name: StatementIndex(
            [
                KnownStatement(each, one)
                for each in read
                if each is not None and each.code.startswith(name)
                for one in each.statements
            ],
            cache(stemmer("english").stemWord),
        )
        for name in ("LSICM", "ST1379")
    }
    found: dict[str, list[bool]] = {}
    labelled = _TESTS / "data" / "labelled_mappings" / "the_units.json"
    for half, code, number, wanted in json.loads(labelled.read_text(encoding="utf-8")):
        unit = read_unit((_TESTS.parent / "mark_sheets" / "units" / f"{code}.md").read_text(encoding="utf-8")).sheet
        assert unit is not None
        ((outcome, criterion),) = [
            (each.title, one) for each in unit.outcomes for one in each.criteria if one.number == number
        ]
        index = indexes["LSICM" if wanted[0].startswith("LSICM") else "ST1379"]
        proposed = [
            f"{each.known.standard.code} {each.known.statement.code}" for each in index.like(criterion, 3, outcome)
        ]
        found.setdefault(half, []).append(not set(proposed).isdisjoint(wanted))
    for half, each in found.items():
        print(f"\n{half}: {sum(each)} of {len(each)}, {sum(each) / len(each):.1%}   (wanted: 80%)")
