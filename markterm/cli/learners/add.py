"""`markterm learner add`: one learner is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.asking import NobodyAnswers, asked_line, at_a_terminal
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.domain.register.headings import Fact


@click.command("add", cls=Command)
@click.argument("name", required=False, default="")
@click.option("--registration", default="", metavar="NUMBER", help="The number with the awarding organisation (ENR).")
@click.option("--qualification", default="", metavar="CODE", help="What they are registered for; several with commas.")
@click.option(
    "--unit", "units", default="", metavar="CODE", help="The units, or standards, that they are marked on, likewise."
)
@click.option("--assignment", default="", metavar="CODE", help="The integrated assignments that they do, likewise.")
@click.option("--assessor", default="", metavar="MEMBER", shell_complete=completion.members, help="Who assesses them.")
@click.option("--registered", default="", metavar="DATE", help="The day of registration.")
@click.option("--expires", default="", metavar="DATE", help="The day on which that ends.")
@click.option("--legal-name", default="", metavar="NAME", help="The name for the certificate, if it is another one.")
@click.option("--born", default="", metavar="DATE", help="The date of birth.")
@click.option("--uln", default="", metavar="NUMBER", help="The unique learner number.")
@click.option("--email", default="", metavar="ADDRESS", help="An address to write to.")
@click.option("--funded", default="", metavar="yes|no", help="Whether public money pays for it.")
@click.option("--site", default="", metavar="TEXT", help="Where they work or are assessed.")
@pass_session
def command(session: Session, /, name: str, units: str, **facts: str) -> None:
    """Register a learner: a folder for what they hand in, and the file that says who they are.

    Without a NAME it asks, at a terminal. Days are written as 2026-01-31 or 31/01/2026. What the centre does not use
    is left out. Many at once come from a table: markterm register.

    \b
    Examples:
      markterm learner add "Rosalind Jones" --registration JON2042 --qualification 8580-CERT --assessor asha
      markterm learner add
    """
    from markterm.domain.register.headings import Fact

    said = {Fact.NAME: name, Fact.UNITS: units, **{Fact(fact): value for fact, value in facts.items()}}
    if not name or not said[Fact.REGISTRATION]:
        _ask(said)
    found = session.centre().registering.add(said).beside
    if session.as_json:
        from markterm.exports.plain.register import beside_as_json

        say_json({**beside_as_json(found), "taken": True, "why_not": None})
        return
    say(one_line(f"{found.learner.registration} {found.learner.name} is registered."))
    for note in found.entry.notes:
        click.echo(one_line(f"{note[:1].upper()}{note[1:]}."), err=True)


def _ask(said: dict[Fact, str]) -> None:
    """Ask for what was not given. Raises `WrongUse` where nobody can answer."""
    from markterm.domain.register.headings import Fact

    questions = {
        Fact.NAME: "Name?",
        Fact.REGISTRATION: "Registration number?",
        Fact.QUALIFICATION: "Qualification, or nothing?",
        Fact.UNITS: "Units, or nothing for those that it makes mandatory?",
        Fact.REGISTERED: "Registered on which day, or nothing?",
        Fact.ASSESSOR: "Assessor, or nothing?",
    }
    for fact, question in questions.items():
        if said[fact]:
            continue
        if not at_a_terminal():
            raise WrongUse(
                "Who?", "A name and a registration are needed. Nothing was changed.", "Give NAME and --registration."
            )
        try:
            said[fact] = asked_line(question).strip()
        except NobodyAnswers:
            raise WrongUse("Not answered", "Nothing was changed.", "Begin again.") from None
