"""A document as Markdown, to read, to change and to keep as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from markterm.exports.document.model import (
    NO_FEEDBACK,
    Block,
    Brief,
    Bullets,
    Comments,
    CriteriaTable,
    CriterionRow,
    Document,
    Facts,
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
from markterm.exports.markdown.markdown_text import block, brief, escaped, inline

_BLANK = "\\_" * 24
"""A place to write in."""


def render(document: Document) -> str:
    """The document in Markdown. All text in it is escaped: it can make no markup."""
    lines = [f"# {inline(document.title)}", "", *caveat_lines(document.caveats)]
    if document.facts:
        lines += ["| | |", "|---|---|"]
        lines += [f"| {inline(fact.name)} | {inline(fact.text)} |" for fact in document.facts]
        lines.append("")
    for each in document.blocks:
        lines += _lines(each)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def caveat_lines(caveats: Iterable[str]) -> Iterator[str]:
    """What nobody may overlook, as lines to stand at the beginning of a text in Markdown."""
    for caveat in caveats:
        yield f"**{inline(caveat)}**"
        yield ""


def _lines(each: Block) -> Iterable[str]:
    match each:
        case Heading(level, title):
            return (f"{'#' * level} {_line(title)}",)
        case Label(text):
            return (f"**{inline(text)}**",)
        case Paragraph(line):
            return (_line(line),)
        case Bullets():
            return _bullets(each)
        case Quote(text, none, set_off):
            prefix = "> " if set_off else ""
            return (block(text, prefix) if text.strip() else f"{prefix}*{inline(none)}*",)
        case Brief(text):
            return (brief(text),)
        case Facts(facts):
            return (f"- {inline(fact.name)}: {inline(fact.text)}" for fact in facts)
        case Table(columns, rows):
            return _table([column.title for column in columns], rows)
        case Picture(_, _, lines):
            return (f"- {inline(line)}" for line in lines)
        case Statements(statements):
            return (f"- {statement.box} {_line(statement.words)}" for statement in statements)
        case CriteriaTable():
            return _criteria(each)
        case Comments(title, line, written):
            below = (part for each in written for part in ("", *_lines(each)))
            return (f"**{inline(title)}**", "", _line(line), *below)
        case Verdict(headline, line):
            return (f"**{inline(headline)}**{_line(line)}",)
        case Remarks():
            return _remarks(each)
        case Signatures():
            return _signatures(each)
        case ToWrite():
            return (_BLANK,)


def _line(line: Words) -> str:
    """A line with its styles."""
    styled = []
    for (bold, italic), runs in groupby(line, key=lambda run: (run.bold, run.italic)):
        mark = "*" * (2 * bold + italic)
        styled.append(f"{mark}{''.join(escaped(run.text) for run in runs)}{mark}")
    return "".join(styled)


def _bullets(bullets: Bullets) -> Iterator[str]:
    for number, item in enumerate(bullets.items):
        if bullets.apart and number:
            yield ""
        yield f"- {_line(item.words)}"
        yield from (f"  - {_line(line)}" for line in item.below)


def _head(titles: Iterable[str]) -> tuple[str, str]:
    """The head of a table, which is nothing where a title is, and the rule below it."""
    cells = [f" {inline(title)} " if title else " " for title in titles]
    return f"|{'|'.join(cells)}|", f"|{'---|' * len(cells)}"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield from _head(titles)
    for row in rows:
        yield f"| {' | '.join(map(inline, row))} |"


def _signatures(signatures: Signatures) -> Iterator[str]:
    yield from _head(("", "Name", "Signature", "Date"))
    for place in signatures.places:
        cells = (inline(place.role), inline(place.name), "", inline(place.day))
        yield f"| {' | '.join(cell or _BLANK for cell in cells)} |"


def _criteria(table: CriteriaTable) -> Iterator[str]:
    yield f"{'#' * table.level} {_line(table.banner)}"
    for row in table.rows:
        yield ""
        yield from _criterion(row, table.level + 1)


def _criterion(row: CriterionRow, level: int) -> Iterator[str]:
    yield f"{'#' * level} {inline(row.number)} {inline(row.text)}"
    yield ""
    if row.descriptors:
        yield from (f"- {inline(each.standing)}: {inline(each.text)}" for each in row.descriptors)
        yield ""
    yield f"**Decision: {row.decision.glyph} {inline(row.decision.word)}**"
    for note in row.feedback:
        yield ""
        if note.marks:
            yield inline(note.marks)
            yield ""
        yield _line(note.heading)
        yield ""
        yield block(note.note, "> ") if note.note.strip() else f"> *{NO_FEEDBACK}*"
        for remark in note.remarks:
            yield ""
            yield f"*{inline(remark)}*"
    if row.evidence:
        yield ""
        yield from (f"- {_line(each.words)}" for each in row.evidence)


def _remarks(remarks: Remarks) -> Iterator[str]:
    yield f"**{inline(remarks.label)}**"
    for remark in remarks.remarks:
        yield ""
        yield f"- **{inline(remark.number)}** {_line(remark.words)}"
        if remark.note.strip():
            yield ""
            yield block(remark.note, "  ")
        for each in remark.evidence:
            yield ""
            yield f"  {_line(each.words)}"
