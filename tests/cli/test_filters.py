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
