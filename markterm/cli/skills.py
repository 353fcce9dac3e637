"""`markterm skills`: what people say of themselves, statement by statement."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("show", "rate", "form", "take")
"""Each is the `command` of the module of its name in `cli/self_ratings`, imported when it is asked for."""


@click.group(
    "skills",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.self_ratings",
    otherwise="show",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Record and show how people rate themselves.

    A learner or a member of staff says of each statement how far they are, in a
    word of the centre's scale ([skills] of centre.toml) and with an example. A
    member records it, with who said it, how and on which day; again and again.
    It is no decision: it stands beside those of assessors, and counts as none.

    \b
    Examples:
      markterm skills JON2041 MTC02
      markterm skills rate JON2041 "MTC02 P1" alone --how "in talk" --as asha
      markterm skills form JON2041 MTC02 -o form.csv
      markterm skills take JON2041 form.csv --how "by e-mail" --as asha
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"skills": list(ACTS)})
        else:
            click.echo(ctx.get_help())
