"""What every step of an action has to be, whatever the action is on: a unit, or what minutes, a brief or
a visit ask for.

`where` says in a message what the action is on.
"""

from __future__ import annotations

from datetime import date, datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.actions import ActionRecord, ActionState
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local

_OWNERS = (Role.ASSESSOR, Role.VERIFIER, Role.COORDINATOR)


def day_of(at: datetime) -> date:
    """The day that a time is on here: by it an action is overdue or not."""
    return local(at).date()


def check_asked(act: Act, text: str, owner: Member | None, due: date | None) -> None:
    """Raises `Refused` without a text, for an owner who neither assesses, verifies nor coordinates, and for a day that
    has passed."""
    if not text.strip():
        raise Refused(
            "An action says what is to be done",
            "Nothing was recorded: the text is empty.",
            "Say what is to be done: decide 2.1 again, the note does not say what is missing.",
        )
    if owner is not None and owner.roles.isdisjoint(_OWNERS):
        raise Refused(
            "Not somebody who can do it",
            f"{owner.name} ({owner.id}) neither assesses, verifies nor coordinates at this centre.",
            "Name an assessor, a verifier or the coordinator.",
        )
    today = day_of(act.at)
    if due is not None and due < today:
        what = f"An action cannot be due on {due.isoformat()}: today is {today.isoformat()}."
        raise Refused("That day has passed", what, "Give a day to come.")


def check_done(member: Member, where: str, action: ActionRecord, word: str) -> None:
    """Raises `Refused` when it is not open, somebody else's, or said to be done without a word."""
    _in_state(where, action, ActionState.OPEN)
    if member.id != action.owner:
        raise Refused(
            "Not your action",
            f"Action {action.short} on {where} is for {action.owner}.",
            f"Have {action.owner} do it, or a verifier give it to somebody else.",
            hint=Hint(Way.REASSIGN_ACTION),
        )
    if not word.strip():
        raise Refused(
            "What was done?",
            f"Action {action.short} on {where} is still open.",
            "Say in a word what was done: the verifier reads it.",
        )


def check_acceptable(member: Member, where: str, action: ActionRecord) -> None:
    """Raises `Refused` when it is not done, or whoever accepts it owns it."""
    _in_state(where, action, ActionState.DONE)
    if member.id == action.owner:
        raise Refused(
            "Nobody accepts their own action",
            f"Action {action.short} on {where} is for {member.name} ({member.id}).",
            "Ask another verifier.",
        )


def check_not_finished(where: str, action: ActionRecord) -> None:
    """Raises `Refused` when it was accepted."""
    if action.is_finished:
        raise Refused(
            "Not open any more",
            f"Action {action.short} on {where} was accepted by {action.last.actor}.",
            "Set another action if there is more to do.",
        )


def check_given(
    act: Act, member: Member, where: str, action: ActionRecord, owner: Member, reason: str, due: date | None
) -> None:
    """Raises `Refused` when the member neither verifies nor coordinates, when it was accepted or is that owner's
    already, without a reason, and as `check_asked` does."""
    if member.roles.isdisjoint({Role.VERIFIER, Role.COORDINATOR}):
        raise Refused(
            "Not yours to give",
            f"{member.name} ({member.id}) neither verifies nor coordinates at this centre.",
            "Ask a verifier or the coordinator.",
        )
    check_not_finished(where, action)
    if owner.id == action.owner:
        raise Refused("Theirs already", f"Action {action.short} is for {owner.name} ({owner.id}).", "Name another.")
    if not reason.strip():
        raise Refused(
            "Reassigning needs a reason",
            f"Action {action.short} on {where} stays with {action.owner}.",
            "Say why: left the centre, ill, on leave.",
        )
    check_asked(act, reason, owner, due)


def _in_state(where: str, action: ActionRecord, wanted: ActionState) -> None:
    if action.state is wanted:
        return
    last = action.last
    told = {
        ActionState.OPEN: f"is still to be done by {action.owner}",
        ActionState.DONE: f"is done, as {last.actor} says, and waits to be accepted",
        ActionState.ACCEPTED: f"was accepted by {last.actor}",
    }
    title = "Not done yet" if wanted is ActionState.DONE and action.state is ActionState.OPEN else "Not open any more"
    raise Refused(title, f"Action {action.short} on {where} {told[action.state]}.", "Look where it stands.")
