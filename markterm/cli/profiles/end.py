"""`markterm profile end`: nobody is measured by a role profile any more."""

from __future__ import annotations

import click

from markterm.cli.profiles.show import tell_profile
from markterm.cli.session import Command, Session, pass_session


@click.command("end", cls=Command)
@click.argument("code")
@click.option("--reason", "why", required=True, metavar="TEXT", help="Why it ends.")
@pass_session
def command(session: Session, code: str, why: str) -> None:
    """End a role profile: nobody is measured by it any more, and it stays in the record.

    \b
    Examples:
      markterm profile end MENTOR --reason "The role is part of another one." --as carol
    """
    centre = session.centre()
    tell_profile(session, centre, centre.profiles.end(code, why))
