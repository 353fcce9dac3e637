"""A PDF that is given as one is its pages alone, as they look and read, and nothing that is said beside them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # the library has no types
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # the library has no types

from markterm.exports.nameless.not_own_kind import NotOwnKind
from tests.exports.test_nameless import NAMES, own_kind_of, why_not

pytest.importorskip("pypdf", reason="the extra markterm[exports] is not installed here, or is of before")
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

from markterm.exports.nameless import pdf_pages
from markterm.exports.nameless.pdf_answer import read_answer
from markterm.exports.nameless.pdf_pages import check_alike


def _drawn_on(page: Any) -> bytes:
    return bytes(page.get_contents().get_data())


def _pdf(
    text: str, *, picture: bool = False, curve: bool = False, pen: bool = False, field: bool = False, note: bool = False
) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.setAuthor("Rosalind Jones")
    canvas.setTitle("JON2041")
    canvas.bookmarkPage("Rosalind")
    canvas.addOutlineEntry("Rosalind Jones", "Rosalind")
    canvas.drawString(72, 700, text)
    canvas.linkURL("https://example.org/~secret", (72, 700, 200, 720))
    if curve:
        canvas.bezier(0, 0, 10, 90, 30, 20, 80, 80)
    if pen:
        path = canvas.beginPath()
        path.moveTo(9, 9)
        for step in range(40):
            path.lineTo(10 + step, 20 + step % 3)
        canvas.drawPath(path)
    if field:
        canvas.acroForm.textfield(name="who", value="Rosalind", x=72, y=600)
    if note:
        canvas.textAnnotation("Seen by Rosalind", (72, 500, 90, 520))
    if picture:
        canvas.drawInlineImage(Image.new("RGB", (4, 4)), 100, 100)
    canvas.save()
    return out.getvalue()


def test_a_pdf_of_text_is_its_pages_alone(tmp_path: Path) -> None:
    given_ = own_kind_of(tmp_path, "tea.pdf", _pdf("Tea for two"))
    reader = PdfReader(io.BytesIO(given_.data))
    assert not reader.metadata
    assert set(reader.root_object) == {"/Type", "/Pages"}
    assert set(reader.pages[0]) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}
    raw = b"".join((given_.data, *map(_drawn_on, reader.pages)))
    assert not [name for name in NAMES if name in raw.lower()]
    with pypdfium2.PdfDocument(given_.data) as document:
        assert document[0].get_textpage().get_text_range() == "Tea for two"


@pytest.mark.parametrize(
    ("made_so", "why"),
    [
        ({"picture": True}, "it has pictures"),
        ({"curve": True}, "it has drawings, which may be handwriting"),
        ({"pen": True}, "it has drawings, which may be handwriting"),
        ({"field": True}, "it has fields or layers"),
        ({"note": True}, "it has remarks, stamps or fields on its pages"),
    ],
)
def test_a_pdf_that_may_show_somebody_is_not_given_as_one(tmp_path: Path, made_so: dict[str, bool], why: str) -> None:
    assert why_not(tmp_path, "a.pdf", _pdf("Tea", **made_so)) == why


def test_a_page_that_lies_on_its_side_still_does(tmp_path: Path) -> None:
    writer, out = PdfWriter(io.BytesIO(_pdf("Tea"))), io.BytesIO()
    writer.pages[0].rotate(90)
    writer.write(out)
    (page,) = PdfReader(io.BytesIO(own_kind_of(tmp_path, "a.pdf", out.getvalue()).data)).pages
    assert page.rotation == 90


def test_a_damaged_pdf_is_not_given_as_one(tmp_path: Path) -> None:
    assert why_not(tmp_path, "a.pdf", _pdf("Tea")[:300]).startswith("it is damaged")


def test_what_a_mark_in_a_pdf_says_is_not_in_the_new_one(tmp_path: Path) -> None:
    writer = PdfWriter(io.BytesIO(_pdf("Tea")))
    page, out = writer.pages[0], io.BytesIO()
    stream = StreamObject()
    stream.set_data(b"/Artifact <</Note (Rosalind Jones)>> BDC " + _drawn_on(page) + b" EMC")
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/PieceInfo")] = TextStringObject("Rosalind Jones")
    writer.add_attachment("rosalind.txt", b"Rosalind Jones")
    writer.write(out)
    (page,) = PdfReader(io.BytesIO(own_kind_of(tmp_path, "a.pdf", out.getvalue()).data)).pages
    assert b"Tea" in _drawn_on(page)
    assert b"osalind" not in _drawn_on(page)
    assert "/PieceInfo" not in page


def _with_drawn(operations: bytes) -> bytes:
    writer, out = PdfWriter(io.BytesIO(_pdf("Tea"))), io.BytesIO()
    stream = StreamObject()
    stream.set_data(_drawn_on(writer.pages[0]) + operations)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "operations",
    [
        b" BT /F1 0 Tf 72 600 Td [(Ro)-20(sal)-10(ind)] TJ ET",
        b"".join(
            b" BT /F1 9 Tf 1 0 0 1 72 %d Tm (%c) Tj ET" % (600 - 12 * row, sign) for row, sign in enumerate(b"Jones")
        ),
    ],
)
def test_a_name_that_is_put_on_a_page_in_pieces_is_found(tmp_path: Path, operations: bytes) -> None:
    assert why_not(tmp_path, "a.pdf", _with_drawn(operations)) == "a name is found in one of its parts in spite of all"


def test_what_is_in_a_pdf_and_on_none_of_its_pages_is_not_in_the_new_one(tmp_path: Path) -> None:
    writer, out = PdfWriter(io.BytesIO(_pdf("Tea"))), io.BytesIO()
    form = StreamObject()
    form.set_data(b"BT /F1 12 Tf (\\103ol) Tj (in Thackray) Tj ET")
    form[NameObject("/Subtype")] = NameObject("/Form")
    forms = DictionaryObject({NameObject("/Fm7"): writer._add_object(form)})
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = forms
    writer.write(out)
    (page,) = PdfReader(io.BytesIO(own_kind_of(tmp_path, "a.pdf", out.getvalue()).data)).pages
    resources = page["/Resources"]
    assert not resources["/XObject"]


def test_letters_that_no_reader_knows_keep_a_pdf_from_its_kind(tmp_path: Path) -> None:
    writer, out = PdfWriter(io.BytesIO(_pdf("Tea by Max"))), io.BytesIO()
    resources: Any = writer.pages[0]["/Resources"]
    (font,) = resources["/Font"].values()
    said = StreamObject()
    said.set_data(b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <21> <7e> <E021> endbfrange")
    font.get_object()[NameObject("/ToUnicode")] = writer._add_object(said)
    writer.write(out)
    assert why_not(tmp_path, "a.pdf", out.getvalue()) == "it has letters that only the eye can read"


def test_what_is_not_known_of_a_pdf_is_not_copied_and_letters_that_only_the_eye_reads_are_none(tmp_path: Path) -> None:
    data = _pdf("Tea")
    assert b"/Name /F1" in data
    assert b"/Whom" not in own_kind_of(tmp_path, "a.pdf", data.replace(b"/Name /F1", b"/Whom /F1")).data
    own_letters = data.replace(b"/WinAnsiEncoding", b"/OwnAnsiEncoding")
    assert why_not(tmp_path, "b.pdf", own_letters) == "it has letters that only the eye can read"


def _unseen(text: str) -> bytes:
    """A page of text that no eye sees."""
    out = io.BytesIO()
    canvas = Canvas(out)
    unseen = canvas.beginText(72, 700)
    unseen.setTextRenderMode(3)
    unseen.textLine(text)
    canvas.drawText(unseen)
    canvas.save()
    return out.getvalue()


def _twice(data: bytes) -> bytes:
    writer, out = PdfWriter(io.BytesIO(data)), io.BytesIO()
    writer.add_page(writer.pages[0])
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_pdf("Tea"), _pdf("Coffee")),
        (_unseen("Tea"), _unseen("Coffee")),
        (_pdf("Tea"), _pdf("Tea", pen=True)),
        (_pdf("Tea"), _twice(_pdf("Tea"))),
    ],
    ids=["both", "reads", "looks", "pages"],
)
def test_pages_that_read_or_look_otherwise_than_they_did_or_are_more_are_not_given(before: bytes, after: bytes) -> None:
    check_alike(before, before)
    with pytest.raises(NotOwnKind, match="did not come out as they were"):
        check_alike(before, after)


def test_what_is_made_anew_is_compared_with_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf("Tea"))
    assert read_answer(pdf_pages.answer(tmp_path / "a.pdf", drawings=False)).file
    monkeypatch.setattr(pdf_pages, "made_anew", lambda *_, **__: _pdf("Coffee"))
    with pytest.raises(NotOwnKind, match="its pages did not come out as they were"):
        read_answer(pdf_pages.answer(tmp_path / "a.pdf", drawings=False))
