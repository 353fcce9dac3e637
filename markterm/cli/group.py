"""`markterm` itself: finds the command, and tells of every failure in words and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from markterm import __version__
from markterm.cli.failure import tell, tell_fault, tell_misuse
from markterm.cli.first_words import first_words
from markterm.cli.session import Session, global_options
from markterm.domain.words.errors import MarkTermError

COMMANDS = (
    "open",
    "demo",
    "init",
    "check",
    "status",
    "show",
    "evidence",
    "read",
    "find",
    "references",
    "across",
    "next",
    "differences",
    "submit",
    "attempts",
    "cite",
    "mark",
    "bank",
    "pass-task",
    "withdraw",
    "settle",
    "carry",
    "countersign",
    "close",
    "reopen",
    "feedback",
    "release",
    "plan",
    "why",
    "sample",
    "verify",
    "action",
    "case",
    "interest",
    "declare",
    "rename",
    "log",
    "recent",
    "audit",
    "sheet",
    "matrix",
    "integrate",
    "progress",
    "brief",
    "assessor-observation",
    "rate",
    "standardise",
    "report",
    "members",
    "keys",
)
"""Each is the `command` of the module of its name (`pass_task` of `pass-task`), imported when it is asked for."""

_INTERRUPTED = 130
_NAME_CELLS = 11
"""The width of the column of names in the help; a longer name has its words in the line below it."""

_EPILOG = """\b
Examples:
  markterm demo                     make a centre to try, and open it
  markterm status waiting:assessor  who waits for an assessor
  markterm mark JON2041 501 1.3 pass --as asha

\b
Exit codes: 0 done, 1 findings, 2 wrong use, 3 refused by a rule,
4 damaged or unreadable data.

\b
Completion of commands, learners, units and criteria with the tab key:
  bash: eval "$(_MARKTERM_COMPLETE=bash_source markterm)" in ~/.bashrc
  zsh:  eval "$(_MARKTERM_COMPLETE=zsh_source markterm)" in ~/.zshrc
  fish: _MARKTERM_COMPLETE=fish_source markterm | source
        in ~/.config/fish/completions/markterm.fish
"""


def _module_of(name: str) -> str:
    return f"markterm.cli.{name.replace('-', '_')}"


def _told(name: str) -> click.Command:
    """What only tells of the command of that name, which is not imported for it."""
    return click.Command(name, help=first_words(_module_of(name), "command"))


class CommandGroup(click.Group):
    """The commands by name, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        """Their names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click calls it so
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(_module_of(cmd_name)).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list of the commands, as click writes it; none is imported for it."""
        limit = formatter.width - 6 - _NAME_CELLS
        rows = [(name, _told(name).get_short_help_str(limit)) for name in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl(rows, _NAME_CELLS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """As click does it: the commands that begin so, and options; none is imported for its name."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        offered = [CompletionItem(name, help=_told(name).get_short_help_str()) for name in names]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the names that a mistyped one may have meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it; a reader who has seen enough (`| head`) is no failure."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, and end the process with the exit code. What a command returns is its exit code; None is 0."""
        sys.exit(self._exit_code(*args, **extra))

    def _exit_code(self, *args: Any, **extra: Any) -> int:
        # Windows: click would take a * in a note for the names of files.
        extra.update(standalone_mode=False, windows_expand_args=False)
        given = args[0] if args else extra.get("args")
        as_json = "--json" in (sys.argv[1:] if given is None else given)
        try:
            code = super().main(*args, **extra)
        except click.exceptions.Abort:
            return _INTERRUPTED
        except click.ClickException as error:
            return tell_misuse(error, as_json=as_json)
        except MarkTermError as error:
            return tell(error, as_json=as_json)
        except Exception as error:
            if os.environ.get("MARKTERM_DEBUG"):
                raise
            return tell_fault(error, as_json=as_json)
        return code if isinstance(code, int) else 0


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    params=global_options(with_environment=True),
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="markterm", message="%(prog)s %(version)s")
@click.pass_context
def markterm(ctx: click.Context) -> None:
    """Mark portfolios of vocational evidence: every criterion pass or refer, durable at once.

    Alone, in a centre's folder, it opens the screen. LEARNER is a registration, or words that only one learner has;
    UNIT is a code or its end, such as 501.
    """
    if ctx.invoked_subcommand is not None:
        return
    from markterm.cli.open import show_screen

    show_screen(ctx.ensure_object(Session).centre())
