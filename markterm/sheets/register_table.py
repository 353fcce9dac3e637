"""`[register.columns]` of `centre.toml`: the headings that registers of this centre have for what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from markterm.domain.register.headings import Fact
from markterm.sheets.centre_table import Table, quoted

_NAME = "register"
_FACTS = tuple(each.value for each in Fact)


def read_register_columns(values: dict[str, object], path: Path, text: str) -> Mapping[str, str]:
    """The heading by fact, as that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the
    line."""
    top = Table(values, ("columns",), _NAME, 0, path, text)
    if "columns" not in values:
        return {}
    columns = Table(top.table("columns"), _FACTS, f"{_NAME}.columns", 0, path, text)
    return {key: columns.needed_text(key).strip() for key in columns.values}


def register_lines(columns: Mapping[str, str]) -> Iterator[str]:
    """The table as it is written, and where it says nothing how it would be."""
    sign = "" if columns else "# "
    if not columns:
        yield "# The headings of your registers, where they are not understood by themselves."
    yield f"{sign}[{_NAME}.columns]"
    yield from (f"{sign}{key} = {quoted(said)}" for key, said in (columns or {"name": "Pupil"}).items())
