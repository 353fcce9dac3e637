"""What a durable decision and the opening of a record cost, as ratios measured side by side in one run."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from tinydb import TinyDB

from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import fold
from markterm.records.codec import to_json
from markterm.records.folder.line import decode
from markterm.records.folder.segment import Segment
from markterm.records.folder.store import FolderStore
from markterm.system import platform
from tests.benchmarks.turns import cpu_seconds, in_turns, seconds, tell
from tests.samples import LEARNER, decision

pytestmark = pytest.mark.benchmark

NOTE = "You compare two models of coaching and give your reasons; name the source of the second. " * 2


def marked(number: int) -> Event:
    """A decision of an everyday size: 60 criteria, each marked over and over."""
    before = [f"{number - 60:032x}"] if number >= 60 else []
    result = Result.REFER if number % 5 == 0 else Result.PASS
    return decision(f"{number:032x}", f"{number % 6 + 1}.{number // 6 % 10 + 1}", result, note=NOTE, supersedes=before)


def no_sync(descriptor: int) -> None:
    """For getting to the start of what is measured."""
    del descriptor


class Decisions:
    """Appends one decision after another, made beforehand, to a record that has so many already."""

    def __init__(self, place: Path, before: int) -> None:
        self.store = FolderStore(place / "records", place / "states")
        self.events = iter([marked(number) for number in range(before + 1600)])
        sync = platform.sync_file
        platform.sync_file = no_sync
        try:
            for _ in range(before):
                self()
        finally:
            platform.sync_file = sync

    def __call__(self) -> None:
        self.store.append(LEARNER, next(self.events))


def test_a_durable_decision_against_one_write_and_sync_of_the_same_bytes(tmp_path: Path) -> None:
    decide = Decisions(tmp_path, 600)
    (segment,) = (tmp_path / "records" / LEARNER).glob("*.log")
    line = segment.read_bytes().splitlines(keepends=True)[-1]
    # Beside the records: whatever grows among them is looked at, because a sync client may have renamed it.
    descriptor = platform.create_for_append(tmp_path / "bare")

    def bare() -> None:
        os.write(descriptor, line)
        platform.sync_file(descriptor)

    works: dict[str, Callable[[], object]] = {"one decision, durable": decide, "one write and sync": bare}
    clock = in_turns(750, works, seconds)
    busy = in_turns(750, works, cpu_seconds)
    os.close(descriptor)
    more = busy["one decision, durable"] - busy["one write and sync"]
    processor = {f"{name}, processor only": figure for name, figure in busy.items()}
    tell(
        f"A durable decision of {len(line)} bytes: {more:.3f} ms more than the bare append (at most 0.100)",
        {**clock, **processor},
    )
    assert more <= 0.1


def test_a_durable_decision_against_stock_tinydb(tmp_path: Path) -> None:
    # Of the processor: stock TinyDB never syncs, and the clock would tell how busy the disk is.
    decide = Decisions(tmp_path, 600)
    stock = TinyDB(tmp_path / "stock.json")
    stock.insert_multiple(dict(to_json(marked(number))) for number in range(600))
    documents = iter([dict(to_json(marked(number))) for number in range(600, 700)])

    def insert() -> None:
        stock.insert(next(documents))

    taken = in_turns(60, {"one decision, durable": decide, "stock insert, not synced": insert}, cpu_seconds)
    stock.close()
    ratio = taken["stock insert, not synced"] / taken["one decision, durable"]
    tell(f"Against TinyDB's JSONStorage at 600 decisions, processor: {ratio:.0f} times less (at least 10)", taken)
    assert ratio >= 10


def test_a_decision_costs_the_same_in_a_long_record(tmp_path: Path) -> None:
    few, many = Decisions(tmp_path / "few", 60), Decisions(tmp_path / "many", 6000)
    taken = in_turns(400, {"with 60 events or a few more": few, "with 6,000 events": many}, seconds)
    busy = in_turns(
        400, {"with 60 events, processor only": few, "with 6,000 events, processor only": many}, cpu_seconds
    )
    ratio = taken["with 6,000 events"] / taken["with 60 events or a few more"]
    tell(f"A decision in a record a hundred times as long: {ratio:.2f} times the cost (at most 2)", {**taken, **busy})
    assert ratio <= 2


def test_opening_a_record_with_every_hash_checked(tmp_path: Path) -> None:
    Decisions(tmp_path, 600).store.close()
    (segment,) = (tmp_path / "records" / LEARNER).glob("*.log")
    lines = segment.read_bytes().split(b"\n")[:-1]
    events = FolderStore(tmp_path / "records", tmp_path / "states").load(LEARNER)
    assert len(events) == 600

    def opened() -> None:
        fold(FolderStore(tmp_path / "records", tmp_path / "states").load(LEARNER))

    parts: dict[str, Callable[[], object]] = {
        "open: read, check, decode, merge and fold": opened,
        "  of it the hashes": lambda: [sha256(line[65:]).hexdigest() for line in lines],
        "  of it hashes and JSON": lambda: list(decode(lines)),
        "  of it hashes, JSON, events and chain": lambda: Segment(segment, LEARNER).read_on(),
        "  of it the fold": lambda: fold(events),
    }
    # As the screen does once it is drawn: what is loaded by then (here, what the tests need) is not looked through
    # again whenever rubbish is collected.
    gc.collect()
    gc.freeze()
    taken = in_turns(60, parts, cpu_seconds)
    gc.unfreeze()
    whole = taken["open: read, check, decode, merge and fold"]
    tell(f"A record of 600 events opened: {whole:.1f} ms of the processor (at most 7)", taken)
    assert whole <= 7
