"""Reading PDF files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.words.errors import Unreadable
from markterm.evidence.conversion.conversion import convert
from markterm.evidence.converted import Converted, NotReadable, Place
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_more, made_pdf


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "diary.pdf"
    path.write_bytes(data)
    return pdf.read(path)


def test_each_page_has_its_place(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["On Monday I set out the wall."], ["On Tuesday I laid it."]]))
    assert read.markdown == "On Monday I set out the wall.\n\nOn Tuesday I laid it.\n"
    assert read.places == (Place(0, "page 1"), Place(2, "page 2"))
    assert (read.pages, read.notes) == (2, ())


def test_lines_that_stand_close_are_one_paragraph_and_stay_lines(tmp_path: Path) -> None:
    lines = ["We set out the wall with the line", "and checked it with the level.", "", "Then we had lunch."]
    read = _read(tmp_path, made_more.pdf([lines]))
    assert read.markdown == "\n".join(lines) + "\n"


def test_larger_letters_are_a_heading(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["# Site diary", "", "I set out the wall and laid the first course."]]))
    assert read.markdown.startswith("# Site diary\n\nI set out")


def test_bullets_and_numbers_are_lists(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["I used", "• a level", "• a line", "1. First I checked it"]]))
    assert read.markdown == "I used\n\n- a level\n\n- a line\n\n1. First I checked it\n"


def test_a_mark_of_another_size_makes_no_heading_of_its_item(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "made.pdf"))
    lines = (
        ("", "I used these tools on site:"),
        ("•", "a level that was as long"),
        ("", "as my arm"),
        ("2.", "a line"),
    )
    for number, (mark, words) in enumerate(lines):
        canvas.setFont("Courier-Bold", 15)
        canvas.drawString(60, 700 - 14 * number, mark)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(90, 700 - 14 * number, words)
    canvas.save()
    read = pdf.read(tmp_path / "made.pdf")
    assert read.markdown == "I used these tools on site:\n\n- a level that was as long\n  as my arm\n\n2. a line\n"


def test_a_hyphen_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["It was a well-", "known way of doing it."]]))
    assert read.markdown == "It was a well-\nknown way of doing it.\n"


def test_ticks_boxes_and_bullets_of_symbol_fonts_are_said(tmp_path: Path) -> None:
    data = made_pdf.one_page(
        "BT /F2 11 Tf 60 700 Td (\\374) Tj /F1 11 Tf 14 0 Td (risk assessed) Tj ET "
        "BT /F2 11 Tf 60 680 Td (\\250) Tj /F1 11 Tf 14 0 Td (not yet seen) Tj ET "
        "BT /F2 11 Tf 60 660 Td (l) Tj /F1 11 Tf 14 0 Td (a level) Tj ET "
        "BT /F1 11 Tf 60 640 Td (Brickwork ) Tj /F2 11 Tf (lllm) Tj ET",
        fonts={
            "F2": "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular /Encoding /WinAnsiEncoding >>"
        },
    )
    assert _read(tmp_path, data).markdown == "- ✓ risk assessed\n\n- ☐ not yet seen\n\n- a level\n\nBrickwork ●●●❍\n"


def test_letters_of_private_use_are_said_by_their_font_and_else_counted(tmp_path: Path) -> None:
    words = "BT /F2 11 Tf 60 700 Td <000100020003> Tj ET "
    for font, shown in (("Wingdings", "✓☐☺"), ("Chalk", "✓☐\ufffd")):
        read = _read(tmp_path, made_pdf.one_page(words, fonts={"F2": (font, "\uf0fc\uf0a8\uf04a")}))
        assert read.markdown == f"{shown}\n"
        assert bool(read.notes) == ("\ufffd" in shown)


def test_letters_that_come_as_control_codes_are_counted_and_never_vanish(tmp_path: Path) -> None:
    words = "BT /F2 11 Tf 60 700 Td <00010002000300040005> Tj ET "
    read = _read(tmp_path, made_pdf.one_page(words, fonts={"F2": ("Chalk", "G\x02\x03\x1fd")}))
    assert read.markdown == "G\ufffd\ufffd\ufffdd\n"
    assert "3" in read.notes[0]


def test_a_letter_given_by_its_bytes_is_that_letter_and_costs_no_page(tmp_path: Path) -> None:
    codes = made_pdf.stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 1 def"
        " 2 begincodespacerange <00> <7f> <e38080> <ef8fff> endcodespacerange"
        " 3 begincidchar <61> 1 <e38081> 2 <e3ff81> 3 endcidchar endcmap end end",
        "/Type /CMap /CMapName /Made",
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Chalk /Encoding 100 0 R /DescendantFonts [<< /Type /Font"
        " /Subtype /CIDFontType2 /BaseFont /Chalk /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    data = made_pdf.one_page("BT /F2 11 Tf 60 700 Td <61e38081e3ff81> Tj ET", fonts={"F2": font}, more={100: codes})
    assert _read(tmp_path, data).markdown == "a、\ufffd\n"


def test_letters_that_are_set_apart_are_words(tmp_path: Path) -> None:
    drawn, x = [], 60.0
    for letter in "it will fill all of it till it all fits":
        x += 8 if letter == " " else 0
        drawn.append(f"BT /F1 12 Tf {x} 700 Td ({letter}) Tj ET" if letter != " " else "")
        x += stringWidth(letter, "Helvetica", 12) + 1.5
    assert _read(tmp_path, made_pdf.one_page(" ".join(drawn))).markdown == "it will fill all of it till it all fits\n"


def test_a_soft_hyphen_is_printed_and_so_it_is_read(tmp_path: Path) -> None:
    words = "BT /F2 11 Tf 60 700 Td <000100020003> Tj ET "
    read = _read(tmp_path, made_pdf.one_page(words, fonts={"F2": ("Chalk", "e\xadf")}))
    assert read.markdown == "e-f\n"


def test_a_page_without_text_is_said_to_be_a_scan(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["Typed."], [], ["Typed too."]]))
    assert read.notes == ("Page 2 has no text: it is a scan, a picture or empty.",)
    assert read.markdown == "Typed.\n\n*[page 2 has no text]*\n\nTyped too.\n"
    assert read.places == (Place(0, "page 1"), Place(2, "page 2"), Place(4, "page 3"))


def test_what_was_filled_in_and_noted_is_there(tmp_path: Path) -> None:
    data = made_more.pdf([["Name"]], fields={"Learner": "Zoe (Marsh)"}, comments=["Seen *on* site"])
    assert _read(tmp_path, data).markdown == (
        "Name\n\n- Form field Learner: Zoe (Marsh)\n\n- Comment: Seen \\*on\\* site\n"
    )


def test_text_makes_no_markup(tmp_path: Path) -> None:
    read = _read(tmp_path, made_more.pdf([["## no heading", "*a* [b](c) <i> a|b"]]))
    assert read.markdown == "\\## no heading\n\\*a\\* [b\\](c) \\<i> a\\|b\n"


def test_a_page_that_only_has_lines_apart_keeps_all_of_them(tmp_path: Path) -> None:
    lines = [f"Line {number} of the list" for number in range(40)]
    read = _read(tmp_path, made_more.pdf([lines]))
    assert [line for line in read.markdown.split("\n") if line] == lines


def test_an_encrypted_file_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="encrypted: it opens only with a password"):
        _read(tmp_path, made_more.pdf([["secret"]], password="builder"))


def test_only_so_many_pages_are_shown_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    read = _read(tmp_path, made_more.pdf([["one"], ["two"], ["three"]]))
    assert read.markdown == "one\n\ntwo\n"
    assert read.pages == 3
    assert read.notes == ("Only the first 2 of 3 pages are shown; open the file outside.",)


def test_only_so_many_characters_are_shown_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 5)
    read = _read(tmp_path, made_more.pdf([["one two three"], ["four"]]))
    assert read.markdown == "one two three\n"
    assert "1 of 2 pages" in " ".join(read.notes)


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps a process to its memory")
def test_a_page_that_unpacks_to_far_too_much_costs_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(made_more.flate_bomb_pdf(600 * 1024 * 1024))
    file = EvidenceFile(path.name, path, path.stat().st_size, 0, EvidenceKind.CONVERTED)
    with pytest.raises(Unreadable, match=r"bomb\.pdf"):
        convert(file, tmp_path / "cache")


def test_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="not a PDF"):
        _read(tmp_path, b"hello")
