"""What the list of claims costs: the real program in a pseudo-terminal, in a caseload of 10,000 learners on two units.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_claims_benchmark.py`. The caseload's own list is moved
through beside it.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.benchmarks.many_cups import many_cups
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = pytest.mark.benchmark

_LEARNERS, _LINES = 10_000, 20_000
_BETWEEN = 0.12


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that centre, whose caseload was looked at before, and the user's own folders."""
    return many_cups(tmp_path_factory.mktemp("claims"), _LEARNERS)


def _timed(shown: Terminal, key: str, text: str) -> float:
    shown.read(_BETWEEN)  # What the key before has drawn.
    begun = time.perf_counter()
    at = shown.press(key)
    shown.until(text, at)
    return time.perf_counter() - begun


def _summary(name: str, seconds: list[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1]
    return (
        f"  {name:<40} p50 {median(seconds) * 1000:6.1f}  p95 {p95 * 1000:6.1f}  longest {max(seconds) * 1000:6.1f} ms"
    )


def test_the_claims_of_everybody_are_read_behind_the_list_and_a_key_in_it_costs_what_it_costs_elsewhere(
    large: Path,
) -> None:
    with terminal(large / "centre", large / "own") as shown:
        shown.until("Learner 00011")
        time.sleep(3.0)  # until everybody has been looked at
        elsewhere = [_timed(shown, "j", "▸") for _ in range(40)]
        shown.press("4")
        shown.until("Reports")
        begun = time.perf_counter()
        at = shown.press("C")
        shown.until("read ", at)
        told = time.perf_counter() - begun
        reading = [_timed(shown, "j", "▸") for _ in range(10)]
        shown.until(f"{_LINES:,} blocked", at)
        read = time.perf_counter() - begun
        time.sleep(4.0)  # until everybody has been looked at again
        moved = [_timed(shown, "j", "▸") for _ in range(40)]
        shown.press("/")
        typed = [_timed(shown, letter, f"{letter}") for letter in "l0999"]
    print(f"\n  how far it is told after {told:.1f} s, all of {_LEARNERS:,} learners read after {read:.1f} s")
    print(_summary("a line down in the caseload", elsewhere))
    print(_summary("a line down while they are read", reading))
    print(_summary("a line down among 20,000", moved))
    print(_summary("a letter of a filter", typed))
