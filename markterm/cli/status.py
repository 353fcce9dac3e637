"""`markterm status`: the caseload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import filter_given
from markterm.cli.everybody import everybody, why_nobody
from markterm.cli.hints import message_of
from markterm.cli.output import columns, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.yours import tell_of_centre, tell_of_cpd, tell_yours
from markterm.domain.views.caseload import NOBODYS, CaseloadRow, Order, cpd_told, sort_rows
from markterm.domain.views.caseload_filter import filter_rows, not_shown_in_words
from markterm.domain.views.totals import WaitsForYou
from markterm.domain.views.unit_told import unit_told
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.caseload import row_as_json
from markterm.system.collecting import without_collecting

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

_HEADINGS = ("Registration", "Learner", "Qualification", "Units", "Decided", "Waiting for", "Since", "")


@click.command("status", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.filters)
@click.option("--sort", "order", type=click.Choice(Order, case_sensitive=False), default=Order.NAME, show_default=True)
@pass_session
@without_collecting()
def command(session: Session, filters: tuple[str, ...], order: Order) -> None:
    """Show the caseload, and what each learner waits for.

    Of each learner it is the step that waits longest, with who takes it and since when. Below stands how many wait for
    whoever acts.

    A FILTER is a word, or field:value with one of the fields unit, state, waiting, sampled, owner, due, assessor,
    qualification and site; several of them narrow it down, and a - in front turns one round (after -- on the command
    line). What unit, state, waiting, sampled, owner and due say has to hold of one and the same unit; of several unit:
    any one.

    The values of state are not-started, marking, decided, pass, refer, open, conflict, uncountersigned, changed (since
    it was closed), stale (decisions that do not fit the sheet any more), unfinished, claimed, claim-changed (since it
    was claimed), badge-offered, badge-agreed, badge-issued, badge-to-revoke, badge-revoked, destroyed (its evidence),
    before-registration (it was decided before that), new (files came since an assessor opened them), overdue (an
    action), problem, and left: who left the course is shown where that asks for them alone. Those of waiting are
    learner, assessor, verifier, coordinator and owner (of an action), the steps submit (the evidence, with a
    declaration), verify-brief (which marking waits for), mark, countersign, settle, close, look (a verifier, at what
    is marked), verify, act and accept (an action), acknowledge (a report), release, resubmit, claim, resolve (a case)
    and mend (a sheet or a record), cpd (of the learner, overdue) and nobody; those of sampled are yes, no, interim,
    open, unfinished, not-countersigned, agreed, not-agreed, conflict (of two verifiers) and stale (what was verified
    does not stand any more); that of owner is the id of a member to whom something came back, or who has an action to
    do or a report to read; those of due are today and overdue (both by then), week, none and a day, as due:2026-12-04.
    --json has every step of every unit.

    \b
    Examples:
      markterm status
      markterm status waiting:assessor unit:501 --sort waiting
      markterm status waiting:release
      markterm status owner:asha state:overdue
      markterm status due:week --sort due
      markterm status -- -site:leeds
    """
    filtered = filter_given(filters)
    centre = session.centre()
    learners, today = everybody(centre), centre.caseload.today
    rows = sort_rows(filter_rows(learners, filtered, today), order)
    _warn_of_nobodys(centre, learners)
    here = centre.presence.others()
    waits = centre.caseload.waits_for(centre.member) if centre.member is not None else WaitsForYou()
    if session.as_json:
        say_json([_as_json(row, here.get(row.registration, ()), today, waits) for row in rows])
        return
    if rows:
        # At once: many thousand lines one by one are as many calls of the system.
        table = [_HEADINGS, *(_cells(row, here.get(row.registration, ()), today) for row in rows)]
        say("\n".join(columns(table, headed=True)))
    passed, criteria = sum(row.passed for row in rows), sum(row.criteria for row in rows)
    problems = sum(bool(row.problem) for row in rows)
    told = [
        f"{len(rows)} of {counted(len(learners), 'learner')}",
        f"{passed} of {criteria} criteria met",
    ]
    if for_you := waits.in_words(rows):
        told.append(for_you)
    if problems:
        told.append(f"{problems} with a problem")
    if away := not_shown_in_words(learners, filtered):
        told.append(f"{away} (state:left)")
    click.echo(f"{', '.join(told)}.", err=True)
    if limits := centre.seeing.in_words:
        click.echo(limits, err=True)
    tell_yours(centre, learners)
    tell_of_cpd(learners, today)
    tell_of_centre(centre)
    if not rows and learners:
        click.echo(why_nobody(learners, filtered), err=True)


def _as_json(row: CaseloadRow, here: tuple[str, ...], today: date, waits: WaitsForYou) -> dict[str, object]:
    return {**row_as_json(row, today), "here_now": list(here), "waits_for_you": row.folder in waits.all}


def _warn_of_nobodys(centre: Centre, learners: Sequence[CaseloadRow]) -> None:
    """Say on stderr which records belong to nobody, and what to do."""
    if any(row.problem.startswith(NOBODYS) for row in learners):
        for finding in centre.registrations.of_nobody():
            message = message_of(finding)
            click.echo(one_line(f"{message[:1].upper()}{message[1:]}."), err=True)


def _cells(row: CaseloadRow, here: tuple[str, ...], today: date) -> tuple[str, ...]:
    short = _short(tuple([unit.code for unit in row.units]))
    due = row.next
    return (
        one_line(row.registration),
        one_line(row.name),
        one_line(", ".join(row.progress)),
        one_line(", ".join(f"{short[unit.code]} {unit_told(unit, today)}" for unit in row.units)),
        f"{row.decided}/{row.criteria}",
        str(due) if due is not None else row.left or "nobody",
        moment(due.since) if due is not None and due.since is not None else "",
        one_line("  ".join(_notes(row, here, today))),
    )


def _notes(row: CaseloadRow, here: tuple[str, ...], today: date) -> Iterator[str]:
    if row.problem:
        yield f"! {row.problem}"
    if row.new:
        yield row.new_told
    if late := cpd_told(row.cpd_overdue(today)):
        yield f"! {late}"
    if here:
        yield f"open with {', '.join(here)}"


@lru_cache(maxsize=256)
def _short(codes: tuple[str, ...]) -> Mapping[str, str]:
    """As `short_codes`: a centre's learners are on few different sets of units."""
    return short_codes(codes)
