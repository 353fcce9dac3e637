"""What is asked before an export: what is wrong with the answers is refused in words, and paths go on as they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from markterm.centre.centre import Centre
from markterm.centre.export import asked_first
from markterm.centre.export.canvas import CanvasExports
from markterm.centre.export.moodle import MoodleExports
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.words.errors import WrongUse
from tests.centres import make_centre_in, places_in
from tests.cli.test_export_moodle import HEAD, WORDS
from tests.cli.test_feedback import close_tea


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    """Ines verifies at it."""
    opened = Centre.open(make_centre_in(tmp_path / "centre"), member="ines", places=places_in(tmp_path / "own"))
    yield opened
    opened.close_down()


def _scripts(centre: Centre, **answers: str) -> None:
    asked_first.scripts(centre, OnScreen(Place.QUEUE, answers=answers), "folder")


def test_nothing_is_made_of_no_answer_or_of_one_that_says_nothing(centre: Centre) -> None:
    with pytest.raises(WrongUse, match="Of which unit"):
        _scripts(centre)
    with pytest.raises(WrongUse, match="neither yes nor no"):
        _scripts(centre, unit="101", without_centre="perhaps")
    with pytest.raises(WrongUse, match="Whose scripts"):
        _scripts(centre, unit="101", learners=" , ")
    with pytest.raises(WrongUse, match="Which worksheet"):
        asked_first.moodle(centre, OnScreen(Place.CASELOAD, answers={"unit": "101"}), "csv")
    said = OnScreen(Place.CASELOAD, answers={"unit": "101", "submissions": "x.zip", "people": "nobody"})
    with pytest.raises(WrongUse, match="Whose row"):
        asked_first.canvas(centre, said, "zip")


def test_who_was_chosen_goes_before_what_was_written_of_a_participant(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Mapping[str, str]] = []
    monkeypatch.setattr(MoodleExports, "of", lambda *said: given.append(said[-1]))
    monkeypatch.setattr(CanvasExports, "of", lambda *said: given.append(said[-1]))
    answers = {"unit": "101", "worksheet": "a.csv", "submissions": "a.zip", "people": "7=AAA1; 8=; 9 = BBB2"}
    shown = OnScreen(Place.CASELOAD, answers=answers, people={"7": "BBB2"})
    asked_first.moodle(centre, shown, "csv")
    asked_first.canvas(centre, shown, "zip")
    assert given == [{"7": "BBB2", "8": "", "9": "BBB2"}] * 2


def test_the_feedback_goes_back_into_moodle_under_the_names_in_a_zip_that_is_named(centre: Centre) -> None:
    folder = centre.folder.path
    close_tea(folder, "Which pot do you mean?")
    centre.act_as("asha")
    list(centre.feedback.release(centre.feedback.draft("AAA1", "T-101"), anyway=True))
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(WORDS)
    (folder / "grades.csv").write_text(f"{HEAD}\nParticipant 7,A,,-,Yes,-,\n", "utf-8")
    with ZipFile(folder / "sent.zip", "w") as archive:
        archive.writestr(f"{centre.learners.named('AAA1').name}_7_assignsubmission_file/diary.docx", "x")
    again = Centre.open(folder, member="asha")
    answers = {"unit": "101", "worksheet": "grades.csv", "people": "7=AAA1"}

    def names(**more: str) -> list[str]:
        shown = OnScreen(Place.CASELOAD, answers={**answers, **more})
        return [str(piece.path) for piece in asked_first.moodle(again, shown, "csv").pieces]

    assert names() == ["grades.csv"]
    assert names(submissions="sent.zip") == ["grades.csv", "feedback.zip"]
    again.close_down()


def test_the_key_goes_into_no_place_that_the_scripts_are_written_to_after_all(centre: Centre) -> None:
    centre.act_as("asha")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.act_as("ines")
    shown = OnScreen(Place.QUEUE, answers={"unit": "101", "learners": "AAA1", "key": "elsewhere/key.csv"})
    export = asked_first.scripts(centre, shown, "folder")
    with pytest.raises(WrongUse, match="not written into the scripts"):
        centre.exports.write(export, centre.folder.path / "elsewhere")
    assert not (centre.folder.path / "elsewhere").exists()
    centre.exports.write(export, centre.folder.path / "here")
    assert (centre.folder.path / "elsewhere/key.csv").exists()


def test_a_list_of_pictures_that_show_nobody_is_read_as_at_the_command_line(centre: Centre) -> None:
    centre.act_as("asha")
    centre.attempts.declare("AAA1", "signed sheet")
    centre.act_as("ines")
    Image.new("RGB", (9, 9), "blue").save(centre.folder.path / "learners/AAA1/evidence/tea.png")
    (centre.folder.path / "seen.txt").write_text("AAA1, tea.png\n", "utf-8")
    answers = {"unit": "101", "learners": "AAA1", "shows_nobody": "seen.txt"}
    export = asked_first.scripts(centre, OnScreen(Place.QUEUE, answers=answers), "folder")
    assert "given as a picture of its pixels alone, without names" in [piece.what for piece in export.pieces]
    (centre.folder.path / "seen.txt").write_text("AAA1\n", "utf-8")
    with pytest.raises(WrongUse, match="The list cannot be read"):
        asked_first.scripts(centre, OnScreen(Place.QUEUE, answers=answers), "folder")


def test_a_path_goes_on_to_a_folder_or_a_file_of_that_kind(centre: Centre) -> None:
    down = centre.folder.path / "down"
    for name in ("old.zip", "Grades.csv", "Grades.pdf", ".hidden.csv", "new\x1b.csv"):
        (down / "sub").mkdir(parents=True, exist_ok=True)
        (down / name).touch()
    completed = centre.named_files.completed
    assert completed("dow", (".csv",)) == "down/"
    assert completed("down/", (".csv",)) == "down/sub/"
    assert completed("down/G", (".csv",)) == "down/Grades.csv"
    assert completed(f"{down}/G", (".csv",)) == f"{down}/Grades.csv"
    assert completed("down/.h", (".csv",)) == "down/.hidden.csv"
    assert completed("down/new", (".csv",)) == "", "what cannot be typed is not proposed"
    assert completed("down/o", (".csv",)) == ""
    assert completed("nowhere/o", (".csv",)) == ""
    assert completed("down/Grades.csv/", (".csv",)) == ""


def test_a_pack_is_of_whoever_is_listed_or_asked_for_with_those_of_the_day_of_the_visit(centre: Centre) -> None:
    def title(**answers: str) -> str:
        shown = OnScreen(Place.CASELOAD, learners=("AAA1", "BBB2"), answers=answers)
        return asked_first.pack(centre, shown, "md").title

    assert title() == title(learners="AAA1", added="BBB2") == "Visit pack of 2 learners"
    assert title(learners="BBB2, BBB2") == "Visit pack of 1 learner"
    assert title(since="2999-01-01", added="BBB2") == "Visit pack of 1 learner"
    with pytest.raises(WrongUse, match="neither yes nor no"):
        title(evidence="some")
    shown = OnScreen(Place.LEARNER, learners=("AAA1",), answers={"added": "NOBODY", "evidence": "no"})
    assert [each.what for each in asked_first.pack(centre, shown, "md").left_out] == ["NOBODY"]
