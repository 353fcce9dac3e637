"""Records of both formats: each is read, and what is written has the format of the centre."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from markterm.domain.record.bodies.kinds import KINDS
from markterm.domain.record.event import Event
from markterm.domain.record.record_format import UpgradeNeeded
from markterm.records.folder.store import FolderStore
from tests.samples import LEARNER, decision


def header(path: Path) -> dict[str, object]:
    """What the first line of a segment says."""
    told: dict[str, object] = json.loads(path.read_bytes().split(b"\n")[0][65:])
    return told


def segments(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "records" / LEARNER).glob("*.log"), key=lambda path: path.stat().st_mtime_ns)


def store_of(tmp_path: Path, record_format: int) -> FolderStore:
    return FolderStore(tmp_path / "records", tmp_path / "states", record_format)


@pytest.mark.parametrize("record_format", [1, 2])
def test_a_new_segment_has_the_format_of_the_centre(tmp_path: Path, record_format: int) -> None:
    store_of(tmp_path, record_format).append(LEARNER, decision("a"))
    (path,) = segments(tmp_path)
    assert header(path)["format"] == record_format


def test_a_writer_goes_on_in_no_segment_of_an_older_format(tmp_path: Path) -> None:
    old = store_of(tmp_path, 1)
    old.append(LEARNER, decision("a"))
    old.close()
    new = store_of(tmp_path, 2)
    for uid in "bc":
        new.append(LEARNER, decision(uid))
    (first, second) = segments(tmp_path)
    assert [header(path)["format"] for path in (first, second)] == [1, 2]
    assert header(second)["continues"] == {first.stem: [2, first.read_bytes().split(b"\n")[1][:64].decode()]}
    assert [event.uid for event in new.load(LEARNER)] == ["a", "b", "c"]
    assert new.verify(LEARNER) == ()
    new.close()
    again = store_of(tmp_path, 2)
    again.append(LEARNER, decision("d"))
    assert len(segments(tmp_path)) == 2


def test_a_centre_that_is_upgraded_while_it_is_open_goes_on_in_a_new_segment(tmp_path: Path) -> None:
    store = store_of(tmp_path, 1)
    store.append(LEARNER, decision("a"))
    store.record_format = 2
    store.append(LEARNER, decision("b"))
    (first, second) = segments(tmp_path)
    assert header(second)["format"] == 2
    assert list(header(second)["continues"]) == [first.stem]  # type: ignore[call-overload]  # a JSON object
    assert [event.uid for event in store.load(LEARNER)] == ["a", "b"]
    assert store.verify(LEARNER) == ()


def test_an_older_copy_of_the_centres_file_sends_nobody_back_to_the_older_format(tmp_path: Path) -> None:
    new = store_of(tmp_path, 2)
    new.append(LEARNER, decision("a"))
    new.close()
    store_of(tmp_path, 1).append(LEARNER, decision("b"))
    (path,) = segments(tmp_path)
    assert header(path)["format"] == 2


@pytest.mark.parametrize("kind", sorted(kind for kind, form in KINDS.items() if form.since == 2))
def test_what_older_versions_would_read_past_is_recorded_in_format_2_alone(tmp_path: Path, kind: str) -> None:
    event = decision("a")
    event = Event(event.uid, kind, event.learner, event.at, event.actor, event.role)
    with pytest.raises(UpgradeNeeded) as refused:
        store_of(tmp_path, 1).append(LEARNER, event)
    assert refused.value.exit_code == 3
    assert not (tmp_path / "records").exists()
    store_of(tmp_path, 2).append(LEARNER, event)
