"""What was recorded, when and by whom: of one learner, of everybody, and the last decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from markterm.centre.caseload import Caseload
from markterm.centre.looks import Looks
from markterm.centre.seeing import Seeing
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.views.recent import RecentDecision, recent_decisions
from markterm.domain.words.errors import MarkTermError
from markterm.records.query import EVERYTHING, Query
from markterm.records.store import EventStore
from markterm.system.platform import CENTRE_RECORD


@dataclass(frozen=True, slots=True)
class LearnersHistory:
    """What a learner's record says of what was asked for: `found`, of `every` event that it holds, oldest first."""

    registration: str
    found: tuple[Event, ...] = ()
    every: tuple[Event, ...] = ()


class History:
    """The history of the learners in `store`; looking through all of them is done in `survey`. `looks` is told of
    whose entries are shown, before they are."""

    def __init__(
        self,
        store: EventStore,
        survey: EventStore,
        caseload: Caseload,
        seeing: Seeing,
        looks: Looks,
    ) -> None:
        self._store = store
        self._survey = survey
        self._caseload = caseload
        self._seeing = seeing
        self._looks = looks

    def of(self, registration: str, query: Query = EVERYTHING) -> tuple[Event, ...]:
        """What happened to the learner's portfolio, oldest first. Raises `Unreadable`, and `WrongUse` for somebody whom
        whoever acts may not see."""
        return self.of_learner(registration, query).found

    def of_learner(self, registration: str, query: Query) -> LearnersHistory:
        """The same, with everything that the record holds. Raises as `of` does."""
        self._looks.opened([registration])
        return self._history(self._store, registration, query)

    def of_everybody(self, query: Query) -> Iterator[LearnersHistory]:
        """The same of each learner in the caseload, as it was read last: one after the other, also where nothing is
        found, and without reading the records of those to whom nothing happened since.

        Records that cannot be read have nothing: the caseload tells of them.
        """
        rows = self._caseload.rows
        self._looks.listed([row.registration for row in rows if row.latest is not None])
        for row in rows:
            history = LearnersHistory(row.registration)
            is_over = query.since is not None and row.latest is not None and row.latest < query.since
            if not is_over and (row.latest is not None or row.problem):
                with suppress(MarkTermError):
                    history = self._history(self._survey, row.registration, query)
            yield history

    def of_centre(self) -> tuple[Event, ...]:
        """Everything in the centre's own record, oldest first, as whoever acts may see it. Raises `Unreadable`."""
        return tuple(self._seeing.told(self._store.load(CENTRE_RECORD)))

    def recent(self, most: int, actor: str = "") -> tuple[RecentDecision, ...]:
        """The last decisions, of that member or of anybody, the newest first; of the learners in the caseload as it was
        read last. Records that cannot be read are left out: the caseload tells of them."""
        theirs = Query(kinds=(Kind.DECIDED,), actor=actor)

        def portfolio_of(registration: str) -> Portfolio | None:
            with suppress(MarkTermError):
                if not actor or self._survey.select(registration, theirs):
                    return fold(self._seeing.entries(registration, self._survey.load(registration)))
            return None

        dated = ((row.registration, row.latest) for row in self._caseload.rows)
        found = recent_decisions(dated, portfolio_of, most, actor)
        self._looks.listed([*dict.fromkeys(each.registration for each in found)])
        return found

    def _history(self, store: EventStore, registration: str, query: Query) -> LearnersHistory:
        # Not selected by the store: what became of an event is told by every other one, and one look reads them all.
        read = self._seeing.entries(registration, store.load(registration))
        return LearnersHistory(registration, tuple(filter(query.takes, read)), read)
