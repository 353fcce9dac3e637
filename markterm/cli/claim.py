"""`markterm claim`: what is ready to claim, what blocks the rest, and what became of each claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text
from markterm.cli.caveats import warn_of_damage, warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.follow_up import claim_step_lines
from markterm.cli.output import say, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.claim import claimable_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.claims import ClaimsOf
    from markterm.domain.claims.claimable import Claimable

_RECORDED = ("claimed", "received", "sent", "exempt")


@click.command("claim", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.argument("what", metavar="[UNIT|QUALIFICATION]", required=False, default="", shell_complete=completion.units)
@click.option(
    "--record", "step", type=click.Choice(_RECORDED), help="It was claimed; its certificate came, or was sent; exempt."
)
@click.option("--take-back", is_flag=True, help="The last step was no such thing; --text says why.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of it; today without.")
@click.option("--number", default="", metavar="NUMBER", help="That of the claim or the certificate.")
@click.option("--text", default="", metavar="TEXT", help="What is said of it. - reads it from stdin.")
@click.option("--ready", is_flag=True, help="List only what is ready to claim.")
@pass_session
def command(
    session: Session,
    learner: str,
    what: str,
    step: str | None,
    take_back: bool,
    on: datetime | None,
    number: str,
    text: str,
    ready: bool,
) -> None:
    """List what is ready to claim, what blocks the rest.

    Of each learner the qualifications, then the units: how far the claim is, that it is ready, or each thing in the way
    with a code that stays the same. What is needed is said in [claims] of centre.toml. The coordinator records that it
    was claimed, that the certificate was received and sent, or that none is needed; nothing is sent to anybody. What
    changes of a unit after it was claimed is told by show, progress, status and audit. Ends with 0 whatever is blocked.

    \b
    Examples:
      markterm claim --ready
      markterm claim JON2041
      markterm claim JON2041 8580-CERT --record claimed --on 2026-06-01 --number C-17 --as carol
      markterm claim JON2041 8580-CERT --record received --number 600123 --as carol
      markterm claim JON2041 8580-CERT --take-back --text "Of another learner." --as carol
    """
    centre = session.centre()
    if step is not None and take_back:
        raise WrongUse("One at a time", "A step is recorded, or taken back.", "Give one of the options.")
    if step is None and not take_back:
        if number or text or on is not None:
            raise WrongUse("What is to be recorded?", "Nothing was recorded.", "Say it with --record.")
        _list(session, centre, learner, what, only_ready=ready)
        return
    if ready:
        raise WrongUse("List or record?", "--ready lists; nothing was recorded.", "Leave one of them out.")
    if not (learner and what):
        raise WrongUse(
            "Claim what?",
            "A claim is of one unit or qualification of one learner.",
            "Give the registration and the code first.",
        )
    registration, said = centre.learners.find(learner), given_text(text)
    day = on.date() if on is not None else None
    if step is None:
        if number or day is not None:
            raise WrongUse("Taken back", "What is taken back has neither a day nor a number.", "Leave them out.")
        recorded = centre.claims.take_back(registration, what, said)
    elif step == ClaimStep.CLAIMED:
        recorded = centre.claims.claim(registration, what, day, number, said)
    elif step == ClaimStep.EXEMPT:
        if number:
            raise WrongUse("Exempt", "There is no certificate, and so no number of it.", "Leave --number out.")
        recorded = centre.claims.exempt(registration, what, said, day)
    else:
        recorded = centre.claims.go_on(registration, what, ClaimStep(step), day, number, said)
    tell_recorded(session, centre, recorded)


def _list(session: Session, centre: Centre, learner: str, what: str, *, only_ready: bool) -> None:
    from markterm.centre.claims import named  # Help loads every command.

    if learner:
        registration = centre.learners.find(learner)
        theirs = centre.claims.of(registration)
        found = [(theirs, (named(theirs, what),) if what else theirs.claimables)]
        warn_of_damage(centre.learners.findings(registration))
    else:
        rows = everybody(centre)
        steps = with_bar(centre.claims.of_everybody(), len(rows), "Reading the records", learners=len(rows))
        found = [(each, each.claimables) for each in steps if each is not None]
        warn_of_hidden(rows)
    if only_ready:
        found = [(of, tuple(each for each in every if each.is_ready)) for of, every in found]
    if session.as_json:
        say_json(
            [
                {"registration": of.learner.registration, "name": of.learner.name, **claimable_as_json(each)}
                for of, own in found
                for each in own
            ]
        )
        return
    for of, own in found:
        for line in _lines(centre, of, own, whole=bool(learner)) if own else ():
            say(line)
    every = [each for _, own in found for each in own]
    claimed = sum(each.state is not None for each in every)
    blocked = sum(bool(each.blocks) and each.state is None for each in every)
    click.echo(
        f"{sum(each.is_ready for each in every)} ready to claim, {claimed} claimed, {blocked} blocked.", err=True
    )


def _lines(centre: Centre, of: ClaimsOf, own: tuple[Claimable, ...], *, whole: bool) -> Iterator[str]:
    yield one_line(f"{of.learner.registration} {of.learner.name}")
    for each in own:
        yield f"  {one_line(f'{each.code} {each.title}' if whole else each.code)}: {one_line(each.in_words)}"
        for changed in each.changed:
            yield f"    ! {one_line(changed)}"
        if each.state is None:
            for block in each.blocks:
                yield f"    {one_line(str(block))} ({block.code})"
        if whole and each.claim is not None:
            yield from (f"    {line}" for line in claim_step_lines(centre, each.claim))
