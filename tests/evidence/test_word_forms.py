"""What is filled into Word files is shown where it stands: old forms, controls, fields, signs of symbol fonts."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from tests.evidence.made_word import control, field, para, part, read, run, said, with_part, word

_PLACEHOLDER = "<w:showingPlcHdr/>"


def _shown(tmp_path: Path, *content: str) -> str:
    return read(tmp_path, word(para(*content))).markdown


def _list(*entries: str, chosen: str = "") -> str:
    listed = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return f"<w:ffData><w:ddList>{chosen}{listed}</w:ddList></w:ffData>"


def _check(properties: str) -> str:
    return f"<w:ffData><w:checkBox>{properties}</w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ('<w:result w:val="2"/>', "red"),
        ('<w:default w:val="1"/>', "green"),
        ("", "blue"),
        ('<w:result w:val="9"/>', ""),
        ('<w:result w:val="x"/>', "blue"),
    ],
)
def test_an_old_list_shows_the_entry_that_was_chosen(tmp_path: Path, chosen: str, shown: str) -> None:
    form = _list("blue", "green", "red", chosen=chosen)
    for result in (None, "", run(shown)):
        assert _shown(tmp_path, run("Colour: "), field(" FORMDROPDOWN ", result, form)) == f"Colour: {shown}".strip()


@pytest.mark.parametrize(
    ("properties", "box"),
    [
        ("<w:checked/>", "☑"),
        ('<w:checked w:val="0"/><w:default w:val="1"/>', "☐"),
        ('<w:default w:val="1"/>', "☑"),
        ("", "☐"),
    ],
)
def test_an_old_box_stands_before_its_label(tmp_path: Path, properties: str, box: str) -> None:
    for result in (None, ""):
        shown = _shown(tmp_path, field(" FORMCHECKBOX ", result, _check(properties)), run(" Observed"))
        assert shown == f"{box} Observed"


def test_what_was_typed_into_an_old_form_is_text_and_an_empty_field_is_nothing(tmp_path: Path) -> None:
    empty = field(" FORMTEXT ", run("\u2002\u2002\u2002"), "<w:ffData><w:textInput/></w:ffData>")
    assert _shown(tmp_path, run("Name: "), field("FORMTEXT", run("Zoë"))) == "Name: Zoë"
    assert _shown(tmp_path, run("Name: "), empty).strip() == "Name:"


@pytest.mark.parametrize(("value", "box"), [("1", "☑"), ("true", "☑"), ("0", "☐"), ("false", "☐")])
@pytest.mark.parametrize(
    "sign",
    [
        run("\u2612"),
        run("\u2611"),
        run("X"),
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Wingdings 2" w:char="F050"/></w:r>',
        "",
    ],
)
def test_a_box_to_tick_shows_what_it_holds_whatever_its_sign(tmp_path: Path, value: str, box: str, sign: str) -> None:
    ticked = control(sign, f'<w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox>')
    assert _shown(tmp_path, ticked, run(" Seen by me")) == f"{box} Seen by me"


def test_a_box_to_tick_around_a_cell_or_a_paragraph_shows_what_it_holds(tmp_path: Path) -> None:
    ticked = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    row = control(f"<w:tc>{said('☒')}</w:tc>", ticked) + f"<w:tc>{said('☒ by hand')}</w:tc>"
    table = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"
    shown = read(tmp_path, word(table + control(said("☒"), ticked) + said("☒"))).markdown
    assert shown == "|  |  |\n| --- | --- |\n| ☑ | ☒ by hand |\n\n☑\n\n☒"


def test_what_a_control_asks_for_is_no_answer(tmp_path: Path) -> None:
    asks = control(run("Click to enter text."), _PLACEHOLDER)
    answered = control(run("2 May 2026"), "<w:date/>")
    assert _shown(tmp_path, run("Name: "), asks) == "Name: [prompt: Click to enter text.]"
    assert _shown(tmp_path, run("On: "), answered) == "On: 2 May 2026"
    blocks = control(para(run("Choose an "), run("item.")), _PLACEHOLDER) + said("after")
    assert read(tmp_path, word(blocks)).markdown == "[prompt: Choose an item.]\n\nafter"


def _bound(path: str, store: str = "{AB}") -> str:
    spaces = "xmlns:n='urn:form'"
    binding = f'<w:dataBinding w:prefixMappings="{spaces}" w:xpath="{path}" w:storeItemID="{store}"/>'
    return f"{binding}{_PLACEHOLDER}"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/n:form[1]/n:name[1]", "Zoë"),
        ("/n:form/n:name[2]", "Tom"),
        ("/n:form[1]/n:day[1]/@n:on", "2 May"),
        ("/n:form[1]/n:name[3]", "[prompt: Your name]"),
        ("/n:form[1]/n:empty[1]", "[prompt: Your name]"),
        ("//n:name", "[prompt: Your name]"),
        ("/n:form[position()=1]", "[prompt: Your name]"),
    ],
)
def test_what_a_program_filled_in_elsewhere_is_shown_where_word_shows_it(tmp_path: Path, path: str, shown: str) -> None:
    form = '<f xmlns:n="urn:form"><n:name>Zoë</n:name><n:name>Tom</n:name><n:day n:on="2 May"/><n:empty/></f>'
    data = word(
        para(control(run("Your name"), _bound(path))) + control(said("Your", "name"), _bound(path)),
        {"customXml/item1.xml": ("customXml", form.replace("<f ", "<n:form ").replace("</f>", "</n:form>"))},
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
    relations = f'<Relationships><Relationship Id="a" Type="{relation}" Target="itemProps1.xml"/></Relationships>'
    data = with_part(data, "customXml/_rels/item1.xml.rels", relations.encode())
    data = with_part(data, "customXml/itemProps1.xml", b'<d:item xmlns:d="urn:d" d:itemID="{ab}"/>')
    in_blocks = shown if "prompt" not in shown else "[prompt: Your]\n\n[prompt: name]"
    assert read(tmp_path, data).markdown == f"{shown}\n\n{in_blocks}"


def _kept(folder: Path, body: str, values: str) -> Converted:
    """What is read of a file whose content controls are bound to `values`."""
    data = word(body, {"customXml/item1.xml": ("customXml", f'<n:form xmlns:n="urn:form">{values}</n:form>')})
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
    relations = f'<Relationships><Relationship Id="a" Type="{relation}" Target="itemProps1.xml"/></Relationships>'
    data = with_part(data, "customXml/_rels/item1.xml.rels", relations.encode())
    return read(folder, with_part(data, "customXml/itemProps1.xml", b'<d:item xmlns:d="urn:d" d:itemID="{ab}"/>'))


_ENTRIES = (
    '<w:dropDownList><w:listItem w:displayText="Not seen" w:value="n"/>'
    '<w:listItem w:displayText="Seen" w:value="s"/></w:dropDownList>'
)


@pytest.mark.parametrize(
    ("own", "properties", "kept", "shown", "says"),
    [
        (
            "Old",
            "<w:text/>",
            "New",
            "New",
            "Word shows “New” from the data that the file keeps, where its text says “Old”.",
        ),
        ("Not seen", _ENTRIES, "s", "Seen", "“Seen” from the data"),
        ("☐", '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>', "true", "☑", "where its text says “☐”"),
        ("Same words", "<w:text/>", " Same  words ", "Same words", ""),
        ("Seen", _ENTRIES, "s", "Seen", ""),
        ("1 May 2026", "<w:date/>", "2026-05-01", "1 May 2026", ""),
        ("Kept", "<w:text/>", "", "Kept", ""),
        ("Rich", "", "&lt;pkg:package/&gt;", "Rich", ""),
    ],
)
def test_where_the_data_of_a_file_says_something_else_than_its_text_both_are_told(
    tmp_path: Path, own: str, properties: str, kept: str, shown: str, says: str
) -> None:
    bound = _bound("/n:form[1]/n:v[1]").removesuffix(_PLACEHOLDER) + properties
    cell = f"<w:tbl><w:tr>{control(f'<w:tc>{said(own)}</w:tc>', bound)}</w:tr></w:tbl>"
    body = para(control(run(own), bound)) + control(said(own), bound) + said("between") + cell
    read_back = _kept(tmp_path, body, f"<n:v>{kept}</n:v>")
    assert read_back.markdown == f"{shown}\n\n{shown}\n\nbetween\n\n|  |\n| --- |\n| {shown} |"
    assert len(read_back.notes) == bool(says)
    assert says in "".join(read_back.notes)


def test_an_entry_that_a_program_chose_shows_its_words_and_a_picture_no_bytes(tmp_path: Path) -> None:
    bound = _bound("/n:form[1]/n:v[1]")
    body = para(control(run("Choose"), bound + _ENTRIES)) + para(control(run("Insert"), bound + "<w:picture/>"))
    assert _kept(tmp_path, body, "<n:v>s</n:v>").markdown == "Seen\n\n[prompt: Insert]"


def test_a_control_that_is_bound_to_what_is_not_there_shows_what_it_asks_for(tmp_path: Path) -> None:
    asks = control(run("Title"), _bound("/n:form/n:name", "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"))
    assert _shown(tmp_path, asks) == "[prompt: Title]"


def test_an_answer_that_is_marked_as_what_was_asked_for_is_an_answer(tmp_path: Path) -> None:
    kept = (
        '<w:docPart><w:docPartPr><w:name w:val="P1"/><w:category><w:gallery w:val="placeholder"/></w:category>'
        f"</w:docPartPr><w:docPartBody>{para(run('Your '), run('name'))}</w:docPartBody></w:docPart>"
    )
    parts = {"word/glossary/document.xml": ("glossaryDocument", part("glossaryDocument", kept))}
    properties = f'<w:placeholder><w:docPart w:val="P1"/></w:placeholder>{_PLACEHOLDER}'
    body = para(control(run("Your name"), properties)) + para(control(run("Zoë Marsh"), properties))
    shown = read(tmp_path, word(body, parts))
    assert shown.markdown == "[prompt: Your name]\n\nZoë Marsh"
    assert shown.notes == ()


def test_controls_around_rows_and_cells_lose_neither(tmp_path: Path) -> None:
    cell = f"<w:tc>{said('a')}</w:tc>"
    asks = control(f"<w:tc>{said('Pick one')}</w:tc>", _PLACEHOLDER)
    rows = f"<w:tr>{cell}{asks}</w:tr>" + control(f"<w:tr>{cell}{control(cell)}</w:tr>")
    shown = read(tmp_path, word(f"<w:tbl>{rows}</w:tbl>")).markdown
    assert shown == "| a | [prompt: Pick one] |\n| --- | --- |\n| a | a |"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r' HYPERLINK "http://a.b/c" ', "[words](<http://a.b/c>)"),
        (r' HYPERLINK "http://a.b/c" \l "place" \o "a tip" ', "[words](<http://a.b/c#place>)"),
        (r" HYPERLINK http://a.b/c \t _blank", "[words](<http://a.b/c>)"),
        (r' HYPERLINK \o "a tip" "http://a.b" ', "[words](<http://a.b>)"),
        (r' HYPERLINK \l "_Toc1" ', "words"),
        (" HYPERLINK ", "words"),
        (r' hyperlink "c:\\plan.docx" ', r"[words](<c:\\plan.docx>)"),
        (r' hyperlink "\\\\centre\\plan.docx"', r"[words](<\\\\centre\\plan.docx>)"),
        (" PAGEREF _Toc1 ", "words"),
    ],
)
def test_a_field_that_leads_somewhere_shows_its_address(tmp_path: Path, code: str, shown: str) -> None:
    assert _shown(tmp_path, field(code, run("words"))) == shown


def test_fields_within_fields_and_ones_without_an_end_lose_no_words(tmp_path: Path) -> None:
    inner = field("PAGE", run("7"))
    assert _shown(tmp_path, field("REF x", run("see page ") + inner), run(" there")) == "see page 7 there"
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF 1</w:instrText></w:r>'
    assert read(tmp_path, word(para(begin, run("kept")) + said("after"))).markdown == "kept\n\nafter"
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read(tmp_path, word(para(end, run("kept"), end))).markdown == "kept"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"SYMBOL 252 \f Wingdings \s 12", "✓"),
        (r"SYMBOL 0xFC \f Wingdings", "✓"),
        ("MACROBUTTON NoMacro [Type the name]", "[Type the name]"),
        ("MERGEFIELD Learner", "«Learner»"),
        (r"EQ \f(1;2)", "[formula: \\f(1;2)]"),
        ('XE "index"', ""),
        ("AUTONUM", "[number]"),
        (r"LISTNUM NumberDefault \l 2", "[number]"),
        ("", ""),
    ],
)
def test_a_field_without_a_result_shows_what_word_does(tmp_path: Path, code: str, shown: str) -> None:
    assert _shown(tmp_path, field(code)) == shown
    simple = f"<w:fldSimple w:instr='{code}'/>"
    assert _shown(tmp_path, simple) == shown


def test_a_field_that_is_told_by_another_one_shows_the_result_of_the_outer(tmp_path: Path) -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{turn}"/></w:r>' for turn in ("begin", "separate", "end"))
    told = begin + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("MERGEFIELD Result", run("pass"))
    told += '<w:r><w:instrText> = "pass" "Well done" "Again"</w:instrText></w:r>'
    assert _shown(tmp_path, run("Dear Zoë: "), told, separate, run("Well done"), end) == "Dear Zoë: Well done"
    assert _shown(tmp_path, told, end) == "pass"


def test_a_field_that_began_outside_a_box_does_not_go_on_in_it(tmp_path: Path) -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{para(run('in a box'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    link = field('HYPERLINK "http://a.b"', box).rpartition('<w:r><w:fldChar w:fldCharType="end"/></w:r>')[0]
    assert _shown(tmp_path, run("a"), link) == "a\n\nin a box"


def test_signs_of_symbol_fonts_are_what_they_look_like(tmp_path: Path) -> None:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert _shown(tmp_path, run("\u00fc", fonts), run("\uf0fe", fonts), run(" done"), sign) == "✓☑ done✓"
    wrong = "".join(f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>' for code in ("", "xyz", "FFFFFFFF"))
    assert _shown(tmp_path, run("a"), wrong) == "a"


def test_a_font_of_a_style_is_the_font_of_its_letters_unless_they_have_their_own(tmp_path: Path) -> None:
    tick = '<w:style w:type="character" w:styleId="T"><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>'
    based = '<w:style w:type="paragraph" w:styleId="P"><w:basedOn w:val="T"/></w:style>'
    body = para(run("\u00fc", '<w:rStyle w:val="T"/>')) + para(
        run("\u00fc"), run("\u00fcber", '<w:rFonts w:ascii="Arial"/>'), properties='<w:pStyle w:val="P"/>'
    )
    parts = {"word/styles.xml": ("styles", part("styles", tick + based))}
    assert read(tmp_path, word(body, parts)).markdown == "✓\n\n✓über"


def test_activex_controls_show_what_was_filled_in(tmp_path: Path) -> None:
    check = (
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:persistence="persistPropertyBag"'
        ' ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}"><ax:ocxPr ax:name="Value" ax:value="1"/>'
        '<ax:ocxPr ax:name="Caption" ax:value="I was there"/></ax:ocx>'
    )
    parts = {"word/activeX/activeX1.xml": ("control", check)}
    shown = '<w:r><w:object><w:control r:id="activeX1" w:name="Check1"/></w:object></w:r>'
    assert read(tmp_path, word(para(shown), parts)).markdown == "☑ I was there"
    assert read(tmp_path, word(para(shown))).markdown == "[control: Check1]"


def test_a_line_to_sign_says_who_is_to_sign_it(tmp_path: Path) -> None:
    line = (
        '<w:r><w:pict><v:shape><v:imagedata/><o:signatureline o:suggestedsigner="Sam Hale"'
        ' o:suggestedsigner2="Assessor"/></v:shape></w:pict></w:r>'
    )
    assert _shown(tmp_path, line) == "[signature line: Sam Hale, Assessor]"


def test_of_many_fields_with_other_data_the_first_are_told_and_that_there_are_more(tmp_path: Path) -> None:
    bound = "".join(
        para(control(run(f"Old {number}"), _bound(f"/n:form[1]/n:v[{number}]").removesuffix(_PLACEHOLDER)))
        for number in range(1, 31)
    )
    notes = _kept(tmp_path, bound, "".join(f"<n:v>New {number}</n:v>" for number in range(1, 31))).notes
    assert len(notes) == 20
    assert notes[18] == "Word shows “New 19” from the data that the file keeps, where its text says “Old 19”."
    assert notes[19] == "So does it in other places, of which there are too many to list."
