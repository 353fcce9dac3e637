"""The steps of a claim. The coordinator claims what is ready, says that its certificate came and was sent, that none is
needed, or takes a step back that was none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.claims.claimable import Claimable
from markterm.domain.claims.why_not import WhyNot
from markterm.domain.record.bodies.claiming import Claimed, ClaimStep
from markterm.domain.record.claims import words_of
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local

_BEFORE = {ClaimStep.RECEIVED: ClaimStep.CLAIMED, ClaimStep.SENT: ClaimStep.RECEIVED}
"""What each step follows."""


def take(act: Act, of: Claimable, step: ClaimStep, on: date | None = None, number: str = "", text: str = "") -> Event:
    """That step of its claim, whichever it is, by the rule of it. Raises what the rule raises, and `WrongUse` for a
    number or a day of what has none."""
    if number and step in (ClaimStep.EXEMPT, ClaimStep.TAKEN_BACK):
        raise WrongUse(
            "No number",
            f"What is {words_of(step)} has no certificate, and so no number of it.",
            "Leave the number out.",
        )
    match step:
        case ClaimStep.CLAIMED:
            return claim(act, of, on, number, text)
        case ClaimStep.RECEIVED | ClaimStep.SENT:
            return go_on(act, of, step, on, number, text)
        case ClaimStep.EXEMPT:
            return exempt(act, of, text, on)
        case ClaimStep.TAKEN_BACK:
            if on is not None:
                raise WrongUse("No day", "What is taken back has no day of its own.", "Leave the day out.")
            return take_back(act, of, text)


def claim(act: Act, of: Claimable, on: date | None = None, number: str = "", text: str = "") -> Event:
    """That it was claimed on that day, today without one.

    Raises `Refused` when the member is no coordinator, when something blocks it or it was claimed, and for a day that
    has not come or on which it was not closed.
    """
    member = _coordinator(act)
    _not_claimed(act, of)
    if of.blocks:
        more = f", and {len(of.blocks) - 1} more" if len(of.blocks) > 1 else ""
        raise Refused(
            "Not ready to claim",
            f"{of.code} of {act.learner}: {of.blocks[0]} ({of.blocks[0].code}){more}.",
            "Have done first what blocks it. Nothing was recorded.",
            hint=Hint(Way.SHOW_CLAIMS, learner=act.learner),
        )
    day = _day(act, on)
    if of.achieved is not None and day is not None and day < of.achieved:
        raise Refused(
            "Claimed before it was passed",
            f"{of.code} of {act.learner} was closed on {of.achieved.isoformat()}, after {day.isoformat()}.",
            "Give the day on which it was claimed.",
        )
    return _step(act, member, of, Claimed(ClaimStep.CLAIMED, of.qualification, day, number, text, of.rests_on))


def go_on(act: Act, of: Claimable, step: ClaimStep, on: date | None = None, number: str = "", text: str = "") -> Event:
    """That its certificate was received, or sent to the learner, on that day.

    Raises `Refused` when the member is no coordinator, when the step before was not taken, or this one was, and for a
    day that has not come or is before that of the step before.
    """
    member = _coordinator(act)
    before = of.claim.last(_BEFORE[step]) if of.claim is not None else None
    if before is None:
        raise Refused(
            "Not in this order",
            f"{of.code} of {act.learner} is {of.in_words}: nobody said that it was {words_of(_BEFORE[step])}.",
            f"Record first that it was {words_of(_BEFORE[step])}.",
        )
    if of.claim is not None and (done := of.claim.last(step)) is not None:
        raise Refused(
            "It is recorded already",
            f"{of.code} of {act.learner}: {words_of(step)} on {done.on.isoformat()}, by {done.actor}.",
            "Take that back first if it was no such thing.",
        )
    day = _day(act, on)
    if day is not None and day < before.on:
        raise Refused(
            "Not in this order",
            f"{of.code} of {act.learner} was {words_of(_BEFORE[step])} on {before.on.isoformat()}.",
            "Give the day on which it was.",
        )
    return _step(act, member, of, Claimed(step, of.qualification, day, number, text))


def exempt(act: Act, of: Claimable, text: str, on: date | None = None) -> Event:
    """That no certificate of it is needed, and why. Raises `Refused` when the member is no coordinator, without a
    reason, when it was claimed, for a day that has not come, and where prior learning was recognised that the awarding
    organisation was not told of."""
    member = _coordinator(act)
    _not_claimed(act, of)
    if not_told := next((block for block in of.blocks if block.code is WhyNot.NOT_TOLD), None):
        raise Refused(
            "Not to be used yet",
            f"{of.code} of {act.learner}: {not_told}.",
            "Have the case reported to the awarding organisation first.",
            hint=Hint(Way.SHOW_CASES, learner=act.learner),
        )
    _because(text, "Why is none needed?")
    return _step(act, member, of, Claimed(ClaimStep.EXEMPT, of.qualification, _day(act, on), text=text))


def take_back(act: Act, of: Claimable, text: str) -> Event:
    """That the furthest step of its claim was no such thing, and why. Raises `Refused` when the member is no
    coordinator, without a reason, and when nothing is claimed."""
    member = _coordinator(act)
    state = of.state
    last = of.claim.last(state) if of.claim is not None and state is not None else None
    if of.claim is None or last is None:
        raise Refused(
            "Nothing to take back", f"Nothing is claimed of {of.code} of {act.learner}.", "Name what was claimed."
        )
    _because(text, "Why is it taken back?")
    # What nobody replaced and was not taken back stands: a certificate that somebody else received is there.
    gone = {each.uid for each in of.claim.steps if each.step is ClaimStep.TAKEN_BACK or each.uid == last.uid}
    heads = tuple(uid for uid in of.claim.heads if uid in gone and uid != last.uid)
    event = _step(act, member, of, Claimed(ClaimStep.TAKEN_BACK, of.qualification, text=text))
    return replace(event, supersedes=(last.uid, *heads))


def _coordinator(act: Act) -> Member:
    return in_role(act, Role.COORDINATOR, "Only a coordinator claims", "Ask the coordinator")


def _not_claimed(act: Act, of: Claimable) -> None:
    if of.state is not None:
        raise Refused(
            "It is claimed already",
            f"{of.code} of {act.learner}: {of.in_words}.",
            "Go on with that claim, or take its step back if it was no such thing.",
        )


def _because(text: str, title: str) -> None:
    if not text.strip():
        nothing = "Nothing was recorded: no reason was given."
        raise Refused(title, nothing, "Say why, in a few words.", hint=Hint(Way.SAY_WHY_OF_CLAIM))


def _day(act: Act, on: date | None) -> date | None:
    if on is not None and on > local(act.at).date():
        raise Refused(
            "That day has not come", f"{on.isoformat()} is later than today.", "Give the day on which it was."
        )
    return on


def _step(act: Act, member: Member, of: Claimable, said: Claimed) -> Event:
    heads = of.claim.heads if of.claim is not None else ()
    event = entry(act, member, Kind.CLAIMED, Subject(of.unit), said, heads)
    return replace(event, role=Role.COORDINATOR.value)
