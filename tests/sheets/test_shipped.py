from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import markterm
from markterm.domain.assessed.qualification_progress import evaluate
from markterm.domain.assessed.unit import Standing, Unit
from markterm.sheets.assignment_file import read_assignment
from markterm.sheets.assignment_writer import ASSIGNMENT_WRITER
from markterm.sheets.front_matter import kind_of
from markterm.sheets.kinds import ASSIGNMENT, COMPETENCE, QUALIFICATION
from markterm.sheets.lint import check
from markterm.sheets.mapping_file import read_mapping
from markterm.sheets.member_file import read_member
from markterm.sheets.qualification_file import read_qualification
from markterm.sheets.qualification_writer import QUALIFICATION_WRITER
from markterm.sheets.reading import SheetReading
from markterm.sheets.requirements_file import read_requirements
from markterm.sheets.sheet_library import SheetLibrary
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.standard_file import read_standard
from markterm.sheets.suite_file import read_suite
from markterm.sheets.text_file import read_text_file
from markterm.sheets.unit_library import UnitLibrary
from markterm.sheets.unit_sheet import read_unit
from markterm.sheets.unit_writer import UNIT_WRITER

FACTS = {"8580-500": (5, 5, 18), "8580-501": (5, 5, 12), "8580-502": (5, 29, 20), "8580-503": (5, 3, 7)}


def reading_of(code: str) -> SheetReading[Unit]:
    file = shipped_mark_sheets() / "units" / f"{code}.md"
    return read_unit(read_text_file(file), file)


def test_no_shipped_sheet_has_a_finding() -> None:
    assert check([shipped_mark_sheets()]) == ()


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_has_the_facts_of_its_unit(code: str) -> None:
    unit = reading_of(code).sheet
    assert unit is not None
    assert unit.code == code
    assert (unit.level, unit.credit, unit.glh) == FACTS[code]


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_describes_each_standing_of_each_criterion(code: str) -> None:
    unit = reading_of(code).sheet
    assert unit is not None
    assert unit.criteria
    for criterion in unit.criteria:
        assert [descriptor.standing for descriptor in criterion.descriptors] == list(Standing), criterion.number


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_is_written_back_byte_for_byte(code: str) -> None:
    reading = reading_of(code)
    assert reading.sheet is not None
    assert UNIT_WRITER.rewrite(reading, reading.sheet) == reading.source
    assert UNIT_WRITER.render(reading.sheet) == reading.source


ASSIGNMENTS = {
    "8580-IA-CERT": ("8580-500", "8580-501", "8580-503"),
    "8580-IA-DIP": ("8580-500", "8580-502", "8580-503"),
    "8580-IA-500-503": ("8580-500", "8580-503"),
}


def test_the_shipped_assignments_cover_every_criterion_of_their_units_and_some_in_two_tasks() -> None:
    units = UnitLibrary.load(shipped_mark_sheets()).units
    library = SheetLibrary.load(ASSIGNMENT, shipped_mark_sheets(), units)
    assert library.findings == ()
    assert {code: assignment.units for code, assignment in library.by_code.items()} == ASSIGNMENTS
    for assignment in library.by_code.values():
        assert assignment.uncovered(units) == ()
        assert len(assignment.criteria) == sum(len(units[code].criteria) for code in assignment.units)
        assert any(len(assignment.tasks_carrying(cell)) == 2 for cell in assignment.criteria)
        assert all(assignment.deciding_task(cell) for cell in assignment.criteria)
        assert 3 <= len(assignment.tasks) <= 5
        assert all(task.brief and task.evidence for task in assignment.tasks)


def test_the_shipped_qualifications_have_their_facts() -> None:
    library = SheetLibrary.load(QUALIFICATION, shipped_mark_sheets(), UnitLibrary.load(shipped_mark_sheets()).units)
    assert library.findings == ()
    certificate, diploma = library.by_code["8580-CERT"], library.by_code["8580-DIP"]
    assert (certificate.qan, certificate.credit, list(certificate.units)) == (
        "600/5791/9",
        13,
        ["8580-500", "8580-501", "8580-503"],
    )
    assert (diploma.qan, diploma.credit, list(diploma.units)) == (
        "600/5781/6",
        37,
        ["8580-500", "8580-502", "8580-503"],
    )
    for qualification in (certificate, diploma):
        assert (qualification.years, qualification.induction, qualification.tutorial) == (3, 1, 2)
        assert qualification.starts == date(2012, 9, 1)
        assert qualification.reachable
    assert certificate.progression == ("Level 5 Diploma in Coaching and Mentoring", *diploma.progression)


