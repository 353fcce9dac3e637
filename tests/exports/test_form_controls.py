"""Content controls, form fields, headers, text boxes, changes and protection: each is filled as it is, or said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.words.errors import Refused
from markterm.exports.form.fields import Field
from markterm.exports.form.form import Form
from markterm.exports.form.place import Entry
from tests.evidence.made_word import control
from tests.exports.forms import SMALL, UNIT, cell, form, para, split, table
from tests.exports.test_form import found, opened, parts, rows, values

_PLACEHOLDER = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{}</w:t></w:r>'
_EMPTY = "<w:showingPlcHdr/>"
_PASSED = table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
_BOX = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)


def _control(kind: str, shown: str = "Click or tap here to enter text.", *, title: str = "") -> str:
    named = f'<w:alias w:val="{title}"/>' if title else ""
    return control(_PLACEHOLDER.format(shown), f"{named}{_EMPTY}{kind}")


def _box() -> str:
    return control("<w:r><w:t>☐</w:t></w:r>", _BOX)


def _field(kind: str, name: str = "Text1", shown: str | None = "     ") -> str:
    begin = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/>{kind}</w:ffData></w:fldChar></w:r>'
    )
    result = "" if shown is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
    return (
        f'{begin}<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _root(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"])


def _filled(path: Path, body: str, **more: Entry) -> bytes:
    facts = {Field(name.replace("_", " ")): entry for name, entry in more.items()}
    return opened(path / "f.docx", form(body)).fill(values(facts=facts)).data


def test_a_content_control_shows_the_value_and_is_bound_to_nothing_else(tmp_path: Path) -> None:
    bound = '<w:dataBinding w:xpath="/a" w:storeItemID="{12345678-1234-5678-9ABC-123456789012}"/><w:text/>'
    body = table([cell("Learner name"), cell(para(_control(bound)))], [cell("1.1"), cell("P/R"), cell("")], columns=3)
    root = _root(_filled(tmp_path, body))
    (sdt,) = root.iter("{*}sdt")
    assert "".join(sdt.itertext("{*}t")) == "Zoé Núñez-O'Connor"
    names = [etree.QName(each).localname for each in sdt.find("{*}sdtPr")]
    assert names == ["text"], "it shows no placeholder any more, and Word fetches nothing in its stead"
    assert sdt.find(".//{*}rStyle") is None


def test_a_list_is_chosen_from_and_what_it_does_not_have_is_told(tmp_path: Path) -> None:
    each = '<w:listItem w:displayText="{}" w:value="{}"/>'
    items = f"<w:dropDownList>{each.format('Met', 'm')}{each.format('Not met', 'n')}</w:dropDownList>"
    body = table(
        [cell("AC"), cell("Outcome")],
        [cell("1.1"), cell(para(_control(items, "Choose an item.")))],
        [cell("1.2"), cell(para(_control(items, "Choose an item.")))],
        [cell("Learner name"), cell(para(_control(items, "Choose an item.")))],
        columns=2,
    )
    filled = opened(tmp_path / "f.docx", form(body)).fill(values())
    shown = ["".join(each.itertext("{*}t")) for each in _root(filled.data).iter("{*}sdt")]
    assert shown == ["Met", "Not met", "Choose an item."]
    assert any("its list has no" in each for each in filled.not_filled)


def test_a_day_is_put_into_a_date_control(tmp_path: Path) -> None:
    date = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    body = _PASSED + table([cell("Date assessed"), cell(para(_control(date)))], columns=2)
    (sdt,) = _root(_filled(tmp_path, body)).iter("{*}sdt")
    assert [*sdt.find("{*}sdtPr/{*}date").attrib.values()] == ["2026-03-04T00:00:00Z"]
    assert "".join(sdt.itertext("{*}t")) == "2026-03-04"


def test_the_box_beside_the_word_is_ticked(tmp_path: Path) -> None:
    body = table(
        [cell("1.1"), cell(para(split("Pass "), _box(), split(" Referral "), _box()))],
        [cell("1.2"), cell(para(_box(), split(" Pass "), _box(), split(" Referral")))],
        columns=2,
    )
    root = _root(_filled(tmp_path, body))
    ticks = [next(iter(each.attrib.values())) for each in root.iter("{*}checked")]
    assert ticks == ["1", "0", "0", "1"]
    assert ["".join(each.itertext("{*}t")) for each in root.iter("{*}sdt")] == ["☒", "☐", "☐", "☒"]


def test_form_fields_of_an_older_word_are_filled_also_where_nothing_else_may_be(tmp_path: Path) -> None:
    box = "<w:checkBox><w:default w:val='0'/></w:checkBox>"
    body = table(
        [cell("Learner name"), cell(para(_field("<w:textInput/>"))), cell("")],
        [cell("Centre name"), cell(""), cell("")],
        [cell("1.2"), cell("Pass ☐ Referral ☐"), cell("☐ I refuse anonymised use, tick the box")],
        [cell("1.1"), cell(para(split("Pass "), _field(box, "a"), split(" Referral "), _field(box, "b"))), cell("")],
        columns=3,
    )
    protected = form(body, settings='<w:documentProtection w:edit="forms" w:enforcement="1"/>')
    data = opened(tmp_path / "f.docx", protected).fill(values()).data
    assert rows(data)[0][0][1] == "Zoé Núñez-O'Connor"
    assert rows(data)[0][1] == ["Centre name", "", ""], "the protection lets nobody write there"
    assert rows(data)[0][2][1:] == ["Pass ☐ Referral ☐", "☐ I refuse anonymised use, tick the box"]
    ticks = {
        each.find("{*}name").attrib.values()[0]: each.find("{*}checkBox/{*}checked")
        for each in _root(data).iter("{*}ffData")
    }
    assert (ticks["a"].attrib.values(), ticks["b"]) == (["1"], None)


def test_a_field_that_goes_on_in_another_paragraph_is_left_and_told(tmp_path: Path) -> None:
    field = _field("<w:textInput/>")
    half = field.index('<w:r><w:fldChar w:fldCharType="end"/>')
    body = table(
        [cell("Learner name"), cell(para(field[:half]), para(field[half:]))], [cell("1.1"), cell("")], columns=2
    )
    filled = opened(tmp_path / "f.docx", form(body)).reading
    assert ("learner name", "") in {(str(each.field), each.criterion) for each in filled.found}


@pytest.mark.parametrize("title", ["Learner name", "LearnerName", "learner_name", "Candidate Name"])
def test_a_control_in_the_text_is_found_by_what_it_is_called(tmp_path: Path, title: str) -> None:
    body = para(split("This is to say that "), _control("<w:text/>", title=title), split(" has done it."))
    body += table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    (sdt,) = _root(_filled(tmp_path, body)).iter("{*}sdt")
    assert "".join(sdt.itertext("{*}t")) == "Zoé Núñez-O'Connor"


def test_a_control_that_names_a_criterion_is_its_place(tmp_path: Path) -> None:
    body = para(_control("<w:text/>", title="1.1 Feedback"), _control("<w:text/>", title="1.2_decision"))
    shown = ["".join(each.itertext("{*}t")) for each in _root(_filled(tmp_path, body)).iter("{*}sdt")]
    assert shown == ["On 1.1.", "Referral"]


def test_a_line_of_underscores_and_a_choice_in_a_line_are_filled(tmp_path: Path) -> None:
    body = (
        para(split("Learner name: ______________  Registration No: ______"))
        + para(split("Assessor name:"))
        + table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
        + para(split("Outcome: PASS / REFERRAL (delete one)"))
        + para(split("Overall outcome: Pass/Refer"))
    )
    lines = [each.text for each in Document(io.BytesIO(_filled(tmp_path, body))).paragraphs]
    assert lines[0] == "Learner name: Zoé Núñez-O'Connor  Registration No: ABC1234"
    assert lines[1] == "Assessor name: Asha Patel"
    assert lines[-2:] == ["Outcome: REFERRAL (delete one)", "Overall outcome: Refer"]


def test_a_header_is_filled_and_the_rest_of_it_is_as_it_was(tmp_path: Path) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    names += ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    inside = table([cell("Learner name"), cell("")], columns=2)
    more = {
        "word/header1.xml": ("header", f"<w:hdr {names}>{inside}</w:hdr>"),
        "word/footer1.xml": ("footer", f"<w:ftr {names}>{para(split('Page'))}</w:ftr>"),
    }
    before = form(table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2), parts=more)
    read = opened(tmp_path / "f.docx", before)
    assert found(read)["learner name", ""] == "header1, table 1, row 1, cell 2"
    after = read.fill(values()).data
    changed = [name for name, part in parts(before).items() if parts(after)[name] != part]
    assert changed == ["word/document.xml", "word/header1.xml"]
    assert "Zoé" in parts(after)["word/header1.xml"].decode()


def test_a_text_box_is_left_and_told(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{para(split('Learner name:'))}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"
    body = para(box) + table([cell("AC"), cell("P/R")], [cell("1.1"), cell("")], columns=2)
    read = opened(tmp_path / "f.docx", form(body))
    assert [(each.label, each.why) for each in read.reading.left] == [
        ("Learner name:", "what stands in text boxes is not filled")
    ]
    assert "Zoé" not in parts(read.fill(values()).data)["word/document.xml"].decode()


def test_a_form_with_tracked_changes_is_read_as_if_they_were_accepted(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>Old</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" w:author="x">{split("Learner name")}</w:ins>'
    body = table([cell(para(deleted, inserted)), cell("")], columns=2) + _PASSED
    read = opened(tmp_path / "f.docx", form(body))
    assert found(read)["learner name", ""] == "table 1, row 1, cell 2"
    assert any("tracked changes" in note for note in read.reading.notes)
    before, after = _root(form(body)), _root(read.fill(values()).data)
    kept = [[etree.tostring(each, method="c14n") for each in root.iter("{*}ins", "{*}del")] for root in (before, after)]
    assert kept[0] == kept[1]


def test_a_cell_in_a_control_is_filled(tmp_path: Path) -> None:
    prompt = cell(para(_PLACEHOLDER.format("Click here to enter text.")))
    body = table([cell("Learner name"), control(prompt, _EMPTY)], columns=2) + _PASSED
    assert "Zoé Núñez-O'Connor" in [
        "".join(each.itertext("{*}t")) for each in _root(_filled(tmp_path, body)).iter("{*}tc")
    ]


def test_a_form_with_a_password_to_change_it_or_a_signature_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="password"):
        opened(tmp_path / "f.docx", form(settings='<w:writeProtection w:hashValue="abc" w:saltValue="x"/>'))
    with pytest.raises(Refused, match="signature"):
        opened(tmp_path / "f.docx", form(parts={"_xmlsignatures/sig1.xml": ("", "<a/>")}))
    noted = opened(tmp_path / "f.docx", form(settings='<w:writeProtection w:recommended="1"/><w:trackRevisions/>'))
    assert len(noted.reading.notes) == 2


def test_a_part_with_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.docx"
    path.write_bytes(form(parts={"word/header1.xml": ("header", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')}))
    with pytest.raises(Exception, match="entities"):
        Form.open(path, opened(tmp_path / "g.docx", form()).unit)


def test_what_is_typed_into_a_cell_that_has_nothing_takes_the_style_of_typing(tmp_path: Path) -> None:
    body = table([cell("AC"), cell("P/R")], [cell("1.1"), cell(para(style=SMALL))], columns=2)
    *_, run = [each for each in _root(_filled(tmp_path, body)).iter("{*}r") if "".join(each.itertext("{*}t")) == "P"]
    assert run.find("{*}rPr/{*}i") is not None


@pytest.mark.parametrize("own", ["", "<w:rPr><w:u w:val='single'/></w:rPr>"])
def test_a_control_is_filled_in_its_own_style_or_that_of_its_line(tmp_path: Path, own: str) -> None:
    shown = _PLACEHOLDER.format("Click or tap here to enter text.")
    body = table([cell("Learner name"), cell(para(control(shown, f"{own}{_EMPTY}<w:text/>")))], columns=2) + _PASSED
    (run,) = next(_root(_filled(tmp_path, body)).iter("{*}sdtContent"))
    assert [etree.QName(each).localname for each in run.find("{*}rPr")] == (["u"] if own else ["rFonts", "i", "sz"])


def test_prompts_and_labels_are_no_wording_of_a_criterion(tmp_path: Path) -> None:
    prompt = cell(para(_control("<w:text/>")))
    short = table([cell("AC"), cell("P/R"), cell("Comments")], [cell("1.1"), cell(""), prompt], columns=3)
    worded = table([cell("AC"), cell("Notes")], [cell(f"1.1 {UNIT.criteria[0].text}"), cell("")], columns=2)
    read = opened(tmp_path / "f.docx", form(short + worded))
    assert found(read)["decision", "1.1"] == "table 1, row 2, cell 2"
