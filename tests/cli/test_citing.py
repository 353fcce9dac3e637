"""cite and submit, and what evidence, show, log and sheet tell of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask

ASHA = ("--as", "asha")
CITE = ("cite", "AAA1", "T-101", "1.1", "diary.md", "--lines")


@pytest.fixture
def evidence(centre: Path) -> Path:
    folder = centre / "learners" / "AAA1" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    (folder / "diary.md").write_text("# Diary\n\nThe kettle boiled.\n\nAt eight.\n", "utf-8")
    (folder / "photo.heic").write_bytes(b"\0\1 not read by anybody")
    return folder


@pytest.mark.usefixtures("evidence")
def test_a_passage_is_cited_and_told_everywhere(ask: Ask) -> None:
    answer = ask(*CITE, "3", *ASHA)
    assert answer.code == 0
    assert "T-101 1.1 cited diary.md, line 3, Diary, recorded" in answer.out
    assert "“The kettle boiled.”" in ask("show", "AAA1").out
    assert "cites diary.md, line 3, Diary" in ask("show", "AAA1").out
    assert "T-101 1.1" in ask("evidence", "AAA1").out or "101 1.1" in ask("evidence", "AAA1").out
    assert "Evidence: diary.md, line 3, Diary: “The kettle boiled.”" in ask("sheet", "AAA1", "T-101").out
    assert "    The kettle boiled." in ask("log", "AAA1").out


@pytest.mark.usefixtures("evidence")
def test_the_json_of_a_citation(ask: Ask) -> None:
    ask(*CITE, "3-5", *ASHA)
    outcomes = ask("show", "AAA1", "T-101", "--json").json["units"][0]["outcomes"]
    (citation,) = outcomes[0]["criteria"][0]["citations"]
    assert (citation["file"], citation["lines"], citation["quote"]) == (
        "diary.md",
        [3, 5],
        "The kettle boiled. At eight.",
    )
    assert (citation["presence"], citation["file_now"]) == ("there", "diary.md")
    (diary, _) = ask("evidence", "AAA1", "--json").json
    assert diary["cited_by"] == ["101 1.1"] or diary["cited_by"] == ["T-101 1.1"]


def test_a_citation_follows_its_file_and_says_when_it_changed(ask: Ask, evidence: Path) -> None:
    ask(*CITE, "3", *ASHA)
    (evidence / "diary.md").rename(evidence / "renamed.md")
    assert "(renamed to renamed.md)" in ask("show", "AAA1").out
    (evidence / "renamed.md").write_text("Another text.", "utf-8")
    assert "! not there any more" in ask("show", "AAA1").out
    (evidence / "renamed.md").rename(evidence / "diary.md")
    assert "! changed since" in ask("show", "AAA1").out
    assert "cites diary.md, line 3, Diary: changed since. “The kettle boiled.”" in ask("evidence", "AAA1").err


@pytest.mark.usefixtures("evidence")
def test_a_citation_is_taken_back(ask: Ask) -> None:
    assert ask(*CITE, "3", "--take-back", *ASHA).code == 3
    ask(*CITE, "3", *ASHA)
    assert ask(*CITE, "3", "--take-back", *ASHA).code == 0
    assert "cites" not in ask("show", "AAA1").out
    assert "(taken back since)" in ask("log", "AAA1").out


@pytest.mark.usefixtures("evidence")
@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("3-1",), 2, "Write it as 12-14"),
        (("x",), 2, "Write it as 12-14"),
        (("0",), 2, "Write it as 12-14"),
        (("900",), 2, "it has 5 lines"),
    ],
)
def test_lines_that_are_none_are_wrong_use(ask: Ask, arguments: tuple[str, ...], code: int, told: str) -> None:
    answer = ask(*CITE, *arguments, *ASHA)
    assert (answer.code, told in answer.err) == (code, True)


@pytest.mark.usefixtures("evidence")
def test_an_unknown_file_is_wrong_use_and_an_unreadable_one_is_said(ask: Ask) -> None:
    assert "is the name of no file" in ask("cite", "AAA1", "101", "1.1", "nothing", "--lines", "1", *ASHA).err
    assert ask("cite", "AAA1", "101", "1.1", "photo.heic", "--lines", "1", *ASHA).code == 4


@pytest.mark.usefixtures("evidence")
def test_numbered_lines_are_those_that_are_cited(ask: Ask) -> None:
    assert "3  The kettle boiled." in ask("read", "AAA1", "diary.md", "--numbers").out


def test_a_submission_fixes_the_files_and_changes_are_told(ask: Ask, evidence: Path) -> None:
    answer = ask("submit", "AAA1", "T-101", "--opened", *ASHA)
    assert "T-101 submitted: attempt 1, 2 files, recorded" in answer.out
    assert "Since" not in ask("evidence", "AAA1").err
    (evidence / "diary.md").write_text("Later.", "utf-8")
    (evidence / "new.md").write_text("New.", "utf-8")
    (evidence / "photo.heic").unlink()
    answer = ask("evidence", "AAA1")
    assert "Since T-101 was submitted: 1 added, 1 changed, 1 removed (photo.heic)." in answer.err
    assert "changed since T-101 was submitted." in answer.out
    assert {file["name"]: file["since"] for file in ask("evidence", "AAA1", "--json").json} == {
        "diary.md": {"T-101": "changed"},
        "new.md": {"T-101": "added"},
    }


def test_the_file_names_say_which_attempt(ask: Ask, evidence: Path) -> None:
    (evidence / "R Jones-AAA1-012345-101(2).md").write_text("Again.", "utf-8")
    (evidence / "R Jones-AAA1-012345-102(1).md").write_text("Another unit.", "utf-8")
    assert "A resubmission has to be authorised" in ask("submit", "AAA1", "T-101", "--opened", *ASHA).err
    by_ines = ask("submit", "AAA1", "T-101", "--opened", "--authorised-by", "ines", *ASHA)
    assert "attempt 2, 3 files, authorised by ines" in by_ines.out
    assert ask("show", "AAA1", "T-101", "--json").json["units"][0]["attempt"] == 2
    assert ask("submit", "AAA1", "T-101", "--opened", "--attempt", "7", *ASHA).code == 3


def test_a_resubmission_is_begun_when_its_conditions_are_said_to_be_met(ask: Ask, evidence: Path) -> None:
    (evidence / "R Jones-AAA1-012345-101(2).md").write_text("Again.", "utf-8")
    file = evidence.parents[2] / "centre.toml"
    policy = '\n[policy]\nresubmission_conditions = ["The first day was kept.", "It is their own."]\n'
    file.write_text(file.read_text("utf-8") + policy, "utf-8")
    again = ("submit", "AAA1", "T-101", "--opened", "--authorised-by", "ines", *ASHA)
    refused = ask(*again, "--conditions", "1")
    assert refused.code == 3
    assert "Nobody said that this is so: 2 It is their own." in refused.err
    assert "--conditions all" in refused.err
    assert ask(*again, "--conditions", "both", "--json").error["title"] == "These are no conditions"
    assert ask(*again, "--conditions", "3", "--json").error["title"] == "No such condition"
    assert "authorised by ines, 2 conditions met" in ask(*again, "--conditions", "all").out
    assert "condition met: It is their own." in ask("attempts", "AAA1", "101").out
    (attempt, *_), *_ = [ask("attempts", "AAA1", "101", "--json").json[::-1]]
    assert attempt["submission"]["conditions"] == ["The first day was kept.", "It is their own."]


def test_nothing_is_submitted_where_there_is_nothing(ask: Ask, evidence: Path) -> None:
    for file in evidence.iterdir():
        file.unlink()
    answer = ask("submit", "AAA1", "T-101", "--opened", *ASHA)
    assert (answer.code, "Nothing to submit" in answer.err) == (3, True)
