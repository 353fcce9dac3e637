"""`markterm assessor-observation`: assessors observed at work, and learners and witnesses asked about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, given_text
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.uid import short
from markterm.exports.plain.observation import observation_as_json

if TYPE_CHECKING:
    from markterm.domain.record.observation import Observation

_HOW = {"observation": SeenHow.OBSERVATION, "learner": SeenHow.LEARNER, "witness": SeenHow.WITNESS}


@click.command("assessor-observation", cls=Command)
@click.argument("assessor", required=False, default="", shell_complete=completion.members)
@click.option("--how", type=click.Choice(list(_HOW)), default="observation", help="Seen at work, or who is asked.")
@click.option("--plan", default="", metavar="DATE", help="Plan it until this day: 2026-01-31.")
@click.option(
    "--by", default="", metavar="MEMBER", help="Who is to do it; you, if nobody.", shell_complete=completion.members
)
@click.option("--record", default="", metavar="TEXT", help="What was seen or said; - reads it from stdin.")
@click.option("--on", default="", metavar="DATE", help="The day on which it was.")
@click.option("--planned", default="", metavar="ID", help="What was planned is recorded, or dropped.")
@click.option("--drop", is_flag=True, help="Say that what was planned does not take place.")
@click.option("--unit", default="", help="The unit that is assessed.", shell_complete=completion.units)
@click.option("--learner", default="", help="The learner who is assessed or asked.", shell_complete=completion.learners)
@click.option("--witness", default="", metavar="TEXT", help="The witness who is asked, and what they are.")
@click.option("--strengths", default="", metavar="TEXT", help="What was good, for the assessor.")
@click.option("--development", default="", metavar="TEXT", help="What could be better, for the assessor.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it is planned or dropped.")
@pass_session
def command(
    session: Session,
    assessor: str,
    how: str,
    plan: str,
    by: str,
    record: str,
    on: str,
    planned: str,
    drop: bool,
    unit: str,
    learner: str,
    witness: str,
    strengths: str,
    development: str,
    why: str,
) -> None:
    """Plan and record observations of an assessor.

    A verifier observes an assessor at work, or asks learners and witnesses about it: --how. It is planned until a day,
    and recorded with what was seen, strengths and development. Nobody observes themselves. Without --plan, --record and
    --drop it lists what is planned, overdue and recorded; markterm check names what is overdue.

    \b
    Examples:
      markterm assessor-observation
      markterm assessor-observation asha --plan 2026-10-01 --unit 501 --as ines
      markterm assessor-observation --planned 3f2a91bc --on 2026-09-30 --record "She waits for answers." --as ines
      markterm assessor-observation asha --how witness --witness "Mr Ode, head of the kitchen" --on 2026-09-30
        --record "It was as the diary says." --as ines
    """
    if sum(map(bool, (plan, record, drop))) > 1:
        raise WrongUse(
            "What is to be done?",
            "One thing is done at a time. Nothing was recorded.",
            "Give --plan, --record or --drop.",
        )
    if not (plan or record or drop) and (planned or on or by or why):
        raise WrongUse(
            "What is to be done?",
            "Nothing was said to be done. Nothing was recorded.",
            "Give --plan, --record or --drop.",
        )
    centre = session.centre()
    desk = centre.observations
    registration = centre.learners.find(learner) if learner else ""
    known = desk.of_id(planned) if planned else None
    if drop:
        if known is None:
            raise WrongUse("Which one?", "Nothing was named. Nothing was recorded.", "Give its id with --planned.")
        told: Sequence[Observation] = [desk.drop(known.uid, given_text(why))]
    elif plan or record:
        whose = assessor or (known.said.assessor if known is not None else "")
        if not whose or (known is not None and assessor not in ("", known.said.assessor)):
            raise WrongUse(
                "Of whom?", "No assessor was named, or another one. Nothing was recorded.", "Name the assessor."
            )
        said = AssessorObserved(
            ObservingStep.PLANNED,
            whose,
            _HOW[how],
            observation=known.uid if known is not None else "",
            verifier=by,
            unit=unit,
            learner=registration,
            witness=witness,
            due=day_given(plan),
            on=day_given(on),
            text=given_text(record or why),
            strengths=strengths,
            development=development,
        )
        told = [desk.plan(said) if plan else desk.record(said)]
    else:
        if assessor:
            centre.details.named(assessor)
        told = desk.every(assessor)
    today = desk.today
    if session.as_json:
        every = [observation_as_json(each, today) for each in told]
        say_json(every[0] if plan or record or drop else every)
        return
    for line in _lines(told, today):
        say(line)


def _lines(told: Sequence[Observation], today: date) -> Iterator[str]:
    if not told:
        yield "Nothing is planned or recorded."
    for each in told:
        yield one_line(f"{short(each.uid)} {_about(each.said)}: {_state(each, today)}")
        for record in each.records:
            said = record.said
            yield indented(f"{said.on} by {record.actor}: {said.text}", 2)
            for name, text in (("strengths", said.strengths), ("development", said.development)):
                if text:
                    yield indented(f"{name}: {text}", 4)


def _about(said: AssessorObserved) -> str:
    asked = said.learner if said.how is not SeenHow.WITNESS else said.witness
    return ", ".join(filter(None, (f"{said.how} of {said.assessor}", said.unit, asked)))


def _state(told: Observation, today: date) -> str:
    if told.records or told.dropped is not None:
        return f"{told.state}{f', {told.dropped}' if told.dropped and not told.records else ''}"
    late = "! overdue since" if told.is_overdue(today) else "planned until"
    why = f" ({told.said.text})" if told.said.text else ""
    return f"{late} {told.said.due}, by {told.said.verifier}{why}"
