"""`audit --against` holds every kind of export against the records: it passes while they hold all that the export had,
and fails once a byte of one is another."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from markterm.cli.export import EXPORTS
from markterm.exports.canvas.submissions import as_canvas
from tests.cli.conftest import Ask
from tests.cli.test_export_canvas import handed_in
from tests.cli.test_export_feedback import give_address
from tests.cli.test_export_moodle import name_of, released, worksheet
from tests.exports.forms import form
from tests.exports.tea import TEA
from tests.standards import add_mapping, add_standard

__all__ = ["released"]

KINDS = {
    "sheet.md": ("sheet", "AAA1", "101"),
    "sheet.docx": ("sheet", "AAA1", "101"),
    "sheet.pdf": ("sheet", "AAA1", "101"),
    "sheets": ("sheet", "AAA1", "--format", "docx"),
    "feedback.md": ("feedback", "AAA1", "101"),
    "feedback.eml": ("feedback", "AAA1", "--format", "eml"),
    "record.jsonl": ("record", "AAA1"),
    "record.csv": ("record", "AAA1"),
    "records": ("record",),
    "matrix.xlsx": ("matrix",),
    "matrix.csv": ("matrix", "AAA1", "--unit", "101"),
    "cohort.html": ("cohort",),
    "cohort.pdf": ("cohort",),
    "claims.csv": ("claims", "--units", "--all"),
    "retention.xlsx": ("retention",),
    "verification.xlsx": ("verification",),
    "verification": ("verification", "--format", "csv"),
    "form.docx": ("form", "AAA1", "101", "--form", "T-101.docx"),
    "moodle.csv": ("moodle", "101", "--worksheet", "grades.csv"),
    "moodle": ("moodle", "101", "--worksheet", "grades.csv", "--feedback-zip", "moodle-handed-in.zip"),
    "canvas.zip": ("canvas", "101", "--submissions", "handed-in.zip"),
    "scripts": ("scripts", "101", "AAA1", "--key", "out/key.csv", "--as", "ines"),
    "coverage.xlsx": ("coverage", "T-101", "TEA01"),
    "portfolio-index.md": ("portfolio-index", "AAA1", "TEA01"),
    "development.md": ("development", "AAA1", "TEA01"),
    "pack": ("pack", "AAA1", "--format", "md"),
    "pack.zip": ("pack", "AAA1", "--format", "md"),
}
NAMELESS = {"scripts", "coverage.xlsx"}
"""What is to name nobody names no record either: its key does; and what is made of sheets alone."""


@pytest.fixture
def given(released: Path) -> Path:
    """What Moodle, Canvas and the awarding organisation gave out."""
    give_address(released, "AAA1", "r.jones@example.org")
    worksheet(released, f"Participant 7,{name_of(released, 'AAA1')},,-,Yes,-,")
    handed_in(released, f"{as_canvas(name_of(released, 'AAA1'))}_41_77_diary.docx")
    with ZipFile(released / "moodle-handed-in.zip", "w") as archive:
        archive.writestr(f"{name_of(released, 'AAA1')}_7_assignsubmission_file_/diary.md", "x")
    (released / "T-101.docx").write_bytes(form(unit=TEA))
    add_standard(released)
    add_mapping(released)
    return released


def test_every_kind_of_export_fails_against_a_record_of_which_one_byte_is_another(given: Path, ask: Ask) -> None:
    for name, words in KINDS.items():
        answer = ask("export", *words, "-o", f"out/{name}")
        assert answer.code == 0, (name, answer.err)
    assert {words[0] for words in KINDS.values()} == set(EXPORTS)
    asked = [*(f"out/{name}" for name in KINDS if name not in NAMELESS), "out/key.csv"]
    assert [each for each in asked if ask("audit", "--against", each).code != 0] == []
    for name in NAMELESS:
        assert ask("audit", "--against", f"out/{name}").code == 2, name
    (segment,) = (given / "records/AAA1").glob("*.log")
    data = bytearray(segment.read_bytes())
    data[-10] ^= 1
    segment.write_bytes(bytes(data))
    assert [each for each in asked if ask("audit", "--against", each).code != 4] == []
