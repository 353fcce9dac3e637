"""Whatever is changed in a record's files afterwards is found, and the rest is still read.

What cannot be found is said in the names of the tests at the end.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from markterm.records.codec import to_json
from markterm.records.finding_codes import (
    ALTERED,
    BROKEN_CHAIN,
    MISPLACED,
    MISSING,
    NO_EVENT,
    UNFINISHED,
    USED_TWICE,
)
from markterm.records.folder.line import NO_LINE, encode
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision, uids

EVENTS = [decision("a"), decision("b", "1.2", Result.REFER, note="Which model?"), decision("c", supersedes=["a"])]
LINES = len(EVENTS) + 1


@pytest.fixture
def record(tmp_path: Path) -> RecordOnDisk:
    return RecordOnDisk(tmp_path).as_left(*EVENTS)


def lines_of(segment: Path) -> list[bytes]:
    return segment.read_bytes().splitlines(keepends=True)


def codes(record: RecordOnDisk) -> set[str]:
    return {finding.code for finding in record.audit()}


FLIPS: dict[str, Callable[[int], int]] = {
    "lowest bit": lambda byte: byte ^ 0x01,
    "case": lambda byte: byte ^ 0x20,
    "highest bit": lambda byte: byte ^ 0x80,
    "to a line end": lambda byte: ord("\n") if byte != ord("\n") else ord("\r"),
    "to zero": lambda _byte: 0,
}
_QUICK = ("to a line end",)
"""What is tried in every run: a line that becomes two, and whatever else of it is wrong then."""


@pytest.mark.parametrize(
    "flip",
    [pytest.param(flip, id=name, marks=() if name in _QUICK else pytest.mark.long) for name, flip in FLIPS.items()],
)
def test_every_single_byte_that_is_changed_is_found_and_the_other_events_are_read(
    record: RecordOnDisk, flip: Callable[[int], int]
) -> None:
    # Without this machine's states: the files alone tell.
    bare = record.without_states()
    whole = record.segment.read_bytes()
    original = {event.uid: event for event in EVENTS}
    with record.segment.open("r+b", buffering=0) as file:
        for position, byte in enumerate(whole):
            file.seek(position)
            file.write(bytes([flip(byte)]))
            line = whole.count(b"\n", 0, position)
            hurt = {line, line + 1} if byte == ord("\n") else {line}
            spared = [event.uid for number, event in enumerate(EVENTS, start=1) if number not in hurt]
            assert codes(bare) & {ALTERED, BROKEN_CHAIN, UNFINISHED}, position
            read = bare.events()
            assert [event.uid for event in read if event.uid in spared] == spared, position
            assert all(event == original[event.uid] for event in read), position
            file.seek(position)
            file.write(whole[position : position + 1])
    assert record.audit() == ()


@pytest.mark.parametrize("number", range(LINES))
def test_every_line_that_is_removed_is_found(record: RecordOnDisk, number: int) -> None:
    lines = lines_of(record.segment)
    record.segment.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
    last = number == LINES - 1
    assert codes(record) & ({MISSING} if last else {BROKEN_CHAIN})
    assert uids(record.events()) == [event.uid for place, event in enumerate(EVENTS, start=1) if place != number]


@pytest.mark.parametrize("kept", range(LINES))
def test_every_end_that_is_cut_off_is_found_by_the_machine_that_wrote_it(record: RecordOnDisk, kept: int) -> None:
    record.segment.write_bytes(b"".join(lines_of(record.segment)[:kept]))
    assert MISSING in codes(record)


@pytest.mark.parametrize("number", range(LINES - 1))
def test_every_pair_of_lines_that_is_swapped_is_found(record: RecordOnDisk, number: int) -> None:
    lines = lines_of(record.segment)
    lines[number : number + 2] = reversed(lines[number : number + 2])
    record.segment.write_bytes(b"".join(lines))
    assert BROKEN_CHAIN in codes(record.without_states())
    assert set(uids(record.events())) == {"a", "b", "c"}


@pytest.mark.parametrize("number", range(LINES))
def test_every_line_that_is_repeated_is_found(record: RecordOnDisk, number: int) -> None:
    lines = lines_of(record.segment)
    record.segment.write_bytes(b"".join([*lines[: number + 1], *lines[number:]]))
    assert BROKEN_CHAIN in codes(record.without_states())
    assert uids(record.events()) == ["a", "b", "c"]


def test_a_line_put_in_from_another_segment_is_found(record: RecordOnDisk) -> None:
    record.as_left(decision("d", actor="ak"))
    foreign = next(path for path in record.segments if path.name.startswith("ak."))
    own = next(path for path in record.segments if path != foreign)
    lines = lines_of(own)
    own.write_bytes(b"".join([*lines[:2], lines_of(foreign)[1], *lines[2:]]))
    assert BROKEN_CHAIN in codes(record.without_states())


def test_a_segment_that_is_removed_is_found_by_the_machine_that_wrote_it(record: RecordOnDisk) -> None:
    record.segment.unlink()
    (finding,) = record.audit()
    assert finding.code == MISSING
    assert "this machine had seen 4 lines" in finding.message


def test_a_segment_that_is_removed_is_found_by_whoever_had_read_it(record: RecordOnDisk) -> None:
    first = record.segment
    record.as_left(decision("d", actor="ak"))
    first.unlink()
    (finding,) = record.without_states().audit()
    assert (finding.code, finding.file) == (MISSING, first)
    assert "line 2 of ak." in finding.message
    assert uids(record.events()) == ["d"]


def test_a_last_line_that_is_cut_off_is_found_by_whoever_had_read_it(record: RecordOnDisk) -> None:
    first = record.segment
    record.as_left(decision("d", actor="ak"))
    first.write_bytes(b"".join(lines_of(first)[:-1]))
    assert [finding.code for finding in record.without_states().audit()] == [MISSING]


def test_a_last_line_that_is_cut_off_is_found_by_a_session_that_had_read_it(record: RecordOnDisk) -> None:
    reader = record.without_states().open()
    reader.load(LEARNER)
    record.segment.write_bytes(b"".join(lines_of(record.segment)[:-1]))
    (finding,) = reader.verify(LEARNER)
    assert finding.code == MISSING
    assert "this session" in finding.message


def test_a_whole_record_that_is_removed_is_found_by_the_machine_that_wrote_it(record: RecordOnDisk) -> None:
    shutil.rmtree(record.folder)
    assert codes(record) == {MISSING}


def test_a_record_put_back_as_it_was_earlier_is_found_by_the_machine_that_wrote_it(
    record: RecordOnDisk, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(record.folder, backup)
    record.as_left(decision("d"), decision("e", actor="ak"))
    shutil.rmtree(record.folder)
    shutil.copytree(backup, record.folder)
    assert codes(record) == {MISSING}


def test_a_segment_copied_into_another_learners_record_is_found(record: RecordOnDisk) -> None:
    other = record.folder.with_name("ENR7654321")
    other.mkdir()
    shutil.copy(record.segment, other)
    store = record.open()
    assert store.load("ENR7654321") == ()
    assert {finding.code for finding in store.verify("ENR7654321")} == {MISPLACED}


def test_a_segment_written_anew_with_true_hashes_is_found_by_the_machine_that_wrote_it(record: RecordOnDisk) -> None:
    rewrite(record.segment, record.segment.stem, note="Forged.")
    assert codes(record.without_states()) == set()
    assert codes(record) == {MISSING}


def test_a_segment_written_anew_with_true_hashes_is_found_by_whoever_had_read_it(record: RecordOnDisk) -> None:
    first = record.segment
    record.as_left(decision("d", actor="ak"))
    rewrite(first, first.stem, note="Forged.")
    assert codes(record.without_states()) == {MISSING}


def test_an_event_forged_under_a_known_uid_is_found(record: RecordOnDisk) -> None:
    rewrite(record.folder / "ak.00000000.log", "ak.00000000", note="Forged.", lc=50)
    assert codes(record.without_states()) == {USED_TWICE}
    assert list(record.events()) == EVENTS


def test_a_line_with_a_true_hash_that_holds_no_event_is_found(record: RecordOnDisk) -> None:
    previous = lines_of(record.segment)[-1][:64].decode()
    with record.segment.open("ab") as file:
        file.write(encode({"prev": previous, "lc": 9, "uid": "x"})[1])
    assert codes(record.without_states()) == {NO_EVENT}
    assert uids(record.events()) == ["a", "b", "c"]


def test_a_segment_altered_at_the_same_length_is_not_gone_on_from(record: RecordOnDisk) -> None:
    altered = record.segment
    lines = lines_of(altered)
    lines[-1] = bytes([lines[-1][0] ^ 1]) + lines[-1][1:]
    altered.write_bytes(b"".join(lines))
    record.as_left(decision("d"))
    assert len(record.segments) == 2
    assert altered.read_bytes() == b"".join(lines)
    assert ALTERED in codes(record)


def test_a_stray_file_is_found_and_stops_nothing(record: RecordOnDisk) -> None:
    (record.folder / "notes.log").write_text("Ring Jo on Monday.\nThen close the unit.\n")
    assert ALTERED in codes(record)
    assert uids(record.events()) == ["a", "b", "c"]


def rewrite(path: Path, name: str, *, note: str, lc: int = 1) -> None:
    """Write a segment with other events and hashes that match them, as somebody who knows the format can."""
    digest, header = encode({"format": 1, "record": LEARNER, "segment": name, "prev": NO_LINE})
    written = [header]
    for number, event in enumerate(EVENTS):
        body = to_json(event) | {"prev": digest, "lc": lc + number, "body": {"result": "pass", "note": note}}
        digest, line = encode(body)
        written.append(line)
    path.write_bytes(b"".join(written))


def test_not_found_a_last_line_cut_off_that_nobody_had_read_and_whose_machine_is_gone(record: RecordOnDisk) -> None:
    """Nothing in the record can tell: a head that was kept outside does, as an export prints it."""
    kept_outside = record.open().heads(LEARNER)
    record.segment.write_bytes(b"".join(lines_of(record.segment)[:-1]))
    bare = record.without_states()
    assert bare.audit() == ()
    now = bare.open().heads(LEARNER)
    assert all(now[name].lines < head.lines for name, head in kept_outside.items())


def test_not_found_a_whole_record_removed_that_no_machine_here_had_written(record: RecordOnDisk) -> None:
    shutil.rmtree(record.folder)
    assert record.without_states().audit() == ()


def test_not_found_a_forged_segment_of_new_events_in_somebody_elses_name(record: RecordOnDisk) -> None:
    """The record shows that it was changed, not who wrote: whoever may write in the folder may add in any name."""
    digest, header = encode({"format": 1, "record": LEARNER, "segment": "vd.00000000", "prev": NO_LINE})
    body = {**to_json(decision("forged", actor="vd")), "prev": digest, "lc": 9}
    (record.folder / "vd.00000000.log").write_bytes(header + encode(body)[1])
    assert record.audit() == ()
