"""E-books and notes in the EPUB format: web pages in a zip archive, read in the order in which a person turns them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # the library has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.charset import decoded
from markterm.evidence.conversion.zip_check import DAMAGED, ENTITIES
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.html import counts_of_page, label_of_page
from markterm.evidence.readers.markup import markdown_of

_LARGEST = 8 * 1024 * 1024
"""Bytes of all the pages. More takes longer than a file may."""
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", "application/x-dtbook+xml"})
_LOCKS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
_FONTS_ALONE = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_DIFFERENT = (
    "It is protected against copying (DRM), and can be read only where it was bought: ask for the passages that count."
)


@dataclass(frozen=True, slots=True)
class _Book:
    archive: zipfile.ZipFile
    package: Element
    folder: str

    def pages(self) -> Iterator[tuple[str, bytes | None]]:
        """The name and the bytes of each page, in reading order; no bytes for one that is missing."""
        items = {item.get("id", ""): item for item in _found(self.package, "item")}
        for reference in _found(self.package, "itemref"):
            item = items.get(reference.get("idref", ""))
            if item is None or (item.get("media-type", "") not in _PAGES and not _is_page(item.get("href", ""))):
                continue
            name = posixpath.normpath(posixpath.join(self.folder, unquote(item.get("href", "").partition("#")[0])))
            yield name, self._bytes(name)

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self.archive.read(name)
        except KeyError:
            return None

    def about(self, name: str) -> list[str]:
        """What the book says of itself under that name: its title, who wrote it."""
        texts = (" ".join("".join(each.itertext()).split()) for each in _found(self.package, name))
        return [text for text in texts if text]


def read(path: Path) -> Converted:
    """The pages of `path` one after the other. Raises NotReadable when there are none, or when it is locked."""
    with damage_said("an e-book"), zipfile.ZipFile(path) as archive:
        _refuse_locked(archive)
        book = _opened(archive)
        draft = Draft()
        for name in ("title", "creator"):
            if about := book.about(name):
                label = {"title": "Title", "creator": "By"}[name]
                draft.add(f"{label}: {escape_inline(', '.join(about))}")
        left_out: Counter[str] = Counter()
        missing, count, size = 0, 0, 0
        for number, (_, data) in enumerate(book.pages(), 1):
            if data is None:
                missing += 1
                continue
            size += len(data)
            if size > _LARGEST:
                draft.notes.append("It is longer than MarkTerm reads; open it outside to see the rest.")
                break
            markdown, _, soup = markdown_of(decoded(data, label_of_page(data)).text)
            draft.at(f"chapter {number}")
            draft.add(markdown.strip("\n"))
            left_out.update(counts_of_page(soup))
            count += 1
        if not count:
            raise NotReadable("There is not one page in this e-book.")
        draft.notes.extend(f"{said}: {many}." for said, many in left_out.items() if many)
        if missing:
            draft.notes.append(f"Pages that it names and does not hold: {missing}.")
        return draft.converted()


def _opened(archive: zipfile.ZipFile) -> _Book:
    container = _xml_part(archive, "META-INF/container.xml")
    named = [each.get("full-path", "") for each in _found(container, "rootfile")] if container is not None else []
    named += sorted(name for name in archive.namelist() if name.endswith(".opf"))
    for name in named:
        package = _xml_part(archive, name)
        if package is not None:
            return _Book(archive, package, posixpath.dirname(name))
    raise NotReadable("This is not an e-book, or the list of its pages is missing.")


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    encryption = _xml_part(archive, "META-INF/encryption.xml")
    methods = (
        {each.get("Algorithm", "") for each in _found(encryption, "EncryptionMethod")}
        if encryption is not None
        else set()
    )
    if methods - _FONTS_ALONE or any(name in _LOCKS for name in archive.namelist()):
        raise NotReadable(_DIFFERENT)


def _found(root: Element, name: str) -> Iterator[Element]:
    """The elements of that name, whatever their namespace."""
    return (each for each in root.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name)


def _is_page(address: str) -> bool:
    return address.partition("#")[0].lower().endswith((".xhtml", ".html", ".htm"))


def _xml_part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of the part of that name; None when there is none. Raises NotReadable.

    A part that defines entities is refused: they could unpack without end, or bring in other files.
    """
    try:
        root: Element = fromstring(archive.read(name))
    except KeyError:
        return None
    except DefusedXmlException as error:
        raise NotReadable(ENTITIES) from error
    except (ParseError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotReadable(DAMAGED) from error
    return root
