"""The steps of what minutes, verified briefs and visits ask for: their owner does it, and a verifier accepts that or
not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import ActionStep, FollowedUp
from markterm.domain.record.centre_actions import CentreAction, Source
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, in_role, known
from markterm.domain.rules.action_steps import (
    check_acceptable,
    check_asked,
    check_done,
    check_given,
    check_not_finished,
)
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way


def do(act: Act, asked: CentreAction, word: str) -> Event:
    """That it is done, in a word of its owner. Raises `Refused` as `check_done` does."""
    member = known(act)
    check_done(member, asked.where, asked.action, word)
    return _step(act, member, asked, ActionStep.DONE, text=word)


def accept(act: Act, asked: CentreAction, word: str = "") -> Event:
    """That a verifier accepts what was done.

    Raises `Refused` when the member is no verifier or owns it, when it is not done, for what a visit asks for without a
    word of how the awarding organisation accepted it, and for what is to be done about a brief: that is accepted by
    verifying the brief again.
    """
    member = _verifier(act)
    check_acceptable(member, asked.where, asked.action)
    if asked.source is Source.BRIEF:
        raise Refused(
            "The brief is verified again",
            f"Action {asked.action.short} is on the brief of {asked.about}: nothing is accepted of a brief as it was.",
            "Verify the brief as it is now: that accepts what was done.",
            hint=Hint(Way.VERIFY_BRIEF, assignment=asked.about),
        )
    if asked.source is Source.VISIT and not word.strip():
        raise Refused(
            "Who accepted it?",
            f"Action {asked.action.short} is of {asked.where}: {asked.about} says when it is enough.",
            "Say in a word how they did: by e-mail of 2026-03-16, say, or at the next visit.",
        )
    return _as_verifier(_step(act, member, asked, ActionStep.ACCEPTED, text=word))


def set_again(act: Act, asked: CentreAction, text: str, due: date) -> Event:
    """The same set anew: what was done is not enough. Raises `Refused` when the member is no verifier, when it was
    accepted, and as `check_asked` does."""
    member = _verifier(act)
    check_not_finished(asked.where, asked.action)
    check_asked(act, text, None, due)
    return _as_verifier(_step(act, member, asked, ActionStep.SET, text=text, owner=asked.action.owner, due=due))


def reassign(act: Act, asked: CentreAction, owner: Member, reason: str, due: date | None = None) -> Event:
    """The same given to another member. Raises `Refused` as `check_given` does."""
    member = known(act)
    check_given(act, member, asked.where, asked.action, owner, reason, due)
    event = _step(act, member, asked, ActionStep.REASSIGNED, text=reason, owner=owner.id, due=due)
    return _as_verifier(event) if Role.VERIFIER in member.roles else replace(event, role=Role.COORDINATOR.value)


def _verifier(act: Act) -> Member:
    return in_role(act, Role.VERIFIER, "Only a verifier sets and accepts actions", "Ask a verifier")


def _step(
    act: Act,
    member: Member,
    asked: CentreAction,
    step: ActionStep,
    *,
    text: str,
    owner: str = "",
    due: date | None = None,
) -> Event:
    said = FollowedUp(step, asked.set_by, asked.place, text, owner, due)
    return entry(replace(act, learner=CENTRE), member, Kind.FOLLOWED_UP, Subject(), said, asked.action.heads)


def _as_verifier(event: Event) -> Event:
    return replace(event, role=Role.VERIFIER.value)
