"""`markterm recent`: the decisions made last, across the caseload."""

from __future__ import annotations

import click

from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody
from markterm.cli.output import indented, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.views.recent import RecentDecision
from markterm.domain.views.signs import decision_sign
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import decision_as_json, place_as_json
from markterm.exports.plain.values import Json


@click.command("recent", cls=Command)
@click.option("--by", "actor", default="", metavar="MEMBER", help="Only the decisions of this member.")
@click.option("-n", "most", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many.")
@pass_session
def command(session: Session, actor: str, most: int) -> None:
    """Show the decisions made last, the newest first.

    \b
    Examples:
      markterm recent
      markterm recent --by asha -n 5 --json
    """
    centre = session.centre()
    warn_of_hidden(everybody(centre))
    found = centre.history.recent(most, actor)
    if actor and not found:
        centre.details.named(actor)  # Whoever left the centre has decisions all the same.
    if session.as_json:
        say_json([_as_json(each) for each in found])
        return
    for each in found:
        decision = each.decision
        replaced = "" if each.stands else "  (replaced since)"
        what = f"{each.registration}  {each.unit.code} {each.criterion}  {decision_sign(decision)}"
        words = f", note by {' and '.join(decision.in_words_of)}" if decision.in_words_of else ""
        say(one_line(f"{moment(decision.at)}  {what}  by {decision.actor}{words}{replaced}"))
        if decision.note.strip():
            say(indented(decision.note, 4))


def _as_json(recent: RecentDecision) -> Json:
    return {
        "registration": recent.registration,
        **place_as_json(recent.unit, recent.criterion),
        **decision_as_json(recent.decision),
        "stands": recent.stands,
    }
