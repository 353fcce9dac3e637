"""The reference of commands and of keys, written from the code: `python -m tests.reference` writes `docs/` anew."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from markterm.cli.group import COMMANDS, markterm
from markterm.tui.command import Command, WithCommands
from markterm.tui.key_list import KeyLine, every_key
from markterm.tui.keys_together import TOGETHER

DOCS = Path(__file__).parents[1] / "docs"
_WRITTEN = "Written by `python -m tests.reference`; do not edit it here."
_GLOBAL = {param.name for param in markterm.params} | {"help", "as_json"}
"""Options that every command has: told once, at the head of the page."""
_VERBATIM = "\b"


def commands() -> str:
    """The page of the commands: what each does, its arguments, its options and its examples."""
    context = click.Context(markterm, info_name="markterm")
    parts = ["# Commands", _WRITTEN, *_text(markterm.help)]
    parts += ["Every command has these options:", _table(_shared(context))]
    for name in COMMANDS:
        parts += _of(markterm, name, context, "##")
    return "\n\n".join(parts) + "\n"


def _of(group: click.Group, name: str, context: click.Context, heading: str) -> Iterator[str]:
    """What is said of a command, and then of each of those that it is a group of."""
    command = group.get_command(context, name)
    assert command is not None
    own = click.Context(command, info_name=name, parent=context)
    usage = " ".join([own.command_path, *command.collect_usage_pieces(own)])
    yield from (f"{heading} {own.command_path}", f"`{usage}`", *_text(command.help))
    if rows := [_row(param, own) for param in command.params if _is_its_own(param)]:
        yield _table(rows)
    if isinstance(command, click.Group):
        for each in command.list_commands(own):
            yield from _of(command, each, own, f"{heading}#")


def keys() -> str:
    """The page of the keys: each with what it does, and its name for `keys.toml`."""
    parts = ["# Keys", _WRITTEN]
    parts.append(
        'A key is changed in `keys.toml` by its name, for example `"mark.pass" = "y"`; `markterm keys` lists the '
        "keys as they are for you, says where that file lies, and checks it."
    )
    for area, lines in groupby(every_key(), key=lambda line: line.area):
        rows = [_key_row(line) for line in lines]
        parts += [f"## {area}", "\n".join(["| key | does | name |", "|---|---|---|", *rows])]
    rows = [f"| {_cell(command.label)} | {_cell(command.words)} |" for command in commands_without_key()]
    parts += ["## By their names, with `ctrl+p`", "\n".join(["| command | does |", "|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


PAGES = {"commands.md": commands, "keys.md": keys}


def commands_without_key() -> list[type[Command[Any]]]:
    """The commands that only the palette has, screen by screen."""
    names = dict.fromkeys(name for names in TOGETHER for name in names)
    classes = [getattr(import_module(module), name) for module, _, name in (each.partition(":") for each in names)]
    found = [command for each in classes if issubclass(each, WithCommands) for command in each.DOES if not command.key]
    return list(dict.fromkeys(found))


def _key_row(line: KeyLine) -> str:
    written = " ".join(f"`{_cell(key)}`" for key in line.keys)
    return f"| {written} | {_cell(line.words)} | `{line.id}` |"


def _shared(context: click.Context) -> list[tuple[str, str]]:
    """The options that every command has, as its first command tells them."""
    first = markterm.get_command(context, "status")
    assert first is not None
    own = click.Context(first, info_name="status", parent=context)
    return [_row(param, own) for param in first.params if param.name in _GLOBAL and isinstance(param, click.Option)]


def _is_its_own(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and param.name not in _GLOBAL and not param.hidden


def _row(param: click.Parameter, context: click.Context) -> tuple[str, str]:
    """An option as one writes it, and what it does."""
    assert isinstance(param, click.Option)
    value = "" if param.is_flag or param.count else f" {param.make_metavar(context)}"
    written = ", ".join(param.opts) + value
    if param.secondary_opts:
        written += f" / {', '.join(param.secondary_opts)}"
    return written, " ".join((param.help or "").split())


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| option | |", "|---|---|", *(f"| `{_cell(name)}` | {_cell(words)} |" for name, words in rows)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _text(words: str | None) -> list[str]:
    """The paragraphs of a help text; what stands in lines of its own (`\\b`) stays so."""
    parts = []
    for paragraph in inspect.cleandoc(words or "").split("\n\n"):
        if paragraph.startswith(_VERBATIM):
            lines = paragraph.removeprefix(_VERBATIM).strip("\n")
            parts.append(f"```text\n{lines}\n```")
        else:
            parts.append(" ".join(paragraph.split()))
    return parts


def main() -> None:
    """Write both pages."""
    DOCS.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
