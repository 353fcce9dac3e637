"""A document as HTML: one file that any browser shows and prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

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
    Remarks,
    Signatures,
    Statements,
    Table,
    ToWrite,
    Verdict,
    Words,
)
from markterm.exports.document.prose import paragraphs
from markterm.exports.html.frame import page

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"(?<![\w-])(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}} (?:{_MONTH})(?: [0-9]{{4}})?)(?![\w-])")


def render(document: Document, *, anchor: str = "") -> str:
    """The document as a page of HTML, with `anchor` among its properties. All text in it is escaped: it can make no
    markup, and there is nothing that a browser would run or fetch."""
    lines = page(
        document.title,
        _body(document),
        about=document.about,
        language=document.language,
        caveats=document.caveats,
        anchor=anchor,
        landscape=document.across,
    )
    return "\n".join(lines) + "\n"


def fragment(document: Document) -> str:
    """The document as a piece of another page, which has its own looks: title, header and blocks."""
    return "\n".join((f"<p><strong>{_text(document.title)}</strong></p>", *_body(document)))


def _body(document: Document) -> Iterator[str]:
    yield from _facts(document.facts)
    for block in document.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading(level, title):
            return (f"<h{level}>{_line(title)}</h{level}>",)
        case Label(text):
            return (f'<p class="label">{_text(text)}</p>',)
        case Paragraph(line):
            # What is bold from its first sign to its last stands over what follows, as "What is missing" does.
            label = ' class="label"' if line and all(run.bold for run in line) else ""
            return (f'<p{label} dir="auto">{_line(line)}</p>',)
        case Bullets():
            return _bullets(block)
        case Quote(text, none, set_off):
            tag = "blockquote" if set_off else "div"
            return (f"<{tag}>", *_prose(text, none), f"</{tag}>")
        case Brief(text):
            return _brief(text)
        case Facts(facts):
            return _facts(facts)
        case Table(columns, rows):
            return _table([column.title for column in columns], rows, [column.width for column in columns])
        case Picture(svg):
            return (f"<figure>{svg}</figure>",)
        case Statements(statements):
            items = (
                f'<li><span class="box">{each.box}</span><span>{_line(each.words)}</span></li>' for each in statements
            )
            return ('<ul class="statements">', *items, "</ul>")
        case CriteriaTable():
            return _criteria(block)
        case Comments(title, line, written):
            kind = "comments written" if written else "comments"
            below = (part for each in written for part in _block(each))
            return (f'<div class="{kind}"><strong>{_text(title)}</strong><p>{_line(line)}</p>', *below, "</div>")
        case Verdict(headline, line, state):
            return (f'<p class="verdict {state.value}"><strong>{_text(headline)}</strong>{_line(line)}</p>',)
        case Remarks():
            return _remarks(block)
        case Signatures(places):
            cells = ((place.role, place.name, "", place.day) for place in places)
            return ('<div class="signatures">', *_table(("Role", "Name", "Signature", "Date"), cells), "</div>")
        case ToWrite():
            return ('<div class="to-write"></div>',)


def _text(text: str) -> str:
    return _escaped(one_line(text))


def _escaped(text: str) -> str:
    """The text as markup, in which no line breaks within a day."""
    return _DAY.sub(r'<span class="day">\g<0></span>', escape(text))


def _line(line: Words) -> str:
    """A line with its styles."""
    told = []
    for run in line:
        text = _escaped(run.text)
        text = f"<em>{text}</em>" if run.italic else text
        told.append(f"<strong>{text}</strong>" if run.bold else text)
    return "".join(told)


def _prose(text: str, none: str = "") -> Iterator[str]:
    """What a person wrote, or that nobody did: each paragraph in the direction of its letters."""
    told = paragraphs(text)
    for lines in told:
        yield f'<p dir="auto">{"<br>".join(map(_escaped, lines))}</p>'
    if not told and none:
        yield f'<p class="none">{_text(none)}</p>'


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    yield '<dl class="facts">'
    for fact in facts:
        yield f'<div><dt>{_text(fact.name)}</dt><dd dir="auto">{_text(fact.text)}</dd></div>'
    yield "</dl>"


def _bullets(bullets: Bullets) -> Iterator[str]:
    yield '<ul class="apart">' if bullets.apart else "<ul>"
    for item in bullets.items:
        below = "".join(f"<li>{_line(line)}</li>" for line in item.below)
        yield f"<li>{_line(item.words)}{f'<ul>{below}</ul>' if below else ''}</li>"
    yield "</ul>"


def _brief(text: str) -> Iterator[str]:
    yield '<div class="brief">'
    for line in brief_lines(text):
        if line.marker:
            marker = "•" if line.marker == "-" else escape(line.marker)
            inset = f"margin-left: {1.4 * line.depth:.1f}rem"
            yield f'<p class="item" style="{inset}"><span>{marker}</span><span>{_line(line.words)}</span></p>'
        elif line.text:
            yield f'<p dir="auto">{_line(line.words)}</p>'
    yield "</div>"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[float] = ()) -> Iterator[str]:
    # Where it is wider than the window it is scrolled, by the keyboard too; on a telephone each row is a list, in which
    # every cell says of itself under what it stands.
    titles = tuple(titles)
    yield '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>'
    parts = tuple(widths)
    if parts:
        yield "".join(f'<col style="width: {100 * part / sum(parts):.1f}%">' for part in parts)
    heads = "".join(f'<th scope="col">{_text(title)}</th>' for title in titles)
    yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for row in rows:
        yield f"<tr>{''.join(_cell(title, cell) for title, cell in zip(titles, row, strict=True))}</tr>"
    yield "</tbody>"
    yield "</table></div>"


def _cell(title: str, text: str) -> str:
    return f'<td data-under="{escape(one_line(title))}" dir="auto">{_text(text)}</td>'


def _criteria(table: CriteriaTable) -> Iterator[str]:
    yield '<section class="criteria">'
    yield f'<h{table.level} class="banner">{_line(table.banner)}</h{table.level}>'
    for row in table.rows:
        yield from _criterion(row, table.level + 1)
    yield "</section>"


def _criterion(row: CriterionRow, level: int) -> Iterator[str]:
    box = row.decision
    yield '<article class="criterion">'
    yield '<div class="head">'
    yield f'<h{level} class="what"><span>{_text(row.number)}</span> <span>{_text(row.text)}</span></h{level}>'
    letter = f'<span class="letter">{escape(box.letter)}</span>'
    yield f'<p class="decision {box.look.value}">{letter} {_text(box.word)}</p>'
    yield "</div>"
    if row.descriptors:
        told = (f"<div><dt>{_text(each.standing)}</dt><dd>{_text(each.text)}</dd></div>" for each in row.descriptors)
        yield f'<dl class="descriptors part">{"".join(told)}</dl>'
    for note in row.feedback:
        yield from _feedback(note)
    yield from _evidence(row.evidence, "part")
    yield "</article>"


def _feedback(note: FeedbackNote) -> Iterator[str]:
    yield '<div class="part">'
    if note.marks:
        yield f"<p>{_text(note.marks)}</p>"
    yield f'<p class="quiet">{_line(note.heading)}</p>'
    yield from _prose(note.note, NO_FEEDBACK)
    yield from (f"<p><em>{_text(remark)}</em></p>" for remark in note.remarks)
    yield "</div>"


def _evidence(lines: tuple[EvidenceLine, ...], part: str = "") -> Iterator[str]:
    if lines:
        yield f'<div class="evidence {part}"><ul>'
        yield from (f'<li dir="auto">{_line(each.words)}</li>' for each in lines)
        yield "</ul></div>"


def _remarks(remarks: Remarks) -> Iterator[str]:
    yield f'<p class="label">{_text(remarks.label)}</p>'
    for remark in remarks.remarks:
        yield f'<div class="remark"><strong>{_text(remark.number)}</strong><div>'
        yield f'<p dir="auto">{_line(remark.words)}</p>'
        if remark.note.strip():
            yield '<div class="set-off">'
            yield from _prose(remark.note)
            yield "</div>"
        yield from _evidence(remark.evidence)
        yield "</div></div>"
