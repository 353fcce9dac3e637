"""What stands beside the text of a Word file: notes, comments, changes, text boxes, charts, and files put into it."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.made_mail import compound
from tests.evidence.made_more import zip_of
from tests.evidence.made_word import para, part, read, run, said, word

_TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def _comments(*content: str) -> dict[str, tuple[str, str]]:
    return {"word/comments1.xml": ("comments", part("comments", "".join(content)))}


def _comment(number: int, text: str, author: str = "Tutor", initials: str = "T", paragraph: str = "") -> str:
    words = said(text).replace("<w:p>", f'<w:p w14:paraId="{paragraph}">') if paragraph else said(text)
    return f'<w:comment w:id="{number}" w:author="{author}" w:initials="{initials}">{words}</w:comment>'


def _mark(number: int, kind: str = "comment") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _deleted(*content: str) -> str:
    return f'<w:del w:id="1" w:author="a">{"".join(content)}</w:del>'


def test_a_comment_is_shown_with_who_wrote_it_and_what_it_replies_to(tmp_path: Path) -> None:
    extended = part("x", '<w15:commentEx w15:paraId="0A"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>')
    parts = {
        **_comments(_comment(0, "say more", "Sam Hale", "SH", "0A"), _comment(1, "I did", "Zoe", "Z", "0B")),
        "word/commentsExtended.xml": ("commentsExtended", extended),
    }
    shown = read(tmp_path, word(para(run("The plan"), _mark(0), _mark(1)), parts))
    assert shown.markdown.split("\n\n") == [
        "The plan[SH1][Z2]",
        "**Comments**",
        "Comment [SH1] by Sam Hale",
        "say more",
        "Comment [Z2] by Zoe, in reply to [SH1]",
        "I did",
    ]
    assert shown.places[-1].label == "comments"


def test_comments_and_notes_whose_mark_is_deleted_or_nowhere_follow_the_others(tmp_path: Path) -> None:
    notes = part("footnotes", "".join(f'<w:footnote w:id="{n}">{said(f"note {n}")}</w:footnote>' for n in (1, 2)))
    parts = {
        **_comments(_comment(0, "on what is gone"), _comment(1, "on nothing"), _comment(2, "on what is here")),
        "word/footnotes9.xml": ("footnotes", notes),
    }
    body = para(run("Kept"), _mark(2), _deleted(_mark(0), _mark(1, "footnote")), _mark(2, "footnote"))
    shown = read(tmp_path, word(body, parts)).markdown
    assert shown.split("\n\n") == [
        "Kept[T1][1]",
        "**Notes**",
        "1. note 2",
        "**Notes whose mark is in a deleted passage, or nowhere:**",
        "2. note 1",
        "**Comments**",
        "Comment [T1] by Tutor",
        "on what is here",
        "**Comments whose mark is in a deleted passage, or nowhere:**",
        "Comment [T2] by Tutor",
        "on what is gone",
        "Comment [T3] by Tutor",
        "on nothing",
    ]


def test_a_comment_without_a_mark_of_its_own_is_marked_where_its_range_ends(tmp_path: Path) -> None:
    ended = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/>'.format(run("this"))
    assert read(tmp_path, word(para(ended, run(" and")), _comments(_comment(0, "x")))).markdown.startswith(
        "this[T1] and"
    )
    both = read(tmp_path, word(para(ended, _mark(0)), _comments(_comment(0, "x")))).markdown
    assert both.startswith("this[T1]\n")


def test_notes_keep_their_paragraphs_tables_and_order(tmp_path: Path) -> None:
    content = said("first", "second") + _TABLE.format(said("cell"))
    notes = part("endnotes", f'<w:endnote w:id="5">{content}</w:endnote>')
    shown = read(tmp_path, word(para(run("a"), _mark(5, "endnote")), {"word/e.xml": ("endnotes", notes)})).markdown
    assert shown == "a[1]\n\n**Notes**\n\n1. first\n\n   second\n\n   |  |\n   | --- |\n   | cell |"


def test_changes_are_shown_as_they_stand_when_they_are_accepted_and_counted(tmp_path: Path) -> None:
    moved = f'<w:moveFrom w:id="2">{run("here")}</w:moveFrom>'
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{said(text)}</w:tc></w:tr>"
        for text, mark in (("kept", ""), ("gone", '<w:del w:id="3"/>'), ("new", '<w:ins w:id="4"/>'))
    )
    joined = "<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>{}</w:p>".format(run("one "))
    body = para(run("stay "), moved) + f"<w:tbl>{rows}</w:tbl>" + joined + said("line")
    shown = read(tmp_path, word(body))
    assert shown.markdown == "stay\n\n| kept |\n| --- |\n| new |\n\none line"
    assert [note.rpartition(": ")[2] for note in shown.notes] == ["3.", "1."]


def test_changes_and_hidden_words_in_headers_notes_and_comments_are_counted_too(tmp_path: Path) -> None:
    changed = para(_deleted(run("old")), run("new"), run("secret", "<w:vanish/>"))
    parts = {
        "word/header1.xml": ("header", part("hdr", changed)),
        "word/comments.xml": ("comments", part("comments", f'<w:comment w:id="0">{changed}</w:comment>')),
    }
    shown = read(tmp_path, word(para(run("a"), _mark(0), run("b", '<w:vanish w:val="0"/>')), parts))
    assert shown.markdown.count("newsecret") == 2
    assert shown.notes == (
        "Passages that were deleted or moved away with changes tracked, and are not shown: 2.",
        "Text that Word hides is shown.",
    )


def test_words_are_called_hidden_where_there_are_any_that_a_style_or_they_themselves_hide(tmp_path: Path) -> None:
    hides = ("Text that Word hides is shown.",)
    style = '<w:style w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    style += '<w:style w:styleId="I"><w:basedOn w:val="H"/></w:style>'
    parts = {"word/styles.xml": ("styles", part("styles", style))}
    for by_style in (
        para(run("unseen", '<w:rStyle w:val="H"/>')),
        para(run("unseen"), properties='<w:pStyle w:val="I"/>'),
    ):
        assert read(tmp_path, word(by_style, parts)).notes == hides
    end_alone = para(run("seen"), properties="<w:rPr><w:vanish/></w:rPr>")
    entry = para(run("seen"), "<w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE</w:instrText></w:r>")
    assert read(tmp_path, word(end_alone + entry + para(properties='<w:pStyle w:val="H"/>'), parts)).notes == ()


def test_what_was_inserted_and_deleted_again_counts_as_deleted_alone(tmp_path: Path) -> None:
    both = '<w:ins w:id="1"><w:del w:id="2"><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>'
    notes = read(tmp_path, word(para(both, run("y")))).notes
    assert notes == ("Passages that were deleted or moved away with changes tracked, and are not shown: 1.",)


def test_a_comment_that_was_dealt_with_says_so(tmp_path: Path) -> None:
    comment = (
        f'<w:comment w:id="0" w:author="Jo" w:initials="J"><w:p w14:paraId="0A">{run("Which one?")}</w:p></w:comment>'
    )
    extended = part("commentsEx", '<w15:commentEx w15:paraId="0A" w15:done="1"/>')
    body = para(run("x"), '<w:r><w:commentReference w:id="0"/></w:r>')
    parts = {
        "word/comments.xml": ("comments", part("comments", comment)),
        "word/commentsExtended.xml": ("commentsExtended", extended),
    }
    assert "Comment [J1] by Jo, marked as resolved\n" in read(tmp_path, word(body, parts)).markdown


def test_what_was_to_be_drawn_or_put_in_and_is_not_there_is_said(tmp_path: Path) -> None:
    chart, diagram = '<c:chart r:id="gone"/>', '<d:relIds xmlns:d="urn:d" r:dm="gone"/>'
    body = "".join(
        para(f"<w:r><w:drawing><wp:inline>{each}</wp:inline></w:drawing></w:r>") for each in (chart, diagram)
    )
    shown = read(tmp_path, word(f'{body}<w:altChunk r:id="gone"/>')).markdown
    assert shown == "[chart, which is missing]\n\n[diagram, which is missing]\n\n[attached, and missing or damaged]"


def test_a_film_that_plays_from_the_web_shows_its_address(tmp_path: Path) -> None:
    film = '<a:ext><w:webVideoPr embeddedHtml="&lt;iframe src=&quot;https://films.example/1&quot;&gt;"/></a:ext>'
    drawing = f'<wp:docPr id="1" descr="A briefing">{film}</wp:docPr><a:blip r:embed="a"/>'
    shown = read(tmp_path, word(para(f"<w:r><w:drawing><wp:inline>{drawing}</wp:inline></w:drawing></w:r>"))).markdown
    assert shown == "[video: https://films.example/1][image: A briefing]"


def test_a_formula_of_an_editor_is_no_file_of_its_own(tmp_path: Path) -> None:
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4" r:id="oleObject1"/></w:object></w:r>'
    read_back = read(tmp_path, word(para(formula), {"word/embeddings/oleObject1.bin": ("oleObject", b"mtef")}))
    assert (read_back.markdown, read_back.attachments) == ("[formula: drawn as a picture]", ())


def test_a_large_first_letter_belongs_to_its_word(tmp_path: Path) -> None:
    first = para(run("D"), properties='<w:framePr w:dropCap="drop" w:lines="3"/>')
    shown = read(tmp_path, word(first + said("rop cap", "next")))
    assert shown.markdown == "Drop cap\n\nnext"
    assert [place.label for place in shown.places] == ["paragraph 1", "paragraph 2", "paragraph 3"]


def test_a_paragraph_whose_end_was_deleted_stays_in_its_cell_and_above_its_table(tmp_path: Path) -> None:
    deleted = f"<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>{run('one')}</w:p>"
    table = f"<w:tbl><w:tr><w:tc>{deleted}</w:tc><w:tc>{said('two')}</w:tc></w:tr></w:tbl>"
    boxed = para(f"<w:r><w:pict><w:txbxContent>{deleted}</w:txbxContent></w:pict></w:r>")
    shown = read(tmp_path, word(deleted + table + boxed + said("last") + deleted)).markdown
    assert shown == "one\n\n|  |  |\n| --- | --- |\n| one | two |\n\none\n\nlast\n\none"


def test_figures_above_the_line_are_shown_as_such(tmp_path: Path) -> None:
    body = para(run("10"), run("3", '<w:vertAlign w:val="superscript"/>'), run("kg"))
    assert read(tmp_path, word(body)).markdown == "10³kg"


def test_a_text_box_is_shown_once_wherever_it_stands(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{said('In a box')}</w:txbxContent>"
    new = (
        f"<w:drawing><wp:anchor><wp:docPr id='1' descr='a frame'/><a:graphic>{box}</a:graphic></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    forms = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>"
    assert read(tmp_path, word(para(run("a "), both))).markdown == "a [image: a frame]\n\nIn a box"
    cell = read(tmp_path, word(_TABLE.format(para(run("a"), both)))).markdown
    assert cell == "|  |\n| --- |\n| a[image: a frame] In a box |"
    empty = both.replace(new, "<w:drawing/>")
    assert read(tmp_path, word(para(run("a"), empty))).markdown == "a\n\nIn a box"


def test_word_art_and_pictures_of_the_older_form_say_what_they_show(tmp_path: Path) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    picture = '<w:r><w:pict><v:shape alt="a cot"><v:imagedata o:title="x"/></v:shape></w:pict></w:r>'
    assert read(tmp_path, word(para(art) + para(picture))).markdown == "DRAFT\n\n[image: a cot]"


def test_a_picture_that_leads_somewhere_shows_where(tmp_path: Path) -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="a map"><a:hlinkClick r:id="map"/></wp:docPr><a:graphic>'
        "<a:blip/></a:graphic></wp:inline></w:drawing></w:r>"
    )
    shown = read(tmp_path, word(para(drawing), links={"map": "http://a.b"})).markdown
    assert shown == "[[image: a map]](<http://a.b>)"


def test_formulas_keep_what_stands_above_and_below(tmp_path: Path) -> None:
    def letters(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{letters('a+b')}</m:num><m:den>{letters('2')}</m:den></m:f>"
    square = f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('10')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{letters('y')}</m:e></m:rad>"
    bounds = f"<m:sub>{letters('i=1')}</m:sub><m:sup>{letters('n')}</m:sup><m:e>{letters('i')}</m:e>"
    total = f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{bounds}</m:nary>'
    body = para(f"<m:oMath>{fraction}{letters(' = ')}{square}{root}{total}</m:oMath>")
    assert read(tmp_path, word(body)).markdown.replace("\\", "") == "(a+b)/2 = x^10√(y)∑_(i=1)^n i"


def test_words_that_are_spoken_otherwise_stand_before_how(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('とう')}</w:rt><w:rubyBase>{run('東')}</w:rubyBase></w:ruby></w:r>"
    assert read(tmp_path, word(para(ruby))).markdown == "東(とう)"


def _object(relation: str, program: str = "Package", shape: str = "") -> str:
    drawn = f"<v:shape {shape}><v:imagedata r:id='none'/></v:shape>"
    return f'<w:r><w:object>{drawn}<o:OLEObject Type="Embed" ProgID="{program}" r:id="{relation}"/></w:object></w:r>'


def test_files_that_were_put_in_are_named_where_they_stand_and_handed_on(tmp_path: Path) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {
        "word/embeddings/log.xlsx": ("package", b"sheet"),
        "word/embeddings/plan.docx": ("package", b"text"),
        "word/embeddings/lost.pptx": ("", b"slides"),
    }
    body = para(run("My log: "), _object("log", "Excel.Sheet.12")) + _TABLE.format(para(_object("plan")))
    shown = read(tmp_path, word(body, parts))
    assert shown.markdown.split("\n\n") == [
        "My log: [attached: log.xlsx]",
        "|  |\n| --- |\n| [attached: plan.docx] |",
        "[attached: lost.pptx]",
    ]
    assert [(file.name, file.content) for file in shown.attachments] == [
        ("log.xlsx", b"sheet"),
        ("plan.docx", b"text"),
        ("lost.pptx", b"slides"),
    ]


def test_an_object_that_is_not_there_costs_no_word(tmp_path: Path) -> None:
    linked = '<w:r><w:object><o:OLEObject r:id="out"/></w:object></w:r>'
    body = para(run("a "), _object("none")) + para(linked) + para(_object("none", "Equation.3"))
    shown = read(tmp_path, word(body, links={"out": "file:///x.xls"})).markdown
    assert shown.split("\n\n") == [
        "a [object, which is missing]",
        "[linked, not opened: file:///x.xls]",
        "[formula: drawn as a picture]",
    ]


def _native(name: str, content: bytes) -> bytes:
    paths = f"{name}\0C:\\{name}\0".encode()
    stream = b"\2\0" + paths + bytes(4) + struct.pack("<I", 3) + b"x:\0" + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(stream)) + stream


@pytest.mark.parametrize(
    ("streams", "name"),
    [
        ({"\x01Ole10Native": _native("my log.txt", b"what I did")}, "my log.txt"),
        ({"Package": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"package": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"CONTENTS": b"%PDF-1.4 x"}, "oleObject1.pdf"),
        ({"WordDocument": b"old"}, "oleObject1.doc"),
        ({"Odd": b"x"}, "oleObject1.bin"),
    ],
)
def test_a_file_is_taken_out_of_the_container_that_windows_puts_it_in(
    tmp_path: Path, streams: dict[str, bytes], name: str
) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {"word/embeddings/oleObject1.bin": ("oleObject", compound(streams))}
    shown = read(tmp_path, word(para(_object("oleObject1")), parts))
    assert shown.markdown == f"[attached: {name}]"
    assert shown.attachments[0].name == name


def test_a_damaged_container_is_handed_on_as_it_is(tmp_path: Path) -> None:
    data = bytes.fromhex("D0CF11E0A1B11AE1") + struct.pack("<I", 7) * 200
    shown = read(tmp_path, word(para(_object("oleObject1")), {"word/embeddings/oleObject1.bin": ("oleObject", data)}))
    assert shown.markdown == "[attached: oleObject1.bin]"
    assert shown.attachments[0].content == data


def test_a_chart_shows_its_figures_where_it_stands(tmp_path: Path) -> None:
    points = '<c:ptCount val="2"/><c:pt idx="0"><c:v>{}</c:v></c:pt><c:pt idx="1"><c:v>{}</c:v></c:pt>'
    series = (
        "<c:ser><c:tx><c:v>Hours</c:v></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points.format('Mon', 'Tue|')}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache>{points.format(2, 3)}</c:numCache></c:numRef></c:val></c:ser>"
    )
    chart = part("chart", f"<c:chart><c:plotArea>{series}</c:plotArea></c:chart>")
    drawing = '<w:r><w:drawing><wp:inline><a:graphic><c:chart r:id="chart1"/></a:graphic></wp:inline></w:drawing></w:r>'
    body = para(run("Before"), drawing) + said("after")
    shown = read(tmp_path, word(body, {"word/charts/chart1.xml": ("chart", chart)})).markdown
    assert shown == ("Before\n\n[chart: no title]\n\n|  | Hours |\n| --- | --- |\n| Mon | 2 |\n| Tue\\| | 3 |\n\nafter")


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("a.htm", b"<h2>Plan</h2><p>by <b>me</b><br>now<ul><li>one<li>two</ul><script>x()</script>", None),
        ("a.html", "<table><tr><th>A<th>B<tr><td>1<td>é|</table>".encode(), "| A | B |\n| --- | --- |\n| 1 | é\\| |"),
        ("a.txt", "één\n# no heading".encode(), "één\n\n\\# no heading"),
        ("a.docx", word(said("inner") + para(run("more"))), "inner\n\nmore"),
        ("a.docx", b"no archive", "[attached: a.docx]"),
        ("a.rtf", b"{\\rtf1 x}", "[attached: a.rtf]"),
        ("a.html", b"", ""),
    ],
)
def test_a_document_that_word_would_put_in_is_shown_or_attached(
    tmp_path: Path, name: str, content: bytes, shown: str | None
) -> None:
    body = said("before") + '<w:altChunk r:id="a"/>' + said("after")
    converted = read(tmp_path, word(body, {f"word/{name}": ("aFChunk", content)}))
    if shown is None:
        shown = "## Plan\n\nby **me**  \nnow\n\n- one\n- two"
    assert converted.markdown == "\n\n".join(filter(None, ("before", shown, "after")))
    assert [file.name for file in converted.attachments] == ([name] if "attached" in shown else [])


def test_a_document_that_puts_itself_in_ends(tmp_path: Path) -> None:
    inner: Any = said("x")
    for _ in range(8):
        inner = word('<w:altChunk r:id="a"/>' + said("x"), {"word/a.docx": ("aFChunk", inner)})
    shown = read(tmp_path, inner)
    assert shown.markdown.split() == ["[attached:", "a.docx]", "x", "x", "x", "x"]


def test_more_files_than_there_is_room_for_are_named_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("markterm.evidence.readers.attached.MOST_FILES", 2)
    parts: dict[str, tuple[str, str | bytes]] = {
        f"word/embeddings/n{n}.xlsx": ("package", zip_of([("a", b"b")])) for n in range(4)
    }
    shown = read(tmp_path, word("".join(para(_object(f"n{n}")) for n in range(4)), parts))
    assert len(shown.attachments) == 2
    assert "n3.xlsx" in shown.markdown
    assert any("n3.xlsx" in note for note in shown.notes)


@pytest.mark.parametrize(
    "odd",
    [
        "<w:tbl><w:r><w:t>word</w:t></w:r></w:tbl>",
        "<w:tbl><w:tr><w:p><w:r><w:t>word</w:t></w:r></w:p></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:p><w:r><w:t>word</w:t></w:r></w:p></w:pict></w:r></w:p>",
        "<w:p><w:r><w:drawing><w:tbl><w:tr><w:tc><w:t>word</w:t></w:tc></w:tr></w:tbl></w:drawing></w:r></w:p>",
        "<w:t>word</w:t>",
        "<w:unknown><w:p><w:other><w:r><w:more><w:t>word</w:t></w:more></w:r></w:other></w:p></w:unknown>",
        "<w:p><w:p><w:r><w:t>word</w:t></w:r></w:p></w:p>",
    ],
)
def test_words_that_stand_where_they_have_no_place_are_shown_once(tmp_path: Path, odd: str) -> None:
    assert read(tmp_path, word(odd)).markdown.count("word") == 1


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("", "|  | A |\n| --- | --- |\n| x | 1 |"),
        ("Name", "| Name | A |\n| --- | --- |\n| x | 1 |"),
    ],
)
def test_a_first_row_with_an_empty_corner_is_a_header_still(tmp_path: Path, head: str, shown: str) -> None:
    rows = "".join(f"<w:tr><w:tc>{said(a)}</w:tc><w:tc>{said(b)}</w:tc></w:tr>" for a, b in ((head, "A"), ("x", "1")))
    assert read(tmp_path, word(f"<w:tbl>{rows}</w:tbl>")).markdown == shown


def test_a_comment_whose_own_mark_is_deleted_is_marked_where_its_range_ends(tmp_path: Path) -> None:
    body = para(run("this"), '<w:commentRangeEnd w:id="0"/>', _deleted(_mark(0)))
    assert read(tmp_path, word(body, _comments(_comment(0, "x")))).markdown.startswith("this[T1]\n\n**Comments**")


def test_an_object_takes_its_name_from_what_is_in_it_where_its_part_says_nothing(tmp_path: Path) -> None:
    parts: dict[str, tuple[str, str | bytes]] = {"word/embeddings/oleObject1.bin": ("oleObject", b"%PDF-1.4 x")}
    assert read(tmp_path, word(para(_object("oleObject1")), parts)).attachments[0].name == "oleObject1.pdf"
    parts = {"word/embeddings/Plan.pdf": ("package", b"%PDF-1.4 x")}
    assert read(tmp_path, word(para(_object("Plan")), parts)).attachments[0].name == "Plan.pdf"
    parts = {"word/embeddings/notes.odd": ("package", b"x")}
    assert read(tmp_path, word(para(_object("notes")), parts)).attachments[0].name == "notes.odd"


_NAMES = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "pict", "object", "unknown")
_TREES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["<w:r><w:t>word</w:t></w:r>", "<w:p/>", '<w:fldChar w:fldCharType="end"/>', "<w:sym/>"]),
    lambda inner: st.builds(
        lambda name, content: f"<w:{name}>{''.join(content)}</w:{name}>",
        st.sampled_from(_NAMES),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(tree=_TREES)
def test_whatever_stands_in_whatever_is_read_and_only_what_was_deleted_is_not_shown(
    tmp_path_factory: pytest.TempPathFactory, tree: str
) -> None:
    shown = read(tmp_path_factory.getbasetemp(), word(tree))
    if "<w:del>" not in tree:
        assert shown.markdown.count("word") == tree.count(">word<")


def test_a_comment_without_initials_has_another_mark_than_a_note(tmp_path: Path) -> None:
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="{author}">{said(words)}</w:comment>'
        for number, author, words in ((0, "Jo van Dyk", "Which one?"), (1, "", "And when?"))
    )
    marks = "".join(f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number in (0, 1))
    body = para(run("x"), '<w:r><w:footnoteReference w:id="2"/></w:r>', marks)
    notes = part("footnotes", f'<w:footnote w:id="2">{said("A note")}</w:footnote>')
    parts = {
        "word/comments.xml": ("comments", part("comments", comments)),
        "word/footnotes.xml": ("footnotes", notes),
    }
    shown = read(tmp_path, word(body, parts)).markdown
    assert shown.startswith("x[1][JvD1][comment 2]\n")
    assert "Comment [JvD1] by Jo van Dyk\n" in shown
    assert "Comment [comment 2]\n" in shown


def test_a_file_that_stands_in_several_places_is_one_attachment(tmp_path: Path) -> None:
    thing = para('<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="Log"/></w:object></w:r>')
    shown = read(tmp_path, word(thing * 3, {"word/embeddings/Log.xlsx": ("package", b"a workbook")}))
    assert shown.markdown == "\n\n".join(["[attached: Log.xlsx]"] * 3)
    assert [file.name for file in shown.attachments] == ["Log.xlsx"]
