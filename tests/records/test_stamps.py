"""Whether records changed, asked of their folders: nothing is read, and nothing that could be a part is overlooked."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.words.errors import Unreadable
from markterm.records.folder.called_like import Alike
from markterm.records.folder.record_names import RecordNames
from markterm.records.folder.store import FolderStore
from markterm.records.store import Unclaimed
from tests.samples import LEARNER, decision


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def store(place: Path, tmp_path: Path) -> FolderStore:
    opened = FolderStore(place, tmp_path / "states")
    opened.append(LEARNER, decision("a"))
    return opened


def stamp(store: FolderStore) -> str:
    """The learner's stamp, which is the same whichever way it is asked for."""
    at_once = store.stamps()[LEARNER]
    assert store.stamp(LEARNER) == at_once
    return at_once


def test_a_line_that_is_altered_at_the_same_length_changes_the_stamp(store: FolderStore, place: Path) -> None:
    before = stamp(store)
    (segment,) = (place / LEARNER).iterdir()
    segment.write_bytes(segment.read_bytes().replace(b"pass", b"fail"))
    os.utime(segment, ns=(segment.stat().st_atime_ns, segment.stat().st_mtime_ns + 1))
    assert stamp(store) != before


@pytest.mark.parametrize("name", [f"{LEARNER} (1)", f"Copy of {LEARNER}", LEARNER.lower()])
def test_what_comes_into_a_folder_that_is_called_like_the_records_changes_its_stamp(
    store: FolderStore, place: Path, name: str
) -> None:
    seen = [stamp(store)]
    (place / name).mkdir()
    seen.append(stamp(store))
    (place / name / "part.log").write_bytes(b"x")
    seen.append(stamp(store))
    (place / name / "part.log").write_bytes(b"xy")
    seen.append(stamp(store))
    assert len(set(seen)) == 4


def test_the_folder_of_a_longer_registration_is_another_learners(store: FolderStore, place: Path) -> None:
    before = stamp(store)
    (place / f"{LEARNER}0").mkdir()
    (place / f"{LEARNER}0" / "part.log").write_bytes(b"x")
    assert stamp(store) == before


def test_a_folder_that_no_record_could_have_is_found_as_one_that_may_hold_parts(
    store: FolderStore, place: Path, tmp_path: Path
) -> None:
    store.close()
    (place / LEARNER).rename(place / f"{LEARNER} (1)")
    store = FolderStore(place, tmp_path / "states")
    (unclaimed,) = store.stamps().but_for(())
    assert unclaimed == Unclaimed(f"{LEARNER} (1)", unclaimed.stamp, is_record=False)
    assert unclaimed.stamp
    assert store.parts_in(unclaimed) == (LEARNER,)
    assert list(store.stamps()) == []


def test_what_is_no_folder_is_no_record(store: FolderStore, place: Path) -> None:
    (place / "a file").write_bytes(b"x")
    (place / "a loop").symlink_to("a loop")
    (place / "nowhere").symlink_to("nowhere else")
    assert list(store.stamps()) == [LEARNER]


def test_a_place_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "records").write_bytes(b"")
    with pytest.raises(Unreadable, match="cannot be listed"):
        FolderStore(tmp_path / "records", tmp_path / "states").stamps()


def test_names_that_no_folder_can_have_are_asked_of_the_segments_once(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append("E/12", decision("b", learner="E/12"))
    assert sorted(store.stamps()) == ["E/12", LEARNER]
    monkeypatch.setattr(RecordNames, "_read", lambda *_: pytest.fail("asked again"))
    assert sorted(store.stamps()) == ["E/12", LEARNER]
    assert [each.name for each in store.stamps().but_for({LEARNER})] == ["E/12"]
    assert list(store.stamps().but_for({LEARNER, "E/12"})) == []


_NAMES = st.text(st.sampled_from("aAb1 -_.(Éſ"), min_size=1, max_size=6)


@given(st.lists(_NAMES, max_size=8, unique=True), st.text(st.sampled_from("aAb1 -_."), min_size=1, max_size=4))
def test_a_folder_is_called_like_a_record_when_it_holds_its_name_as_whole_words(names: list[str], own: str) -> None:
    whole = re.compile(rf"(?<![^\W_]){re.escape(own)}(?![^\W_])", re.IGNORECASE | re.ASCII)
    has_words = re.search(r"[^\W_]", own)
    expected = sorted(name for name in names if has_words and name != own and name.isascii() and whole.search(name))
    assert [name for name in Alike(names).of(own) if name.isascii()] == expected
