"""What was filled into a form of Adobe's XFA kind: it stands in packets of XML, and often on no page of the PDF.

Such a form has one page that asks to open it in another program. Its values are listed by their names, with what the
form prints beside them; where a value is one of a list, with the words of the list.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import pypdfium2.raw as pdfium  # type: ignore[import-untyped] # the library has no types
from defusedxml import DefusedXmlException  # type: ignore[import-untyped] # the library has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped] # the library has no types

from markterm.evidence.readers.escape import escape_inline

MOST_BYTES = 20_000_000
"""Of a packet."""
MOST_VALUES = 5_000
_LONGEST_NAME = 200
_LONGEST_CAPTION = 200
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,30};)")
_CHOSEN = "value"
"""What each chosen entry of a list is called."""
_XHTML = "{http://www.w3.org/1999/xhtml}"
_NOT_READ = "It is an XFA form that is damaged: what was filled into it is not shown. Open it outside."
_ELSEWHERE = (
    "It is an XFA form, which few programs show: what was filled in is listed, its printed words are not. "
    "Open it outside to see it as it is."
)


@dataclass(frozen=True, slots=True)
class Value:
    """Something that was filled in."""

    path: str
    """The names of the parts of the form that it stands in, and its own."""
    name: str
    caption: str
    words: str

    @property
    def item(self) -> str:
        """An item of Markdown; its lines stay lines."""
        caption = f" ({escape_inline(self.caption)})" if self.caption else ""
        lines = [escape_inline(" ".join(line.split())) for line in self.words.split("\n") if line.strip()]
        return f"- Form field {escape_inline(self.path)}{caption}: " + "\\\n  ".join(lines)


@dataclass(frozen=True, slots=True)
class Xfa:
    """An XFA form: what was filled in, and whether the pages of the PDF only ask to open it elsewhere."""

    values: Sequence[Value]
    is_elsewhere: bool
    is_damaged: bool

    def missing(self, shown: Mapping[str, set[str]]) -> list[Value]:
        """The values that are on no page. `shown` are the values of the fields there, by the last part of their names;
        of boxes, which say no values, an empty one."""
        return [
            value for value in self.values if not {"", _bare(value.words)} & shown.get(value.name.casefold(), {"-"})
        ]

    def notes(self, *, is_listed: bool) -> Iterator[str]:
        """What the assessor has to know; `is_listed` is whether values were listed apart from the pages."""
        if self.is_damaged:
            yield _NOT_READ
        elif self.is_elsewhere or is_listed:
            yield _ELSEWHERE


def xfa_of(document: Any) -> Xfa | None:
    """The XFA form of a file, if it is one."""
    kind = pdfium.FPDF_GetFormType(document)
    if kind not in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
        return None
    is_elsewhere = kind == pdfium.FORMTYPE_XFA_FULL
    try:
        parts = list(_parts(document))
        captions: dict[str, str] = {}
        lists: dict[str, dict[str, str]] = {}
        for template in _named(parts, "template"):
            _learn(template, captions, lists)
        values = [
            Value(path, name, captions.get(name, ""), "; ".join(lists.get(name, {}).get(one, one) for one in words))
            for datasets in _named(parts, "datasets")
            for data in datasets
            if _local(data) == "data"
            for path, name, words in _leaves(data)
        ][:MOST_VALUES]
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return Xfa((), is_elsewhere, is_damaged=True)
    return Xfa(values, is_elsewhere, is_damaged=False)


def _parts(document: Any) -> Iterator[Element]:
    """The packets that say something, or the one that holds them all. Raises ParseError and others for damaged ones."""
    for number in range(max(pdfium.FPDF_GetXFAPacketCount(document), 0)):
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        pdfium.FPDF_GetXFAPacketName(document, number, name, _LONGEST_NAME)
        size = ctypes.c_ulong()
        pdfium.FPDF_GetXFAPacketContent(document, number, None, 0, size)
        if name.value not in (b"", b"datasets", b"template") or not 0 < size.value <= MOST_BYTES:
            continue
        room = ctypes.create_string_buffer(size.value)
        pdfium.FPDF_GetXFAPacketContent(document, number, room, size.value, size)
        # Some programs that make forms write the sign as a person would.
        yield fromstring(_BARE_AMPERSAND.sub(b"&amp;", room.raw.strip(b"\0")))


def _named(parts: Sequence[Element], name: str) -> Iterator[Element]:
    for part in parts:
        yield from (one for one in (part, *part) if _local(one) == name)


def _learn(template: Element, captions: dict[str, str], lists: dict[str, dict[str, str]]) -> None:
    """What the form prints beside its fields, and the words of its lists for what is kept of them, by field."""
    for one in template.iter():
        name = one.get("name", "")
        if _local(one) != "field" or not name:
            continue
        for part in one:
            if _local(part) == "caption":
                caption = " ".join(" ".join(part.itertext()).split())
                captions.setdefault(name, caption if len(caption) <= _LONGEST_CAPTION else "")
        items = [part for part in one if _local(part) == "items"]
        if len(items) == 2:
            kept, told = sorted(items, key=lambda part: part.get("save") != "1")
            lists.setdefault(name, dict(zip(_texts(kept), _texts(told), strict=False)))


def _texts(items: Element) -> list[str]:
    return ["".join(item.itertext()) for item in items]


def _leaves(data: Element) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Path, name and words of all that was filled in, of a list those of each chosen entry. The form itself, which is
    the first part of all, is left out of the paths."""
    waiting = list(_labelled([part for form in data for part in form], ""))[::-1]
    while waiting:
        one, path = waiting.pop()
        parts = [part for part in one if not str(part.tag).startswith(_XHTML)]
        if parts and all(_local(part) == _CHOSEN for part in parts):
            yield path, _local(one), ["".join(part.itertext()).strip() for part in parts]
            continue
        words = "" if parts or _is_picture(one) else "".join(one.itertext()).strip()
        if words:
            yield path, _local(one), ["\n".join(words.splitlines())]
        waiting.extend(reversed(list(_labelled(parts, f"{path[-_LONGEST_NAME:]}."))))


def _labelled(parts: Sequence[Element], above: str) -> Iterator[tuple[Element, str]]:
    """Each part with its path; those of one name are numbered."""
    names = Counter(_local(part) for part in parts)
    numbers: Counter[str] = Counter()
    for part in parts:
        name = _local(part)
        numbers[name] += 1
        yield part, f"{above}{name}{f'[{numbers[name]}]' if names[name] > 1 else ''}"


def _is_picture(one: Element) -> bool:
    return any(name.rpartition("}")[2] == "contentType" and "image" in said for name, said in one.attrib.items())


def _local(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
