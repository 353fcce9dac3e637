"""`markterm claim`: what is ready to claim, what blocks the rest, and what became of each claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import given_text
from markterm.cli.caveats import warn_of_damage, warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.follow_up import claim_step_lines
from markterm.cli.output import say, say_each, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.claim import claim_standing_as_json, claimable_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.claims.claimable import Claimable
    from markterm.domain.views.caseload import CaseloadRow

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
@click.option(
    "--only", default="", metavar="FILTER", help="List only that: words, state:blocked, why:no-uln, qualification:CODE."
)
@click.option("--standing", is_flag=True, help="How the centre stands in each qualification, and what that means.")
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
    only: str,
    standing: bool,
) -> None:
    """List what is ready to claim, what blocks the rest.

    Of each learner the qualifications, then the units: how far the claim is, that it is ready, or each thing in the way
    with a code that stays the same. What is needed is said in [claims] of centre.toml. The coordinator records that it
    was claimed, that the certificate was received and sent, or that none is needed; nothing is sent to anybody. What
    changes of a unit after it was claimed is told by show, progress, status and audit. --only narrows the list by words
    and by state: (ready, blocked, claimed, received, sent, exempt, changed), why: (a code), qualification: (with its
    units), unit: and what: (unit or qualification); a minus turns one round. Ends with 0 whatever is blocked.

    \b
    Examples:
      markterm claim --ready
      markterm claim --only "state:blocked why:no-uln"
      markterm claim --standing
      markterm claim JON2041
      markterm claim JON2041 8580-CERT --record claimed --on 2026-06-01 --number C-17 --as carol
      markterm claim JON2041 8580-CERT --record received --number 600123 --as carol
      markterm claim JON2041 8580-CERT --take-back --text "Of another learner." --as carol
    """
    centre = session.centre()
    if step is not None and take_back:
        raise WrongUse("One at a time", "A step is recorded, or taken back.", "Give one of the options.")
    taken = ClaimStep.TAKEN_BACK if take_back else ClaimStep(step) if step is not None else None
    if taken is None:
        if number or text or on is not None:
            raise WrongUse("What is to be recorded?", "Nothing was recorded.", "Say it with --record.")
        if standing:
            if learner or ready or only:
                raise WrongUse("Of the centre", "--standing is of every qualification.", "Give it alone.")
            _standings(session, centre)
        else:
            _list(session, centre, learner, what, " ".join(filter(None, (only, "state:ready" if ready else ""))))
        return
    if ready or only or standing:
        raise WrongUse(
            "List or record?", "--ready, --only and --standing list; nothing was recorded.", "Leave one of them out."
        )
    if not (learner and what):
        raise WrongUse(
            "Claim what?",
            "A claim is of one unit or qualification of one learner.",
            "Give the registration and the code first.",
        )
    day = on.date() if on is not None else None
    registration, said = centre.learners.find(learner), given_text(text)
    tell_recorded(session, centre, centre.claims.take(registration, what, taken, day, number, said))


def _list(session: Session, centre: Centre, learner: str, what: str, only: str) -> None:
    from markterm.centre.claims import named  # Help loads every command.
    from markterm.domain.views.listed_claims import (
        CLAIM_FILTER,
        claims_in_words,
        filter_claims,
        listed_claim,
        words_of_claims,
    )

    CLAIM_FILTER.check(only)
    if learner:
        registration = centre.learners.find(learner)
        theirs = centre.claims.of(registration)
        of = theirs.learner
        listed = [listed_claim(of, each) for each in ((named(theirs, what),) if what else theirs.claimables)]
        warn_of_damage(centre.learners.findings(registration))
    else:
        rows = everybody(centre)
        steps = centre.claims.of_each(row.registration for row in rows)
        read = with_bar(steps, len(rows), "Reading the records", learners=len(rows))
        listed = [listed_claim(of.learner, each) for of in read if of is not None for each in of.claimables]
        warn_of_hidden(rows)
    every, listed = listed, filter_claims(listed, only)
    if session.as_json:
        say_json(
            [
                {"registration": each.row.registration, "name": each.row.name, **claimable_as_json(each.claimable)}
                for each in listed
            ]
        )
        return
    for row, own in groupby(listed, key=lambda each: each.row):
        say_each(_lines(centre, row, [each.claimable for each in own], whole=bool(learner)))
    click.echo(f"{claims_in_words(listed)}.", err=True)
    if every and not listed and (there_are := words_of_claims(every).not_listed(only)):
        click.echo(there_are, err=True)


def _standings(session: Session, centre: Centre) -> None:
    every = centre.claims.standings()
    if session.as_json:
        say_json([claim_standing_as_json(each) for each in every])
        return
    for each in every:
        by = f" ({each.organisation})" if each.organisation else ""
        say(one_line(f"{each.code} {each.title}".rstrip() + f"{by}: {each.in_words}"))
        for sentence in each.sentences:
            say("  " + one_line(sentence))
    click.echo(f"{counted(len(every), 'qualification')}.", err=True)


def _lines(centre: Centre, row: CaseloadRow, own: Iterable[Claimable], *, whole: bool) -> Iterator[str]:
    yield one_line(f"{row.registration} {row.name}")
    for each in own:
        yield f"  {one_line(f'{each.code} {each.title}' if whole else each.code)}: {one_line(each.in_words)}"
        for changed in each.changed:
            yield f"    ! {one_line(changed)}"
        if each.claimed_with:
            yield f"    {one_line(each.claimed_with)}"
        elif each.state is None:
            for block in each.blocks:
                yield f"    {one_line(str(block))} ({block.code})"
        if whole and each.claim is not None:
            yield from (f"    {line}" for line in claim_step_lines(centre, each.claim))
