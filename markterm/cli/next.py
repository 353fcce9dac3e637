"""`markterm next`: the next open criterion anywhere."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.arguments import filter_given
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody, why_nobody
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import learner_line
from markterm.cli.yours import tell_of_cpd, tell_yours
from markterm.domain.views.caseload import Order, cpd_told, sort_rows
from markterm.domain.views.caseload_filter import filter_rows
from markterm.domain.views.unit_told import due_told
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.decision import place_as_json
from markterm.exports.plain.learner import named_as_json
from markterm.exports.plain.values import iso

_NOTHING = 1


@click.command("next", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--sort", "order", type=click.Choice(Order, case_sensitive=False), default=Order.NAME, show_default=True)
@pass_session
def command(session: Session, filters: tuple[str, ...], order: Order) -> int:
    """Show the next open criterion of the whole caseload.

    It is of the first learner who has one, in the order of --sort, and there of what waits for whoever acts: first that
    for which new files came, by their names, then what was handed in before what was not, and of these whatever is due
    first. A FILTER narrows the learners, as that of markterm status does, and the units
    to those that it names. Ends with 1 when nothing is open.

    \b
    Examples:
      markterm next
      markterm next unit:501 assessor:asha
      markterm next --sort due
      markterm next --sort waiting --json
    """
    filtered = filter_given(filters)
    centre = session.centre()
    learners = everybody(centre)
    rows = sort_rows(filter_rows(learners, filtered, centre.caseload.today), order)
    warn_of_hidden(rows)
    tell_yours(centre, learners)
    tell_of_cpd(learners, centre.caseload.today)
    found = centre.across.next_open(rows, filtered)
    if found is None:
        if session.as_json:
            say_json({})
        none = "no learner has a criterion to decide."
        if filtered:
            none = "none whom the filter lets through has a criterion to decide." if rows else ""
        click.echo(f"Nothing is open: {none}" if none else why_nobody(learners, filtered), err=True)
        return _NOTHING
    learner, unit, criterion = found.shown.learner, found.unit, found.criterion
    row = next(row for row in rows if row.registration == learner.registration)
    today = centre.caseload.today
    cpd_overdue, due = row.cpd_overdue(today), found.shown.due_on(unit)
    if session.as_json:
        say_json(
            {
                **named_as_json(learner),
                **place_as_json(unit.key, criterion.number),
                "text": criterion.text,
                "due_on": iso(due),
                "new_files": row.new,
                "cpd_overdue": cpd_overdue,
                "state": found.shown.portfolio.unit(unit.key).criterion(criterion.number).state.value,
            }
        )
        return 0
    say(learner_line(found.shown))
    say(one_line(f"{unit.code} {criterion.number}  {criterion.text}"))
    if told := ", ".join(filter(None, (due_told(due, today).strip(), row.new_told))):
        say(told)
    if cpd_overdue:
        say(f"! {cpd_told(cpd_overdue)}")
    return 0
