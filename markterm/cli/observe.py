"""`markterm observe`: what an assessor saw, asked and heard, kept as evidence and confirmed by the learner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.accounts_told import account_options, tell_accounts, text_given
from markterm.cli.arguments import day_given, learner_argument
from markterm.cli.recorded import tell_each_recorded, tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.method import BY_THE_ASSESSOR, Method
from markterm.domain.record.bodies.accounts import Account, AccountStep
from markterm.domain.words.errors import WrongUse


@click.command("observe", cls=Command)
@learner_argument
@click.option("--method", type=click.Choice([each.value for each in BY_THE_ASSESSOR]), help="What it was.")
@account_options
@click.option(
    "--with",
    "others",
    multiple=True,
    metavar="LEARNER",
    help="Who did it too: they have the same account, each in their own record. Repeat it.",
    shell_complete=completion.learners,
)
@click.option("--confirm", default="", metavar="ID", help="That account, also a witness's, was confirmed.")
@click.option("--said-by", default="", metavar="NAME", help="Who confirmed it: the learner, or the witness.")
@click.option("--how", default="", metavar="TEXT", help="How: a signed form, a recording. --attach adds it.")
@click.option(
    "--seen-by", default="", metavar="MEMBER", help="Who saw that; you without.", shell_complete=completion.members
)
@pass_session
def command(
    session: Session,
    learner: str,
    method: str | None,
    on: str,
    place: str,
    present: Sequence[str],
    minutes: int | None,
    criteria: Sequence[str],
    text: str,
    source: Path | None,
    attach: Sequence[Path],
    replaces: str,
    others: Sequence[str],
    confirm: str,
    said_by: str,
    how: str,
    seen_by: str,
) -> None:
    """Keep an account of what was seen and said.

    An observation, a professional discussion, questions or a presentation: its account becomes a file among the
    learner's evidence, and is cited and found like any other. Lines that begin with a time, 12:40, are places in the
    recording that is attached. The learner confirms it with a signed form or a recording; until then it is not
    confirmed, everywhere. What several learners did together, as a group presentation, is kept with each of them, named
    by --with: with all of them, or with nobody. Without --method and --confirm the accounts are listed, those of
    witnesses too.

    \b
    Examples:
      markterm observe JON2041
      markterm observe JON2041 --method discussion --on 2026-03-02 --place "Room 4" --minutes 40
        --criteria "501 1.1, 1.2" --from notes.md --attach talk.m4a --as asha
      markterm observe JON2041 --method presentation --on 2026-03-02 --place "The hall" --minutes 20
        --criteria "501 1.1" --text "Each spoke of their own part." --with CAS2044 --with MEN2051 --as asha
      markterm observe JON2041 --confirm 3f2a91bc --how "signed form" --attach form.pdf --as asha
    """
    if confirm and method:
        raise WrongUse("One at a time", "An account is kept, or confirmed.", "Give --method or --confirm.")
    centre = session.centre()
    registration = centre.learners.find(learner)
    if others and (confirm or replaces or not method):
        raise WrongUse("One at a time", "A new account alone is of several.", "Correct and confirm it with each.")
    if confirm:
        seen = centre.details.named(seen_by) if seen_by else None
        recorded = centre.accounts.confirm(registration, confirm, said_by, how, day_given(on), attach, seen)
    elif method:
        named = " ".join(criteria)
        said = Account(
            AccountStep.KEPT,
            Method(method),
            on=day_given(on),
            place=place,
            present=tuple(present),
            minutes=minutes,
        )
        written = text_given(text, source)
        if others:
            together = dict.fromkeys((registration, *map(centre.learners.find, others)))
            each = centre.accounts.keep_with_each(together, said, named, written, attach)
            tell_each_recorded(session, centre, each, always_list=True)
            return
        said = replace(said, covers=centre.accounts.covered(registration, named))
        recorded = centre.accounts.keep(registration, said, written, attach, replaces)
    elif any((on, place, present, minutes, criteria, text, source, attach, replaces, said_by, how, seen_by)):
        raise WrongUse("What was it?", "Nothing was kept or confirmed.", "Give --method, or --confirm with its id.")
    else:
        tell_accounts(session, centre, registration)
        return
    tell_recorded(session, centre, recorded)
