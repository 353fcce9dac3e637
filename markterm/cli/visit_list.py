"""`markterm visit-list`: whom an external quality assurer picked for the visit, and opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.exports.plain.visit_list import visit_list_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.visit_lists import VisitList


@click.command("visit-list", cls=Command)
@click.option("--pick", default="", metavar="LEARNER", help="Into the list.", shell_complete=completion.learners)
@click.option("--put-back", default="", metavar="LEARNER", help="Out of it.", shell_complete=completion.learners)
@click.option("--reason", "why", default="", metavar="TEXT", help="Why; - reads it from stdin.")
@pass_session
def command(session: Session, pick: str, put_back: str, why: str) -> None:
    """Show the list of a visit, or pick a learner for it.

    The external quality assurer picks learners by hand while they visit, and whoever is of the centre sees the list at
    once, with whom they opened and when, and who was only on a list or in a report that they read. Each step is an
    entry of the centre's own record, by registration.

    \b
    Examples:
      markterm visit-list
      markterm visit-list --pick JON2041 --reason "a resubmission" --as pat
      markterm visit-list --put-back JON2041 --as pat
    """
    if pick and put_back:
        raise WrongUse("One at a time", "A learner is picked, or put back.", "Give --pick or --put-back.")
    if why and not (pick or put_back):
        raise WrongUse("Why what?", "Nothing was recorded.", "Say whom: --pick or --put-back.")
    centre = session.centre()
    lists, find = centre.visit_lists, centre.learners.find
    if pick:
        lists.pick(find(pick), given_text(why))
    elif put_back:
        lists.put_back(find(put_back), given_text(why))
    every = lists.every()
    if session.as_json:
        say_json([visit_list_as_json(each) for each in every])
        return
    _say(centre, every)
    click.echo(f"{counted(len(every), 'list')}.", err=True)


def _say(centre: Centre, every: Sequence[VisitList]) -> None:
    names = {row.registration: row.name for row in centre.caseload.now()}
    for told in every:
        for line in told.in_lines(centre.details.name_of, names, date.isoformat, moment):
            say(line)
