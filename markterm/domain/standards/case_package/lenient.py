"""A CASE package as real files have it, made into one that both versions of the standard allow.

Publishers write numbers as texts, leave out what is required, put strings where objects belong, and use keys of their
own. What can be read is read, what was mended is told, and what no field is for is kept in `extensions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markterm.domain.standards.case_package.fields import (
    ASSOCIATION,
    DEFINITIONS,
    DOCUMENT,
    IDENTIFIER,
    ITEM,
    KINDS_OF_ASSOCIATION,
    LINK,
    LINKS,
    REFERENCE,
    REQUIRED,
    RUBRICS,
    SERVED,
    Read,
    address,
    text,
)
from markterm.domain.standards.case_package.told import About, Telling
from markterm.domain.standards.case_package.vocabulary import (
    NOT_STATED,
    RELATED,
    Fields,
    address_of,
    identifier_of,
    is_identifier,
)

_KIND_NAMED = {kind.lower(): kind for kind in KINDS_OF_ASSOCIATION}
# The schema of 1EdTech does not let a hyphen begin it.
_OTHER_KIND = re.compile(r"ext:[A-Za-z0-9._][A-Za-z0-9._-]*")
_NO_LETTER = re.compile(r"[^A-Za-z0-9._-]+")


def is_package(value: object) -> bool:
    """Whether that JSON means to be a CASE package."""
    unwrapped = _unwrapped(value)
    return isinstance(unwrapped, dict) and ("CFDocument" in unwrapped or "CFItems" in unwrapped)


def how_many(value: object, key: str) -> int:
    """How many parts stand under that key of a package, whatever they are; told without reading any of them."""
    package = _unwrapped(value)
    parts = package.get(key) if isinstance(package, dict) else None
    if isinstance(parts, dict) and isinstance(parts.get(key), list):
        parts = parts[key]
    return len(parts) if isinstance(parts, list | dict) else 0


def as_allowed(value: object, now: str, telling: Telling) -> Fields:
    """The package in `value` as CASE 1.1 allows it; reading that again gives the same. `now` is the time of a change
    where the package names none. Never raises; what had to be mended is told."""
    package = _unwrapped(value)
    return _Package(package if isinstance(package, dict) else {}, now, telling).allowed()


def _unwrapped(value: object) -> object:
    if isinstance(value, dict) and "CFDocument" not in value and isinstance(value.get("CFPackage"), dict):
        return value["CFPackage"]
    return value


class _Package:
    """One package while it is read."""

    def __init__(self, package: Fields, now: str, telling: Telling) -> None:
        self._package, self._now, self._telling = package, now, telling
        self._ids: dict[str, str] = {}
        self._by_address: dict[str, str] = {}
        self._document_id = ""

    def allowed(self) -> Fields:
        document = self._package.get("CFDocument")
        if isinstance(document, list) and document:
            document = document[0]
        if not isinstance(document, dict):
            self._telling.add(About.WRONG, "The package has no CFDocument")
            document = {}
        self._document_id = self._identifier(document, "document")
        self._knows(document, self._document_id)
        items = self._numbered(self._several("CFItems"))
        read: Fields = {"CFDocument": self._document(document)}
        if items or "CFItems" in self._package:
            read["CFItems"] = [self._item(each, own) for each, own in items]
        associations = self._numbered(self._several("CFAssociations"), "association")
        if associations or "CFAssociations" in self._package:
            said = (self._association(each, own) for each, own in associations)
            read["CFAssociations"] = [each for each in said if each is not None]
        if definitions := self._definitions():
            read["CFDefinitions"] = definitions
        if isinstance(more := self._package.get("extensions"), dict):
            read["extensions"] = more
        if "CFRubrics" in self._package:
            read["CFRubrics"] = self._rubrics(self._several("CFRubrics"), 0)
        return read

    def _several(self, key: str, among: Mapping[str, Any] | None = None) -> list[Fields]:
        value = (self._package if among is None else among).get(key)
        if isinstance(value, dict):
            value = value[key] if isinstance(value.get(key), list) else list(value.values())
        if value is not None and not isinstance(value, list):
            self._telling.add(About.WRONG, f"{key} is no list")
        found = value if isinstance(value, list) else []
        parts = [each for each in found if isinstance(each, dict)]
        for place, each in enumerate(found, 1):
            if not isinstance(each, dict):
                self._telling.add(About.WRONG, f"In {key} stands something that is no object, and is left out", place)
        return parts

    def _numbered(self, parts: list[Fields], what: str = "item") -> list[tuple[Fields, str]]:
        """Each part with its identifier; one that is there twice, word for word, once."""
        numbered: dict[str, Fields] = {}
        for place, part in enumerate(parts, 1):
            own = self._identifier(part, f"{what} {place}")
            if own in numbered or own == self._document_id:
                if numbered.get(own) == part:
                    self._telling.add(About.TWICE, f"The same {what} is in the package twice, and taken once", own)
                    continue
                self._telling.add(About.TWICE, f"An identifier is used for two: the second {what} gets its own", own)
                own = identifier_of("again", own, str(place))
            numbered[own] = part
            self._knows(part, own)
        return [(part, own) for own, part in numbered.items()]

    def _knows(self, part: Fields, own: str) -> None:
        if isinstance(where := part.get("uri"), str):
            self._by_address.setdefault(where, own)

    def _identifier(self, part: Fields, place: str) -> str:
        said = part.get("identifier", part.get("sourcedId"))
        if is_identifier(said):
            return str(said)
        if said in (None, "") or not isinstance(said, str | int | float):
            self._telling.add(About.WRONG, "An identifier is missing, and is made", place)
            return identifier_of("place", self._document_id or str(part.get("title", "")), place)
        return self._made(str(said))

    def _made(self, said: str) -> str:
        """The identifier that stands for what is none."""
        if said not in self._ids:
            lower = said.strip().strip("{}").lower()
            self._ids[said] = lower if is_identifier(lower) else identifier_of("instead of", said)
            if self._ids[said] != lower:
                self._telling.add(About.WRONG, "An identifier that is no UUID is replaced by one", said)
        return self._ids[said]

    def _read(self, part: Fields, fields: Mapping[str, Read | str], own: str, what: str) -> Fields:
        read: Fields = {"identifier": own}
        more: Fields = {}
        for key, value in part.items():
            how = fields.get(key)
            if value is None or key in SERVED or key == "extensions":
                continue
            if how == IDENTIFIER or key == "sourcedId":
                if value != own:
                    more["identifier"] = value
                continue
            found = None if how is None else self._one(how, value) if isinstance(how, str) else how(value)
            if found is None:
                more[key] = value
                if how is not None and key != "caseVersion":
                    self._telling.add(About.WRONG, f"{key} of {what} cannot be read", value)
            else:
                read[key] = found
        kept = part.get("extensions")
        kept = kept if isinstance(kept, dict) else {} if kept is None else {"extensions": kept}
        if more or kept or isinstance(part.get("extensions"), dict):
            read["extensions"] = {**more, **kept}
        read.setdefault("uri", address_of(own))
        read.setdefault("lastChangeDateTime", self._now)
        return read

    def _one(self, how: str, value: object) -> object:
        if how == LINKS:
            links = [self._link(each) for each in value] if isinstance(value, list) else [self._link(value)]
            return None if None in links else links
        if how == REFERENCE:
            said = text(value)
            return None if not said else said if is_identifier(said) else self._made(said)
        return self._link(value) if how == LINK else self._node(value)

    def _link(self, value: object) -> Fields | None:
        if not isinstance(value, dict) or not (value.get("identifier") or value.get("uri")):
            return None
        said = str(value.get("identifier") or value.get("uri"))
        own = said if is_identifier(said) else self._made(said)
        return {
            "title": text(value.get("title")) or "",
            "identifier": own,
            "uri": address(value.get("uri")) or address_of(own),
        }

    def _node(self, value: object) -> Fields | None:
        if isinstance(value, str):
            value = {"identifier": self._by_address.get(value, value)}
        if not isinstance(value, dict):
            return None
        said = text(value.get("identifier", value.get("sourcedId"))) or self._by_address.get(str(value.get("uri")))
        said = said or text(value.get("uri"))
        if not said:
            return None
        own = self._ids.get(said, said)
        if not is_identifier(own) and is_identifier(own.lower()):
            own = own.lower()
        node = {
            "title": text(value.get("title")) or "",
            "identifier": own,
            "uri": address(value.get("uri")) or (address_of(own) if is_identifier(own) else f"urn:case:{_plain(own)}"),
        }
        target = value.get("targetType")
        if target == "CASE" or (isinstance(target, str) and _OTHER_KIND.fullmatch(target)):
            node["targetType"] = target
        return node

    def _document(self, part: Fields) -> Fields:
        read = self._read(part, DOCUMENT, self._document_id, "the document")
        for key, otherwise in (("title", ""), ("creator", NOT_STATED)):
            if key not in read:
                self._telling.add(About.WRONG, f"The document has no {key}")
                read[key] = otherwise
        self._now = read["lastChangeDateTime"]
        return read

    def _item(self, part: Fields, own: str) -> Fields:
        read = self._read(part, ITEM, own, "an item")
        if "fullStatement" not in read:
            read["fullStatement"] = read.get("abbreviatedStatement", read.get("alternativeLabel", ""))
            self._telling.add(About.WRONG, "An item has no fullStatement", read.get("humanCodingScheme", own))
        return read

    def _association(self, part: Fields, own: str) -> Fields | None:
        read = self._read(part, ASSOCIATION, own, "an association")
        if "originNodeURI" not in read or "destinationNodeURI" not in read:
            self._telling.add(About.WRONG, "An association that does not say between what it is, is left out", own)
            return None
        said: str = read.get("associationType", "")
        kind = _KIND_NAMED.get(said.replace(" ", "").lower(), said)
        if kind not in KINDS_OF_ASSOCIATION and not _OTHER_KIND.fullmatch(kind):
            self._telling.add(About.WRONG, "An association is of a kind that there is not", said or own)
            kind = f"ext:{_plain(said)}" if said else RELATED
        return {**read, "associationType": kind}

    def _definitions(self) -> Fields:
        said = self._package.get("CFDefinitions")
        if not isinstance(said, dict):
            return {}
        read: Fields = {}
        for key, fields in DEFINITIONS.items():
            if key not in said:
                continue
            known = [self._read(part, fields, own, "a definition") for part, own in self._parts_of(key, said)]
            for each in known:
                for needed in REQUIRED[key]:
                    each.setdefault(needed, "")
            read[key] = known
        if isinstance(more := said.get("extensions"), dict):
            read["extensions"] = more
        return read

    def _rubrics(self, parts: list[Fields], deep: int) -> list[Fields]:
        """Rubrics, or their criteria, or the levels of those: no sheet has them, and they go out as they came."""
        fields, inside = RUBRICS[deep]
        rubrics = []
        for part, own in self._numbered(parts, "rubric"):
            outside = {key: value for key, value in part.items() if key != inside}
            # The schema has a list of extensions here, and nowhere else.
            listed = outside.pop("extensions") if not inside and _is_list_of_objects(part.get("extensions")) else []
            read = self._read(outside, fields, own, "a rubric")
            if not inside and ("extensions" in read or listed):
                read["extensions"] = [*listed, *([read["extensions"]] if "extensions" in read else [])]
            if inside and inside in part:
                read[inside] = self._rubrics(self._several(inside, part), deep + 1)
            rubrics.append(read)
        return rubrics

    def _parts_of(self, key: str, said: Fields) -> list[tuple[Fields, str]]:
        return self._numbered(self._several(key, said), "definition")


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _plain(text: str) -> str:
    return _NO_LETTER.sub("_", text).lstrip("-") or "_"
