"""`markterm action`: what a verifier wants done, by whom and until when, and whether it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.action_list import tell_actions, tell_of_centre
from markterm.cli.arguments import given_text
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wider import tell_wider
from markterm.domain.words.errors import WrongUse

if TYPE_CHECKING:
    from markterm.centre.recorder import Recorded


@click.command("action", cls=Command)
@click.argument("learner", required=False, default="", shell_complete=completion.learners)
@click.argument("unit", required=False, default="", shell_complete=completion.units)
@click.argument("criterion", required=False, default="", shell_complete=completion.criteria)
@click.option("--set", "to_do", metavar="TEXT", help="Set an action: what is to be done. - reads it from stdin.")
@click.option("--done", metavar="WORD", help="It is done: what was done, in a word.")
@click.option("--accept", is_flag=True, help="What was done is accepted.")
@click.option("--again", metavar="TEXT", help="What was done is not enough: what is to be done now.")
@click.option("--reassign", metavar="WHY", help="Give it to the --owner named, and why: left the centre.")
@click.option("--acknowledge", is_flag=True, help="You have read the report of the verification.")
@click.option(
    "--owner",
    default="",
    metavar="MEMBER",
    help="Who is to do it; whoever decided it without. In a list: only theirs.",
    shell_complete=completion.members,
)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day until which it is to be done.")
@click.option("--word", default="", metavar="TEXT", help="A word with --accept or --acknowledge.")
@click.option("--id", "named", default="", metavar="ID", help="Which action, where there are several.")
@click.option("--wider", is_flag=True, help="Where the same assessor decided the same CRITERION elsewhere.")
@click.option("--sample", "take", is_flag=True, help="With --wider: sample what is proposed.")
@click.option("--overdue", is_flag=True, help="List only what is overdue.")
@click.option("--all", "finished_too", is_flag=True, help="List accepted actions too.")
@pass_session
def command(
    session: Session,
    learner: str,
    unit: str,
    criterion: str,
    to_do: str | None,
    done: str | None,
    accept: bool,
    again: str | None,
    reassign: str | None,
    acknowledge: bool,
    owner: str,
    due: datetime | None,
    word: str,
    named: str,
    wider: bool,
    take: bool,
    overdue: bool,
    finished_too: bool,
) -> None:
    """List actions, set one, or go on with one.

    A verifier sets an action on a UNIT or a CRITERION; its owner says in a word that it is done; a verifier accepts
    that, or sets it again. Whoever verifies or coordinates gives it to another member. An action on decisions that a
    verifier did not agree with holds the feedback and the next attempt until it is accepted, and is not accepted while
    they stand. What minutes, verified briefs and visits ask for is listed beside them, and goes the same way: without a
    learner it is named by its --id. What was not agreed once may be elsewhere: --wider lists the same criterion by the
    same assessor across the learners, with a wider sample as the centre's strategy asks for at red risk. With
    --acknowledge the assessor says that they have read the report of the verification.

    \b
    Examples:
      markterm action --owner asha --overdue
      markterm action JON2041 501 2.1 --set "Read page 4, decide again" --due 2026-03-16 --as ines
      markterm action JON2041 501 --done "Read, and referred" --as asha
      markterm action JON2041 501 --accept --as ines
      markterm action JON2041 501 --reassign "left the centre" --owner ben --as ines
      markterm action JON2041 501 2.1 --wider --sample --as ines
      markterm action --id 1-3f2a91 --done "The tutors know." --as ben
      markterm action JON2041 501 --acknowledge --as asha
    """
    asked = [to_do is not None, done is not None, accept, again is not None, reassign is not None, acknowledge, wider]
    if sum(asked) > 1:
        raise WrongUse("One at a time", "Several things were to be recorded at once.", "Give one of the options.")
    if take and not wider:
        raise WrongUse("A sample of what?", "--sample goes with --wider.", "Give both, and name the criterion.")
    day = due.date() if due is not None else None
    centre = session.centre()
    if wider:
        tell_wider(session, centre, (learner, unit, criterion), take=take)
        return
    if not any(asked):
        tell_actions(
            session, centre, (learner, unit, criterion), owner, named, overdue=overdue, finished_too=finished_too
        )
        return
    if named and not learner:
        of_the_centre = centre.centre_actions
        if done is not None:
            asked_for = of_the_centre.do(named, given_text(done))
        elif accept:
            asked_for = of_the_centre.accept(named, given_text(word))
        elif again is not None:
            asked_for = of_the_centre.set_again(named, given_text(again), _due(day))
        elif reassign is not None:
            asked_for = of_the_centre.reassign(named, _owner(owner), reassign, day)
        else:
            raise WrongUse(
                "Not of an action of the centre",
                "Minutes, briefs and visits set actions, and have no report.",
                "Give --done, --accept, --again or --reassign.",
            )
        tell_of_centre(session, centre, asked_for)
        return
    if not (learner and unit):
        raise WrongUse(
            "On which unit?",
            "An action is on a unit of a learner, or of the centre's own.",
            "Give the registration and the unit first, or the --id of one that minutes, a brief or a visit set.",
        )
    registration = centre.learners.find(learner)
    recorded: Recorded
    if to_do is not None:
        recorded = centre.actions.set(
            registration, unit, given_text(to_do), owner=owner, due=_due(day), criterion=criterion
        )
    elif done is not None:
        recorded = centre.actions.do(registration, unit, named, given_text(done))
    elif accept:
        recorded = centre.actions.accept(registration, unit, named, given_text(word))
    elif again is not None:
        recorded = centre.actions.set_again(registration, unit, named, given_text(again), _due(day))
    elif reassign is not None:
        recorded = centre.actions.reassign(registration, unit, named, _owner(owner), reassign, day)
    else:
        recorded = centre.actions.acknowledge(registration, unit, given_text(word))
    tell_recorded(session, centre, recorded)


def _due(day: date | None) -> date:
    if day is None:
        raise WrongUse("Until when?", "An action has a day until which it is to be done.", "Give it with --due.")
    return day


def _owner(owner: str) -> str:
    if not owner:
        raise WrongUse("To whom?", "Nobody was named who is to do it.", "Name them with --owner.")
    return owner
