"""A filter of a list by words and fields: `unit:501 -assessor:asha jones`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from markterm.domain.words.letters import parts_of_filter

Line = TypeVar("Line")

Fields = Mapping[str, Callable[[Line, str], bool]]
"""What a field asks of a line: whether its value, as `plain` gives it, holds of the line."""


def filter_list(lines: Iterable[Line], text: str, fields: Fields[Line], words: Callable[[Line], str]) -> list[Line]:
    """The lines that every part of the filter lets through: a word looked for in the `words` of a line, or
    `field:value`; a `-` before a part turns it round. A field without its value yet lets everything through, and one
    that is not known is a word like any other."""
    left = list(lines)
    for part in parts_of_filter(text):
        turned = part.startswith("-") and len(part) > 1
        bare = part[1:] if turned else part
        field, colon, value = bare.partition(":")
        if not (colon and field in fields):
            left = [each for each in left if (bare in words(each)) is not turned]
        elif value:
            holds = fields[field]
            left = [each for each in left if holds(each, value) is not turned]
    return left
