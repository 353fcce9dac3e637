"""What was recorded, said once it is durable: by every command that records something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.caveats import warn_of_damage
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Session
from markterm.cli.wording import subject, who
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Kind
from markterm.domain.record.leaving import away_in_words
from markterm.domain.record.states import CriterionState
from markterm.domain.views.event_told import event_told
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.recorder import Recorded


def tell_recorded(session: Session, centre: Centre, recorded: Recorded) -> None:
    """Say what was recorded, or print the event as JSON."""
    _tell_all(session, centre, [recorded], as_list=False)


def tell_each_recorded(session: Session, centre: Centre, recorded: Iterable[Recorded], *, always_list: bool) -> None:
    """Record one after the other and say what was recorded, also when the next one is refused.

    In JSON that is a list of events, or one event alone unless `always_list`.
    """
    done: list[Recorded] = []
    try:
        for each in recorded:
            done.append(each)
    except BaseException:
        if done:
            _tell_all(session, centre, done, as_list=always_list)
        raise
    _tell_all(session, centre, done, as_list=always_list)


def tell_last_recorded(session: Session, centre: Centre, recorded: Iterable[Recorded]) -> None:
    """Record one after the other and say what was recorded; in JSON the last alone, which the others prepare."""
    done: list[Recorded] = []
    try:
        for each in recorded:
            done.append(each)
    finally:
        if done:
            _tell_all(session, centre, done[-1:] if session.as_json else done, as_list=False)


def _tell_all(session: Session, centre: Centre, recorded: Sequence[Recorded], *, as_list: bool) -> None:
    if session.as_json:
        events = [event_as_json(each.event) for each in recorded]
        say_json(events[0] if len(events) == 1 and not as_list else events)
    for each in recorded if not session.as_json else ():
        say(_recorded_line(each, centre.details))
        if _in_conflict(each):
            click.echo(
                "Another decision on this criterion was made without having seen this one. Both are kept: "
                "read both notes (markterm show), then markterm settle with the reason.",
                err=True,
            )
    _warn_of_what_rests_on_it(recorded)
    _warn_of_approval(recorded)
    _warn_of_who_left(recorded)
    for each in recorded:
        if each.not_signed:
            click.echo(one_line(f"Recorded, and not signed. {each.not_signed}"), err=True)
    for learner in dict.fromkeys(each.portfolio.learner.registration for each in recorded):
        _warn_of_interest(centre, learner)
    if recorded:
        warn_of_damage(recorded[-1].portfolio.findings, recorded[-1].portfolio.incomplete)


def _warn_of_what_rests_on_it(recorded: Sequence[Recorded]) -> None:
    """Say on stderr that what was recorded changed a unit that is claimed, or has a badge."""
    last = {(each.portfolio.learner.registration, each.event.subject.unit): each.portfolio for each in recorded}
    for (learner, key), shown in last.items():
        if key is None or not shown.portfolio.aside:
            continue
        from markterm.domain.claims.told import told_of_unit  # Only who is done has one.

        for told, changed in told_of_unit(key, shown.portfolio):
            if changed:
                click.echo(one_line(f"{learner} {key.code}: {told} Take that back, or put it right."), err=True)


def _warn_of_approval(recorded: Sequence[Recorded]) -> None:
    """Say on stderr, where marking in an assignment begins, what its sheet does not say of its approval."""
    said = said_in(recorded[0].event, Decided) if recorded else None
    if said is None or not said.assignment:
        return
    shown = recorded[-1].portfolio
    decided = (one for event in shown.portfolio.events if (one := said_in(event, Decided)) is not None)
    if sum(one.assignment == said.assignment for one in decided) <= len(recorded):
        assignment = next((own for own in shown.assignments if own.code == said.assignment), None)
        if assignment is not None and assignment.lacks_approval:
            click.echo(one_line(f"{assignment.code}: {assignment.lacks_approval}."), err=True)


def _warn_of_who_left(recorded: Sequence[Recorded]) -> None:
    """Say on stderr that what was recorded is of somebody who left."""
    last = {each.portfolio.learner.registration: each for each in recorded}
    for registration, each in last.items():
        shown = each.portfolio
        away = away_in_words(shown.learner, shown.portfolio.departure) if each.event.kind != Kind.LEFT else ""
        if away:
            told = f"{registration} {shown.learner.name} {away}: it is recorded, and nobody is asked to go on with it."
            click.echo(one_line(told), err=True)


def _warn_of_interest(centre: Centre, registration: str) -> None:
    """Say on stderr that whoever acts has a conflict of interest with the learner, where that was let pass."""
    interest = centre.interests.of_whoever_acts(registration)
    if interest is not None:
        click.echo(
            one_line(f"You have a declared conflict of interest with {registration}: {interest.why}. It is recorded."),
            err=True,
        )


def _recorded_line(recorded: Recorded, centre: CentreDetails) -> str:
    """What was recorded, about whom, when and by whom."""
    learner, event = recorded.portfolio.learner, recorded.event
    kinds = {each.uid: each.kind for each in recorded.portfolio.portfolio.events}
    parts = (learner.registration, learner.name, subject(event), event_told(event, kinds))
    return one_line(f"{' '.join(filter(None, parts))}, recorded {moment(event.at)} by {who(centre, event)}")


def _in_conflict(recorded: Recorded) -> bool:
    subject = recorded.event.subject
    if subject.unit is None or subject.criterion is None:
        return False
    record = recorded.portfolio.portfolio.unit(subject.unit).criterion(subject.criterion)
    return record.state is CriterionState.CONFLICT
