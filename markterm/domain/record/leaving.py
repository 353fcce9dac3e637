"""Whether a learner left the course, as their record tells: who left waits for nobody, and nothing of theirs goes.

Of two who said it without having seen each other, whoever says that the learner is here holds: one who is asked for in
vain is found out at once, one who is hidden is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from markterm.domain.assessed.learner import Learner
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.steps import in_order

_LEFT = Kind.LEFT.value
_WORDS = {LeftStep.LEFT: "left", LeftStep.TRANSFERRED: "transferred", LeftStep.BACK: "came back"}


class Departure(NamedTuple):
    """That a learner left, or came back, on the day `on`, as `actor` recorded it; `heads` are the uids of all that was
    said of it and that nothing replaced."""

    step: LeftStep
    on: date
    text: str
    actor: str
    at: datetime
    heads: tuple[str, ...] = ()

    @property
    def is_away(self) -> bool:
        """Whether the learner is not here any more."""
        return self.step is not LeftStep.BACK

    @property
    def with_day(self) -> str:
        """The step with its day: `left on 2026-03-02`."""
        return f"{_WORDS[self.step]} on {self.on.isoformat()}"

    @property
    def in_words(self) -> str:
        """The same with its reason: `left on 2026-03-02: moved away`."""
        return f"{self.with_day}: {self.text}" if self.text else self.with_day


def departure_of(events: Iterable[Event]) -> Departure | None:
    """What was said of it last; None where nothing was."""
    own = (event for event in events if event.kind == _LEFT)
    every = {event.uid: (event, said) for event in own if (said := said_in(event, Left)) is not None}
    if not every:
        return None
    heads = in_order(event for event, _ in every.values()).heads
    standing = [every[uid] for uid in heads]
    here = [each for each in standing if each[1].step is LeftStep.BACK]
    event, said = (here or standing)[-1]
    return Departure(said.step, said.on, said.text, event.actor, event.at, heads)


def left_on(learner: Learner, departure: Departure | None) -> date | None:
    """The day on which the learner left; None while they are here. Where the record says nothing of it, their file may,
    as in older versions."""
    if departure is None:
        return learner.left
    return departure.on if departure.is_away else None


def away_in_words(learner: Learner, departure: Departure | None) -> str:
    """That the learner left or transferred, with the day; empty while they are here."""
    on = left_on(learner, departure)
    if on is None:
        return ""
    return departure.with_day if departure is not None else f"left on {on.isoformat()}"


def in_words(event: Event) -> str:
    """What such an entry tells, in a line."""
    said = said_in(event, Left)
    return f"{_WORDS[said.step]} on {said.on.isoformat()}" if said is not None else event.kind
