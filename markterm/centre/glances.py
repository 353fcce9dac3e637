"""Learners at a glance: what is told of one beside the caseload."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from markterm.centre.evidence import Evidence
from markterm.centre.learners import Learners
from markterm.centre.seeing import Seeing
from markterm.centre.visit_lists import VisitLists
from markterm.domain.views.at_a_glance import AtAGlance, last_acts, touched


class Glances:
    """What a learner's record, file and evidence tell in a few lines. Looks at the disk: for a thread."""

    def __init__(
        self, learners: Learners, evidence: Evidence, seeing: Seeing, visit_lists: Callable[[], VisitLists]
    ) -> None:
        self._learners = learners
        self._evidence = evidence
        self._seeing = seeing
        self._visit_lists = visit_lists

    def of(self, registration: str) -> AtAGlance:
        """That learner at a glance. Raises `Unreadable`, and `Refused` for a registration that was corrected."""
        shown = self._learners.portfolio(registration, even_with_errors=True, in_passing=True)
        files = self._evidence.listed(registration, in_passing=True).documents
        newest = max(files, key=lambda file: file.modified_ns, default=None)
        return AtAGlance(
            touched(shown.portfolio),
            last_acts(shown.portfolio),
            shown.learner.about,
            len(files),
            newest.name if newest is not None else "",
            datetime.fromtimestamp(newest.modified_ns / 1e9, UTC) if newest is not None else None,
            self._is_picked(shown.learner.registration),
        )

    def _is_picked(self, registration: str) -> bool:
        visitor = self._seeing.visitor
        return visitor is not None and registration in self._visit_lists().picked_by(visitor)
