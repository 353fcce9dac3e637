"""A disk that is full, broken or loses its power: what was acknowledged stays, what was not says so."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.words.errors import NotSaved
from markterm.records.finding_codes import BROKEN_CHAIN, MISSING, UNFINISHED
from markterm.system import platform
from tests.records.torture import RecordOnDisk, a_pipe, in_a_child, read_all, wait_for
from tests.samples import LEARNER, decision, uids

KEPT = ("a", "b", "c")


@pytest.fixture
def record(tmp_path: Path) -> RecordOnDisk:
    return RecordOnDisk(tmp_path)


def test_a_write_torn_at_any_byte_leaves_every_earlier_event(record: RecordOnDisk) -> None:
    """As a power cut leaves it: the writer's own state is older than the tail."""
    record.as_left(*map(decision, KEPT))
    state = next((record.states / LEARNER).iterdir())
    before, length = state.read_bytes(), record.segment.stat().st_size
    record.as_left(decision("torn"))
    state.write_bytes(before)
    for size in reversed(range(length + 1, record.segment.stat().st_size)):
        os.truncate(record.segment, size)
        assert uids(record.events()) == list(KEPT)
        (finding,) = record.audit()
        assert (finding.code, finding.line) == (UNFINISHED, len(KEPT) + 2)
        assert str(size - length) in finding.message


def test_a_write_torn_over_two_lines_leaves_every_earlier_event(record: RecordOnDisk) -> None:
    record.as_left(*map(decision, KEPT))
    whole = record.segment.read_bytes()
    ends = [index + 1 for index, byte in enumerate(whole) if byte == ord("\n")]
    bare = record.without_states()
    for size in reversed(range(ends[1], len(whole))):
        os.truncate(record.segment, size)
        complete = sum(end <= size for end in ends)
        assert uids(bare.events()) == list(KEPT[: complete - 1])
        assert [finding.code for finding in bare.audit()] == ([UNFINISHED] if size not in ends else [])


def test_after_a_torn_write_the_next_one_goes_elsewhere_and_the_tail_stays(record: RecordOnDisk) -> None:
    torn = record.as_left(*map(decision, KEPT)).segment
    with torn.open("ab") as file:
        file.write(b"0123456789abcdef" * 5)
    before = torn.read_bytes()
    record.as_left(decision("next"))
    assert torn.read_bytes() == before
    assert len(record.segments) == 2
    assert uids(record.events()) == [*KEPT, "next"]
    # This machine's state says that nothing after its last line was acknowledged, so the tail is explained.
    assert record.audit() == ()
    assert record.without_states().audit() == ()


def test_a_tail_that_this_machine_did_not_leave_stays_a_finding(record: RecordOnDisk) -> None:
    torn = record.as_left(*map(decision, KEPT)).segment
    with torn.open("ab") as file:
        file.write(b"0123456789abcdef")
    elsewhere = record.without_states().as_left(decision("next"))
    assert uids(elsewhere.events()) == [*KEPT, "next"]
    assert [(finding.code, finding.file) for finding in elsewhere.audit()] == [(UNFINISHED, torn)]


def test_a_last_line_cut_in_the_middle_is_not_explained_away(record: RecordOnDisk) -> None:
    segment = record.as_left(*map(decision, KEPT)).segment
    os.truncate(segment, segment.stat().st_size - 1)
    record.as_left(decision("next"))
    assert {finding.code for finding in record.audit()} == {UNFINISHED, MISSING}


@pytest.mark.parametrize("written", [b"", b"\0", b"\0" * 500], ids=["nothing", "a zero", "zeros"])
def test_a_tail_of_zeros_as_some_file_systems_leave_it_hides_nothing(record: RecordOnDisk, written: bytes) -> None:
    record.as_left(*map(decision, KEPT))
    with record.segment.open("ab") as file:
        file.write(written)
    record.as_left(decision("next"))
    assert uids(record.events()) == [*KEPT, "next"]


@pytest.mark.parametrize("size", [0, 1, 64, 65, 66, 100])
def test_a_segment_torn_in_its_first_line_stops_nothing(record: RecordOnDisk, size: int) -> None:
    header = record.as_left(*map(decision, KEPT)).segment.read_bytes()
    (record.folder / "ak.00000000.log").write_bytes(header[:size])
    record.as_left(decision("next", actor="ak"))
    assert uids(record.events()) == [*KEPT, "next"]
    assert [finding.code for finding in record.audit()] == [UNFINISHED]


