"""What a visit pack of 500 learners on three units each costs, and `audit --against` it; and what evidence in a pack
costs, beside a plain copy of the same files that is synced as it is.

Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_pack_benchmark.py`. The records are written line by line as
the program would; pack and audit are processes of their own, as at the command line.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.exports.export import Export
from tests.benchmarks.turns import in_turns, seconds, tell
from tests.benchmarks.written_lines import write_record
from tests.centres import CENTRE_TOML, add_learner, environment_in, make_centre_in, places_in
from tests.samples import AT

pytestmark = pytest.mark.benchmark

_LEARNERS = 500
_UNITS = tuple(UnitKey(f"U-50{number}", "1") for number in range(3))
_NUMBERS = tuple(f"{outcome}.{place}" for outcome in range(1, 5) for place in range(1, 5))
_ASSESSOR = "asha"
_NOTE = "You compare two models of coaching and give your reasons; name the source of the second. "
_FILES, _BYTES = 12, 25_000_000
_TIMES = 3


def _asked(centre: Path, *words: str) -> float:
    begun = time.perf_counter()
    environment = {**os.environ, **environment_in(centre.parent / "user")}
    command = [sys.executable, "-m", "markterm", *words]
    told = subprocess.run(command, cwd=centre, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    return time.perf_counter() - begun


def _record(learner: str, first: int) -> Iterator[Event]:
    """Three units, each marked and closed: every fifth criterion is referred."""
    number = first * 1000
    for at, unit in enumerate(_UNITS):
        rests_on = []
        when = AT + timedelta(days=7 * at)
        for place, criterion in enumerate(_NUMBERS):
            number += 1
            rests_on.append((criterion, f"{number:032x}"))
            said = Decided(Result.PASS if place % 5 else Result.REFER, _NOTE, 1, f"Explain it {criterion}")
            on = Subject(unit, criterion)
            yield Event(rests_on[-1][1], Kind.DECIDED.value, learner, when, _ASSESSOR, "assessor", on, said.write())
        number += 1
        closed = Closed(Result.REFER, "", 1, tuple(uid for _, uid in rests_on))
        uid, on = f"{number:032x}", Subject(unit)
        yield Event(uid, Kind.CLOSED.value, learner, when, _ASSESSOR, "assessor", on, closed.write())


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A centre whose learners were all marked, and handed in one short text each."""
    folder = make_centre_in(tmp_path / "centre", {})
    codes = [each.code for each in _UNITS]
    (folder / "centre.toml").write_text(CENTRE_TOML.replace('"T-101", "T-102"', json.dumps(codes)[1:-1]), "utf-8")
    for unit in _UNITS:
        lines = [f"---\nkind: unit\ncode: {unit.code}\ntitle: Coaching\nversion: 1\n---\n\n# {unit.code} Coaching\n"]
        for outcome in range(1, 5):
            lines.append(f"\n## LO{outcome} Be able to coach\n\n")
            lines += [f"- **{outcome}.{place}** Explain it {outcome}.{place}\n" for place in range(1, 5)]
        (folder / f"mark_sheets/units/{unit.code}.md").write_text("".join(lines), "utf-8")
    for number in range(_LEARNERS):
        learner = f"L{number:05}"
        add_learner(folder, learner, f"Learner {number:05} Name", units=f"[{', '.join(codes)}]")
        write_record(folder, learner, _record(learner, number), _ASSESSOR)
    (tmp_path / "asked.txt").write_text("".join(f"L{number:05}\n" for number in range(_LEARNERS)), "utf-8")
    return folder


def test_a_visit_pack_and_an_audit_against_it(centre: Path) -> None:
    pack, asked = centre.parent / "pack", str(centre.parent / "asked.txt")
    made = _asked(centre, "export", "pack", "--learners", asked, "--without-evidence", "-o", str(pack))
    files = [path for path in pack.rglob("*") if path.is_file()]
    sheets = sum(path.suffix == ".pdf" for path in files)
    audited = _asked(centre, "audit", "--against", str(pack))
    print(f"\nA visit pack of {_LEARNERS} learners on {len(_UNITS)} units, {os.cpu_count()} cores")
    print(f"  {len(files):,} files, {sheets:,} of them PDF, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")
    print(f"  made    {made:6.1f} s, {made * 1000 / sheets:.0f} ms for each PDF and what belongs to it (target: 180 s)")
    print(f"  audited {audited:6.1f} s (target: 10 s)")
    assert made <= 180
    assert audited <= 10


def test_evidence_in_a_pack_beside_a_plain_copy(centre: Path, tmp_path: Path) -> None:
    evidence = centre / "learners/L00000/evidence"
    for number in range(_FILES):
        (evidence / f"film {number}.mp4").write_bytes(os.urandom(_BYTES))
    opened = Centre.open(centre, places=places_in(tmp_path / "user"))
    pack = opened.packs.of(["L00000"], asked="one learner")
    films = Export("Films", "films", [piece for piece in pack.pieces if piece.size == _BYTES], manifest=True)
    assert len(films.pieces) == _FILES

    def packed() -> None:
        shutil.rmtree(tmp_path / "films", ignore_errors=True)
        opened.exports.write(films, tmp_path / "films")

    works: dict[str, Callable[[], object]] = {
        "in a pack, hashed and synced": packed,
        "copied and synced": lambda: _copy(evidence, tmp_path / "copy"),
        "read and hashed": lambda: [sha256(path.read_bytes()).hexdigest() for path in evidence.iterdir()],
    }
    taken = in_turns(_TIMES, works, seconds)
    megabytes = _FILES * _BYTES / 1e6
    copied, hashed = taken["copied and synced"], taken["read and hashed"]
    packed_in = taken["in a pack, hashed and synced"]
    tell(
        f"{megabytes:.0f} MB of evidence: {copied / packed_in:.2f} of the speed of a copy, "
        f"{(copied + hashed) / packed_in:.2f} of one that is hashed too (at least 0.50)",
        {name: megabytes / each * 1000 for name, each in taken.items()},
        "MB/s",
    )
    # Of what lies in memory a copy is faster than any hash: a disk is not.
    assert packed_in <= 2 * (copied + hashed)
    opened.close_down()


def _copy(source: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for path in sorted(source.iterdir()):
        shutil.copyfile(path, to / path.name)
        with (to / path.name).open("rb+") as file:
            os.fsync(file.fileno())
