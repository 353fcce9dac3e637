"""`markterm plan`: what is to be verified, by whom until when, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, given_text
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import read_everybody, with_bar
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged
from markterm.domain.views.plan_lines import PLAN_FILTER, PlanLine, PlanOrder, filter_plan, sort_plan
from markterm.domain.words.counted import counted
from markterm.domain.words.day_said import day_said
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.event import event_as_json
from markterm.exports.plain.plan import plan_as_json, plan_in_short

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.plans import StandingPlan
    from markterm.domain.sampling.assessed_learner import Assessed
    from markterm.domain.sampling.proposal import Proposal
    from markterm.domain.sampling.table import Table


from_option = click.option("--from", "begins", default="", metavar="DATE", help="The first day of the plan.")
until_option = click.option("--until", "ends", default="", metavar="DATE", help="Its last day.")


def period_given(begins: str, ends: str) -> tuple[date, date] | None:
    """The days that were given; None where none were. Raises `WrongUse` for one alone."""
    first, last = day_given(begins), day_given(ends)
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise WrongUse("Which days?", "A plan has a first day and a last one.", "Give both --from and --until.")
    return first, last


@click.command("plan", cls=Command)
@click.argument("filters", metavar="[FILTER]...", nargs=-1, shell_complete=completion.plan_filters)
@from_option
@until_option
@click.option("--seed", default="", metavar="TEXT", help="What the random order is made from.")
@click.option("--adopt", is_flag=True, help="Record the plan as it is proposed.")
@click.option("--add", nargs=2, multiple=True, metavar="LEARNER UNIT", help="Add a unit by hand.")
@click.option("--drop", nargs=2, multiple=True, metavar="LEARNER UNIT", help="Take a unit out by hand.")
@click.option("--date", "dated", nargs=2, multiple=True, metavar="LEARNER UNIT", help="Plan a unit for the day --on.")
@click.option("--assign", nargs=2, multiple=True, metavar="LEARNER UNIT", help="Give a unit to the verifier --to.")
@click.option("--method", nargs=2, multiple=True, metavar="LEARNER UNIT", help="Verify a unit --by another method.")
@click.option("--on", default="", metavar="DATE", help="The day, with --date or --add: 2026-01-31, 31/1 or +14 days.")
@click.option(
    "--to",
    default="",
    metavar="MEMBER",
    help="The verifier, with --assign or --add.",
    shell_complete=completion.members,
)
@click.option("--by", default="", metavar="TEXT", help="How it is verified, with --method or --add.")
@click.option("--reason", "why", default="", metavar="TEXT", help="The reason for a change. - reads it from stdin.")
@click.option(
    "--sort", "order", type=click.Choice(PlanOrder, case_sensitive=False), default=PlanOrder.ASSESSOR, show_default=True
)
@click.option("--list", "listed", is_flag=True, help="Show which plans there are, for which days.")
@click.option("--rules", "with_rules", is_flag=True, help="Show every rule with what it asked and got.")
@pass_session
def command(
    session: Session,
    filters: tuple[str, ...],
    begins: str,
    ends: str,
    seed: str,
    *,
    adopt: bool,
    add: Sequence[tuple[str, str]],
    drop: Sequence[tuple[str, str]],
    dated: Sequence[tuple[str, str]],
    assign: Sequence[tuple[str, str]],
    method: Sequence[tuple[str, str]],
    on: str,
    to: str,
    by: str,
    why: str,
    order: PlanOrder,
    listed: bool,
    with_rules: bool,
) -> None:
    """Propose, adopt and change the sampling plan.

    The plan for a period (the present one, or what of the college year is in no plan) is chosen from everything that
    was closed in it or is still being assessed, by [verification] in centre.toml. What is in the plan stays when
    learners join; what the rules then lack is proposed, and --adopt records it. A part is drawn at random: from it
    alone it is said what the sample proves. The same question has the same plan on any machine.

    Beside the samples it says which assessors are to be observed or asked about, and what of each verifier's own
    verifications a Lead IV looks at (markterm countersign --verification), where centre.toml asks for it.

    By hand a sample is added, dropped, planned for a day, given to a verifier or verified in another way, or several at
    once, with --reason. markterm why says of any unit why it is in the plan or is not.

    A FILTER is a word, or field:value with one of the fields unit, assessor, verifier, state, risk, stage and drawn;
    several of them narrow the samples down, of several of the same field any one, and a - in front turns one round
    (after -- on the command line). The values of state are proposed, sampled (without the plan), not-closed-yet,
    planned, overdue, not-finished, agreed, not-countersigned, not-agreed, conflict, stale, nothing-decided-yet,
    not-there-any-more and not-read; those of drawn are yes and no.

    \b
    Examples:
      markterm plan
      markterm plan --list
      markterm plan state:overdue verifier:ines --sort due
      markterm plan --adopt --as ines
      markterm plan --add JON2041 501 --on 2026-11-03 --reason "visit to the depot" --as ines
      markterm plan --assign JON2041 501 --assign OKA2218 503 --to omar --reason "Inês taught them" --as ines
    """
    changes = {
        PlanChange.ADDED: add,
        PlanChange.DROPPED: drop,
        PlanChange.DATED: dated,
        PlanChange.ASSIGNED: assign,
        PlanChange.METHOD: method,
    }
    asked = [(what, meant) for what, meant in changes.items() if meant]
    if len(asked) + adopt + bool(filters) > 1 and (asked or adopt):
        raise WrongUse("One thing at a time", "Several things were asked for.", "Give them one after the other.")
    _check_fits(asked[0][0] if asked else None, on, to, by)
    PLAN_FILTER.check(" ".join(filters))
    centre = session.centre()
    if listed:
        _say_plans(session, centre)
        return
    day = day_said(on, centre.plan.today) if on else None
    stands = centre.plan.of(period_given(begins, ends))
    if asked:
        what, meant = asked[0]
        _change(session, centre, stands, what, meant, given_text(why), day, to, by)
        return
    rows, assessed = read_everybody(centre)
    proposed = centre.plan.proposed(assessed, stands, seed)
    if adopt:
        is_new = centre.plan.adopt(proposed, stands) is not None
        stands = centre.plan.of(stands.period)
        count = counted(len(proposed.said.samples), "sample")
        new = f"Adopted: {count}, {len(proposed.new)} of them new." if is_new else "All of it is adopted already."
        click.echo(new, err=True)
        _record_samples(centre, assessed, stands)
        proposed = centre.plan.proposed(assessed, stands, seed)
    table = centre.plan.table(assessed, stands, proposed)
    names = {row.registration: row.name for row in rows}
    lines = [PlanLine(row, names.get(row.sample.planned.learner, "")) for row in table.rows]
    shown = sort_plan(filter_plan(lines, " ".join(filters)), order)
    if session.as_json:
        say_json(plan_as_json(stands, proposed, table, shown))
    else:
        for line in _lines(stands, proposed, table, shown, with_rules=with_rules):
            say(line)
        for is_done, line in table.beside.lines:
            say(one_line(f"{_DONE[is_done]} {line}"))
    warn_of_hidden(rows)


def _say_plans(session: Session, centre: Centre) -> None:
    """Say which plans there are, for which days, and who adopted them."""
    plans = centre.plan.every()
    if session.as_json:
        say_json([plan_in_short(each) for each in plans])
        return
    for each in plans:
        by = " and ".join(f"{one.actor} on {one.at.date()}" for one in each.adopted)
        told = f"adopted by {by}" if by else "nothing adopted"
        gone = f", {counted(len(each.dropped), 'unit')} taken out by hand" if each.dropped else ""
        say(one_line(f"{each.begins} to {each.ends}: {counted(len(each.samples), 'sample')}, {told}{gone}"))
    if not plans:
        say("There is no plan yet.")


def _change(
    session: Session,
    centre: Centre,
    stands: StandingPlan,
    what: PlanChange,
    meant: Sequence[tuple[str, str]],
    why: str,
    day: date | None,
    to: str,
    by: str,
) -> None:
    """Change samples by hand, and say of each that it was changed, or why not. Raises what the first one did that was
    not, when all is told; and `WrongUse` before anything is changed when a learner or unit is not known."""
    from markterm.centre.plan import NotChanged

    keys = [centre.plan.named(*each, stands) for each in meant]
    events, refused = [], []
    for each in centre.plan.change(stands, dict.fromkeys(keys), what, why, day=day, verifier=to, method=by):
        name = " ".join(each.key)
        if isinstance(each, NotChanged):
            refused.append(each.error)
            if len(keys) > 1:
                click.echo(one_line(f"{name} was not changed: {each.error.what}"), err=True)
            continue
        events.append(event_as_json(each.event))
        if not session.as_json:
            say(one_line(f"{name}: {_told(each.said)} in the plan for {stands.begins} to {stands.ends}."))
        if each.taken_back:
            click.echo(one_line(f"{name} is sampled no more: nobody had looked at it."), err=True)
        elif what is PlanChange.DROPPED and each.sampled:
            click.echo(one_line(f"{name} was {each.sampled}: what waits for that goes on waiting."), err=True)
    if session.as_json and (events or not refused):
        say_json(events[0] if len(keys) == 1 else events)
    if refused:
        raise refused[0]


def _record_samples(centre: Centre, assessed: Assessed, stands: StandingPlan) -> None:
    """Record in the learners' records what is sampled, and say how many say it now, and which do not."""
    from markterm.centre.plan import NotSampled

    count = 0
    steps = centre.plan.sampling(assessed, stands)
    try:
        for step in with_bar(steps, len(stands.samples), "Recording the samples", learners=len(stands.samples)):
            if isinstance(step, NotSampled):
                told = f"{step.learner} {step.unit} is in the plan, and its record does not say so: {step.why}"
                click.echo(one_line(told), err=True)
            else:
                count += 1
    finally:
        if count:
            click.echo(f"Recorded as sampled in {counted(count, 'unit')}.", err=True)


