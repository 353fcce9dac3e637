"""`markterm bank`: remarks are found, filled for a learner, pinned and retired on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from markterm.domain.record.event import Result
from tests.centres import add_learner
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
        opened.marking.mark(learner, "T-101", criterion, result, note)
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
    assert remark["filled"] == "Zoé boils it. Zoé never hurries."
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


NAMING = (
    ("AAA1", "1.1", "As warm as Nneka had it."),
    ("AAA1", "1.2", "NNEKA OKAFOR was quicker."),
    ("BBB2", "1.1", "See BBB2 and CCC3."),
    ("BBB2", "1.2", "Write to okafor@example.org."),
    ("CCC3", "1.1", "Nunez's pot was warm."),
)


@pytest.fixture
def naming(centre: Path) -> Path:
    """The centre, with notes that name other learners, and one in which the learner's own name is placed."""
    opened = Centre.open(centre, member="asha")
    for learner, criterion, note in NAMING:
        opened.marking.mark(learner, "T-101", criterion, Result.PASS, note)
    opened.close_down()
    return centre


@pytest.mark.usefixtures("naming")
@pytest.mark.parametrize("whom", [(), ("--for", "CCC3")])
def test_a_remark_that_names_another_learner_is_offered_to_nobody_else(ask: Ask, whom: tuple[str, ...]) -> None:
    answer = ask("bank", *whom, "--as", "asha")
    assert next(line for line in answer.out.splitlines() if line.startswith("  ")).endswith("'s pot was warm.")
    for word in ("nneka", "okafor", "see bbb2", "nunez's" if not whom else "nneka"):
        assert word not in answer.out.casefold()
    assert answer.err.endswith("4 left out: they name a learner, and are offered for that one alone.\n")


@pytest.mark.usefixtures("naming")
def test_for_the_learner_it_was_written_for_it_is_there(ask: Ask) -> None:
    answer = ask("bank", "--for", "AAA1", "--as", "asha")
    assert "As warm as Nneka had it." in answer.out
    assert "okafor@example.org" not in answer.out


@pytest.mark.usefixtures("naming")
def test_a_remark_that_names_a_learner_is_not_pinned(ask: Ask) -> None:
    (quicker, *_) = ids(ask, "quicker", "--for", "AAA1")
    answer = ask("bank", "--pin", quicker, "--as", "asha")
    assert (answer.code, answer.err.partition(":")[0]) == (3, "The remark names a learner")
    assert ask("bank", "--retire", quicker, "--as", "asha").code == 0


def test_a_new_learner_is_looked_for_in_the_notes_that_are_there(centre: Path, ask: Ask) -> None:
    opened = Centre.open(centre, member="asha")
    opened.marking.mark("AAA1", "T-101", "1.1", Result.PASS, "As Bronwen did it.")
    opened.close_down()
    assert "Bronwen" in ask("bank", "--as", "asha").out
    add_learner(centre, "DDD4", "Bronwen Davies")
    assert "Bronwen" not in ask("bank", "--as", "asha").out


def test_a_word_that_may_be_a_name_is_told_of_and_decided_before_it_is_pinned(centre: Path, ask: Ask) -> None:
    add_learner(centre, "HHH8", "Hope Marks")
    opened = Centre.open(centre, member="asha")
    opened.marking.mark("HHH8", "T-101", "1.1", Result.PASS, "Marks on the plan.")
    opened.close_down()
    answer = ask("bank", "--for", "AAA1", "--as", "asha")
    assert "  ? “Marks” may be the name of one it was written for.\n  Marks on the plan.\n" in answer.out
    (told,) = ask("bank", "--for", "AAA1", "--doubt", "name", "--as", "asha", "--json").json
    assert (told["doubts"], told["filled"]) == (["Marks"], "Jones on the plan.")
    (mine,) = ask("bank", "--for", "HHH8", "--as", "asha", "--json").json
    assert (mine["doubts"], mine["filled"]) == ([], "Marks on the plan.")
    refused = ask("bank", "--pin", told["id"], "--as", "asha")
    assert (refused.code, refused.err.partition("?")[0], "--doubt" in refused.err) == (3, "Is it a name", True)
    assert "  Marks on the plan.\n" in ask("bank", "--pin", told["id"], "--doubt", "word", "--as", "asha").out
