"""`markterm export scripts`: learners' work for a standardisation, without the names."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.arguments import unit_argument
from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session


@click.command("scripts", cls=Command)
@unit_argument
@click.argument("learners", metavar="[LEARNER]...", nargs=-1, shell_complete=completion.learners)
@click.option("--from", "begun", default="", metavar="STANDARDISATION", help="Of whose work that one looks at.")
@click.option("--criterion", "criteria", multiple=True, metavar="NUMBER", help="What is to be looked at; repeatable.")
@click.option("--without-centre", is_flag=True, help="Take the centre's name and number out too.")
@click.option("--key", type=click.Path(path_type=Path), metavar="PATH", help="Where the key goes to.")
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    unit: str,
    learners: tuple[str, ...],
    begun: str,
    criteria: tuple[str, ...],
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

    Each file is given as its text. Names, registrations and numbers of all learners, names of members, and e-mail
    addresses are replaced, and looked for once more; what still names somebody, pictures and recordings are left out,
    and that is said. People whom the centre does not know are not recognised: read the scripts before you give them on.

    Whose each script is stands in the key, a table that goes into the folder keys of the exports, never into the
    scripts, and never over another key. It is for a verifier or the coordinator, and so is the command.

    \b
    Examples:
      markterm export scripts 501 JON2041 SOR4415 --as ines
      markterm export scripts 501 --from 3f2a91bc --criterion 2.1 --zip --as ines
    """
    from markterm.centre.export.script_key import with_key  # Only whoever exports needs it.

    centre = session.centre()
    registrations = tuple(map(centre.learners.find, learners))
    scripts = centre.scripts.of(unit, registrations, criteria, begun=begun, without_centre=without_centre)
    target = to or centre.exports.usual_target(scripts.pack, as_zip=as_zip)
    pack = with_key(centre.exports, scripts, target, key)
    write(session, centre, pack, to=target, preview=preview, force=force, as_zip=as_zip)
