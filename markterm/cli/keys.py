"""`markterm keys`: every key of the screens, and whether the user's own are in order."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.foreign_text import one_line
from markterm.own.places import Places

if TYPE_CHECKING:
    from markterm.tui.key_list import KeyFinding, KeyLine

_FOUND = 1


@click.command("keys", cls=Command)
@pass_session
def command(session: Session) -> int:
    """List the keys of the screens, and check your own.

    Your own keys are in keys.toml, by the names in the first column: "mark.pass" = "y", or several as a list:
    "mark.pass" = ["y", "f5"]. Ends with 1 when something in that file is not taken.

    \b
    Examples:
      markterm keys
      markterm keys --json
    """
    # The names and keys of commands stand with the screens: this alone of what prints loads them.
    from markterm.tui.key_list import every_key, users_keys
    from markterm.tui.settings import KEYS_FILE

    file = Places.of_user().settings / KEYS_FILE
    keymap, findings = users_keys(file.parent)
    lines, ours = every_key(keymap), {line.id: line.keys for line in every_key()}
    changed = {line.id for line in lines if line.keys != ours[line.id]}
    if session.as_json:
        say_json(
            {
                "file": str(file),
                "keys": [_as_json(line, changed=line.id in changed) for line in lines],
                "findings": [{"message": one_line(each.message), "line": each.line} for each in findings],
            }
        )
    else:
        for row in _rows(lines, changed):
            say(row)
    _tell(file, findings)
    return _FOUND if findings else 0


def _rows(lines: tuple[KeyLine, ...], changed: set[str]) -> list[str]:
    """The lists of all areas in columns that stand under each other."""
    cells = iter(columns([(line.id, " ".join(line.keys), _words(line, changed)) for line in lines]))
    rows: list[str] = []
    for area, of in groupby(lines, key=lambda line: line.area):
        rows += [f"\n{area}" if rows else area, *(f"  {next(cells)}" for _ in of)]
    return rows


def _words(line: KeyLine, changed: set[str]) -> str:
    return f"{line.words} (your own key)" if line.id in changed else line.words


def _as_json(line: KeyLine, *, changed: bool) -> dict[str, object]:
    return {"area": line.area, "id": line.id, "keys": list(line.keys), "words": line.words, "changed": changed}


def _tell(file: Path, findings: tuple[KeyFinding, ...]) -> None:
    """Say on stderr where the file lies, and what is wrong in it."""
    there = "lie in" if file.exists() else "would lie in"
    click.echo(f"Your own keys {there} {one_line(str(file))}.", err=True)
    for each in findings:
        where = f"{file.name}:{each.line}: " if each.line is not None else ""
        click.echo(one_line(f"{where}{each.message}"), err=True)
