"""Word files: headings, lists, tables, a header and a footer, changes that were tracked and comments.

In the text `{++in++}` was inserted with changes tracked, `{--out--}` deleted, and `{>>Mo: fair play<<}` is a comment.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from markterm.evidence.text.blocks import Block, BlockKind, Span
from tests.demo_evidence.packed import undated
from tests.demo_evidence.texts import Place, place

_MARK = re.compile(r"\{(\+\+|--|>>)|(?:\+\+|--|<<)\}")
_KINDS = {"++": "ins", "--": "del"}
_NUMBERS, _BULLETS = 90, 91  # kinds of lists that the library's template has not


def document(
    blocks: Sequence[Block],
    *,
    title: str,
    day: str,
    author: str = "Rosalind Jones",
    header: str = "",
    footer: str = "",
) -> bytes:
    """The blocks as a Word file that was written on `day` (2026-04-28)."""
    return undated(_Writer(author, day).written(blocks, title, header, footer), day)


class _Writer:
    def __init__(self, author: str, day: str) -> None:
        self._document: Any = docx.Document()
        self._author = author
        self._day = day
        self._changes = 0
        self._list: Any = None
        self._change: Any = None  # what is being inserted or deleted
        self._comment: list[str] | None = None

    def written(self, blocks: Sequence[Block], title: str, header: str, footer: str) -> bytes:
        document = self._document
        self._prepare()
        properties = document.core_properties
        properties.author = properties.last_modified_by = self._author
        properties.title, properties.comments = title, ""
        for block in blocks:
            self._write(block)
        if header:
            document.sections[0].header.paragraphs[0].text = header
        if footer:
            paragraph = document.sections[0].footer.paragraphs[0]
            paragraph.text = footer
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            field.append(paragraph.add_run("1")._r)
            paragraph._p.append(field)
        saved = io.BytesIO()
        document.save(saved)
        return saved.getvalue()

    def _prepare(self) -> None:
        """Make of the library's template what Word begins with, and leave out most of it.

        It has a hundred styles of tables, twice: ten times as much as the text.
        """
        main, styles = self._document.part, self._document.styles
        for key in [key for key, relation in main.rels.items() if relation.reltype.endswith("/stylesWithEffects")]:
            del main.rels[key]
        for style in styles.element.style_lst:
            if style.get(qn("w:type")) == "table" and style.name_val not in ("Normal Table", "Table Grid"):
                styles.element.remove(style)
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
        for kind, marks in ((_NUMBERS, ("%1.", "•", "•")), (_BULLETS, ("•", "◦", "▪"))):
            main.numbering_part.element.insert(0, parse_xml(_list_kind(kind, marks)))

    def _write(self, block: Block) -> None:
        where = place(block)
        if not where.depth:
            self._list = None
        if block.kind is BlockKind.TABLE:
            self._table(block)
            return
        if block.kind is BlockKind.RULE:
            return
        paragraph = self._document.add_paragraph()
        if block.kind is BlockKind.HEADING:
            paragraph.style = f"Heading {block.level}"
        elif block.kind is BlockKind.CODE:
            run = paragraph.add_run(block.text)
            run.font.name = "Courier New"
            return
        elif where.depth:
            self._item(paragraph, where)
        elif where.quoted:
            paragraph.style = "Quote"
        self._words(paragraph, block.spans)

    def _item(self, paragraph: Any, where: Place) -> None:
        """Make a paragraph part of the list that is open, or of a new one."""
        if self._list is None:
            numbering = self._document.part.numbering_part.element
            self._list = numbering.add_num(_NUMBERS if where.number else _BULLETS)
            self._list.add_lvlOverride(ilvl=0).add_startOverride(1)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = where.depth - 1
        properties.get_or_add_numId().val = self._list.numId
        paragraph.style = "List Paragraph"

    def _table(self, block: Block) -> None:
        columns = max(map(len, block.rows))
        table = self._document.add_table(len(block.rows), columns, "Table Grid")
        for number, row in enumerate(block.rows):
            for cell, spans in zip(table.rows[number].cells, row, strict=False):
                self._words(cell.paragraphs[0], spans)
                if number == 0:
                    for run in cell.paragraphs[0].runs:
                        run.bold = True
        if block.header:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._document.add_paragraph()

    def _words(self, paragraph: Any, spans: Sequence[Span]) -> None:
        for span in spans:
            if "address" in span.styles:
                continue
            rest = span.text
            while found := _MARK.search(rest):
                self._run(paragraph, rest[: found.start()], span)
                self._turn(paragraph, found[1])
                rest = rest[found.end() :]
            self._run(paragraph, rest, span)

    def _turn(self, paragraph: Any, mark: str | None) -> None:
        """A change or a comment begins, or the one that is open ends."""
        if mark == ">>":
            self._comment = []
        elif mark is not None:
            self._changes += 1
            self._change = OxmlElement(f"w:{_KINDS[mark]}")
            for name, value in (
                ("id", str(self._changes)),
                ("author", self._author),
                ("date", f"{self._day}T12:00:00Z"),
            ):
                self._change.set(qn(f"w:{name}"), value)
            paragraph._p.append(self._change)
        elif self._comment is not None:
            author, _, words = "".join(self._comment).partition(": ")
            initials = "".join(name[0] for name in author.split())
            comment = self._document.add_comment(paragraph.runs[-1], words, author=author, initials=initials)
            comment._comment_elm.set(qn("w:date"), f"{self._day}T12:00:00Z")
            self._comment = None
        else:
            self._change = None

    def _run(self, paragraph: Any, text: str, span: Span) -> None:
        if self._comment is not None:
            self._comment.append(text)
            return
        if not text:
            return
        run = paragraph.add_run(text)
        run.bold = "strong" in span.styles or None
        run.italic = "emphasis" in span.styles or None
        if "code" in span.styles:
            run.font.name = "Courier New"
        if self._change is not None:
            element = run._r
            if self._change.tag == qn("w:del"):
                for words in element.findall(qn("w:t")):
                    words.tag = qn("w:delText")
            self._change.append(element)


def _list_kind(number: int, marks: Sequence[str]) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if "%" in mark else "bullet"}"/>'
        f'<w:lvlText w:val="{mark}"/><w:pPr><w:ind w:left="{360 * level + 360}" w:hanging="360"/></w:pPr></w:lvl>'
        for level, mark in enumerate(marks)
    )
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>'
