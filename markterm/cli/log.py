"""`markterm log`: everything that happened to a learner's portfolio."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.output import indented, moment, say, say_json, warn_of_damage
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import fates, result, subject, text_of, who
from markterm.domain.code import is_code
from markterm.domain.event import Event
from markterm.domain.foreign_text import one_line
from markterm.domain.portfolio import fold
from markterm.domain.who_did_what import is_ahead
from markterm.exports.plain.event import event_as_json

_AHEAD = "dated in the future: a clock was wrong"


@click.command("log", cls=Command)
@learner_argument
@click.option("--unit", default="", help="Only this unit.", shell_complete=completion.units)
@click.option("--criterion", default="", help="Only this criterion.", shell_complete=completion.criteria)
@pass_session
def command(session: Session, learner: str, unit: str, criterion: str) -> None:
    """Show every event of a learner, oldest first.

    Nothing is left out: withdrawn and replaced decisions are shown, and so is what a newer version recorded.

    \b
    Examples:
      markterm log JON2041
      markterm log JON2041 --unit 501 --criterion 2.2
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    every = centre.history.of(registration)
    told = {event.uid: _AHEAD for event in every if is_ahead(event.at, centre.recorder.now())}
    for uid, fate in fates(fold(every)).items():
        told[uid] = ", ".join(filter(None, (fate, told.get(uid))))
    events = [event for event in every if _is_about(event, unit, criterion)]
    if session.as_json:
        say_json([{**event_as_json(event), "fate": told.get(event.uid, "")} for event in events])
    for event in events if not session.as_json else ():
        fate = told.get(event.uid, "")
        about = " ".join(filter(None, (subject(event), result(event), f"({fate})" if fate else "")))
        say(one_line(f"{moment(event.at)}  {who(centre.details, event)}:  {about}"))
        if text := text_of(event).strip("\n"):
            say(indented(text, 4))
    click.echo(f"{len(events)} of {len(every)} event{'s' if len(every) != 1 else ''}.", err=True)
    warn_of_damage(centre.learners.findings(registration))


def _is_about(event: Event, unit: str, criterion: str) -> bool:
    if unit and (event.subject.unit is None or not is_code(unit, event.subject.unit.code)):
        return False
    return not criterion or event.subject.criterion == criterion
