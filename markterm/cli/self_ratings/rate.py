"""`markterm skills rate`: record how somebody rates themselves on one statement, or correct it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import day_given, given_text
from markterm.cli.self_ratings.said import said, said_options, tell
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.developing import SkillsRated, StatementRated
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.uid import of_uid

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.self_ratings import SelfRating


@click.command("rate", cls=Command)
@click.argument("person")
@click.argument("statement")
@click.argument("rating", required=False, default="")
@click.option("--example", default="", metavar="TEXT", help="Their own example; - reads it from stdin.")
@said_options
@click.option("--correct", default="", metavar="ID", help="Put right what the self-assessment of that id says of it.")
@click.option("--take-back", is_flag=True, help="With --correct: take it back; it was not said.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it is put right or taken back.")
@pass_session
def command(
    session: Session,
    person: str,
    statement: str,
    rating: str,
    example: str,
    said_by: str,
    how: str,
    on: str,
    correct: str,
    take_back: bool,
    why: str,
) -> None:
    """Record how a PERSON rates themselves on a STATEMENT.

    RATING is a word of the centre's scale, or its number. What was recorded wrongly is put right with --correct, which
    leaves the first entry where it is.

    \b
    Examples:
      markterm skills rate JON2041 "MTC02 P1" alone --example "The May sessions." --how "in talk" --as asha
      markterm skills rate JON2041 "MTC02 P1" 2 --correct 3f2a91bc --reason "Typed the wrong word." --as asha
      markterm skills rate asha "MTC01 P2" --correct 3f2a91bc --take-back --reason "It was Ben." --as ines
    """
    centre = session.centre()
    meant = centre.development.person(person)
    told = centre.development.of(meant).said
    link = centre.profiles.statement(statement, tuple(told))
    if bool(rating) == take_back:
        raise WrongUse(
            "Which rating?",
            "Nothing was recorded.",
            f"Give one of {centre.details.skills.in_words}; --take-back needs none.",
        )
    if correct:
        said_of_it = told.get(link, ())
        # What was corrected before may be named by the entry that said it first.
        firsts = [each for each in said_of_it if each.first.startswith(correct)]
        was = firsts[0] if len(firsts) == 1 else of_uid(said_of_it, correct, "self-assessment of it")
        event = centre.development.rate(meant, _correction(centre, was, rating, example, said_by, how, on, why))
    else:
        if take_back or why:
            raise WrongUse("What is put right?", "Nothing was recorded.", "Say which with --correct ID.")
        word = centre.details.skills.word(rating)
        rated = (StatementRated(link, word, given_text(example)),)
        event = centre.development.rate(meant, said(centre, meant, rated, said_by=said_by, how=how, on=on))
    tell(session, meant, event)


def _correction(
    centre: Centre, was: SelfRating, rating: str, example: str, said_by: str, how: str, on: str, why: str
) -> SkillsRated:
    """What stands in the place of `was`: what is not given stays."""
    return centre.development.corrected(
        was,
        rating,
        given_text(example) or was.example,
        said_by=said_by.strip() or was.said.said_by,
        how=how.strip() or was.said.how,
        on=day_given(on) or was.on,
        why=why,
    )
