"""Drawings in SVG: the words in them. They are never drawn here: an SVG is a page that can run and fetch things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.folder import size_words
from markterm.evidence.readers.draft import Draft, damage_said
from markterm.evidence.readers.escape import escape_inline, escape_line_start

_WORDS = frozenset({"text", "title", "desc", "foreignObject"})
_INLINE = frozenset({"tspan", "textPath", "a", "span", "b", "i", "u", "em", "strong", "sub", "sup"})
_PLACES = frozenset({"x", "y"})
_OF_PROGRAMS = frozenset({"style", "script", "metadata"})


def read(path: Path) -> Converted:
    """The words of a drawing, each text of it on a line. Raises NotReadable when it is none."""
    with damage_said("a drawing in SVG"):
        root: Element = parse(path).getroot()
        if _local(root) != "svg":
            raise NotReadable("This is named like a drawing in SVG, and holds something else.")
        draft = Draft(["A drawing in SVG is not drawn: only its words are shown. It can be opened outside."])
        draft.add(f"A drawing (SVG), {size_words(path.stat().st_size)}.")
        for words in _texts(root):
            draft.add(escape_line_start(escape_inline(words)))
        return draft.converted()


def _texts(element: Element) -> Iterator[str]:
    if _local(element) in _OF_PROGRAMS:
        return
    if _local(element) in _WORDS:
        if words := " ".join("".join(_pieces(element)).split()):
            yield words
        return
    for child in element:
        yield from _texts(child)


def _pieces(element: Element) -> Iterator[str]:
    """The words in it: a part that has a place of its own, or is of another kind, stands apart from those before it."""
    if _local(element) in _OF_PROGRAMS:
        return
    apart = _local(element) not in _INLINE or not _PLACES.isdisjoint(element.attrib)
    yield (" " if apart else "") + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield " " if _local(element) not in _INLINE else ""


def _local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
