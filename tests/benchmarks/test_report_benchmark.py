"""What a report costs over a million decisions: ten thousand learners of four units, forty assessors, every fifth unit
verified decision by decision.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_report_benchmark.py`. The centre's records are written line
by line as the program would. Each start is a process of its own: its seconds are those of the clock, beside those of
its processor, and its memory the most that it had.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.bodies.verifying import Answer, Verified
from markterm.domain.record.event import Event, Kind, Result, Subject
from tests.benchmarks.written_lines import write_record
from tests.centres import environment_in, make_centre_in
from tests.samples import AT

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_UNITS = tuple(UnitKey(f"U-50{number}", "1") for number in range(4))
_NUMBERS = tuple(f"{outcome}.{number}" for outcome in range(1, 6) for number in range(1, 6))
_NOTE = "You compare two models of coaching and give your reasons; name the source of the second. "
_ASKED = """
import json, resource, sys, time
from pathlib import Path
from markterm.centre.centre import Centre
from markterm.domain.reports.asked import Asked, Axis

begun, busy = time.perf_counter(), time.process_time()
centre = Centre.open(Path.cwd())
for _ in centre.reports.looking(sys.argv[1]):
    pass
looked = time.perf_counter() - begun
report = centre.reports.made(sys.argv[1], Asked((Axis(sys.argv[2]),)))
told = time.perf_counter() - begun
assert not any("incomplete" in each for each in report.warnings), report.warnings
behind = sum(1 for _ in report.rows[0].behind()) if len(sys.argv) > 3 else 0
centre.close_down()
print(json.dumps({
    "looked": looked, "told": told, "whole": time.perf_counter() - begun, "busy": time.process_time() - busy,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "behind": behind,
    "counted": sum(cell for row in report.rows for cell in row.cells[-6:-5] if isinstance(cell, int)),
}))
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A centre with a million decisions on record."""
    folder = make_centre_in(tmp_path_factory.mktemp("reports") / "centre")
    for number in range(_LEARNERS):
        learner = f"L{number:06}"
        (folder / "learners" / learner).mkdir()
        (folder / "learners" / learner / "learner.md").write_text(f"---\nname: Learner {number}\n---\n", "utf-8")
        write_record(folder, learner, _record(learner, Random(number)))
    return folder


def _record(learner: str, random: Random) -> Iterator[Event]:
    """Four units of twenty-five criteria, marked in a day each; every fifth is closed and verified."""
    at = AT + timedelta(days=random.randrange(600))
    for unit in _UNITS:
        at += timedelta(days=7)
        assessor, uids = f"a{random.randrange(40):02}", []
        for number in _NUMBERS:
            uid = f"{random.getrandbits(128):032x}"
            uids.append((number, uid))
            said = Decided(Result.REFER if random.random() < 0.1 else Result.PASS, _NOTE, 1, "Explain it", "d" * 16)
            yield Event(uid, Kind.DECIDED.value, learner, at, assessor, "assessor", Subject(unit, number), said.write())
        if random.random() < 0.2:
            uid, on = f"{random.getrandbits(128):032x}", Subject(unit)
            closed = Closed(Result.PASS, "", 1, tuple(each for _, each in uids))
            yield Event(uid, Kind.CLOSED.value, learner, at, assessor, "assessor", on, closed.write())
            answers = tuple(Answer(number, each, random.random() < 0.95, "Look.") for number, each in uids)
            verified = Verified(uid, all(each.agrees for each in answers), 1, answers=answers)
            uid = f"{random.getrandbits(128):032x}"
            yield Event(uid, Kind.VERIFIED.value, learner, at, "ines", "verifier", on, verified.write())


def _asked(centre: Path, *words: str) -> dict[str, float]:
    environment = {**os.environ, **environment_in(centre.parent / "user")}
    command = [sys.executable, "-c", _ASKED, *words]
    told = subprocess.run(command, cwd=centre, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout))


def test_reports_over_a_million_decisions(centre: Path) -> None:
    print()
    asked = {
        "agreement, cold": ("agreement", "assessor"),
        "agreement, warm": ("agreement", "assessor"),
        "agreement by criterion, warm": ("agreement", "criterion"),
        "referrals, warm": ("referrals", "assessor"),
        "referrals by criterion, warm": ("referrals", "criterion"),
        "referrals and what lies behind a row": ("referrals", "assessor", "behind"),
        "unlike, warm": ("unlike", "unit"),
    }
    told = {name: _asked(centre, *words) for name, words in asked.items()}
    for name, figures in told.items():
        print(
            f"{name:38}  looked {figures['looked']:5.1f} s, told {figures['told']:5.1f} s, "
            f"whole {figures['whole']:5.1f} s, processor {figures['busy']:5.1f} s, {figures['memory']:4.0f} MB"
        )
    kept = next((centre.parent / "user").rglob("counted.json")).stat().st_size
    print(f"kept in {kept / 1e6:.0f} MB (targets: 40 s cold, 10 s warm, 200 MB)")
    assert told["referrals, warm"]["counted"] == 1_000_000
    cold = told.pop("agreement, cold")
    assert cold["busy"] <= 40
    assert max(each["busy"] for each in told.values()) <= 10
    assert max(each["memory"] for each in (cold, *told.values())) <= 200
