"""What the commands that record something have in common: they say what is durable now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.output import say, say_json, warn_of_damage
from markterm.cli.session import Session
from markterm.cli.wording import recorded_line
from markterm.domain.portfolio import CriterionState
from markterm.records.codec import to_json

if TYPE_CHECKING:
    from markterm.centre import Centre, Recorded


def tell_recorded(session: Session, centre: Centre, recorded: Recorded) -> None:
    """Say what was recorded, or print the event as JSON."""
    tell_all_recorded(session, centre, [recorded])


def tell_all_recorded(session: Session, centre: Centre, recorded: Sequence[Recorded]) -> None:
    """Say what was recorded: in JSON one event, or a list when there are several."""
    if session.as_json:
        events = [to_json(each.event) for each in recorded]
        say_json(events[0] if len(events) == 1 else events)
    for each in recorded if not session.as_json else ():
        say(recorded_line(each, centre.details))
        if _in_conflict(each):
            click.echo(
                "Another decision on this criterion was made without having seen this one. Both are kept: "
                "read both notes (markterm show), then mark it again with a note that says why.",
                err=True,
            )
    warn_of_damage(recorded[-1].portfolio.findings if recorded else ())


def _in_conflict(recorded: Recorded) -> bool:
    subject = recorded.event.subject
    if subject.unit is None or subject.criterion is None:
        return False
    record = recorded.portfolio.portfolio.unit(subject.unit).criterion(subject.criterion)
    return record.state is CriterionState.CONFLICT
