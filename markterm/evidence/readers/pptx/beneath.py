"""What a slide shows and does not hold: the words on its layout and its master, beside their placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markterm.evidence.readers.drawing import Drawings, shapes
from markterm.evidence.readers.office import OfficeFile, is_on, number
from markterm.evidence.readers.pptx.bullets import placeholder


@dataclass(slots=True)
class Beneath:
    """The layouts and masters of a presentation, each read once."""

    office: OfficeFile
    presentation: Any
    """The root of its main part, which tells how large slides are."""
    _words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the layout."""

    def words(self, slide: str, root: Any) -> Iterator[str]:
        """What is written on the layout and the master of a slide that shows them, escaped, each shape in one line."""
        if is_on(root.get("showMasterSp"), True):
            for layout in self.office.related(slide, "slideLayout"):
                if layout.target not in self._words:
                    self._words[layout.target] = tuple(dict.fromkeys(self._read(layout.target)))
                yield from self._words[layout.target]

    def _read(self, layout: str) -> Iterator[str]:
        root = self.office.root(layout)
        if root is None:
            return
        yield from self._written(layout, root)
        if is_on(root.get("showMasterSp"), True):
            for master in self.office.related(layout, "slideMaster"):
                above = self.office.root(master.target)
                if above is not None:
                    yield from self._written(master.target, above)

    def _written(self, part: str, root: Any) -> Iterator[str]:
        drawings = Drawings(self.office, part)
        for tree in root.iterfind("{*}cSld/{*}spTree"):
            for shape in shapes([each for each in tree if not self._is_outside(each)]):
                words = drawings.words(shape) if placeholder(shape) is None else ""
                if any(letter.isalnum() for letter in words):
                    yield words

    def _is_outside(self, shape: Any) -> bool:
        """Whether a shape lies beside the slide, as samples of colours do."""
        size = self.presentation.find("{*}sldSz")
        begin, extent = (next(shape.iterfind(f"*/{{*}}xfrm/{{*}}{name}"), None) for name in ("off", "ext"))
        if size is None or begin is None or extent is None:
            return False
        return any(
            number(begin.get(at)) + number(extent.get(long)) <= 0 or number(begin.get(at)) >= number(size.get(long))
            for at, long in (("x", "cx"), ("y", "cy"))
        )
