"""The PDF of a document, read back with another library: every text, on pages that say whose they are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pypdfium2.raw  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given, settings

from markterm.domain.words.errors import MarkTermError, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import Document, Fact, Paragraph, words
from markterm.exports.page_form import PageForm, write_page
from markterm.exports.pdf import press
from markterm.exports.pdf.data import data_of
from markterm.exports.pdf.press import Press
from markterm.exports.pdf.render import render
from markterm.exports.pdf.templates import written_templates
from tests.examples import examples
from tests.exports.documents import LINES, TEXTS, document, noted, told

AT = datetime(2026, 3, 2, 10, 0, 0, 1234, tzinfo=timezone(timedelta(hours=1)))
CAVEAT = "The record behind this sheet is incomplete: decisions may be missing from it."


def pages(pdf: bytes) -> list[str]:
    """What is read on each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def squeezed(text: str) -> str:
    """The text without white space, and without hyphens: at the end of a line they are read as something else."""
    return re.sub(r"[\s\x02\ufffe-]", "", unicodedata.normalize("NFKC", text))


def read(pdf: bytes) -> str:
    return squeezed("".join(pages(pdf)))


@settings(max_examples=examples(10), deadline=None)
@given(LINES, TEXTS)
def test_every_text_is_read_in_the_pdf(line: str, text: str) -> None:
    made = document(line, text)
    printed = render(made)
    found = read(printed.pdf)
    for each in told(replace(made, about="")):
        for sign in printed.without_font:
            each = each.replace(sign, f"U+{ord(sign):04X}")
        assert squeezed(each) in found


def test_a_text_is_never_markup() -> None:
    found = read(render(document()).pdf)
    assert all(squeezed(each) in found for each in told(replace(document(), about="")))


def test_above_a_page_a_long_name_leaves_room_for_what_tells_learners_apart() -> None:
    above = data_of(Document("Mark sheet", about=f"{'Maria Wilhelmina ' * 9}Ortega, GUE3342"))["running-about"]
    assert above.startswith("Maria Wilhelmina ")
    assert above.endswith("…, GUE3342")
    assert len(above) < 70
    assert (
        data_of(Document("Mark sheet", about="Rosalind Jones, JON2041"))["running-about"] == "Rosalind Jones, JON2041"
    )


def test_every_page_says_whose_it_is_which_it_is_and_that_the_record_is_incomplete() -> None:
    made = noted("Say what is missing, and where. " * 40, 12)
    found = pages(render(Document(made.title, blocks=made.blocks, caveats=(CAVEAT,), about=made.about)).pdf)
    assert len(found) > 3
    for number, page in enumerate(found, 1):
        flat = " ".join(page.split())
        for told_on_each in (CAVEAT, "Mark sheet T-101", "Rosalind Jones", f"Page {number} of {len(found)}"):
            assert told_on_each in flat


def test_a_long_note_goes_over_pages_with_the_head_repeated_and_no_word_lost() -> None:
    note = " ".join(f"word{number}" for number in range(2_000))
    found = pages(render(noted(note)).pdf)
    assert len(found) > 2
    assert all("LO1 · Assessment criterion" in page for page in found)
    assert re.findall(r"word\d+", " ".join(found)) == note.split()


def test_three_hundred_criteria_are_all_there() -> None:
    found = read(render(noted("Fine.", 300)).pdf)
    assert all(f"1.{number}Boil" in found for number in range(1, 301))


def test_a_title_and_a_name_of_any_length_leave_the_page_its_room() -> None:
    long = Document("Title " * 200, blocks=noted("Say it. " * 900).blocks, caveats=(CAVEAT * 4,), about="Name " * 100)
    found = pages(render(long).pdf)
    assert len(found) < 9
    assert all(squeezed(CAVEAT * 4) in squeezed(page) for page in found)


