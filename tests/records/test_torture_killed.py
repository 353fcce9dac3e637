"""A process killed at any moment loses nothing that it acknowledged."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from markterm.records.finding_codes import UNFINISHED
from tests.records.torture import RecordOnDisk, a_pipe, in_a_child, read_all, wait_for
from tests.samples import LEARNER, decision, uids

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def mark_until_killed(record: RecordOnDisk, round_: int, acknowledge: int) -> None:
    store = record.open()
    for number in range(100_000):
        uid = f"{round_}.{number}"
        store.append(LEARNER, decision(uid, note="x" * (number % 97)))
        os.write(acknowledge, f"{uid}\n".encode())
        if number % 7 == 6:
            store.close()


def kill_over_and_over(record: RecordOnDisk, rounds: int) -> tuple[int, int]:
    """How many rounds acknowledged something, and how many events all of them acknowledged."""
    chance = random.Random(8580)
    acknowledged: list[str] = []
    busy = 0
    for round_ in range(rounds):
        with a_pipe() as (reading, writing):
            child = in_a_child(lambda round_=round_, writing=writing: mark_until_killed(record, round_, writing))  # type: ignore[misc]  # bound at once
            os.close(writing)
            # Now and then it is killed while it is still opening the record, else somewhere on its way.
            heard = b""
            wanted = chance.randrange(1, 20) if round_ % 4 else 0
            while heard.count(b"\n") < wanted:
                heard += os.read(reading, 1)
            time.sleep(chance.uniform(0, 0.002 if wanted else 0.02))
            os.kill(child, signal.SIGKILL)
            assert wait_for(child) == -signal.SIGKILL
            said = (heard + read_all(reading)).split()
        busy += bool(said)
        acknowledged += [uid.decode() for uid in said]
        present = set(uids(record.events()))
        assert present.issuperset(acknowledged), f"lost in round {round_}"
        # A kill may tear the line that is being written where a page of memory ends; it was not acknowledged.
        assert [finding.code for finding in record.audit()] in ([], [UNFINISHED])
    # Whoever writes next says where the torn segment was left, and that explains it.
    record.as_left(decision("last"))
    assert record.audit() == ()
    return busy, len(acknowledged)


def test_of_40_kills_none_loses_a_decision(tmp_path: Path) -> None:
    busy, acknowledged = kill_over_and_over(RecordOnDisk(tmp_path), 40)
    assert busy >= 30
    assert acknowledged > 200


@pytest.mark.long
def test_of_300_kills_none_loses_a_decision(tmp_path: Path) -> None:
    busy, acknowledged = kill_over_and_over(RecordOnDisk(tmp_path), 300)
    print(f"300 kills, {acknowledged} acknowledged decisions, none lost")  # noqa: T201  # the figure is the result
    assert busy >= 225
