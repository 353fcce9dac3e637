"""Where a file that comes in is put: never over what is there, never through a link, whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from markterm.centre import evidence_place
from markterm.centre.evidence_place import InFolder, InStore, Names, kept_in_store
from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.incoming.whose import Sureness, Whose
from markterm.domain.words.errors import NotSaved, Refused, Unreadable
from markterm.evidence.incoming.coming import ComingFile
from markterm.evidence.object_store import ObjectStore
from markterm.system.arriving import left_beside

pytestmark = pytest.mark.on_files

PLAN = b"I plan to warm the pot."


class InMemory(ObjectStore):
    """A store that has what is put there, and never writes over it."""

    def __init__(self, **there: bytes) -> None:
        self.there = {f"AAA1/{name}": data for name, data in there.items()}

    def put_new(self, learner: str, name: str, source: Path) -> None:
        if f"{learner}/{name}" in self.there:
            raise FileExistsError(name)
        self.there[f"{learner}/{name}"] = source.read_bytes()

    def has(self, learner: str, name: str, size: int, digest: str) -> bool:
        data = self.there[f"{learner}/{name}"]
        return (len(data), sha256(data).hexdigest()) == (size, digest)


def shown(data: bytes = PLAN) -> ArrivingFile:
    """The file, as a person saw it."""
    return ArrivingFile(1, "submissions.zip", "plan", len(data), sha256(data).hexdigest(), Whose(Sureness.SURE))


def coming(data: bytes = PLAN) -> ComingFile:
    """The file, as the download has it."""
    return ComingFile("plan", len(data), lambda: closing(io.BytesIO(data)))


def names(inner: str = "") -> Names:
    """`plan`, `plan 1`, …, in a folder of the evidence."""
    numbers = count()
    return lambda: f"{inner}plan" + (f" {number}" if (number := next(numbers)) else "")


def all_in(folder: Path) -> dict[str, bytes]:
    """The files below that folder, also those of the system's own."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_file_is_there_whole_in_a_folder_that_is_made_for_it_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    assert InFolder("AAA1", tmp_path / "AAA1" / "evidence").put(names("task 1/"), shown(), coming()) == "task 1/plan"
    assert all_in(tmp_path) == {"AAA1/evidence/task 1/plan": PLAN}


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another thing there")
def test_whoever_may_read_the_folder_may_read_what_came(tmp_path: Path) -> None:
    tmp_path.chmod(0o770)
    InFolder("AAA1", tmp_path).put(names(), shown(), coming())
    assert (tmp_path / "plan").stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize("other", [b"I plan to warm the cup.", b"Longer than the one that comes in."])
def test_other_bytes_of_that_name_stay_as_they_are_and_what_comes_has_the_next_name(
    tmp_path: Path, other: bytes
) -> None:
    (tmp_path / "plan").write_bytes(other)
    (tmp_path / "plan 1").mkdir()
    assert InFolder("AAA1", tmp_path).put(names(), shown(), coming()) == "plan 2"
    assert all_in(tmp_path) == {"plan": other, "plan 2": PLAN}
    store = InMemory(plan=other)
    assert InStore("AAA1", store).put(names(), shown(), coming()) == "plan 1"
    assert store.there == {"AAA1/plan": other, "AAA1/plan 1": PLAN}


