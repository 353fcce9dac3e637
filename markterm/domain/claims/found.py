"""Claims that do not hold any more, as the lines of a record tell: what is found by an audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markterm.domain.claims.since import changed_since
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import fold
from markterm.domain.record.who_did_what import CLAIM_CHANGED, Line, Told, in_places
from markterm.domain.words.finding import Severity


def changed_claims(lines: Iterable[Line], every: Iterable[Event]) -> Iterator[Told]:
    """What was claimed and changed since, on the line that claimed it; `every` are all events of the record, with those
    of the records that it goes on from. A mark sheet that says something else by now is no matter of the record."""
    claiming = {line.event.uid: line for line in in_places(lines) if line.event.kind == Kind.CLAIMED}
    if not claiming:
        return
    portfolio = fold(every)
    for claim in portfolio.claims:
        step = claim.last(ClaimStep.CLAIMED)
        line = claiming.get(step.uid) if step is not None else None
        if line is not None:
            for changed in changed_since(claim, portfolio):
                yield Told(CLAIM_CHANGED, Severity.WARNING, line, f"{claim.place} was claimed; {changed}")
