"""`markterm unit`: mark sheets of units, from the papers of awarding organisations or typed in."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("import", "new")
"""Each is the `command` of the module of its name in `cli/units`, imported when it is asked for."""


@click.group(
    "unit",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.units",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Make the mark sheet of a unit.

    \b
    Examples:
      markterm unit import mark-sheet.docx --dry-run
      markterm unit new TEA-101
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"unit": list(ACTS)})
        else:
            click.echo(ctx.get_help())
