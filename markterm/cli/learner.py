"""`markterm learner`: who comes, who leaves, and what a learner sees of their own."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("add", "left", "transferred", "back", "page", "link")
"""Each is the `command` of the module of its name in `cli/learners`, imported when it is asked for."""


@click.group(
    "learner",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.learners",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Register a learner; record who left; show a learner's page.

    Who left is asked for by state:left, and is in no queue until they come back. Nothing of theirs goes.

    \b
    Examples:
      markterm learner add "Rosalind Jones" --registration JON2042 --qualification 8580-CERT
      markterm learner left JON2041 --on 2026-03-02 --reason "Moved away." --as carol
      markterm status state:left
      markterm learner link JON2041 --days 14 --as asha
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"learner": list(ACTS)})
        else:
            click.echo(ctx.get_help())
