"""In what order the system is asked to make things durable, as a spy sees it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from markterm.system import platform
from tests.records.torture import RecordOnDisk
from tests.samples import LEARNER, decision

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no sync of folders")

RETURNED = ("returned", Path())


@dataclass
class Spy:
    """What was asked of the system, in order, and of which path."""

    calls: list[tuple[str, Path]] = field(default_factory=list)
    _paths: dict[int, Path] = field(default_factory=dict)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """See every call from now on."""
        real_open, real_write, real_mkdir, real_rename = os.open, os.write, Path.mkdir, os.rename

        def open_(path: str | Path, flags: int, mode: int = 0o777) -> int:
            descriptor = real_open(path, flags, mode)
            self._paths[descriptor] = Path(path)
            if flags & os.O_CREAT:
                self.calls.append(("create", Path(path)))
            return descriptor

        def write(descriptor: int, data: bytes) -> int:
            self.calls.append(("write", self._paths.get(descriptor, Path())))
            return real_write(descriptor, data)

        def rename(old: Path, new: Path) -> None:
            real_rename(old, new)
            # What was done under the old name counts for the new one.
            self.calls = [(what, new if path == old else path) for what, path in self.calls]
            self.calls.append(("name", new))

        def mkdir(path: Path, mode: int = 0o777, parents: bool = False, exist_ok: bool = False) -> None:
            self.calls.append(("mkdir", path))
            real_mkdir(path, mode, parents, exist_ok)

        def spied(real: Callable[[int], None]) -> Callable[[int], None]:
            def sync(descriptor: int) -> None:
                real(descriptor)
                self.calls.append(("sync", self._paths[descriptor]))

            return sync

        patch.setattr(os, "open", open_)
        patch.setattr(os, "write", write)
        patch.setattr(os, "rename", rename)
        patch.setattr(Path, "mkdir", mkdir)
        for name in ("fsync", "fdatasync"):
            if hasattr(os, name):
                patch.setattr(os, name, spied(getattr(os, name)))

    def of(self, *paths: Path) -> list[tuple[str, Path]]:
        """The calls about these paths, and the returns."""
        return [call for call in self.calls if call[1] in paths or call == RETURNED]


def assert_every_return_is_durable(spy: Spy, record: RecordOnDisk) -> None:
    """After each write its sync, after each new name the sync of its folder, and all before the return."""
    waiting: set[Path] = set()
    for what, path in spy.of(*record.segments, record.folder, record.folder.parent, record.place):
        if what == "write":
            waiting.add(path)
        elif what in ("create", "name", "mkdir"):
            waiting.add(path.parent)
        elif what == "sync":
            waiting.discard(path)
        else:
            assert not waiting, f"returned before {waiting} was durable"


def watch_three_appends(record: RecordOnDisk, patch: pytest.MonkeyPatch) -> Spy:
    spy = Spy()
    spy.install(patch)
    store = record.open()
    for uid in ("a", "b", "c"):
        store.append(LEARNER, decision(uid))
        spy.calls.append(RETURNED)
    return spy


def test_an_append_returns_after_its_write_and_then_its_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = RecordOnDisk(tmp_path)
    spy = watch_three_appends(record, monkeypatch)
    assert_every_return_is_durable(spy, record)
    segment = record.segment
    once = [("write", segment), ("sync", segment)]
    made = [("create", segment), *once, ("name", segment)]
    assert spy.of(segment) == [*made, *once, RETURNED, *once, RETURNED, *once, RETURNED]


def test_a_new_segment_and_its_folders_are_durable_before_the_first_append_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = RecordOnDisk(tmp_path)
    calls = watch_three_appends(record, monkeypatch).calls
    before = calls[: calls.index(RETURNED)]
    assert ("sync", record.folder) in before[before.index(("name", record.segment)) :]
    assert ("sync", record.folder.parent) in before[before.index(("mkdir", record.folder)) :]
    assert ("sync", tmp_path) in before[before.index(("mkdir", record.folder.parent)) :]


def test_a_folder_that_somebody_made_and_did_not_sync_is_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = RecordOnDisk(tmp_path)
    record.folder.mkdir(parents=True)
    calls = watch_three_appends(record, monkeypatch).calls
    assert ("sync", record.folder.parent) in calls[: calls.index(RETURNED)]


@pytest.mark.parametrize("call", ["sync_file", "sync_folder"])
def test_the_spy_would_see_a_sync_that_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    monkeypatch.setattr(platform, call, lambda _what: None)
    record = RecordOnDisk(tmp_path)
    spy = watch_three_appends(record, monkeypatch)
    with pytest.raises(AssertionError, match="was durable"):
        assert_every_return_is_durable(spy, record)


def test_the_spy_would_see_a_sync_that_comes_before_the_write(tmp_path: Path) -> None:
    record = RecordOnDisk(tmp_path)
    record.as_left(decision("a"))
    spy = Spy([("sync", record.segment), ("write", record.segment), RETURNED])
    with pytest.raises(AssertionError, match="was durable"):
        assert_every_return_is_durable(spy, record)
