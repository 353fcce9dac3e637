"""Records to report on: a learner's events, as they are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from markterm.domain.record.bodies.closing import Closed
from markterm.domain.record.bodies.verifying import Answer, Looked, Verified
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import fold
from markterm.domain.reports.counted import Counted, counted_of
from markterm.domain.reports.report import Cell, Report
from tests.samples import AT, KEY, LEARNER, decision

PASS, REFER = Result.PASS, Result.REFER


def counted(*events: Event, learner: str = LEARNER) -> Counted:
    """What is counted of a record of these events."""
    return counted_of(learner, fold(events))


def records(*every: Counted) -> Callable[[], Iterable[Counted]]:
    """Those records, as often as they are asked for."""
    return lambda: every


def at_attempt(event: Event, attempt: int) -> Event:
    """The same decision, made at that attempt."""
    return replace(event, body={**event.body, "attempt": attempt})


def days_later(event: Event, days: int) -> Event:
    """The same entry, made so many days later."""
    return replace(event, at=event.at + timedelta(days=days))


def decided(uid: str, criterion: str, result: Result = PASS, *, actor: str = "jm", supersedes: str = "") -> Event:
    """A decision; it replaces that of the uid."""
    return decision(uid, criterion, result, actor=actor, supersedes=[supersedes] if supersedes else [])


def verifying(body: Looked | Verified | Closed, uid: str, *supersedes: str, actor: str = "vd") -> Event:
    """An entry on the unit as a whole."""
    kind = {Looked: Kind.LOOKED, Verified: Kind.VERIFIED, Closed: Kind.CLOSED}[type(body)]
    return Event(uid, kind.value, LEARNER, AT, actor, "verifier", Subject(KEY), body.write(), supersedes)


def looked(uid: str, *answers: Answer, supersedes: str = "", actor: str = "vd") -> Event:
    """An interim look with these answers."""
    return verifying(Looked(answers, 1), uid, *filter(None, [supersedes]), actor=actor)


def rows(report: Report) -> list[dict[str, Cell]]:
    """The rows of a report by the names of its columns."""
    names = [column.name for column in report.columns]
    return [dict(zip(names, row.cells, strict=True)) for row in report.rows]
