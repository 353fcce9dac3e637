"""A group of commands, each found by its name and imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click
from click.shell_completion import CompletionItem

from markterm.cli.first_words import first_words

_NAME_CELLS = 11
"""The width of the column of names in the help; a longer name has its words in the line below it."""


class ByName(click.Group):
    """The commands of these `names`, in the order of the work: each is the `command` of the module of its name
    (`pass_task` of `pass-task`) in `package`. A first word that is none of them begins what the command `otherwise` is
    given, where there is one: `skills JON2041` is `skills show JON2041`."""

    def __init__(self, *args: Any, names: Sequence[str], package: str, otherwise: str = "", **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._names = tuple(names)
        self._package = package
        self._otherwise = otherwise

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Their names, in the order of the work."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click calls it so
        """The command of that name, or None."""
        if cmd_name not in self._names:
            return None
        command: click.Command = import_module(self._module_of(cmd_name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of the commands, as click writes it; none is imported for it."""
        limit = formatter.width - 6 - _NAME_CELLS
        rows = [(name, self._told(name).get_short_help_str(limit)) for name in self._names]
        with formatter.section("Commands"):
            formatter.write_dl(rows, _NAME_CELLS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As click does it: the commands that begin so, and options; none is imported for its name."""
        names = [name for name in self._names if name.startswith(incomplete)]
        offered = [CompletionItem(name, help=self._told(name).get_short_help_str()) for name in names]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the names that a mistyped one may have meant."""
        if self._otherwise and args[0] not in self._names and not args[0].startswith("-"):
            return self._otherwise, self.get_command(ctx, self._otherwise), args
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(args[0], possibilities=self._names, ctx=ctx) from error

    def _module_of(self, name: str) -> str:
        # `import` is a word of Python's own: its module is `import_`.
        return f"{self._package}.{name.replace('-', '_')}{'_' * iskeyword(name)}"

    def _told(self, name: str) -> click.Command:
        """What only tells of the command of that name, which is not imported for it."""
        return click.Command(name, help=first_words(self._module_of(name), "command"))
