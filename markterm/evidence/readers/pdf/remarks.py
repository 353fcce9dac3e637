"""What people have put on a page of a PDF: comments and their replies, marked words, stamps, typed text, drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.pdf.boxes import Box, box_of_points
from markterm.evidence.readers.pdf.strings import is_unseen, rich_string_of, string_of, wide

_SAID: Mapping[int, str] = {
    pdfium.FPDF_ANNOT_TEXT: "Comment",
    pdfium.FPDF_ANNOT_FREETEXT: "Text typed on the page",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "Highlighted",
    pdfium.FPDF_ANNOT_UNDERLINE: "Underlined",
    pdfium.FPDF_ANNOT_SQUIGGLY: "Underlined",
    pdfium.FPDF_ANNOT_STRIKEOUT: "Struck out",
    pdfium.FPDF_ANNOT_STAMP: "Stamp",
    pdfium.FPDF_ANNOT_CARET: "To be inserted",
    pdfium.FPDF_ANNOT_REDACT: "To be blacked out",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "Attached",
}
_COMMENT = "Comment"
_REPLY = "Reply"
_MARKED = (
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_REDACT,
)
_DRAWN = (
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_LINE,
    pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_CIRCLE,
    pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_POLYLINE,
    pdfium.FPDF_ANNOT_STAMP,
)
_PLAYED = (
    pdfium.FPDF_ANNOT_SOUND,
    pdfium.FPDF_ANNOT_MOVIE,
    pdfium.FPDF_ANNOT_SCREEN,
    pdfium.FPDF_ANNOT_RICHMEDIA,
    pdfium.FPDF_ANNOT_THREED,
)
_NOT_REMARKS = (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_WIDGET)
_MOST_STRETCHES = 200
_DEEPEST = 20


@dataclass(slots=True, eq=False)
class Remark:
    """Something that was put on a page after it was made."""

    kind: int
    """One of PDFium's FPDF_ANNOT numbers."""
    author: str
    words: str
    marked: str
    """The words of the page that it marks."""
    answers: int
    """The number, on the page, of the remark that it is a reply to; -1 when it is none."""
    box: Box
    is_hidden: bool = False
    shown: str = ""
    """The words that its picture on the page shows."""
    attached: str = ""
    """What is said of the file in it, as Markdown."""

    @property
    def has_words(self) -> bool:
        """Whether there is anything of it to read."""
        return bool(self.words or self.marked or self.shown or self.attached)

    @property
    def is_drawn(self) -> bool:
        """Whether it is a drawing, or a stamp that is a picture."""
        return self.kind in _DRAWN and not self.shown and not (self.kind == pdfium.FPDF_ANNOT_STAMP and self.words)

    @property
    def is_played(self) -> bool:
        """Whether it is a recording, a film or a model."""
        return self.kind in _PLAYED

    @property
    def only_shown(self) -> str:
        """The words of its picture, unless they are its own."""
        # What is written from right to left is printed the other way round.
        return " ".join(self.shown.split()) if _letters(self.shown) - _letters(self.words) else ""


def remark_of(annotation: Any, page: Any, text_page: Any, box: Box) -> Remark | None:
    """What an annotation is to who reads the page; None for a link, a field and the window of another one."""
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind in _NOT_REMARKS:
        return None
    words = string_of(annotation, b"Contents") or rich_string_of(annotation, b"RC")
    if kind == pdfium.FPDF_ANNOT_REDACT and not words:
        words = string_of(annotation, b"OverlayText")
    if kind == pdfium.FPDF_ANNOT_STAMP and not words:
        words = _stamp_name(string_of(annotation, b"Name"))
    return Remark(
        kind=kind,
        author=" ".join(string_of(annotation, b"T").split()),
        words=words,
        marked=_marked(annotation, text_page, box) if kind in _MARKED else "",
        answers=_answered(annotation, page),
        box=box,
        is_hidden=is_unseen(annotation),
    )


