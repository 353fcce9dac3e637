"""What a download of 1,000 files of 100 learners costs: when its first line is shown, the first time, beside copying
and syncing as many files alone, and again.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_receiving_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from random import Random

import pytest

from tests.centres import environment_in, make_centre_in

pytestmark = pytest.mark.benchmark

LEARNERS, FILES, SIZE = 100, 10, 100_000


def received(centre: Path, *words: str) -> tuple[float, float]:
    """When the first line was there, and when it ended, in seconds."""
    environment = {**os.environ, **environment_in(centre.parent / "user", MARKTERM_AS="asha")}
    begun = time.perf_counter()
    command = [sys.executable, "-m", "markterm", "receive", *words]
    with subprocess.Popen(command, cwd=centre, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as at:
        assert at.stdout is not None
        assert at.stdout.readline()
        first = time.perf_counter() - begun
        at.stdout.read()
    assert at.returncode == 0
    return first, time.perf_counter() - begun


def test_a_thousand_files_are_received_and_again(tmp_path: Path) -> None:
    names = {
        f"QQQ{number:04}": f"Ann Surname{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}"
        for number in range(LEARNERS)
    }
    centre = make_centre_in(tmp_path / "centre", names)
    random = Random(1)
    download = tmp_path / "submissions.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for number, name in enumerate(names.values()):
            for file in range(FILES):
                archive.writestr(
                    f"{name}_{500_000 + number}_assignsubmission_file_/{file}.docx", random.randbytes(SIZE)
                )
    begun = time.perf_counter()
    (tmp_path / "alone").mkdir()
    for number in range(LEARNERS * FILES):
        with (tmp_path / "alone" / str(number)).open("wb") as out:
            out.write(random.randbytes(SIZE))
            out.flush()
            os.fdatasync(out.fileno())
    alone = time.perf_counter() - begun
    first, shown = received(centre, str(download))
    _, taken = received(centre, str(download), "--take", "sure")
    _, again = received(centre, str(download), "--take", "sure")
    print(f"\nwriting and syncing {LEARNERS * FILES} files alone: {alone:.1f} s")
    print(f"first line after {first:.1f} s, shown {shown:.1f} s, received {taken:.1f} s, again {again:.1f} s")
    assert sum(1 for _ in centre.rglob("*.docx")) == LEARNERS * FILES
