"""Pages of a PDF that cannot be read as they are, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pdf import pdf
from markterm.evidence.readers.pdf.notes import PageNote, PageNotes
from markterm.evidence.readers.pdf.words import reads_as_words
from tests.evidence import made_pdf

_TOLD = "The client and I agreed which goal to work on first, and wrote down how both of us would see it reached."
_PICTURE = made_pdf.stream(
    b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def _read(folder: Path, content: str) -> Converted:
    path = folder / "scan.pdf"
    path.write_bytes(made_pdf.one_page(content, more={100: _PICTURE}, resources="/XObject << /Im1 100 0 R >>"))
    return pdf.read(path)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([2], "Page 2 has no text: it is a scan, a picture or empty."),
        ([2, 3], "Pages 2 and 3 have no text: they are scans, pictures or empty."),
        ([1, 4, 5, 6, 9], "Pages 1, 4 to 6 and 9 have no text: they are scans, pictures or empty."),
        (range(1, 60, 2), "Pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and more (30 in all) have no text"),
    ],
)
def test_pages_of_which_the_same_is_to_be_said_have_one_sentence(pages: list[int], said: str) -> None:
    notes = PageNotes()
    for page in pages:
        notes.add(PageNote.NO_TEXT, page)
    notes.add(PageNote.DRAWN, 1, 0)
    (sentence,) = notes.sentences()
    assert sentence.startswith(said)


@pytest.mark.parametrize(
    ("words", "noted", "is_scan"),
    [("", "has no text", True), ("Scanned by Zoe", "mostly a picture", True), (f"{_TOLD} {_TOLD}", "", False)],
)
def test_a_scan_is_known_with_a_line_of_text_too(tmp_path: Path, words: str, noted: str, is_scan: bool) -> None:
    read = _read(tmp_path, f"q 595 0 0 842 0 0 cm /Im1 Do Q BT /F1 8 Tf 60 20 Td ({words}) Tj ET")
    assert noted in " ".join(read.notes)
    assert bool(read.notes) is bool(noted)
    assert read.scans == ((1,) if is_scan else ())


def test_a_small_picture_makes_no_scan_of_a_page(tmp_path: Path) -> None:
    read = _read(tmp_path, "q 100 0 0 100 60 600 cm /Im1 Do Q BT /F1 8 Tf 60 20 Td (Our wall) Tj ET")
    assert (read.notes, read.scans) == ((), ())


def test_an_empty_page_is_none_for_a_machine_to_read(tmp_path: Path) -> None:
    read = _read(tmp_path, "")
    assert (len(read.notes), read.scans) == (1, ())


def test_letters_that_are_no_words_are_said_to_be_none_and_are_for_a_machine_to_read(tmp_path: Path) -> None:
    moved = "".join(chr((ord(letter.lower()) - 94) % 26 + 97) if letter.isalpha() else letter for letter in _TOLD)
    read = _read(tmp_path, f"BT /F1 8 Tf 60 700 Td ({moved} {moved} {moved}) Tj ET")
    assert read.notes == ("The letters of page 1 do not come out as words: look at it outside.",)
    assert read.scans == (1,)


@pytest.mark.parametrize(
    "text",
    [
        _TOLD,
        "Wczoraj zmierzyliśmy ścianę i położyliśmy pierwszą warstwę cegieł, żeby wszystko było gotowe.",
        "Thứ hai chúng tôi đo bức tường và đặt hàng gạch đầu tiên để mọi thứ được sẵn sàng cho ngày hôm sau.",
        "В понедельник мы измерили стену и положили первый ряд кирпичей.",
        "月曜日に壁を測って、最初のれんがを積みました。それから昼ご飯を食べました。",
        "STD-101 BTR 4411 KPH 12 MDF 18mm PVC DPC 4 No. RSJ 152x89 C24",
        "1.1 1.2 1.3 2.1 P P R P",
        "ɪt",
    ],
)
def test_languages_and_lists_of_codes_read_as_words(text: str) -> None:
    assert reads_as_words(text)


@pytest.mark.parametrize("text", ["\ufffd" * 9 + " the", "ɎɅȺɇɐɕɂɉȿɊȿɏɈȾɕ" * 2, "ÄÖHFÜQJÈJïBÈÖÖFVÖjCÜÊÎËÏÔÖ" * 3])
def test_signs_without_letters_and_letters_of_no_language_do_not(text: str) -> None:
    assert not reads_as_words(text)


@pytest.mark.parametrize("page", ["", "/Rotate 90", "/Rotate 180", "/CropBox [40 400 500 800]"])
@pytest.mark.parametrize(("state", "is_noted"), [("/OFF [110 0 R]", True), ("/ON [110 0 R]", False)])
def test_text_on_a_layer_that_is_switched_off_is_shown_and_it_is_said(
    tmp_path: Path, state: str, is_noted: bool, page: str
) -> None:
    content = (
        "BT /F1 12 Tf 60 700 Td (Question) Tj ET /OC /L1 BDC BT /F1 12 Tf 60 600 Td (Model answer) Tj ET EMC"
        " BT /F1 12 Tf 60 500 Td (Seen) Tj ET"
    )
    path = tmp_path / "layers.pdf"
    path.write_bytes(
        made_pdf.one_page(
            content,
            more={110: "<< /Type /OCG /Name (Answers) >>"},
            catalog=f"/OCProperties << /OCGs [110 0 R] /D << {state} >> >>",
            resources="/Properties << /L1 110 0 R >>",
            page=page,
        )
    )
    read = pdf.read(path)
    assert "Model answer" in read.markdown
    assert ["switched off" in note for note in read.notes] == [True] * is_noted


_UNDRAWN = "Page 1 has text that is not drawn, as scanners put it under a picture: it is shown here."
_BESIDE = "Page 1 has text beside the part of it that is shown, as where it was cropped: it is shown here."


@pytest.mark.parametrize(
    ("words", "page", "noted"),
    [
        ("3 Tr (Model answer) Tj", "", (_UNDRAWN,)),
        ("3 Tr (   ) Tj 0 Tr (Model answer) Tj", "", ()),
        ("(Model answer) Tj", "/CropBox [200 100 500 500]", (_BESIDE,)),
        ("(Model answer) Tj", "/CropBox [200 100 500 500] /Rotate 90", (_BESIDE,)),
        ("(Model answer) Tj", "/CropBox [20 100 500 800] /Rotate 90", ()),
        ("-300 0 Td (Model answer) Tj", "", (_BESIDE,)),
    ],
)
def test_text_that_no_program_shows_is_shown_and_it_is_said(
    tmp_path: Path, words: str, page: str, noted: tuple[str, ...]
) -> None:
    path = tmp_path / "unseen.pdf"
    content = f"BT /F1 12 Tf 60 700 Td {words} ET BT 0 Tr /F1 12 Tf 300 300 Td (What I did on Monday) Tj ET"
    path.write_bytes(made_pdf.one_page(content, page=page))
    read = pdf.read(path)
    assert "Model answer" in read.markdown
    assert read.notes == noted
