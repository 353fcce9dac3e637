"""Office files saved under "Strict Open XML"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.readers.strict import transitional
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence import made_more, made_office


def _fill(workbook: Workbook) -> None:
    workbook.active.append(["I logged forty hours", 7.5])
    workbook.active["A1"].hyperlink = "https://example.org/log"


def test_a_strict_workbook_reads_as_any_other(tmp_path: Path) -> None:
    usual, strict = tmp_path / "usual.xlsx", tmp_path / "strict.xlsx"
    usual.write_bytes(made_more.xlsx(_fill))
    strict.write_bytes(made_office.strict(usual.read_bytes()))
    assert b"purl.oclc.org" in made_office.parts_of(strict.read_bytes())["xl/workbook.xml"]
    assert xlsx.read(strict) == xlsx.read(usual)
    assert "forty hours](<https://example.org/log>)" in xlsx.read(strict).markdown


def test_names_that_differ_in_more_than_their_beginning_are_the_usual_ones() -> None:
    strict = b'xmlns="http://purl.oclc.org/ooxml/officeDocument/customProperties"'
    usual = b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    assert transitional(strict) == usual
    assert transitional(usual) == usual
    relation: Any = b"http://purl.oclc.org/ooxml/officeDocument/relationships/slide"
    assert transitional(relation) == b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"


def test_a_part_in_utf_16_is_read_too() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><a xmlns="http://purl.oclc.org/ooxml/drawingml/main">Zoë</a>'
    expected = '<?xml version="1.0"?><a xmlns="http://schemas.openxmlformats.org/drawingml/2006/main">Zoë</a>'
    assert transitional(part.encode("utf-16")) == expected.encode()