def test_what_somebody_put_there_meanwhile_is_there_once_and_is_theirs_to_record(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(PLAN)
    assert InFolder("AAA1", tmp_path).put(names(), shown(), coming()) == ""
    assert all_in(tmp_path) == {"plan": PLAN}
    store = InMemory(plan=PLAN)
    assert InStore("AAA1", store).put(names(), shown(), coming()) == ""
    assert store.there == {"AAA1/plan": PLAN}


def test_a_link_to_the_same_bytes_is_not_the_file(tmp_path: Path) -> None:
    elsewhere = "x" * len(PLAN)  # A link is as long as what it leads to is called.
    (tmp_path / elsewhere).write_bytes(PLAN)
    (tmp_path / "plan").symlink_to(elsewhere)
    assert InFolder("AAA1", tmp_path).put(names(), shown(), coming()) == "plan 1"


def test_other_bytes_than_were_shown_are_put_nowhere(tmp_path: Path) -> None:
    evil, store = coming(PLAN.replace(b"pot", b"cup")), InMemory()
    for place in (InFolder("AAA1", tmp_path), InStore("AAA1", store)):
        with pytest.raises(Unreadable, match="changed since it was shown"):
            place.put(names(), shown(), evil)
    assert (all_in(tmp_path), store.there) == ({}, {})


def test_a_folder_of_evidence_that_is_a_link_is_not_followed_nor_one_on_the_way(tmp_path: Path) -> None:
    outside, place = tmp_path / "outside", tmp_path / "evidence"
    (outside / "deeper").mkdir(parents=True)
    place.symlink_to(outside, target_is_directory=True)
    with pytest.raises(Refused, match="The evidence folder of AAA1 is a link"):
        InFolder("AAA1", place)
    place.unlink()
    (place / "task").mkdir(parents=True)
    (place / "task" / "linked").symlink_to(outside, target_is_directory=True)
    for inner in ("task/linked/", "task/linked/deeper/"):
        with pytest.raises(Refused, match="linked among the evidence is a link"):
            InFolder("AAA1", place).put(names(inner), shown(), coming())
    assert all_in(tmp_path) == {}


def test_that_a_centre_lies_behind_a_link_is_its_own_affair(tmp_path: Path) -> None:
    (tmp_path / "disk" / "evidence").mkdir(parents=True)
    (tmp_path / "centre").symlink_to(tmp_path / "disk", target_is_directory=True)
    assert InFolder("AAA1", tmp_path / "centre" / "evidence").put(names(), shown(), coming()) == "plan"


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "AAA1").write_text("no folder", "utf-8")
    with pytest.raises(NotSaved, match="The evidence folder cannot be made: Not a directory") as told:
        InFolder("AAA1", tmp_path / "AAA1" / "evidence")
    assert told.value.file == tmp_path / "AAA1" / "evidence"


def test_every_folder_that_has_a_new_name_is_brought_to_the_disk_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    place = InFolder("AAA1", tmp_path)
    monkeypatch.setattr(evidence_place, "sync_folder", synced.append)
    place.settle(["a.md", "task/b.md", "task/c.md"])
    assert synced == [tmp_path, tmp_path / "task"]


@pytest.mark.skipif(sys.platform == "win32", reason="a name is let go there before it is given")
def test_what_was_left_beside_is_let_go_where_it_has_its_name_and_kept_where_it_is_all_there_is(tmp_path: Path) -> None:
    beside = left_beside(tmp_path, shown().sha256[:16])
    beside.write_bytes(PLAN)
    place = InFolder("AAA1", tmp_path)
    place.is_there(shown())
    assert beside.exists()
    os.link(beside, tmp_path / "plan")
    place.is_there(shown())
    assert all_in(tmp_path) == {"plan": PLAN}


def three() -> Iterator[str]:
    """Names, one after the other."""
    return iter(("plan", "plan 1", "plan 2"))


def test_what_is_kept_in_a_store_has_the_first_name_that_is_free_or_has_it_already() -> None:
    for there, name in (({}, "plan"), ({"plan": b"other"}, "plan 1"), ({"plan": b"other", "plan 1": PLAN}, "plan 1")):
        store = InMemory(**there)
        assert kept_in_store(store, "AAA1", three(), [PLAN[:7], PLAN[7:]], sha256(PLAN).hexdigest()) == name
        assert store.there == {**{f"AAA1/{each}": data for each, data in there.items()}, f"AAA1/{name}": PLAN}


def test_what_is_written_to_while_it_is_kept_in_a_store_is_not_kept() -> None:
    store = InMemory()
    with pytest.raises(NotSaved, match="was being written to"):
        kept_in_store(store, "AAA1", three(), [PLAN, b" And more."], sha256(PLAN).hexdigest())
    assert store.there == {}
