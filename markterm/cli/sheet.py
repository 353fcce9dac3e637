"""`markterm sheet`: the completed mark sheet."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.output import say, say_json, warn_of_damage
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import NotSaved, WrongUse


@click.command("sheet", cls=Command)
@learner_argument
@unit_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@pass_session
def command(session: Session, learner: str, unit: str, output: Path | None, force: bool) -> None:
    """Print the completed mark sheet of a unit, as Markdown.

    \b
    Examples:
      markterm sheet JON2041 500
      markterm sheet JON2041 500 -o jones-500.md
    """
    centre = session.centre()
    registration = centre.find_learner(learner)
    markdown = centre.mark_sheet(registration, unit)
    if output is not None:
        _write(output, markdown, force)
        click.echo(f"Written to {output}.", err=True)
    if session.as_json:
        say_json({"registration": registration, "markdown": markdown, "file": str(output) if output else None})
    elif output is None:
        say(markdown.removesuffix("\n"))
    warn_of_damage(centre.findings(registration))


def _write(path: Path, markdown: str, force: bool) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        if force:
            # Beside it first: a disk that fills up half-way leaves the sheet that is there as it is.
            beside.write_text(markdown, "utf-8", newline="\n")
            beside.replace(path)
        else:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(markdown)
    except FileExistsError:
        raise WrongUse(
            "The file is there already", f"{path} was left as it is.", "Name another file, or add --force.", file=path
        ) from None
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise NotSaved(
            "The sheet could not be written",
            f"The system said: {error.strerror or error}.",
            "Check that the folder exists, may be written to, and that the disk has room.",
            file=path,
        ) from error