def test_it_is_tagged_and_archivable_says_its_language_and_embeds_its_fonts() -> None:
    pdf = render(document(), at=AT).pdf
    for said in (b"<pdfaid:part>2</", b"<pdfaid:conformance>A</", b"<pdfuaid:part>1</", b"/Lang", b"/MarkInfo"):
        assert said in pdf
    opened = pypdfium2.PdfDocument(pdf)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(opened)
    texts = [each for page in opened for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    assert texts
    for each in texts:
        assert pypdfium2.raw.FPDFFont_GetIsEmbedded(pypdfium2.raw.FPDFTextObj_GetFont(each)) == 1


def test_title_time_and_anchor_are_among_its_properties_and_it_is_made_alike_twice() -> None:
    printed = render(document(), anchor="markterm-heads:abc_-1", at=AT)
    said = pypdfium2.PdfDocument(printed.pdf).get_metadata_dict()
    assert said["Title"] == document().title
    assert said["CreationDate"] == "D:20260302090000Z"
    assert b"markterm-heads:abc_-1" in printed.pdf
    assert render(document(), anchor="markterm-heads:abc_-1", at=AT) == printed


def test_a_sign_that_nobody_sees_is_said_by_its_number_where_no_font_has_it(tmp_path: Path) -> None:
    made = Document("T", blocks=(Paragraph(words("a teacher \U0001f9d1\u200d\U0001f3eb")),))
    said = " ".join(write_page(made, PageForm.PDF, tmp_path / "a.pdf", {}, at=AT).caveats)
    if "\U0001f3eb" in said:  # A machine may have fonts of its own.
        assert "▯" not in one_line(said)
        assert "U+200D" in said


def test_a_sign_that_no_font_has_is_printed_by_its_number_and_said() -> None:
    printed = render(Document("T", blocks=(Paragraph(words('one \U0001b001 two e\u0301 \u0378 "\u0488 three')),)))
    assert {"\U0001b001", "\u0378"} <= set("".join(printed.without_font))
    found = read(printed.pdf)
    assert "oneU+1B001two" in found
    assert "U+0378" in found.replace("U+0378,", "", 1)
    assert "theyareprintedbytheirnumbers" in found


def test_a_text_from_right_to_left_has_all_its_letters() -> None:
    text = "هذا نص"
    found = read(render(noted(f"{text}\n\nשלום")).pdf)
    assert not Counter(squeezed(text + "שלום")) - Counter(found)


def test_a_name_from_right_to_left_stands_at_the_right_of_its_cell() -> None:
    facts = (Fact("Learner name", "ת"), Fact("Centre name", "é"))
    (page,) = pypdfium2.PdfDocument(render(Document("T", facts, ())).pdf)
    text = page.get_textpage()
    places = {sign: text.get_charbox(text.get_text_range().index(sign))[0] for sign in "תé"}
    middle = page.get_width() / 2
    assert middle - 30 < places["ת"] < middle
    assert middle < places["é"] < middle + 30


def test_a_long_word_stays_on_the_page() -> None:
    (page,) = pypdfium2.PdfDocument(render(noted("w" * 500)).pdf)
    width = page.get_width()
    texts = page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    assert max(each.get_bounds()[2] for each in texts) < width - 40


def test_a_centre_replaces_a_template_and_the_other_one_stays(tmp_path: Path) -> None:
    layout, _ = sorted(written_templates(tmp_path), reverse=True)
    (tmp_path / "document.typ").unlink()
    layout.write_text(layout.read_text("utf-8").replace('"a4"', '"a5"'), "utf-8")
    assert round(pypdfium2.PdfDocument(render(noted("x"), templates=tmp_path).pdf)[0].get_width()) == 420
    layout.write_text(layout.read_text("utf-8").replace('"a5"', '"a6"'), "utf-8")
    assert round(pypdfium2.PdfDocument(render(noted("x"), templates=tmp_path).pdf)[0].get_width()) == 298


def test_an_error_in_a_template_names_file_and_line_and_the_press_goes_on(tmp_path: Path) -> None:
    (tmp_path / "layout.typ").write_text('#let paper = "a4"\n#let ink = nosuch\n', "utf-8")
    own = Press(tmp_path)
    for _ in range(2):
        with pytest.raises(Unreadable) as told_of:
            own.print(noted("x"))
        assert told_of.value.place == f"{tmp_path / 'layout.typ'}:2"
        assert "nosuch" in told_of.value.what


def test_a_template_fetches_nothing(tmp_path: Path) -> None:
    (tmp_path / "layout.typ").write_text('// fine\n#import "@preview/x:1.0.0": y\n', "utf-8")
    with pytest.raises(MarkTermError, match="would fetch") as told_of:
        render(noted("x"), templates=tmp_path)
    assert told_of.value.line == 2


def test_templates_that_are_there_are_not_written_over(tmp_path: Path) -> None:
    written_templates(tmp_path / "new")
    with pytest.raises(WrongUse, match="is there, and may have been changed"):
        written_templates(tmp_path / "new")


def test_several_threads_print_at_once_each_its_own() -> None:
    with ThreadPoolExecutor(2) as threads:
        printed = list(threads.map(lambda number: render(noted(f"note{number}")).pdf, range(6)))
    assert [f"note{number}" in read(pdf) for number, pdf in enumerate(printed)] == [True] * 6


def test_a_process_that_ended_meanwhile_is_replaced() -> None:
    own = Press()
    own.print(noted("x"))
    (child,) = own._idle
    child._process.kill()
    child._process.wait()
    assert "note" in read(own.print(noted("note")).pdf)


def test_a_page_that_is_never_done_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_LONGEST", 0.0)
    with pytest.raises(Unreadable, match="takes too long"):
        Press().print(noted("x"))


def test_without_typst_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "find_spec", lambda _: None)
    with pytest.raises(WrongUse, match="not installed") as told_of:
        Press()
    assert "markterm[exports]" in told_of.value.next_step