def _check_fits(what: PlanChange | None, on: str, to: str, by: str) -> None:
    """Raises `WrongUse` when the day, verifier or method of a change is missing, or nothing is done with it."""
    if what is PlanChange.DATED and not on:
        raise WrongUse("Which day?", "Nothing was said of the day.", "Give it: --on 2026-01-31, --on 31/1 or --on +14.")
    if what is PlanChange.ASSIGNED and not to:
        raise WrongUse("Which verifier?", "Nobody was named.", "Name a verifier: --to MEMBER.")
    if on and what not in (PlanChange.DATED, PlanChange.ADDED):
        raise WrongUse("What is on that day?", "--on belongs to --date or --add.", "Give one of them, or leave it out.")
    if to and what not in (PlanChange.ASSIGNED, PlanChange.ADDED):
        raise WrongUse("What is to be theirs?", "--to belongs to --assign or --add.", "Give one, or leave it out.")
    if what is PlanChange.METHOD and not by:
        raise WrongUse("Which method?", "Nothing was said of how.", 'Say it: --by "interview with the learner".')
    if by and what not in (PlanChange.METHOD, PlanChange.ADDED):
        raise WrongUse("What is verified so?", "--by belongs to --method or --add.", "Give one, or leave it out.")


def _told(said: PlanChanged) -> str:
    told = {
        PlanChange.ADDED: "added",
        PlanChange.DROPPED: "dropped",
        PlanChange.DATED: "planned",
        PlanChange.ASSIGNED: "assigned",
        PlanChange.METHOD: "verified",
    }[said.change]
    day, to = f" for {said.day}" if said.day is not None else "", f" to {said.verifier}" if said.verifier else ""
    return f"{told}{day}{to}{f' by {said.method}' if said.method else ''}"


