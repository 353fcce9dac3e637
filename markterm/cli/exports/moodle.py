"""`markterm export moodle`: outcomes and feedback back into Moodle."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session
from markterm.exports.moodle.matching import said_of

match_option = click.option(
    "--match",
    "matches",
    multiple=True,
    metavar="PARTICIPANT=LEARNER",
    help="Who it is, as in 'Participant 123=JON2041'; with nothing behind =, nobody.",
)


@click.command("moodle", cls=Command)
@click.argument("name", metavar="UNIT|ASSIGNMENT", shell_complete=completion.units_and_assignments)
@click.option(
    "--worksheet",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    required=True,
    help="The grading worksheet that Moodle gave out (.csv).",
)
@click.option(
    "--feedback-zip",
    "submissions",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="ZIP",
    help="The submissions that Moodle gave out: feedback files are zipped under the same names.",
)
@match_option
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    name: str,
    worksheet: Path,
    submissions: Path | None,
    matches: tuple[str, ...],
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Fill in Moodle's grading worksheet.

    The outcome and the feedback of everybody to whom it was released: in the site's words, which [moodle] in
    centre.toml says. Each row is matched by the participant's number in the names of the learner's evidence, then by
    e-mail, then by a full name that only one learner has. No other cell is changed, and no locked grade.

    \b
    Examples:
      markterm export moodle 500 --worksheet Grades.csv
      markterm export moodle 500 --worksheet Grades.csv --feedback-zip submissions.zip
      markterm export moodle 500 --worksheet Grades.csv --match "Participant 123=JON2041"
    """
    centre = session.centre()
    export = centre.exports.moodle.of(name, worksheet, submissions, said_of(matches))
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
