"""Who is meant, and what a folder under `learners` may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Unreadable, WrongUse
from tests.centres import add_learner

TEA = "T-101"


def test_a_learner_is_found_by_registration_in_any_case_or_by_words(asha: Centre, path: Path) -> None:
    add_learner(path, "aaa1b", "Rosalind Jones-Smith")
    assert asha.learners.find("AAA1") == "AAA1"
    assert asha.learners.find("bbb2") == "BBB2"
    assert asha.learners.find("NNEKA") == "BBB2"
    with pytest.raises(WrongUse, match="Which learner"):
        asha.learners.find("rosalind")
    with pytest.raises(WrongUse, match="No such learner"):
        asha.learners.find("../AAA1")


@pytest.mark.parametrize("text", ["AA", "BBB", "bb", "T-101", "101", "okaf2", "", "  ", "-", "B"])
def test_what_is_cut_off_or_names_something_else_means_no_learner(asha: Centre, text: str) -> None:
    with pytest.raises(WrongUse, match="No such learner"):
        asha.learners.find(text)


def test_a_registration_that_is_cut_off_is_told_whose_beginning_it_is(asha: Centre) -> None:
    with pytest.raises(WrongUse) as told:
        asha.learners.find("bbb")
    assert "only the beginning of BBB2" in told.value.what


def test_a_name_is_found_by_the_beginnings_of_its_words(asha: Centre) -> None:
    assert {asha.learners.find(text) for text in ("zoe nun", "Núñez", "Zoé", "nunez zoe")} == {"CCC3"}


@pytest.mark.parametrize("registration", ["../AAA1", "..", ".", "", "con", "AAA1/evidence"])
def test_a_registration_leads_to_no_place_outside_the_learners(asha: Centre, registration: str) -> None:
    with pytest.raises(Unreadable):
        asha.learners.portfolio(registration)


def test_a_learner_folder_that_is_called_otherwise_is_not_marked(asha: Centre, path: Path) -> None:
    (path / "learners" / "AAA1").rename(path / "learners" / "ZZZ9")
    with pytest.raises(Unreadable, match="wrong name"):
        asha.marking.mark("ZZZ9", TEA, "1.1", Result.PASS)


def test_a_learners_file_that_is_changed_while_the_centre_is_open_is_read_anew(asha: Centre, path: Path) -> None:
    file = path / "learners" / "AAA1" / "learner.md"
    assert asha.learners.named("AAA1").name == "Rosalind Jones"
    file.write_text(file.read_text("utf-8").replace("Rosalind Jones", "Rosalind Jones-Smith"), "utf-8")
    assert asha.learners.portfolio("AAA1").learner.name == "Rosalind Jones-Smith"
    file.unlink()
    with pytest.raises(Unreadable, match="A learner's file is missing"):
        asha.learners.named("AAA1")
