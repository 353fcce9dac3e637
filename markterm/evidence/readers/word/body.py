"""The text of a part of a Word file, block by block: whatever in it says something is shown, known or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.symbols import is_symbol_font, shown, text_shown
from markterm.evidence.readers.word import controls, drawn, fields, grid
from markterm.evidence.readers.word.fields import Field
from markterm.evidence.readers.word.file import WordFile
from markterm.evidence.readers.word.formula import formula
from markterm.evidence.readers.word.page import Cell, Rows, Sheet, Words
from markterm.evidence.readers.word.styles import font_of
from markterm.evidence.readers.word.words import BREAK, PLAIN, Look, Piece, plain
from markterm.evidence.readers.word.xml import Element, attribute, child, children, inside, is_on, local, value

_BLOCKS = frozenset({"p", "tbl"})
_SHOWN = ("t", "drawing", "pict", "object", "sym")
_CODE_DIGITS = 6
_MOST_FIELDS = 20
"""How many fields, one in the other, words can be the result of."""
_PAGES = frozenset({"page", "column"})
_NOTE_MARKS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


@dataclass(slots=True)
class _Said:
    """What a paragraph says, and what stands beside it and is shown below: text boxes and charts."""

    pieces: list[Piece] = field(default_factory=list)
    below: list[Iterable[Element] | Words | Rows] = field(default_factory=list)

    def add(self, text: str, look: Look = PLAIN) -> None:
        """More words."""
        if text:
            self.pieces.append(Piece(text, look))


class Body:
    """Reads one part: the document itself, a header, the notes."""

    def __init__(self, file: WordFile, part: str) -> None:
        self._file = file
        self._part = part
        self._fields: list[Field] = []
        self._carried: _Said | None = None  # what belongs to the next paragraph
        self._counts: dict[str, int] = {}
        self._filled: str | None = None  # what is kept elsewhere for the content control around here, to be said once
        self._box: Element | None = None  # the content control around here that is a box to tick, until it was shown
        self._prompts = 0  # how many content controls around here show nothing but what they ask for

    def write(self, root: Element, sheet: Sheet, *, numbered: bool = False) -> None:
        """Everything in `root` on `sheet`; `numbered` when its paragraphs and tables are places of the file."""
        self._file.count(root)
        for element in root:
            self._block(element, sheet, numbered=numbered)
        self._write_carried(sheet)
        self._fields.clear()

    def _write_carried(self, sheet: Sheet) -> None:
        """What belongs to the next paragraph, where there is none."""
        said, self._carried = self._carried, None
        if said is not None:
            sheet.paragraph(said.pieces)
            self._write_below(said, sheet)

    def _block(self, element: Element, sheet: Sheet, *, numbered: bool) -> None:
        name = local(element)
        if name in _BLOCKS:
            # What stands in a part that nobody knows was not counted either before there was this reader.
            if numbered and next(inside(element, *_SHOWN), None) is not None:
                self._counts[name] = self._counts.get(name, 0) + 1
                sheet.at(f"{'paragraph' if name == 'p' else 'table'} {self._counts[name]}")
            if name == "p":
                self._paragraph(element, sheet)
            else:
                self._write_carried(sheet)
                self._table(element, sheet)
            if numbered and self._carried is None:
                sheet.left()
        elif name == "sdt":
            self._control(element, sheet, numbered=numbered)
        elif name == "altChunk":
            self._file.put_in(self._part, attribute(element, "id"), sheet)
        elif name == "AlternateContent":
            for one in drawn.chosen(element):
                self._block(one, sheet, numbered=False)
        elif name in grid.PASSED_OVER:
            pass
        elif name in ("r", "hyperlink", "fldSimple", "oMath", "oMathPara", "t") or len(element) == 0:
            self._loose(element, sheet)
        else:
            for one in element:
                self._block(one, sheet, numbered=numbered and name in grid.WRAPPERS)

    def _loose(self, element: Element, sheet: Sheet) -> None:
        """What should stand in a paragraph, and does not."""
        said = _Said()
        self._inline(element, said, PLAIN, "")
        sheet.paragraph(said.pieces)
        self._write_below(said, sheet)

    def _control(self, control: Element, sheet: Sheet, *, numbered: bool) -> None:
        with self._within(control):
            for one in control:
                self._block(one, sheet, numbered=numbered)

    @contextmanager
    def _within(self, control: Element | None) -> Iterator[None]:
        """Reads what stands in `control`, when that is a content control: asked for, ticked, or kept elsewhere."""
        if control is None or local(control) != "sdt":
            yield
            return
        asks = self._file.prompts.asks(control)
        kept = self._kept(control, asks=asks)
        filled, box = self._filled, self._box
        self._prompts += asks
        self._filled = kept or filled
        self._box = control if controls.is_box(control) else box
        yield
        self._prompts -= asks
        self._box = box
        if kept:
            self._filled = filled

    def _kept(self, control: Element, *, asks: bool) -> str:
        """What is kept elsewhere for a content control that has no words, or others; empty when its words stand."""
        if asks:
            return self._file.bound.value(control)
        kept = self._file.bound.other(control)
        if kept:
            self._file.tell_of_kept(control, kept)
        return kept

    def _paragraph(self, paragraph: Element, sheet: Sheet) -> None:
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle")
        said = self._carried or _Said()
        self._carried = None
        begun = len(said.pieces)
        self._inside(paragraph, said, PLAIN, self._file.styles.font(style))
        if self._filled is not None:
            said.pieces[begun:] = [Piece(self._filled)]
            self._filled = ""
        elif self._box is not None and plain(said.pieces[begun:]):
            said.pieces[begun:] = self._file.prompts.shown(self._box, said.pieces[begun:], PLAIN)
            self._box = None
        elif self._prompts:
            said.pieces[begun:] = controls.prompt(said.pieces[begun:])
        # Before the end of a paragraph that was deleted, or as a large letter at its beginning, it belongs to the next.
        frame = attribute(child(properties, "framePr"), "dropCap")
        if frame in ("drop", "margin") or child(child(properties, "rPr"), "del") is not None:
            self._carried = said
            return
        label = self._file.numbering.label(properties, style) if self._file.numbering else None
        level = self._file.styles.heading(style)
        if level:
            if label is not None and label.text != "-" and plain(said.pieces):
                said.pieces.insert(0, Piece(f"{label.text} "))
            sheet.heading(said.pieces, level)
        elif self._file.styles.is_quote(style):
            sheet.quote(said.pieces)
        elif label is not None:
            sheet.item(said.pieces, label)
        else:
            sheet.paragraph(said.pieces)
        self._write_below(said, sheet)

    def _write_below(self, said: _Said, sheet: Sheet) -> None:
        for one in said.below:
            if isinstance(one, (Words, Rows)):
                one.write(sheet)
            else:
                # A field that began outside does not go on in a box, whatever is missing in there.
                fields_around, self._fields = self._fields, []
                for block in one:
                    self._block(block, sheet, numbered=False)
                self._write_carried(sheet)
                self._fields = fields_around

    def _table(self, table: Element, sheet: Sheet) -> None:
        rows: list[list[str]] = []
        has_header = False
        for row in grid.parts(table, "tr"):
            if local(row) != "tr":
                rows.append(self._stray(row))
                continue
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            if not rows:
                has_header = is_on(child(properties, "tblHeader"))
            cells = [""] * grid.columns(value(properties, "gridBefore"), 0)
            for cell in grid.parts(row, "tc"):
                cells += self._cell(cell) if local(cell) == "tc" else self._stray(cell)
            rows.append(cells)
        sheet.table(rows, has_header=has_header)

    def _cell(self, cell: Element) -> list[str]:
        properties = child(cell, "tcPr")
        written = Cell()
        if child(properties, "cellDel") is None:
            with self._within(cell.getparent().getparent()):
                for block in cell:
                    self._block(block, written, numbered=False)
                self._write_carried(written)
        return [written.text, *[""] * (grid.columns(value(properties, "gridSpan"), 1) - 1)]

    def _stray(self, element: Element) -> list[str]:
        """What stands in a table and in no cell of it, as a cell; none when it says nothing."""
        written = Cell()
        self._block(element, written, numbered=False)
        return [written.text] if written.text else []

    def _inside(self, parent: Element, said: _Said, look: Look, font: str) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, said, look, font)
            elif name not in grid.PASSED_OVER:
                self._inline(element, said, look, font)

    def _run(self, run: Element, said: _Said, look: Look, font: str) -> None:
        place = ""
        for element in run:
            name = local(element)
            if name == "t":
                self._text(in_place(_letters(element), place), said, look, font)
            elif name == "rPr":
                look, font = self._looks(element, look, font)
                place = value(element, "vertAlign")
            elif name == "instrText":
                self._instruct(element.text or "")
            elif name not in grid.PASSED_OVER:
                self._inline(element, said, look, font)

    def _looks(self, properties: Element, look: Look, font: str) -> tuple[Look, str]:
        is_bold, is_italic, is_struck = look.is_bold, look.is_italic, look.is_struck
        for element in properties:
            match local(element):
                case "b":
                    is_bold = is_on(element)
                case "i":
                    is_italic = is_on(element)
                case "strike" | "dstrike":
                    is_struck = is_struck or is_on(element)
                case "rFonts":
                    font = font_of(element) or font
                case "rStyle":
                    style = attribute(element, "val")
                    is_bold = is_bold or self._file.styles[style].name == "strong"
                    font = self._file.styles.font(style) or font
        return Look(look.address, is_bold, is_italic, is_struck), font

    def _text(self, text: str, said: _Said, look: Look, font: str) -> None:
        if self._fields:
            for each in self._fields[-_MOST_FIELDS:]:
                each.shown = each.shown or (each.has_result and bool(text.strip()))
            if not look.address:
                found = next((each.address for each in self._fields[: -_MOST_FIELDS - 1 : -1] if each.address), "")
                look = _leading(look, found)
        said.add(text_shown(font, text) if font and is_symbol_font(font) else text, look)

    def _inline(self, element: Element, said: _Said, look: Look, font: str) -> None:
        name = local(element)
        match name:
            case "r":
                self._run(element, said, look, font)
            case "t":
                self._text(_letters(element), said, look, font)
            case "tab" | "ptab":
                said.add(" ", look)
            case "br" | "cr":
                said.add(" " if attribute(element, "type") in _PAGES else BREAK, look)
            case "noBreakHyphen":
                said.add("\u2011", look)
            case "sym":
                self._text(_sign(element), said, look, "")
            case "fldChar":
                self._turn(element, said, look)
            case "fldSimple":
                self._simple_field(element, said, look, font)
            case "hyperlink":
                self._inside(element, said, _leading(look, self._address(element)), font)
            case "footnoteReference" | "endnoteReference":
                said.add(self._file.note_mark(_NOTE_MARKS[name], attribute(element, "id")), look)
            case "commentReference":
                said.add(self._file.comment_mark(attribute(element, "id")), look)
            case "commentRangeEnd":
                said.add(self._file.comment_mark(attribute(element, "id"), only_range=True), look)
            case "sdt":
                self._inline_control(element, said, look, font)
            case "AlternateContent":
                self._alternatives(element, said, look, font)
            case "drawing" | "pict" | "object":
                self._drawn(element, said, look)
            case "txbxContent":
                said.below.append(element)
            case "oMath" | "oMathPara":
                said.add(formula(element), look)
            case "ruby":
                self._ruby(element, said, look, font)
            case "contentPart":
                said.add("[image: handwriting]", look)
            case "subDoc":
                said.add(f"[linked, not opened: {self._target(attribute(element, 'id'))}]", look)
            case "p" | "tbl":
                said.below.append([element])
            case _ if name and name not in grid.PASSED_OVER:
                self._inside(element, said, look, font)

    def _alternatives(self, element: Element, said: _Said, look: Look, font: str) -> None:
        """The first of the forms in which Word says the same thing, or the next where that one shows nothing."""
        for one in (*children(element, "Choice"), *children(element, "Fallback")):
            before = len(said.pieces), len(said.below)
            self._inside(one, said, look, font)
            if (len(said.pieces), len(said.below)) != before:
                return

    def _drawn(self, element: Element, said: _Said, look: Look) -> None:
        found = drawn.read(element, self._file, self._part)
        for piece in found.words:
            said.add(piece.text, _leading(look, look.address or piece.look.address))
        said.below += found.below

    def _ruby(self, element: Element, said: _Said, look: Look, font: str) -> None:
        """The words, and how they are spoken."""
        base, spoken = child(element, "rubyBase"), child(element, "rt")
        if base is not None:
            self._inside(base, said, look, font)
        if spoken is not None:
            said.add("(", look)
            self._inside(spoken, said, look, font)
            said.add(")", look)

    def _inline_control(self, control: Element, said: _Said, look: Look, font: str) -> None:
        inner = _Said()
        self._inside(control, inner, look, font)
        inner.pieces = self._file.prompts.shown(control, inner.pieces, look)
        if kept := self._kept(control, asks=self._file.prompts.asks(control) or not plain(inner.pieces)):
            inner.pieces = [Piece(kept, look)]
        said.pieces += inner.pieces
        said.below += inner.below

    def _turn(self, element: Element, said: _Said, look: Look) -> None:
        """A field begins, its result does, or it ends."""
        match attribute(element, "fldCharType"):
            case "begin":
                self._fields.append(Field(child(element, "ffData"), begun=len(said.pieces)))
            case "separate" if self._fields:
                # A field that is part of what another one is told: Word shows the result of the outer one alone.
                del said.pieces[self._fields[-1].begun :]
                self._begin_result(self._fields[-1], said, look)
            case "end" if self._fields:
                ended = self._fields.pop()
                if not ended.has_result:
                    self._begin_result(ended, said, look)
                    ended.has_result = False
                if not ended.shown:
                    said.add(fields.standing_for(ended), look)

    def _begin_result(self, begun: Field, said: _Said, look: Look) -> None:
        begun.has_result = True
        begun.address = fields.address(begun.code)
        if begun.name == "FORMCHECKBOX":
            said.add(fields.box(begun.form), look)
            begun.shown = True

    def _simple_field(self, element: Element, said: _Said, look: Look, font: str) -> None:
        found = Field(child(element, "ffData"), [attribute(element, "instr")])
        before = len(said.pieces)
        self._begin_result(found, said, look)
        self._inside(element, said, _leading(look, look.address or found.address), font)
        if len(said.pieces) == before:
            found.has_result = False
            said.add(fields.standing_for(found), look)

    def _instruct(self, text: str) -> None:
        """More of what the field that began last is told."""
        if self._fields and not self._fields[-1].has_result:
            self._fields[-1].instructions.append(text)

    def _address(self, link: Element) -> str:
        """Where a link leads outside the file; empty when it leads within, or nowhere."""
        target = self._target(attribute(link, "id"))
        anchor = attribute(link, "anchor") or attribute(link, "docLocation")
        return f"{target.partition('#')[0]}#{anchor}" if target and anchor else target

    def _target(self, relation: str) -> str:
        found = self._file.package.relations(self._part).get(relation) if relation else None
        return found.target if found is not None and found.is_external else ""


def _leading(look: Look, address: str) -> Look:
    """The same look, leading to `address`."""
    return look._replace(address=address) if address != look.address else look


def _letters(element: Element) -> str:
    """The letters of a text, also where something stands in it that has no place there."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def _sign(element: Element) -> str:
    """What a sign of a symbol font looks like."""
    code = attribute(element, "char")
    try:
        number = int(code[:_CODE_DIGITS], 16)
        return shown(attribute(element, "font"), number)
    except (ValueError, OverflowError):
        return ""
