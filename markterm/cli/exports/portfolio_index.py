"""`markterm export portfolio-index`: a learner's portfolio by standard, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.exported import export_options, page_form, page_format_option, write
from markterm.cli.session import Command, Session, pass_session


@click.command("portfolio-index", cls=Command)
@learner_argument
@click.argument("standard", shell_complete=completion.standards)
@click.option("--version", default="", help="The version of the standard; otherwise the newest that is in force.")
@page_format_option
@export_options(folder=False)
@pass_session
def command(
    session: Session,
    learner: str,
    standard: str,
    version: str,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
) -> None:
    """Write a learner's portfolio by a standard.

    STANDARD is the code of a standard, or of a suite: each statement with the criteria, files, places and words that
    evidence it, who accepted them and when, and what remains. It is the centre's document: it tells of decisions that
    were not released yet, and says so.

    \b
    Examples:
      markterm export portfolio-index JON2041 MTC01
      markterm export portfolio-index JON2041 MTC --format html -o index.html
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    export = centre.portfolio_indexes.of(registration, standard, version, page_form(form, to))
    write(session, centre, export, to=to, preview=preview, force=force)
    warn_of_damage(centre.learners.findings(registration))