def half_then_full(times: int) -> Callable[[int, bytes], int]:
    """An `os.write` that writes half of what it is given, and has no space for the rest, so many times."""
    real, calls = os.write, 0

    def write(descriptor: int, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls > 2 * times:
            return real(descriptor, data)
        if calls % 2:
            return real(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return write


def test_a_disk_that_fills_up_in_the_middle_of_a_write_loses_nothing(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = record.open()
    for uid in KEPT:
        store.append(LEARNER, decision(uid))
    with monkeypatch.context() as full:
        full.setattr(os, "write", half_then_full(3))
        for _ in range(3):
            with pytest.raises(NotSaved) as caught:
                store.append(LEARNER, decision("refused"))
            assert caught.value.next_step == "Free some space on that disk, then mark it again."
            assert uids(store.load(LEARNER)) == list(KEPT)
    # The shells of new segments that found no space are gone, the torn one stays.
    assert len(record.segments) == 1
    store.append(LEARNER, decision("next"))
    assert len(record.segments) == 2
    assert uids(store.load(LEARNER)) == uids(record.events()) == [*KEPT, "next"]
    # The segment that goes on says how far the torn one went: the tail is explained.
    assert record.audit() == ()
    assert record.without_states().audit() == ()


def test_a_torn_write_is_explained_though_this_machine_can_keep_no_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "states").write_text("a file where the folder should be")
    record = RecordOnDisk(tmp_path)
    store = record.open()
    store.append(LEARNER, decision("a"))
    with monkeypatch.context() as full:
        full.setattr(os, "write", half_then_full(1))
        with pytest.raises(NotSaved):
            store.append(LEARNER, decision("refused"))
    store.append(LEARNER, decision("next"))
    assert uids(record.events()) == ["a", "next"]
    assert record.audit() == ()


def test_a_new_record_on_a_full_disk_leaves_nothing_behind(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = record.open()
    with monkeypatch.context() as full:
        full.setattr(os, "write", half_then_full(1))
        with pytest.raises(NotSaved):
            store.append(LEARNER, decision("refused"))
    assert record.segments == []
    store.append(LEARNER, decision("next"))
    assert uids(record.events()) == ["next"]
    assert record.audit() == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and limits")
@pytest.mark.parametrize("limit", [1, 300, 800, 1500, 1501, 1502, 3000])
def test_a_limit_on_the_size_of_files_loses_nothing(record: RecordOnDisk, limit: int) -> None:
    def work() -> None:
        import resource

        store = record.open()
        acknowledged = []
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        next_step = ""
        for number in range(50):
            try:
                store.append(LEARNER, decision(f"e{number}"))
                acknowledged.append(f"e{number}")
            except NotSaved as error:
                next_step = error.next_step
                break
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        store.append(LEARNER, decision("next"))
        os.write(writing, json.dumps([acknowledged, next_step]).encode())

    with a_pipe() as (reading, writing):
        child = in_a_child(work)
        os.close(writing)
        acknowledged, next_step = json.loads(read_all(reading))
        assert wait_for(child) == 0
    assert next_step == "A limit on the size of files stopped it: lift it, then mark it again."
    assert len(acknowledged) == pytest.approx(max(0, (limit - 160) // 400), abs=2)
    assert uids(record.events()) == [*acknowledged, "next"]
    assert record.audit() == ()


def broken(_descriptor: int) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_sync_that_fails_says_not_saved_and_the_next_one_goes_elsewhere(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = record.open()
    for uid in KEPT:
        store.append(LEARNER, decision(uid))
    with monkeypatch.context() as failing:
        failing.setattr(platform, "sync_file", broken)
        with pytest.raises(NotSaved, match=os.strerror(errno.EIO)) as caught:
            store.append(LEARNER, decision("doubtful"))
        assert caught.value.next_step == "Check the disk or the connection to the share, then mark it again."
    store.append(LEARNER, decision("next"))
    assert len(record.segments) == 2
    assert uids(record.events())[-1] == "next"
    assert set(uids(record.events())) >= {*KEPT, "next"}
    assert record.audit() == ()


def test_an_event_whose_sync_failed_is_not_taken_for_saved_when_it_is_tried_again(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes can be read already, and may be gone after a power cut."""
    store = record.open()
    store.append(LEARNER, decision("a"))
    with monkeypatch.context() as failing:
        failing.setattr(platform, "sync_file", broken)
        for _ in range(2):
            with pytest.raises(NotSaved):
                store.append(LEARNER, decision("b"))
    (doubtful,) = record.segments
    store.append(LEARNER, decision("b"))
    doubtful.write_bytes(b"".join(doubtful.read_bytes().splitlines(keepends=True)[:2]))
    assert uids(record.events()) == ["a", "b"]


def test_a_folder_whose_sync_fails_says_not_saved(record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    store = record.open()
    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", broken)
        with pytest.raises(NotSaved):
            store.append(LEARNER, decision("refused"))
    assert record.events() == ()
    store.append(LEARNER, decision("next"))
    assert uids(record.events()) == ["next"]
    assert record.audit() == ()


def test_an_interrupt_between_the_write_and_its_acknowledgement_breaks_nothing(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = record.open()
    store.append(LEARNER, decision("a"))
    real = platform.sync_file

    def interrupted(descriptor: int) -> None:
        real(descriptor)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(platform, "sync_file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.append(LEARNER, decision("b"))
    store.append(LEARNER, decision("c"))
    # What was not acknowledged is not shown here; it was written all the same, and whoever reads anew finds it.
    assert uids(store.load(LEARNER)) == ["a", "c"]
    assert uids(record.events()) == ["a", "b", "c"]
    assert BROKEN_CHAIN not in [finding.code for finding in record.audit()]
