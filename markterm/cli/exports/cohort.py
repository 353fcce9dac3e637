"""`markterm export cohort`: where a cohort stands, on one page of pictures."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import filter_given
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.exported import export_options, page_form, page_format_option, write
from markterm.cli.session import Command, Session, pass_session


@click.command("cohort", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@page_format_option
@export_options(folder=False)
@pass_session
def command(
    session: Session, filters: tuple[str, ...], form: str | None, to: Path | None, *, preview: bool, force: bool
) -> None:
    """Write a cohort on one page.

    Of every learner, or of those that the FILTERs of markterm status let through: where the units stand, the criteria
    that are referred most at first attempts, and how long it takes from submission to outcome. In PDF and HTML they are
    pictures, whose colours have patterns and letters beside them; in other forms the same in words.

    \b
    Examples:
      markterm export cohort
      markterm export cohort qualification:8580-CERT site:leeds -o leeds.html
    """
    centre = session.centre()
    rows = everybody(centre)
    for _ in with_bar(centre.cohort.looking(), 2 * len(rows), "Reading the records", learners=len(rows)):
        pass
    export = centre.cohort.of(page_form(form, to), filter_given(filters))
    write(session, centre, export, to=to, preview=preview, force=force)
