"""The whole program as a person has it: starting, the caseload of twenty thousand, and what is drawn for a key.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_whole_program_benchmark.py`. To compare two checkouts, run
`python -m tests.benchmarks.paired OTHER`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.many_cups import many_cups
from tests.benchmarks.paired import HERE, Checkout, drawn

pytestmark = pytest.mark.benchmark

_LEARNERS = 20_000
_TURNS = 5


def _checkout(folder: Path, learners: int) -> Checkout:
    each = Checkout("this", HERE, many_cups(folder, learners))
    each.status()
    return each


def test_the_caseload_of_twenty_thousand_on_the_command_line(tmp_path: Path) -> None:
    each = _checkout(tmp_path, _LEARNERS)
    begin = median(each.run("--help")[0] for _ in range(_TURNS))
    warm = median(each.status()[0] for _ in range(_TURNS))
    cold = median(each.cold_status()[0] for _ in range(3))
    print(f"\nmarkterm --help {begin:.2f} s")
    print(f"markterm status of {_LEARNERS:,} learners: nothing changed {warm:.2f} s (at most 0.9)")
    print(f"  and nothing kept {cold:.2f} s (at most 5)")
    assert warm <= 0.9
    assert cold <= 5


def test_each_widget_is_drawn_once_for_a_key(tmp_path: Path) -> None:
    times = drawn(_checkout(tmp_path, 100))
    print("\nDrawn for a p, times a key (at most once)")
    for name, count in sorted(times.items()):
        print(f"  {name:<24} {count:6.2f}")
    assert times["CriteriaList"] <= 1
    assert times["CriterionDetail"] <= 1
