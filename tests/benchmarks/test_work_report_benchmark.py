"""What the reports on plan, actions and workload cost, with every record read and with none.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_work_report_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.reports.asked import Asked
from tests.benchmarks.test_plan_benchmark import assessed_centre
from tests.centres import places_in

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("learners", [1_000, 10_000])
def test_reports_on_work_read_only_what_changed(tmp_path: Path, learners: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:  # Making it is not what is measured.
        patched.setattr(os, "fdatasync", lambda _: None)
        patched.setattr(os, "fsync", lambda _: None)
        path = assessed_centre(tmp_path, learners)
    took: dict[str, list[float]] = {}
    for _ in range(2):
        centre = Centre.open(path, member="ines", places=places_in(tmp_path / "own"))
        centre.caseload.now()
        for name in ("plan", "actions", "workload"):
            begun = time.process_time()
            for _ in centre.reports.looking(name):
                pass
            report = centre.reports.made(name, Asked())
            took.setdefault(name, []).append(time.process_time() - begun)
        assert sum(int(str(row.cells[3])) for row in report.rows) >= 3 * learners, "every unit waits to be released"
        centre.close_down()
    for name, (cold, warm) in took.items():
        print(f"\n{learners:7,} learners: {name:9} {cold:5.2f} s of the processor, with no record read {warm:5.2f} s")
    print("          (the records that actions read, workload reads no more)")
