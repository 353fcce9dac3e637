"""`markterm mark`: a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import criterion_argument, given_text, learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_all_recorded
from markterm.domain.errors import WrongUse
from markterm.domain.event import Result
from markterm.domain.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre import Recorded


@click.command("mark", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("result", type=click.Choice(Result, case_sensitive=False))
@click.option("--note", default="", metavar="TEXT", help="Feedback on the criterion; - reads it from stdin.")
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str, result: Result, note: str) -> None:
    """Mark a criterion pass or refer. A referral needs a note.

    CRITERION may be several with commas between; each is a decision of its own, with the same note. A decision that
    stands is replaced, and stays in the record.

    \b
    Examples:
      markterm mark JON2041 501 1.3 pass --as asha
      markterm mark JON2041 501 3.3 refer --note "One name can be recognised." --as asha
      markterm mark JON2041 503 1.1,1.2 pass --note - --as asha < note.txt
    """
    text = given_text(note)
    centre = session.centre()
    registration = centre.find_learner(learner)
    numbers = [number.strip() for number in criterion.split(",") if number.strip()]
    shown = centre.portfolio(registration).unit(unit)
    unknown = [number for number in numbers if shown.criterion(number) is None]
    if unknown or not numbers:
        # All or none: a slip in the last number must not leave the first ones marked.
        raise WrongUse(
            "No such criterion",
            f"{shown.code} has no criterion {one_line(', '.join(unknown) or criterion)}. Nothing was marked.",
            f"Its criteria are {', '.join(each.number for each in shown.criteria)}.",
        )
    recorded: list[Recorded] = []
    try:
        for number in numbers:
            recorded.append(centre.mark(registration, shown.code, number, result, text))
    finally:
        if recorded:
            tell_all_recorded(session, centre, recorded)
