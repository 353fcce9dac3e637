"""How the queue of a verifier is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Session
from markterm.domain.views.queue import (
    QUEUE_FILTER,
    Queued,
    QueueOrder,
    Whose,
    due_in_words,
    filter_queue,
    left_in_words,
    sort_queue,
    waits_in_words,
)
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.queue import queued_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre


def tell_queue(
    session: Session, centre: Centre, learner: str, filters: str, order: QueueOrder, *, of_others: bool
) -> None:
    """Say what waits for whoever acts to verify, of every learner or of that one; with `of_others` also what others
    were given, or what is not theirs to do. Raises `WrongUse` for no such learner or field."""
    QUEUE_FILTER.check(filters)
    registration = centre.learners.find(learner) if learner else ""
    rows = [row for row in everybody(centre) if not registration or row.registration == registration]
    queued = centre.verification.queue(rows)
    left_out = 0
    if not of_others and centre.member is not None:
        every, queued = queued, [each for each in queued if each.whose is not Whose.OTHERS]
        left_out = len(every) - len(queued)
    queued = sort_queue(filter_queue(queued, filters), order)
    today = centre.verification.today
    warn_of_hidden(rows)
    if session.as_json:
        say_json([queued_as_json(each, today) for each in queued])
        return
    now = datetime.now(UTC)
    for number, line in enumerate(columns([_cells(centre, each, today, now) for each in queued]) if queued else ()):
        say(line)
        if (why := queued[number].step.in_short).strip():
            say(f"    {one_line(why)}")
    beside = f"; {left_out:,} given to others or not yours to take: --all" if left_out else ""
    click.echo(f"{left_in_words(queued, today).capitalize()}{beside}.", err=True)


def _cells(centre: Centre, each: Queued, today: date, now: datetime) -> tuple[str, ...]:
    step = each.step
    given = centre.details.name_of(step.verifier) if step.verifier else "anybody"
    whose = "you" if each.whose is Whose.YOURS else f"{given}, who left" if each.has_left else given
    over = step.due is not None and step.due < today
    due = (
        f"due {step.due}, {due_in_words(step.due, today)}" if step.due is not None else waits_in_words(step.since, now)
    )
    where = f"{each.unit.code} {step.criterion}".rstrip()
    return (
        one_line(each.row.registration),
        one_line(each.row.name),
        one_line(where),
        each.what,
        one_line(f"by {step.assessor}"),
        one_line(f"for {whose}"),
        f"{'! ' * over}{due}",
        f"! {each.why_not}" if each.why_not else "",
    )
