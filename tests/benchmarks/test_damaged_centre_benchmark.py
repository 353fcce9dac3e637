"""What damage costs everybody else: a caseload of 10,000 learners of whom some cannot be read, beside a sound one.

Five in a hundred have a `learner.md` that cannot be used, and one in a hundred a record that is damaged, each in one of
several ways. Run with `pytest -n 0 -m benchmark -s tests/benchmarks/test_damaged_centre_benchmark.py`.
"""
# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median

import pytest

from markterm.centre.centre import Centre
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.event import Event, Json, Kind, Subject
from markterm.records.folder.store import FolderStore
from markterm.system import platform
from tests.benchmarks.test_record_benchmark import no_sync
from tests.centres import UNITS, add_learner, make_centre_in, places_in
from tests.samples import AT

pytestmark = pytest.mark.benchmark

_LEARNERS = 10_000
_WARM_TURNS = 7
_COLD_TURNS = 2
_AT_MOST = 1.2
_DECISIONS = (("1.1", "Boil the water"), ("1.2", "Warm the pot"), ("2.1", "Pour the tea"))


def without_front_matter(file: Path) -> None:
    file.write_text("Rosalind Jones\n", "utf-8")


def no_yaml(file: Path) -> None:
    file.write_text("---\nkind: learner\nname: [Rosalind\n---\n", "utf-8")


def binary(file: Path) -> None:
    file.write_bytes(b"\0\1\2" * 1000)


def gone(file: Path) -> None:
    file.unlink()


def another_registration(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("registration: L", "registration: M"), "utf-8")


def altered(segment: Path) -> None:
    segment.write_bytes(segment.read_bytes().replace(b'"pass"', b'"Pass"', 1))


def cut_off(segment: Path) -> None:
    segment.write_bytes(segment.read_bytes()[:-100])


def emptied(segment: Path) -> None:
    segment.write_bytes(b"")


def a_folder(segment: Path) -> None:
    segment.unlink()
    segment.mkdir()


def zeros(segment: Path) -> None:
    segment.write_bytes(b"\0" * 4096)


def lines_of_rubbish(segment: Path) -> None:
    segment.write_bytes(b"?\n" * 5000)


def renamed(segment: Path) -> None:
    segment.rename(f"{segment}.conflict")


_BROKEN: Sequence[Callable[[Path], None]] = (without_front_matter, no_yaml, binary, gone, another_registration)
_DAMAGED: Sequence[Callable[[Path], None]] = (
    altered,
    cut_off,
    emptied,
    a_folder,
    zeros,
    lines_of_rubbish,
    renamed,
)


def _sound_centre(path: Path) -> Path:
    """A centre of learners with some decisions each."""
    make_centre_in(path, {})
    (path / "mark_sheets" / "units" / "T-101.md").write_text(UNITS["T-101"], "utf-8")
    key = UnitKey("T-101", "2026-01")
    store = FolderStore(path / "records", path.with_name("nobody's states"))
    for number in range(_LEARNERS):
        name = f"L{number:05}"
        add_learner(path, name, f"Learner {number:05} Name", evidence="")
        for criterion, wording in _DECISIONS:
            body: dict[str, Json] = {"result": "pass", "note": "Seen in the diary.", "attempt": 1, "wording": wording}
            uid = f"{name}.{criterion}"
            store.append(
                name, Event(uid, Kind.DECIDED.value, name, AT, "asha", "assessor", Subject(key, criterion), body)
            )
    store.close()
    return path


def _damage(path: Path) -> None:
    broken, damaged = cycle(_BROKEN), cycle(_DAMAGED)
    for number in range(_LEARNERS):
        name = f"L{number:05}"
        if number % 20 == 0:
            next(broken)(path / "learners" / name / "learner.md")
        if number % 100 == 7:
            (segment,) = (path / "records" / name).glob("*.log")
            next(damaged)(segment)


def _opened(centre: Path) -> float:
    """How long it takes until every row is there as the files are now, in seconds of the processor."""
    begun = time.process_time()
    opened = Centre.open(centre, member="asha", places=places_in(centre.with_name(f"{centre.name}'s own")))
    rows = opened.caseload.now()
    taken = time.process_time() - begun
    assert len(rows) >= _LEARNERS
    opened.close_down()
    return taken


def _forget(centre: Path) -> None:
    shutil.rmtree(centre.with_name(f"{centre.name}'s own"), ignore_errors=True)


def test_damage_of_some_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as quick:
        quick.setattr(platform, "sync_file", no_sync)
        quick.setattr(platform, "sync_folder", lambda _folder: None)
        sound = _sound_centre(tmp_path / "sound")
    damaged = tmp_path / "damaged"
    shutil.copytree(sound, damaged)
    _damage(damaged)
    centres = {"sound": sound, "damaged": damaged}
    cold: dict[str, list[float]] = {name: [] for name in centres}
    warm: dict[str, list[float]] = {name: [] for name in centres}
    for _ in range(_COLD_TURNS):
        for name, centre in centres.items():
            _forget(centre)
            cold[name].append(_opened(centre))
    for _ in range(_WARM_TURNS):
        for name, centre in centres.items():
            warm[name].append(_opened(centre))
    opened = Centre.open(damaged, places=places_in(damaged.with_name("damaged's own")))
    problems = [row.problem for row in opened.caseload.rows if row.problem]
    print(f"\n{_LEARNERS:,} learners, {len(problems)} with a problem of {len(set(problems))} kinds")
    assert len(problems) >= _LEARNERS * 0.055
    for title, taken in (("index gone", cold), ("index kept", warm)):
        times = {name: median(each) for name, each in taken.items()}
        ratio = times["damaged"] / times["sound"]
        print(f"  {title}: sound {times['sound']:.2f} s, damaged {times['damaged']:.2f} s: {ratio:.2f} times")
        assert ratio <= _AT_MOST
