"""`markterm bank`: remarks are found, filled for a learner, pinned and retired on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre import Centre
from markterm.domain.event import Result
from tests.cli.conftest import Ask

NOTES = (
    ("AAA1", "1.1", Result.PASS, "Rosalind boils it. She never hurries."),
    ("BBB2", "1.1", Result.PASS, "Nneka boils it. She never hurries."),
    ("AAA1", "1.2", Result.REFER, "How warm was the pot?"),
    ("AAA1", "2.1", Result.PASS, "Poured\x1b[2J without a drop."),
)


@pytest.fixture
def written(centre: Path) -> Path:
    """The centre, with Asha's notes in it."""
    opened = Centre.open(centre, member="asha")
    for learner, criterion, result, note in NOTES:
        opened.mark(learner, "T-101", criterion, result, note)
    opened.close_down()
    return centre


def ids(ask: Ask, *words: str) -> list[str]:
    return [each["id"] for each in ask("bank", *words, "--as", "asha", "--json").json]


@pytest.mark.usefixtures("written")
def test_every_note_is_listed_with_how_often_and_for_whom(ask: Ask) -> None:
    answer = ask("bank", "--as", "asha")
    first, text, *rest = answer.out.splitlines()
    assert first.split(" · ")[1:] == ["2×, pass 2", "for BBB2, AAA1", "on T-101 1.1"]
    assert text == "  {given} boils it. {They} never hurries."
    assert "  Poured␛[2J without a drop." in rest
    assert (answer.code, answer.err) == (0, "3 remarks.\n")


@pytest.mark.usefixtures("written")
def test_words_are_beginnings_in_any_order(ask: Ask) -> None:
    assert "How warm" in ask("bank", "POT", "war", "--as", "asha").out
    nothing = ask("bank", "zebra", "--as", "asha")
    assert (nothing.code, nothing.out, nothing.err) == (1, "", "0 remarks.\n")


@pytest.mark.usefixtures("written")
def test_the_criterion_at_hand_comes_first(ask: Ask) -> None:
    shown = ask("bank", "--unit", "101", "--criterion", "2.1", "--as", "asha", "--most", "1")
    assert "Poured" in shown.out
    assert shown.err == "3 remarks, the first 1 shown; --most shows more.\n"
    assert ask("bank", "--unit", "101").code == 2
    assert ask("bank", "--unit", "999", "--criterion", "1.1", "--as", "asha").code == 2


@pytest.mark.usefixtures("written")
def test_only_remarks_that_stood_with_such_a_decision_are_listed(ask: Ask) -> None:
    assert [each["text"] for each in ask("bank", "--result", "refer", "--as", "asha", "--json").json] == [
        "How warm was the pot?"
    ]


@pytest.mark.usefixtures("written")
def test_the_places_are_filled_for_a_learner(ask: Ask) -> None:
    (remark,) = ask("bank", "hurries", "--for", "CCC3", "--as", "asha", "--json").json
    assert remark["filled"] == "Zoé boils it. They never hurries."
    assert "Nneka boils it. She never" in ask("bank", "hurries", "--for", "okafor", "--as", "asha").out


@pytest.mark.usefixtures("written")
def test_pinned_comes_first_and_retired_is_gone_until_it_is_asked_for(ask: Ask) -> None:
    (pot,), (poured,) = ids(ask, "pot"), ids(ask, "poured")
    assert " pinned · " in ask("bank", "--pin", pot[:8], "--as", "asha").out
    assert ask("bank", "--retire", poured, "--as", "asha", "--json").json[0]["state"] == "retired"
    assert ids(ask)[0] == pot
    assert poured not in ids(ask)
    assert poured in ids(ask, "--retired")
    again = ask("bank", "--pin", pot, "--as", "asha")
    assert (again.code, "pinned already" in again.err) == (3, True)
    ask("bank", "--unpin", pot, "--restore", poured, "--as", "asha")
    assert ids(ask)[0] != pot
    assert poured in ids(ask)
    assert ask("audit", "--heads").out.startswith("centre asha.")


@pytest.mark.usefixtures("written")
def test_nobody_and_a_wrong_id_are_told(ask: Ask) -> None:
    assert "Whose remarks?" in ask("bank").err
    assert ask("bank", "--pin", "zzzz", "--as", "asha").code == 2


def test_a_shared_bank_has_everybodys_notes(ask: Ask, written: Path) -> None:
    with (written / "centre.toml").open("a", encoding="utf-8") as file:
        file.write("\n[policy]\nshared_remarks = true\n")
    assert len(ask("bank", "--as", "ben", "--json").json) == 3
