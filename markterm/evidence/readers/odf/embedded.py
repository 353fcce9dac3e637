"""What an OpenDocument holds inside it: formulas and charts as text, documents and media as files of their own."""

from __future__ import annotations

import base64
import binascii
import re
from html import escape
from pathlib import PurePosixPath

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.attached import Attached
from markterm.evidence.readers.odf.document import Element, OpenDocument, attribute, body_of, long, name, within
from markterm.evidence.readers.odf.objects import chart, formula
from markterm.evidence.readers.ole_object import file_inside

_OUTSIDE = re.compile(r"\.\./|/|[A-Za-z][A-Za-z0-9+.-]+:")
_SUFFIXES = {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}
_FLAT = {".odt": ".fodt", ".ods": ".fods", ".odp": ".fodp"}


class Embedded:
    """The things inside an OpenDocument, as they are met; the files among them are gathered in `attached`."""

    def __init__(self, document: OpenDocument, attached: Attached) -> None:
        self.attached = attached
        self._document = document
        self._charts_cut = 0
        self._not_read = 0

    def notes(self) -> list[str]:
        """What could not be read or shown whole, one sentence each."""
        notes = []
        if self._not_read:
            notes.append(f"Objects inside it that cannot be read: {self._not_read}. Open the file outside.")
        if self._charts_cut:
            notes.append(f"Charts of which not all figures are shown: {self._charts_cut}. Open the file outside.")
        return [*notes, *self.attached.notes()]

    def drawing(self, element: Element) -> OpenDocument | None:
        """The drawing inside an object, whose words belong to the text; None when something else is in it."""
        content = self._content(element)
        if content is None or name(content).startswith("math:"):
            return None
        try:
            if name(body_of(content)) != "office:drawing":
                return None
        except NotReadable:
            return None
        address = attribute(element, "xlink:href")
        return self._document.inner(address) if address else OpenDocument(content, content)

    def shown(self, element: Element, called: str) -> str:
        """An object as HTML: a formula as text, a chart as its words and a table, any other as the file it becomes."""
        content = self._content(element)
        if content is None:
            return self._file(element, called)
        if (
            name(content).startswith(("math:", ":math"))
            or (math := next(within(content, "math:math"), None)) is not None
        ):
            root = content if name(content).startswith("math:") or math is None else math
            return f" {escape(formula(root))} "
        try:
            kind = name(body_of(content)).partition(":")[2]
        except NotReadable:
            return self._unread(called)
        if kind == "chart":
            return self._chart(content, called)
        return self._document_inside(element, content, kind, called)

    def linked(self, element: Element, said: str) -> str:
        """A film, a sound, or a page in a frame: attached where it lies inside the file, else its address."""
        address = attribute(element, "xlink:href")
        data = self._document.data(address)
        if data is None:
            return f" [embedded, not opened: {escape(said or address)}] "
        return self._attach(PurePosixPath(address).name, data)

    def _content(self, element: Element) -> Element | None:
        """The XML of an object: a part of the file, or inside the element itself."""
        own = next((child for child in element if name(child) in ("office:document", "math:math")), None)
        address = attribute(element, "xlink:href")
        if own is not None or not address or name(element) == "draw:object-ole":
            return own
        return self._document.part(f"{address}/content.xml")

    def _chart(self, content: Element, called: str) -> str:
        read = chart(content)
        self._charts_cut += read.is_cut
        rows = "".join(
            f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"
            for tag, row in zip(("th", *["td"] * len(read.rows)), read.rows, strict=False)
        )
        title = read.title or called or "no title"
        return f" <p>[chart: {escape(title)}]</p>{f'<table>{rows}</table>' if rows else ''} "

    def _document_inside(self, element: Element, content: Element, kind: str, called: str) -> str:
        suffix = _SUFFIXES.get(kind)
        if suffix is None:
            return self._unread(called)
        address = attribute(element, "xlink:href")
        if not address:
            data: bytes = etree.tostring(content, encoding="utf-8", xml_declaration=True)
            return self._attach(f"{called or 'object'}{_FLAT[suffix]}", data)
        packed = self._document.packed(address)
        if packed is None:
            return self._unread(called)
        return self._attach(f"{called or PurePosixPath(address).name}{suffix}", packed[1])

    def _file(self, element: Element, called: str) -> str:
        """A file of another program, in the container that Windows keeps such files in."""
        binary = element.findtext(long("office:binary-data"))
        try:
            data = base64.b64decode(binary) if binary else self._document.data(attribute(element, "xlink:href"))
        except (binascii.Error, ValueError):
            data = None
        address = attribute(element, "xlink:href")
        if data is None and _OUTSIDE.match(address):
            return f" [linked, not opened: {escape(address)}] "
        found = None if data is None else file_inside(data, called or "object")
        return self._unread(called) if found is None else self._attach(*found)

    def _attach(self, called: str, data: bytes) -> str:
        return f" {escape(self.attached.take(called, data))} "

    def _unread(self, called: str) -> str:
        self._not_read += 1
        return f" [embedded object, not opened: {escape(called or 'no name')}] "
