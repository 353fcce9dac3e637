"""`markterm standard`: published standards, taken in, looked at, and mapped to units."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("import", "export", "show", "map", "carry")
"""Each is the `command` of the module of its name in `cli/standards`, imported when it is asked for."""


@click.group(
    "standard",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.standards",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Take in, look at and hand on published standards.

    A National Occupational Standard says what somebody who does the work should
    be able to do and to know; the framework of an apprenticeship says it as
    knowledge, skills and behaviours. A standard is no qualification: units are
    mapped to it.

    \b
    Examples:
      markterm standard import suite.pdf --dry-run
      markterm standard export MTC --form case
      markterm standard show MTC01
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"standard": list(ACTS)})
        else:
            click.echo(ctx.get_help())
