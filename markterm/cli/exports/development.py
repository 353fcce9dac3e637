"""`markterm export development`: somebody's gaps, what they say of themselves and their CPD, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.exported import export_options, page_form, page_format_option, write
from markterm.cli.session import Command, Session, pass_session


@click.command("development", cls=Command)
@click.argument("person")
@click.argument("what")
@page_format_option
@export_options(folder=False)
@pass_session
def command(
    session: Session, person: str, what: str, form: str | None, to: Path | None, *, preview: bool, force: bool
) -> None:
    """Write how a PERSON develops beside a profile, standard or suite.

    PERSON is a learner or the id of a member: each statement with what assessors decided and what they say of
    themselves, their gaps by function, their CPD plan, and what they did.

    \b
    Examples:
      markterm export development JON2041 MENTOR
      markterm export development asha MTC --format docx -o asha.docx
    """
    centre = session.centre()
    export = centre.development_exports.of(person, what, page_form(form, to))
    write(session, centre, export, to=to, preview=preview, force=force)
