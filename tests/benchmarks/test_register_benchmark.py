"""What a register of 10,000 learners costs, and when its first line is shown: CSV and workbook, the first time, beside
making as many folders with a file alone, and again.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_register_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types

from tests.assignments import add_qualifications
from tests.centres import environment_in, make_centre_in

pytestmark = pytest.mark.benchmark

LEARNERS = 10_000
HEADINGS = ("ENR", "Surname", "First name", "Course", "D.O.B.", "Registration date", "E-mail")


def rows() -> list[tuple[str, ...]]:
    """As many learners, some of them of one name."""
    return [
        (
            f"REG{number:05}",
            f"Surname {number % 4999}",
            "Ann",
            "T-CERT",
            f"{number % 28 + 1:02}/0{number % 9 + 1}/199{number % 10}",
            "01/09/2025",
            f"a{number}@example.org",
        )
        for number in range(LEARNERS)
    ]


def registered(centre: Path, *words: str) -> tuple[float, float, float]:
    """When the first line was there, when it ended, and how long processors were busy, in seconds."""
    environment = {**os.environ, **environment_in(centre.parent / "user")}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "markterm", "register", *words]
    with subprocess.Popen(
        command, cwd=centre, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as at:
        assert at.stdout is not None
        assert at.stdout.readline()
        first = time.perf_counter() - begun
        at.stdout.read()
    assert at.returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return first, time.perf_counter() - begun, busy


def plain_folders(folder: Path) -> float:
    """As many folders with a file, and nothing brought to the disk."""
    begun = time.perf_counter()
    for number in range(LEARNERS):
        own = folder / str(number)
        (own / "evidence").mkdir(parents=True)
        (own / "learner.md").write_text("x" * 200)
    return time.perf_counter() - begun


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_register_of_ten_thousand(tmp_path: Path, kind: str) -> None:
    centre = make_centre_in(tmp_path / "centre")
    add_qualifications(centre)
    file = centre / f"register.{kind}"
    if kind == "csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADINGS, *rows()])
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in (HEADINGS, *rows()):
            sheet.append(row)
        book.save(file)
    print(f"\n  {LEARNERS:,} folders with a file alone {plain_folders(tmp_path / 'plain'):6.1f} s")
    for told, words in (
        ("preview", ("--preview",)),
        ("registered", ("--yes",)),
        ("again", ("--yes",)),
    ):
        first, taken, busy = registered(centre, file.name, *words)
        print(f"  {kind} {told:<12} first line {first:4.2f} s, all {taken:5.1f} s, processor {busy:5.1f} s")
    assert len(list((centre / "learners").iterdir())) == LEARNERS + 3
