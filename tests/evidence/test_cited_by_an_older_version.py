"""Passages that MarkTerm 0.1.0 cited in OpenDocument, rich text and PDF files are found again, however they are read.

The quotes and lines are those that 0.1.0 wrote down for these very files.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.record.citation import Passage
from markterm.evidence.converted import Converted
from markterm.evidence.folder import EvidenceKind
from markterm.evidence.readers.odf import opendocument
from markterm.evidence.readers.pdf import pdf
from markterm.evidence.readers.rtf import rtf
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.passages import find_again
from markterm.evidence.text_file import EvidenceText
from tests.evidence import made

_LIST = '<text:list-style style:name="L"><text:list-level-style-number text:level="1"/></text:list-style>'
_ODT = (
    '<text:h text:outline-level="1">Coaching diary</text:h><text:p>I asked him<text:note><text:note-citation>1'
    "</text:note-citation><text:note-body><text:p>In the staff room.</text:p></text:note-body></text:note> what he "
    "wanted.</text:p><office:forms/><text:p/>"
    '<text:list text:style-name="L"><text:list-item><text:p>Listen first</text:p></text:list-item><text:list-item>'
    "<text:p>Ask then</text:p></text:list-item></text:list>"
    "<table:table><table:table-row><table:table-cell><text:p>Date</text:p></table:table-cell><table:table-cell><text:p>"
    "Hours</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1 May</text:p>"
    "</table:table-cell><table:table-cell><text:p>2.5</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>He<office:annotation><dc:creator>Ann</dc:creator><text:p>Who?</text:p></office:annotation> agreed."
    "</text:p>"
    "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>"
)
_ODT_CITED = [
    (1, "Coaching diary"),
    (3, "I asked him[1] what he wanted."),
    (5, "Listen first"),
    (6, "Ask then"),
    (8, "Date | Hours"),
    (10, "1 May | 2.5"),
    (12, "He[comment Ann] agreed."),
    (16, "In a box"),
    (18, "[1]"),
    (20, "In the staff room."),
    (22, "[comment Ann]"),
    (24, "Who?"),
]
_RTF = (
    r"{\header The centre\par}\pard\s1 Coaching diary\par I asked him{\footnote In the staff room.} what he wanted.\par"
    r"{\listtext 1.\tab}Listen first\par{\pntext\f0\'b7\tab}Ask then\line and there\par"
    r"\trowd\pard\intbl Date\cell Hours\cell\row\trowd\pard\intbl 1 May\cell 2.5\cell\row\pard"
    r" It rained{\*\annotation Where?} \u8211- caf\'e9.\par"
)
_RTF_CITED = [
    (1, "[header] The centre"),
    (3, "Coaching diary"),
    (5, "I asked him[note] In the staff room. what he wanted."),
    (7, "1. Listen first"),
    (9, "Ask then"),
    (11, "and there"),
    (13, "Date | Hours"),
    (15, "1 May | 2.5"),
    (17, "It rained[comment] Where? – café."),
]


def _pdf() -> bytes:
    """A page with what 0.1.0 read in a PDF, and one without text."""
    written = BytesIO()
    canvas = Canvas(written)
    for size, y, words in (
        (20, 780, "Coaching diary"),
        (11, 740, "I asked him what he wanted,"),
        (11, 726, "and he told me."),
        (11, 698, "• Listen first"),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(60, y, words)
    canvas.grid((60, 160, 300), (600, 620, 640))
    for x, y, words in ((64, 626, "Date"), (164, 626, "Hours"), (64, 606, "1 May"), (164, 606, "2.5")):
        canvas.drawString(x, y, words)
    canvas.linkURL("https://example.org/film", (60, 735, 90, 750))
    canvas.acroForm.textfield(name="Learner", value="Zoe Marsh", x=60, y=500, width=200, height=20)
    canvas.acroForm.checkbox(name="Seen", checked=True, x=60, y=460)
    canvas.textAnnotation("Seen on site", (60, 400, 80, 420))
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


_PDF_CITED = [
    (1, "Coaching diary"),
    (3, "I asked him what he wanted,"),
    (4, "and he told me."),
    (6, "Listen first"),
    (8, "Date | Hours"),
    (10, "1 May | 2.5"),
    (12, "Form field Learner: Zoe Marsh"),
    (14, "Form field Seen: ticked"),
    (16, "Comment: Seen on site"),
    (18, "[page 2 has no text]"),
]


@pytest.mark.parametrize(
    ("name", "data", "read", "cited"),
    [
        ("a.odt", made.odt(_ODT, styles=_LIST), opendocument.read, _ODT_CITED),
        ("a.rtf", made.rtf(_RTF), rtf.read, _RTF_CITED),
        ("a.pdf", _pdf(), pdf.read, _PDF_CITED),
    ],
    ids=["odt", "rtf", "pdf"],
)
def test_every_passage_is_found_again(
    tmp_path: Path, name: str, data: bytes, read: Callable[[Path], Converted], cited: list[tuple[int, str]]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    converted = read(path)
    document = EvidenceDocument.of(EvidenceText(converted.markdown, 0, "0" * 64), EvidenceKind.CONVERTED, converted)
    lost = [
        quote
        for line, quote in cited
        if find_again(document, Passage(name, "0" * 64, line, line, quote, "", ())) is None
    ]
    assert lost == []
