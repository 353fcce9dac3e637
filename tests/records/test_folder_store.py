"""The store over a folder: the contract of every store, and what is its own."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn

import pytest

from markterm.domain.record.event import Json
from markterm.domain.record.portfolio import fold
from markterm.domain.words.errors import NotSaved
from markterm.records.codec import to_json
from markterm.records.finding_codes import MISSING, OTHER_FORMAT, UNREAD
from markterm.records.folder.line import NO_LINE, encode
from markterm.records.folder.segment import Entry, Segment
from markterm.records.folder.store import FolderStore
from markterm.records.query import Query
from markterm.records.store import EventStore
from markterm.system import platform
from tests.records.contract import EventStoreContract, OpenStore
from tests.samples import LEARNER, decision, uids


class TestFolderStore(EventStoreContract):
    """The contract, over a folder."""

    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        opened: list[FolderStore] = []

        def opener() -> EventStore:
            opened.append(FolderStore(tmp_path / "records", tmp_path / "states"))
            return opened[-1]

        yield opener
        for store in opened:
            store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Iterator[FolderStore]:
    opened = FolderStore(folder, tmp_path / "states")
    yield opened
    opened.close()


def segments(folder: Path, record: str = LEARNER) -> list[Path]:
    return sorted((folder / record).glob("*.log"))


def segment_of_format(path: Path, version: Json) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    header: dict[str, Json] = {"format": version, "record": LEARNER, "segment": path.stem, "prev": NO_LINE}
    path.write_bytes(encode(header)[1])
    return path


def test_opening_a_store_writes_nothing(store: FolderStore, tmp_path: Path) -> None:
    store.load(LEARNER)
    store.verify(LEARNER)
    store.to_verify()
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_let_go_is_gone_on_from(store: FolderStore, folder: Path) -> None:
    for number in range(3):
        store.append(LEARNER, decision(f"e{number}"))
        store.close()
    assert len(segments(folder)) == 1
    assert store.verify(LEARNER) == ()


def test_two_stores_at_once_never_share_a_segment(store: FolderStore, folder: Path, tmp_path: Path) -> None:
    other = FolderStore(folder, tmp_path / "states")
    for number in range(4):
        (store if number % 2 else other).append(LEARNER, decision(f"e{number}"))
    assert len(segments(folder)) == 2
    other.close()


def test_a_new_segment_never_takes_the_name_of_one_that_is_there(
    store: FolderStore, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["00000000", "00000000", "11111111"])
    monkeypatch.setattr(secrets, "token_hex", lambda _size: next(names))
    store.append(LEARNER, decision("a"))
    other = FolderStore(folder, tmp_path / "states")
    other.append(LEARNER, decision("b"))
    other.close()
    assert [path.name for path in segments(folder)] == ["jm.00000000.log", "jm.11111111.log"]
    assert uids(store.load(LEARNER)) == ["a", "b"]
    assert store.verify(LEARNER) == ()


def test_what_was_verified_anew_is_not_read_again_where_nothing_was_known_of_it(
    store: FolderStore, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(LEARNER, decision("a"))
    auditor = FolderStore(folder, tmp_path / "of-the-auditor")
    opened: list[Path] = []
    read_into = Segment.read_into

    def counted(segment: Segment, entries: list[Entry], file: BinaryIO) -> None:
        opened.append(segment.path)
        read_into(segment, entries, file)

    monkeypatch.setattr(Segment, "read_into", counted)
    assert auditor.verify(LEARNER) == ()
    assert uids(auditor.load(LEARNER)) == ["a"]
    assert len(opened) == 1
    auditor.verify(LEARNER)
    assert len(opened) == 2
    other = FolderStore(folder, tmp_path / "of-another")
    other.append(LEARNER, decision("b"))
    other.close()
    assert uids(auditor.load(LEARNER)) == ["a", "b"]


def test_every_member_has_a_segment_of_their_own(store: FolderStore, folder: Path) -> None:
    for number, actor in enumerate(("jm", "ak", "jm", "../ak", "ak")):
        store.append(LEARNER, decision(f"e{number}", actor=actor))
    assert len(segments(folder)) == 3
    assert store.verify(LEARNER) == ()


def test_a_segment_that_grew_since_it_was_left_is_not_gone_on_from(store: FolderStore, folder: Path) -> None:
    store.append(LEARNER, decision("a"))
    store.close()
    with segments(folder)[0].open("ab") as file:
        file.write(b"torn")
    store.append(LEARNER, decision("b"))
    assert len(segments(folder)) == 2
    assert uids(store.load(LEARNER)) == ["a", "b"]


@pytest.mark.parametrize("version", [3, 99, 2**70, 0, -1, None, "1", 1.5, True])
def test_a_segment_of_another_format_is_a_finding_and_the_rest_is_read_and_gone_on_with(
    store: FolderStore, folder: Path, version: Json
) -> None:
    store.append(LEARNER, decision("a"))
    path = segment_of_format(folder / LEARNER / "jm.00000000.log", version)
    before = path.read_bytes()
    assert uids(store.load(LEARNER)) == ["a"]
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    for findings in (store.findings(LEARNER), store.verify(LEARNER)):
        assert [(finding.code, finding.file) for finding in findings] == [(OTHER_FORMAT, path)]
    assert ("newest MarkTerm" in findings[0].message) == (version in (3, 99, 2**70))
    assert path.read_bytes() == before
    assert len(segments(folder)) == 2


def test_a_header_of_a_newer_format_further_down_stops_nothing(store: FolderStore, folder: Path) -> None:
    store.append(LEARNER, decision("a"))
    store.load(LEARNER)
    (path,) = segments(folder)
    with path.open("ab") as file:
        file.write(encode({"format": 99})[1])
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["a", "b"]
    assert store.verify(LEARNER)


def test_an_event_of_a_newer_kind_is_kept_and_shown(store: FolderStore, folder: Path) -> None:
    newer: dict[str, Json] = {**to_json(decision("n")), "kind": "moderated", "panel": 3, "prev": NO_LINE, "lc": 1}
    path = segment_of_format(folder / LEARNER / "jm.00000000.log", 1)
    newer["prev"] = path.read_bytes()[:64].decode()
    with path.open("ab") as file:
        file.write(encode(newer)[1])
    events = store.load(LEARNER)
    assert [event.kind for event in events] == ["moderated"]
    assert fold(events).unknown == events
    assert store.verify(LEARNER) == ()


def raising(code: int) -> NoReturn:
    raise OSError(code, os.strerror(code))


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EROFS, errno.EDQUOT, errno.ENOSPC, errno.ESTALE])
def test_a_folder_that_cannot_be_written_says_so_and_what_to_do(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(platform, "create_for_append", lambda _path: raising(code))
        with pytest.raises(NotSaved) as caught:
            store.append(LEARNER, decision("a"))
    assert os.strerror(code) in caught.value.what
    assert caught.value.next_step.endswith(".")
    assert store.load(LEARNER) == ()
    store.append(LEARNER, decision("b"))
    assert uids(store.load(LEARNER)) == ["b"]
    assert store.verify(LEARNER) == ()


def test_without_a_place_for_its_own_state_it_saves_all_the_same(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "states"
    blocked.write_text("a file where the folder should be")
    for number in range(3):
        store = FolderStore(folder, blocked)
        store.append(LEARNER, decision(f"e{number}"))
        store.close()
    fresh = FolderStore(folder, blocked)
    assert uids(fresh.load(LEARNER)) == ["e0", "e1", "e2"]
    assert fresh.verify(LEARNER) == ()
    assert len(segments(folder)) == 3


def test_a_torn_state_costs_a_new_segment_and_nothing_else(store: FolderStore, folder: Path, tmp_path: Path) -> None:
    store.append(LEARNER, decision("a"))
    store.close()
    (state,) = (tmp_path / "states" / LEARNER).iterdir()
    state.write_bytes(state.read_bytes()[:40])
    store.append(LEARNER, decision("b"))
    assert len(segments(folder)) == 2
    assert uids(store.load(LEARNER)) == ["a", "b"]
    assert store.verify(LEARNER) == ()


def test_an_older_state_from_before_a_power_cut_costs_a_new_segment_and_nothing_else(
    store: FolderStore, folder: Path, tmp_path: Path
) -> None:
    store.append(LEARNER, decision("a"))
    store.close()
    (state,) = (tmp_path / "states" / LEARNER).iterdir()
    before = state.read_bytes()
    store.append(LEARNER, decision("b"))
    store.close()
    state.write_bytes(before)
    store.append(LEARNER, decision("c"))
    assert len(segments(folder)) == 2
    assert uids(store.load(LEARNER)) == ["a", "b", "c"]
    assert store.verify(LEARNER) == ()


def test_files_that_are_no_records_are_not_listed(store: FolderStore, folder: Path) -> None:
    store.append(LEARNER, decision("a"))
    (folder / "desktop.ini").write_text("[.ShellClassInfo]")
    (folder / ".DS_Store").write_bytes(b"\x00")
    # What lies about is told of with the centre's own record.
    assert store.to_verify() == (platform.CENTRE_RECORD, LEARNER)


def test_a_record_is_listed_by_its_own_name_though_its_first_line_is_damaged(store: FolderStore, folder: Path) -> None:
    name = "ENR/1"
    store.append(name, decision("a", learner=name))
    (path,) = folder.glob("*/*.log")
    damaged = bytearray(path.read_bytes())
    damaged[70] ^= 1
    path.write_bytes(damaged)
    assert store.to_verify() == (name,)


def test_a_segment_that_cannot_be_read_for_a_moment_hides_nothing_of_the_others(
    store: FolderStore, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FolderStore(folder, tmp_path / "states")
    for number, actor in enumerate(("aa", "zz")):
        other.append(LEARNER, decision(f"e{number}", actor=actor))
    other.close()
    last = segments(folder)[-1]
    real = os.open

    def held_by_a_scanner(path: str | Path, *arguments: int) -> int:
        if Path(path) == last:
            raise PermissionError(errno.EACCES, "in use")
        return real(path, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", held_by_a_scanner)
        assert uids(store.load(LEARNER)) == ["e0"]
        assert [(each.code, each.file) for each in store.findings(LEARNER)] == [(UNREAD, last)]
    assert sorted(uids(store.load(LEARNER))) == ["e0", "e1"]
    assert store.findings(LEARNER) == ()


def test_a_file_that_goes_while_the_folder_is_listed_is_no_alarm(
    store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(LEARNER, decision("a"))
    passing = folder / LEARNER / "zz.tmp.log"
    passing.write_bytes(b"")
    real = os.stat

    def gone(path: str | Path, **options: bool) -> os.stat_result:
        if Path(path) == passing:
            raise FileNotFoundError(errno.ENOENT, "gone", str(path))
        return real(path, **options)

    monkeypatch.setattr(os, "stat", gone)
    assert uids(store.load(LEARNER)) == ["a"]
    assert store.findings(LEARNER) == ()


def test_a_share_without_a_sync_for_folders_is_written_all_the_same(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _descriptor: raising(errno.EINVAL))
    store.append(LEARNER, decision("a"))
    assert uids(store.load(LEARNER)) == ["a"]


def test_a_forgotten_record_lets_go_of_its_segment(store: FolderStore, folder: Path) -> None:
    names = [f"ENR{number:03}" for number in range(40)]
    for turn in range(2):
        for name in names:
            store.append(name, decision(f"{name}.{turn}", learner=name))
    assert [len(segments(folder, name)) for name in names] == [1] * len(names)


def test_a_record_that_this_machine_wrote_and_that_is_gone_is_found(store: FolderStore, folder: Path) -> None:
    store.append(LEARNER, decision("a"))
    store.close()
    for segment in (folder / LEARNER).iterdir():
        segment.unlink()
    (folder / LEARNER).rmdir()
    assert store.to_verify() == (LEARNER,)
    assert [finding.code for finding in store.verify(LEARNER)] == [MISSING]


def test_what_is_selected_is_what_is_loaded_also_when_another_event_of_a_known_uid_turns_out_to_be_the_first(
    store: FolderStore, folder: Path, tmp_path: Path
) -> None:
    store.append(LEARNER, decision("a"))
    store.append(LEARNER, decision("b", note="ours"))
    asked = Query(kinds=("decided",))
    assert store.select(LEARNER, asked) == store.load(LEARNER)
    other = FolderStore(tmp_path / "elsewhere", tmp_path / "its states")
    other.append(LEARNER, decision("b", note="theirs"))
    other.close()
    (came,) = segments(tmp_path / "elsewhere")
    came.rename(folder / LEARNER / came.name)
    assert [event.body["note"] for event in store.load(LEARNER) if event.uid == "b"] == ["theirs"]
    assert store.select(LEARNER, asked) == store.load(LEARNER)
