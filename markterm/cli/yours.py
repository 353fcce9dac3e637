"""`markterm yours`: what whoever acts has to do, which is told in short beside answers about many learners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from markterm.cli.caveats import warn_of_hidden
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.views.yours import yours
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.exports.plain.values import Json, iso

if TYPE_CHECKING:
    from datetime import date

    from markterm.centre.centre import Centre
    from markterm.centre.duties import Duty
    from markterm.domain.views.caseload import CaseloadRow


@click.command("yours", cls=Command)
@pass_session
def command(session: Session) -> None:
    """List what is yours to do.

    What is overdue first, then what came back because a verifier did not agree, then actions, reports to read,
    standardisations to answer, observations that are due and CPD that is planned: what the key Y lists on the screen.
    An action goes on with markterm action, by the id that is told. Below stands how many learners wait for you, with
    new files, and with what is due today.

    \b
    Examples:
      markterm yours --as asha
      markterm yours --as asha --json
    """
    from markterm.cli.everybody import everybody

    centre = session.centre()
    if centre.member is None:
        raise WrongUse(
            "Whose?",
            "What there is to do is a member's own, and nobody was named.",
            "Say who you are, as centre.toml names you.",
            hint=Hint(Way.SAY_WHO_ACTS),
        )
    rows = everybody(centre)
    warn_of_hidden(rows)
    duties, today = centre.duties.of(centre.member.id), centre.duties.today
    if session.as_json:
        say_json([_as_json(each, today) for each in duties])
        return
    for each in duties:
        say(_line(each, today))
    late = sum(each.is_overdue(today) for each in duties)
    click.echo(one_line(f"{counted(len(duties), 'thing')} for {centre.member.id} to do, {late} overdue."), err=True)
    if waiting := centre.caseload.waits_for(centre.member).in_words(rows):
        click.echo(f"Of the learners {waiting}. markterm status shows them.", err=True)


def _line(duty: Duty, today: date) -> str:
    code = duty.unit.code if duty.unit is not None else ""
    where = " ".join(filter(None, (duty.registration, code, duty.criterion))) or "the centre"
    action = duty.action or (duty.of_centre.action if duty.of_centre is not None else None)
    due = f", due {duty.due.isoformat()}" if duty.due is not None else ""
    late = "! overdue " if duty.is_overdue(today) else ""
    return one_line(f"{late}{duty.kind}{f' {action.short}' if action is not None else ''}, {where}{due}: {duty.text}")


def _as_json(duty: Duty, today: date) -> Json:
    action = duty.action or (duty.of_centre.action if duty.of_centre is not None else None)
    return {
        "kind": duty.kind.value,
        "registration": duty.registration or None,
        "unit": duty.unit.code if duty.unit is not None else None,
        "version": duty.unit.version if duty.unit is not None else None,
        "criterion": duty.criterion or None,
        "text": duty.text,
        "due": iso(duty.due),
        "overdue": duty.is_overdue(today),
        "action": action.uid if action is not None else None,
    }


def tell_yours(centre: Centre, rows: Iterable[CaseloadRow]) -> None:
    """Say on stderr what came back to whoever acts, and what else they have to do; nothing when there is nothing."""
    if centre.member is None:
        return
    told = ", ".join(yours(rows, centre.member.id, centre.caseload.today).parts)
    if told:
        who = one_line(centre.member.id)
        click.echo(f"Yours, {who}: {told}. markterm yours lists it.", err=True)


def tell_of_cpd(rows: Iterable[CaseloadRow], today: date) -> None:
    """Say on stderr how many of these learners have CPD that is overdue; nothing when nobody has."""
    if late := sum(bool(row.cpd_overdue(today)) for row in rows):
        click.echo(f"CPD overdue: of {counted(late, 'learner')}. markterm status waiting:cpd lists them.", err=True)


def tell_of_centre(centre: Centre) -> None:
    """Say on stderr what is due of the centre as a whole, and what of it is for whoever acts; nothing when there is
    nothing."""
    due = centre.due.now()
    if not due.words:
        return
    told = f"Of the centre: {'; '.join(due.words)}."
    own = due.of(centre.member.id).words if centre.member is not None else ()
    if centre.member is not None and own:
        told += f" Of that yours, {one_line(centre.member.id)}: {'; '.join(own)}."
    click.echo(f"{told} markterm action, members and assessor-observation show more.", err=True)
