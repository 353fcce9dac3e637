"""What sync clients, backups and people do to the files of a record that is open: nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.domain.record.event import Json
from markterm.domain.words.finding import Severity
from markterm.records.codec import to_json
from markterm.records.finding_codes import COPY, MISSING, hides
from markterm.records.folder.line import encode
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision, uids


def older_copy_in_place_of_it(segment: Path, older: bytes) -> None:
    beside = segment.with_suffix(".part")
    beside.write_bytes(older)
    beside.replace(segment)


def older_copy_written_into_it(segment: Path, older: bytes) -> None:
    segment.write_bytes(older)


def emptied(segment: Path, _older: bytes) -> None:
    os.truncate(segment, 0)


def removed(segment: Path, _older: bytes) -> None:
    segment.unlink()


def folder_removed(segment: Path, _older: bytes) -> None:
    shutil.rmtree(segment.parent)


def moved_away(segment: Path, _older: bytes) -> None:
    segment.rename(segment.with_suffix(".old"))


def same_copy_in_place_of_it(segment: Path, _older: bytes) -> None:
    older_copy_in_place_of_it(segment, segment.read_bytes())


def torn_line_appended(segment: Path, _older: bytes) -> None:
    with segment.open("ab") as file:
        file.write(b"torn")


def whole_lines_appended(segment: Path, _older: bytes) -> None:
    with segment.open("ab") as file:
        file.write(b"what is this\n\nand this\n")


def filled_with_zeros(segment: Path, older: bytes) -> None:
    segment.write_bytes(older + b"\0" * 4096)


LOSING = [
    older_copy_in_place_of_it,
    older_copy_written_into_it,
    emptied,
    removed,
    folder_removed,
    moved_away,
    filled_with_zeros,
]
KEEPING = [same_copy_in_place_of_it, torn_line_appended, whole_lines_appended]
Disturbance = Callable[[Path, bytes], None]


@pytest.mark.parametrize("disturb", [*LOSING, *KEEPING], ids=lambda disturb: disturb.__name__)
def test_after_a_disturbance_the_next_append_goes_elsewhere_and_brings_back_what_is_gone(
    tmp_path: Path, disturb: Disturbance
) -> None:
    record = RecordOnDisk(tmp_path)
    store = record.open()
    store.append(LEARNER, decision("a"))
    segment = record.segment
    older = segment.read_bytes()
    store.append(LEARNER, decision("b"))
    store.append(LEARNER, decision("c"))
    disturb(segment, older)
    store.append(LEARNER, decision("d"))
    # In the session that goes on …
    assert uids(store.load(LEARNER)) == ["a", "b", "c", "d"]
    store.append(LEARNER, decision("e"))
    store.close()
    # … and in one that knows only what is on the disk.
    assert len([path for path in record.segments if path != segment]) == 1
    assert uids(record.events()) == ["a", "b", "c", "d", "e"]
    assert bool(record.audit()) == (disturb in [*LOSING, whole_lines_appended])
    # What was lost was recorded again: nothing of it is hidden from anybody.
    for each in (store, record.open(), record.without_states().open()):
        each.load(LEARNER)
        assert any(map(hides, each.findings(LEARNER))) == (disturb is whole_lines_appended)


@pytest.mark.parametrize("disturb", LOSING, ids=lambda disturb: disturb.__name__)
def test_what_a_session_has_read_stays_with_it_and_the_loss_is_said(tmp_path: Path, disturb: Disturbance) -> None:
    record = RecordOnDisk(tmp_path)
    store = record.open()
    store.append(LEARNER, decision("a"))
    older = record.segment.read_bytes()
    store.append(LEARNER, decision("b"))
    store.append(LEARNER, decision("c"))
    disturb(record.segment, older)
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    # Under another name it is found and read.
    assert (COPY if disturb is moved_away else MISSING) in [finding.code for finding in store.verify(LEARNER)]


def test_the_file_that_comes_back_brings_nothing_twice(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path)
    store = record.open()
    for uid in ("a", "b"):
        store.append(LEARNER, decision(uid))
    segment = record.segment
    away = segment.rename(segment.with_suffix(".away"))
    store.append(LEARNER, decision("c"))
    away.rename(segment)
    store.append(LEARNER, decision("d"))
    assert uids(store.load(LEARNER)) == uids(record.events()) == ["a", "b", "c", "d"]
    assert record.audit() == ()


def test_files_that_keep_changing_end_in_not_saved_and_later_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from markterm.domain.words.errors import NotSaved
    from markterm.system import platform

    record = RecordOnDisk(tmp_path)
    store = record.open()
    store.append(LEARNER, decision("a"))
    real = platform.sync_file

    def and_somebody_writes(descriptor: int) -> None:
        real(descriptor)
        for segment in record.segments:
            with segment.open("ab") as file:
                file.write(b"?")

    with monkeypatch.context() as patched:
        patched.setattr(platform, "sync_file", and_somebody_writes)
        with pytest.raises(NotSaved, match="keeps changing"):
            store.append(LEARNER, decision("b"))
    store.append(LEARNER, decision("c"))
    assert uids(record.events())[0] == "a"
    assert uids(record.events())[-1] == "c"


def test_segments_of_two_machines_that_were_apart_merge_by_themselves(tmp_path: Path) -> None:
    here, there = RecordOnDisk(tmp_path / "here"), RecordOnDisk(tmp_path / "there")
    here.as_left(decision("a"))
    shutil.copytree(here.folder, there.folder)
    here.as_left(decision("b", supersedes=["a"]))
    there.as_left(decision("c", actor="ak", supersedes=["a"]))
    for path in there.segments:
        if path.name.startswith("ak."):
            shutil.copy(path, here.folder)
    assert sorted(uids(here.events())) == ["a", "b", "c"]
    assert here.audit() == ()


def test_what_somebody_else_says_was_restored_explains_nothing(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path).as_left(decision("a"), decision("b"))
    segment = record.segment
    record.as_left(decision("c", actor="ak"))
    segment.unlink()
    theirs = record.segment
    digest, line = theirs.read_bytes().splitlines()[-1][:64], {**to_json(decision("d", actor="ak"))}
    said: dict[str, Json] = {**line, "prev": digest.decode(), "lc": 9, "restored": {segment.stem: [3, "0" * 64]}}
    with theirs.open("ab") as file:
        file.write(encode(said)[1])
    assert any(map(hides, record.audit()))
    assert any(map(hides, record.without_states().audit()))


def test_a_reader_who_had_read_what_was_lost_hears_that_it_was_restored(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path)
    store = record.open()
    for uid in ("a", "b", "c"):
        store.append(LEARNER, decision(uid))
    reader = record.without_states().open()
    reader.load(LEARNER)
    segment = record.segment
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:2]))
    reader.load(LEARNER)
    assert any(map(hides, reader.findings(LEARNER)))
    store.append(LEARNER, decision("d"))
    assert uids(reader.load(LEARNER)) == ["a", "b", "c", "d"]
    assert not any(map(hides, reader.findings(LEARNER)))
    assert [finding.severity for finding in record.audit()] == [Severity.WARNING]
    assert "recorded what stood there again" in record.audit()[0].message


def test_what_was_damaged_before_it_was_lost_was_not_restored(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path).as_left(decision("a"), decision("b", note="Which model?"), decision("c"))
    segment = record.segment
    segment.write_bytes(segment.read_bytes().replace(b"Which", b"Whose"))
    store = record.open()
    store.append(LEARNER, decision("d"))
    assert len(record.segments) == 1
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:2]))
    store.append(LEARNER, decision("e"))
    store.close()
    assert uids(record.events()) == ["a", "c", "d", "e"]
    assert any(map(hides, record.audit()))
