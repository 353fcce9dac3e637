"""Records are taken in all together or not at all, whenever the process is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from markterm.domain.words.errors import NotSaved, Refused
from markterm.records.finding_codes import STRAY
from markterm.records.folder.store import FolderStore
from markterm.records.folder.taking_in import TakingIn
from tests.records.torture import in_a_child, wait_for
from tests.samples import decision

NAMES = ["AAA1", "BBB2", "CCC3"]


def _coming(folder: Path) -> Path:
    """The folders of three records, as they are taken in."""
    store = FolderStore(folder / "coming", folder / "states of elsewhere")
    for name in NAMES:
        store.append(name, decision(f"of {name}", learner=name))
    store.close()
    return folder / "coming"


def _here(folder: Path) -> FolderStore:
    return FolderStore(folder / "records", folder / "states")


def _killed_at(step: int, folder: Path) -> bool:
    """Take them in, and be killed before that step of it; whether there was such a step."""

    def take() -> None:
        left = step

        def counted(name: str, *, of: type) -> None:
            does = getattr(of, name)

            def done(*given: object) -> object:
                nonlocal left
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                return does(*given)

            setattr(of, name, done)

        for name in ("rename", "rmdir", "mkdir"):
            counted(name, of=Path)
        _here(folder).take_in(folder / "coming")

    return wait_for(in_a_child(take)) == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_none_is_in_or_all_and_doing_it_again_completes_it(tmp_path: Path) -> None:
    came: list[int] = []
    for step in range(100):
        folder = tmp_path / str(step)
        folder.mkdir()
        coming = _coming(folder)
        was_killed = _killed_at(step, folder)
        seen = sorted(_here(folder).stamps())
        assert seen in ([], NAMES), step
        came.append(len(seen))
        assert coming.exists() is (not seen)
        if not seen:
            _here(folder).take_in(coming)
        store = _here(folder)
        assert [store.load(name)[0].uid for name in NAMES] == [f"of {name}" for name in NAMES]
        assert sorted(each.name for each in (folder / "records").iterdir()) == NAMES
        if not was_killed:
            break
    assert came == sorted(came)
    assert 0 < came.count(0) < len(came) - len(NAMES)


def test_who_has_the_records_open_completes_it_when_they_look_again(tmp_path: Path) -> None:
    store = _here(tmp_path)
    (tmp_path / "records").mkdir()
    _coming(tmp_path).rename(TakingIn(tmp_path / "records")._coming)
    assert sorted(store.stamps()) == NAMES
    assert sorted(each.name for each in (tmp_path / "records").iterdir()) == NAMES


def test_where_one_has_a_record_none_is_taken_in(tmp_path: Path) -> None:
    coming, store = _coming(tmp_path), _here(tmp_path)
    store.append("BBB2", decision("another", learner="BBB2"))
    with pytest.raises(Refused, match="record of that name"):
        store.take_in(coming)
    assert sorted(store.stamps()) == ["BBB2"]
    assert sorted(each.name for each in coming.iterdir()) == NAMES


def test_what_came_in_between_undoes_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coming, store = _coming(tmp_path), _here(tmp_path)
    complete, calls = TakingIn._complete, []

    def somebody_was_quicker(self: TakingIn) -> None:
        calls.append(self)
        if len(calls) == 2:
            store.append("BBB2", decision("another", learner="BBB2"))
        complete(self)

    monkeypatch.setattr(TakingIn, "_complete", somebody_was_quicker)
    with pytest.raises(Refused, match="record of that name"):
        store.take_in(coming)
    assert sorted(store.stamps()) == ["BBB2"]
    assert sorted(each.name for each in coming.iterdir()) == NAMES


def test_what_the_system_refuses_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coming, store = _coming(tmp_path), _here(tmp_path)
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if target.parent.name == "records" and self.name == "CCC3":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NotSaved, match="Nothing was taken in"):
        store.take_in(coming)
    assert sorted(store.stamps()) == []
    assert sorted(each.name for each in coming.iterdir()) == NAMES


def test_what_has_no_free_place_stays_and_an_audit_tells_of_it(tmp_path: Path) -> None:
    store = _here(tmp_path)
    store.append("BBB2", decision("another", learner="BBB2"))
    left = TakingIn(tmp_path / "records")._coming
    _coming(tmp_path).rename(left)
    opened = _here(tmp_path)
    assert opened.to_verify() == tuple(NAMES)
    assert [each.code for each in opened.verify("AAA1")] == []
    assert STRAY in [each.code for each in opened.verify("BBB2")]
    assert [each.name for each in left.iterdir()] == ["BBB2"]


def test_while_something_has_no_free_place_nothing_else_is_taken_in(tmp_path: Path) -> None:
    store = _here(tmp_path)
    store.append("BBB2", decision("another", learner="BBB2"))
    _coming(tmp_path).rename(TakingIn(tmp_path / "records")._coming)
    other = FolderStore(tmp_path / "coming", tmp_path / "states of others")
    other.append("DDD4", decision("of DDD4", learner="DDD4"))
    other.close()
    with pytest.raises(Refused, match="holds BBB2, which has no free place"):
        _here(tmp_path).take_in(tmp_path / "coming")
    assert not (tmp_path / "records" / "DDD4").exists()
    assert (tmp_path / "coming" / "DDD4").is_dir()


def test_a_file_that_is_called_like_a_record_is_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "BBB2").write_bytes(b"")
    with pytest.raises(Refused, match="record of that name"):
        _here(tmp_path).take_in(_coming(tmp_path))
    assert [each.name for each in (tmp_path / "records").iterdir()] == ["BBB2"]
