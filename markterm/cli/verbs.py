"""What the commands that record something have in common: they say what is durable now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.output import say, say_json, warn_of_damage
from markterm.cli.session import Session
from markterm.cli.wording import recorded_line
from markterm.domain.decision import CriterionState
from markterm.domain.foreign_text import one_line
from markterm.domain.submission import NO_CHANGES
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


def warn_of_changed_evidence(centre: Centre, registration: str, units: Iterable[str]) -> None:
    """Say on stderr what became of the evidence of these units, by their codes, since it was fixed."""
    since = centre.attempts.since_submitted(registration)
    for code in units:
        # What is handed in for another unit later changes nothing of it.
        if changed := since.get(code, NO_CHANGES).of_what_was_fixed:
            click.echo(one_line(f"The evidence of {code} changed since it was fixed: {changed.named()}."), err=True)


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
        say(recorded_line(each, centre.details))
        if _in_conflict(each):
            click.echo(
                "Another decision on this criterion was made without having seen this one. Both are kept: "
                "read both notes (markterm show), then markterm settle with the reason.",
                err=True,
            )
    if recorded:
        warn_of_damage(recorded[-1].portfolio.findings, recorded[-1].portfolio.incomplete)


def _in_conflict(recorded: Recorded) -> bool:
    subject = recorded.event.subject
    if subject.unit is None or subject.criterion is None:
        return False
    record = recorded.portfolio.portfolio.unit(subject.unit).criterion(subject.criterion)
    return record.state is CriterionState.CONFLICT
