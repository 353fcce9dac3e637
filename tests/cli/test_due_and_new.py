"""What is due and what is new: said once, and told wherever a learner is."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.centre.centre import Centre
from tests.assignments import add_assignment, register
from tests.centres import places_in
from tests.cli.conftest import Ask

_ASHA = ("--as", "asha")
_FAR = "2999-12-04"


@pytest.mark.usefixtures("centre")
def test_a_day_is_set_for_one_learner_and_status_show_log_and_json_tell_it(ask: Ask) -> None:
    assert ask("due", "T-101", _FAR, "AAA1", *_ASHA).out == "AAA1 Rosalind Jones: T-101 is due on 2999-12-04.\n"
    assert "due 2999-12-04" in ask("status", "AAA1").out
    assert "due 2999-12-04" in ask("show", "AAA1", "T-101").out
    assert "due on 2999-12-04" in ask("log", "AAA1").out
    (row,) = ask("status", "due:2999-12-31", "--json").json
    assert (row["due_on"], row["units"][0]["due_on"], row["units"][0]["late"]) == (_FAR, _FAR, False)
    (listed,) = ask("due", "--json").json
    assert (listed["registration"], listed["unit"], listed["due_on"]) == ("AAA1", "T-101", _FAR)
    assert ask("status", "due:week", "--json").json == []


@pytest.mark.usefixtures("centre")
def test_for_several_learners_somebody_says_yes_and_who_has_it_so_already_keeps_nobody_from_it(ask: Ask) -> None:
    ask("due", "T-101", _FAR, "AAA1", *_ASHA)
    refused = ask("due", "T-101", _FAR, *_ASHA)
    assert (refused.code, "--yes" in refused.err) == (3, True)
    told = ask("due", "T-101", _FAR, "--yes", *_ASHA)
    assert (told.code, "1 had it so already" in told.out) == (0, True)
    assert len(ask("due", "T-101", "--json").json) > 1


def test_an_assignment_is_named_as_people_name_it_and_is_due_of_whoever_has_it_to_do(ask: Ask, centre: Path) -> None:
    add_assignment(centre)
    register(centre, "AAA1", assignments="[T-IA]", units="[]")
    told = ask("due", "t-ia", _FAR, *_ASHA)
    assert (told.code, told.out) == (0, "AAA1 Rosalind Jones: t-ia is due on 2999-12-04.\n")
    assert {(each["registration"], each["unit"]) for each in ask("due", "ia", "--json").json} == {
        ("AAA1", "T-101"),
        ("AAA1", "T-102"),
    }


@pytest.mark.usefixtures("centre")
def test_what_is_late_is_found_and_marked(ask: Ask) -> None:
    ask("due", "T-101", "2020-01-31", "AAA1", *_ASHA)
    assert "! was due 2020-01-31" in ask("status", "due:overdue").out
    assert "! late" in ask("due").out
    assert "1 late" in ask("due").err


def test_of_who_left_nothing_is_due_anywhere_and_no_day_is_set(ask: Ask, centre: Path) -> None:
    ask("due", "T-101", "2020-01-31", "AAA1", *_ASHA)
    ask("learner", "left", "AAA1", "--why", "Moved away.", *_ASHA)
    assert "due" not in ask("show", "AAA1", "T-101").out
    assert "2020-01-31" not in ask("status", "state:left").out + ask("due").out
    assert ask("due", "T-101", _FAR, "state:left", "--yes", *_ASHA).code == 2
    assert "Rosalind Jones (AAA1) left on" in ask("due", "T-101", _FAR, "AAA1", *_ASHA).err
    shown = Centre.open(centre, places=places_in(centre / "own")).learners.portfolio("AAA1")
    assert shown.due_on(shown.unit("T-101")) is None, "as the head of the marking screen asks"


@pytest.mark.usefixtures("centre")
def test_the_sheet_gives_a_day_for_everybody_and_another_day_stands_before_it(ask: Ask) -> None:
    sheet = next(Path("mark_sheets").rglob("T-101.md"))
    sheet.write_text(sheet.read_text("utf-8").replace("kind: unit\n", f"kind: unit\ndue: {_FAR}\n"), "utf-8")
    before = ask("due", "T-101", "--json").json
    assert {each["due_on"] for each in before} == {_FAR}
    assert ask("due", "T-101", "none", "AAA1", *_ASHA).code == 0
    assert "AAA1" not in {each["registration"] for each in ask("due", "T-101", "--json").json}


@pytest.mark.usefixtures("centre")
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("T-101", "soon"), 2, "Which day?"),
        (("X-999", _FAR), 2, "Nobody has it to do"),
        (("T-101", _FAR, "nobody"), 2, "Whose?"),
        (("T-101", _FAR, "due:nonsense"), 2, "due:nonsense"),
    ],
    ids=["no day", "no unit", "nobody", "no such filter"],
)
def test_what_is_meant_otherwise_is_told_and_nothing_recorded(
    ask: Ask, words: tuple[str, ...], code: int, told: str
) -> None:
    refused = ask("due", *words, *_ASHA)
    assert (refused.code, told in refused.err) == (code, True)
    assert ask("due", "--json").json == []


@pytest.mark.usefixtures("centre")
def test_new_files_are_told_in_status_show_and_json_and_found(ask: Ask) -> None:
    (row,) = ask("status", "AAA1", "--json").json
    assert row["new_files"] > 0
    assert "new file" in ask("status", "state:new").out
    assert len(ask("show", "AAA1", "--json").json["new_files"]) == row["new_files"]
    assert "  new" in ask("show", "AAA1").out


def test_what_is_fixed_says_what_no_assessor_opened_of_it(ask: Ask, centre: Path) -> None:
    centre_of_asha = Centre.open(centre, member="asha", places=places_in(centre / "own"))
    centre_of_asha.new_work.opened("AAA1", centre_of_asha.evidence.listed("AAA1").files)
    (centre / "learners/AAA1/evidence/late.md").write_text("late", "utf-8")
    submit = ("submit", "AAA1", "T-101", "--declared", "e-mail", *_ASHA)
    refused = ask(*submit)
    assert (refused.code, "--opened" in refused.err) == (3, True)
    assert refused.err.startswith("Opened by no assessor as it is now: late.md.\n")
    assert "submitted" not in ask("log", "AAA1").out
    told = ask(*submit, "--opened")
    assert (told.code, told.err) == (0, "Opened by no assessor as it is now: late.md.\n")
    assert "opened 1 new file" in ask("log", "AAA1").out
    (centre / "learners/AAA1/evidence/later.md").write_text("later", "utf-8")
    ask("mark", "AAA1", "T-101", "1.1,1.2,2.1", "pass", *_ASHA)
    closed = ask("close", "AAA1", "T-101", "--evidence", "submitted", *_ASHA)
    assert "no assessor" not in closed.err, "it was fixed before"
    ask("mark", "AAA1", "T-102", "1.1,1.2", "pass", *_ASHA)
    ask("declare", "AAA1", "T-102", "--form", "e-mail", *_ASHA)
    close = ("close", "AAA1", "T-102", *_ASHA)
    refused = ask(*close, "--json")
    assert (refused.code, "--opened" in refused.err, refused.out) == (3, True, "")
    assert refused.err.startswith("Opened by no assessor as it is now: later.md.\n")
    assert ask("log", "AAA1").out.count("opened 1 new file") == 2
    closed = ask(*close, "--opened")
    assert (closed.code, "closed ✓ pass" in closed.out) == (0, True)
    assert ask("log", "AAA1").out.count("opened 1 new file") == 3


def test_who_marks_nothing_submits_and_the_evidence_stays_new_to_assessors(ask: Ask, centre: Path) -> None:
    (centre / "learners/AAA1/evidence/late.md").write_text("late", "utf-8")
    assert ask("submit", "AAA1", "T-101", "--opened", "--as", "ines").code == 0
    assert ask("evidence", "AAA1", "--opened", "--as", "ines").code == 3
    assert "AAA1" in ask("status", "state:new").out


@pytest.mark.usefixtures("centre")
def test_that_the_evidence_was_opened_is_recorded_without_a_screen(ask: Ask) -> None:
    assert all(each["new"] for each in ask("evidence", "AAA1", "--json").json)
    assert "new" in ask("evidence", "AAA1").out
    told = ask("evidence", "AAA1", "--opened", *_ASHA)
    assert (told.code, "Recorded: opened 1 new file." in told.err) == (0, True)
    assert not any(each["new"] for each in ask("evidence", "AAA1", "--json").json)
    assert "AAA1" not in ask("status", "state:new").out
    assert "No file is new: nothing was recorded." in ask("evidence", "AAA1", "--opened", *_ASHA).err
