"""`markterm visit`: visits of the external quality assurer, their reports, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text, listed
from markterm.cli.follow_up import action_lines
from markterm.cli.output import indented, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.visiting import Held, Visited, VisitStep
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.visit import visit_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.visits import Visit


@click.command("visit", cls=Command)
@click.argument("named", metavar="[ID]", required=False, default="")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Record a visit, of that day.")
@click.option("--organisation", default="", metavar="NAME", help="The awarding organisation; the centre's without.")
@click.option("--by", default="", metavar="NAME", help="Who came.")
@click.option("--rating", default="", metavar="TEXT", help="How the centre was rated.")
@click.option("--scope", default="", metavar="TEXT", help="What was looked at.")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE", help="Their report: its name and hash are kept."
)
@click.option("--sign-off", multiple=True, metavar="QUALIFICATION", help="What was closed by then may be claimed.")
@click.option("--action", default="", metavar="TEXT", help="What the visit of that ID asks for.")
@click.option("--owner", default="", metavar="MEMBER", help="By whom.", shell_complete=completion.members)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Until when.")
@click.option("--holds", type=click.Choice([each.value for each in Held]), multiple=True, help="What waits for it.")
@click.option("--qualification", default="", metavar="QUALIFICATION", help="Of which claims wait; of all without.")
@click.option("--drop", metavar="WHY", help="The visit of that ID was recorded by mistake.")
@click.option("--text", default="", metavar="TEXT", help="What else is said of the visit. - reads it from stdin.")
@pass_session
def command(
    session: Session,
    named: str,
    on: datetime | None,
    organisation: str,
    by: str,
    rating: str,
    scope: str,
    report: Path | None,
    sign_off: tuple[str, ...],
    action: str,
    owner: str,
    due: datetime | None,
    holds: tuple[str, ...],
    qualification: str,
    drop: str | None,
    text: str,
) -> None:
    """List visits of the external quality assurer, or record one.

    The coordinator or a verifier records the visit, and then each thing that its report asks for, with who does it
    until when. That goes on like other actions (markterm action --id): its owner says what was done, and a verifier how
    the awarding organisation accepted it. Until then it holds what --holds says. Where a qualification is claimed after
    a sign-off, --sign-off says of which. The centre's record names learners by registration alone: so should you.

    \b
    Examples:
      markterm visit
      markterm visit --on 2026-03-02 --by "Pat Reed" --rating green --report report.pdf --sign-off 8580-CERT --as carol
      markterm visit 3f2a --action "A plan for 503" --owner ines --due 2026-04-01 --holds claims --as carol
      markterm action --id 1-3f2a91 --done "plan-503.pdf, sent by e-mail" --as ines
      markterm action --id 1-3f2a91 --accept --word "E-mail of Pat Reed, 2026-03-20" --as viktor
    """
    of_report = (organisation, by, rating, scope, report, sign_off, text)
    of_action = (owner, due, holds, qualification)
    asked = [on is not None, bool(action), drop is not None]
    if sum(asked) > 1:
        raise WrongUse("One at a time", "A visit is recorded, asks for something, or is dropped.", "Give one of them.")
    if (any(of_report) and on is None) or (any(of_action) and not action):
        raise WrongUse(
            "Of which visit?",
            "Nothing was recorded.",
            "Give --on for a visit and its report, --action for what it asks for.",
        )
    visits = session.centre().visits
    if on is not None:
        if named:
            raise WrongUse("A new visit?", "A visit that is recorded gets an id of its own.", "Leave the id out.")
        said = Visited(
            VisitStep.RECORDED,
            organisation=organisation,
            by=by,
            on=on.date(),
            rating=rating,
            scope=scope,
            signed_off=listed(sign_off),
            text=given_text(text),
        )
        _tell(session, [visits.record(said, report)])
        return
    if not any(asked):
        every = [visits.named(named)] if named else visits.every()
        _tell(session, every)
        if not session.as_json:
            click.echo(f"{counted(len(every), 'visit')}.", err=True)
        return
    if not named:
        raise WrongUse("Which visit?", "Nothing was recorded.", "Name it by its id; markterm visit lists them.")
    if drop is not None:
        _tell(session, [visits.drop(named, drop)])
        return
    if not owner or due is None:
        raise WrongUse("By whom, until when?", "An action has an owner and a day.", "Give --owner and --due.")
    held = [Held(each) for each in holds]
    _tell(session, [visits.ask_for(named, given_text(action), owner, due.date(), held, qualification)])


def _tell(session: Session, told: Sequence[Visit]) -> None:
    centre = session.centre()
    if session.as_json:
        actions = centre.centre_actions.every()
        say_json([visit_as_json(each, actions) for each in told])
        return
    for visit in told:
        for line in _lines(centre, visit):
            say(line)


def _lines(centre: Centre, visit: Visit) -> Iterator[str]:
    said = visit.said
    yield one_line(f"visit {visit.short}: {visit.in_words}")
    facts = (
        ("scope", said.scope),
        ("report", f"{said.report}, SHA-256 {said.sha256}" if said.report else ""),
        ("signs off what was closed by then", ", ".join(said.signed_off)),
    )
    for what, fact in facts:
        if fact:
            yield f"  {what}: {one_line(fact)}"
    if said.text.strip():
        yield indented(said.text, 4)
    asked = {each.uid for each in visit.asked}
    for each in centre.centre_actions.every():
        if each.set_by in asked:
            for line in action_lines(centre, each.action, centre.actions.today):
                yield f"  {line}"
            if each.holding:
                yield f"  ! holds {one_line(each.holding)}"
