"""Writing a sheet from its parts: a new one in its plain form, or one that is there with only what changed changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markterm.sheets.front_matter import Part, Span
from markterm.sheets.text_file import BOM

Parts = Mapping[Part, str]
"""Every part of a sheet with the lines that say it, in the order of the sheet."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKER = re.compile(r"^\s*(?:[-*+]\s+)?")
_STANDS_ALONE = ("title", "guidance", "outcome", "task", "brief", "group", "columns", "section")
_ITEMS = ("criterion", "descriptor", "criteria", "evidence", "rule", "route")


class _CannotPatch(Exception):
    """The change is not one of single lines."""


def text_of(parts: Parts) -> str:
    """The sheet that consists of `parts`."""
    lines: list[str] = []
    before: Part = ()
    for part, text in parts.items():
        lines += _spaced(before, part, text)
        before = part
    return "\n".join(lines) + "\n"


def rewritten(
    source: str,
    places: Mapping[Part, Span],
    parts: tuple[Parts | None, Parts],
    is_right: Callable[[str], bool],
    plain: Callable[[], str],
) -> str:
    """`source` changed from the first of `parts` to the second, with every line that need not change kept.

    A part that is changed, added or taken out touches its own lines. When that is not enough, because something
    changes its place, or `source` says no parts, or `is_right` rejects the outcome, it is written anew: `plain`.
    """
    old, new = parts
    if old is not None:
        try:
            patched = _patch(source, places, old, new)
        except _CannotPatch:
            pass
        else:
            if is_right(patched):
                return patched
    bom = BOM if source.startswith(BOM) else ""
    return bom + plain().replace("\n", _line_end(source))


def _spaced(before: Part, part: Part, text: str) -> list[str]:
    """The lines of a part, with the empty line that belongs above it."""
    blank = part[0] in _STANDS_ALONE or (part[0] in _ITEMS and before[0] not in _ITEMS)
    return [""] * blank + text.split("\n")


def _patch(source: str, places: Mapping[Part, Span], old: Parts, new: Parts) -> str:
    """The source with the parts replaced, taken out and put in that differ between `old` and `new`."""
    lines: list[str] = _LINE.findall(source)
    end = _line_end(source)
    replaced: dict[int, tuple[int, list[str]]] = {}
    added: dict[int, list[str]] = {}
    for part in old.keys() | new.keys():
        if old.get(part) == new.get(part) or (part not in places and (part == ("title",) or part not in old)):
            continue
        if part not in places:
            raise _CannotPatch
        first, last = places[part]
        replaced[first] = (last, _instead(lines[first - 1], part, new[part]) if part in new else [])
    before: Part = ()
    anchor = 0
    for part, text in new.items():
        if part in places:
            anchor = places[part][1]
        elif part not in old:
            added.setdefault(anchor, []).extend(_spaced(before, part, text))
        before = part
    if len(lines) in added and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += end
    written: list[str] = []
    number = 0
    while number < len(lines):
        number += 1
        if number in replaced:
            number, instead = replaced[number]
            written += [line + end for line in instead]
        else:
            written.append(lines[number - 1])
        written += [line + end for line in added.get(number, ())]
    return "".join(written)


def _instead(line: str, part: Part, text: str) -> list[str]:
    """The lines of a part that is changed; a list item keeps the indentation and marker that `line` has."""
    if part[0] not in _ITEMS:
        return text.split("\n")
    return [_MARKER.sub(lambda _: _MARKER.findall(line)[0], text, count=1)]


def _line_end(source: str) -> str:
    return "\r\n" if "\r\n" in source else "\n"
