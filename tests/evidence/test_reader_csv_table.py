"""Reading CSV and TSV files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.readers import csv_table


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "log.csv"
    path.write_bytes(data)
    return csv_table.read(path)


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
def test_whatever_divides_the_cells_it_is_a_table(tmp_path: Path, divider: str) -> None:
    text = "\n".join(divider.join(row) for row in (["Date", "Done"], ["2024-06-03", "wall"], ["2024-06-04", "roof"]))
    assert _read(tmp_path, text.encode()).markdown == (
        "| Date | Done |\n| --- | --- |\n| 2024-06-03 | wall |\n| 2024-06-04 | roof |\n"
    )


def test_each_row_has_the_line_it_begins_in_as_its_place(tmp_path: Path) -> None:
    read = _read(tmp_path, b'Done,Why\n\n"two\nlines",x\nlast,y\n')
    assert "| two lines | x |" in read.markdown
    assert read.places == (Place(0, "line 1"), Place(2, "line 3"), Place(3, "line 5"))


def test_formulas_are_text(tmp_path: Path) -> None:
    read = _read(tmp_path, b'a,b\n"=HYPERLINK(""http://x"")",=1+1\n')
    assert '| =HYPERLINK("http://x") | =1+1 |' in read.markdown


def test_doubled_quotation_marks_after_the_sample_are_one(tmp_path: Path) -> None:
    rows = "a,b\n" * 2_000 + '"say ""yes""",b\n'
    assert '| say "yes" | b |' in _read(tmp_path, rows.encode()).markdown


def test_the_encoding_is_said_when_it_is_not_utf_8(tmp_path: Path) -> None:
    read = _read(tmp_path, "Name;Café\nZoë;x\n".encode("cp1252"))
    assert "| Zoë | x |" in read.markdown
    assert "Windows-1252" in read.notes[0]


def test_characters_that_were_replaced_are_counted(tmp_path: Path) -> None:
    read = _read(tmp_path, "a,b\n\x1b[31m,\u202e\n".encode())
    assert "\x1b" not in read.markdown
    assert read.notes == ("Control or invisible characters that stand as visible signs: 2.",)


def test_rows_and_columns_beyond_the_limits_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MOST_ROWS", 2)
    monkeypatch.setattr(csv_table, "MOST_COLUMNS", 2)
    read = _read(tmp_path, b"a,b,c\nd,e,f\ng,h,i\n")
    assert read.markdown == "| a | b |\n| --- | --- |\n| d | e |\n"
    assert [note.split(" are ")[0] for note in read.notes] == ["Only the first 2 rows", "Only the first 2 columns"]


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    assert _read(tmp_path, b"") == Converted("")


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="It is named like a text"):
        _read(tmp_path, bytes(range(256)))


@given(rows=st.lists(st.lists(st.text("ab*|#,;\"'\\\n ", max_size=6), min_size=2, max_size=3), min_size=1, max_size=6))
def test_every_cell_is_in_the_table(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    data = written.getvalue()
    read = _read(tmp_path_factory.getbasetemp(), data.encode())
    kept = re.sub(r"[^ab*#]", "", read.markdown.replace("\\", ""))
    assert kept == re.sub(r"[^ab*#]", "", data)


def test_the_line_that_tells_excel_the_divider_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"sep=;\r\nName;Score, of 10\r\nAnn;7,5\r\n")
    read = csv_table.read(path)
    assert read.markdown.splitlines()[::2] == ["| Name | Score, of 10 |", "| Ann | 7,5 |"]
    assert [place.label for place in read.places] == ["line 2", "line 3"]
