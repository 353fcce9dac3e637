"""`markterm` itself: finds the command, and tells of every failure in words and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import click

from markterm import __version__
from markterm.cli.by_name import ByName
from markterm.cli.failure import tell, tell_fault, tell_misuse
from markterm.cli.session import Session, global_options
from markterm.domain.words.errors import MarkTermError

COMMANDS = (
    "open",
    "demo",
    "init",
    "check",
    "status",
    "filters",
    "show",
    "evidence",
    "read",
    "find",
    "references",
    "across",
    "next",
    "differences",
    "alike",
    "receive",
    "submit",
    "attempts",
    "cite",
    "observe",
    "testimony",
    "method",
    "mark",
    "bank",
    "pass-task",
    "comment",
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
    "learner",
    "register",
    "due",
    "rename",
    "log",
    "recent",
    "yours",
    "audit",
    "signing-key",
    "sheet",
    "matrix",
    "integrate",
    "progress",
    "portfolio-index",
    "claim",
    "badge",
    "visit",
    "visit-list",
    "brief",
    "assessor-observation",
    "rate",
    "standardise",
    "report",
    "export",
    "import-record",
    "backup",
    "retention",
    "form",
    "standard",
    "coverage",
    "qualification",
    "unit",
    "profile",
    "skills",
    "gap",
    "cpd",
    "serve",
    "password",
    "members",
    "store",
    "keys",
)
"""In the order of the work."""

_INTERRUPTED = 130
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


_CALLED_BEFORE = {"why": "reason"}
"""Options as earlier versions called them, which are taken as they are called now."""


class CommandGroup(ByName):
    """The commands of `markterm`."""

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
    names=COMMANDS,
    package="markterm.cli",
    invoke_without_command=True,
    params=global_options(with_environment=True),
    epilog=_EPILOG,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
        "token_normalize_func": lambda name: _CALLED_BEFORE.get(name, name),
    },
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

    show_screen(ctx.ensure_object(Session).centre(asks_who=True))
