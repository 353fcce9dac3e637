"""`markterm cpd plan`: plan an item of CPD, or change one."""

from __future__ import annotations

import click

from markterm.cli.arguments import day_given, listed
from markterm.cli.developing.show import item_lines, named
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.developing import CpdPlanned, CpdStep
from markterm.exports.plain.development import item_as_json


@click.command("plan", cls=Command)
@click.argument("person")
@click.argument("what", required=False, default="")
@click.option("--how", default="", metavar="TEXT", help="A course, supervision, reading, work with a colleague.")
@click.option("--by", default="", metavar="DAY", help="The day by which it is to be done.")
@click.option("--evidence", default="", metavar="TEXT", help="What will show it.")
@click.option("--statement", "statements", multiple=True, metavar="NAME", help="A statement it is for: MTC01 P3.")
@click.option("--change", default="", metavar="ID", help="Change the item of that id; what is not given stays.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it is changed.")
@pass_session
def command(
    session: Session,
    person: str,
    what: str,
    how: str,
    by: str,
    evidence: str,
    statements: tuple[str, ...],
    change: str,
    why: str,
) -> None:
    """Plan WHAT a PERSON is to learn, or change what is planned.

    \b
    Examples:
      markterm cpd plan JON2041 "Models of coaching" --statement "MTC02 K1"
        --how "reading, with notes" --by 2026-09-30 --evidence "the notes" --as asha
      markterm cpd plan JON2041 --change 3f2a91bc --by 2026-10-31 --reason "She was ill." --as asha
    """
    centre = session.centre()
    meant = centre.development.person(person)
    links = tuple(centre.profiles.statement(each) for each in listed(statements))
    step = CpdStep.CHANGED if change else CpdStep.PLANNED
    said = CpdPlanned(step, what.strip(), how.strip(), day_given(by), evidence.strip(), links, why=why.strip())
    item = centre.development.change(meant, change, said) if change else centre.development.plan(meant, said)
    today = centre.development.today
    if session.as_json:
        say_json(item_as_json(item, today))
        return
    say(named(meant))
    for line in item_lines(item, today):
        say(line)
