"""`markterm cpd drop`: an item of a CPD plan is not to be done any more."""

from __future__ import annotations

import click

from markterm.cli.developing.show import item_lines, named
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.exports.plain.development import item_as_json


@click.command("drop", cls=Command)
@click.argument("person")
@click.argument("item", metavar="ID")
@click.option("--reason", "why", required=True, metavar="TEXT", help="Why it is dropped.")
@pass_session
def command(session: Session, person: str, item: str, why: str) -> None:
    """Drop the item of that ID from the CPD plan of a PERSON; it stays in the record.

    \b
    Examples:
      markterm cpd drop JON2041 3f2a91bc --reason "The course was called off." --as asha
    """
    centre = session.centre()
    meant = centre.development.person(person)
    dropped, today = centre.development.drop(meant, item, why), centre.development.today
    if session.as_json:
        say_json(item_as_json(dropped, today))
        return
    say(named(meant))
    for line in item_lines(dropped, today):
        say(line)
