"""Evidence in a store that speaks S3: listed, read, put there, and what is told when the store does not do its part."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("moto", reason="the extra servertest is not installed: no store on loopback")
pytest.importorskip("s3fs", reason="the extra server is not installed: nothing speaks S3")

from markterm.domain.words.errors import MarkTermError, NotNow, NotSaved, Unreadable
from markterm.evidence import object_store, store_asked, store_cache
from markterm.evidence.object_store import ObjectStore
from markterm.evidence.opened import opened
from tests.pace import PATIENCE
from tests.servers.s3 import BUCKET, Door, store

pytestmark = pytest.mark.server

ESSAY = b"# My essay\n\nI meet 1.1 here.\n"


@pytest.fixture(scope="module")
def _door() -> Iterator[Door]:
    with store() as door:
        yield door


@pytest.fixture
def door(_door: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The store, empty, and with no patience lost on what is slow."""
    monkeypatch.setattr(store_asked, "READ_SECONDS", 0.4)
    monkeypatch.setattr(object_store, "LISTED_FOR", 0)
    monkeypatch.setattr(object_store, "SURVEYED_FOR", 0)
    monkeypatch.setattr(object_store, "AWAY_FOR", 0)
    _door.fault = ""
    for each in _door.client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        _door.client.delete_object(Bucket=BUCKET, Key=each["Key"])
    yield _door
    _door.fault = ""


@pytest.fixture
def handed_in(tmp_path: Path) -> ObjectStore:
    """The evidence of a centre in that store."""
    return ObjectStore(f"s3://{BUCKET}/evidence", tmp_path / "cache")


def _read(handed_in: ObjectStore, name: str, learner: str = "KHA4417") -> bytes:
    file = next(each for each in handed_in.listed(learner).files if each.name == name)
    with opened(file) as stream:
        return stream.read()


def test_a_learners_files_are_listed_and_read_like_those_of_a_folder(door: Door, handed_in: ObjectStore) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    door.put("evidence/KHA4417/diary 10.md", b"ten")
    door.put("evidence/KHA4417/diary 2.md", b"two")
    door.put("evidence/KHA4417/photos/", b"")
    door.put("evidence/KHA4417/photos/.DS_Store", b"left")
    door.put("evidence/KHA44170/secret.md", b"of another learner")
    listed = handed_in.listed("KHA4417")
    assert [file.name for file in listed.files] == ["diary 2.md", "diary 10.md", "essay.md"]
    assert listed.left_out == ("photos/.DS_Store",)
    assert [file.size for file in listed.files] == [3, 3, len(ESSAY)]
    assert _read(handed_in, "essay.md") == ESSAY


def test_what_was_read_is_not_fetched_again_and_another_version_is(door: Door, handed_in: ObjectStore) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    file = handed_in.listed("KHA4417").files[0]
    with opened(file) as stream:
        stream.read()
    asked = door.asked
    with opened(file) as stream:
        assert stream.read() == ESSAY
    assert door.asked == asked
    before = handed_in.stamp_of_folders("KHA4417")
    door.put("evidence/KHA4417/essay.md", ESSAY.replace(b"1.1", b"1.2"))  # of the same length, in the same second
    assert handed_in.stamp_of_folders("KHA4417") != before
    assert handed_in.listed("KHA4417").files[0].modified_ns != file.modified_ns
    assert b"1.2" in _read(handed_in, "essay.md")


def test_what_somebody_changed_in_the_cache_is_fetched_anew(door: Door, handed_in: ObjectStore) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    assert _read(handed_in, "essay.md") == ESSAY
    copy = handed_in.listed("KHA4417").files[0].path
    copy.chmod(0o600)
    copy.write_bytes(ESSAY.replace(b"1.1", b"9.9"))
    assert _read(handed_in, "essay.md") == ESSAY


