"""`markterm export`: what leaves the centre, a command for each thing."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.by_name import ByName
from markterm.cli.output import say, say_json
from markterm.cli.session import Session, global_options
from markterm.domain.words.foreign_text import one_line

EXPORTS = (
    "sheet",
    "feedback",
    "moodle",
    "canvas",
    "form",
    "matrix",
    "cohort",
    "verification",
    "portfolio-index",
    "development",
    "claims",
    "retention",
    "coverage",
    "record",
    "pack",
    "scripts",
)
"""Each is the `command` of the module of its name in `cli/exports`, imported when it is asked for."""


@click.group(
    "export",
    cls=ByName,
    names=EXPORTS,
    package="markterm.cli.exports",
    params=global_options(),
    invoke_without_command=True,
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the templates of printed pages there, to be changed.",
)
@click.pass_context
def command(ctx: click.Context, templates: Path | None) -> None:
    """Write what leaves the centre.

    Sheets, feedback, tables, records. Each is written beside its place and
    then renamed, so that it is complete or absent; what is there already is
    left unless --force says that it may go. Each carries the heads of the
    records that it was made from: markterm audit --against shows later that
    they still hold all of it.

    What must not be overlooked, such as that a record is incomplete, is said
    in each file: on every page, and in CSV in a last column of every row.

    What lies in the folder templates of the centre lays out printed pages in
    place of what is shipped: logo, fonts, colours, order. --templates writes
    what is shipped, with what can be changed in it said.

    \b
    Examples:
      markterm export sheet JON2041 500
      markterm export record -o records
      markterm export --templates templates
    """
    if templates is not None:
        _write_templates(ctx, templates)
        return
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Session).as_json:
            say_json({"exports": list(EXPORTS)})
        else:
            click.echo(ctx.get_help())


def _write_templates(ctx: click.Context, folder: Path) -> None:
    from markterm.exports.pdf.templates import written_templates  # Only whoever changes pages needs it.

    written = written_templates(folder)
    if ctx.ensure_object(Session).as_json:
        say_json({"templates": [str(each) for each in written]})
    else:
        for each in written:
            say(one_line(f"Written: {each}"))
