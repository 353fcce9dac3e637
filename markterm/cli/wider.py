"""How a wider sample is told: the same criterion by the same assessor, after one decision was not agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.everybody import everybody
from markterm.cli.output import columns, moment, say, say_json
from markterm.cli.session import Session
from markterm.domain.views.signs import decision_sign
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import decision_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.sampling.wider import Alike


def tell_wider(session: Session, centre: Centre, place: tuple[str, str, str], *, take: bool) -> None:
    """Say where else the same assessor decided that criterion, and which of it a wider sample has; with `take` sample
    that. Raises `WrongUse` where no criterion is named."""
    learner, unit, criterion = place
    if not criterion:
        raise WrongUse(
            "Which criterion?", "A wider sample is of one criterion.", "Name the learner, unit and criterion."
        )
    registration = centre.learners.find(learner)
    everybody(centre)
    wider = centre.actions.wider(registration, unit, criterion)
    proposed = [each for each in wider.found if each.is_proposed]
    if take:
        for each in proposed:
            centre.verification.sample(each.registration, wider.unit.code, wider.why(registration))
    if session.as_json:
        say_json([_as_json(each, taken=take) for each in wider.found])
        return
    assessor = centre.details.name_of(wider.assessor)
    say(one_line(f"{wider.unit.code} {wider.criterion} by {assessor}, not agreed once, of {registration}"))
    if wider.found:
        say("\n".join(columns([_cells(each, taken=take) for each in wider.found])))
    done = "sampled" if take else "proposed"
    click.echo(f"{counted(len(wider.found), 'decision')} of other learners, {len(proposed)} {done}.", err=True)


def _cells(each: Alike, *, taken: bool) -> tuple[str, ...]:
    where = "agreed" if each.is_agreed else "sampled already" if each.is_sampled else ""
    if each.is_proposed:
        where = "sampled now" if taken else "proposed"
    decision = each.decision
    told = (each.registration, one_line(each.name), str(decision_sign(decision)), moment(decision.at))
    return (*told, "closed" if each.is_closed else "being marked", where)


def _as_json(each: Alike, *, taken: bool) -> dict[str, object]:
    return {
        "registration": each.registration,
        "name": each.name,
        **decision_as_json(each.decision),
        "closed": each.is_closed,
        "agreed": each.is_agreed,
        "sampled": each.is_sampled or (taken and each.is_proposed),
        "proposed": each.is_proposed,
    }
