"""Tables as one page for a browser, whose heads stay in sight and are repeated on paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from markterm.domain.words.foreign_text import one_line
from markterm.exports.html.frame import page
from markterm.exports.table.model import Cell, Sign, Table, Tables, in_words

_STYLE = Path(__file__).with_name("tables.css")


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
    for table in tables.tables:
        yield f"<h2>{_text(table.title)}</h2>"
        yield from (f'<p class="notes">{_text(note)}</p>' for note in table.notes)
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    who = [' class="who"' if place == 0 < table.frozen else "" for place in range(len(table.columns))]
    heads = "".join(
        f'<th scope="col"{own}>{_text(column.title)}</th>' for own, column in zip(who, table.columns, strict=True)
    )
    yield f'<div class="tables"><table><thead><tr>{heads}</tr></thead><tbody>'
    empty = True
    for row in table.rows():
        empty = False
        yield f"<tr>{''.join(_cell(cell, own) for cell, own in zip(row, who, strict=True))}</tr>"
    yield "</tbody></table></div>"
    if empty:
        yield '<p class="none">Nothing.</p>'


def _cell(cell: Cell, who: str) -> str:
    if isinstance(cell, Sign):
        word = escape(in_words(cell), quote=True)
        return f'<td class="sign {cell.tone.value}" title="{word}">{escape(cell.letter)}</td>'
    if isinstance(cell, str):
        return f'<td dir="auto"{who}>{escape(in_words(cell))}</td>'
    if isinstance(cell, int):
        return f'<td class="number">{cell}</td>'
    return f"<td>{in_words(cell)}</td>"


def _text(text: str) -> str:
    return escape(one_line(text))
