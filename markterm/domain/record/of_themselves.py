"""Who rated or observed themselves, as the centre's record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep
from markterm.domain.record.bodies.planning import Rated
from markterm.domain.record.event import Kind
from markterm.domain.record.who_did_what import OF_THEMSELVES, Line, Told, in_places
from markterm.domain.words.finding import Severity


def of_themselves(lines: Iterable[Line]) -> Iterator[Told]:
    """What of these lines, however it came to be there, is a rating or an observation of whoever recorded it."""
    for line in in_places(lines):
        event = line.event
        if event.kind == Kind.RATED:
            rated = said_in(event, Rated)
            if rated is not None and rated.assessor == event.actor:
                yield Told(OF_THEMSELVES, Severity.ERROR, line, f"{event.actor} rated themselves in {rated.unit}")
        elif event.kind == Kind.ASSESSOR_OBSERVED:
            seen = said_in(event, AssessorObserved)
            if seen is not None and seen.step is ObservingStep.RECORDED and seen.assessor == event.actor:
                yield Told(OF_THEMSELVES, Severity.ERROR, line, f"{event.actor} recorded the {seen.how} of themselves")