def test_the_shipped_requirements_are_eight_for_tutors_and_eight_for_assessors_and_verifiers() -> None:
    library = SheetLibrary.load(COMPETENCE, shipped_mark_sheets())
    assert library.findings == ()
    sheet = library.by_code["8580-L5"]
    assert sheet.suite == "8580"
    assert [each.code for each in sheet.for_tutors] == [f"T{number}" for number in range(1, 9)]
    assert [each.code for each in sheet.for_assessors] == [f"A{number}" for number in range(1, 9)]
    for own in (sheet.for_tutors, sheet.for_assessors):
        assert [each.code[1:] for each in own if each.years is None] == ["2", "7"]
        assert [each.code[1:] for each in own if each.is_cpd] == ["3", "5", "8"]
        assert [each.code[1:] for each in own if each.lasting] == ["5", "6"]
        assert all(each.evidence for each in own)


def test_a_learner_who_moves_from_the_certificate_to_the_diploma_keeps_two_units() -> None:
    library = SheetLibrary.load(QUALIFICATION, shipped_mark_sheets(), UnitLibrary.load(shipped_mark_sheets()).units)
    passed = ("8580-500", "8580-501", "8580-503")
    assert evaluate(library.by_code["8580-CERT"], passed, None, date(2026, 1, 1)).complete
    moved = evaluate(library.by_code["8580-DIP"], passed, None, date(2026, 1, 1))
    assert [unit.code for unit in moved.counted] == ["8580-500", "8580-503"]
    assert moved.sentence == "Pass 8580-502 (29 credits) to complete it."


def test_a_shipped_assignment_or_qualification_is_written_back_byte_for_byte() -> None:
    for file in (shipped_mark_sheets() / "assignments").glob("*.md"):
        assignment = read_assignment(read_text_file(file))
        assert assignment.sheet is not None
        assert ASSIGNMENT_WRITER.rewrite(assignment, assignment.sheet) == assignment.source
        assert read_assignment(ASSIGNMENT_WRITER.render(assignment.sheet)).sheet == assignment.sheet
    for file in (shipped_mark_sheets() / "qualifications").glob("*.md"):
        qualification = read_qualification(read_text_file(file))
        assert qualification.sheet is not None
        assert QUALIFICATION_WRITER.rewrite(qualification, qualification.sheet) == qualification.source
        assert QUALIFICATION_WRITER.render(qualification.sheet) == qualification.source


def test_the_examples_in_the_explanation_have_no_findings() -> None:
    about = read_text_file(shipped_mark_sheets() / "README.md")
    examples = re.findall(r"```markdown\n(.*?)```", about, re.DOTALL)
    assert [kind_of(example) for example in examples] == [
        "unit",
        "unit",
        "assignment",
        "qualification",
        "competence",
        "member",
        "standard",
        "suite",
        "mapping",
        "learner",
    ]
    for number, read in ((6, read_standard), (7, read_suite), (8, read_mapping)):
        assert read(examples[number]).findings == ()
    assert read_unit(examples[0]).findings == read_unit(examples[1]).findings == ()
    assert read_assignment(examples[2]).findings == ()
    assert read_qualification(examples[3]).findings == ()
    assert read_requirements(examples[4]).findings == ()
    assert read_member(examples[5]).findings == ()
    member = read_member(examples[5]).sheet
    assert member is not None
    assert len(member.shown) == 4


def test_an_installed_package_carries_its_sheets_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "markterm"
    (package / "mark_sheets").mkdir(parents=True)
    monkeypatch.setattr(markterm, "__file__", str(package / "__init__.py"))
    assert shipped_mark_sheets() == package / "mark_sheets"


def test_in_a_checkout_the_sheets_stand_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markterm, "__file__", str(tmp_path / "markterm" / "__init__.py"))
    assert shipped_mark_sheets() == tmp_path / "mark_sheets"
