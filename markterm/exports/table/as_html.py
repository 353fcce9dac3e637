"""Tables as one page for a browser, whose heads stay in sight and are repeated on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.exports.html.frame import page
from markterm.exports.table.model import Cell, Column, Sign, Table, Tables, in_words, on_a_page

_STYLE = Path(__file__).with_name("tables.css")
_TEXTS, _SENTENCES = 21, 40
"""From which widths on a column is of texts, and of sentences."""
_WHOLE = 18
"""Up to so many letters a text of another column stays on one line."""


def write_html(tables: Tables, path: Path, *, anchor: str = "") -> None:
    """Write the tables to `path`, row by row, with `anchor` among the page's properties. Nothing in it runs, or is
    fetched from elsewhere."""
    lines = page(
        tables.title,
        _body(tables),
        about=tables.about,
        caveats=tables.caveats,
        anchor=anchor,
        style=_STYLE.read_text("utf-8"),
        landscape=True,
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _body(tables: Tables) -> Iterator[str]:
    facts = (f'<div><dt>{_text(name)}</dt><dd dir="auto">{_text(text)}</dd></div>' for name, text in tables.facts)
    yield f'<dl class="facts">{"".join(facts)}</dl>'
    for table in map(on_a_page, tables.tables):
        yield f"<h2>{_text(table.title)}</h2>"
        yield from (f'<p class="notes">{_text(note)}</p>' for note in table.notes)
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    places = ["who" if place == 0 < table.frozen else _room(column) for place, column in enumerate(table.columns)]
    heads = "".join(
        f'<th scope="col"{_classed(own)}>{_text(column.title)}</th>'
        for own, column in zip(places, table.columns, strict=True)
    )
    yield f'<div class="tables"><table><thead><tr>{heads}</tr></thead><tbody>'
    empty = True
    for row in table.rows():
        empty = False
        yield f"<tr>{''.join(_cell(cell, own) for cell, own in zip(row, places, strict=True))}</tr>"
    yield "</tbody></table></div>"
    if empty:
        yield '<p class="none">Nothing.</p>'


def _room(column: Column) -> str:
    """How much room the texts of a column need: columns of sentences keep some beside many others."""
    if column.width >= _SENTENCES:
        return "more"
    return "room" if column.width >= _TEXTS else ""


def _cell(cell: Cell, own: str) -> str:
    if isinstance(cell, Sign):
        word = escape(in_words(cell), quote=True)
        return f'<td class="sign {cell.tone.value}" title="{word}">{escape(cell.letter)}</td>'
    if isinstance(cell, str):
        text = in_words(cell)
        # A code or a name in few letters is not broken at its hyphen, nor is a day.
        whole = "short" if not own and len(text) <= _WHOLE and "\n" not in text else own
        return f'<td dir="auto"{_classed(whole)}>{escape(text)}</td>'
    if isinstance(cell, int):
        return f'<td class="number">{cell}</td>'
    if isinstance(cell, date):
        return f'<td class="short day">{in_words(cell)}</td>'
    return f"<td>{in_words(cell)}</td>"


def _classed(own: str) -> str:
    return f' class="{own}"' if own else ""


def _text(text: str) -> str:
    return escape(one_line(text))
