"""A file of comma-separated values, cell by cell with where each stands: some are changed, and no other byte is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_NEEDS_QUOTES = frozenset(' \t\r\n"\\,;')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it says, and where it stands in the text, its quotes among it."""

    value: str
    start: int
    end: int


def rows_of(text: str, separator: str, *, escapes: bool) -> list[list[Cell]]:
    """The rows of a file. With `escapes` a quote behind a backslash ends no cell, as PHP reads and writes it."""
    rows, row, at = list[list[Cell]](), list[Cell](), 0
    while at < len(text):
        cell = _quoted(text, at, separator, escapes=escapes) if text[at] == '"' else _bare(text, at, separator)
        row.append(cell)
        at = cell.end
        if at < len(text) and text[at] == separator:
            at += 1
            if at == len(text) or text[at] in "\r\n":
                row.append(Cell("", at, at))
            else:
                continue
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return [each for each in rows if len(each) > 1 or each[0].value]


def changed(text: str, separator: str, values: Mapping[Cell, str]) -> str:
    """The text with other values in these cells, and all else as it was."""
    pieces, at = [], 0
    for cell in sorted(values, key=lambda each: each.start):
        pieces += [text[at : cell.start], _written(values[cell], separator)]
        at = cell.end
    return "".join((*pieces, text[at:]))


def _bare(text: str, at: int, separator: str) -> Cell:
    end = at
    while end < len(text) and text[end] != separator and text[end] not in "\r\n":
        end += 1
    return Cell(text[at:end], at, end)


def _quoted(text: str, at: int, separator: str, *, escapes: bool) -> Cell:
    value, end = [], at + 1
    while end < len(text):
        if escapes and text[end] == "\\" and text.startswith('"', end + 1):
            value.append('\\"')
            end += 2
        elif text[end] != '"':
            value.append(text[end])
            end += 1
        elif text.startswith('""', end):
            value.append('"')
            end += 2
        else:
            end += 1
            break
    rest = _bare(text, end, separator)  # What stands behind the quotes belongs to the cell.
    return Cell("".join(value) + rest.value, at, rest.end)


def _written(value: str, separator: str) -> str:
    if not (_NEEDS_QUOTES | {separator}).isdisjoint(value):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return value
