"""What the queue and the actions cost: the real program in a pseudo-terminal, in a caseload of 10,000 learners of whom
2,000 wait for a verifier and 400 have an action.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_queue_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.rules.closing_evidence import Terms
from tests.benchmarks.many_cups import MARKED, many_cups
from tests.centres import places_in
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = pytest.mark.benchmark

_LEARNERS, _SAMPLED, _ACTIONS = 10_000, 2_000, 400
_BETWEEN = 0.05


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that centre, whose caseload was looked at before, and the user's own folders."""
    folder = many_cups(tmp_path_factory.mktemp("queue"), _LEARNERS)
    asha = Centre.open(folder / "centre", member="asha", places=places_in(folder / "asha"))
    ines = Centre.open(folder / "centre", member="ines", places=places_in(folder / "own"))
    due = date.today()
    for number in range(MARKED, MARKED + _SAMPLED):
        learner = f"L{number:05}"
        for criterion in ("1.1", "1.2"):
            if not (criterion == "1.1" and (number - MARKED) % 40 == 0):
                asha.marking.mark(learner, "T-102", criterion, Result.PASS, "")
        asha.attempts.declare(learner, "e-mail")
        asha.closings.close(learner, "T-102", "", Terms(no_evidence="seen in person"))
        ines.verification.sample(learner, "T-102", "routine", due=due + timedelta(number % 60))
        if number < MARKED + _ACTIONS:
            ines.actions.set(learner, "T-102", "Look again.", owner="", due=due + timedelta(number % 30))
    ines.caseload.now()
    asha.close_down()
    ines.close_down()
    return folder


def _timed(shown: Terminal, keys: str, text: str) -> float:
    begun = time.perf_counter()
    at = shown.press(keys)
    shown.until(text, at)
    return time.perf_counter() - begun


def _summary(name: str, seconds: list[float]) -> str:
    p95 = quantiles(seconds, n=20)[-1]
    return (
        f"  {name:<40} p50 {median(seconds) * 1000:6.1f}  p95 {p95 * 1000:6.1f}  longest {max(seconds) * 1000:6.1f} ms"
    )


def test_the_queue_opens_at_once_and_a_key_in_it_costs_the_same_however_long_it_is(waiting: Path) -> None:
    begun = time.perf_counter()
    with terminal(waiting / "centre", waiting / "own", "ines") as shown:
        shown.until("2,000 to do")
        opened = time.perf_counter() - begun
        time.sleep(4.0)  # until everybody has been looked at
        moved = []
        for _ in range(60):
            moved.append(_timed(shown, "j", "▸"))
            shown.read(_BETWEEN)  # what else is painted for it
        sorted_, narrowed = _timed(shown, "s", "by waiting"), []
        shown.press("/")
        shown.until("name, registration")
        for typed in ("l", "l0", "l00"):
            narrowed.append(_timed(shown, typed[-1], typed))
            shown.read(_BETWEEN)
        narrowed.append(_timed(shown, "7", "100 of 2,000 shown"))
        shown.press("\x1b")
        time.sleep(1.0)
        actions = _timed(shown, "\t\t", "400 open")
    print(f"\nThe queue of 2,000 among {_LEARNERS:,} learners, in a pseudo-terminal")
    print(f"  from the start of the program            {opened:6.2f} s")
    print(_summary("a line down", moved))
    print(f"  sorted by something else                 {sorted_ * 1000:6.1f} ms")
    print(_summary("a key in the filter", narrowed))
    print(f"  400 actions read and shown               {actions:6.2f} s")
    assert quantiles(moved, n=20)[-1] < 0.2
