"""`markterm why`: why a learner's unit is in the sampling plan, or is not."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument, unit_argument
from markterm.cli.output import say, say_json
from markterm.cli.plan import from_option, period_given, until_option
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.sampling.why import in_words
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.plan import why_as_json


@click.command("why", cls=Command)
@learner_argument
@unit_argument
@from_option
@until_option
@pass_session
def command(session: Session, learner: str, unit: str, begins: str, ends: str) -> None:
    """Say why a learner's unit is in the sampling plan, or is not.

    The answer comes from the plan as it was adopted and changed by hand, never from what the records say by now: the
    rules that were about the unit, what each asked and got, and its place in the random order. It is the same a year
    later: without days it comes from the plan that the unit is in, or else from that of today or the last one.

    \b
    Examples:
      markterm why JON2041 501
      markterm why JON2041 501 --from 2025-09-01 --until 2026-08-31
    """
    centre = session.centre()
    period = period_given(begins, ends)
    stands = centre.plan.of(period) if period is not None else centre.plan.about(learner, unit)
    registration, code = centre.plan.named(learner, unit, stands)
    answer = centre.plan.why(registration, code, stands)
    if session.as_json:
        say_json(why_as_json(stands, registration, code, answer))
        return
    for line in in_words(stands, f"{code} of {registration}", answer):
        indent = len(line) - len(line.lstrip())
        say(" " * indent + one_line(line))
