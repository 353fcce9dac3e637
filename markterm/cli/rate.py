"""`markterm rate`: how closely each assessor's decisions in a unit are looked at, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, given_text
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import read_everybody
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.strategy import Risk
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json
from markterm.exports.plain.rating import rating_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.sampling.risk import AssessorRating

SIGNS = {Risk.RED: "‼ red", Risk.AMBER: "! amber", Risk.GREEN: "✓ green"}


@click.command("rate", cls=Command)
@click.argument("assessor", required=False, default="", shell_complete=completion.members)
@click.argument("unit", required=False, default="", shell_complete=completion.units)
@click.argument("risk", required=False, type=click.Choice([risk.value for risk in Risk]))
@click.option("--reason", default="", metavar="TEXT", help="Why it is not what the points come to; - reads stdin.")
@click.option("--until", default="", metavar="DATE", help="The last day on which it holds: 2026-12-31.")
@pass_session
def command(session: Session, assessor: str, unit: str, risk: str | None, reason: str, until: str) -> None:
    """Show how closely assessors are sampled, or say so yourself.

    For each assessor and unit: red, amber or green, with the grounds and the points that centre.toml gives for each:
    how many decisions they made there, whether they are in training, what verifiers did not agree with, the last
    standardisation, and a rate of referrals far from the others'. With a RISK a verifier sets it in place of the
    points, with a reason and the last day on which it holds.

    \b
    Examples:
      markterm rate
      markterm rate asha 501
      markterm rate asha 501 red --reason "Moved to another suite." --until 2026-12-31 --as ines
    """
    centre = session.centre()
    if risk is None and (reason or until):
        raise WrongUse("Which risk?", "Nothing was recorded.", "Say who, in which unit, and red, amber or green.")
    if risk is not None:
        day = day_given(until)
        if day is None:
            raise WrongUse(
                "Until when?", "A rating of your own holds up to a day. Nothing was recorded.", "Give --until."
            )
        event = centre.ratings.rate(assessor, unit, Risk(risk), given_text(reason), day)
        if session.as_json:
            say_json(event_as_json(event))
        else:
            code = centre.sheets.named(unit).code
            say(one_line(f"Recorded: {assessor} is {SIGNS[Risk(risk)]} in {code} until {day}."))
        return
    told = _asked_for(centre, assessor, unit)
    if session.as_json:
        say_json([rating_as_json(each) for each in told])
        return
    for line in _lines(centre, told):
        say(line)


def _asked_for(centre: Centre, assessor: str, unit: str) -> Sequence[AssessorRating]:
    """The ratings of that assessor, or of everybody, in that unit, or in all. Raises `WrongUse`."""
    code = centre.sheets.named(unit).code if unit else ""
    rows, assessed = read_everybody(centre)
    warn_of_hidden(rows)
    found = centre.ratings.of(assessed.counts)
    if assessor and not any(each.assessor == assessor for each in found):
        centre.details.named(assessor)  # Whoever left the centre decided things all the same.
    return [each for each in found if assessor in ("", each.assessor) and code in ("", each.unit)]


def _lines(centre: Centre, told: Sequence[AssessorRating]) -> Iterator[str]:
    if not told:
        yield "Nothing was decided yet."
    for each in told:
        name = centre.details.name_of(each.assessor)
        yield one_line(f"{each.assessor} {name}, {each.unit}: {SIGNS[each.rating.risk]}, {each.rating.points} points")
        for ground in each.rating.grounds:
            yield f"  {one_line(ground)}"
