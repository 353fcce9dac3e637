from __future__ import annotations

from pathlib import Path

import pytest

import markterm
from markterm.domain.unit import Standing
from markterm.sheets.shipped import shipped_mark_sheets
from markterm.sheets.text_file import read_text_file
from markterm.sheets.unit_library import check
from markterm.sheets.unit_sheet import UnitReading, read_unit
from markterm.sheets.unit_writer import render_unit, rewrite_unit

FACTS = {"8580-500": (5, 5, 18), "8580-501": (5, 5, 12), "8580-502": (5, 29, 20), "8580-503": (5, 3, 7)}


def reading_of(code: str) -> UnitReading:
    file = shipped_mark_sheets() / "units" / f"{code}.md"
    return read_unit(read_text_file(file), file)


def test_no_shipped_sheet_has_a_finding() -> None:
    assert check([shipped_mark_sheets()]) == ()


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_has_the_facts_of_its_unit(code: str) -> None:
    unit = reading_of(code).unit
    assert unit is not None
    assert unit.code == code
    assert (unit.level, unit.credit, unit.glh) == FACTS[code]


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_describes_each_standing_of_each_criterion(code: str) -> None:
    unit = reading_of(code).unit
    assert unit is not None
    assert unit.criteria
    for criterion in unit.criteria:
        assert [descriptor.standing for descriptor in criterion.descriptors] == list(Standing), criterion.number


@pytest.mark.parametrize("code", FACTS)
def test_a_shipped_sheet_is_written_back_byte_for_byte(code: str) -> None:
    reading = reading_of(code)
    assert reading.unit is not None
    assert rewrite_unit(reading, reading.unit) == reading.source
    assert render_unit(reading.unit) == reading.source


def test_an_installed_package_carries_its_sheets_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "markterm"
    (package / "mark_sheets").mkdir(parents=True)
    monkeypatch.setattr(markterm, "__file__", str(package / "__init__.py"))
    assert shipped_mark_sheets() == package / "mark_sheets"


def test_in_a_checkout_the_sheets_stand_beside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markterm, "__file__", str(tmp_path / "markterm" / "__init__.py"))
    assert shipped_mark_sheets() == tmp_path / "mark_sheets"
