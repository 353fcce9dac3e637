"""A learner's record as it stands, with the heads that prove it: what is printed of one says what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.record.event import Event
from markterm.domain.words.errors import NotNow
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore

_TRIES = 20
_CENTRE = ""

Read = TypeVar("Read")


class AsItStands:
    """The records in `store`, read so that nothing is in what is told that is not below its heads."""

    def __init__(self, learners: Learners, store: EventStore) -> None:
        self._learners = learners
        self._store = store

    def of(
        self, registration: str, *, even_with_errors: bool = False, in_passing: bool = False
    ) -> tuple[LearnerPortfolio, Heads]:
        """The learner's portfolio as `Learners.portfolio` gives it, and the heads of their record, of those that it
        goes on from, and of the centre's.

        Raises `Unreadable`, and `NotNow` when others record faster than it can be read.
        """
        read = partial(self._learners.portfolio, even_with_errors=even_with_errors, in_passing=in_passing)
        return self.steady(registration, lambda: read(registration))

    def events(self, record: str) -> tuple[tuple[Event, ...], Heads]:
        """The events of a record, and the same heads. Raises as `of` does."""
        return self.steady(record, lambda: self._store.load(record))

    def steady(self, record: str, read: Callable[[], Read]) -> tuple[Read, Heads]:
        """What `read` finds, and the heads of that record and of the centre's that nothing was added beyond meanwhile.
        Raises what it raises, and `NotNow`."""
        for _ in range(_TRIES):
            before = self._heads(record)
            found = read()
            if self._heads(record) == before:
                return found, before
        raise NotNow(
            "The record does not stand still",
            f"While the record of {record or 'the centre'} was read, others added to it again and again.",
            "Try it again in a moment.",
        )

    def _heads(self, registration: str) -> Heads:
        names = dict.fromkeys((_CENTRE, *self._store.earlier(registration), registration))
        return {name: heads for name in names if (heads := dict(self._store.heads(name)))}
