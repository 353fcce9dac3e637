"""Word, OpenDocument, rich text and web pages as Markdown: nothing is lost, nothing becomes what it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers import html as html_reader
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.odf import opendocument as odt_reader
from markterm.evidence.readers.rtf import rtf as rtf_reader
from markterm.evidence.readers.word import docx as docx_reader
from tests.evidence.made import BILLION_LAUGHS, docx, docx_with_prolog, odt, paragraph, root, rtf, word_table

_BOX = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
_DRAWN_BOX = (
    "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
    f"{_BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
_OLD_BOX = f"<w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict>"
_PICTURE = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="1" descr="a child at play"/><a:graphic><a:graphicData><pic:pic>'
    '<pic:blipFill><a:blip r:link="out"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def _word(tmp_path: Path, data: bytes) -> Converted:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    return docx_reader.read(path)


def _open_document(tmp_path: Path, data: bytes) -> Converted:
    path = tmp_path / "a.odt"
    path.write_bytes(data)
    return odt_reader.read(path)


def _rich_text(tmp_path: Path, data: bytes) -> Converted:
    path = tmp_path / "a.rtf"
    path.write_bytes(data)
    return rtf_reader.read(path)


def _page(tmp_path: Path, text: str) -> Converted:
    path = tmp_path / "a.html"
    path.write_text(text, "utf-8")
    return html_reader.read(path)


def _labels(converted: Converted) -> list[tuple[str, str]]:
    lines = converted.markdown.split("\n")
    return [(place.label, lines[place.line]) for place in converted.places]


def test_headings_lists_and_tables_of_word_are_those_of_markdown(tmp_path: Path) -> None:
    body = (
        paragraph("Diary", "Heading1")
        + paragraph("one", "list")
        + paragraph("two", "list")
        + word_table(("Date", "What|how"), ("1 May", "Fed &amp; changed"))
    )
    assert _word(tmp_path, docx(body)).markdown == (
        "# Diary\n\n- one\n- two\n\n| Date | What\\|how |\n| --- | --- |\n| 1 May | Fed & changed |"
    )


def test_the_number_of_a_heading_is_written_as_it_is(tmp_path: Path) -> None:
    body = paragraph("1. The plan", "Heading1") + paragraph("1. no heading")
    assert _word(tmp_path, docx(body)).markdown == "# 1. The plan\n\n1\\. no heading"


def test_quotes_of_word_are_quotes(tmp_path: Path) -> None:
    names = ("Quote", "Intense Quote")
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Q{len(name)}"><w:name w:val="{name}"/></w:style>' for name in names
    )
    body = (
        paragraph("She said:")
        + paragraph("Ask first.", "Q5")
        + paragraph("1. You need not win.", "Q13")
        + word_table(("said",))
    )
    read = _word(tmp_path, docx(body, parts={"word/styles.xml": root("styles", styles)}))
    assert read.markdown.startswith("She said:\n\n> Ask first.\n>\n> 1\\. You need not win.\n\n|")
    assert _labels(read)[1:3] == [("paragraph 2", "> Ask first."), ("paragraph 3", "> 1\\. You need not win.")]


def test_paragraphs_and_tables_of_word_are_counted_and_empty_ones_are_not(tmp_path: Path) -> None:
    body = paragraph("First") + "<w:p/>" + word_table(("a", "b"), ("c", "d")) + paragraph("Second")
    assert _labels(_word(tmp_path, docx(body))) == [
        ("paragraph 1", "First"),
        ("table 1", "| a | b |"),
        ("paragraph 2", "Second"),
    ]


def test_what_looks_like_markup_in_word_stays_text(tmp_path: Path) -> None:
    body = paragraph("# no heading") + paragraph("1. no list") + paragraph("a [b](c) *d* &lt;e&gt;")
    assert _word(tmp_path, docx(body)).markdown == "\\# no heading\n\n1\\. no list\n\na [b\\](c) \\*d\\* \\<e>"


def test_tracked_insertions_are_kept_and_deletions_are_counted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>I </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:t> ask</w:t></w:r></w:p>"
    )
    converted = _word(tmp_path, docx(body))
    assert converted.markdown == "I always ask"
    assert len(converted.notes) == 2
    assert "deleted" in converted.notes[0]


def test_headers_footers_notes_and_comments_of_word_are_kept_each_once(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r></w:p>'
    parts = {
        "word/header1.xml": root("hdr", paragraph("The centre")),
        "word/header2.xml": root("hdr", paragraph("The centre")),
        "word/footer1.xml": root("ftr", paragraph("Zoë 8 | 9")),
        "word/footnotes.xml": root("footnotes", f'<w:footnote w:id="2">{paragraph("My note")}</w:footnote>'),
        "word/comments.xml": root("comments", f'<w:comment w:id="0">{paragraph("My comment")}</w:comment>'),
    }
    converted = _word(tmp_path, docx(body, parts=parts))
    assert converted.markdown.count("The centre") == 1
    labels = _labels(converted)
    assert labels[:2] == [("header", "The centre"), ("paragraph 1", "Text[1][comment 1]")]
    assert labels[-1] == ("footer", "Zoë 8 \\| 9")
    assert "1. My note" in converted.markdown
    assert "My comment" in converted.markdown
    assert "↑" not in converted.markdown


@pytest.mark.parametrize(
    "drawn",
    [
        _DRAWN_BOX,
        _OLD_BOX,
        f"<mc:AlternateContent><mc:Choice>{_DRAWN_BOX}</mc:Choice></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice>{_DRAWN_BOX}</mc:Choice><mc:Fallback>{_OLD_BOX}</mc:Fallback>"
        "</mc:AlternateContent>",
    ],
)
def test_text_boxes_of_any_word_are_kept_once(tmp_path: Path, drawn: str) -> None:
    body = f"<w:p><w:r><w:t>Before</w:t>{drawn}</w:r></w:p>"
    assert _word(tmp_path, docx(body)).markdown.split() == ["Before", "In", "a", "box"]


def test_fields_formulas_and_checks_of_word_are_kept(tmp_path: Path) -> None:
    check = (
        '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>X</w:t></w:r>'
        "</w:sdtContent></w:sdt>"
    )
    body = (
        '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>1 May</w:t></w:r></w:fldSimple>'
        f"<m:oMath><m:r><m:t> a+b</m:t></m:r></m:oMath>{check}</w:p>"
    )
    assert _word(tmp_path, docx(body)).markdown.split() == ["1", "May", "a+b☑"]


def test_the_words_of_charts_are_kept(tmp_path: Path) -> None:
    chart = '<c:chart xmlns:c="urn:c"><c:v>Falls</c:v><c:v>12 &lt; 20</c:v></c:chart>'
    converted = _word(tmp_path, docx(paragraph("Text"), parts={"word/charts/chart1.xml": chart}))
    assert converted.markdown.endswith("[chart: Falls; 12 < 20]")


def test_a_picture_that_lies_outside_the_file_is_named_and_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret words")
    data = docx(f"<w:p><w:r>{_PICTURE}</w:r></w:p>", relations={"out": secret.as_uri()})
    assert _word(tmp_path, data).markdown == "[image: a child at play]"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd"])
def test_an_address_is_shown_beside_its_words(tmp_path: Path, address: str) -> None:
    data = docx(
        '<w:p><w:hyperlink r:id="out"><w:r><w:t>my work</w:t></w:r></w:hyperlink></w:p>', relations={"out": address}
    )
    assert _word(tmp_path, data).markdown == f"[my work](<{address}>)"


def test_marks_that_lead_nowhere_do_no_harm(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="7"/><w:commentReference w:id="7"/></w:r>'
        '<w:hyperlink r:id="none"><w:r><w:t>b</w:t></w:r></w:hyperlink></w:p>'
    )
    assert _word(tmp_path, docx(body)).markdown == "ab"


@pytest.mark.parametrize(
    ("prolog", "text"),
    [
        (BILLION_LAUGHS, "&j;"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    ],
)
def test_entities_are_refused(tmp_path: Path, prolog: str, text: str) -> None:
    with pytest.raises(NotReadable, match="entities"):
        _word(tmp_path, docx_with_prolog(prolog, text))
    with pytest.raises(NotReadable, match="entities"):
        _open_document(tmp_path, odt(f"<text:p>{text}</text:p>", prolog=prolog))


def test_a_zip_that_is_no_document_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="no Word document"):
        _word(tmp_path, odt("<text:p>x</text:p>"))
    with pytest.raises(NotReadable, match="no OpenDocument"):
        _open_document(tmp_path, docx(paragraph("x")))


def test_an_open_document_has_its_headings_lists_and_tables(tmp_path: Path) -> None:
    style = '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
    body = (
        '<text:h text:outline-level="2">Diary</text:h><text:p># text<text:s text:c="3"/>more</text:p><text:p/>'
        '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item></text:list>'
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B|</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>c</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table>"
    )
    converted = _open_document(tmp_path, odt(body, styles=style))
    assert converted.markdown == "## Diary\n\n\\# text more\n\n1. one\n\n| A | B\\| |\n| --- | --- |\n| c |  |"
    assert _labels(converted)[:3] == [
        ("paragraph 1", "## Diary"),
        ("paragraph 2", "\\# text more"),
        ("paragraph 3", "1. one"),
    ]


def test_notes_comments_boxes_and_margins_of_an_open_document_are_kept(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>My note</text:p>"
        "</text:note-body></text:note><office:annotation><dc:creator>Ann</dc:creator><text:p>My comment</text:p>"
        "</office:annotation></text:p><text:p><draw:frame><draw:image xlink:href='x.png'/><svg:title>a cot</svg:title>"
        "</draw:frame><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
    )
    master = "<style:master-page><style:header><text:p>Top</text:p></style:header></style:master-page>"
    converted = _open_document(tmp_path, odt(body, master=master))
    for words in ("Top", "a[1][comment Ann]", "My note", "My comment", "[image: a cot]", "In a box"):
        assert words in converted.markdown.split("\n")
    assert "gone" not in converted.markdown
    assert "deleted" in converted.notes[0]


def test_an_open_document_with_a_password_is_said(tmp_path: Path) -> None:
    data = odt("", manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    with pytest.raises(NotReadable, match="password"):
        _open_document(tmp_path, data)


def test_rich_text_keeps_notes_margins_cells_and_bars(tmp_path: Path) -> None:
    body = (
        r"{\header The centre\par}# caf\'e9 a|b{\footnote My note}\par \trowd Name\cell Date\cell\row"
        r"\trowd Zoe\cell 1\'7c2\cell\row\pard {\*\annotation My comment}\par"
    )
    converted = _rich_text(tmp_path, rtf(body))
    assert converted.markdown.split("\n") == [
        "[header] The centre",
        "",
        "\\# café a\\|b[note] My note",
        "",
        "| Name | Date |",
        "| --- | --- |",
        "| Zoe | 1\\|2 |",
        "",
        "[comment] My comment",
        "",
    ]
    assert _labels(converted)[2] == ("table 1", "| Name | Date |")


def test_rich_text_that_breaks_off_says_so(tmp_path: Path) -> None:
    converted = _rich_text(tmp_path, rtf("the first half")[:-1])
    assert converted.markdown == "the first half\n"
    assert converted.notes == ("The file breaks off before its end.",)


def test_what_is_no_rich_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotReadable):
        _rich_text(tmp_path, b"PK\x03\x04")


def test_a_page_is_its_words_and_no_script(tmp_path: Path) -> None:
    converted = _page(
        tmp_path,
        "<title>Diary</title><style>p{}</style><h1>One</h1><script>steal()</script><!-- c -->"
        "<p style='display: none'>hidden</p><p><img src='file:///x.png' alt='a *cot*'>"
        "<input value='typed'> <input type=checkbox checked> yes</p>",
    )
    assert converted.markdown == "Diary\n\n# One\n\nhidden\n\n[image: a \\*cot\\*]typed ☑  yes"
    assert [note.rpartition(": ")[0] or note for note in converted.notes] == [
        "Scripts that were left out and not run",
        "Style sheets that were left out",
        "Pictures that are shown by their description only",
        "Text that a browser would hide is shown.",
    ]


def test_a_page_that_is_none_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"MZ\x00\x01")
    with pytest.raises(NotReadable):
        html_reader.read(path)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>1<span>. x</span></p>", "1\\. x"),
        ("<p>a<br>- b</p>", "a  \n\\- b"),
        ("<p><b>Note</b> - x</p>", "**Note** - x"),
        ("<p><a href='#top'>up</a> <a href='http://a.b'>http://a.b</a></p>", "up http://a.b"),
        ("<p><a href='a b>c|d'>x</a></p>", "[x](<a b\\>c\\|d>)"),
        ("<pre>a\n```\n# b</pre>", "````\na\n```\n# b\n````"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"),
        ("<table><tr><td><h1>a</h1><h2>b</h2></td></tr></table>", "|  |\n| --- |\n| a b |"),
        ("<table><tr><td>a<br>b</td><td><ul><li>c</ul></td></tr></table>", "|  |  |\n| --- | --- |\n| a b | - c |"),
    ],
)
def test_html_becomes_markdown_that_says_the_same(html: str, markdown: str) -> None:
    assert markdown_of(html)[0] == markdown


def test_cells_that_reach_over_others_leave_each_in_its_column() -> None:
    html = (
        "<table><caption>Log</caption><tr><th colspan=2>A</th><th>B</th></tr>"
        "<tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>"
    )
    assert markdown_of(html)[0] == ("Log\n\n| A |  | B |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | 5 |")


def test_a_table_in_a_cell_keeps_its_words() -> None:
    html = "<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"
    assert markdown_of(html)[0].split("\n")[-1] == "| a | b; c |"


def test_our_own_signs_in_a_page_make_no_cell_and_no_place() -> None:
    markdown, places, _ = markdown_of("<table><tr><td>a\x01b\x02c\x03d\x03</td></tr></table>", "p")
    assert markdown.split("\n")[-1] == "| a\ufffdb\ufffdc\ufffdd\ufffd |"
    assert places == ()


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "table><tr><td", "ul><li"])
def test_tags_that_nobody_closed_take_no_words_with_them(tmp_path: Path, tag: str) -> None:
    page = "".join(f"<{tag}>word{number} " for number in range(200))
    converted = _page(tmp_path, page)
    assert set(re.findall(r"word\d+", converted.markdown)) == {f"word{number}" for number in range(200)}
