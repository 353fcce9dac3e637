"""`markterm cpd done`: record what somebody did, planned or not, and put right what was recorded."""

from __future__ import annotations

from datetime import date

import click

from markterm.cli.arguments import day_given, listed
from markterm.cli.developing.show import did_lines, named
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.developing import CpdDone
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json


@click.command("done", cls=Command)
@click.argument("person")
@click.argument("item", metavar="[ID]", required=False, default="")
@click.option("--what", default="", metavar="TEXT", help="What it was; as it was planned unless it is given.")
@click.option("--on", default="", metavar="DAY", help="The day on which it was; today unless it is given.")
@click.option("--evidence", default="", metavar="TEXT", help="What shows it.")
@click.option("--for", "requirements", multiple=True, metavar="CODE", help="What is asked of staff that it is for: A3.")
@click.option("--statement", "statements", multiple=True, metavar="NAME", help="A statement it is for: MTC01 P3.")
@click.option("--correct", default="", metavar="ID", help="Put right what was recorded as done under that id.")
@click.option("--take-back", is_flag=True, help="With --correct: take it back; it was not done.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it is put right or taken back.")
@pass_session
def command(
    session: Session,
    person: str,
    item: str,
    what: str,
    on: str,
    evidence: str,
    requirements: tuple[str, ...],
    statements: tuple[str, ...],
    correct: str,
    take_back: bool,
    why: str,
) -> None:
    """Record what a PERSON did: the item of that ID of their plan, or something that was not planned.

    Of a member of staff --for names what it counts for, by the codes that markterm members lists.

    \b
    Examples:
      markterm cpd done asha 3f2a91bc --on 2026-06-12 --evidence "the certificate" --for A3 --as asha
      markterm cpd done asha --what "A day with a supervisor" --evidence "her letter" --as asha
      markterm cpd done asha --correct 7c1b2a90 --on 2026-06-13 --reason "It was a day later." --as asha
    """
    centre = session.centre()
    meant = centre.development.person(person)
    if (take_back or why) and not correct:
        raise WrongUse("What is put right?", "Nothing was recorded.", "Say which with --correct ID.")
    if item and correct:
        raise WrongUse("One at a time", "Nothing was recorded.", "Give the item that was done, or --correct.")
    links = tuple(centre.profiles.statement(each) for each in listed(statements))
    # What is put right keeps its day unless another is given.
    day = day_given(on) or (date.min if correct else centre.development.today)
    said = CpdDone(
        what.strip(),
        day,
        evidence.strip(),
        requirements=listed(requirements),
        statements=links,
        taken_back=take_back,
        why=why.strip(),
    )
    event = centre.development.correct(meant, correct, said) if correct else centre.development.done(meant, said, item)
    if session.as_json:
        say_json(event_as_json(event))
        return
    say(named(meant))
    found = [each for each in centre.development.of(meant).cpd.done if each.uid == event.uid]
    for line in [line for did in found for line in did_lines(did)] or ["  " + one_line("taken back")]:
        say(line)
