"""The cells of OpenDocument sheets: as the learner saw them, and their values where nothing was written down."""

from __future__ import annotations

import re

from markterm.evidence.readers.escape import escape_inline, link, struck
from markterm.evidence.readers.odf.document import Element, attribute, count, name, words_of
from markterm.evidence.readers.odf.styles import Styles
from markterm.evidence.readers.raised import in_place
from markterm.evidence.readers.symbols import text_shown

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$")
_HYPERLINK = re.compile(r'(?:\w+:)?=HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_MOST_SPACES = 100


def cell_text(cell: Element, styles: Styles, style: str) -> str:
    """The words of a cell as they are displayed, in one line of Markdown; empty where none are.

    `style` is that of its column, which counts where the cell has none of its own.
    """
    look = styles.look("table-cell", attribute(cell, "table:style-name") or style)
    paragraphs = [child for child in cell if name(child) in ("text:p", "text:h")]
    found = _HYPERLINK.match(attribute(cell, "table:formula"))
    if found and any(map(words_of, paragraphs)):
        return link(" ".join(map(words_of, paragraphs)), found[1].replace('""', '"'))
    lines = (_Line(styles, look.font).read(paragraph) for paragraph in paragraphs)
    words = " ".join(" ".join(line.split()) for line in lines if line.strip())
    return struck(words) if look.struck else words


class _Line:
    """A paragraph of a cell; plain pieces are put together before they are escaped."""

    def __init__(self, styles: Styles, font: str, place: str = "") -> None:
        self._styles = styles
        self._font = font
        self._place = place
        self._parts: list[str] = []
        self._plain: list[str] = []

    def read(self, element: Element) -> str:
        """Its words with their links."""
        self._gather(element)
        self._close()
        return "".join(self._parts)

    def _gather(self, element: Element) -> None:
        self._add(element.text)
        for child in element:
            match name(child):
                case "text:s":
                    self._plain.append(" " * min(count(child, "text:c"), _MOST_SPACES))
                case "text:tab" | "text:line-break":
                    self._plain.append(" ")
                case "text:a":
                    self._close()
                    self._parts.append(_linked(child))
                case "text:span":
                    self._span(child)
                case "office:annotation" | "text:ruby-text":
                    pass
                case _:
                    self._gather(child)
            self._add(child.tail)

    def _span(self, element: Element) -> None:
        look = self._styles.look("text", attribute(element, "text:style-name"))
        if look.struck:
            self._close()
            self._parts.append(
                struck(_Line(self._styles, look.font or self._font, look.place or self._place).read(element))
            )
            return
        font, place = self._font, self._place
        self._font, self._place = look.font or font, look.place or place
        self._gather(element)
        self._font, self._place = font, place

    def _add(self, text: str | None) -> None:
        if text:
            self._plain.append(in_place(text_shown(self._font, text), self._place))

    def _close(self) -> None:
        self._parts.append(escape_inline("".join(self._plain)))
        self._plain.clear()


def _linked(element: Element) -> str:
    target = attribute(element, "xlink:href")
    words = words_of(element)
    return escape_inline(words) if target.startswith("#") else link(words, target)


def value_of(cell: Element) -> str:
    """The value of a cell that shows no words, as a sheet would show it; empty where it has none."""
    value = attribute(cell, "office:value")
    match attribute(cell, "office:value-type"):
        case "percentage":
            return f"{_figure(value, 100)}%" if value else ""
        case "currency":
            return f"{_figure(value)} {attribute(cell, 'office:currency')}".strip() if value else ""
        case "float":
            return _figure(value)
        case "date":
            return attribute(cell, "office:date-value").replace("T", " ").removesuffix(" 00:00:00")
        case "time":
            return _time(attribute(cell, "office:time-value"))
        case "boolean":
            return attribute(cell, "office:boolean-value").upper()
        case _:
            return attribute(cell, "office:string-value")


def _figure(value: str, times: int = 1) -> str:
    try:
        return f"{float(value) * times:.15g}"
    except ValueError:
        return value


def _time(value: str) -> str:
    found = _DURATION.match(value)
    if not found:
        return value
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    clock = f"{found[1]}{days * 24 + hours:02}:{minutes:02}"
    return f"{clock}:{seconds:02}" if seconds else clock
