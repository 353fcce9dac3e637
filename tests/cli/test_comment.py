"""`markterm comment`: what is written on a section stands on every sheet of it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Ask

_ASHA = ("--as", "asha")


@pytest.mark.usefixtures("centre")
def test_a_comment_on_a_learning_outcome_stands_on_the_sheet_in_show_and_in_the_log(ask: Ask) -> None:
    assert ask("comment", "AAA1", "T-101", "--outcome", "1", "--text", "Set out well.", *_ASHA).code == 0
    assert "> Set out well." in ask("sheet", "AAA1", "T-101").out
    assert "Set out well." in ask("show", "AAA1").out
    assert "commented on LO1" in ask("log", "AAA1").out
    (section, *_) = ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"]
    assert [each["text"] for each in section["comments"]] == ["Set out well."]


@pytest.mark.usefixtures("centre")
def test_a_comment_is_on_one_section(ask: Ask) -> None:
    for words in (("T-101",), ("--assignment", "T-IA"), ("T-101", "--assignment", "T-IA", "--task", "1")):
        refused = ask("comment", "AAA1", *words, "--text", "x", *_ASHA)
        assert (refused.code, "On which section?" in refused.err) == (2, True)


@pytest.mark.usefixtures("centre")
def test_a_verifier_does_not_comment_for_the_assessor(ask: Ask) -> None:
    assert ask("comment", "AAA1", "T-101", "--outcome", "1", "--text", "x", "--as", "ines").code == 3
