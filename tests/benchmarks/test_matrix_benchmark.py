"""How long the tracking matrix of 10,000 learners with a hundred criteria each takes, and how much memory: beside the
csv module and openpyxl, which write the same cells bare."""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.benchmarks.test_report_benchmark import centre
from tests.centres import environment_in

pytestmark = pytest.mark.benchmark

__all__ = ["centre"]  # The fixture: a centre with a million decisions on record.

_SHEET = "---\nkind: unit\ncode: U-50{}\ntitle: Coaching\nversion: 1\n---\n\n# U-50{} Coaching\n"
_LEARNER = "---\nkind: learner\nregistration: {}\nname: Learner {}\nunits: [U-500, U-501, U-502, U-503]\n---\n"
_ASKED = """
import json, resource, sys, time
from pathlib import Path
from markterm.centre.centre import Centre
from markterm.centre.export.matrix import MatrixBy
from markterm.exports.table.table_form import TableForm

begun = time.perf_counter()
centre = Centre.open(Path.cwd())
centre.caseload.now()
for _ in centre.matrix.looking():
    pass
looked, before = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
busy = time.process_time()
export = centre.matrix.of(MatrixBy.CRITERION, TableForm(sys.argv[1]))
written = centre.exports.write(export, Path(sys.argv[2]), force=True)
whole = time.perf_counter() - begun
centre.close_down()
print(json.dumps({
    "looked": looked, "written": whole - looked,
    "size": sum(each.size for each in written.files), "before": before,
    "busy": time.process_time() - busy,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def _asked(centre: Path, form: str) -> dict[str, float]:
    environment = {**os.environ, **environment_in(centre.parent / "user")}
    command = [sys.executable, "-c", _ASKED, form, str(centre.parent / f"matrix-{form}")]
    told = subprocess.run(command, cwd=centre, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout))


def test_the_matrix_of_ten_thousand_learners(centre: Path) -> None:
    for number in range(4):
        lines = [_SHEET.format(number, number)]
        for outcome in range(1, 6):
            lines.append(f"\n## LO{outcome} Be able to coach\n\n")
            lines += [f"- **{outcome}.{place}** Explain it\n" for place in range(1, 6)]
        (centre / f"mark_sheets/units/U-50{number}.md").write_text("".join(lines), "utf-8")
    for learner in (centre / "learners").glob("L*"):
        (learner / "learner.md").write_text(_LEARNER.format(learner.name, learner.name), "utf-8")
    print()
    for name, form in (("CSV, cold", "csv"), ("CSV, warm", "csv"), ("XLSX, warm", "xlsx"), ("HTML, warm", "html")):
        told = _asked(centre, form)
        print(
            f"{name:10}  looked {told['looked']:5.1f} s, written {told['written']:5.1f} s, {told['size'] / 1e6:3.0f} MB"
            f" (processor {told['busy']:5.1f} s), memory {told['memory']:4.0f} MB, "
            f"{told['memory'] - told['before']:4.0f} MB of it for writing"
        )
        if name == "XLSX, warm":
            assert told["busy"] <= 60
        if name == "CSV, warm":
            assert told["busy"] <= 6
    print(f"{_bare_csv(centre):5.1f} s csv module bare, {_bare_xlsx(centre):5.1f} s openpyxl, write-only")


def _bare_csv(centre: Path) -> float:
    begun = time.perf_counter()
    for unit in range(4):
        with (centre.parent / f"bare-{unit}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([f"L{row:06}", "Learner", *("pass",) * 25, *("x",) * 9] for row in range(10_000))
    return time.perf_counter() - begun


def _bare_xlsx(centre: Path) -> float:
    begun = time.perf_counter()
    book = openpyxl.Workbook(write_only=True)
    for _ in range(4):
        sheet = book.create_sheet()
        for row in range(10_000):
            sheet.append([f"L{row:06}", "Learner", *("P",) * 25, *("x",) * 9])
    book.save(centre.parent / "bare.xlsx")
    return time.perf_counter() - begun
