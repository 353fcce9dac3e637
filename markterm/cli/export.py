"""`markterm export`: what leaves the centre, a command for each thing."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

EXPORTS = ("sheet", "form")
"""Each is the `command` of the module of its name in `cli/exports`, imported when it is asked for."""


@click.group(
    "export",
    cls=ByName,
    names=EXPORTS,
    package="markterm.cli.exports",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Write what leaves the centre.

    Sheets, feedback, tables, records. Each is written beside its place and
    then renamed, so that it is complete or absent; what is there already is
    left unless --force says that it may go. Each carries the heads of the
    records that it was made from: markterm audit --against shows later that
    they still hold all of it.

    \b
    Examples:
      markterm export sheet JON2041 500
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"exports": list(EXPORTS)})
        else:
            click.echo(ctx.get_help())
