"""One criterion across 10,000 learners, in a pseudo-terminal: when the list is there, and what a key costs meanwhile.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_across_benchmark.py`. A Textual app of one line that counts
keys is measured beside it: on a busy machine the figures say something only against that.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.benchmarks.test_screen_benchmark import _counts
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.test_in_a_terminal import terminal

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_EVERY = 4
"""One learner in so many is decided."""
_DECIDED = _LEARNERS // _EVERY


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a centre of 10,000 learners who have handed in, and the user's own folders."""
    folder = tmp_path_factory.mktemp("across")
    path = make_centre_in(folder / "centre", {})
    for number in range(_LEARNERS):
        add_learner(path, f"L{number:05}", f"Learner {number:05} Name")
    centre = Centre.open(path, member="asha", places=places_in(folder / "own"))
    for number in range(0, _LEARNERS, _EVERY):
        result = Result.REFER if number % 3 else Result.PASS
        centre.marking.mark(f"L{number:05}", "T-101", "1.1", result, f"Note {number}")
    centre.caseload.now()
    centre.close_down()
    return folder


def test_what_is_looked_at_is_the_caseload_and_only_the_records_that_say_something(large: Path) -> None:
    centre = Centre.open(large / "centre", member="asha", places=places_in(large / "own"))
    unit = centre.sheets.units.named("T-101")
    rows = len(centre.caseload.rows)
    times: list[tuple[float, float]] = []
    for _ in range(3):
        begun = time.perf_counter()
        steps = centre.across.look(unit, "1.1")
        next(steps)
        first = time.perf_counter() - begun
        *_, across = steps
        times.append((first, time.perf_counter() - begun))
    centre.close_down()
    assert (len(across.waiting), len(across.decided)) == (rows - _DECIDED, _DECIDED)
    print(f"\nOne criterion across {rows:,} learners, {_DECIDED:,} of them with a record")
    print(f"  what is known without reading a record      {times[0][0] * 1000:7.0f} ms")
    print(f"  everything, the first time                  {times[0][1] * 1000:7.0f} ms")
    print(f"  everything, again, what is known            {times[-1][0] * 1000:7.0f} ms")
    print(f"  everything, again                           {times[-1][1] * 1000:7.0f} ms")
    assert times[0][0] < 1.0
    assert times[-1][1] < times[0][1]


def test_the_list_is_there_at_once_and_a_key_never_waits_for_the_records(large: Path) -> None:
    with terminal(large / "centre", large / "own") as shown:
        shown.until("10,000 learners")
        time.sleep(3.0)
        opened = shown.press("\r")
        shown.until("I made tea.", opened)
        shown.press("k")
        time.sleep(1.0)
        begun = time.perf_counter()
        at = shown.press("h")
        shown.until("Waiting 7,", at)
        first = time.perf_counter() - begun
        keys: list[float] = []
        # While the records are read in the background, the cursor moves.
        while f"{_LEARNERS - _DECIDED:,} wait, {_DECIDED:,} decided".encode() not in shown.seen[at:]:
            pressed = time.perf_counter()
            moved = shown.press("j")
            shown.until("▸", moved)
            keys.append(time.perf_counter() - pressed)
            time.sleep(0.05)
        looked = time.perf_counter() - begun
        moved = shown.press("\r")
        shown.until(" of 7,500", moved)
        marked = time.perf_counter()
        at = shown.press("p")
        shown.until(" of 7,500", at)
        one = time.perf_counter() - marked
    print(f"\nOne criterion across {_LEARNERS:,} learners, in a pseudo-terminal")
    print(f"  a Textual app that counts keys, p50               {median(_counts(large)) * 1000:6.1f} ms")
    print(f"  h to the list of those who wait                  {first * 1000:7.0f} ms")
    print(f"  h to every decision known                        {looked * 1000:7.0f} ms")
    print(f"  a key meanwhile, p50 of {len(keys):3}                      {median(keys) * 1000:6.1f} ms")
    print(f"  a key meanwhile, the longest                     {max(keys) * 1000:7.0f} ms")
    print(f"  p to the next learner                            {one * 1000:7.0f} ms")
    assert first < 2.0
    assert median(keys) < 0.2
