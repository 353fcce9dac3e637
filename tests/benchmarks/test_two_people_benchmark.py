"""Two people at one portfolio: how soon the other's decision is on the screen, and what waiting for it costs.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_two_people_benchmark.py`. An empty Textual app is measured
beside it: what it costs to wait is none of ours.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centres import add_learner, make_centre_in, places_in
from tests.tui.test_in_a_terminal import Terminal, terminal

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(sys.platform != "linux", reason="what a process used is read from /proc"),
]

_SECONDS = 60
_EMPTY = "from textual.app import App\nApp().run()\n"


def _used(process: int) -> float:
    """The seconds of processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _share(shown: Terminal) -> float:
    """The share of one core that the process of a terminal takes while nobody does anything, in percent."""
    time.sleep(5)  # Whatever it began is done.
    before = _used(shown.process.pid)
    time.sleep(_SECONDS)
    return (_used(shown.process.pid) - before) / _SECONDS * 100


def test_anothers_decision_is_on_the_screen_within_two_seconds_at_no_more_than_one_percent(tmp_path: Path) -> None:
    path = make_centre_in(tmp_path / "centre", {})
    add_learner(path, "AAA1", "Rosalind Jones")
    empty = Terminal(tmp_path / "own", _EMPTY)
    try:
        alone = _share(empty)
    finally:
        empty.close()
    with terminal(path, tmp_path / "own") as shown:
        shown.until("Jones")
        shown.press("\r")
        shown.until("0/3")
        idle = _share(shown)
        ben = Centre.open(path, member="ben", places=places_in(tmp_path / "other"))
        waited = []
        for passed, number in enumerate(("1.1", "1.2", "2.1"), 1):
            begun = time.perf_counter()
            ben.marking.mark("AAA1", "T-101", number, Result.PASS)
            shown.until(f"{passed}/3")
            waited.append(time.perf_counter() - begun)
            time.sleep(1.3)
    print(f"\nAnother's decision on the screen after {max(waited):.2f} s at the most (target 2)")
    print(f"Idle for {_SECONDS} s with a learner open: {idle:.2f} % of one core (target 1); an empty app {alone:.2f} %")
    assert max(waited) <= 2
    assert idle <= 1
