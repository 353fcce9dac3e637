"""`markterm badge list`: which badges there are, and which are to be revoked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.everybody import everybody
from markterm.cli.output import columns, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.badge import badge_as_json

if TYPE_CHECKING:
    from markterm.centre.badges import ListedBadge

_TO_LOOK_AT = 1


@click.command("list", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@pass_session
def command(session: Session, learner: str) -> int:
    """List the badges of everybody, or of one learner.

    Each is offered (the learner passed a course of the centre's own), agreed to, issued, to be revoked, or revoked.
    Ends with 1 when one is to be revoked, or is not what the centre issued.

    \b
    Examples:
      markterm badge list
      markterm badge list JON2041
    """
    from markterm.centre.badges import with_badges  # Only whoever has a badge needs it.

    centre = session.centre()
    registrations = [centre.learners.find(learner)] if learner else with_badges(everybody(centre))
    listed = [each for registration in registrations for each in centre.badges.of(registration)]
    if session.as_json:
        say_json([badge_as_json(each.learner, each.unit, each.standing, each.fault) for each in listed])
    else:
        for line in _lines(listed):
            say(line)
    return _TO_LOOK_AT if any(each.asks for each in listed) else 0


def _lines(listed: list[ListedBadge]) -> Iterator[str]:
    rows = [
        (
            one_line(each.learner),
            one_line(each.unit.code),
            moment(each.standing.badge.at) if each.standing.badge is not None else "",
            each.standing.state.value,
            one_line(each.why),
        )
        for each in listed
    ]
    yield from columns(rows) if rows else ("No badge is offered, agreed to or issued.",)
