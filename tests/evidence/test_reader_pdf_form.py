"""What was filled into a PDF's form."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_pdf

_PRINTED = "BT /F1 12 Tf 60 800 Td (Question) Tj ET"
_TEXT = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Answer) /V (I led the briefing) /Rect [60 700 300 720] >>"
_CHOICE = (
    "<< /Type /Annot /Subtype /Widget /FT /Ch /T (Setting) /Ff 2097152"
    " /Opt [[(a) (On site)] [(b) (In the office)] (Online)] /V [(a) (Online)] /Rect [60 640 300 690] >>"
)


def _read(
    folder: Path, annotations: list[str], *, printed: str = _PRINTED, catalog: str = "", **more: str
) -> Converted:
    path = folder / "form.pdf"
    numbered = {int(name[1:]): body for name, body in more.items()}
    path.write_bytes(made_pdf.one_page(printed, annotations=annotations, more=numbered, catalog=catalog))
    return pdf.read(path)


def _button(parent: int, option: str, left: int, *, chosen: bool) -> str:
    states = f"/AP << /N << /{option} 150 0 R /Off 150 0 R >> >>"
    return (
        f"<< /Type /Annot /Subtype /Widget /Parent {parent} 0 R /AS /{option if chosen else 'Off'} {states}"
        f" /Rect [{left} 600 {left + 10} 610] >>"
    )


def _drawn(words: str) -> bytes:
    """What a field or stamp looks like: `words`."""
    entries = (
        "/Type /XObject /Subtype /Form /BBox [0 0 240 20]"
        " /Resources << /Font << /F9 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    )
    return made_pdf.stream(f"BT /F9 10 Tf 2 5 Td ({words}) Tj ET", entries)


@pytest.mark.parametrize("catalog", ["", "/AcroForm << /Fields [] >>", "/AcroForm << /Fields [100 0 R 101 0 R] >>"])
def test_what_was_filled_in_is_there_whether_the_file_has_a_form_or_only_its_pages_fields(
    tmp_path: Path, catalog: str
) -> None:
    read = _read(tmp_path, ["100 0 R", "101 0 R"], catalog=catalog, o100=_TEXT, o101=_CHOICE)
    assert read.markdown == (
        "Question\n\n- Form field Answer: I led the briefing\n\n- Form field Setting: On site; Online\n"
    )


def test_a_field_has_the_names_of_all_that_it_belongs_to_and_what_the_form_says_of_it(tmp_path: Path) -> None:
    group = "<< /T (Task1) /FT /Tx /Kids [101 0 R] >>"
    kid = (
        "<< /Type /Annot /Subtype /Widget /Parent 100 0 R /T (f2) /TU (What went well?) /V (The *start*)"
        " /Rect [60 700 300 720] >>"
    )
    read = _read(tmp_path, ["101 0 R"], o100=group, o101=kid)
    assert "- Form field Task1.f2 (What went well?): The \\*start\\*\n" in read.markdown


def test_a_group_of_buttons_is_one_line_with_the_option_that_was_chosen(tmp_path: Path) -> None:
    group = "<< /FT /Btn /Ff 32768 /T (Agreed) /V /Partly /Kids [101 0 R 102 0 R] >>"
    buttons = {"o101": _button(100, "Fully", 60, chosen=False), "o102": _button(100, "Partly", 80, chosen=True)}
    read = _read(tmp_path, ["101 0 R", "102 0 R"], o100=group, **buttons)
    assert read.markdown == "Question\n\n- Form field Agreed: Partly\n"


def test_a_group_of_which_nothing_was_chosen_says_so(tmp_path: Path) -> None:
    group = "<< /FT /Btn /Ff 32768 /T (Agreed) /Kids [101 0 R 102 0 R] >>"
    buttons = {"o101": _button(100, "Fully", 60, chosen=False), "o102": _button(100, "Partly", 80, chosen=False)}
    read = _read(tmp_path, ["101 0 R", "102 0 R"], o100=group, **buttons)
    assert read.markdown == "Question\n\n- Form field Agreed: nothing is chosen\n"


def test_boxes_are_ticked_or_not(tmp_path: Path) -> None:
    boxes = {
        f"o{100 + number}": f"<< /FT /Btn /T (Seen{number}) /V /{state} /Kids [{110 + number} 0 R] >>"
        for number, state in enumerate(("Yes", "Off"))
    }
    boxes |= {f"o{110 + number}": _button(100 + number, "Yes", 60, chosen=number == 0) for number in range(2)}
    read = _read(tmp_path, ["110 0 R", "111 0 R"], **boxes)
    assert read.markdown == "Question\n\n- Form field Seen0: ticked\n\n- Form field Seen1: not ticked\n"


def test_lines_of_an_answer_stay_lines_and_empty_fields_are_named_together(tmp_path: Path) -> None:
    long = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Log) /V (First.\\rThen.) /Rect [60 700 300 720] >>"
    empty = [f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /Rect [60 600 300 620] >>" for name in "AB"]
    read = _read(tmp_path, [long, *empty])
    assert read.markdown == "Question\n\n- Form field Log: First.\\\n  Then.\n\n- Form fields left empty: A, B\n"


def test_words_that_only_the_picture_of_a_field_shows_are_its_words(tmp_path: Path) -> None:
    shown = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (Name) /F 4 /AP << /N 101 0 R >> /Rect [60 700 300 720] >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (B1) /F 4 /AP << /N 102 0 R >>"
        " /Rect [60 600 300 620] >>",
    )
    path = tmp_path / "shown.pdf"
    drawn = {101: _drawn("Rosalind Jones"), 102: _drawn("Print")}
    path.write_bytes(made_pdf.one_page(_PRINTED, annotations=shown, more=drawn))
    assert pdf.read(path).markdown == (
        "Question\n\n- Form field Name: Rosalind Jones\n\n- Buttons of the form: Print\n"
    )


@pytest.mark.parametrize(("value", "has_text"), [("/V (I led the briefing)", True), ("", False)])
def test_a_page_that_has_only_filled_fields_is_not_without_text(tmp_path: Path, value: str, has_text: bool) -> None:
    field = f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Answer) {value} /Rect [60 700 300 720] >>"
    read = _read(tmp_path, [field], printed="")
    assert any("has no text" in note for note in read.notes) is not has_text
    assert ("has no text" in read.markdown) is not has_text


def test_an_answer_that_only_formatted_text_tells_is_an_answer(tmp_path: Path) -> None:
    rich = "(<body><p>I led<b> it</b> &amp; wrote<br/>it up.</p></body>)"
    field = f"<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 33554432 /T (Why) /RV {rich} /Rect [60 500 300 520] >>"
    assert "- Form field Why: I led it & wrote\\\n  it up.\n" in _read(tmp_path, [field]).markdown


@pytest.mark.parametrize("flags", [2, 32])
def test_a_field_that_nobody_sees_is_said_to_be_hidden_and_was_left_empty_by_nobody(tmp_path: Path, flags: int) -> None:
    hidden = _TEXT.replace("/FT", f"/F {flags} /FT")
    read = _read(
        tmp_path,
        [
            hidden,
            hidden.replace("(Answer) /V (I led the briefing)", "(Sum)")
            .replace("700 300", "740 300")
            .replace("720]", "760]"),
        ],
    )
    assert read.markdown.endswith("- Form field Answer (hidden): I led the briefing\n")
