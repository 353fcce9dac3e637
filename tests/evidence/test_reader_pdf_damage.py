"""PDF files that are damaged, cut short or made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_more, made_pdf

_WHOLE = made_more.pdf([[f"On day {number} we laid the course."] for number in range(1, 7)])
_BOX = "/Rect [60 60 80 80]"


def _read(folder: Path, data: bytes) -> Converted:
    path = folder / "damaged.pdf"
    path.write_bytes(data)
    return pdf.read(path)


def test_of_a_file_that_was_cut_short_the_pages_that_are_there_are_read(tmp_path: Path) -> None:
    seen = []
    for place in range(20):
        try:
            read = _read(tmp_path, _WHOLE[: len(_WHOLE) * place // 20])
        except NotReadable:
            seen.append(0)
        else:
            assert "damaged or cut short" in read.notes[0]
            seen.append(read.markdown.count("we laid the course"))
    assert seen == sorted(seen)
    assert seen[-1] == 6


def test_a_file_without_its_list_of_objects_or_its_first_line_is_read(tmp_path: Path) -> None:
    for damaged in (
        _WHOLE[: _WHOLE.rindex(b"xref\n0")],
        _WHOLE[9:],
        _WHOLE.replace(b"/Root 1 0 R>>", b"/ID [<00 "),
        _WHOLE.replace(b"/Root 1 0 R", b"/Root 99 0 R"),
    ):
        assert _read(tmp_path, damaged).markdown.count("we laid the course") == 6


def test_pages_that_are_nested_too_deeply_are_found(tmp_path: Path) -> None:
    depth = 1_200
    nested = [f"<< /Type /Pages /Count 1 /Kids [{number + 3} 0 R] >>" for number in range(depth)]
    page = (
        f"<< /Type /Page /MediaBox [0 0 300 300] /Contents {depth + 3} 0 R"
        f" /Resources << /Font << /F1 {depth + 4} 0 R >> >> >>"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    words = made_pdf.stream("BT /F1 12 Tf 20 250 Td (deep down) Tj ET")
    read = _read(tmp_path, made_pdf.written(["<< /Type /Catalog /Pages 2 0 R >>", *nested, page, words, font]))
    assert read.markdown == "deep down\n"


_NO_PAGES = made_pdf.written(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"])


@pytest.mark.parametrize(
    "data", [_NO_PAGES, b"", b"%PDF-1.7\n", b"1 0 obj << /Type /Page >> endobj", b"PK\x03\x04 /Type /Page"]
)
def test_where_no_word_can_be_found_it_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotReadable, match="not a PDF, or it is damaged or cut short"):
        _read(tmp_path, data)


def test_replies_to_replies_without_end_cost_no_file(tmp_path: Path) -> None:
    replies: dict[int, str | bytes] = {
        100 + number: f"<< /Type /Annot /Subtype /Text /Contents (r{number}) /IRT {99 + number} 0 R {_BOX} >>"
        for number in range(1_500)
    }
    data = made_pdf.one_page("", annotations=[f"{number} 0 R" for number in replies], more=replies)
    assert _read(tmp_path, data).markdown.count("r") >= 1_500


def test_parts_of_a_form_that_stand_in_each_other_cost_no_file(tmp_path: Path) -> None:
    deep = "<a>" * 2_000 + "the answer" + "</a>" * 2_000
    form = "/AcroForm << /Fields [] /XFA [(datasets) 100 0 R] >> /NeedsRendering true"
    packet = made_pdf.stream(f"<datasets><data><form>{deep}</form></data></datasets>")
    read = _read(tmp_path, made_pdf.one_page("", catalog=form, more={100: packet}))
    assert "the answer" in read.markdown
    assert len(read.markdown) < 2_000
