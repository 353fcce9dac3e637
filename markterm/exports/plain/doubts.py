"""What a person should look at in a document that was taken in, in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markterm.domain.texts.printed_lines import Doubt, Line
from markterm.exports.plain.values import Json


def doubts_as_json(doubts: Iterable[Doubt], where: Callable[[int], str]) -> list[Json]:
    """Each doubt with its line and its place, None for the whole document; `where` tells where a line stands."""
    return [{"line": each.line or None, "place": where(each.line) or None, "message": each.message} for each in doubts]


def left_out_as_json(lines: Iterable[Line], where: Callable[[int], str]) -> list[Json]:
    """Each line that belongs to nothing that was read, with its place."""
    return [{"line": each.number, "place": where(each.number), "text": each.text} for each in lines]
