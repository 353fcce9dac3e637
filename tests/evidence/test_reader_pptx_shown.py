"""Presentations of every kind as the learner showed them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pptx import pptx
from markterm.evidence.readers.pptx.lists import numbered
from tests.evidence import made_office
from tests.evidence.made_office import SLIDES, paragraph, presentation, shape

_TITLE = shape("Site safety", kind="title")


def _read(folder: Path, *slides: str, **more: Any) -> Converted:
    return _read_bytes(folder, presentation(*slides, **more))


def _read_bytes(folder: Path, data: bytes) -> Converted:
    path = folder / "talk.pptx"
    path.write_bytes(data)
    return pptx.read(path)


def _picture(more: str = "", about: str = "") -> str:
    return f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="Picture 3" {about}/><p:nvPr>{more}</p:nvPr></p:nvPicPr></p:pic>'


def _frame(content: str) -> str:
    about = '<p:nvGraphicFramePr><p:cNvPr id="4" name="Frame 4"/></p:nvGraphicFramePr>'
    return f"<p:graphicFrame>{about}{content}</p:graphicFrame>"


def test_a_picture_in_the_place_of_the_title_is_a_picture(tmp_path: Path) -> None:
    read = _read(tmp_path, _picture('<p:ph type="title"/>', 'descr="Me on site"') + shape("What I did"))
    assert read.markdown == "# Slide 1\n\n[image: Me on site]\n\nWhat I did\n"


def test_slides_stand_in_the_order_of_the_presentation(tmp_path: Path) -> None:
    read = _read(tmp_path, _TITLE, shape("Tools", kind="ctrTitle"), shape("Thanks", kind="title"))
    assert read.markdown == "# Site safety\n\n# Tools\n\n# Thanks\n"
    assert [place.label for place in read.places] == ["slide 1", "slide 2", "slide 3"]


def test_a_strict_presentation_reads_as_any_other(tmp_path: Path) -> None:
    data = presentation(_TITLE + shape("words"))
    assert _read_bytes(tmp_path, made_office.strict(data)) == _read_bytes(tmp_path, data)


def test_a_presentation_without_slides_and_one_whose_slide_is_lost_say_so(tmp_path: Path) -> None:
    assert _read(tmp_path).markdown == "*[no slides]*\n"
    parts = made_office.parts_of(presentation(_TITLE, shape("words")))
    del parts["ppt/slides/z1.xml"]
    read = _read_bytes(tmp_path, made_office.package(parts))
    assert "# Slide 1\n\n*[this slide is not in the file]*\n\n# Slide 2\n\nwords" in read.markdown
    assert read.notes == ("Slide 1 is named in the presentation, and is not in the file.",)


def test_what_the_program_fills_in_is_not_the_learner_s_and_footers_stand_once(tmp_path: Path) -> None:
    number = '<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>'
    today = '<a:p><a:r><a:t>On </a:t></a:r><a:fld type="datetime1"><a:t>1/1/2024</a:t></a:fld></a:p>'
    ends = (
        shape("Zoë, unit 3", kind="ftr") + shape(number, kind="sldNum") + shape(number) + shape("- May 2024", kind="dt")
    )
    read = _read(tmp_path, ends + shape(today), ends)
    assert read.markdown == "# Slide 1\n\nZoë, unit 3\n\n\\- May 2024\n\nOn\n\n# Slide 2\n"


def test_links_of_words_and_of_shapes_show_where_they_lead(tmp_path: Path) -> None:
    words = paragraph("the video", of_run='<a:hlinkClick r:id="a"/>') + paragraph(
        "next", of_run='<a:hlinkClick r:id="in"/>'
    )
    box = shape(words) + shape("press").replace('name="Shape 2" />', 'name="x"><a:hlinkClick r:id="b"/></p:cNvPr>')
    read = _read(
        tmp_path,
        box,
        of_slide={
            "a": ("hyperlink", "https://example.org/a"),
            "b": ("hyperlink", "mailto:zoe@example.org"),
            "in": ("slide", "z0.xml"),
        },
    )
    assert read.markdown == (
        "# Slide 1\n\n[the video](<https://example.org/a>)\n\nnext\n\npress\n\n→ mailto:zoe@example.org\n"
    )


def test_numbers_of_lists_are_as_they_were_seen(tmp_path: Path) -> None:
    def item(words: str, form: str, level: int = 0, more: str = "") -> str:
        return paragraph(words, f'<a:pPr lvl="{level}"><a:buAutoNum type="{form}" {more}/></a:pPr>')

    items = (
        item("plan", "arabicPeriod", more='startAt="3"')
        + item("ask", "alphaLcParenR", 1)
        + item("write", "alphaLcParenR", 1)
        + item("do", "arabicPeriod", more='startAt="3"')
        + item("sign", "alphaLcParenR", 1)
    )
    read = _read(tmp_path, shape(items))
    assert read.markdown == "# Slide 1\n\n3. plan\n   - a) ask\n   - b) write\n4. do\n   - a) sign\n"


@pytest.mark.parametrize(
    ("count", "form", "label"),
    [
        (28, "alphaUcPeriod", "BB."),
        (14, "romanLcParenBoth", "(xiv)"),
        (9, "romanUcPeriod", "IX."),
        (2, "arabicParenR", "2)"),
        (2, "circleNumDbPlain", "2."),
    ],
)
def test_every_form_of_number_has_a_label(count: int, form: str, label: str) -> None:
    assert numbered(count, form) == label


def test_ticks_as_bullets_and_in_symbol_fonts_are_ticks_and_words_beside_them_are_words(tmp_path: Path) -> None:
    tick = paragraph("met", '<a:pPr><a:buFont typeface="Wingdings"/><a:buChar char="ü"/></a:pPr>')
    plain = paragraph("dot", '<a:pPr><a:buFont typeface="Wingdings"/><a:buChar char="§"/></a:pPr>')
    cross = paragraph("û", of_run='<a:latin typeface="Wingdings"/>')
    words = paragraph("so \uf0e0 go", of_run='<a:sym typeface="Wingdings"/>')
    read = _read(tmp_path, shape(tick + plain + cross + words))
    assert read.markdown == "# Slide 1\n\n- ✓ met\n- dot\n\n✗\n\nso → go\n"


def test_formulas_are_read_from_the_newer_form(tmp_path: Path) -> None:
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    equal = f"{fraction}<m:r><m:t>=</m:t></m:r>{power}"
    formula = f"<a:p><a14:m><m:oMathPara><m:oMath>{equal}</m:oMath></m:oMathPara></a14:m></a:p>"
    choice = f'<mc:Choice Requires="a14">{shape(formula)}</mc:Choice>'
    read = _read(
        tmp_path, f"<mc:AlternateContent>{choice}<mc:Fallback>{_picture()}</mc:Fallback></mc:AlternateContent>"
    )
    assert read.markdown == "# Slide 1\n\n(a+b)/2=x^2\n"


def test_old_comments_have_their_authors(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        _TITLE,
        of_slide={"c": ("comments", "../c.xml")},
        of_show={"a": ("commentAuthors", "a.xml")},
        parts={
            "c.xml": f'<p:cmLst {SLIDES}><p:cm authorId="1"><p:text>Which *site*?</p:text></p:cm></p:cmLst>',
            "a.xml": f'<p:cmAuthorLst {SLIDES}><p:cmAuthor id="1" name="Sam Hale"/></p:cmAuthorLst>',
        },
    )
    assert read.markdown.endswith("- Comment by Sam Hale: Which \\*site\\*?\n")


def test_threads_of_comments_have_their_authors(tmp_path: Path) -> None:
    def text(words: str) -> str:
        return f"<n:txBody>{paragraph(words)}</n:txBody>"

    reply = f'<n:replyLst><n:reply authorId="{{2}}">{text("Leeds")}</n:reply></n:replyLst>'
    thread = f'<n:cm authorId="{{1}}" status="resolved">{reply}{text("Which site?")}</n:cm>'
    kind = "http://schemas.microsoft.com/office/2018/10/relationships/"
    read = _read(
        tmp_path,
        _TITLE,
        of_slide={"c": (kind + "comments", "../c.xml")},
        of_show={"a": (kind + "authors", "a.xml")},
        parts={
            "c.xml": f'<n:cmLst xmlns:n="urn:n" {SLIDES}>{thread}</n:cmLst>',
            "a.xml": '<n:l xmlns:n="urn:n"><n:author id="{1}" name="Sam"/><n:author id="{2}" name="Zoë"/></n:l>',
        },
    )
    assert read.markdown.endswith("- Comment by Sam (resolved): Which site?\n\n- Reply by Zoë: Leeds\n")


def test_films_sounds_and_embedded_files_are_named(tmp_path: Path) -> None:
    inner = presentation(_TITLE)
    film = _picture('<a:videoFile r:link="v"/>', 'descr="The briefing"')
    sound = _picture('<a:audioFile r:link="s"/>')
    embedded = _frame('<a:graphic><p:oleObj progId="PowerPoint.Show.12" r:id="o"><p:pic/></p:oleObj></a:graphic>')
    read = _read(
        tmp_path,
        film + sound + embedded,
        of_slide={
            "v": ("video", "https://example.org/film"),
            "s": ("audio", "../media/a.m4a"),
            "o": ("package", "../o.pptx"),
        },
        parts={"o.pptx": inner},
    )
    assert read.markdown == (
        "# Slide 1\n\n[video: The briefing] → https://example.org/film\n\n[audio: Picture 3]\n\n"
        "[attached: PowerPoint Show.pptx]\n"
    )
    assert [(each.name, each.content) for each in read.attachments] == [("PowerPoint Show.pptx", inner)]


def test_words_around_a_chart_are_kept_and_one_that_is_not_there_is_said(tmp_path: Path) -> None:
    def axis(words: str) -> str:
        return f"<c:valAx><c:title>{paragraph(words)}</c:title></c:valAx>"

    point = "<c:pt idx='0'><c:v>0.5</c:v></c:pt>"
    values = f"<c:yVal><c:numCache><c:formatCode>0%</c:formatCode>{point}</c:numCache></c:yVal>"
    series = f"<c:ser><c:tx><c:v>Zoë</c:v></c:tx><c:xVal><c:numCache>{point}</c:numCache></c:xVal>{values}</c:ser>"
    chart = f"<c:chartSpace {SLIDES}><c:chart><c:plotArea>{series}{axis('share')}</c:plotArea></c:chart></c:chartSpace>"
    frames = _frame('<a:graphic><c:chart r:id="c"/></a:graphic>') + _frame(
        '<a:graphic><c:chart r:id="no"/></a:graphic>'
    )
    read = _read(tmp_path, frames, of_slide={"c": ("chart", "../c.xml")}, parts={"c.xml": chart})
    assert read.markdown == (
        "# Slide 1\n\n[chart: Frame 4]\n\n|  | Zoë |\n| --- | --- |\n| 0.5 | 50% |\n\n- On the chart: share\n"
    )
    assert read.notes == ("A chart on slide 1 cannot be read; open the file outside.",)


def test_boxes_and_headers_of_notes_pages_are_notes_too(tmp_path: Path) -> None:
    shapes = shape("said", kind="body") + shape("in a box") + shape("12", kind="sldNum") + shape("Unit 3", kind="hdr")
    notes = f"<p:notes {SLIDES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:notes>"
    read = _read(tmp_path, _TITLE, of_slide={"n": ("notesSlide", "../n.xml")}, parts={"n.xml": notes})
    assert read.markdown == "# Site safety\n\n**Notes:**\n\nsaid\n\nin a box\n\nUnit 3\n"


def test_words_that_were_struck_out_are_not_the_last_word(tmp_path: Path) -> None:
    words = paragraph("in May").replace("<a:rPr>", '<a:rPr strike="sngStrike">')
    read = _read(tmp_path, shape(words + paragraph("in June").replace("<a:rPr>", '<a:rPr strike="noStrike">')))
    assert read.markdown == "# Slide 1\n\n~~in May~~\n\nin June\n"


def test_what_a_shape_is_said_to_show_stands_beside_its_words(tmp_path: Path) -> None:
    read = _read(tmp_path, shape("Level 2", about='descr="A certificate"') + shape("<a:p/>", about='descr="A star"'))
    assert read.markdown == "# Slide 1\n\nLevel 2\n\n[image: A certificate]\n\n[image: A star]\n"


def test_the_layout_says_which_lists_have_bullets(tmp_path: Path) -> None:
    def levels(first: str, second: str) -> str:
        return f"<a:lvl1pPr>{first}</a:lvl1pPr><a:lvl2pPr>{second}</a:lvl2pPr>"

    no, yes = "<a:buNone/>", '<a:buChar char="•"/>'
    on_layout = shape("prompt", kind="body").replace(
        "<a:bodyPr/>", f"<a:bodyPr/><a:lstStyle>{levels(no, '')}</a:lstStyle>"
    )
    styles = f"<p:txStyles><p:bodyStyle>{levels(yes, yes)}</p:bodyStyle></p:txStyles>"
    read = _read(
        tmp_path,
        shape(paragraph("plain") + paragraph("with", '<a:pPr lvl="1"/>'), kind="body"),
        shape("a list", kind="body"),
        of_slide={"l": ("slideLayout", "../layouts/l.xml")},
        parts={
            "layouts/l.xml": f"<p:sldLayout {SLIDES}><p:cSld><p:spTree>{on_layout}</p:spTree></p:cSld></p:sldLayout>",
            "layouts/_rels/l.xml.rels": made_office.relations({"m": ("slideMaster", "m.xml")}),
            "layouts/m.xml": f"<p:sldMaster {SLIDES}>{styles}</p:sldMaster>",
        },
    )
    assert read.markdown == "# Slide 1\n\nplain\n\n- with\n\n# Slide 2\n\n- a list\n"


def test_figures_above_and_below_the_line_are_so(tmp_path: Path) -> None:
    runs = "".join(
        f'<a:r><a:rPr baseline="{place}"/><a:t>{words}</a:t></a:r>'
        for words, place in (("CO", 0), ("2", -25000), (" in 4 m", 0), ("3", 30000), (" at the 2", 0), ("nd", 30000))
    )
    assert _read(tmp_path, shape(f"<a:p>{runs}</a:p>")).markdown == "# Slide 1\n\nCO₂ in 4 m³ at the 2nd\n"
