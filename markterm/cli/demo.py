"""`markterm demo`: a centre to try."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from markterm.cli.open import show_screen
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session, require_nobody
from markterm.domain.words.errors import WrongUse

_NAME = "markterm-demo"


@click.command("demo", cls=Command)
@click.argument("directory", metavar="[DIR]", default=_NAME, type=click.Path(path_type=Path))
@click.option("--no-open", is_flag=True, help="Only make it, and say where.")
@click.option("--tour", is_flag=True, help="Begin with the first visit, also when it was shown before.")
@pass_session
def command(session: Session, directory: Path, no_open: bool, tour: bool) -> None:
    """Make a centre to try, and open it.

    It is made in DIR, or in markterm-demo: eighteen invented learners in every state, one with a full portfolio. Its
    folder to-try holds a form of an awarding organisation and what Moodle and Canvas give out, to try exports on. A
    demo that is there already is opened again; delete the folder to begin anew. The first time it begins with three
    sentences about the keys; --tour shows them again.

    \b
    Examples:
      markterm demo
      markterm demo --no-open ~/try
      markterm demo --tour
    """
    require_nobody()
    from markterm.centre.folder import CentreFolder
    from markterm.demo.centre import is_demo, make_demo
    from markterm.demo.learners import ASSESSOR, CENTRE
    from markterm.own.places import Places
    from markterm.sheets.centre_file import read_centre

    if tour and no_open:
        raise WrongUse(
            "Nothing is opened", "--tour is shown on the screen, and --no-open opens none.", "Take one of them."
        )
    made = not is_demo(directory)
    details = CENTRE if made else read_centre(CentreFolder(directory).file)
    # Before anything is made: whoever is named has to be a member of this centre, whatever centre they come from.
    member = details.named(session.member or ASSESSOR)
    if made:
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise WrongUse(
                "This folder is in use",
                f"{directory} is not empty, and is not the demo.",
                "Name a folder that is empty or not there yet: markterm demo DIR.",
            )
        click.echo("Making the demo centre …", err=True)
        make_demo(directory, Places.of_user(), datetime.now(UTC))
    session.folder = directory
    if not no_open:
        centre = session.centre(asks_who=True)
        if centre.member is None:
            # Whoever was chosen with W goes on.
            centre.act_as_remembered()
        if centre.member is None:
            centre.act_as(member.id)
        if made and not (sys.stdin.isatty() and sys.stdout.isatty()):
            click.echo(f"It is in {directory.resolve()}: markterm -C {directory} status shows it.", err=True)
        show_screen(centre, tour=tour or None)
    elif session.as_json:
        say_json({"folder": str(directory.resolve()), "made": made, "member": member.id})
    else:
        say(str(directory.resolve()))
        click.echo(f"Open it with: markterm -C {directory} --as {member.id}", err=True)
