"""A document as a Word file (DOCX), in styles that whoever goes on writing in it can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from markterm.domain.record.states import CriterionState
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.brief import brief_lines
from markterm.exports.document.model import (
    NO_FEEDBACK,
    Block,
    Brief,
    Bullets,
    Comments,
    CriteriaTable,
    CriterionRow,
    Document,
    EvidenceLine,
    Fact,
    Facts,
    FeedbackNote,
    Heading,
    Label,
    Paragraph,
    Picture,
    Quote,
    Remark,
    Remarks,
    Run,
    Signatures,
    Statements,
    Table,
    ToWrite,
    Verdict,
    words,
)
from markterm.exports.document.prose import paragraphs
from markterm.exports.word.package import packed
from markterm.exports.word.wordml import WIDTH, Cell, Row, of_lines, paragraph, plain, table

_GRID = 12
_ACROSS = (_GRID, 1, 2, 3, 4, 6)
"""How many descriptors can stand beside each other in the grid of a criterion."""
_TEXT, _BOX = 9, 2
_HEAD = "E8EEF4"
_SHADES = {
    CriterionState.PASS: "E2F0E4",
    CriterionState.ACHIEVED: "E2F0E4",
    CriterionState.REFER: "FBE9D0",
}
_TO_WRITE, _TO_SIGN, _COMMENTS = 1_400, 560, 900
_INSET = 280
_SHORT = 1_000
"""Letters of a note up to which it is not parted by the end of a page."""
_LETTER, _MARGINS = 135, 220
"""How wide a letter of a head is, and what is left free beside it, in twentieths of a point."""


def render(document: Document, *, anchor: str = "", at: datetime | None = None) -> bytes:
    """The document as DOCX, made `at` that time, with `anchor` among its properties. No text in it becomes markup, a
    field or a link."""
    body = [paragraph(plain(document.title), "Title"), *_facts(document.facts)]
    for block in document.blocks:
        body += _block(block)
    return packed(document, "".join(body), anchor=anchor, at=at)


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading(level, title):
            return (paragraph(title, _heading(level)),)
        case Label(text):
            return (paragraph(plain(text), "Label"),)
        case Paragraph(line):
            return (paragraph(line),)
        case Bullets():
            return _bullets(block)
        case Quote(text, none, set_off):
            return _prose(text, "Quote" if set_off else "", none)
        case Brief(text):
            return _brief(text)
        case Facts(facts):
            return _facts(facts)
        case Table(columns, rows):
            return (_table([each.title for each in columns], rows, [each.width for each in columns]),)
        case Picture(_, _, lines):
            return (paragraph(words(line), "ListBullet") for line in lines)
        case Statements(statements):
            return (paragraph((Run(f"{each.box} "), *each.words), "Statement") for each in statements)
        case CriteriaTable():
            return (_criteria(block),)
        case Comments(title, line, written):
            below = (part for each in written for part in _block(each))
            content = "".join((paragraph(plain(title), "CellHead", keep=False), paragraph(line, "Cell"), *below))
            return (table((1,), (Row((Cell(content),), height=0 if written else _COMMENTS),)),)
        case Verdict(headline, line, state):
            return (paragraph((*words(headline, bold=True), *line), "Verdict", shade=_SHADES.get(state, "")),)
        case Remarks():
            return _remarks(block)
        case Signatures(places):
            to_sign = ((each.role, each.name, "", each.day) for each in places)
            return (_table(("Role", "Name", "Signature", "Date"), to_sign, (2, 3, 4, 2), height=_TO_SIGN),)
        case ToWrite():
            return (table((1,), (Row((Cell(""),), height=_TO_WRITE),)),)


def _heading(level: int) -> str:
    """The style of a heading: the title is none in Word, so that the first ones below it are of its level 1."""
    return f"Heading{min(level - 1, 4)}"


def _facts(facts: tuple[Fact, ...]) -> Iterator[str]:
    """Two beside each other, as in the header of a sheet."""
    if facts:
        cells = [Cell(paragraph(plain(each.name), "FactName") + paragraph(plain(each.text), "Cell")) for each in facts]
        cells += [Cell("")] * (len(cells) % 2)
        yield table(
            (1, 1), (Row((left, right), whole=True) for left, right in zip(cells[::2], cells[1::2], strict=True))
        )


def _bullets(bullets: Bullets) -> Iterator[str]:
    for item in bullets.items:
        yield paragraph(item.words, "ListBullet", more='<w:spacing w:before="80"/>' if bullets.apart else "")
        for line in item.below:
            yield paragraph(line, "ListBullet2")


def _brief(text: str) -> Iterator[str]:
    for line in brief_lines(text):
        if line.marker:
            inset = _INSET * (line.depth + 1)
            marker = "•" if line.marker == "-" else line.marker
            more = f'<w:ind w:left="{inset}" w:hanging="{_INSET}"/>'
            yield paragraph((Run(f"{marker} "), *line.words), more=more)
        elif line.text:
            yield paragraph(line.words)


def _prose(text: str, style: str = "", none: str = "") -> Iterator[str]:
    """What a person wrote, or that nobody did."""
    told = paragraphs(text)
    for lines in told:
        yield of_lines(lines, style)
    if not told and none:
        yield paragraph(words(none, italic=True), style)


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[float], *, height: int = 0) -> str:
    titles = tuple(titles)
    head = Row(tuple(Cell(paragraph(plain(each), "CellHead"), shade=_HEAD) for each in titles), head=True)
    body = (Row(tuple(Cell(paragraph(plain(each), "Cell")) for each in row), height=height) for row in rows)
    return table(tuple(_with_room(titles, tuple(widths))), (head, *body))


def _with_room(titles: Sequence[str], widths: Sequence[float]) -> Iterator[float]:
    """The widths of columns, of which none is narrower than the longest word of its head, as far as there is room."""
    whole = sum(widths)
    for title, width in zip(titles, widths, strict=True):
        word = max(map(len, title.split()), default=0)
        yield max(WIDTH * width / whole, min(word * _LETTER + _MARGINS, WIDTH / len(titles)))


def _criteria(criteria: CriteriaTable) -> str:
    spacing = '<w:spacing w:before="40" w:after="40"/>'
    # LibreOffice keeps all of a table on the page of what follows where its first line is kept with the next one.
    title = paragraph(criteria.banner, _heading(criteria.level), more=spacing, keep=False)
    banner = Row((Cell(title, _GRID, _HEAD),), head=True)
    return table((1,) * _GRID, (banner, *(row for each in criteria.rows for row in _criterion(each))))


def _criterion(row: CriterionRow) -> Iterator[Row]:
    """Its rows, each kept on a page with the one after it; the last is not kept with the next criterion, or all of them
    would be on one page."""
    box = row.decision
    notes = [line for note in row.feedback for line in _feedback(note)]
    below = "".join((*notes, *_evidence(row.evidence)))
    keep = bool(row.descriptors or below)
    yield Row(
        (
            Cell(paragraph(plain(row.number), "Criterion", keep=keep)),
            Cell(paragraph(plain(row.text), "Criterion", keep=keep), _TEXT),
            Cell(paragraph(plain(f"{box.letter} {box.word}"), "Decision", keep=keep), _BOX, _SHADES.get(box.state, "")),
        ),
        whole=True,
    )
    told = [
        paragraph(plain(each.standing), "FeedbackHead", keep=bool(below)) + paragraph(plain(each.text), "Small")
        for each in row.descriptors
    ]
    if len(told) in _ACROSS:
        yield Row(tuple(Cell(each, _GRID // len(told)) for each in told), whole=True)
    elif told:
        yield Row((Cell("".join(told), _GRID),))
    if below:
        yield Row((Cell(below, _GRID),), whole=sum(len(note.note) for note in row.feedback) < _SHORT)


def _feedback(note: FeedbackNote) -> Iterator[str]:
    if note.marks:
        yield paragraph(plain(note.marks), "FeedbackHead", keep=False)
    yield paragraph(note.heading, "FeedbackHead", keep=False)
    yield from _prose(note.note, "Cell", NO_FEEDBACK)
    for remark in note.remarks:
        yield paragraph(words(one_line(remark), italic=True), "Cell")


def _evidence(lines: Iterable[EvidenceLine]) -> Iterator[str]:
    return (paragraph(each.words, "Evidence") for each in lines)


def _remarks(remarks: Remarks) -> Iterator[str]:
    yield paragraph(plain(remarks.label), "Label")
    yield table((1, 11), map(_remark, remarks.remarks))


def _remark(remark: Remark) -> Row:
    told = (paragraph(remark.words, "CellHead"), *_prose(remark.note, "Cell"), *_evidence(remark.evidence))
    return Row((Cell(paragraph(plain(remark.number), "Criterion", keep=False)), Cell("".join(told))))
