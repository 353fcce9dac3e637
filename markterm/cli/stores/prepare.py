"""`markterm store prepare`: the tables and the role that a centre's records need in a database."""

from __future__ import annotations

import os

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.store import prepared_as_json

PASSWORD = "MARKTERM_STORE_PASSWORD"


@click.command("prepare", cls=Command)
@click.option(
    "--owner", required=True, metavar="URL", help="Where the database is or shall be, as a role that may make it."
)
@click.option("--role", default="", metavar="NAME", help="The centre's role, where centre.toml names none.")
@pass_session
def command(session: Session, owner: str, role: str) -> None:
    """Make the tables in a database, or bring them to the newest version, and let the centre's role work in them.

    The role is the one that the address in centre.toml names. It may add lines to the records of this centre and read
    them; it may change and remove nothing. One that is not there is made, with the password in the environment variable
    MARKTERM_STORE_PASSWORD, or without; so is a database that is not there, where the owner may make one. What is
    recorded stays: doing it again does no harm, and several centres may be in one database. The owner's own password
    comes from PGPASSWORD or a password file.

    \b
    Examples:
      markterm store prepare --owner postgresql:///markterm --role markterm
      markterm store prepare --owner postgresql://postgres@db.college.example/markterm
    """
    password = os.environ.get(PASSWORD, "")
    prepared = session.centre().custody.prepare(owner, role, password)
    if session.as_json:
        say_json(prepared_as_json(prepared))
        return
    if prepared.database_is_new:
        say("The database was made.")
    if prepared.before == prepared.now:
        say(f"The tables have version {prepared.now}, the newest.")
    elif prepared.before:
        say(f"The tables were brought from version {prepared.before} to version {prepared.now}.")
    else:
        say(f"The tables were made, of version {prepared.now}.")
    made = "was made, and works" if prepared.role_is_new else "works"
    say(one_line(f"The role {prepared.role} {made} in the records of this centre."))
    if password and not prepared.role_is_new:
        say("The role was there before, and its password stays as it was: give it another one in the database.")
