"""The awarding organisation's own form comes out filled, each value in its own cell, and otherwise as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.record.event import Result
from markterm.domain.words.errors import Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import clean
from markterm.exports.form.fields import Field
from markterm.exports.form.form import Form
from markterm.exports.form.place import Entry
from markterm.exports.form.values import FormValues
from tests.evidence.made import OLE
from tests.exports.forms import UNIT, cell, form, para, split, table

NUMBERS = [each.number for each in UNIT.criteria]
PASS, REFER = Entry("Pass", Result.PASS), Entry("Referral", Result.REFER)
FACTS = {
    Field.CENTRE_NUMBER: Entry("012345"),
    Field.CENTRE_NAME: Entry("Riverside & <Sons>"),
    Field.REGISTRATION: Entry("ABC1234"),
    Field.LEARNER: Entry("Zoé Núñez-O'Connor"),
    Field.REFUSES: Entry("", tick=True),
    Field.OUTCOME: REFER,
    Field.COMMENTS: Entry("Well argued."),
    Field.ASSESSOR: Entry("Asha Patel"),
    Field.ASSESSED: Entry("2026-03-04"),
    Field.VERIFICATION: Entry("Verified, attempt 1: agrees"),
    Field.VERIFIER: Entry("Inês Carvalho"),
    Field.VERIFIED: Entry("2026-03-05"),
}


def values(
    notes: Mapping[str, str] | None = None,
    facts: Mapping[Field, Entry] | None = None,
    must_say: tuple[str, ...] = (),
) -> FormValues:
    """Every second criterion referred, with these notes."""
    of = {
        number: {
            Field.DECISION: REFER if place % 2 else PASS,
            Field.FEEDBACK: Entry((notes or {}).get(number, f"On {number}.")),
        }
        for place, number in enumerate(NUMBERS)
    }
    return FormValues({**FACTS, **(facts or {})}, of, {1: Entry("1 of 2 passed."), 2: Entry("")}, must_say)


def opened(path: Path, data: bytes, mapping: str = "") -> Form:
    """The form of that content, with a mapping beside it."""
    path.write_bytes(data)
    if mapping:
        path.with_suffix(".map.toml").write_text(mapping, "utf-8")
    return Form.open(path, UNIT)


def rows(data: bytes) -> list[list[list[str]]]:
    """The texts of the cells as another library reads them, by table and row, each merged cell once in a row."""
    found = []
    for each in Document(io.BytesIO(data)).tables:
        found.append([[one.text for one in {id(c._tc): c for c in row.cells}.values()] for row in each.rows])
    return found


def found(form: Form) -> dict[tuple[str, str], str]:
    """Where each field is, by its name and the criterion."""
    return {(str(each.field), each.criterion): each.where for each in form.reading.found}


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a form by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _same_but_for_cells(before: bytes, after: bytes) -> int:
    """How many cells differ. Everything outside of them is equal in canonical form."""
    one, other = (etree.fromstring(parts(each)["word/document.xml"]) for each in (before, after))
    mine, theirs = list(one.iter("{*}tc")), list(other.iter("{*}tc"))
    assert len(mine) == len(theirs)
    differing = 0
    for a, b in zip(mine, theirs, strict=True):
        if etree.tostring(a, method="c14n") != etree.tostring(b, method="c14n"):
            differing += 1
            assert etree.tostring(a.find("{*}tcPr"), method="c14n") == etree.tostring(b.find("{*}tcPr"), method="c14n")
            for each in (a, b):
                for inside in list(each)[1:]:
                    each.remove(inside)
    assert etree.tostring(one, method="c14n") == etree.tostring(other, method="c14n")
    return differing


def _shown(text: str) -> str:
    """A text as it is seen in the form: what the format has no sign for is said to be so."""
    return clean(text).text.rstrip().replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def test_each_value_is_in_its_own_cell(tmp_path: Path) -> None:
    filled = opened(tmp_path / "f.docx", form()).fill(values())
    assert filled.not_filled == ()
    header, statements, first, second, foot = rows(filled.data)
    assert header[0] == ["Centre number: 012345", "Centre name: Riverside & <Sons>"]
    assert header[1] == ["Learner registration No.\nABC1234", "Learner name\nZoé Núñez-O'Connor"]
    assert statements[2][0].endswith("please tick the box: ☒")
    assert [first[3][4], first[4][2], first[5][4], first[6][2]] == ["On 1.1.", "Pass", "On 1.2.", "Referral"]
    assert [second[3][4], second[4][2], second[5][4], second[6][2]] == ["On 2.1.", "Pass", "On 2.10.", "Referral"]
    assert first[7] == [
        "Section comments (optional):\n1 of 2 passed.\n",
        "Verification comments (optional):\nVerified, attempt 1: agrees",
    ]
    assert second[7][0] == "Section comments (optional):\nWell argued.\n"
    assert foot[0] == ["Outcome (delete as applicable): REFERRAL"]
    assert foot[2] == ["Assessor", "Asha Patel", "", "2026-03-04"]
    assert foot[3] == ["Quality assurance", "Inês Carvalho", "", "2026-03-05"]


def test_a_choice_below_the_marks_of_an_older_sheet_is_the_place_of_the_decision(tmp_path: Path) -> None:
    body = ([cell(f"AC {number}"), cell("/ 20", "(min. of 10)", "Pass or Referral")] for number in NUMBERS)
    (own,) = rows(opened(tmp_path / "f.docx", form(table(*body, columns=2))).fill(values()).data)
    assert [row[1] for row in own][:2] == ["/ 20\n(min. of 10)\nPass", "/ 20\n(min. of 10)\nReferral"]


def test_nothing_but_the_filled_cells_is_changed(tmp_path: Path) -> None:
    picture = ("image", bytes(range(256)) * 40)
    before = form(parts={"word/media/logo.bin": picture})
    after = opened(tmp_path / "f.docx", before).fill(values()).data
    assert _same_but_for_cells(before, after) == 21
    one, other = parts(before), parts(after)
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == ["word/document.xml"]
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        for entry in archive.infolist():
            if entry.filename != "word/document.xml":
                start = entry.header_offset
                raw = before[start : start + 30 + len(entry.filename) + entry.compress_size]
                assert raw in after, "copied as it was packed"
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None


def test_a_form_that_is_given_nothing_is_the_same_file(tmp_path: Path) -> None:
    assert opened(tmp_path / "f.docx", form()).fill(FormValues()).data == form()


def test_the_style_of_the_cell_is_kept(tmp_path: Path) -> None:
    data = opened(tmp_path / "f.docx", form()).fill(values({"1.1": "One.\nTwo."})).data
    lines = Document(io.BytesIO(data)).tables[2].rows[3].cells[4].paragraphs
    assert [(line.text, line.runs[0].font.italic, line.runs[0].font.name) for line in lines] == [
        ("One.", True, "Arial"),
        ("Two.", True, "Arial"),
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=st.fixed_dictionaries({number: st.text(max_size=60) for number in NUMBERS}), name=st.text(max_size=30))
def test_every_text_is_read_back_as_it_was_written(tmp_path: Path, notes: dict[str, str], name: str) -> None:
    data = opened(tmp_path / "f.docx", form()).fill(values(notes, {Field.LEARNER: Entry(name)})).data
    header, _, first, second, _ = rows(data)
    told = [first[3][4], first[5][4], second[3][4], second[5][4]]
    assert told == [_shown(notes[number]) for number in NUMBERS]
    assert header[1][1] == f"Learner name\n{_shown(name)}".rstrip("\n")
    assert [first[4][2], first[6][2]] == ["Pass", "Referral"]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)\tand\ttabs", "א" * 40 + " abc\nשלום", "x" * 12_000, "\x07\u202e𝔘\x00"])
def test_texts_of_any_kind_are_letters_and_nothing_else(tmp_path: Path, text: str) -> None:
    data = opened(tmp_path / "f.docx", form()).fill(values({"1.1": text})).data
    assert rows(data)[2][3][4] == clean(text).text
    document = parts(data)["word/document.xml"]
    assert b"HYPERLINK" not in document or b"instrText" not in document


def test_what_reads_from_right_to_left_is_set_so(tmp_path: Path) -> None:
    data = opened(tmp_path / "f.docx", form()).fill(values({"1.1": "שלום abc\nplain\nעולם"})).data
    root = etree.fromstring(parts(data)["word/document.xml"])
    runs = {"".join(run.itertext("{*}t")): run.find("{*}rPr/{*}rtl") is not None for run in root.iter("{*}r")}
    assert (runs["שלום "], runs["abc"], runs["plain"]) == (True, False, False)
    lines = {"".join(each.itertext("{*}t")): each.find("{*}pPr/{*}bidi") is not None for each in root.iter("{*}p")}
    assert (lines["שלום abc"], lines["plain"], lines["עולם"]) == (True, False, True)


def test_what_must_be_said_is_said_first_in_the_comments(tmp_path: Path) -> None:
    said = values(must_say=("The record behind this sheet is incomplete.",))
    data = opened(tmp_path / "f.docx", form()).fill(said).data
    assert rows(data)[4][0] == ["Outcome (delete as applicable): The record behind this sheet is incomplete.\nREFERRAL"]


def test_a_form_without_room_for_what_must_be_said_is_not_filled(tmp_path: Path) -> None:
    bare = table([cell("1.1"), cell("Define"), cell("Pass ☐ Referral ☐")], columns=3)
    with pytest.raises(Refused, match="incomplete"):
        opened(tmp_path / "f.docx", form(bare)).fill(values(must_say=("The record is incomplete.",)))


def test_a_state_that_is_no_decision_is_written_in_words_and_never_ticked(tmp_path: Path) -> None:
    both = table(
        [cell("AC"), cell("Decision"), cell("Tick")],
        [cell("1.1"), cell(""), cell("Pass ☐ Referral ☐")],
        columns=3,
    )
    of = {"1.1": {Field.DECISION: Entry("In conflict"), Field.FEEDBACK: Entry("")}}
    filled = opened(tmp_path / "f.docx", form(both)).fill(FormValues({}, of))
    assert rows(filled.data)[0][1] == ["1.1", "In conflict", "Pass ☐ Referral ☐"]
    assert any("neither stands" in each for each in filled.not_filled)


@pytest.mark.parametrize("number", ["1.1", "AC 1.1", "AC1.1", "A.C. 1.1:", "1.1.", "Criterion 1.1", "1.1 Define it"])
def test_a_criterion_is_found_however_its_number_is_written(tmp_path: Path, number: str) -> None:
    body = table([cell("Criteria"), cell("P/R")], [cell(number), cell("")], columns=2)
    assert found(opened(tmp_path / "f.docx", form(body)))["decision", "1.1"] == "table 1, row 2, cell 2"


@pytest.mark.parametrize("number", ["1.10", "1.1.1", "11.1", "2.1", "1.1a", "Level 1.1"])
def test_another_number_is_not_taken_for_it(tmp_path: Path, number: str) -> None:
    body = table([cell("Criteria"), cell("P/R")], [cell(number), cell("")], columns=2)
    assert ("decision", "1.1") not in found(opened(tmp_path / "f.docx", form(body)))


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("Pass/Referral", "Pass"),
        ("P/R", "P"),
        ("Met / Not met", "Met"),
        ("Achieved (Yes/No)", "Yes"),
        ("Decision", "Pass"),
    ],
)
def test_the_form_has_its_own_words_for_a_decision(tmp_path: Path, head: str, written: str) -> None:
    body = table([cell("Criteria"), cell(head)], [cell("1.1"), cell("")], columns=2)
    assert rows(opened(tmp_path / "f.docx", form(body)).fill(values()).data)[0][1] == ["1.1", written]


def test_columns_for_a_pass_and_a_referral_are_ticked(tmp_path: Path) -> None:
    body = table(
        [cell("Criteria"), cell("Pass"), cell("Refer"), cell("Comments")],
        [cell("1.1"), cell(""), cell(""), cell("")],
        [cell("1.2"), cell("☐"), cell("☐"), cell("")],
        columns=4,
    )
    filled = rows(opened(tmp_path / "f.docx", form(body)).fill(values()).data)[0]
    assert filled[1:] == [["1.1", "X", "", "On 1.1."], ["1.2", "☐", "☒", "On 1.2."]]


def test_heads_of_descriptors_are_no_places_to_tick(tmp_path: Path) -> None:
    body = table(
        [cell("Criteria"), cell("Referral"), cell("Pass"), cell("Good pass"), cell("P/R")],
        [cell("1.1"), cell(""), cell(""), cell(""), cell("")],
        columns=5,
    )
    assert rows(opened(tmp_path / "f.docx", form(body)).fill(values()).data)[0][1] == ["1.1", "", "", "", "P"]


@pytest.mark.parametrize(
    ("words", "ticked"),
    [
        ("Tick the box if you do not wish your work to be used for standardisation ☐", True),
        ("Please refuse anonymised use by ticking this box: ☐", True),
        ("I agree that my work may be used for standardisation: tick ☐", False),
        ("Work may be used for standardisation. ☐", None),
    ],
)
def test_a_tick_refuses_or_allows_as_its_words_say(tmp_path: Path, words: str, ticked: bool | None) -> None:
    body = table([cell("1.1"), cell("P/R"), cell("")], columns=3) + table([cell(words)], columns=1)
    read = opened(tmp_path / "f.docx", form(body))
    facts = {Field.REFUSES: Entry("", tick=True), Field.ALLOWS: Entry("", tick=False)}
    shown = rows(read.fill(values(facts=facts)).data)[1][0][0]
    assert ("☒" in shown) is bool(ticked)
    assert (ticked is None) is any("tick" in each.why for each in read.reading.left)


def test_a_form_of_several_units_is_filled_where_it_names_the_unit(tmp_path: Path) -> None:
    def of(unit: str) -> str:
        criteria = table([cell("Criteria"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
        return para(split(f"Unit {unit}")) + criteria + para(split("Overall outcome: ______"))

    head = table([cell("Learner name"), cell("")], columns=2)
    read = opened(tmp_path / "f.docx", form(para(split("Unit 501")) + head + of("501") + of("500") + of("503")))
    places = {str(each.field): each.where for each in read.reading.found}
    assert places == {
        "learner name": "table 1, row 1, cell 2",
        "decision": "table 3, row 2, cell 2",
        "outcome": "paragraph 8",
    }


def test_numbers_of_a_list_that_word_counts_are_read(tmp_path: Path) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1", "%1.%2"))
    )
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr>'
    body = table(
        [cell(para(split("The role"), more=item.format(0))), cell("P/R")],
        *([cell(para(split("It"), more=item.format(1))), cell("")] for _ in range(2)),
        columns=2,
    )
    data = form(body, parts={"word/numbering.xml": ("numbering", numbering)})
    assert found(opened(tmp_path / "f.docx", data)) == {
        ("decision", "1.1"): "table 1, row 2, cell 2",
        ("decision", "1.2"): "table 1, row 3, cell 2",
    }


def test_a_strict_form_and_one_inside_another_table_are_filled(tmp_path: Path) -> None:
    inner = table([cell("Criteria"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    outer = table([cell("Learner name", f"{inner}"), cell("")], columns=2)
    strict = form(outer, strict=True)
    after = opened(tmp_path / "f.docx", strict).fill(values()).data
    root = etree.fromstring(parts(after)["word/document.xml"])
    assert etree.QName(root).namespace.startswith("http://purl.oclc.org/ooxml")
    texts = ["".join(each.itertext("{*}t")) for each in root.iter("{*}p")]
    assert "P" in texts


def test_a_wrong_kind_of_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    with pytest.raises(WrongUse, match="no file"):
        Form.open(path, UNIT)
    for data in (OLE, b"%PDF-1.7", b"{\\rtf1", b"", form()[:900], form()[:-30], b"PK\x03\x04nothing"):
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            Form.open(path, UNIT)


@pytest.mark.parametrize("kind", ["readOnly", "comments", "trackedChanges"])
def test_a_protected_form_is_refused_and_says_what_to_do(tmp_path: Path, kind: str) -> None:
    protected = form(settings=f'<w:documentProtection w:edit="{kind}" w:enforcement="1"/>')
    with pytest.raises(Refused) as refused:
        opened(tmp_path / "f.docx", protected)
    assert "Stop Protection" in refused.value.next_step


def test_a_form_that_is_for_another_unit_is_refused(tmp_path: Path) -> None:
    body = table([cell("7.1"), cell("")], columns=2)
    with pytest.raises(Refused, match=r"8580-500"):
        opened(tmp_path / "f.docx", form(body)).fill(values())


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        (table([cell("Assessor details", span=2)], [cell("Registration No:"), cell("")], columns=2), "registration"),
        (table([cell("Completion date"), cell("")], columns=2), "date declared"),
        (table([cell("Learner name"), cell("Date"), cell("")], columns=3), "date declared"),
        (table([cell("Is the site safe?"), cell("☐ Yes ☐ No")], columns=2), "outcome"),
        (table([cell("Fire doors"), cell("Pass / Fail")], columns=2), "outcome"),
        (table([cell("Level"), cell("Credits")], [cell(""), cell("")], [cell(""), cell("")], columns=2), "level"),
        (para(split("Rationale:")), "assessor comments"),
        (para(split("Name: ______")), "learner name"),
        (table([cell("External verifier name"), cell("")], columns=2), "verifier name"),
        (table([cell("Learning outcome"), cell("")], columns=2), "outcome"),
        (table([cell("Learner comments"), cell("")], columns=2), "assessor comments"),
        (table([cell("Assessor signature"), cell("")], columns=2), "assessor name"),
    ],
)
def test_what_is_not_surely_asked_for_is_left_empty(tmp_path: Path, body: str, asked: str) -> None:
    assert (asked, "") not in found(opened(tmp_path / "f.docx", form(body)))


def test_criteria_side_by_side_have_a_column_each(tmp_path: Path) -> None:
    body = table(
        [cell("Criteria"), cell("1.1"), cell("AC 1.2")],
        [cell("Achieved (Y/N)"), cell(""), cell("")],
        [cell("Comments"), cell(""), cell("")],
        [cell("Assessor name"), cell("", span=2)],
        columns=3,
    )
    filled = rows(opened(tmp_path / "f.docx", form(body)).fill(values()).data)[0]
    assert filled[1:] == [
        ["Achieved (Y/N)", "Y", "N"],
        ["Comments", "On 1.1.", "On 1.2."],
        ["Assessor name", "Asha Patel"],
    ]


def test_criteria_that_stand_in_no_table_are_found_in_the_lines(tmp_path: Path) -> None:
    body = "".join(
        para(split(text))
        for text in (
            "1.1 Define coaching",
            "Assessor feedback: ____",
            "Pass ☐ Referral ☐",
            "9.9 Another",
            "Decision: Pass / Referral",
            "1.2 Explain",
            "Decision: Pass / Referral",
            "Overall outcome: Pass / Referral",
        )
    )
    data = opened(tmp_path / "f.docx", form(body)).fill(values()).data
    lines = [each.text for each in Document(io.BytesIO(data)).paragraphs]
    assert lines == [
        "1.1 Define coaching",
        "Assessor feedback: On 1.1.",
        "Pass ☒ Referral ☐",
        "9.9 Another",
        "Decision: Pass / Referral",
        "1.2 Explain",
        "Decision: Referral",
        "Overall outcome: Referral",
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("P1", "P1"),
        ("P1", "A.P1"),
        ("A.P1", "P1"),
        ("A.P1", "A.P1"),
        ("1.2.3", "AC 1.2.3"),
        ("3.1a", "3.1a"),
        ("K1", "K1"),
    ],
)
def test_numbers_of_every_shape_are_found(tmp_path: Path, number: str, written: str) -> None:
    criteria = tuple(Criterion(each, "Do it") for each in (number, "7.7"))
    unit = Unit("X-1", "X", outcomes=(LearningOutcome(1, "Do", criteria),))
    path = tmp_path / "f.docx"
    path.write_bytes(form(table([cell("AC"), cell("P/R")], [cell(written), cell("")], columns=2)))
    assert [each.criterion for each in Form.open(path, unit).reading.found] == [number]


def test_a_number_that_stands_twice_is_filled_where_the_form_words_it_so(tmp_path: Path) -> None:
    def of(words: str) -> str:
        return table([cell("AC"), cell("P/R")], [cell(f"1.1 {words}"), cell("")], columns=2)

    others, own = "Make a plan of the week for a team", "Define coaching and mentoring in own organisation"
    assert found(opened(tmp_path / "a.docx", form(of(others) + of(own))))["decision", "1.1"].startswith("table 2")
    for words in (others, ""):
        unclear = opened(tmp_path / "b.docx", form(of(words) + of(words))).reading
        assert unclear.found == ()
        assert len([each for each in unclear.left if "several places" in each.why]) == 2
