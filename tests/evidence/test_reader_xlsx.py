"""Reading Excel workbooks."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]  # the library has no types
from openpyxl.chart import BarChart  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.drawing.image import Image  # type: ignore[import-untyped]

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence import made_more


def _read(folder: Path, fill: Callable[[Workbook], None]) -> Converted:
    return _read_bytes(folder, made_more.xlsx(fill))


def _read_bytes(folder: Path, data: bytes) -> Converted:
    path = folder / "log.xlsx"
    path.write_bytes(data)
    return xlsx.read(path)


def _log(workbook: Workbook) -> None:
    sheet = workbook.active
    sheet.title = "Log"
    sheet.append(["Date", "Hours", "Done"])
    sheet.append([datetime.datetime(2024, 6, 3), 7.5, "Laid *bricks* | cleaned"])
    sheet["A5"] = datetime.datetime(2024, 6, 4, 9, 30)
    sheet["B5"] = 0.1 + 0.2
    sheet["C5"] = True


def test_a_sheet_is_a_heading_and_a_table_whose_rows_have_places(tmp_path: Path) -> None:
    read = _read(tmp_path, _log)
    assert read.markdown.split("\n") == [
        "# Log",
        "",
        "| Date | Hours | Done |",
        "| --- | --- | --- |",
        "| 2024-06-03 | 7.5 | Laid \\*bricks\\* \\| cleaned |",
        "| 2024-06-04 09:30 | 0.3 | TRUE |",
        "",
    ]
    rows = [Place(2, "sheet Log row 1"), Place(4, "sheet Log row 2"), Place(5, "sheet Log row 5")]
    assert read.places == (Place(0, "sheet Log"), *rows)
    assert (read.pages, read.notes) == (1, ())


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    def far(workbook: Workbook) -> None:
        workbook.active["A1"] = "near"
        workbook.active["XFD1048576"] = "far"

    read = _read(tmp_path, far)
    assert "| near |  |\n| --- | --- |\n|  | far |" in read.markdown
    assert read.places[-1].label == "sheet Sheet row 1048576"


def test_hidden_sheets_are_shown_and_named(tmp_path: Path) -> None:
    def hide(workbook: Workbook) -> None:
        sheet = workbook.create_sheet("Answers")
        sheet["A1"] = "42"
        sheet.sheet_state = "veryHidden"

    read = _read(tmp_path, hide)
    assert "# Answers (hidden sheet)\n\n| 42 |" in read.markdown
    assert read.notes == ("Sheet Answers is hidden in the workbook, and shown here.",)


def test_a_sheet_without_cells_says_so(tmp_path: Path) -> None:
    assert _read(tmp_path, lambda _: None).markdown == "# Sheet\n\n*[no cells]*\n"


def test_a_formula_without_a_value_is_shown_and_said(tmp_path: Path) -> None:
    def add(workbook: Workbook) -> None:
        workbook.active["A1"] = "=SUM(B1:B9)"

    read = _read(tmp_path, add)
    assert "| =SUM(B1:B9) |" in read.markdown
    assert read.notes == ("Sheet Sheet has formulas without a value, shown as formulas: 1.",)


def test_a_formula_is_shown_as_the_value_last_seen(tmp_path: Path) -> None:
    data = made_more.xlsx(lambda workbook: workbook.active.append(["=1+1"]))
    read = _read_bytes(tmp_path, _changed(data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>"))
    assert "| 2 |" in read.markdown
    assert read.notes == ()


def test_merged_cells_stand_in_their_first(tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        workbook.active.append(["Week 1", None, "Hours"])
        workbook.active.merge_cells("A1:B1")

    assert "| Week 1 | Hours |" in _read(tmp_path, merge).markdown


def test_comments_are_kept(tmp_path: Path) -> None:
    def comment(workbook: Workbook) -> None:
        workbook.active["B2"] = "x"
        workbook.active["B2"].comment = Comment("Seen\non site", "Sam")

    assert "- Comment on B2 by Sam: Seen on site" in _read(tmp_path, comment).markdown


def test_pictures_and_the_words_of_charts_are_kept(tmp_path: Path) -> None:
    pixel = tmp_path / "pixel.png"
    pixel.write_bytes(made_more.png(1, 1))

    def draw(workbook: Workbook) -> None:
        chart = BarChart()
        chart.title = "Hours *on* site"
        workbook.active.add_chart(chart, "A1")
        workbook.active.add_image(Image(pixel), "C9")

    markdown = _read(tmp_path, draw).markdown
    assert "- On a chart: Hours \\*on\\* site" in markdown
    assert "- [image: Picture]" in markdown


def test_rows_and_columns_beyond_the_limits_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    monkeypatch.setattr(xlsx, "MOST_COLUMNS", 2)
    read = _read(tmp_path, _log)
    assert read.notes == (
        "Sheet Log is shown without row 5 and those after it: open it outside.",
        "Sheet Log is shown without column C and those after it: open it outside.",
    )
    assert "| 2024-06-03 | 7.5 |" in read.markdown


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet'
    data = _changed(made_more.xlsx(_log), "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    with pytest.raises(NotReadable, match="entities"):
        _read_bytes(tmp_path, data)


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not a workbook"):
        _read_bytes(tmp_path, bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))


def _changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return made_more.zip_of(parts.items())
