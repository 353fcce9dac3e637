"""What it costs to export the records of a centre, a million events, and to take them in again: beside a plain copy of
the same files, and the SHA-256 of each of their lines. How long the disk takes to sync ten thousand files twice, the
clock tells.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_taking_in_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.benchmarks.test_report_benchmark import centre
from tests.benchmarks.turns import seconds
from tests.centres import environment_in

pytestmark = pytest.mark.benchmark

__all__ = ["centre"]  # The fixture: a centre with a million decisions on record.


def _asked(centre: Path, *words: str) -> float:
    """How long processors were busy with that command; printed beside what the clock says."""
    begun, before = time.perf_counter(), _busy()
    environment = {**os.environ, **environment_in(centre.parent / "user")}
    command = [sys.executable, "-m", "markterm", *words]
    told = subprocess.run(command, cwd=centre, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    busy, taken = _busy() - before, time.perf_counter() - begun
    print(f"  {words[0]:<40} {taken:6.1f} s, processor {busy:6.1f} s  {told.stdout.strip().partition(' (')[0]}")
    return busy


def _busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sums(records: Path) -> dict[str, str]:
    files = (path for path in records.rglob("*") if path.is_file())
    return {path.relative_to(records).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def _hash_lines(records: Path) -> int:
    return sum(
        len(sha256(line[65:-1]).digest()) // 32
        for path in records.rglob("*.log")
        for line in path.read_bytes().splitlines(keepends=True)
    )


def test_every_record_goes_out_and_comes_back_to_the_same_bytes(centre: Path) -> None:
    records, before = centre / "records", centre.parent / "before"
    print()
    out = _asked(centre, "export", "record", "-o", "../out")
    records.rename(before)
    into = _asked(centre, "import-record", "../out")
    assert _sums(records) == _sums(before)
    copied = seconds(lambda: shutil.copytree(before, centre.parent / "copy"))
    hashed = seconds(lambda: _hash_lines(before))
    print(f"  {'together, equal':<40} {'':8}  processor {out + into:6.1f} s  (target: 90 s)")
    print(f"  {'a plain copy, not synced':<40} {copied:6.1f} s")
    print(f"  {'the hash of each line':<40} {hashed:6.1f} s")
    assert out + into <= 90
