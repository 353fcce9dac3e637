"""What the styles of an OpenDocument say that changes its words: hidden text, symbol fonts, the numbers of lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markterm.evidence.readers.odf.document import Element, OpenDocument, attribute, count, long, name, within
from markterm.evidence.readers.odf.lists import NO_LEVEL, Level
from markterm.evidence.readers.symbols import is_symbol_font, text_shown
from markterm.evidence.readers.tick_box import TELLING

_LONGEST_CHAIN = 40
_LEVELS = 10
_TELLING = TELLING | frozenset("✕✖❏❑❒")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style, with those that it rests on, makes of the words that it is given to."""

    hidden: bool = False
    struck: bool = False
    font: str = ""
    """The name of a symbol font; empty for any other."""
    place: str = ""
    """`superscript`, `subscript` or `line`; empty when it says nothing about it."""


class Styles:
    """The styles that count for the content of an OpenDocument, or for its pages (headers, footers, masters)."""

    def __init__(self, document: OpenDocument, *, of_pages: bool = False) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._list_styles: dict[str, Element] = {}
        self._lists: dict[str, dict[int, Level]] = {}  # of those that were asked for: a file has hundreds
        self._outline: dict[int, Level] = {}
        own = document.styles if of_pages else document.content
        fonts = {
            attribute(face, "style:name"): attribute(face, "svg:font-family") or attribute(face, "style:name")
            for root in document.roots
            for face in within(root, "style:font-face")
        }
        self._fonts = {face: family for face, family in fonts.items() if is_symbol_font(family)}
        # Automatic styles of both have the same names, and the own ones count.
        for root, kind in ((document.styles, "office:styles"), (own, "office:automatic-styles")):
            for group in within(root, kind):
                self._take(group)

    def _take(self, group: Iterable[Element]) -> None:
        for style in group:
            match name(style):
                case "style:style":
                    self._styles[attribute(style, "style:family"), attribute(style, "style:name")] = style
                case "text:list-style":
                    self._list_styles[attribute(style, "style:name")] = style
                case "text:outline-style":
                    self._outline = self._levels(style)

    def look(self, family: str, style: str) -> Look:
        """What the style of that name makes of words; `family` is `paragraph` or `text`."""
        key = (family, style)
        if key not in self._looks:
            place = self.value(family, style, "style:text-properties", "style:text-position")
            fonts = [font for part in self._chain(family, style) if (font := self._font(part))]
            self._looks[key] = Look(
                self.value(family, style, "style:text-properties", "text:display") == "none",
                self.value(family, style, "style:text-properties", "style:text-line-through-style") not in ("", "none"),
                self._fonts.get(fonts[0], fonts[0] if is_symbol_font(fonts[0]) else "") if fonts else "",
                _place_of(place),
            )
        return self._looks[key]

    def value(self, family: str, style: str, properties: str, wanted: str) -> str:
        """An attribute among the properties of a style or of those that it rests on; empty where none says it."""
        for part in self._chain(family, style):
            for child in part:
                if name(child) == properties and (value := attribute(child, wanted)):
                    return value
        return ""

    def list_of(self, paragraph_style: str) -> str:
        """The style of list that a style of paragraph brings along; empty for none."""
        for part in self._chain("paragraph", paragraph_style):
            if value := attribute(part, "style:list-style-name"):
                return value
        return ""

    def level(self, list_style: str, depth: int) -> Level:
        """How items at `depth`, from 1, of lists of that style are marked."""
        return self.levels(list_style).get(depth, NO_LEVEL)

    def levels(self, list_style: str) -> dict[int, Level]:
        """All levels of a style of list."""
        if list_style not in self._lists:
            style = self._list_styles.get(list_style)
            self._lists[list_style] = {} if style is None else self._levels(style)
        return self._lists[list_style]

    @property
    def outline(self) -> dict[int, Level]:
        """How headings are numbered."""
        return self._outline

    def _chain(self, family: str, style: str) -> Iterable[Element]:
        for _ in range(_LONGEST_CHAIN):
            part = self._styles.get((family, style))
            if part is None:
                return
            yield part
            style = attribute(part, "style:parent-style-name")

    def _font(self, style: Element) -> str:
        for child in style:
            if name(child) == "style:text-properties":
                return attribute(child, "style:font-name") or attribute(child, "fo:font-family")
        return ""

    def _levels(self, style: Element) -> dict[int, Level]:
        found = {}
        for child in style:
            if name(child) in ("text:list-level-style-number", "text:outline-level-style"):
                # A list whose style says no format is numbered all the same: an outline is not.
                told = child.get(long("style:num-format"), "1" if "list" in name(child) else "")
                found[count(child, "text:level")] = Level(
                    told,
                    attribute(child, "style:num-prefix"),
                    attribute(child, "style:num-suffix"),
                    min(count(child, "text:display-levels"), _LEVELS),
                    count(child, "text:start-value"),
                    attribute(child, "loext:num-list-format"),
                )
            elif name(child) == "text:list-level-style-bullet":
                font = self._font(child)
                bullet = text_shown(self._fonts.get(font, font), attribute(child, "text:bullet-char"))
                found[count(child, "text:level")] = Level(bullet=bullet if bullet in _TELLING else "")
        return found


def _place_of(position: str) -> str:
    """Where letters of such a position stand: `super 58%`, `-33% 58%`."""
    place = position.partition(" ")[0]
    if not place:
        return ""
    if place in ("super", "sub"):
        return f"{place}script"
    return "line" if not place.strip("0%.-") else "subscript" if place.startswith("-") else "superscript"
