"""`markterm testimony`: what witnesses say that they saw, and the centre's witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.accounts_told import account_options, tell_accounts, text_given
from markterm.cli.arguments import day_given
from markterm.cli.caveats import warn_of_hidden
from markterm.cli.everybody import everybody, with_bar
from markterm.cli.output import say, say_json
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.method import Method
from markterm.domain.record.bodies.accounts import Account, AccountStep, Witness
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.account import witness_as_json

if TYPE_CHECKING:
    from markterm.centre.accounts import WitnessOf
    from markterm.centre.centre import Centre


@click.command("testimony", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.option("--witness", default="", metavar="NAME", help="Who testifies.")
@click.option("--role", default="", metavar="TEXT", help="What they do there: head of the kitchen.")
@click.option("--relationship", default="", metavar="TEXT", help="What they are to the learner: line manager.")
@click.option("--contact", default="", metavar="TEXT", help="How they are reached.")
@account_options
@pass_session
def command(
    session: Session,
    learner: str,
    witness: str,
    role: str,
    relationship: str,
    contact: str,
    on: str,
    place: str,
    present: Sequence[str],
    minutes: int | None,
    criteria: Sequence[str],
    text: str,
    source: Path | None,
    attach: Sequence[Path],
    replaces: str,
) -> None:
    """Keep what a witness says, or list the witnesses.

    A testimony is the witness's account, and becomes a file among the learner's evidence. The witness confirms it with
    their signature or a recording, by markterm observe --confirm; until then it is not confirmed, everywhere. A witness
    who is close to the learner is told as that. Without --witness a learner's accounts are listed, and without a
    LEARNER the centre's witnesses.

    \b
    Examples:
      markterm testimony
      markterm testimony JON2041 --witness "Mo Ode" --role "head of the kitchen" --relationship "line manager"
        --contact mo@example.org --on 2026-03-02 --place "The kitchen" --criteria "501 2.1" --from ode.md --as asha
    """
    centre = session.centre()
    if not learner:
        _tell_witnesses(session, centre)
        return
    registration = centre.learners.find(learner)
    if not (witness or text or source):
        tell_accounts(session, centre, registration)
        return
    said = Account(
        AccountStep.KEPT,
        Method.TESTIMONY,
        on=day_given(on),
        place=place,
        present=tuple(present),
        minutes=minutes,
        covers=centre.accounts.covered(registration, " ".join(criteria)),
        witness=Witness(*map(one_line, (witness, role, relationship, contact))),
    )
    tell_recorded(session, centre, centre.accounts.keep(registration, said, text_given(text, source), attach, replaces))


def _tell_witnesses(session: Session, centre: Centre) -> None:
    rows = everybody(centre)
    steps = with_bar(centre.accounts.witnesses(), len(rows), "Reading the records", learners=len(rows))
    witnesses = [each for of_one in steps for each in of_one]
    warn_of_hidden(rows)

    def told(of: WitnessOf) -> str:
        return of.account.in_words(centre.details.name_of)

    if session.as_json:
        say_json(
            [
                {**witness_as_json(each.witness), "registration": each.registration, "told": told(each)}
                for each in witnesses
            ]
        )
        return
    for each in witnesses:
        who = each.witness
        known = f"{who.name}, {who.role}, {who.relationship}, {who.contact}"
        say(one_line(f"{known}: of {each.registration} {each.name}, {told(each)}"))
    if not witnesses:
        say("No witness yet.")
