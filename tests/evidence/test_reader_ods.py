"""OpenDocument spreadsheets: cells as the learner saw them, and what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted, Place
from markterm.evidence.readers.odf import ods, opendocument
from tests.evidence.made_odf import cell, content, flat, odf, row, style


def _read(tmp_path: Path, sheets: str, **more: object) -> Converted:
    path = tmp_path / "log.ods"
    path.write_bytes(odf("spreadsheet", sheets, **more))  # type: ignore[arg-type]  # as the maker has them
    return opendocument.read(path)


def _sheet(rows: str, name: str = "Log", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{rows}</table:table>'


def test_a_sheet_is_a_table_of_what_is_displayed_and_its_rows_have_places(tmp_path: Path) -> None:
    rows = (
        row("Date", "Done", "No.")
        + row("", more='table:number-rows-repeated="2"')
        + row("1 May", cell("50 %", 'office:value-type="percentage" office:value="0.5"'), "007")
        + row("", more='table:number-rows-repeated="1048000"')
    )
    converted = _read(tmp_path, _sheet(rows))
    assert converted.markdown == "# Log\n\n| Date | Done | No. |\n| --- | --- | --- |\n| 1 May | 50 % | 007 |\n"
    assert converted.places == (Place(0, "sheet Log"), Place(2, "sheet Log row 1"), Place(4, "sheet Log row 4"))
    assert converted.pages == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('office:value-type="float" office:value="7.50"', "7.5"),
        ('office:value-type="percentage" office:value="0.07"', "7%"),
        ('office:value-type="date" office:date-value="2025-05-01T09:30:00"', "2025-05-01 09:30:00"),
        ('office:value-type="time" office:time-value="PT08H05M00S"', "08:05"),
        ('office:value-type="time" office:time-value="P1DT1H0M7S"', "25:00:07"),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
        ('office:value-type="string" office:string-value="a|b"', "a\\|b"),
        ('table:formula="of:=SUM([.A1])"', "=SUM([.A1])"),
    ],
)
def test_a_cell_without_words_shows_its_value(tmp_path: Path, value: str, shown: str) -> None:
    assert f"| {shown} |" in _read(tmp_path, _sheet(row(cell("", value)))).markdown


def test_hidden_sheets_rows_and_columns_are_shown_and_named(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = row("a", "b") + row("c", "d", more='table:visibility="filter"')
    styles = style("hid", "table", '<style:table-properties table:display="false"/>')
    converted = _read(
        tmp_path, _sheet(columns + rows) + _sheet(row("42"), "Answers", 'table:style-name="hid"'), styles=styles
    )
    assert "# Answers (hidden sheet)\n\n| 42 |" in converted.markdown
    assert converted.notes == (
        "Sheet Log has hidden rows, shown here: 2.",
        "Sheet Log has hidden columns, shown here: B.",
        "Sheet Answers is hidden in the workbook, and shown here.",
    )


def test_comments_links_charts_and_fields_of_a_sheet_are_kept(tmp_path: Path) -> None:
    words = "<text:p>Seen</text:p><text:p>on site</text:p>"
    comment = f"<office:annotation><dc:creator>Sam</dc:creator>{words}</office:annotation>"
    formula = 'table:formula="of:=HYPERLINK(&quot;https://a.b/d&quot;;&quot;here&quot;)"'
    link = '<text:a xlink:href="https://a.b/c">the plan</text:a>'
    chart = "<chart:chart><chart:title><text:p>Falls</text:p></chart:title></chart:chart>"
    shapes = (
        '<table:shapes><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
        '<draw:control draw:control="c"/></table:shapes>'
    )
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c" form:label="Agreed" form:current-state="checked"/>'
        "</form:form></office:forms>"
    )
    rows = row(cell(link, inside=comment), cell("Seen", 'table:number-columns-repeated="2"'), cell("here", formula))
    converted = _read(tmp_path, _sheet(forms + shapes + rows), parts={"Object 1/content.xml": content("chart", chart)})
    assert converted.markdown.split("\n\n", 1)[1] == (
        "| [the plan](<https://a.b/c>) | Seen | Seen | [here](<https://a.b/d>) |\n"
        "| --- | --- | --- | --- |\n\n- Comment on A1 by Sam: Seen on site\n\n"
        "[chart: Falls]\n\n☑ Agreed\n"
    )


def test_ticks_in_symbol_fonts_and_struck_words_of_cells_are_shown_as_they_look(tmp_path: Path) -> None:
    font = '<style:text-properties style:font-name="Wingdings"/>'
    line = '<style:text-properties style:text-line-through-style="solid"/>'
    styles = style("W", "table-cell", font) + style("S", "table-cell", line) + style("T", "text", line)
    columns = '<table:table-column table:default-cell-style-name="W"/>'
    own = cell("done", 'table:style-name="S"')
    span = cell('a <text:span text:style-name="T">b</text:span>', 'table:style-name="none"')
    converted = _read(tmp_path, _sheet(columns + row(cell("ü"), own, span)), styles=styles)
    assert "| ✓ | ~~done~~ | a ~~b~~ |" in converted.markdown


def test_cells_that_fill_the_sheet_with_a_long_text_stay_within_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ods, "MOST_LETTERS", 1_000)
    converted = _read(tmp_path, _sheet(row(cell("x" * 300), more='table:number-rows-repeated="9"')) + _sheet(row("y")))
    assert converted.markdown.count("x" * 300) == 3
    assert converted.notes == ("Sheet Log is shown without row 4 and those after it: open it outside.",)
    assert "| y |" in converted.markdown


def test_rows_and_columns_that_say_they_repeat_stay_within_the_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ods, "MOST_ROWS", 3)
    monkeypatch.setattr(ods, "MOST_COLUMNS", 2)
    many = 'table:number-columns-repeated="16384"'
    converted = _read(tmp_path, _sheet(row(cell("x", many), more='table:number-rows-repeated="1048576"')))
    assert converted.markdown.count("x") == 6
    assert converted.notes == (
        "Sheet Log is shown without row 4 and those after it: open it outside.",
        "Sheet Log is shown without column C and those after it: open it outside.",
    )


def test_a_flat_sheet_under_another_name_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.fods"
    path.write_bytes(flat("spreadsheet", _sheet(row("zebra"))))
    assert "zebra" in opendocument.read(path).markdown
    path.write_bytes(odf("spreadsheet", _sheet(row("horse"))))
    assert "horse" in opendocument.read(path).markdown


def test_figures_above_the_line_of_a_cell_are_no_figures_of_the_line(tmp_path: Path) -> None:
    raised = style("up", "text", '<style:text-properties style:text-position="super 58%"/>')
    area = '<table:table-cell><text:p>12 m<text:span text:style-name="up">2</text:span></text:p></table:table-cell>'
    assert "| 12 m² |" in _read(tmp_path, _sheet(row(area)), styles=raised).markdown


def test_a_cell_takes_the_style_of_its_own_column(tmp_path: Path) -> None:
    struck = style("gone", "table-cell", '<style:text-properties style:text-line-through-style="solid"/>')
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="gone" table:number-columns-repeated="2"/>'
    )
    cells = row("a", "b", "c", "d", "e")
    assert "| a | b | ~~c~~ | ~~d~~ | e |" in _read(tmp_path, _sheet(columns + cells), styles=struck).markdown
