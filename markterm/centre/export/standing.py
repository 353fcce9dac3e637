"""A learner's record as it stands, with the heads that prove it: what is printed of one says what it was made from."""

from __future__ import annotations

from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.learners import Learners
from markterm.domain.words.errors import NotNow
from markterm.records.kept_heads import Heads
from markterm.records.store import EventStore

_TRIES = 20
_CENTRE = ""


class AsItStands:
    """The records in `store`, read so that nothing is in what is told that is not below its heads."""

    def __init__(self, learners: Learners, store: EventStore) -> None:
        self._learners = learners
        self._store = store

    def of(self, registration: str, *, even_with_errors: bool = False) -> tuple[LearnerPortfolio, Heads]:
        """The learner's portfolio, and the heads of their record, of those that it goes on from, and of the centre's.

        Raises `Unreadable`, and `NotNow` when others record faster than it can be read.
        """
        for _ in range(_TRIES):
            before = self._heads(registration)
            shown = self._learners.portfolio(registration, even_with_errors=even_with_errors)
            if self._heads(registration) == before:
                return shown, before
        raise NotNow(
            "The record does not stand still",
            f"While the record of {registration} was read, others added to it again and again.",
            "Try it again in a moment.",
        )

    def _heads(self, registration: str) -> Heads:
        names = (_CENTRE, *self._store.earlier(registration), registration)
        return {name: heads for name in names if (heads := dict(self._store.heads(name)))}
