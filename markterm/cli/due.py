"""`markterm due`: the days on which learners' work is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, filter_given, given_text
from markterm.cli.asking import NobodyAnswers, asked_line, at_a_terminal
from markterm.cli.everybody import everybody, why_nobody
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.caseload_filter import filter_rows, units_named
from markterm.domain.words.code import with_code
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

_NO_DAY = "none"
_HEADINGS = ("Due", "Registration", "Learner", "Unit", "Decided", "Waiting for", "")


@click.command("due", cls=Command)
@click.argument("code", required=False, default="", shell_complete=completion.units)
@click.argument("day", required=False, default="")
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--reason", "why", default="", metavar="TEXT", help="Why another day was agreed; - reads it from stdin.")
@click.option("--yes", is_flag=True, help="Set it for several learners without asking.")
@pass_session
def command(session: Session, code: str, day: str, filters: tuple[str, ...], why: str, yes: bool) -> None:
    """List what is due, or say when work is due.

    With a unit or assignment as CODE and a DAY, such as 2026-12-04, that day is set for every learner who has it and
    whom the FILTER lets through: a registration means one. It stands before the day that the sheet gives with a line
    `due: 2026-12-04`. DAY is none where it is due on no day. Another day than was set for a learner before needs
    --reason.
    A unit is due until it is closed, and a day that is over stops nobody: status due:overdue finds what is late.

    Without them it lists every unit with a day that is not closed, the first day first; a CODE alone lists that unit,
    or those of that assignment.

    \b
    Examples:
      markterm due
      markterm due 501 2026-12-04 --as asha
      markterm due 501 2026-12-11 JON2041 --reason "Ill for a week." --as asha
      markterm due 8580-IA-CERT 2026-12-18 qualification:8580-CERT --yes --as carol
    """
    centre = session.centre()
    if not day:
        _list(session, centre, code)
        return
    filtered = filter_given(filters)
    on = None if day == _NO_DAY else day_given(day)
    learners = everybody(centre)
    let_through = filter_rows(learners, filtered, centre.caseload.today)
    if not let_through:
        raise WrongUse("Whose?", f"{why_nobody(learners, filtered)} Nothing was recorded.", "Name a learner.")
    meant = centre.due_days.on(let_through, code)
    if len(meant) == 1:
        recorded = centre.due_days.set(meant[0].registration, code, on, given_text(why))
        _tell(session, [event_as_json(recorded.event)], f"{_name(meant[0])}: {_words(code, on)}.")
        return
    if not yes:
        _ask(len(meant), code, on)
    _set_all(session, centre, meant, code, on, given_text(why))


def _ask(learners: int, code: str, on: date | None) -> None:
    """Raises `Refused` unless somebody says yes."""
    question = f"{_words(code, on)} for {counted(learners, 'learner')}. Record it? [y/N]"
    if not at_a_terminal():
        raise Refused("For all of them?", f"{question.partition('.')[0]}: nothing was recorded.", "Give --yes.")
    try:
        if asked_line(question).strip().casefold() in ("y", "yes"):
            return
    except NobodyAnswers:
        pass
    raise Refused("Nothing was recorded", "Nobody said yes.", "Narrow the learners down with a filter, or say yes.")


def _set_all(
    session: Session, centre: Centre, meant: Sequence[CaseloadRow], code: str, on: date | None, why: str
) -> None:
    from markterm.centre.due_days import NotSet

    events, stood, refused = [], 0, []
    for each in centre.due_days.set_for(meant, code, on, why):
        if not isinstance(each, NotSet):
            events.append(event_as_json(each.event))
        elif each.why is None:
            stood += 1
        else:
            refused.append((each.row, each.why))
            click.echo(one_line(f"{_name(each.row)}: {each.why.what} {each.why.next_step}"), err=True)
    told = [f"{_words(code, on)}: recorded for {counted(len(events), 'learner')}"]
    told += [f"{stood} had it so already"] * bool(stood)
    told += [f"{len(refused)} not, for the reasons above"] * bool(refused)
    _tell(session, events, f"{', '.join(told)}.")
    if refused:
        raise Refused("Not for everybody", f"It was not recorded for {counted(len(refused), 'learner')}.", "See above.")


def _tell(session: Session, events: list[dict[str, object]], told: str) -> None:
    if session.as_json:
        say_json(events)
    else:
        say(one_line(told))


def _list(session: Session, centre: Centre, code: str) -> None:
    today = centre.caseload.today
    rows: Sequence[CaseloadRow] = filter_rows(everybody(centre), "", today)
    if code:
        rows = centre.due_days.on(rows, code)
    is_unit = any(units_named(row, f"unit:{code}") for row in rows) if code else True
    assignments = with_code(centre.sheets.assignments.by_code.values(), code) if not is_unit else ()
    units = frozenset(unit for each in assignments for unit in each.units)
    due = [
        (unit.due_day, row, unit)
        for row in rows
        for unit in row.units
        if unit.due_day is not None and _is_meant(unit, row, code, units)
    ]
    due.sort(key=lambda each: (each[0], each[1].place, each[2].code))
    if session.as_json:
        say_json([_as_json(row, unit, today) for _, row, unit in due])
        return
    table = [_HEADINGS, *(_cells(row, unit, today) for _, row, unit in due)]
    if due:
        say("\n".join(columns(table, headed=True)))
    late = sum(each[0] < today for each in due)
    for_today = sum(each[0] == today for each in due)
    told = [f"{counted(len(due), 'unit')} due", f"{late} late", f"{for_today} today"] if due else ["Nothing is due"]
    click.echo(f"{', '.join(told)}.", err=True)


def _is_meant(unit: UnitProgress, row: CaseloadRow, code: str, units: frozenset[str]) -> bool:
    return not code or unit.code in units or unit.code in units_named(row, f"unit:{code}")


def _cells(row: CaseloadRow, unit: UnitProgress, today: date) -> tuple[str, ...]:
    day = unit.due_day
    return (
        str(day),
        one_line(row.registration),
        one_line(row.name),
        one_line(unit.code),
        f"{unit.decided}/{unit.criteria}",
        str(unit.due[0]) if unit.due else "nobody",
        "! late" if day is not None and day < today else "! today" if day == today else "",
    )


def _as_json(row: CaseloadRow, unit: UnitProgress, today: date) -> dict[str, object]:
    day = unit.due_day
    return {
        "due_on": iso(day),
        "late": day is not None and day < today,
        "registration": row.registration,
        "name": row.name,
        "unit": unit.code,
        "decided": unit.decided,
        "criteria": unit.criteria,
        "waiting": str(unit.due[0]) if unit.due else None,
    }


def _words(code: str, on: date | None) -> str:
    return f"{one_line(code)} is due on {on}" if on is not None else f"{one_line(code)} is due on no day"


def _name(row: CaseloadRow) -> str:
    return one_line(f"{row.registration} {row.name}")
