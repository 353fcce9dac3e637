"""`markterm report`: figures over all learners, as tables, plots, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given
from markterm.cli.everybody import with_bar
from markterm.cli.output import columns, draws, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.reports.asked import Asked, Axis
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.reports.report import Column, Entry, Report

NAMES = ("agreement", "referrals", "unlike", "plan", "actions", "workload")
_WIDTH = 79


@click.command("report", cls=Command)
@click.argument("name", metavar="REPORT", type=click.Choice(NAMES))
@click.option(
    "--by",
    multiple=True,
    type=click.Choice([axis.value for axis in Axis]),
    help="What the rows are; may be given several times.",
)
@click.option("--unit", default="", metavar="UNIT", help="Only of that unit.", shell_complete=completion.units)
@click.option("--criterion", default="", metavar="NUMBER", help="Only on the criterion of that number.")
@click.option(
    "--assessor",
    default="",
    metavar="MEMBER",
    help="Only what that assessor decided.",
    shell_complete=completion.members,
)
@click.option(
    "--verifier",
    default="",
    metavar="MEMBER",
    help="Only what that verifier answered, or has to do.",
    shell_complete=completion.members,
)
@click.option("--since", default="", metavar="DATE", help="From that day on: 2026-01-31.")
@click.option("--until", default="", metavar="DATE", help="Up to and with that day.")
@click.option("--decisions", is_flag=True, help="List the decisions behind the figures, each with its id.")
@click.option(
    "--plot/--no-plot",
    "plotted",
    default=None,
    help="Draw a plot below the table; without being asked only where a person reads it.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@pass_session
def command(
    session: Session,
    name: str,
    by: tuple[str, ...],
    unit: str,
    criterion: str,
    assessor: str,
    verifier: str,
    since: str,
    until: str,
    *,
    decisions: bool,
    plotted: bool | None,
    as_csv: bool,
) -> None:
    """Show figures over all learners, with what lies behind each.

    agreement is what verifiers answered to the decisions of each assessor, or on each unit, criterion, month or by
    each verifier with --by: interim looks, verifications and whole units apart; and how far independent second
    assessments came to the same, with κ.

    referrals is how much each assessor referred, or of each unit, criterion, task or month: what stands at first
    attempts, and apart from it at resubmissions.

    unlike sets each assessor's referrals in a unit, or on a criterion, beside those of the others: advice with its
    numbers, never a verdict, and nothing at all of few.

    plan is what stands in the sampling plans, and what of it was looked at, on time or late, is overdue or not agreed:
    of each period, with what its drawn part proves, or by assessor, verifier, unit or month; by rule what each rule
    asked and got.

    actions is what is open, overdue, done and accepted of each owner, or by verifier (who set it), unit, criterion, age
    or month; how old it is, and how long it took. Here --assessor is the owner.

    workload is what waits for each member and since when, what is overdue and due soon, and what they got done, or by
    qualification, unit or step.

    What is counted is said below the table, and on stderr what could not be: records that cannot be read, decisions in
    conflict, units without a mark sheet.

    \b
    Examples:
      markterm report agreement --by unit --by month
      markterm report referrals --by unit --by month --since 2026-01-01
      markterm report referrals --by criterion --unit 501 --csv
      markterm report unlike --assessor asha
      markterm report referrals --unit 501 --criterion 1.2 --decisions
      markterm report plan --by verifier
      markterm report actions --by age
      markterm report workload
    """
    if as_csv and session.as_json:
        raise WrongUse("JSON or CSV?", "Both were asked for.", "Give --json or --csv.")
    first, last = day_given(since), day_given(until)
    if first is not None and last is not None and last < first:
        raise WrongUse("Which days?", f"{until} is before {since}.", "Give --until a later day.")
    asked = Asked(tuple(dict.fromkeys(map(Axis, by))), unit, assessor, verifier, first, last, criterion)
    centre = session.centre()
    report = _looked(centre, name, asked)
    for warning in report.warnings:
        click.echo(one_line(warning), err=True)
    if decisions:
        _tell_decisions(session, report.behind(), as_csv=as_csv)
    elif session.as_json:
        from markterm.exports.plain.report import report_as_json

        say_json(report_as_json(report))
    elif as_csv:
        from markterm.exports.csv.report import report_as_csv

        _write(report_as_csv(report))
    else:
        for line in _lines(report, plotted=draws() if plotted is None else plotted):
            say(line)


def _looked(centre: Centre, name: str, asked: Asked) -> Report:
    """The report of that name, as the records are now."""
    steps = centre.reports.steps(name)
    for _ in with_bar(centre.reports.looking(name), steps, "Reading the records", learners=steps):
        pass
    return centre.reports.made(name, asked)


def _lines(report: Report, *, plotted: bool) -> Iterator[str]:
    """The report as a table, with a plot below it and what is said beside it."""
    yield one_line(report.title)
    if report.rows:
        yield ""
        for line, row in zip(_table(report), (None, *report.rows), strict=True):
            yield line
            if row is not None and row.said:
                yield from wrap(one_line(row.said), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    else:
        yield "Nothing of that was recorded."
    yield ""
    if plotted:
        from markterm.exports.plot.report import report_as_plot

        if plot := report_as_plot(report):
            yield from (*plot, "")
    for note in report.notes:
        yield from wrap(note, _WIDTH)


def _table(report: Report) -> list[str]:
    """Headings and rows, figures at the right of their columns; without the names of people where they are too wide."""
    shown = [(place, column) for place, column in enumerate(report.columns) if column.shown]
    lines = _columns(report, shown)
    if max(map(len, lines)) > _WIDTH:
        lines = _columns(report, [each for each in shown if not each[1].name.endswith("_name")])
    return lines


def _columns(report: Report, shown: Sequence[tuple[int, Column]]) -> list[str]:
    from markterm.domain.reports.report import Shape, in_words

    table = [[column.heading for _, column in shown]]
    table += [[in_words(column, row.cells[place]) for place, column in shown] for row in report.rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    to_the_right = [column.shape not in (Shape.TEXT, Shape.DAY) for _, column in shown]
    for line in table:
        line[:] = [
            cell.rjust(width) if right else cell for cell, width, right in zip(line, widths, to_the_right, strict=True)
        ]
    return columns(table, headed=True)


def _tell_decisions(session: Session, entries: Iterable[Entry], *, as_csv: bool) -> None:
    """Print what lies behind the figures."""
    if session.as_json:
        from markterm.exports.plain.report import entry_as_json

        say_json([entry_as_json(each) for each in entries])
    elif as_csv:
        from markterm.exports.csv.report import entries_as_csv

        _write(entries_as_csv(entries))
    else:
        told = [_cells(each) for each in entries]
        for line in columns(told) if told else ["Nothing of that was recorded."]:
            say(line)


def _cells(entry: Entry) -> tuple[str, ...]:
    on = entry.on.isoformat() if entry.on is not None else ""
    words = (entry.learner, str(entry.unit), entry.criterion, on, entry.what, entry.by, entry.uid)
    return tuple(map(one_line, words))


def _write(lines: Iterable[str]) -> None:
    """The lines as they are, for their ends in CSV are no matter of the terminal's."""
    for line in lines:
        click.echo(line.encode("utf-8", "replace"), nl=False)
