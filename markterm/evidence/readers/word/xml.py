"""Word's XML by local names: the same things have two sets of namespaces, and writers add more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.conversion.zip_check import DAMAGED, ENTITIES
from markterm.evidence.converted import NotReadable

Element = Any
"""An element of lxml, whose library has no types."""

# In these a declaration is found before anything is parsed, in others only after it.
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_PLAIN_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_MOST_NAMES = 10_000
_names: dict[str, str] = {}


def parsed(data: bytes) -> tuple[Element, bool]:
    """The root of a part, and whether it was whole: of a part that is damaged, what comes before the damage.

    Raises NotReadable for one with a document type, which no part may have and only entities are declared in, and when
    nothing can be read of it.
    """
    # The library has limits of its own, too low for a long document: they hold where something may unpack.
    is_huge = not _may_declare(data)
    for recover in (False, True):
        # Nothing is fetched, and no entity becomes its value.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=is_huge, recover=recover, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is None:
            break
        if root.getroottree().docinfo.internalDTD is not None:
            raise NotReadable(ENTITIES)
        return root, not recover
    raise NotReadable(DAMAGED)


def _may_declare(data: bytes) -> bool:
    if b"\0" in data[:4] or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.replace(b"\0", b"")
    named = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    if named is not None and named[1].lower() not in _PLAIN_ENCODINGS and not named[1].lower().startswith(b"utf-16"):
        return True
    return b"<!DOCTYPE" in data or b"<!ENTITY" in data


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    name = _names.get(tag)
    if name is None:
        name = tag.rpartition("}")[2]
        if len(_names) < _MOST_NAMES:  # a file may invent as many as it likes
            _names[tag] = name
    return name


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    return None if element is None else next(element.iterchildren(f"{{*}}{name}"), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """All children of that local name."""
    if element is not None:
        yield from element.iterchildren(f"{{*}}{name}")


def inside(element: Element, *names: str) -> Iterator[Element]:
    """Everything in `element`, itself included, that has one of these local names, in the order of the text."""
    found: Iterator[Element] = element.iter(*(f"{{*}}{name}" for name in names))
    return found


def attribute(element: Element | None, name: str) -> str:
    """The attribute of that local name; empty when there is none."""
    if element is not None:
        for key, value in element.attrib.items():
            if key == name or key.rpartition("}")[2] == name:
                return str(value)
    return ""


def value(element: Element | None, name: str) -> str:
    """The `val` of the first child of that name; empty when there is none."""
    return attribute(child(element, name), "val")


def is_on(element: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and attribute(element, "val").lower() not in ("0", "false", "off", "none")
