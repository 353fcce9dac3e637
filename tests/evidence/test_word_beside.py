"""What stands beside the text of a Word file: notes, comments, changes, text boxes, charts, and files put into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
