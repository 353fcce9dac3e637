"""Learners at a glance: what is told of one beside the caseload."""

from __future__ import annotations

from datetime import UTC, datetime

from markterm.centre.evidence import Evidence
from markterm.centre.learners import Learners
from markterm.domain.views.at_a_glance import AtAGlance, last_acts, touched


class Glances:
    """What a learner's record, file and evidence tell in a few lines. Looks at the disk: for a thread."""

    def __init__(self, learners: Learners, evidence: Evidence) -> None:
        self._learners = learners
        self._evidence = evidence

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
        )
