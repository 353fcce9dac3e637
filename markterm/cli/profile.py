"""`markterm profile`: role profiles, what somebody in a role needs of the published standards."""

from __future__ import annotations

import click

from markterm.cli.by_name import ByName
from markterm.cli.session import Session, global_options

ACTS = ("show", "keep", "end")
"""Each is the `command` of the module of its name in `cli/profiles`, imported when it is asked for."""


@click.group(
    "profile",
    cls=ByName,
    names=ACTS,
    package="markterm.cli.profiles",
    otherwise="show",
    params=global_options(),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, keep and end role profiles.

    No job needs all of a suite. A profile is the functions, standards and
    statements that somebody in a role needs, each standard in the version that
    it was kept with: a new version changes no profile. People are measured by
    it: markterm gap. Alone it lists the profiles.

    \b
    Examples:
      markterm profile
      markterm profile MENTOR
      markterm profile keep MENTOR "Mentor at work" --function A1 --as carol
    """
    if ctx.invoked_subcommand is None:
        from markterm.cli.profiles.show import tell_every

        tell_every(ctx.ensure_object(Session))