def _stamp_name(name: str) -> str:
    """A name like `#NotApproved` as words."""
    bare = name.removeprefix("#").removeprefix("SB").removeprefix("SH")
    return "".join(f" {one}" if one.isupper() else one for one in bare).strip() if bare.isalpha() else ""


def _letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


def _answered(annotation: Any, page: Any) -> int:
    other = pdfium.FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
    if not other:
        return -1
    number: int = pdfium.FPDFPage_GetAnnotIndex(page, other)
    pdfium.FPDFPage_CloseAnnot(other)
    return number


def _marked(annotation: Any, text_page: Any, box: Box) -> str:
    """The words of the page that it lies over."""
    stretches: list[Box] = []
    for place in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), _MOST_STRETCHES)):
        points = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, place, points):
            stretches.append(box_of_points(points))
    words = [_words_in(text_page, stretch) for stretch in stretches or [box]]
    return " ".join(" ".join(words).split())


def _words_in(text_page: Any, box: Box) -> str:
    left, bottom, right, top = box
    # It counts characters, not bytes.
    sides = left, top, right, bottom
    return wide(lambda room, size: 2 * pdfium.FPDFText_GetBoundedText(text_page, *sides, room, size // 2))


@dataclass(slots=True)
class PageRemarks:
    """The remarks on a page by their number among its annotations."""

    by_number: dict[int, Remark] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read."""
        return any(remark.has_words for remark in self.by_number.values())

    @property
    def pictured(self) -> list[Remark]:
        """Those whose pictures on the page may have words: those of marks and comments have none."""
        return [
            remark
            for remark in self.by_number.values()
            if remark.kind not in _MARKED and remark.kind != pdfium.FPDF_ANNOT_TEXT
        ]

    @property
    def drawn(self) -> int:
        """How many are drawings, or pictures of stamps."""
        return sum(remark.is_drawn for remark in self.by_number.values())

    @property
    def played(self) -> int:
        """How many are to be heard or seen in motion."""
        return sum(remark.is_played for remark in self.by_number.values())

    def items(self) -> Iterator[str]:
        """Items of Markdown, each with the replies to it below it."""
        replies: dict[int, list[int]] = {}
        for number, remark in self.by_number.items():
            if remark.answers in self.by_number and remark.answers != number:
                replies.setdefault(remark.answers, []).append(number)
        told: set[int] = set()
        answering = {number for them in replies.values() for number in them}
        # Replies to each other have no first one.
        for number in (*(number for number in self.by_number if number not in answering), *self.by_number):
            if lines := list(self._with_replies(number, replies, told)):
                yield "\n".join(lines)

    def _with_replies(self, number: int, replies: Mapping[int, Sequence[int]], told: set[int]) -> Iterator[str]:
        waiting = [(number, 0)]
        while waiting:
            number, depth = waiting.pop()
            if number in told:
                continue
            told.add(number)
            remark = self.by_number[number]
            if remark.has_words:
                yield "  " * depth + _item(remark, is_reply=depth > 0, indent="  " * (depth + 1))
            below = min(depth + remark.has_words, _DEEPEST)
            waiting.extend((other, below) for other in reversed(replies.get(number, ())))


def _item(remark: Remark, *, is_reply: bool, indent: str) -> str:
    said = _REPLY if is_reply and remark.kind == pdfium.FPDF_ANNOT_TEXT else _SAID.get(remark.kind, _COMMENT)
    by = f" by {escape_inline(remark.author)}" if remark.author else ""
    # A reply has no place of its own on the page, and is hidden there.
    by += " (hidden)" if remark.is_hidden and not is_reply else ""
    parts = [
        f"“{escape_inline(remark.marked)}”" if remark.marked else "",
        remark.attached,
        f"\\\n{indent}".join(escape_inline(line) for line in remark.words.split("\n") if line),
        escape_inline(remark.only_shown),
    ]
    return f"- {said}{by}: {': '.join(part for part in parts if part)}"
