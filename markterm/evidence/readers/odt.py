"""OpenDocument texts: headings, paragraphs, lists, tables, notes and comments, read from their own XML."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.markup import markdown_of
from markterm.evidence.readers.package import xml_part

SUFFIXES = frozenset({".odt"})

_MOST_REPEATED = 100
"""Of a row, cell or run of spaces that says how often it stands there."""
_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_PREFIXES = {uri: prefix for prefix, uri in _NAMESPACES.items()}
_HEADERS = ("style:header", "style:header-first", "style:header-left")
_FOOTERS = ("style:footer", "style:footer-first", "style:footer-left")


def read(path: Path) -> Converted:
    """The text of `path` with its paragraphs numbered as places. Raises NotReadable."""
    with zipfile.ZipFile(path) as archive:
        manifest = xml_part(archive, "META-INF/manifest.xml")
        if manifest is not None and manifest.find(".//manifest:encryption-data", _NAMESPACES) is not None:
            raise NotReadable("It is protected by a password: ask for a copy without one.")
        content = xml_part(archive, "content.xml")
        styles = xml_part(archive, "styles.xml")
    body = None if content is None else content.find("office:body/office:text", _NAMESPACES)
    if content is None or body is None:
        raise NotReadable("There is no text document in it: it is damaged, or something else under this name.")
    roots = [content] if styles is None else [content, styles]
    document = _Document(roots)
    html = [document.margin("header", _HEADERS), document.blocks(body), document.ends()]
    html.append(document.margin("footer", _FOOTERS))
    markdown, places, _ = markdown_of("".join(html), document.token)
    deleted = len(body.findall(".//text:deletion", _NAMESPACES))
    notes = (f"Passages that were deleted with changes tracked, and are not shown: {deleted}.",) if deleted else ()
    return Converted(markdown, places, notes)


def _name(element: Element) -> str:
    uri, _, local = element.tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '')}:{local}"


def _attribute(element: Element, name: str) -> str:
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_NAMESPACES[prefix]}}}{local}", "")


def _count(element: Element, name: str) -> int:
    text = _attribute(element, name)
    return min(max(int(text), 1), _MOST_REPEATED) if text.isascii() and text.isdigit() else 1


class _Document:
    """The document as HTML, written in one walk; notes and comments are kept for its end."""

    def __init__(self, roots: list[Element]) -> None:
        self.token = secrets.token_hex(8)
        self._roots = roots
        self._numbered = {
            _attribute(style, "style:name")
            for root in roots
            for style in root.iter(f"{{{_NAMESPACES['text']}}}list-style")
            if style.find("text:list-level-style-number", _NAMESPACES) is not None
        }
        self._paragraphs = 0
        self._within = ""  # what is counted as no paragraph: a header, a footer, the notes
        self._ends: list[str] = []

    def margin(self, name: str, forms: tuple[str, ...]) -> str:
        """The headers or footers of all pages, each once."""
        self._within = name
        found = [
            self.blocks(part)
            for root in self._roots
            for page in root.iter(f"{{{_NAMESPACES['style']}}}master-page")
            for form in forms
            for part in page.findall(form, _NAMESPACES)
        ]
        self._within = ""
        return "".join(dict.fromkeys(found))

    def ends(self) -> str:
        """The notes and comments, in the order of their marks."""
        return "".join(self._ends)

    def blocks(self, parent: Element) -> str:
        """The blocks in `parent`."""
        return "".join(self._block(child, "") for child in parent)

    def _block(self, element: Element, list_style: str) -> str:
        match _name(element):
            case "text:h":
                level = min(_count(element, "text:outline-level"), 6)
                return f"<h{level}>{self._mark()}{self._words(element)}</h{level}>"
            case "text:p":
                shows = "".join(element.itertext()).strip() or element.find(".//draw:image", _NAMESPACES) is not None
                return f"<p>{self._mark()}{self._words(element)}</p>" if shows else ""
            case "text:list":
                style = _attribute(element, "text:style-name") or list_style
                kind = "ol" if style in self._numbered else "ul"
                items = "".join(f"<li>{''.join(self._block(child, style) for child in item)}</li>" for item in element)
                return f"<{kind}>{items}</{kind}>"
            case "table:table":
                return f"<table>{''.join(self._rows(element, 'td'))}</table>"
            case "text:tracked-changes" | "text:sequence-decls" | "office:forms" | "text:variable-decls":
                return ""
            case "draw:frame" | "draw:custom-shape" | "draw:rect" | "draw:g":
                return f"<p>{self._inline(element)}</p>"
            case _:
                return self.blocks(element)

    def _mark(self) -> str:
        if not self._within:
            self._paragraphs += 1
        return f'<a id="{self.token}{self._within or f"paragraph {self._paragraphs}"}"></a>'

    def _rows(self, table: Element, cell_tag: str) -> Iterator[str]:
        for child in table:
            match _name(child):
                case "table:table-header-rows":
                    yield from self._rows(child, "th")
                case "table:table-row":
                    cells = "".join(self._cell(cell, cell_tag) for cell in child)
                    # Spreadsheets pad their tables with a million empty rows.
                    yield f"<tr>{cells}</tr>" * _count(child, "table:number-rows-repeated")
                case _:
                    yield from self._rows(child, cell_tag)

    def _cell(self, cell: Element, tag: str) -> str:
        if _name(cell) != "table:table-cell":
            return ""  # covered by another one
        spans = "".join(
            f' {name}="{_count(cell, f"table:number-{kind}-spanned")}"'
            for name, kind in (("colspan", "columns"), ("rowspan", "rows"))
        )
        return f"<{tag}{spans}>{self.blocks(cell)}</{tag}>" * _count(cell, "table:number-columns-repeated")

    def _words(self, element: Element) -> str:
        parts = [escape(element.text or "")]
        for child in element:
            parts.append(self._inline(child))
            parts.append(escape(child.tail or ""))
        return "".join(parts)

    def _inline(self, element: Element) -> str:
        match _name(element):
            case "text:s":
                return " " * _count(element, "text:c")
            case "text:tab":
                return " "
            case "text:line-break":
                return "<br>"
            case "text:a":
                return f'<a href="{escape(_attribute(element, "xlink:href"))}">{self._words(element)}</a>'
            case "text:note":
                return self._note(element)
            case "office:annotation":
                return self._comment(element)
            case "draw:frame" | "draw:custom-shape" | "draw:rect" | "draw:g" | "draw:text-box" | "draw:image":
                return self._drawing(element)
            case "text:p" | "text:h" | "text:list" | "table:table":
                return f" {self._block(element, '')} "
            case "svg:title" | "svg:desc":
                return ""
            case _:
                return self._words(element)

    def _note(self, note: Element) -> str:
        mark = note.findtext("text:note-citation", "", _NAMESPACES)
        body = note.find("text:note-body", _NAMESPACES)
        self._add_end(f"[{mark}]", [] if body is None else list(body))
        return f"[{escape(mark)}]"

    def _comment(self, comment: Element) -> str:
        mark = f"[comment {comment.findtext('dc:creator', '', _NAMESPACES)}]"
        self._add_end(mark, [child for child in comment if _name(child) in ("text:p", "text:list")])
        return escape(mark)

    def _add_end(self, mark: str, blocks: list[Element]) -> None:
        """Keep what a mark in the text stands for, to be shown after it."""
        within, self._within = self._within, "notes"
        words = "".join(self._block(block, "") for block in blocks)
        self._ends.append(f"<p>{self._mark()}{escape(mark)}</p>{words}")
        self._within = within

    def _drawing(self, element: Element) -> str:
        said = element.findtext("svg:desc", "", _NAMESPACES) or element.findtext("svg:title", "", _NAMESPACES)
        image = f'<img alt="{escape(said)}">' if element.find("draw:image", _NAMESPACES) is not None else ""
        return image + self._words(element)
