"""What was recorded, when and by whom: of one learner, and lately of all."""

from __future__ import annotations

from contextlib import suppress

from markterm.centre.caseload import Caseload
from markterm.domain.errors import MarkTermError
from markterm.domain.event import Event
from markterm.domain.portfolio import Portfolio, fold
from markterm.domain.recent import RecentDecision, recent_decisions
from markterm.records.store import EventStore


class History:
    """The history of the learners in `store`; looking through all of them is done in `survey`."""

    def __init__(self, store: EventStore, survey: EventStore, caseload: Caseload) -> None:
        self._store = store
        self._survey = survey
        self._caseload = caseload

    def of(self, registration: str, unit: str | None = None, criterion: str | None = None) -> tuple[Event, ...]:
        """What happened to the learner's portfolio, or to one unit or criterion of it, oldest first."""
        return self._store.select(registration, unit=unit, criterion=criterion)

    def recent(self, most: int, actor: str = "") -> tuple[RecentDecision, ...]:
        """The last decisions, of that member or of anybody, the newest first; of the learners in the caseload as it was
        read last. Records that cannot be read are left out: the caseload tells of them."""

        def portfolio_of(registration: str) -> Portfolio | None:
            with suppress(MarkTermError):
                return fold(self._survey.load(registration))
            return None

        dated = ((row.registration, row.latest) for row in self._caseload.rows)
        return recent_decisions(dated, portfolio_of, most, actor)
