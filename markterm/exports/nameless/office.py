"""Word, PowerPoint and Excel files without names: the parts that are known, reached from the first one."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.views.anonymous import Anonymous
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.office_rules import DRAWN_AGAIN, DROPPED, DROPPED_RELATIONS, KEPT, RULES
from markterm.exports.nameless.pictures import Pictures
from markterm.exports.nameless.search import found_in_bytes
from markterm.exports.nameless.tree import Element, Names, local, parsed, written
from markterm.exports.nameless.zipped import parts_of, zipped

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_REFERS = re.compile(
    r"\{(?:http://schemas\.openxmlformats\.org|http://purl\.oclc\.org/ooxml)/officeDocument.*\}.*|.*relid"
)
_PRINTER = frozenset(("pageSetup", "headerFooter"))
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_NOWHERE = "about:blank"
_ENDINGS = {".png": "image/png", ".jpg": "image/jpeg"}


def without_names(path: Path, anonymous: Anonymous, pictures: Pictures) -> bytes:
    """The file without names. Raises `NotOwnKind` where it holds what is not known, or somebody is still named."""
    made = _Office(parts_of(path), anonymous, pictures).made()
    for name, data in made.items():
        if posixpath.splitext(name)[1] in _ENDINGS:
            continue
        if found_in_bytes(data, anonymous):
            raise NotOwnKind("a name is found in one of its parts in spite of all")
    return zipped(made)


@dataclass(slots=True)
class _Office:
    """One file: its parts as they were, and those that were made of them."""

    parts: dict[str, bytes]
    anonymous: Anonymous
    pictures: Pictures
    names: Names = field(init=False)
    types: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    out: dict[str, bytes] = field(default_factory=dict)
    placed: dict[tuple[bytes, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names(RULES, self.anonymous, may_draw=self.pictures.show_nobody)

    def made(self) -> dict[str, bytes]:
        """The parts of the new file, in an order that every program takes."""
        for each in parsed(self._part("[Content_Types].xml")):
            if local(each) == "Default":
                self.defaults[(each.get("Extension") or "").lower()] = each.get("ContentType") or ""
            elif local(each) == "Override":
                self.types[(each.get("PartName") or "").lstrip("/").lower()] = each.get("ContentType") or ""
        kept: dict[str, str] = {}
        relations = {"": self._related("", None, kept)}
        waiting = list(kept)
        while waiting:
            name = waiting.pop()
            if self.anonymous.term_names_the_learner(name):
                raise NotOwnKind("a part of it is called after somebody")
            root = parsed(self._part(name))
            before = set(kept)
            relations[name] = self._related(name, root, kept)
            waiting += [each for each in kept if each not in before]
            for font in [each for each in root.iter("{*}font") if each.get("script")]:
                font.getparent().remove(font)
            self.names.take_out(root)
            if self.names.still_there(root):
                raise NotOwnKind("a name is found in it in spite of all")
            self.out[name] = written(root)
        if not any(each.endswith(".main+xml") for each in kept.values()):
            raise NotOwnKind("it does not say which of its parts is the main one")
        rels = {_relations_of(name): written(root) for name, root in relations.items() if len(root)}
        return {"[Content_Types].xml": self._content_types(kept), **rels, **self.out}

    def _related(self, name: str, root: Element | None, kept: dict[str, str]) -> Element:
        """The relations of a part without those to what goes, which nothing in the part refers to any more."""
        made = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        path = _relations_of(name)
        if path.lower() not in {each.lower() for each in self.parts}:
            return made
        for each in parsed(self._part(path)):
            if local(each) != "Relationship":
                continue
            target = self._target(name, each, kept)
            if target:
                relation = etree.SubElement(made, f"{{{_RELATIONS}}}Relationship")
                if self.anonymous.term_names_the_learner(each.get("Id") or ""):
                    raise NotOwnKind("a part of it is called after somebody")
                for attribute in ("Id", "Type"):
                    relation.set(attribute, each.get(attribute) or "")
                relation.set("Target", target)
                if target == _NOWHERE:
                    relation.set("TargetMode", "External")
            elif root is not None:
                _forget(root, each.get("Id") or "")
        return made

    def _target(self, name: str, relation: Element, kept: dict[str, str]) -> str:
        """Where a relation leads in the new file; empty when it goes."""
        kind = re.split(r"[/#]", (relation.get("Type") or "").rstrip("/"))[-1]
        if relation.get("TargetMode") == "External":
            return self._outside(kind)
        if kind in DROPPED_RELATIONS or (kind == "hyperlink" and (relation.get("Target") or "").startswith("#")):
            return ""
        path = unquote((relation.get("Target") or "").partition("#")[0].replace("\\", "/"))
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), path)).lstrip("/")
        named = next((each for each in self.parts if each.lower() == whole.lower()), None)
        if named is None:
            return ""
        kind_of_part = self._type(named)
        if kind_of_part in DROPPED or kind_of_part in DRAWN_AGAIN or (kind == "package" and self._type(name) == _CHART):
            return ""
        if kind_of_part.startswith("image/"):
            return self._picture(named)
        if kind_of_part not in KEPT:
            raise NotOwnKind("it holds parts that are not known")
        kept[named] = kind_of_part
        return f"/{named}"

    def _outside(self, kind: str) -> str:
        if kind == "image":
            self.pictures.left_out += 1
        elif kind != "hyperlink" and kind not in DROPPED_RELATIONS:
            raise NotOwnKind("it shows what is in another file")
        return _NOWHERE if kind == "hyperlink" else ""

    def _picture(self, name: str) -> str:
        data, ending = self.pictures.of(self.parts[name], posixpath.splitext(name)[1].lower())
        if (data, ending) not in self.placed:
            place = f"media/picture{len(self.placed) + 1}{ending}"
            self.placed[data, ending] = f"/{place}"
            self.out[place] = data
        return self.placed[data, ending]

    def _type(self, name: str) -> str:
        ending = posixpath.splitext(name)[1].lstrip(".").lower()
        return self.types.get(name.lower()) or self.defaults.get(ending, "")

    def _part(self, name: str) -> bytes:
        found = next((each for each in self.parts if each.lower() == name.lower()), None)
        if found is None:
            raise NotOwnKind("a part of it is not there")
        return self.parts[found]

    def _content_types(self, kept: dict[str, str]) -> bytes:
        root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
        endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        endings |= {ending[1:]: kind for ending, kind in _ENDINGS.items()}
        for ending, kind in endings.items():
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind)
        for name, kind in kept.items():
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        return written(root)


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _forget(root: Element, relation: str) -> None:
    """Take out of a part what refers to a relation that is gone."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        refers = [key for key, value in element.attrib.items() if value == relation and _REFERS.fullmatch(key)]
        if not refers:
            continue
        linked = [key for key in refers if etree.QName(key).localname == "link"]
        if local(element) in _PRINTER or linked == refers or element.getparent() is None:
            # It does without: what is printed, and a picture that is in the file too.
            for key in refers:
                del element.attrib[key]
        else:
            element.getparent().remove(element)
