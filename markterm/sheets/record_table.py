"""`[record]` of `centre.toml`: where the records are kept, when not in the centre's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markterm.domain.words.database_address import wrong_with
from markterm.domain.words.errors import Unreadable
from markterm.sheets.centre_table import Table, quoted
from markterm.sheets.changed_table import Values, with_changed_table

_NAME = "record"
_KEY = "store"


def read_record_store(values: dict[str, object], path: Path, text: str) -> str:
    """The address in that table of the file `path`, whose text is `text`. Raises `Unreadable`, with the line."""
    table = Table(values, (_KEY,), _NAME, 0, path, text)
    address = table.needed_text(_KEY)
    if (wrong := wrong_with(address)) is not None:
        what, next_step = wrong
        raise table.refusal(_KEY, f"`{_KEY}` in [{_NAME}] {what}", next_step)
    return address


def record_store_lines(address: str) -> Iterator[str]:
    """The table as it is written, and without an address how it would be."""
    if not address:
        yield "# The PostgreSQL database that keeps the records, when their folder does not. Its password comes from"
        yield "# the environment (PGPASSWORD), a password file or a service file, and never stands here."
        yield f"# [{_NAME}]"
        yield f'# {_KEY} = "postgresql://markterm@localhost/markterm"'
        return
    yield f"[{_NAME}]"
    yield f"{_KEY} = {quoted(address)}"


def without_record_store(text: str) -> str:
    """The text of `centre.toml` with that table in comments, where it stands as a table of its own."""
    lines, is_in_it = [], False
    for line in text.splitlines(keepends=True):
        begins = line.strip()
        if begins.startswith("["):
            is_in_it = begins.partition("#")[0].strip() == f"[{_NAME}]"
        lines.append(f"# {line}" if is_in_it and begins and not begins.startswith("#") else line)
    return "".join(lines)


def with_record_store(path: Path, address: str) -> bytes:
    """The bytes of the file `path` with that address in the table, or without the table where there is none, and
    nothing else of it changed. Raises `Unreadable` when it stands where only a person can change it, and OSError."""

    def change(text: str, end: str) -> str:
        changed = without_record_store(text)
        return end.join((changed.rstrip(), "", *record_store_lines(address), "")) if address else changed

    def wanted(was: Values) -> Values:
        others = {name: value for name, value in was.items() if name != _NAME}
        return {**others, _NAME: {_KEY: address}} if address else others

    refusal = Unreadable(
        "Where the records are cannot be written here",
        f"{path.name} says it in a way that only a person can change.",
        f"Write {_KEY} = {quoted(address)} there yourself, under [{_NAME}]."
        if address
        else f"Take `{_KEY}` and [{_NAME}] out yourself: the folder has the records then.",
        file=path,
    )
    return with_changed_table(path, change, wanted, refusal)
