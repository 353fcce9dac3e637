"""`markterm badge`: Open Badges for the centre's own courses."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say_json
from markterm.cli.session import Session, global_options

ACTS = ("agree", "issue", "list", "revoke", "verify")
"""Each is the `command` of the module of its name in `cli/badges`, imported when it is asked for."""


@click.group(
    "badge",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.badges",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Badges for courses of the centre's own.

    An Open Badges 3.0 credential for a unit whose sheet says `regulated: no`:
    of any other the credential is the awarding organisation's. The learner's
    agreement is recorded first; the unit is closed, passed, and nothing is in
    the way of it that would be in the way of a claim. It is signed with the
    coordinator's key (markterm signing-key), and anybody can check it without
    asking anybody. When the unit does not stand any more, the badge is to be
    revoked: whatever tells of the unit says so.

    \b
    Examples:
      markterm badge agree JON2041 OWN-1 --said-by "Rosalind Jones" --how e-mail
      markterm badge issue JON2041 OWN-1
      markterm badge verify badge.json
    """
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"badge": list(ACTS)})
        else:
            click.echo(ctx.get_help())
