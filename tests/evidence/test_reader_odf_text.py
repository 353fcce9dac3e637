"""OpenDocument texts: forms, formulas, charts, embedded files, hidden words, numbers of lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from markterm.evidence.conversion.zip_check import MACROS
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.odf import opendocument
from markterm.evidence.readers.odf.lists import number_shown
from tests.evidence.made_odf import cell, content, flat, odf, row, style

_HIDDEN = style("hid", "text", '<style:text-properties text:display="none"/>')
_TWELVE = cell("", 'office:value-type="float" office:value="12"')
_CHART = (
    "<chart:chart><chart:title><text:p>Falls</text:p></chart:title><chart:plot-area><chart:axis><chart:title>"
    "<text:p>Month</text:p></chart:title></chart:axis></chart:plot-area><table:table>"
    f"{row('', 'Ward 1')}{row('May', _TWELVE)}"
    "</table:table></chart:chart>"
)


def _read(tmp_path: Path, data: bytes, name: str = "a.odt") -> Converted:
    path = tmp_path / name
    path.write_bytes(data)
    return opendocument.read(path)


def _text(tmp_path: Path, body: str, **more: object) -> Converted:
    return _read(tmp_path, odf("text", body, **more))  # type: ignore[arg-type]  # as the maker has them


def test_the_fields_of_a_form_stand_where_they_are_with_what_was_filled_in(tmp_path: Path) -> None:
    forms = (
        "<office:forms><form:form>"
        '<form:text form:id="a" form:current-value="I led it" form:value="prompt"/>'
        '<form:checkbox form:id="b" form:label="Risk assessed" form:current-state="checked"/>'
        '<form:checkbox form:id="c" form:label="Signed" form:state="unchecked"/>'
        '<form:radio form:id="d" form:label="Yes" form:current-selected="true"/>'
        '<form:listbox form:id="e"><form:option form:label="Red" form:selected="true"/>'
        '<form:option form:label="Blue" form:current-selected="true"/></form:listbox>'
        '<form:textarea xml:id="f"><text:p>one</text:p><text:p>two</text:p></form:textarea>'
        '<form:date form:id="g" form:current-value="2025-05-01"/>'
        '<form:button form:id="j" form:label="Send"/><form:password form:id="k" form:value="secret"/>'
        '<form:text form:id="h" form:name="Reflection" form:value="I would ask first."/>'
        '<form:checkbox form:id="i" form:name="Agreed" form:current-state="checked"/>'
        "</form:form></office:forms>"
    )
    placed = "".join(f'<text:p>{key}: <draw:control draw:control="{key}"/></text:p>' for key in "abcdefgjk")
    converted = _text(tmp_path, forms + placed)
    assert converted.markdown.split("\n\n") == [
        "a: I led it",
        "b: ☑ Risk assessed",
        "c: ☐ Signed",
        "d: ☑ Yes",
        "e: Blue",
        "f: one  \ntwo",
        "g: 2025-05-01",
        "j: Send",
        "k: •••",
        "- Form field Reflection: I would ask first.\n- Form field Agreed: ticked",
    ]
    assert converted.places[-1].label == "paragraph 9"


def test_the_forms_that_writer_keeps_from_word_are_shown(tmp_path: Path) -> None:
    body = (
        '<text:p><field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"><field:param'
        ' field:name="Checkbox_Checked" field:value="true"/></field:fieldmark> met</text:p>'
        '<text:p><field:fieldmark field:type="vnd.oasis.opendocument.field.FORMDROPDOWN">'
        '<field:param field:name="Dropdown_ListEntry" field:value="Not met"/>'
        '<field:param field:name="Dropdown_ListEntry" field:value="Fully met"/>'
        '<field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark></text:p>'
        '<text:p><loext:content-control loext:checkbox="true" loext:checked="true">X</loext:content-control>'
        " read</text:p>"
        '<text:p><text:drop-down><text:label text:value="Day"/><text:label text:value="Night"'
        ' text:current-selected="true"/></text:drop-down> shift</text:p>'
    )
    assert _text(tmp_path, body).markdown.split("\n\n") == ["☑ met", "Fully met", "☑ read", "Night shift"]


def test_a_formula_is_text_and_a_chart_its_words_and_figures(tmp_path: Path) -> None:
    math = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>a</mi><mo>=</mo><mfrac><mn>12</mn><mrow>'
        "<mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></mrow><annotation>a = 12 over {b + 1}</annotation>"
        "</semantics></math>"
    )
    body = (
        '<text:p>Area: <draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="r"/></draw:frame>'
        "</text:p>"
        '<text:p><draw:frame draw:name="Chart1"><draw:object xlink:href="./Object 2"/></draw:frame></text:p>'
    )
    parts = {"Object 1/content.xml": math, "Object 2/content.xml": content("chart", _CHART)}
    assert [part for part in _text(tmp_path, body, parts=parts).markdown.split("\n\n") if part] == [
        "Area: a = 12/(b + 1)",
        "[chart: Falls; Month]",
        "|  | Ward 1 |\n| --- | --- |\n| May | 12 |",
    ]
    inline = f"<text:p>So <draw:frame><draw:object>{math}</draw:object></draw:frame></text:p>"
    assert _read(tmp_path, flat("text", inline), "a.fodt").markdown == "So a = 12/(b + 1)"


def test_a_document_inside_is_attached_and_named_where_it_stands(tmp_path: Path) -> None:
    sheet = content("spreadsheet", f'<table:table table:name="Log">{row("zebra")}</table:table>')
    body = '<text:p>See <draw:frame draw:name="Hours"><draw:object xlink:href="./Object 1"/></draw:frame></text:p>'
    converted = _text(tmp_path, body, parts={"Object 1/content.xml": sheet})
    assert converted.markdown == "See [attached: Hours.ods]"
    assert "zebra" in _read(tmp_path, converted.attachments[0].content, "inner.ods").markdown


@pytest.mark.parametrize("address", ["../plan.ods", "file:///c:/plan.ods"])
def test_an_object_outside_the_file_is_named_and_not_opened(tmp_path: Path, address: str) -> None:
    (tmp_path.parent / "plan.ods").write_bytes(b"x")
    converted = _text(tmp_path, f'<text:p><draw:frame><draw:object xlink:href="{address}"/></draw:frame></text:p>')
    assert converted.markdown == f"[linked, not opened: {address}]"


def test_an_object_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    body = '<text:p><draw:frame draw:name="Plan"><draw:object-ole xlink:href="./Object 1"/></draw:frame></text:p>'
    converted = _text(tmp_path, body, parts={"Object 1": b"nothing known"})
    assert converted.markdown == "[embedded object, not opened: Plan]"
    assert converted.notes == ("Objects inside it that cannot be read: 1. Open the file outside.",)


@pytest.mark.parametrize(
    "body",
    [
        '<text:p>a<text:span text:style-name="hid">secret</text:span></text:p>',
        '<text:section text:display="none"><text:p>secret</text:p></text:section>',
        '<text:p>a<text:hidden-text text:string-value="secret" text:is-hidden="true"/></text:p>',
        '<text:p>secret<text:hidden-paragraph text:is-hidden="true"/></text:p>',
        '<text:section text:display="condition" text:is-hidden="true"><text:p>secret</text:p></text:section>',
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:covered-table-cell><text:p>secret</text:p></table:covered-table-cell></table:table-row></table:table>",
    ],
)
def test_hidden_words_are_shown_with_a_note(tmp_path: Path, body: str) -> None:
    converted = _text(tmp_path, body, styles=_HIDDEN)
    assert "secret" in converted.markdown
    assert converted.notes == ("Text that the document hides is shown.",)


def test_what_could_be_hidden_and_is_not_needs_no_note(tmp_path: Path) -> None:
    body = (
        '<text:section text:display="condition"><text:p>a<text:hidden-text text:string-value="b">b</text:hidden-text>'
        "<text:hidden-paragraph/></text:p></text:section>"
    )
    converted = _text(tmp_path, body)
    assert (converted.markdown, converted.notes) == ("ab", ())


def test_lists_and_headings_show_the_numbers_that_the_learner_saw(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a"'
        ' style:num-suffix=")"/></text:list-style>'
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('c', '')}{item.format('d', '')}</text:list>"
    body = (
        '<text:h text:outline-level="1">One</text:h><text:h text:outline-level="2">Two</text:h>'
        f'<text:list text:style-name="L">{item.format("a", "")}{item.format("b", inner)}'
        f"{item.format('f', inner)}</text:list>"
        "<text:p>between</text:p>"
        f'<text:list text:style-name="L" text:continue-numbering="true">{item.format("e", "")}</text:list>'
    )
    assert _text(tmp_path, body, styles=styles).markdown.split("\n\n") == [
        "# 1 One",
        "## 1.1 Two",
        "1. a\n2. b",
        "   - a) c\n   - b) d\n3. f",
        "   - a) c\n   - b) d",
        "between",
        "4. e",
    ]


def test_a_column_that_numbers_its_rows_shows_the_numbers(tmp_path: Path) -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-suffix="."/></text:list-style>'
    )
    number = (
        '<table:table-cell><text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p/>'
        "</text:list-item></text:list></table:table-cell>"
    )
    converted = _text(tmp_path, f"<table:table>{row(number, 'a')}{row(number, 'b')}</table:table>", styles=styles)
    assert converted.markdown.replace("\\", "") == "| 1. | a |\n| --- | --- |\n| 2. | b |"


def test_items_that_are_written_as_lists_of_their_own_stand_in_one(tmp_path: Path) -> None:
    """Impress writes each paragraph so."""
    one = "<text:list><text:list-item>{}</text:list-item></text:list>"
    body = (
        one.format("<text:p>a</text:p>")
        + one.format(one.format("<text:p>b</text:p>"))
        + one.format("<text:p>c</text:p>")
    )
    assert _text(tmp_path, body).markdown == "- a\n\n  - b\n- c"


def test_letters_of_symbol_fonts_and_bullets_that_are_ticks_are_shown(tmp_path: Path) -> None:
    styles = style("W", "text", '<style:text-properties style:font-name="Wingdings"/>') + (
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="&#xF0FC;">'
        '<style:text-properties style:font-name="Wingdings"/></text:list-level-style-bullet></text:list-style>'
    )
    body = (
        '<text:p><text:span text:style-name="W">&#xF0FE;</text:span> done</text:p>'
        '<text:list text:style-name="L"><text:list-item><text:p>checked</text:p></text:list-item></text:list>'
    )
    assert _text(tmp_path, body, styles=styles).markdown == "☑ done\n\n- ✓ checked"


def test_an_answer_to_a_comment_and_struck_words_are_marked(tmp_path: Path) -> None:
    styles = style("S", "text", '<style:text-properties style:text-line-through-style="solid"/>')
    comment = "<office:annotation {}><dc:creator>{}</dc:creator><text:p>{}</text:p></office:annotation>"
    answer = comment.format('loext:parent-name="x"', "Ben", "Because.")
    body = (
        f'<text:p>a{comment.format("", "Ann", "Why?")}{answer}<text:span text:style-name="S">old</text:span></text:p>'
    )
    markdown = _text(tmp_path, body, styles=styles).markdown
    assert markdown.startswith("a[comment Ann][comment Ben, an answer]~~old~~")
    assert "[comment Ben, an answer]\n\nBecause." in markdown


def test_comments_and_notes_of_deleted_passages_are_kept_and_insertions_are_counted(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone<office:annotation><dc:creator>Ann"
        "</dc:creator><text:p>Why?</text:p></office:annotation></text:p></text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes><text:p>a</text:p>"
    )
    converted = _text(tmp_path, body)
    assert converted.markdown == "a\n\n[comment Ann]\n\nWhy?"
    assert converted.notes == (
        "Passages that were deleted with changes tracked, and are not shown: 1.",
        "Passages that were inserted with changes tracked, and are shown: 1.",
    )


def test_a_deleted_passage_that_still_stands_in_the_text_is_not_read_as_the_learners_last_word(tmp_path: Path) -> None:
    comment = "<office:annotation><dc:creator>Ann</dc:creator><text:p>Why?</text:p></office:annotation>"
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion/></text:changed-region>'
        '<text:changed-region text:id="d"><text:insertion/></text:changed-region></text:tracked-changes>'
        '<text:p>I <text:change-start text:change-id="c"/>never</text:p>'
        f'<text:p>did{comment}<text:change-end text:change-id="c"/><text:change-start text:change-id="d"/>always'
        '<text:change-end text:change-id="d"/> ask.</text:p>'
    )
    converted = _read(tmp_path, flat("text", body), "a.fodt")
    assert converted.markdown == "I\n\n[comment Ann]always ask.\n\n[comment Ann]\n\nWhy?"
    assert converted.notes[0] == "Passages that were deleted with changes tracked, and are not shown: 1."


def test_a_field_in_a_footer_shows_what_was_filled_in(tmp_path: Path) -> None:
    forms = (
        '<office:forms><form:form><form:text form:id="a" form:current-value="Zoe"/></form:form></office:forms>'
        "<text:p>x</text:p>"
    )
    footer = '<text:p>By <draw:control draw:control="a"/></text:p>'
    master = f"<style:master-page><style:footer>{footer}</style:footer></style:master-page>"
    assert _text(tmp_path, forms, master=master).markdown == "x\n\nBy Zoe"


@pytest.mark.long
def test_cells_that_say_they_repeat_are_kept_within_limits(tmp_path: Path) -> None:
    many = 'table:number-columns-repeated="100000000"'
    body = row(cell("x", many), more='table:number-rows-repeated="100000000"')
    converted = _text(tmp_path, f"<table:table>{body}</table:table>")
    assert 100 <= converted.markdown.count("x") <= 6_000
    assert converted.notes == ("What the document repeats very often is shown less often.",)


@pytest.mark.parametrize("name", ["a.odt", "a.ott", "a.fodt", "a.odg"])
@pytest.mark.parametrize("make", [odf, flat])
def test_archives_and_flat_files_are_read_whatever_their_name_says(
    tmp_path: Path, name: str, make: Callable[[str, str], bytes]
) -> None:
    assert _read(tmp_path, make("text", "<text:p>zebra</text:p>"), name).markdown == "zebra"


def test_an_archive_is_looked_through_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="outside its folder"):
        _text(tmp_path, "<text:p>a</text:p>", parts={"../a.xml": "x"})
    assert _text(tmp_path, "<text:p>a</text:p>", parts={"Basic/Standard/M.xml": "x"}).notes == (MACROS,)


def test_the_macros_of_a_flat_file_are_named(tmp_path: Path) -> None:
    scripts = (
        '<office:scripts><office:script><m:module xmlns:m="http://openoffice.org/2000/script">Sub Main</m:module>'
        "</office:script></office:scripts>"
    )
    converted = _read(tmp_path, flat("text", "<text:p>a</text:p>", before=scripts), "a.fodt")
    assert converted.notes == ("It holds macros, which MarkTerm never runs.",)
    assert "Sub" not in converted.markdown


def test_a_text_without_words_says_so(tmp_path: Path) -> None:
    assert _text(tmp_path, "<text:p/>").notes == ("There is no text in it.",)


def test_a_flat_file_cut_short_is_refused(tmp_path: Path) -> None:
    data = flat("text", "<text:p>a</text:p>")
    for part in range(20):
        with pytest.raises(NotReadable):
            _read(tmp_path, data[: len(data) * part // 20], "a.fodt")


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [
        (27, "a", "aa"),
        (28, "A", "BB"),
        (14, "i", "xiv"),
        (49, "I", "XLIX"),
        (3, "", ""),
        (3, "أ, ب, ت, ...", "ت"),
        (12, "א, י, ק, ...", "יב"),
        (12, "一, 二, 三, ...", "十二"),
        (2, "First", "Second"),
        (7, "01, 02, 03, ...", "07"),
        (7, "a way of tomorrow", "7"),
    ],
)
def test_numbers_are_shown_in_all_ways_of_counting(number: int, kind: str, shown: str) -> None:
    assert number_shown(number, kind) == shown


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ("super 58%", "10³"),
        ("33% 58%", "10³"),
        ("sub 58%", "10₃"),
        ("-33% 58%", "10₃"),
        ("0% 100%", "103"),
        ("", "103"),
    ],
)
def test_figures_above_and_below_the_line_are_no_figures_of_the_line(tmp_path: Path, position: str, shown: str) -> None:
    raised = style("up", "text", f'<style:text-properties style:text-position="{position}"/>')
    body = '<text:p>10<text:span text:style-name="up">3</text:span></text:p>'
    assert _text(tmp_path, body, styles=raised).markdown == shown


def test_what_a_content_control_asks_for_is_no_answer(tmp_path: Path) -> None:
    control = '<loext:content-control loext:showing-place-holder="true">Choose an item.</loext:content-control>'
    body = f"<text:p>Seen by: {control}</text:p><text:p>{control.replace('true', 'false')}</text:p>"
    assert _text(tmp_path, body).markdown == "Seen by: [prompt: Choose an item.]\n\nChoose an item."


def test_a_shape_without_words_that_leads_somewhere_shows_where(tmp_path: Path) -> None:
    shape = '<draw:a xlink:href="https://films.example/1"><draw:custom-shape/></draw:a>'
    assert "https://films.example/1" in _text(tmp_path, f"<text:p>See {shape}</text:p>").markdown
