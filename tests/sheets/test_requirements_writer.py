from __future__ import annotations

from markterm.domain.assessed.competence import CompetenceSheet, Requirement
from markterm.sheets.requirements_file import read_requirements
from markterm.sheets.requirements_writer import REQUIREMENTS_WRITER


def test_what_is_written_is_read_back_without_a_finding() -> None:
    sheet = CompetenceSheet(
        "TEA-STAFF",
        "Staff: tea",
        "TEA",
        (Requirement("T1", "Has made tea.", 3, False, ("tea", "more tea"), ("a certificate",)),),
        (Requirement("A1", "Keeps up.", None, is_cpd=True),),
    )
    reading = read_requirements(REQUIREMENTS_WRITER.render(sheet))
    assert (reading.sheet, reading.findings) == (sheet, ())
