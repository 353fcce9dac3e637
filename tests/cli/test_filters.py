"""Saved filters on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Ask

pytestmark = pytest.mark.usefixtures("centre")


def test_a_filter_that_is_saved_stands_for_its_words_wherever_one_is_given(ask: Ask) -> None:
    ask("mark", "CCC3", "T-101", "1.1", "pass", "--as", "asha")
    assert ask("filters").err == "No filter is saved yet.\n"
    assert "started  state:marking" in ask("filters", "started", "state:marking").out
    assert [row["registration"] for row in ask("status", "started", "--json").json] == ["CCC3"]
    assert ask("status", "started", "jones", "--json").json == []
    assert ask("next", "started", "--json").json["registration"] == "CCC3"
    assert ask("filters", "started", "--opens", "--json").json == [
        {"name": "started", "filter": "state:marking", "opens": True}
    ]
    assert ask("filters", "started", "--delete").err == "No filter is saved yet.\n"
    assert ask("status", "started", "--json").json == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("late",), "No filter is saved as late."),
        (("late", "--delete"), "No filter is saved as late."),
        (("late", "--opens"), "No filter is saved as late."),
        (("late", "state:lat"), "There is no state:lat."),
        (("state", "unit:501"), "state is no name for a filter."),
        (("late", "unit:501", "--delete"), "does not go together"),
        (("--delete",), "does not go together"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask: Ask, words: tuple[str, ...], told: str) -> None:
    answer = ask("filters", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_a_saved_filter_is_not_turned_round_and_lets_nobody_through_unseen(ask: Ask) -> None:
    assert ask("filters", "fresh", "waiting:assessor").code == 0
    answer = ask("status", "--", "-fresh")
    assert (answer.code, "is not turned round" in answer.err) == (2, True)
    assert ask("filters", "other", "--", "-fresh").code == 2


def test_quotes_around_a_name_or_a_value_are_none_of_it(ask: Ask) -> None:
    for words in ('"rosalind jones"', "“rosalind jones”", 'rosalind unit:"101"'):
        assert [each["registration"] for each in ask("status", words, "--json").json] == ["AAA1"]
