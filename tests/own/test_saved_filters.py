"""Filters that are kept under a name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.domain.views.filter_words import spelt_out
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.own.saved_filters import SavedFilters


def test_a_saved_filter_is_there_again_and_stands_for_its_words(tmp_path: Path) -> None:
    assert SavedFilters(tmp_path / "new").save(" Mine ", 'assessor:asha "zoé 李" 👍') == "mine"
    saved = SavedFilters(tmp_path / "new").by_name()
    assert saved == {"mine": 'assessor:asha "zoé 李" 👍'}
    assert spelt_out("unit:501 MINE jones", saved) == 'unit:501 assessor:asha "zoé 李" 👍 jones'
    assert spelt_out("mines -mine", saved) == "mines -mine"


def test_of_two_windows_that_save_in_the_same_moment_neither_loses_its_filter(tmp_path: Path) -> None:
    names = [f"{window}-{number}" for window in ("ours", "theirs") for number in range(20)]
    with ThreadPoolExecutor(4) as windows:
        list(windows.map(lambda name: SavedFilters(tmp_path).save(name, "assessor:asha"), names))
    assert sorted(SavedFilters(tmp_path).by_name()) == sorted(names)


def test_a_filter_that_is_saved_with_the_name_of_another_has_its_words(tmp_path: Path) -> None:
    saved = SavedFilters(tmp_path)
    saved.save("mine", "assessor:asha")
    saved.save("late", "Mine state:overdue")
    saved.save("mine", "mine waiting:assessor")
    assert saved.by_name() == {"mine": "assessor:asha waiting:assessor", "late": "assessor:asha state:overdue"}


@pytest.mark.parametrize("name", ["", "a", "state", "two words", "1st", "a:b", "x" * 25, "../x"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse):
        SavedFilters(tmp_path).save(name, "unit:501")
    assert not (tmp_path / "filters.toml").exists()


@pytest.mark.parametrize("words", ["", " ", "state:refered", "stat:refer"])
def test_what_would_let_nobody_through_is_not_saved(tmp_path: Path, words: str) -> None:
    with pytest.raises(WrongUse):
        SavedFilters(tmp_path).save("mine", words)
    assert SavedFilters(tmp_path).by_name() == {}


def test_the_caseload_opens_with_one_until_that_is_deleted(tmp_path: Path) -> None:
    saved = SavedFilters(tmp_path)
    saved.save("mine", "assessor:asha")
    saved.save("late", "state:overdue")
    assert saved.opens_with == ""
    saved.open_with("Mine")
    saved.save("mine", "assessor:ben")
    assert saved.opens_with == "mine"
    saved.delete("late")
    assert (saved.opens_with, dict(saved.by_name())) == ("mine", {"mine": "assessor:ben"})
    saved.delete("mine")
    assert (saved.opens_with, dict(saved.by_name())) == ("", {})
    assert "opens_with" not in (tmp_path / "filters.toml").read_text("utf-8")
    saved.save("mine", "assessor:asha")
    assert saved.opens_with == ""


def test_with_one_that_is_not_in_the_file_the_caseload_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "filters.toml").write_text('opens_with = "gone"\n[filters]\nmine = "unit:501"\n', "utf-8")
    assert SavedFilters(tmp_path).opens_with == ""


def test_one_that_there_is_not_is_neither_deleted_nor_opened_with(tmp_path: Path) -> None:
    saved = SavedFilters(tmp_path)
    saved.save("mine", "unit:501")
    for change in (saved.delete, saved.open_with):
        with pytest.raises(WrongUse, match="No filter is saved as late"):
            change("late")


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "filters.toml").write_text("[filters\nmine = 'x'", "utf-8")
    saved = SavedFilters(tmp_path)
    with pytest.raises(Unreadable):
        saved.save("mine", "unit:501")
    assert (tmp_path / "filters.toml").read_text("utf-8") == "[filters\nmine = 'x'"


def test_what_is_no_filter_in_the_file_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "filters.toml").write_text('opens_with = 3\n[filters]\na-b = "unit:501"\nX = "y"\nn = 4\n', "utf-8")
    assert (SavedFilters(tmp_path).by_name(), SavedFilters(tmp_path).opens_with) == ({"a-b": "unit:501"}, "")


@given(st.text(max_size=30), st.dictionaries(st.sampled_from(("mine", "late")), st.text("ab:5 ", max_size=8)))
def test_without_a_name_in_it_a_filter_stays_as_it_is_typed(text: str, saved: dict[str, str]) -> None:
    spelt = spelt_out(text, saved)
    assert spelt == text or any(name in text.casefold() for name in saved)
