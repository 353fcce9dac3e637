"""What sync clients, backups and people call the files of a record: what is certain is read, and nothing in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from markterm.domain.record.event import Result
from markterm.domain.words.finding import Finding, Severity
from markterm.records.finding_codes import ALTERED, COPY, MISSING, UNFINISHED, hides
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision, uids

EVENTS = [decision("a"), decision("b", "1.2", Result.REFER, note="Which model?"), decision("c", supersedes=["a"])]

NAMES = [
    "{stem}.LOG",
    "{stem}.log.conflict",
    "{stem}.log~",
    "{stem} (1).log",
    "{stem} (Jo's conflicted copy 2025-03-04).log",
    "{stem}-LAPTOP-7F3.log",
    "{stem}.sync-conflict-20250304-093000-ABCDEFG.log",
    "{stem}_conflict-20250304-093000.log",
    "{stem}.log.sb-1a2b3c4d-Xy12",
    "{stem} - Copy.log",
    "~syncthing~{stem}.log.tmp",
    ".{stem}.log.Xyz123",
    "Kopie von {stem}.log",
    "#{stem}.log#",
    "{stem}.old",
    "{stem}",
]


@pytest.fixture
def record(tmp_path: Path) -> RecordOnDisk:
    return RecordOnDisk(tmp_path).as_left(*EVENTS)


def other_name(record: RecordOnDisk, name: str = "{stem}.log.conflict") -> Path:
    (segment,) = (path for path in record.segments if path.stem.startswith("jm."))
    return segment.with_name(name.format(stem=segment.stem))


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def told(record: RecordOnDisk) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in record.audit()]


def hiding(findings: tuple[Finding, ...]) -> bool:
    return any(map(hides, findings))


@pytest.mark.parametrize("name", NAMES)
def test_a_segment_under_another_name_is_read_and_its_name_asked_for(record: RecordOnDisk, name: str) -> None:
    segment = record.segment
    renamed = segment.rename(other_name(record, name))
    assert uids(record.events()) == ["a", "b", "c"]
    for each in (record, record.without_states()):
        (finding,) = each.audit()
        assert (finding.code, finding.severity, finding.file) == (COPY, Severity.ERROR, renamed)
        assert f"call it {segment.name} again" in finding.message
        assert not hides(finding)
    renamed.rename(segment)
    assert record.audit() == ()


@pytest.mark.parametrize("kept", [1, 2, 3, 4])
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_which_every_line_stands_in_the_segment_is_no_fault(
    record: RecordOnDisk, name: str, kept: int
) -> None:
    other_name(record, name).write_bytes(b"".join(lines_of(record.segment)[:kept]))
    assert uids(record.events()) == ["a", "b", "c"]
    assert told(record) == [(COPY, Severity.INFORMATION)]
    store = record.open()
    store.load(LEARNER)
    assert store.findings(LEARNER) == ()


def test_a_copy_that_ends_within_a_line_that_the_segment_has_is_no_fault(record: RecordOnDisk) -> None:
    segment, copy = record.segment, other_name(record)
    for cut in (1, 30, 64, 65, 80):
        copy.write_bytes(segment.read_bytes()[:-cut])
        assert told(record) == [(COPY, Severity.INFORMATION)], cut
    copy.write_bytes(segment.read_bytes() + b"something else")
    assert (UNFINISHED, Severity.ERROR) not in told(record)[:1]
    assert (COPY, Severity.INFORMATION) not in told(record)


def test_a_copy_with_the_end_that_the_segment_lost_is_read_and_wanted_in_its_place(record: RecordOnDisk) -> None:
    segment = record.segment
    copy = other_name(record)
    shutil.copy(segment, copy)
    segment.write_bytes(b"".join(lines_of(segment)[:2]))
    assert uids(record.events()) == ["a", "b", "c"]
    for each in (record, record.without_states()):
        (finding,) = each.audit()
        assert (finding.code, finding.severity, finding.file) == (COPY, Severity.ERROR, copy)
        assert "2 lines" in finding.message
        assert not hides(finding)


def test_a_copy_with_a_damaged_line_that_the_segment_has_is_no_fault(record: RecordOnDisk) -> None:
    lines = lines_of(record.segment)
    lines[2] = lines[2].replace(b"Which", b"Whose")
    other_name(record).write_bytes(b"".join(lines))
    assert uids(record.events()) == ["a", "b", "c"]
    assert told(record) == [(COPY, Severity.INFORMATION)]


def test_a_damaged_line_that_stands_in_the_copy_alone_hides_something(record: RecordOnDisk) -> None:
    segment = record.segment
    lines = lines_of(segment)
    lines[2] = lines[2].replace(b"Which", b"Whose")
    other_name(record).write_bytes(b"".join(lines))
    segment.unlink()
    assert uids(record.events()) == ["a", "c"]
    assert {code for code, _ in told(record)} == {COPY, ALTERED}
    assert hiding(record.audit())


def test_two_versions_of_a_segment_are_both_read_and_both_told(record: RecordOnDisk) -> None:
    """A sync client met two machines that had each gone on in one segment: one disk was the copy of the other."""
    here, there = RecordOnDisk(record.place / "here"), RecordOnDisk(record.place / "there")
    for each in (here, there):
        shutil.copytree(record.place / "records", each.place / "records")
        shutil.copytree(record.states, each.states)
    here.as_left(decision("here", "2.1"))
    there.as_left(decision("there", "2.1", Result.REFER, note="Where?"))
    shutil.copy(there.segment, other_name(here))
    assert sorted(uids(here.events())) == ["a", "b", "c", "here", "there"]
    (finding,) = here.without_states().audit()
    assert (finding.code, finding.severity) == (COPY, Severity.ERROR)
    assert "each holds what the other lacks" in finding.message


@pytest.mark.parametrize("first", ["copy", "segment"])
def test_the_order_is_the_same_with_copies_and_without(tmp_path: Path, first: str) -> None:
    record = RecordOnDisk(tmp_path)
    one, two = record.open(), record.open()
    for number in range(6):
        (one if number % 2 else two).append(LEARNER, decision(f"e{number}", actor="ak" if number % 2 else "jm"))
    one.close()
    two.close()
    expected = uids(record.events())
    for segment in record.segments:
        shutil.copy(segment, segment.with_name(f"{'!' if first == 'copy' else 'zz'}{segment.name}.conflict"))
    assert uids(record.events()) == expected
    assert uids(record.without_states().events()) == expected


def test_a_copy_that_comes_and_goes_while_the_record_is_open_changes_nothing(record: RecordOnDisk) -> None:
    store = record.open()
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    copy = other_name(record)
    shutil.copy(record.segment, copy)
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    store.append(LEARNER, decision("d"))
    copy.unlink()
    store.append(LEARNER, decision("e"))
    assert uids(store.load(LEARNER)) == uids(record.events()) == ["a", "b", "c", "d", "e"]
    assert store.findings(LEARNER) == record.audit() == ()


def test_a_segment_that_is_renamed_while_it_is_open_is_not_lost(record: RecordOnDisk) -> None:
    reader = record.without_states().open()
    assert uids(reader.load(LEARNER)) == ["a", "b", "c"]
    record.segment.rename(other_name(record))
    assert uids(reader.load(LEARNER)) == ["a", "b", "c"]
    assert [finding.code for finding in reader.findings(LEARNER)] == [COPY]


def test_what_goes_with_a_copy_that_alone_had_it_is_said_and_still_shown(record: RecordOnDisk) -> None:
    copy = record.segment.rename(other_name(record))
    reader = record.without_states().open()
    assert uids(reader.load(LEARNER)) == ["a", "b", "c"]
    copy.unlink()
    assert uids(reader.load(LEARNER)) == ["a", "b", "c"]
    assert MISSING in [finding.code for finding in reader.findings(LEARNER)]


def test_another_learners_file_under_any_name_brings_nothing_in(record: RecordOnDisk) -> None:
    foreign = RecordOnDisk(record.place / "other")
    store = foreign.open()
    store.append("ENR7654321", decision("x", learner="ENR7654321"))
    store.close()
    (segment,) = (foreign.place / "records" / "ENR7654321").glob("*.log")
    shutil.copy(segment, record.folder / "x.log.conflict")
    assert uids(record.events()) == ["a", "b", "c"]


def test_a_writer_does_not_go_on_in_a_segment_whose_end_stands_in_a_copy(record: RecordOnDisk) -> None:
    segment = record.segment
    shutil.copy(segment, other_name(record))
    segment.write_bytes(b"".join(lines_of(segment)[:2]))
    before = segment.read_bytes()
    record.as_left(decision("d"))
    assert segment.read_bytes() == before
    assert uids(record.events()) == ["a", "b", "c", "d"]


def test_a_longer_version_that_does_not_go_on_from_the_segment_does_not_stand_for_it(record: RecordOnDisk) -> None:
    here, there = RecordOnDisk(record.place / "here"), RecordOnDisk(record.place / "there")
    for each in (here, there):
        shutil.copytree(record.place / "records", each.place / "records")
        shutil.copytree(record.states, each.states)
    here.as_left(decision("here", "2.1"))
    there.as_left(*(decision(f"there{number}", "2.1") for number in range(5)))
    own = here.open().heads(LEARNER)
    shutil.copy(there.segment, other_name(here))
    assert here.open().heads(LEARNER) == own
    here.as_left(decision("on", "2.1"))
    assert len(here.segments) == 1
