"""`markterm export moodle` fills in the worksheet that Moodle gave out, for whom feedback was released."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Ask
from tests.cli.test_export_feedback import pdf_text
from tests.cli.test_feedback import EDITED, close_tea

HEAD = 'Identifier,"Full name","Email address",Grade,"Grade can be changed","Last modified (grade)","Feedback comments"'
WORDS = '\n[moodle]\npass = "Achieved"\nrefer = "Not yet"\n'
ASKED = ("export", "moodle", "101", "--worksheet", "grades.csv")


@pytest.fixture
def released(centre: Path, ask: Ask) -> Path:
    """Tea of AAA1 was referred and released; the site's words are known."""
    close_tea(centre, "Which pot do you mean?")
    (centre / "edited.md").write_text(f"{EDITED}\n=1+1 \\\\ <b>\n", "utf-8")
    assert ask("release", "AAA1", "101", "--text", "edited.md", "--anyway", "--as", "asha").code == 0
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(WORDS)
    return centre


def worksheet(centre: Path, *rows: str) -> None:
    (centre / "grades.csv").write_bytes("\r\n".join((HEAD, *rows, "")).encode("utf-8-sig"))


def name_of(centre: Path, registration: str) -> str:
    text = (centre / "learners" / registration / "learner.md").read_text("utf-8")
    return text.split("name: ")[1].split("\n")[0]


def filled(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))[1:]


def test_the_outcome_and_the_feedback_are_filled_in_and_the_rest_stays(released: Path, ask: Ask) -> None:
    mine, other = name_of(released, "AAA1"), name_of(released, "BBB2")
    worksheet(
        released,
        f"Participant 7,{mine},,-,Yes,-,",
        f"Participant 8,{other},,old,Yes,-,kept",
        "Participant 9,No One,,,Yes,-,",
    )
    answer = ask(*ASKED, "-o", "out.csv")
    assert answer.code == 0
    first, second, third = filled(released / "out.csv")
    assert first[3] == "Not yet"
    assert "Nearly there." in first[6]
    assert "=1+1" in first[6]
    assert "&lt;b&gt;" in first[6]
    assert "\\" not in first[6]
    assert first[6].startswith("<p>")
    assert (second[3], second[6]) == ("old", "kept")
    assert third == ["Participant 9", "No One", "", "", "Yes", "-", ""]
    assert "Participant 8 (BBB2)" in answer.err
    assert "nobody of this centre" in answer.err
    assert ask("audit", "--against", "out.csv").code == 0


def test_a_locked_grade_and_what_does_not_stand_any_more_are_left(released: Path, ask: Ask) -> None:
    worksheet(released, f"Participant 7,{name_of(released, 'AAA1')},,-,No,-,")
    locked = ask(*ASKED)
    assert locked.code == 2
    assert "would not take another grade" in locked.err
    worksheet(released, f"Participant 7,{name_of(released, 'AAA1')},,Achieved,Yes,-,")
    assert "Another grade stood there" in ask(*ASKED, "--preview").err
    ask("reopen", "AAA1", "101", "--reason", "The wrong pot.", "--as", "asha")
    assert ask(*ASKED).code == 2


def test_who_cannot_be_told_is_asked_for_and_may_be_said(released: Path, ask: Ask) -> None:
    mine = name_of(released, "AAA1")
    worksheet(released, f"Participant 7,{mine},,-,Yes,-,", f"Participant 8,{mine},,-,Yes,-,")
    doubtful = ask(*ASKED)
    assert doubtful.code == 3
    assert "--match" in doubtful.err
    preview = ask(*ASKED, "--match", "Participant 8=", "--preview").out
    assert f"Participant 7 {mine} is AAA1, by name" in preview
    assert "Participant 8" not in preview
    assert ask(*ASKED, "--match", "Participant 8=", "-o", "out.csv").code == 0
    assert [row[3] for row in filled(released / "out.csv")] == ["Not yet", "-"]
    assert ask(*ASKED, "--match", "Participant 8=AAA1", "--match", "7=", "-o", "b.csv").code == 0
    assert [row[3] for row in filled(released / "b.csv")] == ["-", "Not yet"]
    for words in ("8", "=AAA1", "Participant 99=AAA1", "8=ZZZ9"):
        assert ask(*ASKED, "--match", words).code == 2


def test_the_number_in_the_names_of_the_evidence_tells_whose_row_it_is(released: Path, ask: Ask) -> None:
    (released / "learners/AAA1/evidence/Somebody_7_assignsubmission_file").mkdir()
    worksheet(released, "Participant 7,,,-,Yes,-,")
    found = "Participant 7 is AAA1, by the number in the names of the evidence"
    assert found in ask(*ASKED, "--preview").out
    assert ask(*ASKED, "--preview", "--json").json["found"] == [found]
    assert ask(*ASKED, "-o", "out.csv").code == 0
    assert filled(released / "out.csv")[0][3] == "Not yet"


def test_the_feedback_is_zipped_under_the_names_of_the_submissions(released: Path, ask: Ask) -> None:
    worksheet(released, f"Participant 7,{name_of(released, 'AAA1')},,-,Yes,-,")
    with ZipFile(released / "submissions.zip", "w") as archive:
        archive.writestr("R Jones_7_assignsubmission_file/diary.docx", "x")
    assert ask(*ASKED, "--feedback-zip", "submissions.zip", "-o", "out").code == 0
    assert sorted(each.name for each in (released / "out").iterdir()) == [
        "feedback.zip",
        "grades.csv",
        "record-heads.txt",
    ]
    with ZipFile(released / "out/feedback.zip") as archive:
        (name,) = archive.namelist()
        assert name == "R Jones_7_assignsubmission_file/AAA1 T-101 feedback.pdf"
        assert "Nearly there." in pdf_text(archive.read(name))


def test_no_feedback_goes_under_the_name_of_another_participant(released: Path, ask: Ask) -> None:
    worksheet(released, f"Participant 7,{name_of(released, 'AAA1')},,-,Yes,-,", "Participant 8,Priya Raman,,-,Yes,-,")
    with ZipFile(released / "submissions.zip", "w") as archive:
        archive.writestr("Priya Raman_7_assignsubmission_file/diary.docx", "x")
    answer = ask(*ASKED, "--feedback-zip", "submissions.zip", "-o", "out.csv")
    assert answer.code == 0
    assert "the feedback file of AAA1: the zip has their number for Priya Raman" in answer.err
    assert filled(released / "out.csv")[0][3] == "Not yet"


def test_without_the_words_of_the_site_there_is_no_file(centre: Path, ask: Ask) -> None:
    worksheet(centre, "Participant 7,x,,-,Yes,-,")
    refused = ask(*ASKED)
    assert refused.code == 2
    assert "[moodle]" in refused.err
    with (centre / "centre.toml").open("a", encoding="utf-8") as file:
        file.write('\n[moodle]\npass = "Yes"\nrefer = "Yes"\n')
    assert ask(*ASKED).code == 4


@pytest.mark.usefixtures("released")
def test_a_worksheet_that_is_none_is_refused(ask: Ask) -> None:
    assert ask("export", "moodle", "101", "--worksheet", "none.csv").code == 2
    assert ask("export", "moodle", "101", "--worksheet", "edited.md").code == 4
