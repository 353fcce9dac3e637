"""The cells of OpenDocument sheets: as the learner saw them, and their values where nothing was written down."""

from __future__ import annotations

import re

from markterm.evidence.readers.escape import escape_inline
from markterm.evidence.readers.odf import Element, attribute, count, name

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$")
_HYPERLINK = re.compile(r'(?:\w+:)?=HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_MOST_SPACES = 100


def cell_text(cell: Element) -> str:
    """The words of a cell as they are displayed, in one line of Markdown; empty where none are."""
    lines = (_words(child) for child in cell if name(child) in ("text:p", "text:h"))
    words = " ".join(" ".join(line.split()) for line in lines if line.strip())
    if words and (found := _HYPERLINK.match(attribute(cell, "table:formula"))):
        return _linked(words, found[1].replace('""', '"'))
    return words


def _words(element: Element) -> str:
    """Words with their links; plain pieces are put together before they are escaped."""
    parts: list[str] = []
    plain: list[str] = []
    _gather(element, parts, plain)
    _close(parts, plain)
    return "".join(parts)


def _gather(element: Element, parts: list[str], plain: list[str]) -> None:
    plain.append(element.text or "")
    for child in element:
        match name(child):
            case "text:s":
                plain.append(" " * min(count(child, "text:c"), _MOST_SPACES))
            case "text:tab" | "text:line-break":
                plain.append(" ")
            case "text:a":
                _close(parts, plain)
                parts.append(_link(child))
            case "office:annotation" | "text:ruby-text":
                pass
            case _:
                _gather(child, parts, plain)
        plain.append(child.tail or "")


def _close(parts: list[str], plain: list[str]) -> None:
    parts.append(escape_inline("".join(plain)))
    plain.clear()


def _link(element: Element) -> str:
    return _linked(_words(element), attribute(element, "xlink:href"))


def _linked(words: str, address: str) -> str:
    target = " ".join(address.split())
    if not target or target.startswith("#") or words in (escape_inline(target), escape_inline(target[7:])):
        return words
    bounded = re.sub(r"([<>\\|])", r"\\\1", target)
    return f"[{words}](<{bounded}>)"


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


def address(column: int) -> str:
    """The letters of a column, the first of which is 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