def test_what_was_damaged_in_the_cache_is_fetched_anew_though_its_size_and_time_are_as_they_were(
    door: Door, handed_in: ObjectStore
) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    assert _read(handed_in, "essay.md") == ESSAY
    copy = handed_in.listed("KHA4417").files[0].path
    facts = copy.stat()
    copy.chmod(0o600)
    copy.write_bytes(ESSAY.replace(b"1.1", b"9.9"))
    os.utime(copy, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert _read(handed_in, "essay.md") == ESSAY
    assert _read(ObjectStore(handed_in.url, handed_in.root), "essay.md") == ESSAY


def test_the_cache_keeps_to_a_size_and_nobody_else_reads_it(
    door: Door, handed_in: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_cache, "LARGEST", 250)
    monkeypatch.setattr(store_cache, "_USED_LATELY", 0)
    for number in range(4):
        door.put(f"evidence/KHA4417/{number}.md", ESSAY)
        assert _read(handed_in, f"{number}.md") == ESSAY
    kept = {each.name for each in handed_in.root.rglob("*.md")}
    assert kept == {"2.md", "3.md"}
    assert all(
        each.stat().st_mode & 0o077 == 0 for each in [handed_in.root, *handed_in.root.rglob("*")] if each.is_dir()
    )


def test_a_large_file_never_takes_the_place_of_what_is_there_either(
    door: Door, handed_in: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_asked, "READ_SECONDS", PATIENCE)
    coming = tmp_path / "coming"
    with coming.open("wb") as file:
        file.truncate(101 * 2**20)  # from here on the library would send it in parts
    door.put("evidence/KHA4417/film.mp4", b"there")
    with pytest.raises(FileExistsError):
        handed_in.put_new("KHA4417", "film.mp4", coming)
    assert door.get("evidence/KHA4417/film.mp4") == b"there"
    assert not door.client.list_multipart_uploads(Bucket=BUCKET).get("Uploads")
    monkeypatch.setattr(object_store, "_LARGEST_PUT", 100)
    with pytest.raises(NotSaved, match="no store takes at once"):
        handed_in.put_new("KHA4417", "longer.mp4", coming)


def test_a_store_that_is_away_is_asked_once_for_each_look(
    door: Door, handed_in: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_store, "AWAY_FOR", 60)
    door.put("evidence/KHA4417/essay.md", ESSAY)
    file = handed_in.listed("KHA4417").files[0]
    door.fault = "slow"
    assert "too long" in handed_in.listed("KHA4417").unreachable
    asked = door.asked
    assert "too long" in handed_in.listed("KHA4417").unreachable
    assert handed_in.stamp_of_folders("KHA4417") is None
    with pytest.raises(NotNow, match="too long"), opened(file):
        pass
    assert door.asked == asked


def test_a_file_that_changed_or_went_between_list_and_read_is_told_and_not_shown(
    door: Door, handed_in: ObjectStore
) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    door.put("evidence/KHA4417/plan.md", ESSAY)
    essay, plan = handed_in.listed("KHA4417").files
    door.put("evidence/KHA4417/essay.md", b"something else")
    door.client.delete_object(Bucket=BUCKET, Key="evidence/KHA4417/plan.md")
    with pytest.raises(Unreadable, match="another file by now"), opened(essay):
        pass
    with pytest.raises(Unreadable, match="not in the store any more"), opened(plan):
        pass
    assert not list(handed_in.root.rglob("*.md"))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("gone", "does not answer|failed"),
        ("denied", "does not let you in"),
        ("slow", "too long"),
        ("busy", "too busy"),
        ("half", "of 31 bytes|failed|does not"),
    ],
)
def test_a_store_that_does_not_do_its_part_is_told_and_nothing_half_is_kept(
    door: Door, handed_in: ObjectStore, fault: str, words: str
) -> None:
    door.put("evidence/KHA4417/essay.md", ESSAY)
    file = handed_in.listed("KHA4417").files[0]
    door.fault = fault
    with pytest.raises(NotNow, match=words), opened(file):
        pass
    assert not [each for each in handed_in.root.rglob("*") if each.is_file()]
    if fault != "half":
        listed = handed_in.listed("KHA4417")
        assert [each.name for each in listed.files] == ["essay.md"]
        assert listed.unreachable
        assert "what is listed is what it said within the last 1 minute" in listed.problems[0]
        assert handed_in.listed("of whom nothing is known").files == ()
        assert handed_in.stamp_of_folders("KHA4417") is None  # which is not that nothing is there
    door.fault = ""
    assert _read(handed_in, "essay.md") == ESSAY


def test_what_fails_beside_an_answer_is_printed_to_no_terminal(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        asyncio.get_running_loop().call_exception_handler({"message": "Task exception was never retrieved"})

    filesystem = store_asked.filesystem(1)
    asyncio.run_coroutine_threadsafe(fails(), filesystem.loop).result(PATIENCE)
    assert "never retrieved" not in caplog.text


def test_a_bucket_that_is_not_there_is_not_an_empty_one(door: Door, tmp_path: Path) -> None:
    assert "no such bucket" in ObjectStore("s3://nowhere/evidence", tmp_path).listed("KHA4417").unreachable
    assert not ObjectStore(f"s3://{BUCKET}/evidence", tmp_path).listed("NOBODY").unreachable
    assert not door.fault


def test_what_is_put_there_never_takes_the_place_of_what_is(door: Door, handed_in: ObjectStore, tmp_path: Path) -> None:
    coming = tmp_path / "coming"
    coming.write_bytes(ESSAY)
    handed_in.put_new("KHA4417", "essay.md", coming)
    assert door.get("evidence/KHA4417/essay.md") == ESSAY
    coming.write_bytes(b"another")
    with pytest.raises(FileExistsError):
        handed_in.put_new("KHA4417", "essay.md", coming)
    assert door.get("evidence/KHA4417/essay.md") == ESSAY
    assert handed_in.has("KHA4417", "essay.md", len(ESSAY), sha256(ESSAY).hexdigest())
    assert not handed_in.has("KHA4417", "essay.md", len(ESSAY), sha256(b"another").hexdigest())


def test_into_a_store_that_writes_over_what_is_there_nothing_is_put(
    door: Door, handed_in: ObjectStore, tmp_path: Path
) -> None:
    coming = tmp_path / "coming"
    coming.write_bytes(ESSAY)
    door.fault = "careless"
    with pytest.raises(NotSaved, match="does not know how"):
        handed_in.put_new("KHA4417", "essay.md", coming)
    assert handed_in.listed("KHA4417").files == ()


@pytest.mark.parametrize("fault", ["gone", "denied", "slow"])
def test_what_could_not_be_put_is_not_told_as_kept(
    door: Door, handed_in: ObjectStore, tmp_path: Path, fault: str
) -> None:
    coming = tmp_path / "coming"
    coming.write_bytes(ESSAY)
    door.fault = fault
    with pytest.raises(MarkTermError):
        handed_in.put_new("KHA4417", "essay.md", coming)


@pytest.mark.parametrize("name", ["../../etc/passwd.md", "a\x1b[31mred.md", "..", "x" * 300 + ".md", "quote'\".md"])
def test_a_name_in_the_store_leads_nowhere_else_on_this_machine(door: Door, handed_in: ObjectStore, name: str) -> None:
    door.put(f"evidence/KHA4417/{name}", ESSAY)
    for file in handed_in.listed("KHA4417").files:
        assert "\x1b" not in file.name
        with opened(file) as stream:
            assert stream.read() == ESSAY
        assert file.path.resolve().is_relative_to(handed_in.root.resolve())
