"""What the caseload of 10,000 and of 100,000 learners costs, all with a record, in a folder and in PostgreSQL: from an
empty index, to the first picture from one that knows them, until all were looked at, and each key.

pytest -n 0 -m "benchmark and server" -s tests/benchmarks/test_large_caseload_benchmark.py -k ten_thousand

The other one, `-k hundred_thousand`, makes its centres for several minutes first. Seconds of the processor are told
beside those of the clock: on a busy machine the clock says nothing.
"""

# ruff: noqa: T201 - a benchmark is there to print

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from markterm.records.copying import copy_records
from markterm.records.folder.store import FolderStore
from tests.benchmarks.many_cups import many_poured
from tests.benchmarks.test_screen_benchmark import CASELOAD, EMPTY, first_paint
from tests.benchmarks.watched import watched
from tests.centres import environment_in
from tests.servers.postgres import CENTRE, PostgresServer

pytest.importorskip("psycopg", reason="the extra server is not installed")
pytestmark = [pytest.mark.benchmark, pytest.mark.server]

_DECIDED = 10
_STARTS = 7
_READS = """
import json, resource, sys, time
begun = time.perf_counter()
from pathlib import Path
from markterm.centre.centre import Centre
centre = Centre.open(Path(sys.argv[1]), member="asha")
rows = centre.caseload.now()
centre.caseload.save()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
took = time.perf_counter() - begun, time.process_time()
print(json.dumps([len(rows), sum(row.decided for row in rows), *took, memory]))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """One that syncs, as a centre's does."""
    server = PostgresServer.start(durable=True, settings={"max_wal_size": "4GB", "shared_buffers": "256MB"})
    yield server
    server.remove()


async def test_the_caseload_of_ten_thousand(server: PostgresServer, tmp_path: Path) -> None:
    await _both(server, tmp_path, 10_000, read_within=8.0, more_than_an_empty_app=0.3)


async def test_the_caseload_of_a_hundred_thousand(server: PostgresServer, tmp_path: Path) -> None:
    await _both(server, tmp_path, 100_000, read_within=None, more_than_an_empty_app=0.3 + 0.5)


async def _both(
    server: PostgresServer, folder: Path, learners: int, *, read_within: float | None, more_than_an_empty_app: float
) -> None:
    places = {"folder": many_poured(folder / "folder", learners, _DECIDED)}
    places["PostgreSQL"] = _in_database(server, places["folder"], folder / "database")
    took = []
    for name, place in places.items():
        read = _read(place)
        print(f"\n{learners:,} learners, {_DECIDED} decisions each, records in {name}")
        print(f"  from an empty index: {read[2]:.1f} s, {read[3]:.1f} s of the processor, {read[4]:.0f} MB")
        again = _read(place)
        print(f"  from a warm one, all looked at: {again[2]:.1f} s, {again[3]:.1f} s of the processor")
        assert read[:2] == again[:2]
        took.append(read[3])
    more = _first_paints(places)
    for place in places.values():
        await _keys(place, learners)
    assert read_within is None or max(took) <= read_within
    assert max(more) <= more_than_an_empty_app


def _in_database(server: PostgresServer, of: Path, made: Path) -> Path:
    """The same centre with its records in a database; the learners' files are the same."""
    from markterm.records.postgres.store import PostgresStore

    url = server.prepared()
    store = PostgresStore(url, CENTRE)
    copied = copy_records(FolderStore(of / "centre" / "records", made / "nobody"), store)
    assert copied.compared.are_equal
    store.close()
    (made / "centre").mkdir(parents=True)
    for each in ("learners", "mark_sheets"):
        (made / "centre" / each).symlink_to(of / "centre" / each)
    toml = (of / "centre" / "centre.toml").read_text("utf-8")
    (made / "centre" / "centre.toml").write_text(f'{toml}\n[record]\nstore = "{url}"\n', "utf-8")
    return made


def _read(place: Path) -> list[float]:
    """Learners, decisions, seconds, seconds of the processor and megabytes."""
    asked = [sys.executable, "-c", _READS, str(place / "centre")]
    told = subprocess.run(asked, env=environment_in(place / "own"), check=True, capture_output=True, text=True).stdout
    figures: list[float] = json.loads(told)
    return figures


def _first_paints(places: dict[str, Path]) -> list[float]:
    """How many seconds of the processor more each takes to its first picture than an app that is empty, in turns."""
    codes = [("an empty app", EMPTY, places["folder"]), *((name, CASELOAD, place) for name, place in places.items())]
    for _, code, place in codes:
        first_paint(code, place)
    turns = [[first_paint(code, place) for _, code, place in codes] for _ in range(_STARTS)]
    print(f"\nStart of the process to the first picture, median of {_STARTS} turns; more than an empty app")
    more = []
    for number, (name, _, _) in enumerate(codes):
        clock, processor = (median(turn[number][kind] for turn in turns) for kind in (0, 1))
        of_clock, beyond = (median(turn[number][kind] - turn[0][kind] for turn in turns) for kind in (0, 1))
        print(f"  {name:<14} {clock:5.2f} s, more {of_clock:5.2f}; processor {processor:5.2f} s, more {beyond:5.2f}")
        more.append(beyond)
    return more


async def _keys(place: Path, learners: int) -> None:
    """What keys cost while everybody is looked at, and afterwards."""
    lines: list[str] = []
    begun = time.perf_counter()
    async with watched(place, "asha", (160, 45)) as at:
        await at.until(lambda: f"{learners:,} learners" in at.text)
        lines.append(f"  the first picture after {time.perf_counter() - begun:.1f} s")
        number = 0
        while not at.app.screen._is_read:  # type: ignore[attr-defined]
            await at.press("jk"[number % 2], "move, while all are looked at")
            number += 1
        lines.append(f"  all looked at after {time.perf_counter() - begun:.1f} s")
        await at.rest(1.0)
        for key in "jk" * 10:
            await at.press(key, "move")
        await at.press("slash", "/")
        for letter in "learner 93":
            await at.press("space" if letter == " " else letter, "a letter in the filter")
        await at.press("escape", "Esc")
        for _ in range(8):
            await at.press("s", "s")
        lines.extend(at.told())
        lines.append(f"  Held up for more than {at.held_up.over * 1000:.0f} ms: {len(at.held_up.seen)} times")
    print("\n".join(["", str(place.name), *lines]))
