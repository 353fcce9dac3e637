"""Tables, read back from every form with another library: every cell complete, and none a formula, a link or markup."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from html import unescape as unescape_html
from pathlib import Path
from zipfile import ZipFile

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]  # it has no types
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]  # it has no types

from markterm.domain.record.states import CriterionState
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import clean
from markterm.exports.anchor import in_a_word
from markterm.exports.anchored import heads_with
from markterm.exports.csv.guarded import guarded, unguarded, with_codes
from markterm.exports.document import model as document_model
from markterm.exports.table.as_csv import write_csv
from markterm.exports.table.as_document import as_document
from markterm.exports.table.as_html import write_html
from markterm.exports.table.as_xlsx import write_xlsx
from markterm.exports.table.model import Cell, Column, Sign, Table, Tables, Tone, in_letters, in_words
from markterm.exports.table.table_form import TableForm, table_export
from markterm.records.store import Head
from tests.examples import examples
from tests.pace import PATIENCE

_PASS = Sign("P", "pass", Tone.PASS)
_HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "'quoted",
    "＝1",
    "http://example.org",
    "0012",
    "1e5",
    "_x0041_",
    'a;b,c"d\nnext line',
    "\x00\x07\x1b[31mred",
    "𝔘𝔫𝔦 👩‍🏫",
    "שלום عربى",
    "<script>alert(1)</script>",
    "&lt;",
)
_TEXTS = st.one_of(st.sampled_from(_HOSTILE), st.text(max_size=12))
_CELLS = st.one_of(_TEXTS, st.none(), st.integers(-(10**6), 10**6), st.dates(date(1900, 3, 1)), st.just(_PASS))
_FEW = settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _table(rows: Sequence[Sequence[Cell]], columns: int = 3, name: str = "Units", frozen: int = 1) -> Table:
    heads = tuple(Column(f"Head {place}") for place in range(columns))
    return Table(name, f"Table {name}", heads, lambda: iter(rows), frozen, ("How it is read.",))


def _tables(*tables: Table, caveats: tuple[str, ...] = ()) -> Tables:
    return Tables("All of it", tables, "12 A college", (("Centre", "A & B <i>"), ("Day", "2026-03-02")), caveats)


def _book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


@_FEW
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=6))
def test_a_workbook_has_every_cell_as_it_is_and_none_that_is_computed(
    tmp_path: Path, rows: list[tuple[Cell, Cell, Cell]]
) -> None:
    write_xlsx(_tables(_table(rows)), tmp_path / "a.xlsx")
    sheet = _book(tmp_path / "a.xlsx")["Units"]
    for number, row in enumerate(rows, 2):
        for place, cell in enumerate(row, 1):
            found = sheet.cell(number, place)
            assert found.data_type != "f"
            assert found.hyperlink is None
            if isinstance(cell, str):
                assert unescape(found.value or "") == clean(cell).text
            elif isinstance(cell, date):
                assert isinstance(found.value, datetime)
                assert found.value.date() == cell
            else:
                assert found.value == (in_letters(cell) if isinstance(cell, Sign) else cell)


def test_what_looks_like_an_escape_of_the_workbook_is_text(tmp_path: Path) -> None:
    write_xlsx(_tables(_table([("_x0041_", None, None)])), tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as archive:
        assert "_x005F_x0041_" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_sheet_keeps_its_heads_in_sight_filters_and_is_set_up_for_paper(tmp_path: Path) -> None:
    tables = _tables(_table([("a", _PASS, 1)], frozen=2), caveats=("Incomplete & so.",))
    write_xlsx(tables, tmp_path / "a.xlsx", anchor="")
    sheet = _book(tmp_path / "a.xlsx")["Units"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.fitToWidth in (None, 1)
    assert sheet.print_title_rows == "$1:$1"
    assert "Incomplete && so." in str(sheet.oddHeader.left.text)
    with ZipFile(tmp_path / "a.xlsx") as archive:
        assert "&amp;L&amp;8 12 A college" in archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.cell(2, 2).fill.bgColor is not None
    assert sheet.cell(2, 2).value == "P"


def test_on_paper_a_wide_table_goes_over_as_many_pages_as_can_be_read_and_not_more(tmp_path: Path) -> None:
    columns = tuple(Column(str(number), 30) for number in range(12))
    wide = Table("Wide", "Wide", columns, lambda: iter([["x"] * 12]), frozen=2)
    write_xlsx(_tables(wide), tmp_path / "a.xlsx")
    sheet = _book(tmp_path / "a.xlsx")["Wide"]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (3, 0)
    assert sheet.print_title_cols == "$A:$B"


def test_above_a_page_the_caveats_come_first_and_what_is_cut_says_so(tmp_path: Path) -> None:
    table = replace(_table([]), title="T" * 300)
    write_xlsx(_tables(table, caveats=("Decisions may be missing: 2 records are incomplete.",)), tmp_path / "a.xlsx")
    above = str(_book(tmp_path / "a.xlsx")["Units"].oddHeader.left.text)
    assert above.strip().startswith("Decisions may be missing: 2 records are incomplete. · TTT")
    assert above.endswith("T…")
    assert len(above) < 255


def test_the_sheet_record_says_of_which_centre_and_day_it_is_and_carries_the_heads(tmp_path: Path) -> None:
    heads = {"JON2041": {"asha": Head(3, "a" * 64)}}
    write_xlsx(_tables(_table([]), caveats=("Incomplete.",)), tmp_path / "a.xlsx", anchor=in_a_word(heads))
    told = {cell for row in _book(tmp_path / "a.xlsx")["Record"].values for cell in row}
    assert {"All of it", "A & B <i>", "2026-03-02", "Incomplete.", "How it is read."} <= told
    assert heads_with(tmp_path / "a.xlsx") == heads


@pytest.mark.parametrize("sign", ["x", "𝔘"])
def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own(tmp_path: Path, sign: str) -> None:
    text = f"first {sign * 70_000} last"
    write_xlsx(_tables(_table([("a", text, None)])), tmp_path / "a.xlsx")
    book = _book(tmp_path / "a.xlsx")
    first, _, where = str(book["Units"].cell(2, 2).value).rpartition(" [goes on in the sheet Continued, row ")
    assert where == "2]"
    rest = [str(row[2]) for row in list(book["Continued"].values)[1:]]
    assert "".join((first, *rest)) == text
    assert next(iter(list(book["Continued"].values)[1:]))[0] == "Units, B2, Head 1"


def test_sheets_have_names_that_excel_takes_each_another_one(tmp_path: Path) -> None:
    names = ("500: [a]/b*?\\", "500: [a]/b*?\\", "'" * 3, "History", "x" * 40, "X" * 40, "Record", "𝔘" * 20)
    write_xlsx(_tables(*(_table([], name=name) for name in names)), tmp_path / "a.xlsx")
    found = _book(tmp_path / "a.xlsx").sheetnames
    assert len({name.casefold() for name in found}) == len(names) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\") for name in found)


def test_a_table_with_more_columns_than_a_sheet_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Too many columns"):
        write_xlsx(_tables(_table([], columns=16_385)), tmp_path / "a.xlsx")


def test_the_file_of_a_table_says_what_it_is_once() -> None:
    for name, called in (("claims 8580-CERT", "claims 8580-CERT.csv"), ("matrix", "matrix claims.csv")):
        tables = _tables(_table([], name="claims"))
        export = table_export(tables, TableForm.CSV, name, {}, now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
        assert export.name == called


_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_SHORT = st.text("=+-@'\t\n \"＝a;", max_size=6)


def _cells_with_semicolons(cell: str) -> list[str]:
    """What a spreadsheet takes for cells whose lists are written with semicolons."""
    return [each.lstrip(' \t"') for each in re.split(r"[;\r\n]", cell)]


@given(st.one_of(_TEXTS, _SHORT))
def test_what_csv_guards_is_the_same_when_it_is_taken_back(text: str) -> None:
    text = clean(text).text
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not any(each.startswith(_COMPUTED) for each in _cells_with_semicolons(cell))


@given(_SHORT)
def test_what_is_guarded_by_codes_is_computed_nowhere_and_is_the_same_text(text: str) -> None:
    told = with_codes(f"<p>{escape(text)}</p>", "&#{};")
    assert unescape_html(told) == f"<p>{text}</p>"
    assert guarded(told) == told
    body = with_codes(json.dumps({"note": text}, ensure_ascii=False), r"\u{:04x}")
    assert json.loads(body) == {"note": text}
    assert guarded(body) == body


def test_a_text_of_nothing_but_beginnings_of_cells_is_looked_through_once() -> None:
    for text in ("\n" * 200_000, ";" * 200_000, '; "' * 100_000):
        assert guarded(text) in (text, f"'{text}")
        assert with_codes(text, "") == text


@_FEW
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=6))
def test_csv_is_read_back_cell_by_cell(tmp_path: Path, rows: list[tuple[Cell, Cell, Cell]]) -> None:
    write_csv(_table(rows), tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *found = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head == ["Head 0", "Head 1", "Head 2"]
    for line, row in zip(found, rows, strict=True):
        for cell, told in zip(row, line, strict=True):
            assert (unguarded(told) if isinstance(cell, str) else told) == in_words(cell)


_EVERY_HOSTILE: list[tuple[Cell, Cell, Cell]] = [(text, None, _PASS) for text in _HOSTILE]


@_FEW
@example(_EVERY_HOSTILE)
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=6))
def test_a_page_has_every_cell_and_no_text_of_it_is_markup(tmp_path: Path, rows: list[tuple[Cell, Cell, Cell]]) -> None:
    write_html(_tables(_table(rows), caveats=("Incomplete.",)), tmp_path / "a.html")
    root = html.fromstring((tmp_path / "a.html").read_bytes())
    assert not {"script", "a", "img", "link"} & {str(each.tag) for each in root.iter()}
    found = [
        [cell.text_content() for cell in row.xpath("td")] for row in root.xpath("//div[@class='tables']//tbody/tr")
    ]
    assert found == [[in_letters(cell) for cell in row] for row in rows]


def test_a_page_carries_its_heads_and_says_what_a_letter_means(tmp_path: Path) -> None:
    heads = {"JON2041": {"asha": Head(3, "a" * 64)}}
    write_html(_tables(_table([("a", _PASS, None)])), tmp_path / "a.html", anchor=in_a_word(heads))
    assert heads_with(tmp_path / "a.html") == heads
    assert html.parse(str(tmp_path / "a.html")).xpath("//td[@title='pass']/text()") == ["P"]


def test_a_table_wider_than_a_page_goes_on_in_parts_that_say_again_whom_a_row_is_about() -> None:
    rows = [(f"who {row}", *(f"{row}.{place}" for place in range(59))) for row in range(2)]
    made = as_document(_tables(_table(rows, columns=60)))
    assert made.across
    parts = [block for block in made.blocks if isinstance(block, document_model.Table)]
    assert len(parts) > 1
    assert all([row[:2] for row in part.rows] == [("1", "who 0"), ("2", "who 1")] for part in parts)
    told = [[cell for part in parts for cell in part.rows[row][2:]] for row in range(2)]
    assert told == [list(row[1:]) for row in rows]


def test_a_sign_has_its_colour_on_paper_beside_its_letter_and_a_head_has_room() -> None:
    made = as_document(_tables(_table([("a", _PASS, 1)])))
    (table,) = [block for block in made.blocks if isinstance(block, document_model.Table)]
    assert table.states == ((None, CriterionState.PASS, None),)
    assert table.rows[0][1] == "P"
    narrow = Table("a", "a", (Column("Verification", 3),), lambda: [("x",)])
    (table,) = [block for block in as_document(_tables(narrow)).blocks if isinstance(block, document_model.Table)]
    assert table.columns[0].width > len("Verification")


def test_a_page_leaves_out_the_columns_of_a_sparse_table_in_which_there_is_nothing_and_names_them(
    tmp_path: Path,
) -> None:
    rows = [("", "a", None, "", "0"), (None, "b", None, "", "")]
    sparse = replace(_table(rows, columns=5), sparse=True)
    (shown,) = [each for each in as_document(_tables(sparse)).blocks if isinstance(each, document_model.Table)]
    assert [column.title for column in shown.columns] == ["Head 0", "Head 1", "Head 4"]
    assert shown.rows == (("", "a", "0"), ("", "b", ""))
    write_html(_tables(sparse), tmp_path / "a.html")
    page = html.parse(str(tmp_path / "a.html"))
    assert page.xpath("//thead//th/text()") == ["Head 0", "Head 1", "Head 4"]
    assert "Columns in which there is nothing are left out: Head 2, Head 3." in page.xpath("//p/text()")
    write_csv(sparse, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Head 0,Head 1,Head 2,Head 3,Head 4\n")
    write_html(_tables(replace(_table([]), sparse=True)), tmp_path / "none.html")
    assert "left out" not in (tmp_path / "none.html").read_text("utf-8")


def test_a_table_without_rows_says_so() -> None:
    (nothing,) = [
        block
        for block in as_document(_tables(_table([]))).blocks
        if block == document_model.Paragraph(document_model.words("Nothing.", italic=True))
    ]
    assert nothing


def test_a_page_breaks_no_day_no_code_and_no_short_name_over_two_lines(tmp_path: Path) -> None:
    columns = (Column("Registration", 13), Column("Unit", 10), Column("Closed", 10), Column("Why", 45))
    row = ("ENR0001", "8580-500", date(2026, 3, 2), "one of every kind: a unit with the outcome pass")
    tables = Tables("T", (Table("t", "t", columns, lambda: [row], frozen=1),))
    write_html(tables, tmp_path / "a.html")
    cells = html.parse(str(tmp_path / "a.html")).xpath("//tbody//td")
    assert [each.get("class") for each in cells] == ["who", "short", "short day", "more"]
    style = (tmp_path / "a.html").read_text("utf-8")
    assert ".tables .short { white-space: nowrap; }" in style
    assert ".tables .day { white-space: nowrap; }" in style.partition("@media print")[2]


def test_a_full_disk_is_what_the_system_says_when_a_workbook_is_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"[Dd]irectory"):
        write_xlsx(_tables(_table([("a", None, None)])), tmp_path / "nowhere" / "a.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="the size of a file cannot be limited there")
def test_a_workbook_for_which_there_is_no_room_leaves_no_rows_anywhere_and_says_it_once(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "out").mkdir()
    program = """if True:
        import resource, sys
        import tests.exports.test_table as t
        from pathlib import Path
        resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
        try:
            t.write_xlsx(t._tables(t._table([("Rosalind", None, None)] * 9)), Path(sys.argv[1]))
        except OSError:
            print("no room")
    """
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program, str(tmp_path / "out" / "a.xlsx")]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False)
    assert (ended.stdout, ended.stderr) == ("no room\n", "")
    assert [*(tmp_path / "tmp").iterdir(), *(tmp_path / "out").iterdir()] == []


@pytest.mark.parametrize(
    ("text", "lines"), [("word " * 40, 7), ("计划" * 40, 7), ("one\ntwo\n" * 2 + "five", 5), ("short", 0)]
)
def test_a_row_has_room_for_its_longest_text_and_not_twice_as_much(tmp_path: Path, text: str, lines: int) -> None:
    table = Table("Notes", "Notes", (Column("Note", 20),), lambda: iter([[text]]))
    write_xlsx(_tables(table), tmp_path / "a.xlsx")
    height = _book(tmp_path / "a.xlsx")["Notes"].row_dimensions[2].height or 0
    assert lines * 13 <= height <= lines * 13 * 1.6
