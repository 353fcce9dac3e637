"""An XML tree without names: its texts, also where a name is divided over several of them, and its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Literal

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.domain.views.anonymous import Anonymous
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.search import computes_with_name, tells

Element = Any  # of lxml, which has no types

DAY = "2000-01-01T00:00:00Z"
"""The time of everything in a file that has one."""
_INITIALS = "A"
_PRINTED = ("Header", "Footer")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
_SECTIONS = re.compile(r"(&[LCR])")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[A-KM-QS-Za-z]|\d+)')
_FOUND = "a name is found in it in spite of all"
_NAMED = "it names somebody where that cannot be replaced"
_PARSER = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}


@dataclass(frozen=True, slots=True)
class Rules:
    """What the elements and attributes of a family of formats mean, by their local names.

    `paragraphs` hold texts that are read as one, `leaves` are those texts (none named: all text within), `spaces` what
    stands for a space or the end of a line between them; a remark that stands within a paragraph is one, too, so that
    it divides no word. `formulas` compute: a name in one is not replaced. `free` are
    attributes that are text for people, as element (`*` any) and attribute, and so are `authors`, which are replaced,
    as `author_elements` and `times` are; `time_elements` have their namespace. `dropped` and `dropped_attributes` go.
    `drawings` may be handwriting, and so may what is `drawn_by` such a value of an attribute. `sheets` are called
    something else where they are called after somebody; a formula that says so names somebody too.
    """

    paragraphs: frozenset[str]
    leaves: frozenset[str]
    spaces: dict[str, str]
    formulas: frozenset[str]
    free: frozenset[tuple[str, str]]
    authors: frozenset[tuple[str, str]]
    author_elements: frozenset[str]
    times: frozenset[str]
    time_elements: frozenset[str]
    dropped: frozenset[str]
    dropped_attributes: frozenset[str]
    drawings: frozenset[str]
    drawn_by: tuple[tuple[str, str, re.Pattern[str]], ...]
    sheets: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Text:
    """A text of an element, or behind it; without an element one that only stands between others."""

    element: Element | None
    place: Literal["text", "tail"]
    text: str

    def set(self, text: str) -> None:
        if self.element is not None:
            self.text = text
            setattr(self.element, self.place, text)


@dataclass(slots=True)
class Names:
    """Takes the names out of the trees of one file, in which the same author is called the same everywhere."""

    rules: Rules
    anonymous: Anonymous
    may_draw: bool = False
    """Whether somebody looked at what is drawn in it."""
    _told: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether a value of an attribute names somebody: most come again and again."""
    _authors: dict[str, str] = field(default_factory=dict)
    _sheets: dict[str, str] = field(default_factory=dict)

    def take_out(self, root: Element) -> None:
        """Take them out of this tree. Raises `NotOwnKind` where one stands in what cannot be replaced."""
        rules = self.rules
        for element in [each for each in root.iter() if local(each) in rules.dropped]:
            _remove(element)
        if not self.may_draw and any(self._is_drawn(each) for each in root.iter()):
            raise NotOwnKind("it has drawings, which may be handwriting")
        done: set[Element] = set()
        for paragraph in (each for each in root.iter() if local(each) in rules.paragraphs):
            texts = list(self._texts(paragraph))
            self._hide(texts)
            if self.anonymous.still_names("".join(each.text for each in texts)):
                raise NotOwnKind(_FOUND)
            done.update(each.element for each in texts if each.element is not None and each.place == "text")
        for element in root.iter():
            if isinstance(element.tag, str):
                self._attributes(element)
                self._alone(element, done)

    def still_there(self, root: Element) -> bool:
        """Whether anybody is named in this tree, looked for once more."""
        for element in root.iter():
            if any(self._tells(etree.QName(key).localname, value) for key, value in element.attrib.items()):
                return True
            named = computes_with_name if local(element) in self.rules.formulas else _is_named
            if element.text and element.text.strip() and named(element.text, self.anonymous):
                return True
            if element.tail and element.tail.strip() and _is_named(element.tail, self.anonymous):
                return True
        return False

    def author(self, name: str) -> str:
        """What stands for an author: the same for the same."""
        return self._authors.setdefault(name, f"author {len(self._authors) + 1}")

    def _is_drawn(self, element: Element) -> bool:
        name = local(element)
        return name in self.rules.drawings or any(
            name == other and (value := element.get(attribute)) and pattern.fullmatch(value)
            for other, attribute, pattern in self.rules.drawn_by
        )

    def _sheet(self, name: str) -> str:
        return self._sheets.setdefault(name, f"sheet no. {len(self._sheets) + 1}")

    def _texts(self, paragraph: Element) -> Iterator[_Text]:
        """The texts of a paragraph in order, without those of a paragraph within it."""
        rules = self.rules
        if not rules.leaves and paragraph.text:
            yield _Text(paragraph, "text", paragraph.text)
        for element in paragraph:
            name = local(element)
            if space := rules.spaces.get(name):
                yield _Text(None, "text", space)
            elif name in rules.leaves:
                yield _Text(element, "text", element.text or "")
            elif name not in rules.paragraphs:
                yield from self._texts(element)
            if not rules.leaves and element.tail:
                yield _Text(element, "tail", element.tail)

    def _hide(self, texts: Sequence[_Text]) -> None:
        joined = "".join(each.text for each in texts)
        starts = [0, *accumulate(len(each.text) for each in texts)]
        for start, end, label in reversed(self.anonymous.names_in(joined)):
            for place in reversed(range(len(texts))):
                begin, text = starts[place], texts[place]
                first, last = max(start - begin, 0), min(end - begin, len(text.text))
                if first < last:
                    put = label if begin + first == start else ""
                    text.set(text.text[:first] + put + text.text[last:])
                    label = label if begin + first != start else ""

    def _attributes(self, element: Element) -> None:
        rules, name = self.rules, local(element)
        for key, value in list(element.attrib.items()):
            attribute = etree.QName(key).localname
            if attribute in rules.dropped_attributes:
                del element.attrib[key]
            elif attribute == "initials":
                element.set(key, _INITIALS)
            elif (name, attribute) in rules.authors or ("*", attribute) in rules.authors:
                element.set(key, self.author(value))
            elif attribute in rules.times and _TIME.match(value):
                element.set(key, DAY)
            elif (name, attribute) in rules.sheets and self._tells(attribute, value):
                element.set(key, self._sheet(value))
            elif (name, attribute) in rules.free or ("*", attribute) in rules.free:
                element.set(key, self.anonymous.without_names(value))
            elif self._tells(attribute, value):
                raise NotOwnKind(_NAMED)

    def _tells(self, attribute: str, value: str) -> bool:
        told = self._told.get((attribute, value))
        if told is None:
            told = self._told[attribute, value] = tells(attribute, value, self.anonymous)
        return told

    def _alone(self, element: Element, done: set[Element]) -> None:
        """The texts of an element that are in no paragraph, and so stand alone."""
        name = local(element)
        if name in self.rules.author_elements:
            element.text = self.author(element.text or "")
        elif element.tag in self.rules.time_elements:
            element.text = DAY
        elif name in self.rules.formulas:
            if element.text and computes_with_name(element.text, self.anonymous):
                raise NotOwnKind("a formula in it names somebody")
        elif name.endswith(_PRINTED) and element.text:
            element.text = self._printed(element.text)
        elif element.text and element.text.strip() and element not in done:
            element.text = self._without(element, element.text)
        if element.tail and element.tail.strip():
            element.tail = self.anonymous.without_names(element.tail)

    def _printed(self, text: str) -> str:
        """A head or foot of a sheet: codes stand right before its words, `&CRosalind` is Rosalind in the middle. Where
        somebody is named, those that say how it looks go."""
        bare = [_CODES.sub("", each) for each in _SECTIONS.split(text)]
        if not any(self.anonymous.still_names(each) for each in bare):
            return text
        return "".join(map(self.anonymous.without_names, bare))

    def _without(self, element: Element, text: str) -> str:
        """A text that stands alone, or the value of a cell, which becomes a text where it was a number of somebody."""
        if local(element) != "v":
            return self.anonymous.without_names(text)
        within = element.getparent()
        # A value of these kinds is the place of a text; a number that has a point in it is nobody's.
        if within is None or within.get("t") in ("s", "b", "e") or "." in text:
            return text
        without = self.anonymous.without_names(text)
        if without != text and local(within) == "c":
            within.set("t", "str")
            _end_computing(within)
        elif without != text and not any(map(str.isalpha, text)):
            raise NotOwnKind(_NAMED)
        return without


def parsed(data: bytes) -> Element:
    """The tree of a part. Raises `NotOwnKind` for one that is damaged or defines entities."""
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise NotOwnKind("it defines entities of its own")
    try:
        return etree.fromstring(data, etree.XMLParser(**_PARSER, huge_tree=False))
    except etree.XMLSyntaxError:
        raise NotOwnKind("a part of it is damaged") from None


def written(root: Element) -> bytes:
    """A tree as the bytes of a part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _end_computing(cell: Element) -> None:
    """Leave a cell its value alone: its formula may put a name together again. Raises `NotOwnKind` where other cells
    have the formula too."""
    for formula in [each for each in cell if local(each) == "f"]:
        if formula.get("t", "normal") != "normal":
            raise NotOwnKind("a formula in it comes to a name")
        cell.remove(formula)


def _is_named(text: str, anonymous: Anonymous) -> bool:
    return anonymous.still_names(text) if any(map(str.isalpha, text)) else anonymous.is_registration(text)
