"""The brief of an assignment: verified before it is issued, and not verified any more once its sheet is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assignments import ASSIGNMENT, add_assignment, register
from tests.cli.conftest import Ask

FIT = ("brief", "IA", "--fit", "--as", "ines")
NOT_FIT = ("--not-met", "2", "--action", "Explain.", "--owner", "asha", "--due", "2026-03-09", "--as", "ines")


@pytest.fixture
def assignment(centre: Path) -> Path:
    """The sheet of an assignment that AAA1 is on."""
    register(centre, "AAA1", assignments="[T-IA]")
    return add_assignment(centre)


def waits(centre: Path) -> None:
    """Have marking wait for briefs."""
    file = centre / "centre.toml"
    file.write_text(file.read_text("utf-8") + "\n[policy]\nmarking_waits_for_brief = true\n", "utf-8")


def test_a_brief_is_verified_and_an_edited_sheet_is_a_brief_that_is_not(ask: Ask, assignment: Path) -> None:
    told = ask("brief", "IA")
    assert (told.code, told.out.splitlines()[0]) == (1, "T-IA: brief not verified")
    assert "  1 Every criterion" in told.out
    assert ask(*FIT).code == 0
    assert ask("brief", "--json").json[0]["may_be_issued"] is True
    assignment.write_bytes(ASSIGNMENT.replace("\n", "\r\n").encode())  # Another system's line ends change no word.
    assert ask("brief").code == 0
    assignment.write_text(ASSIGNMENT.replace("two people", "three people"), "utf-8")
    told = ask("brief")
    assert told.code == 1
    assert told.out.startswith("T-IA: brief changed since it was verified, ")
    assert ask(*FIT).out.startswith("T-IA: brief verified, ")


def test_what_is_not_met_is_to_be_done_by_somebody_until_a_day(ask: Ask, assignment: Path) -> None:
    assert assignment.exists()
    told = ask("brief", "IA", *NOT_FIT)
    assert told.code == 1
    assert "brief not fit to be issued" in told.out
    assert "; to do: Explain. (asha, until 2026-03-09)" in told.out
    assert "  1 ✓ Every criterion" in told.out
    assert "  2 ✗ The tasks ask" in told.out


def test_it_is_told_wherever_the_assignment_is(ask: Ask, assignment: Path) -> None:
    assert "\n\nT-IA: brief not verified\n" in ask("matrix", "IA").out
    assert "brief" not in ask("show", "AAA1").out + ask("sheet", "AAA1", "--assignment", "IA").out + ask("check").out
    ask(*FIT)
    assert "T-IA: brief verified" in ask("show", "AAA1").out
    assert "brief verified" in ask("sheet", "AAA1", "--assignment", "IA").out
    assert ask("matrix", "IA", "--json").json["brief"]["state"] == "verified"
    assert "MC41" not in ask("check").out
    assignment.write_text(ASSIGNMENT + "\nMore.\n", "utf-8")
    told = "brief changed since it was verified"
    assert told in ask("show", "AAA1").out
    assert ask("show", "AAA1", "--json").json["briefs"][0]["state"] == "changed since it was verified"
    assert told in ask("pass-task", "AAA1", "IA", "1", "--yes", "--as", "asha").err
    assert f"MC41 warning T-IA: {told}" in ask("check").out


def test_marking_waits_for_the_brief_where_the_centre_says_so(ask: Ask, centre: Path, assignment: Path) -> None:
    mark = ("mark", "AAA1", "101", "1.1", "pass", "--as", "asha")
    waits(centre)
    held = ask(*mark)
    assert held.code == 3
    assert "T-101 1.1 is part of T-IA: brief not verified." in held.err
    assert "markterm brief T-IA --fit" in held.err
    row = ask("status", "waiting:verify-brief", "--json").json[0]
    assert (row["registration"], row["step"], row["waiting"]) == ("AAA1", "verify-brief", "verifier")
    assert "verifier to verify brief" in ask("status", "aaa1").out
    assert "verifier to verify brief" in ask("show", "AAA1").out
    assert ask("next", "AAA1").code == 1
    assert ask("pass-task", "AAA1", "IA", "1", "--yes", "--as", "asha").code == 3
    # Whoever is on no assignment waits for none.
    assert ask("mark", "BBB2", "101", "1.1", "pass", "--as", "asha").code == 0
    ask(*FIT)
    assert ask("status", "waiting:verify-brief", "--json").json == []
    assert "AAA1" in ask("next", "AAA1").out
    assert ask(*mark).code == 0
    # An edited sheet holds again, and so does one that cannot be relied on any more.
    for sheet in (ASSIGNMENT + "\nMore.\n", ASSIGNMENT.replace("T-101: 1.1", "T-101: 9.9, 1.1")):
        assignment.write_text(sheet, "utf-8")
        assert ask("mark", "AAA1", "101", "2.1", "pass", "--as", "asha").code == 3


@pytest.mark.parametrize(
    ("words", "code", "title"),
    [
        (("IA", "--fit", "--as", "asha"), 3, "Only a verifier verifies a brief"),
        (("IA", "--not-met", "2", "--as", "ines"), 3, "What is to be done?"),
        (("IA", "--not-met", "9", *NOT_FIT[2:]), 2, "Not on the checklist"),
        (("IA", "--not-met", "two", "--as", "ines"), 2, "These are no lines"),
        (("IA", *NOT_FIT[:4], "--as", "ines"), 2, "By whom, until when?"),
        (("IA", *NOT_FIT[:4], "--owner", "nobody", "--due", "2026-03-09", "--as", "ines"), 2, "No such member"),
        (("IA", "--fit", *NOT_FIT), 2, "Fit or not?"),
        (("--fit", "--as", "ines"), 2, "Which assignment?"),
        (("T-NONE",), 2, "No such assignment"),
    ],
)
def test_what_is_no_verification_is_refused_in_words(
    ask: Ask, assignment: Path, words: tuple[str, ...], code: int, title: str
) -> None:
    assert assignment.exists()
    answer = ask("brief", *words, "--json")
    assert (answer.code, answer.error["title"]) == (code, title)
