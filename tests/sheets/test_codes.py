from __future__ import annotations

import re
from pathlib import Path

import markterm.sheets
from markterm.domain.words.finding import Severity
from markterm.sheets.codes import CODES, found, in_order


def test_every_code_that_a_reader_reports_is_in_the_table_and_every_code_of_the_table_is_reported() -> None:
    folder = Path(markterm.sheets.__file__).parent
    modules = [file for file in folder.glob("*.py") if file.name != "codes.py"]
    reported = {code for file in modules for code in re.findall(r'"(MS\d{3})"', file.read_text(encoding="utf-8"))}
    assert reported == set(CODES)


def test_a_finding_has_the_severity_of_its_code_unless_a_lesser_one_is_given() -> None:
    assert found("MS035", "…", None, 1).severity is Severity.STYLE
    assert found("MS011", "…", None, 1).severity is Severity.ERROR
    assert found("MS011", "…", None, 1, Severity.WARNING).severity is Severity.WARNING


def test_findings_are_in_the_order_of_their_lines() -> None:
    last, first, whole = (found("MS001", "…", None, line) for line in (9, 2, None))
    assert in_order([last, first, whole]) == (whole, first, last)
