"""Taking back what one did oneself a moment ago: what that comes to, and what is not taken back.

The record only grows: a decision is withdrawn, a citation taken back, a closing reopened, each by an event that says
why. Nothing that others rest on goes that way: what was submitted or released, and what somebody else did since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.bodies.criterion import Cited
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.citation import Passage
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.marking import names_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way

SLIP = "slip"
"""The reason of what is taken back so soon that nobody is asked for one."""
_SOON = timedelta(seconds=10)


class Undo(Enum):
    """How an act is taken back."""

    WITHDRAW = "withdraw"
    TAKE_BACK = "take the citation back"
    CITE_AGAIN = "cite again"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What taking an act back comes to: `events` are what of it still stands, all of that unit and criterion but for
    decisions that were made at once. `criterion` is empty where it is about the unit; `passages` are what is cited
    again."""

    undo: Undo
    unit: UnitKey
    criterion: str
    events: tuple[Event, ...]
    passages: tuple[Passage, ...] = ()


def is_slip(made: datetime, now: datetime) -> bool:
    """Whether what was made then is taken back so soon that no reason is asked for: within ten seconds."""
    return timedelta() <= now - made <= _SOON


def taking_back(act: Sequence[Event], portfolio: Portfolio) -> TakingBack | None:
    """What it comes to to take these events back, which one act of a member recorded; None where there is nothing to
    it: it took something back itself, or the member took it back already.

    Raises `Refused` when it is something that stays, or when somebody else did something since that rests on it.
    """
    last = act[-1]
    match last.kind:
        case Kind.DECIDED:
            return _of_decisions([each for each in act if each.kind == Kind.DECIDED], portfolio)
        case Kind.CITED:
            return _of_citation(last, portfolio)
        case Kind.WITHDRAWN:
            return _of_taken_back(last, portfolio)
        case Kind.CLOSED:
            return _of_closing(last, portfolio)
        case Kind.REOPENED:
            return None
    raise _stays(last)


def _place(event: Event, portfolio: Portfolio) -> tuple[UnitKey, str]:
    assert event.subject.unit is not None
    return portfolio.placing.unit(event.subject.unit), event.subject.criterion or ""


def _name(key: UnitKey, criterion: str) -> str:
    return f"{key.code} {criterion}".rstrip()


def _is_gone(event: Event, portfolio: Portfolio) -> None:
    """Raise `Refused` when it was somebody else who took it back."""
    by = next((each for each in reversed(portfolio.events) if event.uid in each.supersedes), None)
    if by is not None and by.actor != event.actor:
        raise Refused(
            "Taken back already",
            f"{by.actor} took back what you recorded of {_name(*_place(event, portfolio))}.",
            "What happened to it says when, and why.",
            hint=Hint(Way.SHOW_HISTORY),
        )


def _of_decisions(made: Sequence[Event], portfolio: Portfolio) -> TakingBack | None:
    standing: list[Event] = []
    for event in made:
        key, number = _place(event, portfolio)
        own = portfolio.unit(key).criterion(number)
        if all(event.uid != each.uid for each in own.live):
            _is_gone(event, portfolio)
        elif all(event.uid != each.uid for each in own.standing):
            raise Refused(
                "Decided again since",
                f"{_name(key, number)} was decided again by {names_of(own.standing)}: that decision stands.",
                "Withdraw that one with a reason, or mark it again.",
                hint=Hint(Way.WITHDRAW),
            )
        else:
            standing.append(event)
    return TakingBack(Undo.WITHDRAW, *_place(standing[-1], portfolio), tuple(standing)) if standing else None


def _of_citation(event: Event, portfolio: Portfolio) -> TakingBack | None:
    key, number = _place(event, portfolio)
    if any(event.uid == each.uid for each in portfolio.unit(key).criterion(number).citations):
        return TakingBack(Undo.TAKE_BACK, key, number, (event,))
    _is_gone(event, portfolio)
    return None


def _of_taken_back(event: Event, portfolio: Portfolio) -> TakingBack | None:
    """A citation that was taken back is cited again; the withdrawal of a decision was a second thought already."""
    said = [said_in(each, Cited) for each in portfolio.events if each.uid in event.supersedes]
    passages: list[Passage] = []
    for each in said:
        if each is not None and not any(each.passage.is_same(other) for other in passages):
            passages.append(each.passage)
    return TakingBack(Undo.CITE_AGAIN, *_place(event, portfolio), (event,), tuple(passages)) if passages else None


def _of_closing(event: Event, portfolio: Portfolio) -> TakingBack | None:
    key, _ = _place(event, portfolio)
    record = portfolio.unit(key)
    if record.closing is None or record.closing.uid != event.uid:
        _is_gone(event, portfolio)
        return None
    rests = _what_rests_on(event, portfolio, key)
    if rests:
        raise Refused(
            "The closing stays",
            f"{key.code} is closed, and {rests} since.",
            "If it has to be decided again all the same, say why.",
            hint=Hint(Way.REOPEN, learner=event.learner, unit=key.code),
        )
    return TakingBack(Undo.REOPEN, key, "", (event,))


def _what_rests_on(closing: Event, portfolio: Portfolio, key: UnitKey) -> str:
    """What followed the closing that is not taken back with it, in a clause; empty when nothing did."""
    events = portfolio.unit(key).events
    after = events[[each.uid for each in events].index(closing.uid) + 1 :]
    if any(each.kind == Kind.RELEASED for each in after):
        return "the feedback on it was released"
    claimed = [claim.last(ClaimStep.CLAIMED) for claim in portfolio.claims]
    if any(each is not None and closing.uid in each.rests_on for each in claimed):
        return "it was claimed"
    if any(badge.rests_on == closing.uid and badge.revoked is None for badge in portfolio.badges.issued):
        return "a badge of it was issued"
    others = next((each for each in after if each.actor != closing.actor), None)
    return f"{others.actor} recorded something about it ({others.kind})" if others is not None else ""


_WHAT_STAYS = {
    Kind.SUBMITTED: ("What was submitted stays", "The evidence is fixed as it was then."),
    Kind.RELEASED: ("What was released stays", "The learner was told."),
    Kind.DECLARED: ("What was declared stays", "It was somebody else's word."),
    Kind.COUNTERSIGNED: ("What was countersigned stays", "Your name stands beside the decision."),
    Kind.ACCOUNT: ("What was seen and said stays", "A corrected account takes the place of one that stays beside it."),
    Kind.OPENED: ("What was opened stays", "You saw the files."),
    Kind.DUE_SET: ("The day stays", "Another day on which it is due is set where this one was."),
    Kind.COMMENTED: ("The comment stays", "A comment is changed, or emptied, where it was written."),
}


def _stays(event: Event) -> Refused:
    title, why = _WHAT_STAYS.get(Kind(event.kind), ("This stays", f"What you recorded last is {event.kind}."))
    return Refused(title, f"{why} It is not taken back.", "Taking back once more goes on with what you did before it.")
