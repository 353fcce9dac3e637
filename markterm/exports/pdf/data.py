"""A document as the data that the templates read: plain values, of which nothing is markup."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markterm.domain.words.foreign_text import one_line, shortened
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
    Signatures,
    Statements,
    Table,
    ToWrite,
    Verdict,
    Words,
    plain,
    words,
)
from markterm.exports.document.prose import paragraphs

MAY_BREAK = "\u200b"
"""Where a long word may go on in the next line. No text that was cleaned has it."""
_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = 8
_RUNNING = 84
"""Characters of the title above each page, where it has a line: in full it stands on the first one."""
_RUNNING_ABOUT = 60
"""Characters of whom it is about, who is named in full in the header of facts."""
_RIGHT_TO_LEFT = frozenset(("R", "AL"))

Data = dict[str, Any]


def data_of(document: Document) -> Data:
    """Title, facts, caveats and blocks, each block with its `kind`."""
    language, _, region = document.language.partition("-")
    return {
        "title": _text(document.title),
        "title-in-properties": one_line(document.title),
        "without-font": "",
        "running-title": _breakable(shortened(document.title, _RUNNING)),
        "running-about": _breakable(_about(document.about)),
        "language": language,
        "region": region or None,
        "across": document.across,
        "caveats": [_text(caveat) for caveat in document.caveats],
        "facts": _facts(document.facts),
        "blocks": list(map(_any, document.blocks)),
    }


def _about(about: str) -> str:
    """Whom it is about, in a line: of a long name the end is left out, and never what tells learners apart, which
    stands behind it."""
    name, comma, registration = one_line(about).rpartition(", ")
    room = _RUNNING_ABOUT - len(comma + registration)
    if len(name) <= room or room < _RUNNING_ABOUT // 3:
        return shortened(about, _RUNNING_ABOUT)
    return f"{shortened(name, room)}{comma}{registration}"


def _any(block: Block) -> Data:
    return {"kind": type(block).__name__.lower(), **_block(block)}


def _block(block: Block) -> Data:
    match block:
        case Heading(level, line):
            return {"level": level, "words": _heading(line)}
        case Label(text):
            return {"text": _text(text)}
        case Paragraph(line):
            return {"words": _line(line)}
        case Bullets(items, apart):
            told = [{"words": _line(item.words), "below": [_line(line) for line in item.below]} for item in items]
            return {"apart": apart, "items": told}
        case Quote(text, none, set_off):
            return {"paragraphs": _paragraphs(text), "none-words": _text(none), "set-off": set_off}
        case Brief(text):
            lines = [
                {"words": _line(line.words), "marker": line.marker, "depth": line.depth} for line in brief_lines(text)
            ]
            return {"lines": lines}
        case Facts(facts):
            return {"facts": _facts(facts)}
        case Table(columns, rows, states):
            heads = [{"title": _text(column.title), "width": column.width} for column in columns]
            signs = [[each.value if each is not None else "" for each in row] for row in states]
            return {"columns": heads, "rows": [[_text(cell) for cell in row] for row in rows], "states": signs}
        case Picture(svg, text):
            return {"svg": svg, "text": one_line(text)}
        case Statements(statements):
            return {"statements": [{"box": each.box, "words": _line(each.words)} for each in statements]}
        case CriteriaTable(level, banner, criteria):
            short = _text(plain(banner).split(" ")[0])
            return {"level": level, "words": _heading(banner), "short": short, "rows": list(map(_criterion, criteria))}
        case Comments(title, line, written):
            return {"title": _text(title), "words": _line(line), "written": list(map(_any, written))}
        case Verdict(headline, line, state):
            return {"headline": _text(headline), "words": _line(line), "state": state.value}
        case Remarks(label, remarks):
            return {"label": _text(label), "remarks": list(map(_remark, remarks))}
        case Signatures(places):
            told = [{"role": _text(each.role), "name": _text(each.name), "day": _text(each.day)} for each in places]
            return {"places": told}
        case ToWrite():
            return {}


def _criterion(row: CriterionRow) -> Data:
    box = row.decision
    return {
        "number": _text(row.number),
        "words": _text(row.text),
        "descriptors": [{"standing": _text(each.standing), "text": _text(each.text)} for each in row.descriptors],
        "decision": {"state": box.look.value, "letter": box.letter, "word": _text(box.word)},
        "feedback": list(map(_feedback, row.feedback)),
        "evidence": _evidence(row.evidence),
    }


def _feedback(note: FeedbackNote) -> Data:
    return {
        "marks": _text(note.marks),
        "heading": _line(note.heading),
        "paragraphs": _paragraphs(note.note),
        "none-words": NO_FEEDBACK,
        "remarks": [_text(each) for each in note.remarks],
    }


def _remark(remark: Remark) -> Data:
    return {
        "number": _text(remark.number),
        "words": _line(remark.words),
        "paragraphs": _paragraphs(remark.note),
        "evidence": _evidence(remark.evidence),
    }


def _facts(facts: tuple[Fact, ...]) -> list[Data]:
    return [{"name": _text(fact.name), "text": _text(fact.text)} for fact in facts]


def _evidence(lines: tuple[EvidenceLine, ...]) -> list[Data]:
    return [{"words": _line(each.words)} for each in lines]


def _heading(line: Words) -> list[Data]:
    """The line of a heading, which may not be empty: whoever hears a page read finds their way by it."""
    return _line(line if plain(line).strip() else words("–"))


def _line(line: Words) -> list[Data]:
    return [{"text": _breakable(run.text), "bold": run.bold, "italic": run.italic} for run in line]


def _text(text: str) -> str:
    return _breakable(one_line(text))


def _paragraphs(text: str) -> list[Data]:
    """Paragraphs, which empty lines part, as lines, and whether they are read from the right."""
    return [
        {"lines": [_breakable(line) for line in lines], "rtl": _from_the_right(lines[0])} for lines in paragraphs(text)
    ]


def _from_the_right(text: str) -> bool:
    """Whether the first letter of it is one of a script that is written from right to left."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", "R", "AL")), False)


def _breakable(text: str) -> str:
    """The text with places in its long words where a line may end, so that none leaves its cell."""
    return _LONG_WORD.sub(_in_pieces, text)


def _in_pieces(found: re.Match[str]) -> str:
    pieces, word = [""], found[0]
    for sign in word:
        # What belongs to the sign before it stays with it.
        if len(pieces[-1]) >= _PIECE and not unicodedata.category(sign).startswith("M") and sign != "\u200d":
            pieces.append("")
        pieces[-1] += sign
    return MAY_BREAK.join(pieces)
