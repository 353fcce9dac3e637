"""`markterm sheet`: the completed mark sheet of a unit, or the combined one of an assignment."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.written import write_file
from markterm.domain.words.errors import WrongUse
from markterm.exports.markdown.render import render


@click.command("sheet", cls=Command)
@learner_argument
@click.argument("unit", required=False, shell_complete=completion.units)
@click.option(
    "--assignment",
    default="",
    metavar="CODE",
    help="The combined sheet of this assignment.",
    shell_complete=completion.assignments,
)
@click.option("--verification", is_flag=True, help="The report of the unit's verification, for its assessor.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file, as Markdown."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str | None,
    assignment: str,
    verification: bool,
    output: Path | None,
    force: bool,
) -> None:
    """Print a completed mark sheet, as Markdown.

    That of a UNIT, or the combined one of an integrated assignment: it goes task by task, has no marks, and ends with
    an outcome for each of its units. With --verification it is the report of the last verification of a UNIT, or of an
    interim look at it: what was sampled and answered, strengths and development, actions, and places for names and
    dates. The assessor says that they have read it (markterm action --acknowledge).

    \b
    Examples:
      markterm sheet JON2041 500
      markterm sheet NOW1870 --assignment 8580-IA-CERT
      markterm sheet JON2041 500 -o jones-500.md
      markterm sheet JON2041 500 --verification
    """
    if bool(unit) == bool(assignment):
        raise WrongUse(
            "Which sheet?",
            "A unit and an assignment were given." if unit else "Neither a unit nor an assignment was given.",
            "Name a UNIT for its own sheet, or --assignment CODE for the combined one.",
        )
    if verification and not unit:
        raise WrongUse("Of which unit?", "A verification is of a unit.", "Name the UNIT with --verification.")
    centre = session.centre()
    registration = centre.learners.find(learner)
    if not unit:
        sheet = centre.printed.combined_sheet(registration, assignment)
    elif verification:
        sheet = centre.printed.verification_report(registration, unit)
    else:
        sheet = centre.printed.mark_sheet(registration, unit)
    markdown = render(sheet)
    if output is not None:
        write_file(
            output,
            markdown,
            force=force,
            otherwise="Name another file, or add --force.",
            printed="markterm export sheet",
        )
        click.echo(f"Written to {output}.", err=True)
    if session.as_json:
        say_json({"registration": registration, "markdown": markdown, "file": str(output) if output else None})
    elif output is None:
        say(markdown.removesuffix("\n"))
    warn_of_damage(centre.learners.findings(registration))
