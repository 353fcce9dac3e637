"""`X` asks first for what no screen shows: a file that the centre has, and who is who where a site names people."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from markterm.centre.centre import Centre
from markterm.centre.export.asked_first import OF_PACK, scripts
from markterm.centre.export.shown import OnScreen, Place
from markterm.tui.exporting.preview import PreviewScreen
from markterm.tui.widgets.choice import ChoiceScreen
from tests.centres import make_centre_in
from tests.cli.test_export_moodle import HEAD, WORDS
from tests.cli.test_feedback import close_tea
from tests.exports.forms import form
from tests.exports.tea import TEA
from tests.tui.sitting import NARROW, Sitting, sitting


def _released(folder: Path) -> Path:
    """Tea of AAA1 was referred and released; a worksheet has two rows of the same name, and one of nobody."""
    make_centre_in(folder)
    close_tea(folder, "Which pot do you mean?")
    with_asha = Centre.open(folder, member="asha")
    list(with_asha.feedback.release(with_asha.feedback.draft("AAA1", "T-101"), anyway=True))
    name = with_asha.learners.named("AAA1").name
    with_asha.close_down()
    with (folder / "centre.toml").open("a", encoding="utf-8") as file:
        file.write(WORDS)
    rows = f"Participant 7,{name},,-,Yes,-,", f"Participant 8,{name},,-,Yes,-,", "Participant 9,No One,,,Yes,-,"
    (folder / "Grades.csv").write_bytes("\r\n".join((HEAD, *rows, "")).encode())
    return folder


async def _look_at(at: Sitting, what: str) -> None:
    await at.press("X")
    for _ in range(20):
        if any(line.lstrip("│ ").startswith(f"▸ {what}") for line in at.lines):
            break
        await at.press("down")
    await at.press("enter")


async def test_the_worksheet_of_moodle_is_asked_for_with_who_is_who_and_filled_in(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_released) as at:
        await _look_at(at, "Outcomes and feedback into Moodle")
        await at.type("101")
        await at.press("tab")
        await at.type("Gra")
        await at.shows("Grades.csv")
        await at.press("right", "enter")
        await at.shows("Which learner is Participant 7")
        await at.press("enter")
        await at.shows("Which learner is Participant 8")
        await at.press("end", "enter")
        await at.shows("For Moodle: 1 CSV file")
        assert "is AAA1, as it was said" in at.text
        assert "nobody of this centre" in at.text
        await at.press("enter")
        await at.shows("All of it is on the disk.")
        rows = list(csv.reader(io.StringIO((at.folder / "exports/Grades.csv").read_text("utf-8"), newline="")))
        assert [row[3] for row in rows[1:]] == ["Not yet", "-", ""]


@pytest.mark.long
async def test_what_was_answered_stays_when_something_is_wrong_with_it_and_when_it_is_left(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_released) as at:
        await _look_at(at, "Outcomes and feedback into Moodle")
        await at.type("101")
        await at.press("tab")
        await at.type("learners")
        await at.press("enter")
        await at.shows("The worksheet cannot be read.")
        await at.press("tab", "ctrl+u")
        await at.type("Grades.csv")
        await at.press("enter", "enter", "enter")
        await at.shows("Who is who?")
        assert "Grades.csv" in at.text, "two rows were said to be the same learner"
        await at.press("escape", "enter")
        assert "Grades.csv" in at.text
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, ChoiceScreen))
        await at.press("escape", "escape")
        assert at.app.screen is at.app.caseload


@pytest.mark.long
async def test_the_form_of_the_unit_is_filled_after_a_look_at_what_it_asks_for(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, learner="AAA1") as at:
        (at.folder / "T-101.docx").write_bytes(form(unit=TEA))
        await _look_at(at, "The awarding organisation's own form")
        await at.press("enter")
        await at.shows("Which form?")
        await at.type("T-101.docx")
        await at.press("enter")
        await at.shows("The form T-101.docx: 1 Word file")
        assert "goes to table" in at.text
        await at.press("enter")
        await at.shows("All of it is on the disk.")
        with ZipFile(at.folder / "exports/AAA1 T-101 T-101.docx") as filled:
            assert "AAA1" in filled.read("word/document.xml").decode()


@pytest.mark.long
async def test_scripts_are_written_with_their_key_apart_and_the_place_of_it_is_told(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, member="ines") as at:
        at.as_other("asha").attempts.declare("AAA1", "signed sheet")
        await at.press("3")
        await _look_at(at, "Scripts without names")
        await at.type("101")
        await at.press("tab")
        await at.type("AAA1")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PreviewScreen))
        assert "stands in exports/keys/scripts T-101 key.csv" in " ".join(at.text.replace("│", " ").split())
        await at.press("enter")
        await at.shows("All of it is on the disk.")
        exports = at.folder / "exports"
        assert "AAA1" in (exports / "keys/scripts T-101 key.csv").read_text("utf-8")
        assert (exports / "scripts T-101/script-01").is_dir()


@pytest.mark.long
async def test_scripts_leave_the_centres_name_out_where_that_is_answered(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, member="ines") as at:
        at.as_other("asha").attempts.declare("AAA1", "signed sheet")
        for answer, is_named in (("no", True), ("yes", False)):
            answers = {"unit": "101", "learners": "AAA1", "without_centre": answer}
            made = scripts(at.app.centre, OnScreen(Place.QUEUE, answers=answers), "folder")
            at.app.centre.exports.write(made, tmp_path / answer)
            (sheet,) = (tmp_path / answer).rglob("*.docx")
            with ZipFile(sheet) as word:
                assert (b"Test Centre" in word.read("word/document.xml")) is is_named


async def test_who_is_who_is_asked_without_names_where_learners_are_marked_blind(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW, make=_released, blind=True) as at:
        await at.press("enter", "1")
        await _look_at(at, "Outcomes and feedback into Moodle")
        await at.type("T-102")
        await at.press("tab")
        await at.type("Grades.csv")
        await at.press("enter")
        await at.shows("Which learner is Participant 7")
        for name in ("AAA1", "Rosalind", "Jones"):
            assert name not in at.text


@pytest.mark.long
async def test_who_a_pack_is_of_is_asked_for_and_what_a_field_is_for_is_not_cut(tmp_path: Path) -> None:
    async with sitting(tmp_path, size=NARROW) as at:
        await _look_at(at, "Pack for a visit")
        for question in OF_PACK:
            await at.shows(question.usual or question.told)
        assert "Paths begin" not in at.text
        await at.type("AAA1")
        await at.press("tab", "tab", "tab")
        await at.type("BBB2")
        await at.press("enter")
        await at.shows("Visit pack of 2 learners")
