"""`markterm form check` shows where what belongs in a form, and `markterm export form` fills it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Ask
from tests.cli.test_feedback import close_tea
from tests.exports.forms import cell, form, para, split, table
from tests.exports.tea import TEA


@pytest.fixture
def tea(centre: Path) -> Path:
    """The form of the unit, in the centre's folder."""
    path = centre / "T-101.docx"
    path.write_bytes(form(unit=TEA))
    return path


def test_a_check_tells_of_every_criterion_and_of_what_people_sign(ask: Ask, tea: Path) -> None:
    told = ask("form", "check", str(tea), "101")
    assert told.code == 0
    assert "1.1 decision" in told.out
    assert "a person signs it" in told.out
    assert sorted(path.name for path in tea.parent.glob("T-101*")) == ["T-101.docx"]


def test_a_check_ends_with_1_when_a_criterion_has_no_place(ask: Ask, tea: Path) -> None:
    tea.write_bytes(form(table([cell("1.1"), cell("P/R"), cell("")], columns=3)))
    told = ask("form", "check", str(tea), "101")
    assert told.code == 1
    assert "decision of 1.2, 2.1" in told.out


def test_a_fault_of_the_mapping_is_told_and_nothing_is_filled(ask: Ask, tea: Path) -> None:
    tea.with_suffix(".map.toml").write_text('[labels]\n"ENR" = "registrations"\n', "utf-8")
    told = ask("form", "check", str(tea), "101")
    assert told.code == 1
    assert "registrations" in told.out
    assert ask("export", "form", "AAA1", "101", "--form", str(tea)).code == 4


def test_a_form_is_filled_from_the_record(ask: Ask, tea: Path, tmp_path: Path) -> None:
    ask("mark", "AAA1", "T-101", "1.1", "pass", "--note", "It boils.", "--as", "asha")
    told = ask("export", "form", "AAA1", "101", "--form", str(tea), "-o", str(tmp_path / "filled.docx"))
    assert told.code == 0
    first = Document(io.BytesIO((tmp_path / "filled.docx").read_bytes())).tables[2]
    assert (first.rows[3].cells[4].text, first.rows[4].cells[3].text) == ("It boils.", "Pass")
    assert first.rows[6].cells[3].text == "Open"
    assert ask("audit", "--against", str(tmp_path / "filled.docx.heads")).code == 0


@pytest.mark.usefixtures("tea")
def test_a_form_that_is_none_is_refused_in_words(ask: Ask, centre: Path) -> None:
    (centre / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert ask("form", "check", str(centre / "none.docx"), "101").code == 2
    told = ask("form", "check", str(centre / "old.doc"), "101")
    assert told.code == 4
    assert "save it as .docx" in told.err


def test_a_pdf_needs_libreoffice_and_a_preview_writes_nothing(ask: Ask, tea: Path) -> None:
    told = ask("export", "form", "AAA1", "101", "--form", str(tea), "--format", "pdf")
    assert told.code == 3
    assert "LibreOffice" in told.err
    assert ask("export", "form", "AAA1", "101", "--form", str(tea), "-o", str(tea.parent / "tea.pdf")).code == 3
    assert ask("export", "form", "AAA1", "101", "--form", str(tea), "--preview").code == 0
    assert not (tea.parent / "exports").exists()


def test_what_the_form_has_no_place_for_is_told_when_it_is_filled(ask: Ask, tea: Path, tmp_path: Path) -> None:
    tea.write_bytes(form(table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)))
    ask("mark", "AAA1", "T-101", "1.2", "pass", "--note", "Warm.", "--as", "asha")
    told = ask("export", "form", "AAA1", "101", "--form", str(tea), "-o", str(tmp_path / "filled.docx"))
    assert told.code == 0
    assert "decision of 1.2, 2.1 has no place in the form" in told.err
    assert "feedback of 1.2 has no place in the form" in told.err


def test_a_form_that_names_another_unit_is_not_filled_with_the_decisions_of_this_one(ask: Ask, tea: Path) -> None:
    rows = table([cell("AC"), cell("P/R")], *([cell(number), cell("")] for number in ("1.1", "1.2", "2.1")), columns=2)
    tea.write_bytes(form(para(split("Mark sheet: T-102 Washing Up")) + rows))
    told = ask("form", "check", str(tea), "101")
    assert told.code == 1
    assert "It names T-102 and not T-101" in told.out
    refused = ask("export", "form", "AAA1", "101", "--form", str(tea))
    assert refused.code == 3
    assert "This is the form of another unit" in refused.err
    # Whoever says which tables are the unit's has looked at it.
    tea.with_suffix(".map.toml").write_text('[tables]\n"T-101" = [1]\n', "utf-8")
    assert ask("export", "form", "AAA1", "101", "--form", str(tea)).code == 0
    tea.with_suffix(".map.toml").unlink()
    tea.write_bytes(form(para(split("T-101 Making Tea, after T-102 Washing Up")) + rows))
    assert ask("export", "form", "AAA1", "101", "--form", str(tea), "--force").code == 0


def test_a_form_that_words_the_criteria_otherwise_is_filled_and_that_is_told(ask: Ask, tea: Path) -> None:
    tea.write_bytes(form(table([cell("AC"), cell("P/R")], [cell("1.1 Cook the cat"), cell("")], columns=2)))
    told = ask("export", "form", "AAA1", "101", "--form", str(tea))
    assert told.code == 0
    assert "It words 1.1 otherwise than the centre's sheet of T-101." in told.err


def test_work_that_nobody_submitted_is_told_as_submitted_by_no_sheet_form_or_matrix(ask: Ask, tea: Path) -> None:
    close_tea(tea.parent, "Which pot?")
    rows = table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    tea.write_bytes(
        form(table([cell("Date submitted"), cell("")], [cell("Assessor comments"), cell("")], columns=2) + rows)
    )

    def told() -> tuple[str, str, str]:
        sheet = next(line for line in ask("sheet", "AAA1", "101").out.splitlines() if line.startswith("| Attempt"))
        assert ask("export", "form", "AAA1", "101", "--form", "T-101.docx", "-o", "f.docx", "--force").code == 0
        filled = Document(io.BytesIO((tea.parent / "f.docx").read_bytes())).tables[0].rows[0].cells[1].text
        assert ask("export", "matrix", "101", "--format", "csv", "-o", "m", "--force").code == 0
        (rows,) = (list(csv.DictReader(each.open(encoding="utf-8-sig"))) for each in (tea.parent / "m").glob("*T-101*"))
        return sheet, filled, next(row["Submitted"] for row in rows if row["Registration"] == "AAA1")

    sheet, *days = told()
    assert "| 1, evidence fixed at closing 20" in sheet
    assert days == ["", ""]
    again = ("submit", "AAA1", "101", "--opened", "--declared", "e-mail", "--authorised-by", "ines", "--as", "asha")
    (tea.parent / "learners" / "AAA1" / "evidence" / "pot.md").write_text("Brown.", "utf-8")
    assert ask(*again).code == 0
    sheet, *days = told()
    assert f"| 2, submitted {days[0]} |" in sheet
    assert days[0] == days[1] != ""
