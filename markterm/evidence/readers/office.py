"""Office files (Word, Excel, PowerPoint) as packages: parts, and the relations between them (ECMA-376 part 2).

What a part is called is up to whoever wrote the file; what it is for is what the relation says that leads to it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.converted import NotReadable
from markterm.evidence.readers.strict import transitional

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAY_BE_MISSING = (".rels", "[Content_Types].xml")
_ENTITY = b"<!ENTITY"
_ENTITIES = "It defines entities of its own, which could unpack without end or reach out."
_PARSING = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to."""

    id: str
    kind: str
    """The last word of its type, as `slide`, `notesSlide`, `hyperlink`."""
    target: str
    """The name of a part, or an address when it is external."""
    external: bool = False


@dataclass(slots=True)
class OfficeFile:
    """The parts of a file by their names, and what is to be said about those that are damaged."""

    stream: IO[bytes]
    notes: list[str] = field(default_factory=list)
    _archive: zipfile.ZipFile = field(init=False)
    _entries: dict[str, zipfile.ZipInfo] = field(init=False)
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)
    """By the name of the part that they are of, and by their ids."""

    def __post_init__(self) -> None:
        """Raises BadZipFile when there is no package."""
        self._archive = zipfile.ZipFile(self.stream)
        self._entries = {_key(entry.filename): entry for entry in self._archive.infolist()}

    def main(self, kind: str) -> str:
        """The name of the part that is the document, the workbook or the presentation: a `kind`, with its article.

        Raises NotReadable where the file does not say which it is.
        """
        for relation in self.related("", "officeDocument"):
            if not relation.external and self.has(relation.target):
                return relation.target
        types = self.root("[Content_Types].xml")  # says it too, for a file whose relations are damaged
        for element in () if types is None else types.iter("{*}Override"):
            name = (element.get("PartName") or "").lstrip("/")
            if (element.get("ContentType") or "").endswith(".main+xml") and self.has(name):
                return name
        raise NotReadable(f"This is not {kind}, or it is damaged: it does not say which of its parts is the main one.")

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return _key(name) in self._entries

    def related(self, name: str, *kinds: str) -> tuple[Relation, ...]:
        """What the part `name` refers to, all of it or only relations of these kinds; "" is the whole file."""
        found = self._relations_of(name).values()
        return tuple(relation for relation in found if not kinds or relation.kind in kinds)

    def target(self, name: str, relation_id: str | None) -> Relation | None:
        """The relation of the part `name` that has this id."""
        return self._relations_of(name).get(relation_id or "")

    def _relations_of(self, name: str) -> dict[str, Relation]:
        found = self._relations.get(name)
        if found is None:
            folder, base = posixpath.split(name)
            root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
            found = self._relations[name] = {}
            for relation in () if root is None else _relations(root, folder):
                is_taken = not relation.id or relation.id in found
                found[f"{len(found)} of its own" if is_taken else relation.id] = relation
        return found

    def content(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is none, or they cannot be unpacked, which a note then says."""
        entry = self._entries.get(_key(name))
        if entry is None:
            return None
        try:
            return self._archive.read(entry)
        except _BROKEN:
            self._damaged(name)
            return None

    def root(self, name: str) -> Any | None:
        """The XML of a part, as if it were not strict; None when there is none.

        What can be read of one that is damaged is given, and a note says so. Raises NotReadable for one that defines
        entities: they could unpack without end, or bring in other files.
        """
        data = self._xml(name)
        if data is None:
            if not self.has(name) and not name.endswith(_MAY_BE_MISSING):
                self._note(f"Its part {posixpath.basename(name)} is not in the file.")
            return None
        try:
            root = etree.fromstring(data, etree.XMLParser(**_PARSING))
        except etree.XMLSyntaxError:
            root = _recovered(data)
            self._damaged(name)
        if root is not None and root.getroottree().docinfo.internalDTD is not None:
            _refuse_entities(root)
        return root

    def each(self, name: str, tags: Sequence[str]) -> Iterator[Any]:
        """The elements of a part that have these tags, one after the other: each is emptied when the next is asked for.

        Damage is treated as in `root`: what comes before it is given.
        """
        data = self._xml(name)
        if data is None:
            return
        try:
            for _, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **_PARSING):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError:
            self._damaged(name)

    def _xml(self, name: str) -> bytes | None:
        data = self.content(name)
        if data is None:
            return None
        data = transitional(data)
        if _ENTITY in data:
            raise NotReadable(_ENTITIES)
        return data

    def _damaged(self, name: str) -> None:
        self._note(f"Its part {posixpath.basename(name)} is damaged; what could be read of it is shown.")

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def number(text: str | None, default: int = 0) -> int:
    """A whole number in an attribute; `default` for what is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def is_on(text: str | None, default: bool = False) -> bool:
    """A boolean in an attribute."""
    return default if text is None else text.strip().lower() in ("1", "true", "on", "t")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations(root: Any, folder: str) -> Iterator[Relation]:
    for element in root.iter("{*}Relationship"):
        target = element.get("Target") or ""
        kind = re.split(r"[/#]", (element.get("Type") or "").rstrip("/"))[-1]
        if element.get("TargetMode") == "External":
            yield Relation(element.get("Id") or "", kind, target, external=True)
        else:
            path = unquote(target.partition("#")[0].replace("\\", "/"))
            whole = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
            yield Relation(element.get("Id") or "", kind, whole)


def _recovered(data: bytes) -> Any | None:
    try:
        return etree.fromstring(data, etree.XMLParser(recover=True, **_PARSING))
    except etree.XMLSyntaxError:
        return None


def _refuse_entities(root: Any) -> None:
    if list(root.getroottree().docinfo.internalDTD.iterentities()):
        raise NotReadable(_ENTITIES)
