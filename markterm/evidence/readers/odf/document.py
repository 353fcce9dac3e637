"""OpenDocument files of every kind, in a zip archive or flat in one XML: their parts, and how their XML is asked."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.conversion.zip_check import DAMAGED, ENTITIES, MACROS
from markterm.evidence.converted import NotReadable

Element: TypeAlias = Any
"""An element of lxml, which has no types."""

NAMESPACES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for prefix, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
        "form": "form",
        "chart": "chart",
        "number": "datastyle",
        "presentation": "presentation",
        "manifest": "manifest",
        "dr3d": "dr3d",
        "script": "script",
    }.items()
} | {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_APART = frozenset({"text:s", "text:tab", "text:line-break", "text:p", "text:h"})
_ENTITY = re.compile(b"|".join(re.escape("<!ENTITY".encode(code)) for code in ("ascii", "utf-16-le", "utf-16-be")))
_PASSWORD = "It is protected by a password: ask for a copy without one."
_NONE_OF_THEM = "There is no OpenDocument in it: it is damaged, or something else under this name."
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


@cache
def _short(tag: str) -> str:
    uri, _, local = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, '')}:{local}"


@cache
def long(name: str) -> str:
    """The name with its whole namespace, as the XML library writes it: `text:p` becomes `{urn:…text:1.0}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def name(element: Element) -> str:
    """What an element is called: `text:p`."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Element, wanted: str) -> str:
    """The value of an attribute; empty when it has none."""
    value: str = element.get(long(wanted), "")
    return value


def truth(element: Element, wanted: str) -> bool:
    """Whether an attribute says `true`."""
    return attribute(element, wanted) == "true"


def count(element: Element, wanted: str) -> int:
    """The number that an attribute says, 1 or more; 1 where it says none."""
    text = attribute(element, wanted)
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def within(element: Element, *wanted: str) -> Iterator[Element]:
    """The elements of those names inside `element`, at any depth, in their order."""
    found: Iterator[Element] = element.iter(*map(long, wanted))
    return found


def words_of(element: Element) -> str:
    """All text inside an element, in one line."""
    parts: list[str] = []
    _gather(element, parts)
    return " ".join("".join(parts).split())


def _gather(element: Element, parts: list[str]) -> None:
    if name(element) in _APART:
        parts.append(" ")
    parts.append(element.text or "")
    for child in element:
        _gather(child, parts)
        parts.append(child.tail or "")


def own_words(element: Element) -> bool:
    """Whether more stands in a header or on a master than fields and one word before them, as every new file has."""
    own = []
    has_fields = False
    for line in within(element, "text:p", "text:span"):
        own.append(line.text or "")
        for child in line:
            own.append(child.tail or "")
            has_fields = has_fields or name(child) not in ("text:span", "text:s")
    words = re.findall(r"\w+", " ".join(own))
    return len(words) > (1 if has_fields else 0)


def parsed(data: bytes) -> Element:
    """The root of some XML. Raises NotReadable for what is none, and for what defines entities."""
    if _ENTITY.search(data):
        raise NotReadable(ENTITIES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(DAMAGED) from error
    if tree.getroottree().docinfo.internalDTD is not None and next(tree.iter(etree.Entity), None) is not None:
        raise NotReadable(ENTITIES)
    return tree


@dataclass(slots=True)
class OpenDocument:
    """An OpenDocument: its content, its styles, and its other parts by their names."""

    content: Element
    styles: Element
    """Where the styles and the pages are told; in a flat file the content itself."""
    notes: list[str] = field(default_factory=list)
    """What the assessor has to know about the file as such."""
    _parts: zipfile.ZipFile | None = None
    _types: dict[str, str] = field(default_factory=dict)
    _folder: str = ""

    @property
    def body(self) -> Element:
        """`office:text`, `office:spreadsheet`, `office:presentation`, … Raises NotReadable when there is none."""
        return body_of(self.content)

    @property
    def roots(self) -> tuple[Element, ...]:
        """The content and the styles, once each."""
        return (self.content,) if self.content is self.styles else (self.content, self.styles)

    def part(self, address: str) -> Element | None:
        """The XML of another part, by its address in the content; None where there is none that can be read."""
        data = self.data(address)
        try:
            return None if data is None else parsed(data)
        except NotReadable:
            return None

    def data(self, address: str) -> bytes | None:
        """The bytes of another part, by its address in the content; None where there is none."""
        if self._parts is None:
            return None
        try:
            return self._parts.read(self._named(address))
        except (KeyError, *_DAMAGE):
            return None

    def packed(self, address: str) -> tuple[str, bytes] | None:
        """The media type of a document inside this one, and the document as a file of its own; None where there is
        none."""
        folder = self._named(address) + "/"
        if self._parts is None:
            return None
        kind = self._types.get(folder, "")
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("mimetype"), kind)
            for entry in self._parts.namelist():
                if entry.startswith(folder) and not entry.endswith("/"):
                    try:
                        archive.writestr(zipfile.ZipInfo(entry[len(folder) :]), self._parts.read(entry))
                    except _DAMAGE:
                        return None
        return kind, written.getvalue()

    def inner(self, address: str) -> OpenDocument | None:
        """A document inside this one, whose own addresses begin in its folder; None where there is none."""
        content = self.part(f"{address}/content.xml")
        if content is None:
            return None
        styles = self.part(f"{address}/styles.xml")
        styles = content if styles is None else styles
        return OpenDocument(content, styles, self.notes, self._parts, self._types, self._named(address))

    def _named(self, address: str) -> str:
        return posixpath.normpath(posixpath.join(self._folder, unquote(address))).lstrip("/")


def body_of(root: Element) -> Element:
    """What stands in the `office:body` of a content. Raises NotReadable when nothing does."""
    body = next(within(root, "office:body"), None)
    inner = None if body is None else next((child for child in body if name(child).startswith("office:")), None)
    if inner is None:
        raise NotReadable(_NONE_OF_THEM)
    return inner


def is_flat(path: Path) -> bool:
    """Whether `path` is one XML, and no archive."""
    with path.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def opened(path: Path) -> OpenDocument:
    """The OpenDocument in `path`, whatever its name ends with. Raises NotReadable.

    An archive has to be looked through before (`zip_check`).
    """
    if is_flat(path):
        return _flat(path.read_bytes())
    try:
        archive = zipfile.ZipFile(path)
        names = frozenset(archive.namelist())
        manifest = parsed(archive.read("META-INF/manifest.xml")) if "META-INF/manifest.xml" in names else None
        types = {}
        for entry in () if manifest is None else manifest.iter():
            short = name(entry).partition(":")[2]
            if short == "encryption-data":
                raise NotReadable(_PASSWORD)
            if short == "file-entry":
                values = {key.rpartition("}")[2]: value for key, value in entry.items()}
                types[values.get("full-path", "")] = values.get("media-type", "")
        if "encrypted-package" in names:
            raise NotReadable(_PASSWORD)
        if "content.xml" not in names:
            raise NotReadable(_NONE_OF_THEM)
        content = parsed(archive.read("content.xml"))
        styles = parsed(archive.read("styles.xml")) if "styles.xml" in names else content
    except _DAMAGE as error:
        raise NotReadable(DAMAGED) from error
    return OpenDocument(content, styles, _parts=archive, _types=types)


def _flat(data: bytes) -> OpenDocument:
    root = parsed(data)
    scripts = root.find("office:scripts", NAMESPACES)
    has_macros = scripts is not None and any(str(element.tag).endswith("}module") for element in scripts.iter())
    return OpenDocument(root, root, [MACROS] if has_macros else [])
