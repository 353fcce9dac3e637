"""What a Word file calls its styles, as far as the text turns on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markterm.evidence.readers.word.xml import Element, attribute, child, children, is_on, value

_HEADING = re.compile(r"heading ?([1-6])", re.IGNORECASE)
_OUTLINE = 6
"""Levels of headings that Markdown has."""
_QUOTES = frozenset({"quote", "intense quote"})
_MOST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A style of paragraphs or letters."""

    name: str = ""
    """In small letters: it is the same in every language of Word."""
    parent: str = ""
    number: str = ""
    """The list that its paragraphs stand in; empty when it says nothing about it."""
    level: str = ""
    """The level in that list."""
    font: str = ""
    outline: str = ""
    """The level of its paragraphs among the headings, from 0; from 6 on none that Markdown has, 9 for none at all."""
    hides: bool | None = None
    """Whether Word shows its letters only when asked to; None when it says nothing about it."""


NO_STYLE = Style()


class Styles:
    """The styles of a file by their ids. One that is missing is as if it said nothing."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._fonts: dict[str, str] = {}
        self._headings: dict[str, int] = {}
        self._hides: dict[str, bool] = {}
        for one in children(root, "style"):
            properties, letters = child(one, "pPr"), child(one, "rPr")
            numbering, hides = child(properties, "numPr"), child(letters, "vanish")
            self._styles[attribute(one, "styleId")] = Style(
                value(one, "name").lower(),
                value(one, "basedOn"),
                value(numbering, "numId"),
                value(numbering, "ilvl"),
                font_of(child(letters, "rFonts")),
                value(properties, "outlineLvl"),
                None if hides is None else is_on(hides),
            )

    def __getitem__(self, style: str) -> Style:
        return self._styles.get(style, NO_STYLE)

    def chain(self, style: str) -> tuple[Style, ...]:
        """A style and those it is based on, itself first."""
        found: list[Style] = []
        while style in self._styles and len(found) < _MOST_ANCESTORS:
            found.append(self._styles[style])
            style = found[-1].parent
        return tuple(found)

    def heading(self, style: str) -> int:
        """The level of the heading that a paragraph of this style is; 0 when it is none.

        A style that a centre made for its headings is based on one of Word's, or says its level among them.
        """
        level = self._headings.get(style)
        if level is None:
            level = self._headings[style] = self._heading(style)
        return level

    def _heading(self, style: str) -> int:
        for number, each in enumerate(self.chain(style) or (NO_STYLE,)):
            key = "" if number else style
            if key == "Heading" or each.name == "heading":
                return 1
            if found := _HEADING.fullmatch(each.name) or _HEADING.fullmatch(key):
                return int(found[1])
            if each.outline.isascii() and each.outline.isdigit():
                return int(each.outline) + 1 if int(each.outline) < _OUTLINE else 0
        return 0

    def hides(self, style: str) -> bool:
        """Whether Word shows the letters of this style only when asked to."""
        hides = self._hides.get(style)
        if hides is None:
            hides = next((each.hides for each in self.chain(style) if each.hides is not None), False)
            self._hides[style] = hides
        return hides

    def is_quote(self, style: str) -> bool:
        """Whether a paragraph of this style is what somebody said."""
        return self[style].name in _QUOTES

    def font(self, style: str) -> str:
        """The font that a style of letters asks for; empty when it leaves that open."""
        font = self._fonts.get(style)
        if font is None:
            font = self._fonts[style] = next((each.font for each in self.chain(style) if each.font), "")
        return font


def font_of(fonts: Element | None) -> str:
    """The font of the letters that a western text is written in."""
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
