"""Workbooks as the learner saw them: formats, links, comments, controls, and what is hidden."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.xlsx import xlsx
from tests.evidence.made_office import SHEETS, formats, row, rows, workbook


def _read(folder: Path, sheet: str, **more: Any) -> Converted:
    path = folder / "log.xlsx"
    path.write_bytes(workbook(sheet, **more))
    return xlsx.read(path)


def _cell(value: object, style: int, kind: str = "n") -> str:
    return f'<c s="{style}" t="{kind}"><v>{value}</v></c>'


def test_percentages_times_and_leading_zeros_are_as_they_were_seen(tmp_path: Path) -> None:
    cells = [_cell(0.45, 1), _cell(26.4 / 24, 2), _cell(42, 3), _cell("2024-06-03T00:00:00", 4, "d")]
    cells.append(_cell("2024-06-04", 0, "d"))
    read = _read(tmp_path, rows(cells), styles=formats("0%", "[h]:mm", "00000", "dd mmm yyyy"))
    assert "| 45% | 26:24 | 00042 | 2024-06-03 | 2024-06-04 |" in read.markdown


def test_what_a_format_hides_is_shown_and_counted_but_for_noughts(tmp_path: Path) -> None:
    cells = [_cell(5, 1), _cell(0, 1), '<c t="str" s="1"><v>secret</v></c>']
    read = _read(tmp_path, rows(cells), styles=formats(";;;"))
    assert "| 5 | secret |" in read.markdown
    assert read.notes == ("Sheet Log has cells whose format shows nothing, shown here: 2.",)


def test_a_cell_shows_where_it_leads(tmp_path: Path) -> None:
    links = (
        '<hyperlinks><hyperlink ref="A1" r:id="out"/><hyperlink ref="B1" location="Other!A1"/>'
        '<hyperlink ref="C1" r:id="mail"/></hyperlinks>'
    )
    formula = '<c t="str"><f>HYPERLINK("https://example.org/b","site visit")</f><v>site visit</v></c>'
    read = _read(
        tmp_path,
        rows(["video [1]", "next", "zoe@example.org", formula]) + links,
        of_sheet={"out": ("hyperlink", "https://example.org/a"), "mail": ("hyperlink", "mailto:zoe@example.org")},
    )
    cells = ("[video \\[1\\]](<https://example.org/a>)", "[next](<#Other!A1>)", "zoe@example.org")
    assert f"| {' | '.join(cells)} | [site visit](<https://example.org/b>) |" in read.markdown


def test_how_a_word_is_spoken_is_not_part_of_it_and_codes_are_letters(tmp_path: Path) -> None:
    strings = f'<sst {SHEETS}><si><r><t>東</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>'
    cells = ['<c t="s"><v>0</v></c>', "a_x000D_b _x005F_x0041_", '<c t="s"><v>7</v></c>']
    read = _read(tmp_path, rows(cells), of_book={"x": ("sharedStrings", "s.xml")}, parts={"s.xml": strings})
    assert "| 東京 | a b \\_x0041\\_ |" in read.markdown


def test_ticks_in_symbol_fonts_are_ticks(tmp_path: Path) -> None:
    styles = "<fonts><font/><font><name val='Wingdings'/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    rich = "<c t='inlineStr'><is><r><rPr><rFont val='Wingdings'/></rPr><t>û</t></r><r><t> not met</t></r></is></c>"
    other = "<c t='inlineStr' s='1'><is><r><t>ü</t></r><r><rPr><rFont val='Arial'/></rPr><t> met</t></r></is></c>"
    cells = ["<c t='inlineStr' s='1'><is><t>ü</t></is></c>", rich, other]
    assert "| ✓ | ✗ not met | ✓ met |" in _read(tmp_path, rows(cells), styles=styles).markdown


def test_boxes_in_cells_are_boxes(tmp_path: Path) -> None:
    box = '<xf><extLst><ext><f:xfComplement xmlns:f="urn:f" i="0"/></ext></extLst></xf>'
    cells = [_cell(1, 1, "b"), _cell(0, 1, "b"), _cell(1, 0, "b"), _cell("#N/A", 0, "e")]
    read = _read(tmp_path, rows(cells), styles=f"<cellXfs><xf/>{box}</cellXfs>")
    assert "| ☑ | ☐ | TRUE | #N/A |" in read.markdown


def test_hidden_rows_and_columns_that_hold_something_are_shown_and_named(tmp_path: Path) -> None:
    hidden = "hidden='1'"
    data = f"<sheetData>{row(1, 'a', 'b')}{row(2, 'c', more=hidden)}{row(3, more=hidden)}</sheetData>"
    read = _read(tmp_path, f'<cols><col min="2" max="9" hidden="1"/></cols>{data}', state="veryHidden")
    assert "| c |  |" in read.markdown
    assert read.notes == (
        "Sheet Log is hidden in the workbook, and shown here.",
        "Sheet Log has hidden rows, shown here: 2.",
        "Sheet Log has hidden columns, shown here: B.",
    )


def test_a_shared_formula_without_a_value_is_the_one_it_shares(tmp_path: Path) -> None:
    cells = ['<c><f t="shared" si="0" ref="A1:B1">C1*2</f></c>', '<c><f t="shared" si="0"/></c>']
    assert "| =C1\\*2 | =C1\\*2 |" in _read(tmp_path, rows(cells)).markdown


def test_threads_of_comments_have_their_real_authors_and_stand_once(tmp_path: Path) -> None:
    old = (
        f"<comments {SHEETS}><authors><author>tc={{1}}</author><author>Sam</author></authors><commentList>"
        '<comment ref="A2" authorId="0"><text><t>[Threaded comment]</t></text></comment>'
        '<comment ref="A1" authorId="1"><text><t>plain</t></text></comment></commentList></comments>'
    )
    new = (
        '<ThreadedComments xmlns="urn:t"><threadedComment ref="A2" personId="{p}" id="{1}" done="1"><text>Seen?</text>'
        '</threadedComment><threadedComment ref="A2" personId="{q}" parentId="{1}"><text>Yes</text></threadedComment>'
        "</ThreadedComments>"
    )
    people = '<p xmlns="urn:t"><person displayName="Ana" id="{p}"/><person displayName="Zoë" id="{q}"/></p>'
    read = _read(
        tmp_path,
        rows(["a"], ["b"]),
        of_sheet={"c": ("comments", "../c.xml"), "t": ("http://m/2017/10/threadedComment", "../t.xml")},
        of_book={"p": ("http://m/2017/10/person", "p.xml")},
        parts={"c.xml": old, "t.xml": new, "p.xml": people},
    )
    assert read.markdown.endswith(
        "| b |\n\n- Comment on A1 by Sam: plain\n"
        "- Comment on A2 by Ana (resolved): Seen?\n"
        "- Reply to the comment on A2 by Zoë: Yes\n"
    )
    assert [place.label for place in read.places[-3:]] == ["sheet Log row 1", "sheet Log row 2", "sheet Log row 2"]


def test_ticks_and_choices_of_form_controls_are_shown(tmp_path: Path) -> None:
    def shape(number: int, kind: str, label: str, more: str) -> str:
        box = f"<v:textbox><div>{label}</div></v:textbox>"
        data = f'<x:ClientData ObjectType="{kind}"><x:Anchor>0, 0, 3, 0</x:Anchor>{more}</x:ClientData>'
        return f'<v:shape id="_x0000_s{number}">{box}{data}</v:shape>'

    drawing = "".join(
        (
            shape(1025, "Checkbox", "Risk assessment done", "<x:Checked>1</x:Checked>"),
            shape(1026, "Radio", "Supervised", ""),
            shape(1027, "Drop", "", "<x:FmlaRange>$A$1:$A$3</x:FmlaRange><x:Sel>2</x:Sel>"),
            shape(1028, "Note", "a comment, which is told elsewhere", ""),
            shape(1029, "Checkbox", "Ticked later", ""),
        )
    )
    label = "<xdr:txBody><a:p><a:r><a:t>Ticked later</a:t></a:r></a:p></xdr:txBody>"
    again = f'<xdr:oneCellAnchor><xdr:sp><a14:compatExt spid="_x0000_s1029"/>{label}</xdr:sp></xdr:oneCellAnchor>'
    read = _read(
        tmp_path,
        rows(["red"], ["amber"], ["green"])
        + '<controls><control shapeId="1029" r:id="k" name="Check Box 5"/></controls>',
        of_sheet={"v": ("vmlDrawing", "../v.vml"), "k": ("ctrlProp", "../k.xml"), "d": ("drawing", "../d.xml")},
        parts={
            "d.xml": f"<xdr:wsDr {SHEETS}>{again}</xdr:wsDr>",
            "v.vml": f"<xml {SHEETS}>{drawing}</xml>",
            "k.xml": '<p objectType="CheckBox" checked="Checked"/>',
        },
    )
    assert read.markdown.endswith("\n- ☑ Risk assessment done\n- ☐ Supervised\n- amber\n- ☑ Ticked later\n")
    assert read.places[-1].label == "sheet Log row 4"


@pytest.mark.parametrize(("value", "shown"), [("1", "☑"), ("0", "☐")])
def test_an_activex_box_is_read_and_not_run(tmp_path: Path, value: str, shown: str) -> None:
    caption = "Agreed"
    mask = 1 << 31 | 1 << 8 | 1 << 22 | 1 << 23 | 1 << 6
    lengths = struct.pack("<BxxxII", 4, len(value) | 0x8000_0000, len(caption) * 2)
    texts = struct.pack("<ii", 9, 9) + value.encode().ljust(4, b"\0") + caption.encode("utf-16-le")
    binary = bytes(16) + struct.pack("<BBHQ", 0, 2, 0, mask) + lengths + texts
    control = '<o:ocx xmlns:o="urn:o" o:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"/>'
    read = _read(
        tmp_path,
        rows(["x"]) + '<controls><control shapeId="1025" r:id="k" name="CheckBox1"/></controls>',
        of_sheet={"k": ("control", "../activex.xml")},
        parts={
            "activex.xml": control,
            "_rels/activex.xml.rels": '<R xmlns="urn:r"><Relationship Id="b" Type="x/activeXControlBinary" '
            'Target="a.bin"/></R>',
            "a.bin": binary,
        },
    )
    assert read.markdown.endswith(f"- {shown} Agreed\n")


def test_text_boxes_charts_and_pictures_have_their_rows_and_words(tmp_path: Path) -> None:
    def anchor(place: int, inner: str) -> str:
        return f"<xdr:twoCellAnchor><xdr:from><xdr:row>{place}</xdr:row></xdr:from>{inner}</xdr:twoCellAnchor>"

    words = "<xdr:txBody><a:p><a:r><a:t>In the </a:t></a:r><a:r><a:t>box</a:t></a:r></a:p></xdr:txBody>"
    values = (
        "<c:cat><c:strCache><c:pt idx='0'><c:v>May</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache>"
        "<c:formatCode>0%</c:formatCode><c:pt idx='0'><c:v>0.5</c:v></c:pt></c:numCache></c:val>"
    )
    title = "<c:title><a:p><a:r><a:t>Done</a:t></a:r></a:p></c:title>"
    axis = "<c:valAx><c:title><a:p><a:r><a:t>share</a:t></a:r></a:p></c:title></c:valAx>"
    series = f"<c:ser><c:tx><c:v>Zoë</c:v></c:tx>{values}</c:ser>"
    chart = f"<c:chartSpace {SHEETS}><c:chart>{title}<c:plotArea>{series}{axis}</c:plotArea></c:chart></c:chartSpace>"
    above = '&amp;L&amp;"Arial,Bold"Zoë &amp;&amp; Sam&amp;RUnit 3, &amp;P'
    picture = "<xdr:pic><xdr:nvPicPr><xdr:cNvPr id='4' name='P' descr='Me at work'/></xdr:nvPicPr></xdr:pic>"
    drawing = (
        anchor(1, f"<xdr:grpSp><xdr:sp>{words}</xdr:sp></xdr:grpSp>")
        + anchor(4, "<xdr:graphicFrame><a:graphic><c:chart r:id='c'/></a:graphic></xdr:graphicFrame>")
        + anchor(8, picture)
    )
    read = _read(
        tmp_path,
        rows(["x"]) + f"<headerFooter><oddHeader>{above}</oddHeader></headerFooter>",
        of_sheet={"d": ("drawing", "../d.xml")},
        parts={
            "d.xml": f"<xdr:wsDr {SHEETS}>{drawing}</xdr:wsDr>",
            "_rels/d.xml.rels": '<R xmlns="urn:r"><Relationship Id="c" Type="x/chart" Target="c.xml"/></R>',
            "c.xml": chart,
        },
    )
    assert read.markdown.split("\n\n", 2)[2] == (
        "- In a text box: In the box\n- On a chart: Done\n- On a chart: share\n\n"
        "|  | Zoë |\n| --- | --- |\n| May | 50% |\n\n"
        "- [image: Me at work]\n- In the header: Zoë & Sam · Unit 3,\n"
    )
    labels = {place.line: place.label for place in read.places}
    assert labels[5] == "sheet Log row 2"
    assert labels[6] == "sheet Log row 5"


def test_other_files_that_values_come_from_are_named(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        rows(["x"]),
        of_book={"e": ("externalLink", "e.xml")},
        parts={
            "e.xml": "<externalLink/>",
            "_rels/e.xml.rels": '<R xmlns="urn:r"><Relationship Id="b" Type="x/externalLinkPath" '
            'Target="file:///C:/my%20logs/June.xlsx" TargetMode="External"/></R>',
        },
    )
    assert read.notes == ("It takes values from other files, which are not opened: June.xlsx.",)


def test_a_sheet_that_is_no_sheet_is_said(tmp_path: Path) -> None:
    read = _read(tmp_path, "", parts={"sheets/log.xml": '<worksheet xmlns="urn:beta"><sheetData/></worksheet>'})
    assert read.notes == ("Sheet Log is damaged, or in a form that MarkTerm does not know: open it outside.",)


def test_a_workbook_has_room_for_so_many_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LETTERS", 100)
    read = _read(tmp_path, rows(["a" * 60], ["b" * 60]))
    assert "b" not in read.markdown
    assert read.notes == ("Sheet Log is shown without row 2 and those after it: open it outside.",)


def test_files_within_a_workbook_are_attached_and_said(tmp_path: Path) -> None:
    inner = workbook(rows(["inside"]))
    read = _read(
        tmp_path,
        rows(["x"]) + '<oleObjects><oleObject progId="Excel.Sheet.12" r:id="a"/></oleObjects>',
        of_sheet={"a": ("package", "../a.bin"), "b": ("oleObject", "../b.bin"), "c": ("oleObject", "file://C:/c.doc")},
        parts={"a.bin": inner, "b.bin": b"nothing that is known"},
    )
    assert [(each.name, each.content) for each in read.attachments] == [("Excel Sheet.xlsx", inner)]
    assert read.markdown.endswith(
        "- [attached: Excel Sheet.xlsx]\n- [embedded object, not opened: b]\n- [linked, not opened: file://C:/c.doc]\n"
    )


def test_words_that_were_struck_out_are_not_the_last_word(tmp_path: Path) -> None:
    styles = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
    rich = "<c t='inlineStr'><is><r><rPr><strike/></rPr><t>May</t></r><r><t xml:space='preserve'> June</t></r></is></c>"
    cells = ["<c t='inlineStr' s='1'><is><t>not this</t></is></c>", rich, _cell(7, 1), "_x000E_plain"]
    assert "| ~~not this~~ | ~~May~~ June | ~~7~~ | plain |" in _read(tmp_path, rows(cells), styles=styles).markdown


def test_a_link_over_several_cells_stands_at_the_one_with_words(tmp_path: Path) -> None:
    links = '<hyperlinks><hyperlink ref="A1:B2" r:id="a"/><hyperlink ref="C1" r:id="b"/></hyperlinks>'
    read = _read(
        tmp_path,
        rows(["<c/>", "<c/>"], ["<c/>", "the film"]) + links,
        of_sheet={"a": ("hyperlink", "https://example.org/a"), "b": ("hyperlink", "https://example.org/b")},
    )
    assert "|  | https://example.org/b |\n| --- | --- |\n| [the film](<https://example.org/a>) |  |" in read.markdown


def test_a_picture_in_a_cell_is_a_picture_and_no_error(tmp_path: Path) -> None:
    kind = "http://schemas.microsoft.com/office/2017/06/relationships/"
    metadata = (
        '<m xmlns:d="urn:d"><futureMetadata name="XLRICHVALUE"><bk><ext><d:rvb i="1"/></ext></bk></futureMetadata>'
        '<valueMetadata><bk><rc t="1" v="0"/></bk></valueMetadata></m>'
    )
    keys = '<s t="_localImage"><k n="_rvRel:LocalImageIdentifier"/><k n="CalcOrigin"/><k n="Text"/></s>'
    read = _read(
        tmp_path,
        rows(['<c t="e" vm="1"><v>#VALUE!</v></c>', '<c t="e"><v>#VALUE!</v></c>']),
        of_book={
            "m": ("sheetMetadata", "m.xml"),
            "v": (kind + "rdRichValue", "v.xml"),
            "k": (kind + "rdRichValueStructure", "k.xml"),
        },
        parts={
            "m.xml": metadata,
            "v.xml": '<r><rv s="0"><v>x</v></rv><rv s="1"><v>0</v><v>5</v><v>Me on site</v></rv></r>',
            "k.xml": f'<r><s t="_error"/>{keys}</r>',
        },
    )
    assert "| [image: Me on site] | #VALUE! |" in read.markdown


def test_figures_above_and_below_the_line_are_so(tmp_path: Path) -> None:
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
    cell = f'<c t="inlineStr"><is><r><t>40 m</t></r>{raised}</is></c>'
    assert "| 40 m² |" in _read(tmp_path, rows([cell])).markdown
