"""What people have put on the pages of a PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from markterm.evidence.converted import Converted
from markterm.evidence.readers.pdf import pdf
from tests.evidence import made_pdf

_PRINTED = "BT /F1 12 Tf 60 700 Td (We agreed on the goal of the week.) Tj ET"
_OVER_GOAL = "/Rect [158 695 182 715] /QuadPoints [158 712 182 712 158 698 182 698]"
_BOX = "/Rect [60 100 300 130]"


def _read(folder: Path, *annotations: str, printed: str = _PRINTED, **more: str | bytes) -> Converted:
    path = folder / "noted.pdf"
    numbered = {int(name[1:]): body for name, body in more.items()}
    path.write_bytes(made_pdf.one_page(printed, annotations=annotations, more=numbered))
    return pdf.read(path)


def _remark(kind: str, entries: str) -> str:
    return f"<< /Type /Annot /Subtype /{kind} {entries} >>"


def _said(read: Converted) -> str:
    return read.markdown.partition("\n\n")[2]


def test_a_comment_says_who_wrote_it_and_its_replies_stand_below(tmp_path: Path) -> None:
    comment = _remark("Text", f"/T (Sam Hale) /Contents (Which goal?) {_BOX}")
    reply = _remark("Text", f"/T (Zoe) /Contents (The first one.) /IRT 100 0 R {_BOX}")
    again = _remark("Text", f"/T (Sam Hale) /Contents (Thank you.) /IRT 101 0 R {_BOX}")
    read = _read(tmp_path, "102 0 R", "100 0 R", "101 0 R", o100=comment, o101=reply, o102=again)
    assert _said(read) == (
        "- Comment by Sam Hale: Which goal?\n  - Reply by Zoe: The first one.\n    - Reply by Sam Hale: Thank you.\n"
    )


def test_replies_to_each_other_are_all_there(tmp_path: Path) -> None:
    one = _remark("Text", f"/Contents (one) /IRT 101 0 R {_BOX}")
    other = _remark("Text", f"/Contents (other) /IRT 100 0 R {_BOX}")
    assert _said(_read(tmp_path, "100 0 R", "101 0 R", o100=one, o101=other)) == "- Comment: one\n  - Reply: other\n"


@pytest.mark.parametrize(
    ("kind", "said"), [("Highlight", "Highlighted"), ("Underline", "Underlined"), ("StrikeOut", "Struck out")]
)
def test_a_mark_says_the_words_that_it_marks(tmp_path: Path, kind: str, said: str) -> None:
    read = _read(tmp_path, _remark(kind, f"/T (Sam) /Contents (Seen) {_OVER_GOAL}"))
    assert _said(read) == f"- {said} by Sam: “goal”: Seen\n"


def test_typed_text_and_stamps_are_read_from_their_pictures_where_they_say_no_words(tmp_path: Path) -> None:
    entries = (
        "/Type /XObject /Subtype /Form /BBox [0 0 240 30]"
        " /Resources << /Font << /F9 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    )
    picture = made_pdf.stream("BT /F9 10 Tf 2 5 Td (Seen on 3 June) Tj ET", entries)
    for kind, said in (("FreeText", "Text typed on the page"), ("Stamp", "Stamp")):
        read = _read(tmp_path, _remark(kind, f"/F 4 /AP << /N 100 0 R >> {_BOX}"), o100=picture)
        assert (_said(read), read.notes) == (f"- {said}: Seen on 3 June\n", ())
    read = _read(
        tmp_path, _remark("FreeText", f"/F 4 /Contents (Seen 3 on June) /AP << /N 100 0 R >> {_BOX}"), o100=picture
    )
    assert _said(read) == "- Text typed on the page: Seen 3 on June\n"


def test_a_stamp_without_words_is_said_by_its_name(tmp_path: Path) -> None:
    read = _read(tmp_path, _remark("Stamp", f"/Name /NotApproved {_BOX}"))
    assert (_said(read), read.notes) == ("- Stamp: Not Approved\n", ())


def test_drawings_and_recordings_are_counted(tmp_path: Path) -> None:
    drawn = _remark("Ink", f"/InkList [[60 100 70 110]] {_BOX}")
    played = _remark("Sound", _BOX)
    read = _read(tmp_path, drawn, drawn, played)
    assert [note for note in read.notes if ": 2." in note and "handwriting" in note]
    assert [note for note in read.notes if ": 1." in note and "recordings" in note]


def test_a_page_with_nothing_but_a_comment_is_not_without_text(tmp_path: Path) -> None:
    read = _read(tmp_path, _remark("Text", f"/Contents (Seen) {_BOX}"), printed="")
    assert (read.markdown, read.notes) == ("- Comment: Seen\n", ())


def test_only_so_many_remarks_are_shown_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_ANNOTATIONS", 2)
    read = _read(tmp_path, *(_remark("Text", f"/Contents (no {number}) {_BOX}") for number in range(3)))
    assert _said(read) == "- Comment: no 0\n\n- Comment: no 1\n"
    assert [note for note in read.notes if "more than 2 fields, comments" in note]


def test_a_comment_of_formatted_text_alone_is_a_comment(tmp_path: Path) -> None:
    read = _read(tmp_path, _remark("Text", f"/RC (<body><p>Which <i>goal</i>?</p></body>) {_BOX}"))
    assert _said(read) == "- Comment: Which goal?\n"


def test_what_is_to_be_blacked_out_is_said_though_no_program_has_done_it(tmp_path: Path) -> None:
    read = _read(tmp_path, _remark("Redact", f"/OverlayText (Name) {_OVER_GOAL}"))
    assert _said(read) == "- To be blacked out: “goal”: Name\n"


def test_a_comment_that_nobody_sees_is_said_to_be_hidden_and_a_reply_is_not(tmp_path: Path) -> None:
    comment, reply = _remark("Text", f"/F 2 /Contents (one) {_BOX}"), _remark("Text", f"/F 30 /Contents (two) {_BOX}")
    read = _read(tmp_path, "100 0 R", "101 0 R", o100=comment, o101=reply.replace("/F 30", "/F 30 /IRT 100 0 R"))
    assert _said(read) == "- Comment (hidden): one\n  - Reply: two\n"
