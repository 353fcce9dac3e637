"""`markterm brief`: the briefs of assignments, verified before learners get them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.arguments import day_given, given_text
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.brief import brief_as_json

if TYPE_CHECKING:
    from markterm.domain.record.briefs import Brief

_NOT_VERIFIED = 1


@click.command("brief", cls=Command)
@click.argument("assignment", required=False, default="", shell_complete=completion.assignments)
@click.option("--fit", is_flag=True, help="It meets every line of the checklist, and may be given to learners.")
@click.option("--not-met", default="", metavar="NUMBERS", help="The lines of the checklist that it does not meet: 2,5.")
@click.option("--action", default="", metavar="TEXT", help="What is to be done about it; - reads it from stdin.")
@click.option("--owner", default="", metavar="MEMBER", help="By whom.", shell_complete=completion.members)
@click.option("--due", default="", metavar="DATE", help="Until when: 2026-01-31.")
@pass_session
def command(session: Session, assignment: str, fit: bool, not_met: str, action: str, owner: str, due: str) -> int:
    """Verify the brief of an assignment before it is issued.

    A verifier goes through the checklist, which markterm brief ASSIGNMENT shows, and says --fit or what is not met and
    what is to be done, by whom and until when. A sheet that is edited afterwards is a brief that is not verified. With
    marking_waits_for_brief = true in [policy] of centre.toml nothing that the assignment carries is marked before.
    Ends with 1 when a brief that is shown may not be issued.

    \b
    Examples:
      markterm brief
      markterm brief 8580-IA-CERT --fit --as ines
      markterm brief 8580-IA-CERT --not-met 2 --action "Task 2: explain, not list." --owner asha --due 2026-09-01
    """
    briefs = session.centre().briefs
    if not assignment:
        if fit or not_met or action:
            raise WrongUse("Which assignment?", "Nothing was recorded.", "Name the assignment.")
        told = briefs.every()
    elif fit or not_met or action:
        if fit and (not_met or action):
            raise WrongUse(
                "Fit or not?",
                "A brief that something is to be done about is not fit yet. Nothing was recorded.",
                "Give --fit alone, or --not-met and --action without it.",
            )
        told = [briefs.verify(assignment, _numbers(not_met), given_text(action), owner, day_given(due))]
    else:
        named = briefs.named(assignment)
        told = [briefs.of((named,))[named.code]]
    if session.as_json:
        say_json(brief_as_json(told[0]) if assignment else [brief_as_json(each) for each in told])
    else:
        for line in _lines(told, with_checklist=bool(assignment)):
            say(line)
    return 0 if all(each.may_be_issued for each in told) else _NOT_VERIFIED


def _numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise WrongUse("These are no lines", f"{one_line(text)} is no list of numbers.", "Write it as 2,5.")
    return [int(part) for part in parts]


def _lines(told: Sequence[Brief], *, with_checklist: bool) -> Iterator[str]:
    if not told:
        yield "The centre has no assignments."
    for brief in told:
        yield one_line(f"{brief.assignment}: {brief.words}")
        if with_checklist:
            yield from _checklist(brief)


def _checklist(brief: Brief) -> Iterator[str]:
    from markterm.domain.rules.briefs import CHECKLIST  # Help loads every command.

    if not brief.standing:
        for number, asked in enumerate(CHECKLIST, 1):
            yield f"  {number} {asked}"
    for verification in brief.standing:
        if len(brief.standing) > 1:
            yield one_line(f"{verification.actor}, {verification.on}")
        for number, line in enumerate(verification.said.checklist, 1):
            yield f"  {number} {'✓' if line.met else '✗'} {one_line(line.asked)}"
