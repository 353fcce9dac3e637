"""Web pages that Word would put into a document when it opens it: their words, by the parser that is loaded already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.charset import decoded
from markterm.evidence.readers.tick_box import tick_box
from markterm.evidence.readers.word.numbering import Label
from markterm.evidence.readers.word.page import Cell, Sheet
from markterm.evidence.readers.word.words import BREAK, PLAIN, Look, Piece
from markterm.evidence.readers.word.xml import Element, local

_HEADING = re.compile("h([1-6])")
_INLINE_NAMES = """
    a abbr b big cite code del dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup tt u
    var br
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_LEFT_OUT = frozenset({"script", "style", "head", "noscript", "template"})
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_HEAD = 4096
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


def write_page(data: bytes, sheet: Sheet) -> None:
    """The words of a page on `sheet`. Nothing in it is run or fetched."""
    label = _CHARSET.search(data[:_HEAD])
    text = decoded(data, label[1].decode("ascii", "replace") if label is not None else "").text
    # What says its own encoding must not be a text any more for the library.
    parser = etree.HTMLParser(no_network=True, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(_DECLARATION.sub("", text).encode(), parser) if text.strip() else None
    if root is not None:
        writer = _Writer(sheet)
        writer.write(root, PLAIN)
        writer.end()


@dataclass(slots=True)
class _Writer:
    sheet: Sheet
    pieces: list[Piece] = field(default_factory=list)
    heading: int = 0
    item: Label | None = None
    depth: int = -1

    def write(self, element: Element, look: Look) -> None:
        """An element: in the line, or a block that begins and ends one."""
        name = local(element)
        if name in _LEFT_OUT or not name:
            return
        if name == "table":
            self.end()
            self._table(element, look)
        elif name in _INLINE:
            self._inline(element, name, look)
        else:
            self.end()
            self._block(element, name, look)
            self.end()

    def end(self) -> None:
        """What was said so far is a paragraph of its own."""
        pieces, self.pieces = self.pieces, []
        if not any(piece.text.strip() for piece in pieces):
            return
        if self.heading:
            self.sheet.heading(pieces, self.heading)
        elif self.item is not None:
            self.sheet.item(pieces, self.item)
            self.item = None
        else:
            self.sheet.paragraph(pieces)

    def _content(self, element: Element, look: Look) -> None:
        self._say(element.text, look)
        for one in element:
            self.write(one, look)
            self._say(one.tail, look)

    def _say(self, text: str | None, look: Look) -> None:
        if text:
            self.pieces.append(Piece(text, look))

    def _inline(self, element: Element, name: str, look: Look) -> None:
        match name:
            case "br":
                self.pieces.append(Piece(BREAK, look))
            case "img":
                words = " ".join((element.get("alt") or element.get("title") or "no description").split())
                self.pieces.append(Piece(f"[image: {words}]", look))
            case "input":
                ticks = element.get("type", "").lower() in ("checkbox", "radio")
                box = f"{tick_box('checked' in element.attrib)} "
                self.pieces.append(Piece(box if ticks else element.get("value", ""), look))
            case "b" | "strong":
                look = look._replace(is_bold=True)
            case "i" | "em":
                look = look._replace(is_italic=True)
            case "s" | "strike" | "del":
                look = look._replace(is_struck=True)
            case "a":
                address = " ".join(element.get("href", "").split())
                look = look._replace(address="" if address.startswith("#") else address)
        self._content(element, look)

    def _block(self, element: Element, name: str, look: Look) -> None:
        found = _HEADING.fullmatch(name)
        around = self.heading
        if found is not None:
            self.heading = int(found[1])
        elif name in ("ul", "ol"):
            self.depth += 1
        elif name == "li":
            parent = element.getparent()
            place = 1 + sum(1 for one in element.itersiblings("li", preceding=True))
            number = f"{place}." if parent is not None and local(parent) == "ol" else ""
            self.item = Label(max(self.depth, 0), number or "-", number)
        self._content(element, look)
        self.end()
        self.heading = around
        if name in ("ul", "ol"):
            self.depth -= 1

    def _table(self, table: Element, look: Look) -> None:
        rows = []
        own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for row in own:
            cells = []
            for one in row:
                if local(one) in ("td", "th"):
                    cell = Cell()
                    inner = _Writer(cell)
                    inner._content(one, look)
                    inner.end()
                    cells.append(cell.text)
            rows.append(cells)
        has_header = bool(own) and next(own[0].iter("th"), None) is not None
        self.sheet.table(rows, has_header=has_header)
