"""Pipes, devices, sockets, folders, loops of links and giants where a record's files should be: named, never opened."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from markterm.centre.presence import Presence
from markterm.domain.record.event import Json
from markterm.own.drafts import Drafts
from markterm.records.codec import to_json
from markterm.records.finding_codes import NO_SEGMENT, UNREAD, hides
from markterm.records.folder import record_files, record_listing, segment, segment_writer
from markterm.records.folder.line import NO_LINE, encode
from markterm.system.regular_file import open_regular, read_regular, write_regular
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision, uids

Make = Callable[[Path], None]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(path.parent)  # A socket's path may have some hundred bytes only.
        bound.bind(path.name)
        os.chdir(here)


def giant(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10 * 2**30)


NO_FILES = [pipe, folder, loop, device, listening, giant]


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    """What would wait for ever fails the test."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def record(tmp_path: Path) -> RecordOnDisk:
    return RecordOnDisk(tmp_path).as_left(decision("a"))


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file_is_a_finding_and_the_record_is_read_and_gone_on_with(record: RecordOnDisk, make: Make) -> None:
    own = record.segment
    make(record.folder / "zz.log")
    store = record.open()
    assert uids(store.load(LEARNER)) == ["a"]
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    (finding,) = store.findings(LEARNER)
    code = UNREAD if make is loop else NO_SEGMENT
    assert (finding.code, finding.file) == (code, record.folder / "zz.log")
    assert hides(finding)
    assert [each.code for each in store.verify(LEARNER)] == [code]
    assert store.to_verify() == (LEARNER,)
    store.close()
    assert len(own.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("make", NO_FILES)
def test_what_takes_the_place_of_ones_own_segment_costs_a_new_one(record: RecordOnDisk, make: Make) -> None:
    store = record.open()
    store.append(LEARNER, decision("b"))
    own = record.segment
    own.unlink()
    make(own)
    store.append(LEARNER, decision("c"))
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    assert uids(record.events()) == ["a", "b", "c"]


@pytest.mark.parametrize("make", NO_FILES)
def test_a_records_folder_that_is_none_is_told_and_stops_no_audit(record: RecordOnDisk, make: Make) -> None:
    make(record.folder.with_name("x"))
    told = [finding for name in record.open().to_verify() for finding in record.open().verify(name)]
    assert len(told) <= 1


def test_a_segment_that_nobody_may_read_hides_nothing_of_the_others_and_comes_back(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague's umask. Whoever runs the tests may read everything: that they may not is said for the system."""
    record.as_left(decision("b", actor="ak"))
    theirs = next(path for path in record.segments if path.name.startswith("ak."))
    real = os.open

    def refused(path: str | Path, *arguments: int) -> int:
        if Path(path) == theirs:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments)

    store = record.open()
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        assert uids(store.load(LEARNER)) == ["a"]
        store.append(LEARNER, decision("c"))
        (finding,) = store.findings(LEARNER)
        assert (finding.code, finding.file, hides(finding)) == (UNREAD, theirs, True)
        assert "Permission denied" in finding.message
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    assert store.findings(LEARNER) == ()


@pytest.mark.parametrize("text", [b"", b"abc", b'{"format"'])
def test_an_empty_segment_and_half_a_header_are_findings(record: RecordOnDisk, text: bytes) -> None:
    (record.folder / "zz.01234567.log").write_bytes(text)
    assert uids(record.events()) == ["a"]
    assert [finding.code for finding in record.audit()] == ["MR03"]
    record.as_left(decision("b"))
    assert uids(record.events()) == ["a", "b"]


def test_what_is_all_damage_is_left_unread_after_some_lines(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "MOST_DAMAGED", 50)
    (record.folder / "zz.log").write_bytes(b"\n" * 100_000)
    store = record.open()
    assert uids(store.load(LEARNER)) == ["a"]
    told = [finding.code for finding in store.findings(LEARNER)]
    assert NO_SEGMENT in told
    assert len(told) < 110
    reads: list[Path] = []

    def noted(path: Path) -> BinaryIO:
        reads.append(path)
        return open_regular(path)

    monkeypatch.setattr(record_files, "open_regular", noted)
    store.load(LEARNER)
    assert reads == []


def test_a_line_longer_than_what_is_read_at_once_is_read(record: RecordOnDisk) -> None:
    long = decision("b", note="x" * 3_000_000)
    record.as_left(long, decision("c"))
    assert uids(record.events()) == ["a", "b", "c"]
    assert record.events()[1] == long
    assert record.audit() == ()


def test_a_segment_altered_at_the_same_size_while_it_is_open_is_said(record: RecordOnDisk) -> None:
    store = record.open()
    store.load(LEARNER)
    assert store.findings(LEARNER) == ()
    text = record.segment.read_bytes()
    record.segment.write_bytes(text.replace(b'"pass"', b'"fail"'))
    os.utime(record.segment, ns=(1, 1))
    assert uids(store.load(LEARNER)) == ["a"]
    (finding,) = store.findings(LEARNER)
    assert "was altered" in finding.message
    assert hides(finding)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time at which anything of a file changed")
def test_a_segment_altered_while_it_is_open_is_said_also_when_its_time_was_set_back(record: RecordOnDisk) -> None:
    store = record.open()
    store.load(LEARNER)
    before = record.segment.stat()
    record.segment.write_bytes(record.segment.read_bytes().replace(b'"pass"', b'"fail"'))
    while record.segment.stat().st_ctime_ns == before.st_ctime_ns:  # Within one tick of the system's clock.
        os.utime(record.segment)
    os.utime(record.segment, ns=(before.st_atime_ns, before.st_mtime_ns))
    store.load(LEARNER)
    assert ["was altered" in finding.message for finding in store.findings(LEARNER)] == [True]


@pytest.mark.parametrize("how", ["gone", "cut", "altered"])
@pytest.mark.parametrize("more", [False, True])
def test_a_segment_that_is_put_back_as_it_was_is_no_fault_any_more(record: RecordOnDisk, how: str, more: bool) -> None:
    store, segment = record.open(), record.segment
    store.load(LEARNER)
    known = segment.read_bytes()
    if more:
        record.as_left(decision("b"))
    whole = segment.read_bytes()
    segment.unlink()
    if how != "gone":
        segment.write_bytes(known[:-9] if how == "cut" else known.replace(b"pass", b"fail"))
        os.utime(segment, ns=(1, 1))
    store.load(LEARNER)
    assert store.findings(LEARNER)
    segment.write_bytes(whole)
    assert uids(store.load(LEARNER)) == (["a", "b"] if more else ["a"])
    assert store.findings(LEARNER) == ()


def test_a_segment_that_was_touched_and_not_changed_is_no_fault(record: RecordOnDisk) -> None:
    store = record.open()
    store.load(LEARNER)
    os.utime(record.segment, ns=(1, 1))
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    assert store.findings(LEARNER) == ()
    assert len(record.segments) == 1


def test_an_end_that_was_cut_off_is_said_whenever_the_machine_that_wrote_it_opens_the_record(
    record: RecordOnDisk,
) -> None:
    record.as_left(decision("b"), decision("c"))
    lines = record.segment.read_bytes().splitlines(keepends=True)
    record.segment.write_bytes(b"".join(lines[:-1]))
    store = record.open()
    assert uids(store.load(LEARNER)) == ["a", "b"]
    (finding,) = store.findings(LEARNER)
    assert "this machine had seen 4 lines" not in finding.message
    assert "its end was cut off" in finding.message
    assert record.without_states().open().findings(LEARNER) == ()


# Rights


@pytest.mark.parametrize("mode", [0o2770, 0o770, 0o755, 0o700, 0o750])
@pytest.mark.parametrize("umask", [0o077, 0o022, 0o000])
def test_new_segments_and_folders_have_the_rights_of_the_centres_folder(tmp_path: Path, mode: int, umask: int) -> None:
    centre = tmp_path / "centre"
    centre.mkdir()
    centre.chmod(mode)
    before = os.umask(umask)
    try:
        record = RecordOnDisk(centre, "../states").as_left(decision("a"))
        Presence(centre / "presence").be_on("asha", LEARNER)
    finally:
        os.umask(before)
    (said,) = (centre / "presence").iterdir()
    for made in (centre / "records", record.folder, centre / "presence"):
        assert stat.S_IMODE(made.stat().st_mode) == mode, made
    for made in (record.segment, said):
        assert stat.S_IMODE(made.stat().st_mode) == mode & 0o666, made


# Presence, and a user's own files


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_file_among_those_who_are_here_is_nobody(tmp_path: Path, make: Make) -> None:
    presence = Presence(tmp_path / "presence")
    presence.be_on("asha", LEARNER)
    make(tmp_path / "presence" / "zz.json")
    Presence(tmp_path / "presence").be_on("ben", LEARNER)
    assert presence.others_on(LEARNER) == ("ben",)


@pytest.mark.parametrize("make", NO_FILES)
def test_a_presence_folder_that_is_none_shows_nobody(tmp_path: Path, make: Make) -> None:
    make(tmp_path / "presence")
    presence = Presence(tmp_path / "presence")
    presence.be_on("asha", LEARNER)
    presence.leave()
    assert presence.others_on(LEARNER) == ()


def test_what_takes_the_place_of_ones_own_presence_is_left_alone(tmp_path: Path) -> None:
    presence = Presence(tmp_path)
    presence.be_on("asha", LEARNER)
    (own,) = tmp_path.iterdir()
    own.unlink()
    pipe(own)
    presence.be_on("asha", "ENR7654321")
    assert stat.S_ISFIFO(own.stat().st_mode)


def test_a_folder_of_too_many_is_looked_at_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from markterm.centre import presence

    monkeypatch.setattr(presence, "_MOST_LOOKED_AT", 3)
    for number in range(30):
        (tmp_path / f"{number}.json").write_text(f'{{"learner": "{LEARNER}", "member": "m{number}"}}')
    assert len(Presence(tmp_path).others_on(LEARNER)) == 3


def test_a_draft_that_is_a_pipe_is_no_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("begun", "note", LEARNER)
    (kept,) = tmp_path.iterdir()
    kept.unlink()
    pipe(kept)
    assert drafts.get("note", LEARNER) == ""


@pytest.mark.parametrize("make", [pipe, folder, loop, device, listening])
def test_nothing_but_a_file_is_opened_as_one(tmp_path: Path, make: Make) -> None:
    path = tmp_path / "x"
    make(path)
    with pytest.raises(OSError, match=r".+"):
        open_regular(path)
    with pytest.raises(OSError, match=r".+"):
        read_regular(path, 10)
    if make is not device:  # To /dev/zero everything is written, and nothing comes of it.
        with pytest.raises(OSError, match=r".+"):
            write_regular(path, b"x")


def test_a_pipe_that_comes_in_the_place_of_a_file_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, file = tmp_path / "pipe", tmp_path / "file"
    pipe(path)
    file.touch()
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda _path: real(file))
    with pytest.raises(OSError, match="no file"):
        open_regular(path)


