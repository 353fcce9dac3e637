"""`markterm store copy`: the records go from the folder to a database or back, and both are proved to be equal."""

from __future__ import annotations

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.stores.beside import RecordBar, compared_in_lines
from markterm.domain.words.counted import counted
from markterm.domain.words.database_address import is_address
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.store import copy_as_json

_FOUND = 1


@click.command("copy", cls=Command)
@click.option(
    "--to", "place", required=True, type=click.Path(), metavar="PLACE", help="The address of a database, or a folder."
)
@click.option(
    "--go-on-there", is_flag=True, help="Once both have the same: write into centre.toml that they are there."
)
@pass_session
def command(session: Session, place: str, go_on_there: bool) -> int | None:
    """Copy every record to another store, byte for byte, and prove that both have the same.

    From where the records are to PLACE: postgresql://role@host/database, which store prepare made ready, or a folder,
    most often records. Each line keeps its hash, and every line of both is compared in the end. Nothing is taken away
    here. Stopped or killed, it is done again and goes on; what says something else there stops it before anything is
    copied. Ends with 1 when records went on meanwhile: once nobody marks, it is done again, and takes seconds.

    With --go-on-there centre.toml says then that the records are there; nobody marks meanwhile. Who has the screen open
    goes on in the old store until it is opened anew, and audit --beside tells what came there.

    \b
    Examples:
      markterm store copy --to postgresql://markterm@db.college.example/markterm
      markterm store copy --to records --go-on-there
    """
    bar = RecordBar()
    try:
        custody = session.centre().custody
        copy = (custody.move_to if go_on_there else custody.copy_to)(place, bar.tell)
    finally:
        bar.close()
    compared = copy.compared
    if session.as_json:
        say_json(copy_as_json(copy))
        return None if compared.are_equal else _FOUND
    brought = f"{counted(copy.brought, 'record')} brought"
    say(one_line(f"{brought}, {copy.completed} completed: {place}"))
    for line in compared_in_lines(compared):
        say(one_line(line))
    if not compared.are_equal:
        click.echo("Somebody recorded meanwhile. Have nobody mark, and copy again: it goes on.", err=True)
        return _FOUND
    if go_on_there:
        click.echo(
            "centre.toml says that they are there. Close every open window: it still records in the old store.",
            err=True,
        )
    elif is_address(place):
        click.echo(one_line(f'centre.toml has them there with [record] and store = "{place}".'), err=True)
    else:
        click.echo("centre.toml has them in the folder records once [record] and store are taken out.", err=True)
    return None
