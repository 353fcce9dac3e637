"""`markterm password`: by which members sign in to a server."""

from __future__ import annotations

import sys

import click

from markterm.cli.output import say, say_json
from markterm.cli.serve import require_server
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import Refused, WrongUse
from markterm.own.places import Places


@click.command("password", cls=Command)
@click.argument("member_id", metavar="ID")
@click.option("--from-stdin", is_flag=True, help="Read it from standard input, a line, and ask for nothing.")
@click.option("--remove", is_flag=True, help="Let them sign in by none any more.")
@pass_session
def command(session: Session, member_id: str, from_stdin: bool, remove: bool) -> None:
    """Set the password by which a member signs in to this server.

    It is asked for twice and shown nowhere. What is kept is its hash, by argon2, on this machine and outside the
    centre's folder, in a file that nobody else may read. Whoever is signed in by the one before is signed out.

    \b
    Examples:
      markterm password asha
      pass show marking/asha | markterm password asha --from-stdin
      markterm password asha --remove
    """
    require_server()
    from markterm.centre.folder import CentreFolder
    from markterm.sheets.centre_file import read_centre
    from markterm.web.passwords import Passwords

    folder = session.folder_of_centre()
    passwords = Passwords(Places.of_user().of_centre(folder).passwords)
    if remove:
        done = "removed" if passwords.remove(member_id) else "none"
    else:
        member = read_centre(CentreFolder(folder).file).named(member_id)
        passwords.set(member.id, _asked(member.name, from_stdin=from_stdin))
        done = "set"
    if session.as_json:
        say_json({"member": member_id, "password": done})
    else:
        say({"set": "The password is set.", "removed": "The password is removed.", "none": "There was none."}[done])


def _asked(name: str, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refused(
            "Nobody is there to be asked", "The password is asked for in a terminal.", "Give it with --from-stdin."
        )
    first = click.prompt(f"Password of {name}", hide_input=True, err=True)
    if click.prompt("Once more", hide_input=True, err=True) != first:
        raise WrongUse("They are not the same", "The two passwords differ. None was set.", "Try again.")
    return str(first)