def _lines(
    stands: StandingPlan, proposed: Proposal, table: Table, shown: Sequence[PlanLine], *, with_rules: bool
) -> Iterator[str]:
    from markterm.domain.sampling.proposal import NOT_PROPOSED

    count = counted(len(table.rows), "sample")
    of = f"{len(shown)} of {count}" if len(shown) < len(table.rows) else count
    yield f"Sampling plan {stands.begins} to {stands.ends}: {of}"
    if len(stands.adopted) > 1:
        both = " and by ".join(each.actor for each in stands.adopted)
        yield f"Adopted by {both}, none having seen the other's: all of it stands, and the next one adopted joins them."
    if shown:
        yield ""
        for number, line in enumerate(columns([_HEADING, *map(_cells, shown)], headed=True)):
            yield line
            if number:
                row = shown[number - 1].row
                yield f"    {one_line(row.sample.in_short)}"
                if row.nobody:
                    yield f"    ! nobody may look at it: {one_line(row.nobody)}"
    for (learner, unit), why in stands.dropped.items():
        yield f"{one_line(f'{learner} {unit}')}: {one_line(why)}"
    yield ""
    for rule in proposed.said.rules:
        if with_rules or rule.got < rule.asked:
            why_fewer = f": {rule.why}" if rule.why else ""
            yield one_line(
                f"{'✓' if rule.got >= rule.asked else '✗'} {rule.words}: {rule.got} of {rule.asked}{why_fewer}"
            )
    yield table.proves
    if proposed.said.samples:
        yield table.of_others
    if table.rows and all(row.sample.key in proposed.nobody for row in table.rows):
        yield "Nobody here may look at any of it: an awarding organisation will ask for a verifier from outside."
    if proposed.new:
        yield f"No plan with what stands meets these rules with fewer than {counted(proposed.lower_bound, 'sample')}."
        yield f"{counted(len(proposed.new), 'sample')} proposed: --adopt records the plan with them."
    elif not proposed.said.is_whole:
        yield NOT_PROPOSED
    elif not stands.adopted and not proposed.said.samples:
        yield "Nothing was assessed in these days that could be sampled."


_DONE = {True: "✓", None: "·", False: "✗"}
_HEADING = (
    *("assessor", "risk", "learner", "name", "unit", "stage", "planned", "actual", "state", "verifier"),
    *("method", "report"),
)


def _cells(line: PlanLine) -> Sequence[str]:
    row, sample, planned = line.row, line.row.sample, line.row.sample.planned
    return (
        one_line(planned.assessor) or "–",
        planned.risk or "–",
        one_line(planned.learner),
        one_line(line.name),
        one_line(planned.unit),
        planned.stage or "–",
        str(row.by or "–"),
        str(row.actual or "–"),
        row.where.value,
        one_line(sample.verifier) or "–",
        one_line(sample.method) or "–",
        one_line(row.report) or "–",
    )
