"""`markterm interest`: conflicts of interest between members and learners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.interest import interest_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.interest import Interest


@click.command("interest", cls=Command)
@click.argument("whose", metavar="[MEMBER]", required=False, shell_complete=completion.members)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.option("--reason", "why", default="", metavar="TEXT", help="How they are close; declares it.")
@click.option("--since", default="", metavar="DAY", help="From which day on; that of declaring it unless it is said.")
@click.option("--told", default="", metavar="DAY", help="When the awarding organisation was told.")
@click.option("--ended", default="", metavar="DAY", help="When it ended; who it is about does not say that.")
@pass_session
def command(
    session: Session, whose: str | None, learner: str | None, why: str, since: str, told: str, ended: str
) -> None:
    """Declare a conflict of interest of a MEMBER with a LEARNER.

    With --reason it is declared; what is said later of the same two is added. Without options it lists what is
    declared: of the centre, of a MEMBER, or of the two. A verifier with one does not verify the learner. An
    assessor does not assess them either: with `interest_bars_assessors = false` in [policy] of centre.toml that is
    recorded, with a warning. What was recorded all the same, markterm audit finds.

    \b
    Examples:
      markterm interest
      markterm interest ines JON2041 --reason "her nephew" --as ines
      markterm interest ines JON2041 --told 2026-03-02 --as carol
      markterm interest ines JON2041 --ended 2026-06-30 --as carol
    """
    days = {"since": day_given(since), "told": day_given(told), "ended": day_given(ended)}
    declares = bool(why.strip()) or any(day is not None for day in days.values())
    if declares and (whose is None or learner is None):
        raise WrongUse(
            "Whose conflict of interest?",
            "A member and a learner have one.",
            "Name both: markterm interest MEMBER LEARNER.",
        )
    centre = session.centre()
    registration = centre.learners.find(learner) if learner is not None else ""
    if declares and whose is not None:
        declared = centre.interests.declare(whose, registration, why, **days)
        if session.as_json:
            say_json(interest_as_json(declared))
        else:
            say("\n".join(_lines(centre, declared)))
        return
    found = centre.interests.declared(whose or "", registration)
    if session.as_json:
        say_json([interest_as_json(each) for each in found])
        return
    for each in found:
        say("\n".join(_lines(centre, each)))
    if not found:
        click.echo("No conflict of interest is declared.", err=True)


def _lines(centre: Centre, interest: Interest) -> Iterator[str]:
    names = centre.details.name_of
    days = (
        f"since {interest.since}" if interest.since is not None else "",
        f"awarding organisation told {interest.told}"
        if interest.told is not None
        else "awarding organisation not told",
        f"ended {interest.ended}" if interest.ended is not None else "",
    )
    told = ", ".join(filter(None, days))
    yield one_line(f"{names(interest.member)} ({interest.member}) and {interest.learner}: {interest.why}")
    yield one_line(f"  {told}; declared {moment(interest.at)} by {names(interest.actor)}")
