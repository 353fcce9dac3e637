"""`[register.columns]` of `centre.toml`: the headings that registers of this centre have for what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markterm.domain.register.headings import Fact
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_table import Table, as_list, quoted
from markterm.sheets.changed_table import Values, with_changed_table

_NAME = "register"
_HEADER = re.compile(rf"[ \t]*\[[ \t]*{_NAME}[ \t]*\.[ \t]*columns[ \t]*\][ \t]*(?:#.*)?")
_FACTS = tuple(each.value for each in Fact)


def read_register_columns(values: dict[str, object], path: Path, text: str) -> Mapping[str, tuple[str, ...]]:
    """The headings by fact, as that table of the file `path`, whose text is `text`, says. Raises `Unreadable`, with the
    line."""
    top = Table(values, ("columns",), _NAME, 0, path, text)
    if "columns" not in values:
        return {}
    columns = Table(top.table("columns"), _FACTS, f"{_NAME}.columns", 0, path, text)
    return {key: _headings(columns, key) for key in columns.values}


def _headings(columns: Table, key: str) -> tuple[str, ...]:
    if not isinstance(columns.values[key], list):
        return (columns.needed_text(key),)
    found = tuple(columns.texts(key))
    if not found:
        raise columns.refusal(key, f"`{key}` has no heading", f'Write {key} = "…", or leave it out.')
    return found


def register_lines(columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The table as it is written, and where it says nothing how it would be."""
    sign = "" if columns else "# "
    if not columns:
        yield "# The headings of your registers, where they are not understood by themselves."
    yield f"{sign}[{_NAME}.columns]"
    yield from (f"{sign}{_line(key, said)}" for key, said in (columns or {"name": ("Pupil",)}).items())


def _line(fact: str, headings: Sequence[str]) -> str:
    return f"{fact} = {quoted(headings[0]) if len(headings) == 1 else as_list(headings)}"


def with_register_columns(path: Path, columns: Mapping[str, Sequence[str]]) -> bytes:
    """The bytes of the file `path` with all headings of these facts being these, and nothing else of it changed. Raises
    `Unreadable` when they stand where only a person can change them, and OSError."""
    kept = [_line(fact, headings) for fact, headings in columns.items()]

    def change(text: str, end: str) -> str:
        lines = text.split(end)
        at = next((place for place, line in enumerate(lines) if _HEADER.fullmatch(line)), None)
        if at is None:
            return end.join((text.rstrip(end), "", f"[{_NAME}.columns]", *kept, ""))
        ends = next((place for place in range(at + 1, len(lines)) if lines[place].lstrip().startswith("[")), len(lines))
        others = [line for line in lines[at + 1 : ends] if line.partition("=")[0].strip() not in columns]
        return end.join((*lines[: at + 1], *kept, *others, *lines[ends:]))

    def wanted(was: Values) -> Values:
        said = {fact: headings[0] if len(headings) == 1 else list(headings) for fact, headings in columns.items()}
        table = was.get(_NAME, {})
        return {**was, _NAME: {**table, "columns": {**table.get("columns", {}), **said}}}

    refusal = Unreadable(
        "The headings cannot be kept here",
        f"{path.name} says in a way that only a person can change which columns registers have.",
        f"Write them there yourself, under [{_NAME}.columns]: {', '.join(kept)}.",
        file=path,
    )
    return with_changed_table(path, change, wanted, refusal)