def test_a_file_longer_than_wanted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert read_regular(tmp_path / "x", 5) == b"12345"
    with pytest.raises(OSError, match="longer than 4 bytes"):
        read_regular(tmp_path / "x", 4)


# Floods


def test_more_files_than_any_record_has_are_looked_at_only_so_far(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_listing, "MOST_FILES", 20)
    monkeypatch.setattr(record_files, "MOST_FILES", 20)
    store = record.open()
    assert uids(store.load(LEARNER)) == ["a"]
    for number in range(40):
        (record.folder / f"{number}.txt").touch()
    assert uids(store.load(LEARNER)) == ["a"]
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    (finding,) = store.findings(LEARNER)
    assert (finding.code, finding.file, hides(finding)) == (NO_SEGMENT, record.folder, True)
    for number in range(40):
        (record.folder / f"{number}.txt").unlink()
    assert uids(store.load(LEARNER)) == ["a", "b"]
    assert store.findings(LEARNER) == ()


def test_more_bytes_than_any_record_has_are_read_only_so_far(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = record.segment.stat().st_size
    monkeypatch.setattr(record_files, "LARGEST_IN_ALL", size + 100)
    (record.folder / "zz.log").write_bytes(b"x" * 1000)
    store = record.open()
    seen = uids(store.load(LEARNER))
    told = [finding.code for finding in store.findings(LEARNER)]
    assert NO_SEGMENT in told
    assert seen in (["a"], [])
    (record.folder / "zz.log").unlink()
    assert uids(record.events()) == ["a"]


def test_lines_with_true_hashes_that_hold_no_event_end_the_reading_as_damage_does(
    record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, "MOST_DAMAGED", 50)
    (record.folder / "zz.log").write_bytes(encode({"a": 1})[1] * 10_000)
    assert uids(record.events()) == ["a"]
    told = [finding.code for finding in record.audit()]
    assert NO_SEGMENT in told
    assert len(told) < 110


def test_what_is_no_part_of_a_record_is_found_out_by_its_first_lines(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\n" * 1_000_000 + encode({"record": LEARNER})[1])
    assert segment.record_name(tmp_path / "x") is None
    (tmp_path / "y").write_bytes(b"\n" * 10 + encode({"record": LEARNER})[1])
    assert segment.record_name(tmp_path / "y") == LEARNER


@pytest.mark.parametrize("name", ["x" * 5000, "../../x", "a\\b", "", None, 3, "n\0l"])
def test_a_header_that_names_no_file_is_misplaced_and_tells_no_more_of_it_than_fits(
    record: RecordOnDisk, name: Json
) -> None:
    header: dict[str, Json] = {"format": 1, "record": LEARNER, "segment": name, "prev": NO_LINE}
    (record.folder / "zz.log").write_bytes(encode(header)[1])
    (finding,) = record.audit()
    assert (finding.code, len(finding.message) < 200) == ("MR05", True)


def test_one_identifier_for_many_entries_is_told_so_often_that_one_can_read_it(record: RecordOnDisk) -> None:
    digest, line = encode({"format": 1, "record": LEARNER, "segment": "zz.01234567", "prev": NO_LINE})
    lines = [line]
    for number in range(1000):
        digest, line = encode({**to_json(decision("a", note=str(number))), "prev": digest, "lc": number + 5})
        lines.append(line)
    (record.folder / "zz.01234567.log").write_bytes(b"".join(lines))
    assert len(record.audit()) == 200
    assert record.events()[0] == decision("a")


def test_witnesses_of_segments_that_never_were_are_told_so_often_that_one_can_read_it(record: RecordOnDisk) -> None:
    digest, header = encode({"format": 1, "record": LEARNER, "segment": "zz.01234567", "prev": NO_LINE})
    seen: dict[str, Json] = {f"nobody.{number:08x}": [3, "0" * 64] for number in range(1000)}
    _, line = encode({**to_json(decision("x")), "prev": digest, "lc": 5, "seen": seen})
    (record.folder / "zz.01234567.log").write_bytes(header + line)
    assert [finding.code for finding in record.audit()] == ["MR04"] * 200


def test_a_segment_that_grew_long_is_not_gone_on_with(record: RecordOnDisk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "LARGEST", 2 * record.segment.stat().st_size)
    record.as_left(decision("b"))
    assert len(record.segments) == 2
    monkeypatch.setattr(segment_writer, "LARGEST", 2**20)
    record.as_left(decision("c"))
    assert len(record.segments) == 2
    assert uids(record.events()) == ["a", "b", "c"]
