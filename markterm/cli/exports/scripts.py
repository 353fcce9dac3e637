"""`markterm export scripts`: learners' work for a standardisation, without the names."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import unit_argument
from markterm.cli.exported import ExportBar, export_options, write
from markterm.cli.session import Command, Session, pass_session


@click.command("scripts", cls=Command)
@unit_argument
@click.argument("learners", metavar="[LEARNER]...", nargs=-1, shell_complete=completion.learners)
@click.option("--from", "begun", default="", metavar="STANDARDISATION", help="Of whose work that one looks at.")
@click.option("--criterion", "criteria", multiple=True, metavar="NUMBER", help="What is to be looked at; repeatable.")
@click.option("--without-centre", is_flag=True, help="Take the centre's name and number out too.")
@click.option(
    "--shows-nobody",
    "shows_nobody",
    nargs=2,
    multiple=True,
    metavar="LEARNER FILE",
    help="You looked: no picture or drawing in that file shows or names anybody; repeatable.",
)
@click.option(
    "--shows-nobody-in",
    "listed",
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="The same of every file in a text file: learner, file.",
)
@click.option("--key", type=click.Path(path_type=Path), metavar="PATH", help="Where the key goes to.")
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    unit: str,
    learners: tuple[str, ...],
    begun: str,
    criteria: tuple[str, ...],
    shows_nobody: tuple[tuple[str, str], ...],
    listed: Path | None,
    key: Path | None,
    to: Path | None,
    *,
    without_centre: bool,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write scripts for standardisation, without names.

    What the LEARNERs handed in for a UNIT, or those whose work a STANDARDISATION looks at, in an order that tells
    nothing, a folder for each, with the sheet to fill in. The work of whoever refuses that it is used is left out,
    always, and so is that of whoever declared nothing for this attempt.

    Names, registrations and numbers of all learners, names of members, and e-mail addresses are replaced, and looked
    for once more. Word, PowerPoint, Excel and OpenDocument files are given as such, without properties, authors, times,
    links and pictures, and a PDF as its pages, where nobody is named in it and it has no pictures. A file that holds
    anything else is given as its text, and so are others. What still names somebody, pictures and recordings are left
    out, and that is said. People whom the centre does not know are not recognised: read the scripts before you give
    them on.

    A picture is given, as its pixels alone, where you say that it shows nobody, and so are the pictures and drawings
    in such a file. The key tells who said it.

    Whose each script is stands in the key, a table that goes into the folder keys of the exports, never into the
    scripts, and never over another key. It is for a verifier or the coordinator, and so is the command.

    \b
    Examples:
      markterm export scripts 501 JON2041 SOR4415 --as ines
      markterm export scripts 501 --from 3f2a91bc --criterion 2.1 --zip --as ines
    """
    from markterm.centre.export.script_files import listed_in  # Only whoever exports needs it.
    from markterm.centre.export.script_key import with_key

    centre = session.centre()
    registrations = tuple(map(centre.learners.find, learners))
    pairs = (*shows_nobody, *(listed_in(listed) if listed is not None else ()))
    bar = ExportBar("reading")
    try:
        scripts = centre.scripts.of(
            unit,
            registrations,
            criteria,
            begun=begun,
            without_centre=without_centre,
            shows_nobody=[(centre.learners.find(learner), name) for learner, name in pairs],
            told=bar.tell,
        )
    finally:
        bar.close()
    target = to or centre.exports.usual_target(scripts.pack, as_zip=as_zip)
    pack = with_key(centre.exports, scripts, target, key)
    write(session, centre, pack, to=target, preview=preview, force=force, as_zip=as_zip)
