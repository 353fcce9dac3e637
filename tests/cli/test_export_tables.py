"""`markterm export matrix` writes what was asked for in the form that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.cli.conftest import Ask


@pytest.mark.usefixtures("centre")
def test_a_matrix_is_a_workbook_unless_its_name_or_an_option_says_otherwise(ask: Ask, tmp_path: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    assert ask("export", "matrix", "-o", str(tmp_path / "m.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")["T-101"]
    assert [cell.value for cell in sheet[1]][:4] == ["Registration", "Learner", "1.1", "1.2"]
    assert {row[0].value: row[2].value for row in sheet.iter_rows(min_row=2)}["AAA1"] == "P"
    assert ask("audit", "--against", str(tmp_path / "m.xlsx")).code == 0
    assert ask("export", "matrix", "--unit", "101", "-o", str(tmp_path / "m.html")).code == 0
    assert (tmp_path / "m.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("centre")
def test_as_csv_each_table_of_a_matrix_is_a_file(ask: Ask, tmp_path: Path) -> None:
    assert ask("mark", "AAA1", "T-101", "1.1", "pass", "--as", "asha").code == 0
    told = ask("export", "matrix", "--by", "unit", "--format", "csv", "-o", str(tmp_path / "m"), "--json")
    assert {each["path"] for each in json.loads(told.out)["files"]} == {
        "matrix by unit Units.csv",
        "matrix by unit Units in detail.csv",
        "record-heads.txt",
    }


@pytest.mark.usefixtures("centre")
def test_a_filter_that_is_none_or_lets_nobody_through_is_refused_in_words(ask: Ask) -> None:
    for words in (("state:wrong",), ("nobody",), ("--unit", "999")):
        refused = ask("export", "matrix", *words)
        assert refused.code == 2
        assert "Traceback" not in refused.err
