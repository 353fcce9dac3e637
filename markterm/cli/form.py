"""`markterm form`: the awarding organisation's own forms, before they are filled."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

FORMS = ("check",)
"""Each is the `command` of the module of its name in `cli/forms`, imported when it is asked for."""


@click.group(
    "form",
    cls=ByName,
    names=FORMS,
    package="markterm.cli.forms",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Look at a form of the awarding organisation.

    A form is a Word document of a unit that the centre has. It is filled in by
    markterm export form.

    \b
    Examples:
      markterm form check 8580-500.docx 500
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"form": list(FORMS)})
        else:
            click.echo(ctx.get_help())
