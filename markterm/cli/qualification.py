"""`markterm qualification`: the specifications of awarding organisations, taken in as sheets."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("import",)
"""Each is the `command` of the module of its name in `cli/qualifications`, imported when it is asked for."""


@click.group(
    "qualification",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.qualifications",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Take in the specification of qualifications.

    \b
    Examples:
      markterm qualification import specification.docx --dry-run
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"qualification": list(ACTS)})
        else:
            click.echo(ctx.get_help())
