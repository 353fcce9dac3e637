"""Which paragraphs of a placeholder have a bullet that they do not name: their layout decides, and its master."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markterm.evidence.readers.drawing import DRAWING, bullet, local
from markterm.evidence.readers.office import OfficeFile

LEVELS = 9
NONE = (False,) * LEVELS
# Their bullets come from the layout of the slide; elsewhere a paragraph has one only if it says so.
_LISTS = frozenset({"obj", "body"})


@dataclass(slots=True)
class Bullets:
    """The placeholders of layouts and masters, each read once."""

    office: OfficeFile
    _shapes: dict[str, list[Any]] = field(default_factory=dict)
    _styles: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, slide: str, shape: Any) -> tuple[bool, ...]:
        """Whether paragraphs of this shape on this slide have a bullet, by their levels."""
        mark = placeholder(shape)
        kind = "" if mark is None else mark.get("type") or "obj"
        if kind not in _LISTS:
            return NONE
        styles = [*shape.iterfind("{*}txBody/{*}lstStyle"), *self._inherited(slide, mark, kind)]
        return tuple(self._at(level, styles) for level in range(1, LEVELS + 1))

    def _at(self, level: int, styles: list[Any]) -> bool:
        for style in styles:
            own = bullet(style.find(f"{DRAWING}lvl{level}pPr"))
            if own is not None:
                return own
        # Without a master nobody knows, and most lists have them.
        return not any(local(style) == "bodyStyle" for style in styles)

    def _inherited(self, slide: str, mark: Any, kind: str) -> Iterator[Any]:
        for layout in self.office.related(slide, "slideLayout"):
            shapes = [shape for shape in self._read(layout.target) if _kind(shape) in _LISTS]
            same = [shape for shape in shapes if _place(shape) == mark.get("idx", "0")]
            yield from _list_styles(same or [shape for shape in shapes if _kind(shape) == kind][:1])
            for master in self.office.related(layout.target, "slideMaster"):
                yield from _list_styles([shape for shape in self._read(master.target) if _kind(shape) in _LISTS][:1])
                yield from self._styles[master.target]

    def _read(self, part: str) -> list[Any]:
        if part not in self._shapes:
            root = self.office.root(part)
            found = [] if root is None else [shape for shape in root.iter("{*}sp") if placeholder(shape) is not None]
            self._shapes[part] = found
            self._styles[part] = [] if root is None else root.findall("{*}txStyles/{*}bodyStyle")
        return self._shapes[part]


def placeholder(shape: Any) -> Any | None:
    """The mark of a shape that stands for something on the layout of its slide; None for one of the learner's own."""
    for properties in shape:
        if local(properties).startswith("nv"):
            for each in properties:
                if local(each) == "nvPr":
                    return each.find("{*}ph")
    return None


def _place(shape: Any) -> str:
    mark = placeholder(shape)
    return "" if mark is None else mark.get("idx", "0")


def _kind(shape: Any) -> str:
    mark = placeholder(shape)
    return "" if mark is None else mark.get("type") or "obj"


def _list_styles(shapes: list[Any]) -> Iterator[Any]:
    for shape in shapes:
        yield from shape.iterfind("{*}txBody/{*}lstStyle")
