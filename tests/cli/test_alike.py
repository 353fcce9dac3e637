"""`markterm alike`: what is printed of passages that learners have in common, and of what whoever asks may not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.centre.test_alike import OWN, hand_in
from tests.cli.conftest import Ask
from tests.domain.test_shared_passages import TAKEN


@pytest.fixture
def copied(centre: Path) -> Path:
    """The centre, where one learner copied a passage of another's."""
    hand_in(centre, "AAA1", "diary.md", f"# Essay\n\n{OWN[0]}\n\n{TAKEN}\n")
    hand_in(centre, "BBB2", "log.txt", f"{OWN[1]}\n\n{TAKEN.replace('awkward', 'simple')}\n")
    return centre


@pytest.mark.usefixtures("copied")
def test_pairs_then_places_then_the_words_themselves_are_told(ask: Ask) -> None:
    pairs = ask("alike", "--as", "ines")
    assert pairs.code == 0
    assert "AAA1  Rosalind Jones  BBB2  Nneka Okafor  33 words in 1 passage" in pairs.out
    assert "Advice, and no verdict." in pairs.err
    places = ask("alike", "AAA1", "--as", "ines").out
    assert "diary.md:5 ↔ log.txt:3: 33 words alike, the longest row" in places
    assert "2 learners of 3 have it" in places
    words = ask("alike", "AAA1", "BBB2", "--as", "ines").out
    assert "=} awkward {=question" in words
    assert "=} simple {=question" in words


@pytest.mark.usefixtures("copied")
def test_who_may_not_see_it_is_told_that_there_is_something_and_not_what(ask: Ask) -> None:
    for words in (("alike",), ("alike", "AAA1"), ("alike", "AAA1", "BBB2"), ("alike", "--json")):
        answer = ask(*words, "--as", "ben")
        assert "BBB2" not in answer.out + answer.err
        assert "boiler" not in answer.out + answer.err
        assert "Verifiers see which" in answer.err
    assert ask("alike", "--json", "--as", "ben").json["hidden_pairs"] == 2


@pytest.mark.usefixtures("copied")
def test_a_case_is_opened_in_the_record_of_one_or_of_both(ask: Ask) -> None:
    assert ask("alike", "AAA1", "BBB2", "--case", "Word for word.", "--both", "--as", "ines").code == 0
    for learner, other in (("AAA1", "BBB2"), ("BBB2", "AAA1")):
        told = ask("case", learner).out
        assert "Word for word." in told
        assert "a file of another learner of the centre" in told
        assert other not in told


@pytest.mark.usefixtures("copied")
def test_of_two_cases_none_is_opened_where_one_of_them_is_refused(ask: Ask) -> None:
    assert ask("case", "BBB2", "--open", "malpractice", "--text", "Seen before.", "--as", "ines").code == 0
    assert ask("alike", "AAA1", "BBB2", "--case", "Word for word.", "--both", "--as", "ines").code == 3
    assert ask("case", "AAA1").out == ""


@pytest.mark.usefixtures("copied")
def test_no_case_is_opened_on_nothing_or_without_two_learners(ask: Ask) -> None:
    assert ask("alike", "AAA1", "--case", "x", "--as", "ines").code == 2
    assert ask("alike", "AAA1", "CCC3", "--case", "x", "--as", "ines").code == 2
    assert ask("alike", "AAA1", "BBB2", "--case", "x", "--as", "ben").code == 2
    assert ask("case").out == ""
