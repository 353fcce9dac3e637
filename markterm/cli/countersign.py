"""`markterm countersign`: an approved member puts their name to what was decided in training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, listed
from markterm.cli.output import indented, moment, say, say_json
from markterm.cli.recorded import tell_each_recorded, tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.views.signs import decision_sign
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import decision_as_json, place_as_json
from markterm.exports.plain.learner import named_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markterm.centre.staff import ToCountersign


@click.command("countersign", cls=Command)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.argument("unit", required=False, shell_complete=completion.units)
@click.argument("criteria", metavar="[CRITERION]...", nargs=-1, shell_complete=completion.criteria)
@click.option("--all", "everything", is_flag=True, help="All decisions on the UNIT that wait.")
@click.option("--verification", is_flag=True, help="What a verifier in training answered to the UNIT.")
@click.option("--note", default="", metavar="TEXT", help="What you want to add; - reads it from stdin.")
@pass_session
def command(
    session: Session,
    learner: str | None,
    unit: str | None,
    criteria: tuple[str, ...],
    *,
    everything: bool,
    verification: bool,
    note: str,
) -> None:
    """Countersign decisions, or a verification, made in training.

    Without a CRITERION and without --all it lists what waits: of the whole caseload, a LEARNER or a UNIT. Whoever
    countersigns is approved for the unit and did not make the decision; a unit is not closed before. Several criteria
    have spaces or commas between.

    With --verification a verifier who is not in training countersigns what one who is (learning_to_verify in
    centre.toml) answered to the unit: until then it waits for its verifier. markterm verify lists those. A Lead IV
    countersigns what any other verifier answered: markterm plan says which.

    \b
    Examples:
      markterm countersign
      markterm countersign JON2041 501 1.1 1.2 --as asha
      markterm countersign JON2041 501 --all --note "Read with Cem." --as asha
      markterm countersign JON2041 501 --verification --as ines
    """
    criteria = listed(criteria)
    if verification and (unit is None or criteria or everything):
        raise WrongUse(
            "Which unit?", "A verification is of a learner's unit as it is.", "Give a LEARNER and a UNIT alone."
        )
    centre = session.centre()
    if learner is not None and unit is not None and verification:
        registration = centre.learners.find(learner)
        tell_recorded(session, centre, centre.verification.countersign(registration, unit, given_text(note)))
        return
    if learner is None:
        _tell_waiting(session, tuple(centre.staff.waiting(centre.caseload.now())))
        return
    registration = centre.learners.find(learner)
    waiting = tuple(centre.staff.waiting_of(registration))
    if unit is None:
        if everything:
            raise WrongUse("Which unit?", "--all is for the decisions on one unit.", "Name the unit, too.")
        _tell_waiting(session, waiting)
        return
    of_unit = centre.learners.portfolio(registration).unit(unit)
    waiting = tuple(each for each in waiting if each.unit == of_unit)
    if everything and criteria:
        raise WrongUse("--all or criteria?", "Both were given. Nothing was countersigned.", "Leave out one of them.")
    if not criteria and not everything:
        _tell_waiting(session, waiting)
        return
    numbers = criteria or tuple(each.criterion for each in waiting)
    if not numbers:
        click.echo(f"Nothing waits for a countersignature on {one_line(of_unit.code)}.", err=True)
    text = given_text(note)
    tell_each_recorded(
        session,
        centre,
        (centre.staff.countersign(registration, of_unit.code, number, text) for number in numbers),
        always_list=len(numbers) != 1 or everything,
    )


def _tell_waiting(session: Session, waiting: Sequence[ToCountersign]) -> None:
    if session.as_json:
        say_json([_as_json(each) for each in waiting])
        return
    for each in waiting:
        learner, decision = each.learner.learner, each.decision
        on = f"{learner.registration} {learner.name}, {each.unit.code} {each.criterion}"
        about = f"{on}: {decision_sign(decision)}"
        say(one_line(f"{about} by {decision.actor}, {moment(decision.at)}"))
        if decision.note.strip():
            say(indented(decision.note, 4))
    count = len(waiting)
    click.echo(
        f"{count or 'No'} decision{'s' * (count != 1)} wait{'s' * (count == 1)} for a countersignature.", err=True
    )


def _as_json(waiting: ToCountersign) -> Json:
    return {
        **named_as_json(waiting.learner.learner),
        **place_as_json(waiting.unit.key, waiting.criterion),
        "decision": waiting.decision.uid,
        **decision_as_json(waiting.decision),
    }
