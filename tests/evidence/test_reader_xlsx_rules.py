"""Workbooks: what cells ask for, where rules change what they show, and sheets that are not like others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markterm.evidence.converted import Converted
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence.made_office import SHEETS, package, parts_of, rows, workbook

_X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
_XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "log.xlsx"
    path.write_bytes(data)
    return xlsx.read(path)


def _sheet(folder: Path, sheet: str, **more: Any) -> Converted:
    return _read(folder, workbook(sheet, **more))


def test_what_cells_ask_for_when_they_are_chosen_is_shown_once_and_is_nobody_s_answer(tmp_path: Path) -> None:
    asked = 'promptTitle="Hours" prompt="As  in your &#10;diary [p. 2]"'
    validations = (
        f'<dataValidations><dataValidation sqref="B2:B9 D2" {asked}/><dataValidation sqref="E5" {asked}/>'
        '<dataValidation sqref="C2" type="list"/></dataValidations>'
        f'<extLst><ext {_X14} {_XM}><x14:dataValidations><x14:dataValidation prompt="The level">'
        "<xm:sqref>F2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    read = _sheet(tmp_path, rows(["Hours"]) + validations)
    said = "- [prompt on B2:B9, D2, E5: Hours: As in your diary [p. 2]]\n- [prompt on F2: The level]\n"
    assert read.markdown.endswith(f"\n\n{said}")


def test_a_rule_that_shows_an_icon_or_other_words_in_place_of_a_value_is_noted(tmp_path: Path) -> None:
    rules = (
        '<conditionalFormatting sqref="A1"><cfRule dxfId="1"/></conditionalFormatting>'
        '<conditionalFormatting sqref="B1"><cfRule dxfId="0"/></conditionalFormatting>'
        '<conditionalFormatting sqref="C1"><cfRule><iconSet showValue="0"/></cfRule></conditionalFormatting>'
        '<conditionalFormatting sqref="D1"><cfRule><iconSet/></cfRule></conditionalFormatting>'
        f"<extLst><ext {_X14} {_XM}><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule>"
        '<x14:iconSet showValue="0"/></x14:cfRule><xm:sqref>E1</xm:sqref></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst>"
    )
    looks = '<dxfs><dxf><font/></dxf><dxf><numFmt numFmtId="164" formatCode="&quot;Pass&quot;"/></dxf></dxfs>'
    read = _sheet(tmp_path, rows(["1"]) + rules, styles=looks)
    assert read.notes == ("Sheet Log has rules that show icons or other words in place of values: A1, C1, E1.",)


def test_a_sheet_that_is_a_chart_has_its_header_and_footer(tmp_path: Path) -> None:
    chart = f"<chartsheet {SHEETS}><headerFooter><oddHeader>&amp;CZoë Marsh</oddHeader></headerFooter></chartsheet>"
    read = _sheet(tmp_path, "", of_book={"s1": ("chartsheet", "chart.xml")}, parts={"chart.xml": chart})
    assert read.markdown == "# Log\n\n*[a sheet that is one chart]*\n\n- In the header: Zoë Marsh\n"
    assert not read.notes


def test_a_sheet_of_a_form_that_nobody_knows_is_not_said_to_be_missing(tmp_path: Path) -> None:
    parts = parts_of(workbook(rows(["words"])))
    older = parts["xl/book.xml"].replace(b"openxmlformats.org/officeDocument/2006/rel", b"microsoft.com/2005/11/rel")
    sheet = parts["xl/sheets/log.xml"].replace(b"spreadsheetml/2006/main", b"excel/2005/8/workbook")
    read = _read(tmp_path, package({**parts, "xl/book.xml": older, "xl/sheets/log.xml": sheet}))
    assert read.notes == ("Sheet Log is damaged, or in a form that MarkTerm does not know: open it outside.",)
