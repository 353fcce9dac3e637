"""Records go from one store to another byte for byte; what was stopped goes on; both are proved to be equal."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from markterm.domain.words.errors import Refused
from markterm.records import copying
from markterm.records.copying import Compared, Progress, compare_records, copy_records
from markterm.records.folder import bringing
from markterm.records.folder.store import FolderStore
from markterm.system.platform import CENTRE_RECORD
from tests.samples import decision


class Stopped(Exception):
    """The process ended here."""


@pytest.fixture
def source(tmp_path: Path) -> FolderStore:
    """Records of three learners, one by two people, one with a line that was begun, and the centre's own."""
    for who in ("jm", "kl"):
        store = FolderStore(tmp_path / "records", tmp_path / who)
        for number, learner in enumerate(("AAA1", "BBB2", "Ünal/3", CENTRE_RECORD)):
            for each in range(number + 1):
                store.append(learner, decision(f"{who}-{learner}-{each}", actor=who, learner=learner))
        store.close()
    torn = next((tmp_path / "records/BBB2").glob("jm.*"))
    torn.write_bytes(torn.read_bytes() + b"0123")
    return FolderStore(tmp_path / "records", tmp_path / "nobody")


def _target(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "target/records", tmp_path / "other")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_byte_is_there_and_both_are_equal_by_their_heads(source: FolderStore, tmp_path: Path) -> None:
    copy = copy_records(source, _target(tmp_path))
    assert (copy.brought, copy.completed, copy.compared.are_equal) == (4, 0, True)
    assert _bytes(tmp_path / "target/records") == _bytes(tmp_path / "records")
    assert copy.compared.heads == {record: source.heads(record) for record in source.stamps()}
    assert copy.compared.events == 20


@pytest.mark.parametrize("after", range(1, 12))
def test_stopped_anywhere_it_is_done_again_and_goes_on(
    source: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    steps = count(1)

    def before(does: Callable[..., None]) -> Callable[..., None]:
        def stops(*given: object) -> None:
            if next(steps) == after:
                raise Stopped
            does(*given)

        return stops

    monkeypatch.setattr(copying, "_AT_ONCE", 1)
    with monkeypatch.context() as patched, suppress(Stopped):
        for name in ("sync_together", "sync_folder", "_write"):
            patched.setattr(bringing, name, before(getattr(bringing, name)))
        copy_records(source, _target(tmp_path))
    assert copy_records(source, _target(tmp_path)).compared.are_equal
    assert _bytes(tmp_path / "target/records") == _bytes(tmp_path / "records")


def test_what_was_recorded_since_is_found_and_brought_when_it_is_done_again(
    source: FolderStore, tmp_path: Path
) -> None:
    target = _target(tmp_path)
    copy_records(source, target)
    marking = FolderStore(tmp_path / "records", tmp_path / "jm")
    marking.append("AAA1", decision("more", learner="AAA1"))
    marking.append("NEW4", decision("new", learner="NEW4"))
    compared = compare_records(source, target)
    assert (compared.behind, compared.only_here, compared.are_equal) == (["AAA1"], ["NEW4"], False)
    assert compare_records(target, source).further == ["AAA1"]
    assert compare_records(target, source).only_there == ["NEW4"]
    copy = copy_records(source, target)
    assert (copy.brought, copy.completed, copy.compared.are_equal) == (1, 1, True)
    assert _bytes(tmp_path / "target/records") == _bytes(tmp_path / "records")


@pytest.mark.parametrize("record", ["AAA1", "ZZZ9"])
def test_nothing_is_copied_to_a_store_that_says_something_else(
    source: FolderStore, tmp_path: Path, record: str
) -> None:
    target = _target(tmp_path)
    target.append(record, decision("other", learner=record))
    before = _bytes(tmp_path / "target/records")
    with pytest.raises(Refused, match="says something else"):
        copy_records(source, target)
    assert _bytes(tmp_path / "target/records") == before


def test_one_that_went_further_is_not_taken_back(source: FolderStore, tmp_path: Path) -> None:
    target = _target(tmp_path)
    copy_records(source, target)
    target.append("AAA1", decision("there", learner="AAA1"))
    with pytest.raises(Refused, match="AAA1 is not the beginning"):
        copy_records(source, target)
    assert copy_records(target, source).compared.are_equal


def test_a_byte_that_differs_is_found_by_comparing(source: FolderStore, tmp_path: Path) -> None:
    target = _target(tmp_path)
    copy_records(source, target)
    segment = next((tmp_path / "target/records/AAA1").glob("*.log"))
    data = bytearray(segment.read_bytes())
    data[-9] ^= 1
    segment.write_bytes(data)
    assert compare_records(source, target).unlike == ["AAA1"]


def test_where_one_record_alone_goes_further_there_they_are_not_equal(source: FolderStore, tmp_path: Path) -> None:
    target = _target(tmp_path)
    copy_records(source, target)
    target.append("AAA1", decision("there", learner="AAA1"))
    compared = compare_records(source, target)
    assert (compared.further, compared.behind, compared.are_equal) == (["AAA1"], [], False)


@pytest.mark.parametrize("how", ["only_here", "only_there", "behind", "further", "unlike"])
def test_two_stores_are_not_equal_where_one_record_is_not(how: str) -> None:
    assert Compared(lines=9).are_equal
    assert not Compared(lines=9, **{how: ["AAA1"]}).are_equal  # type: ignore[arg-type]  # one of its lists


def test_a_record_that_is_in_one_of_them_alone_is_told_as_that(source: FolderStore, tmp_path: Path) -> None:
    target = _target(tmp_path)
    copy_records(source, target)
    shutil.rmtree(tmp_path / "target/records/AAA1")
    target.append("ZZZ9", decision("there", learner="ZZZ9"))
    compared = compare_records(source, _target(tmp_path))
    assert (compared.only_here, compared.only_there, compared.are_equal) == (["AAA1"], ["ZZZ9"], False)


def test_of_two_files_of_one_segment_the_one_that_goes_further_is_its_head(source: FolderStore, tmp_path: Path) -> None:
    segment = next((tmp_path / "records/BBB2").glob("kl.*"))
    lines = segment.read_bytes().splitlines(keepends=True)
    head = source.heads("BBB2")[segment.stem]
    for name, some in (("a first part", lines[:2]), ("zz first part", lines[:1]), ("empty", [])):
        segment.with_name(f"{name}{segment.suffix}").write_bytes(b"".join(some))
    again = FolderStore(tmp_path / "records", tmp_path / "another")
    found = compare_records(again, again).heads["BBB2"]
    assert found[segment.stem] == head
    assert "empty" not in found


def test_how_far_it_is_goes_up_to_the_last_record_and_the_centres_own_comes_last(
    source: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_LARGEST_AT_ONCE", 1)
    told: list[Progress] = []
    copy_records(source, _target(tmp_path), told.append)
    brought = [each for each in told if not each.proving]
    assert [(each.done, each.of) for each in brought] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert brought[-1].record == CENTRE_RECORD
    assert [(each.done, each.of) for each in told if each.proving] == [(1, 4), (2, 4), (3, 4), (4, 4)]
