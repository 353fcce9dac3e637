"""What lies under `records/` where no reading finds it: an audit names it, says whose it is, and what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from markterm.domain.words.finding import Finding, Severity
from markterm.records.finding_codes import COPY, STRAY, troubling
from markterm.records.store import Unclaimed
from markterm.system.platform import CENTRE_RECORD
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision, uids

FOLDERS = ["{name} (1)", "{name} - Copy", "Copy of {name}", "{name}.conflict", "New folder", "{name}-LAPTOP", "x"]


@pytest.fixture
def record(tmp_path: Path) -> RecordOnDisk:
    return RecordOnDisk(tmp_path).as_left(decision("a"), decision("b", "1.2"))


def beside(record: RecordOnDisk, name: str) -> Path:
    return record.folder.with_name(name.format(name=LEARNER))


def whole_audit(record: RecordOnDisk) -> dict[str, tuple[Finding, ...]]:
    store = record.open()
    return {name: store.verify(name) for name in store.to_verify()}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_copy_of_a_records_folder_that_adds_nothing_is_no_fault(record: RecordOnDisk, name: str) -> None:
    copy = beside(record, name)
    shutil.copytree(record.folder, copy)
    told = whole_audit(record)
    assert list(told) == [LEARNER]
    (finding,) = told[LEARNER]
    assert (finding.code, finding.severity) == (COPY, Severity.INFORMATION)
    assert finding.file is not None
    assert finding.file.parent == copy
    assert troubling(told[LEARNER]) == ()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_record_whose_folder_was_renamed_is_told_with_what_to_do(record: RecordOnDisk, name: str) -> None:
    file = record.folder.rename(beside(record, name)) / record_file(record, beside(record, name))
    told = whole_audit(record.without_states())
    (finding,) = told[LEARNER]
    assert (finding.code, finding.severity, finding.file) == (STRAY, Severity.ERROR, file)
    assert "2 entries" in finding.message
    assert f"put this file into {LEARNER} as {file.name}" in finding.message
    record.folder.mkdir()
    file.rename(record.folder / file.name)
    file.parent.rmdir()
    assert whole_audit(record) == {LEARNER: ()}
    assert uids(record.events()) == ["a", "b"]


def record_file(record: RecordOnDisk, folder: Path) -> str:
    del record
    (file,) = folder.iterdir()
    return file.name


@pytest.mark.parametrize("name", ["{name} (1)", "Copy of {name}"])
def test_an_audit_of_one_learner_finds_the_folders_called_like_theirs(record: RecordOnDisk, name: str) -> None:
    record.folder.rename(beside(record, name))
    assert [finding.code for finding in record.without_states().audit()] == [STRAY]


def test_a_segment_beside_the_records_folders_is_told_with_whose_it_is(record: RecordOnDisk) -> None:
    moved = record.segment.rename(record.folder.parent / record.segment.name)
    told = whole_audit(record.without_states())
    assert [(finding.code, finding.file) for finding in told[LEARNER]] == [(STRAY, moved)]


@pytest.mark.parametrize("where", [".", LEARNER])
def test_every_file_that_is_not_read_is_named(record: RecordOnDisk, where: str) -> None:
    place = record.folder.parent / where
    (place / "notes.txt").write_text("Ring Jo on Monday.")
    (place / "empty").touch()
    os.mkfifo(place / "pipe")
    told = [finding for findings in whole_audit(record).values() for finding in findings]
    named = {finding.file: finding for finding in told}
    assert {path.name for path in named if path is not None} == {"notes.txt", "empty", "pipe"}
    assert {(finding.code, finding.severity) for finding in told} == {(STRAY, Severity.WARNING)}


def test_a_folder_within_a_records_folder_is_named(record: RecordOnDisk) -> None:
    (record.folder / "old").mkdir()
    assert [finding.file for finding in record.audit()] == [record.folder / "old"]


@pytest.mark.parametrize("where", [".", LEARNER])
@pytest.mark.parametrize(
    "name", ["desktop.ini", "Thumbs.db", ".DS_Store", "._x.log", ".stfolder", ".nextcloudsync.log", "~$x.docx"]
)
def test_files_of_systems_and_sync_clients_are_named_and_no_fault(record: RecordOnDisk, where: str, name: str) -> None:
    (record.folder.parent / where / name).write_bytes(b"\0\0\0\1Bud1")
    told = [finding for findings in whole_audit(record).values() for finding in findings]
    assert [(finding.code, finding.severity) for finding in told] == [(STRAY, Severity.INFORMATION)]
    assert record.open().findings(LEARNER) == ()


def test_another_learners_file_in_a_record_is_named_with_whose_it_is(record: RecordOnDisk) -> None:
    other = RecordOnDisk(record.place)
    store = other.open()
    store.append("ENR7654321", decision("x", learner="ENR7654321"))
    store.close()
    (segment,) = (record.place / "records" / "ENR7654321").glob("*.log")
    shutil.copy(segment, record.folder / "x.log~")
    (finding,) = record.audit()
    assert finding.code == STRAY
    assert "ENR7654321" in finding.message


def test_what_nobody_wrote_is_told_of_with_the_centres_own_record(record: RecordOnDisk) -> None:
    (record.folder.parent / "notes.txt").write_text("Ring Jo on Monday.")
    told = whole_audit(record)
    assert list(told) == [CENTRE_RECORD, LEARNER]
    assert [finding.code for finding in told[CENTRE_RECORD]] == [STRAY]


def test_a_loop_of_links_stops_no_audit(record: RecordOnDisk) -> None:
    loop = record.folder.parent / "loop"
    loop.symlink_to(loop)
    (record.folder / "loop.log").symlink_to(record.folder / "loop.log")
    assert uids(record.events()) == ["a", "b"]
    told = whole_audit(record)
    assert {finding.file for findings in told.values() for finding in findings} == {loop, record.folder / "loop.log"}


def test_the_folder_of_a_learner_whose_registration_begins_alike_is_not_taken_for_a_copy(record: RecordOnDisk) -> None:
    for name in (f"{LEARNER}0", f"0{LEARNER}", f"{LEARNER}A"):
        store = record.open()
        store.append(name, decision("x", learner=name))
        store.close()
        assert whole_audit(record)[name] == ()
    store = record.open()
    assert store.elsewhere(LEARNER) == ()
    assert store.parts_in(Unclaimed(f"{LEARNER}0", "", is_record=False)) == ()


def test_a_copy_of_a_folder_that_goes_on_where_the_record_was_cut_off_is_wanted_in_its_place(
    record: RecordOnDisk,
) -> None:
    copy = beside(record, "{name} (1)")
    shutil.copytree(record.folder, copy)
    segment = record.segment
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:-1]))
    bare = record.without_states()
    (finding,) = bare.audit()
    assert (finding.code, finding.severity, finding.file) == (STRAY, Severity.ERROR, copy / segment.name)
    assert "1 entry of" in finding.message
    assert f"in the place of {segment.name}" in finding.message
    assert [each.file for each in bare.open().elsewhere(LEARNER)] == [finding.file]
    assert bare.open().parts_in(Unclaimed(copy.name, "", is_record=False)) == (LEARNER,)


def test_a_copy_of_a_folder_that_holds_another_version_is_wanted_beside_what_is_there(record: RecordOnDisk) -> None:
    there = RecordOnDisk(record.place / "there")
    shutil.copytree(record.place / "records", there.place / "records")
    shutil.copytree(record.states, there.states)
    there.as_left(decision("there", "2.1"))
    record.as_left(decision("here", "2.1"))
    copy = beside(record, "{name} (1)")
    shutil.copytree(there.folder, copy)
    (finding,) = record.audit()
    assert "1 entry of" in finding.message
    assert "beside what is there" in finding.message
    (copy / record.segment.name).rename(record.folder / "theirs.log")
    assert sorted(uids(record.events())) == ["a", "b", "here", "there"]
