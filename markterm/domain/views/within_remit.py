"""What is recorded, as an external quality assurer reads it: of the qualifications that their visit is about alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from markterm.domain.assessed.remit import HasUnit, Remit
from markterm.domain.record.bodies.body import NotSaid
from markterm.domain.record.bodies.briefs import BriefVerified
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.observing import AssessorObserved
from markterm.domain.record.bodies.planning import PlanChanged, Planned, Rated
from markterm.domain.record.bodies.standardising import Standardising
from markterm.domain.record.bodies.visiting import Visited
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.views.caseload import CaseloadRow

_NAMES_QUALIFICATION = "qualification"
_NAMES_ASSIGNMENT = "assignment"


def row_within(row: CaseloadRow, remit: Remit) -> CaseloadRow:
    """The row of a learner with the qualifications and units that are read."""
    has_unit = remit.units_of(row.qualifications)
    if has_unit is None:
        return row
    return replace(
        row,
        qualifications=tuple(each for each in row.qualifications if each in remit.qualifications),
        credits=tuple(each for each in row.credits if each.code in remit.qualifications),
        units=tuple(each for each in row.units if has_unit(each.code)),
        new_for=tuple(filter(has_unit, row.new_for)),
    )


def portfolio_within(portfolio: Portfolio, remit: Remit, has_unit: HasUnit) -> Portfolio:
    """The portfolio with the units that are read, and what else of its entries is."""
    read = tuple(entries_within(portfolio.events, remit, has_unit))
    uids = {event.uid for event in read}
    return replace(
        portfolio,
        units={key: record for key, record in portfolio.units.items() if has_unit(key.code)},
        begun={code: key for code, key in portfolio.begun.items() if has_unit(code)},
        unknown=tuple(event for event in portfolio.unknown if event.uid in uids),
        aside=tuple(event for event in portfolio.aside if event.uid in uids),
        events=read,
        last=read[-1] if read else None,
    )


def entries_within(events: Iterable[Event], remit: Remit, has_unit: HasUnit) -> Iterator[Event]:
    """The entries of a learner's record that are read: of other units, qualifications and assignments there is none."""

    def is_read(event: Event) -> bool:
        if event.subject.unit is not None and not has_unit(event.subject.unit.code):
            return False
        body = dict(event.body)  # Steps of claims, comments and days: whatever says of what it is.
        qualification, assignment = body.get(_NAMES_QUALIFICATION), body.get(_NAMES_ASSIGNMENT)
        if qualification and qualification not in remit.qualifications:
            return False
        return not assignment or assignment in remit.assignments

    return _with_their_steps(events, is_read)


def of_centre_within(events: Iterable[Event], remit: Remit, reads_all_of: Callable[[str], bool]) -> Iterator[Event]:
    """The centre's own record as it is read: what it says of other qualifications, their units and assignments is not
    there, and what is of the centre as a whole is, such as its members, their CPD and what they sign with.

    A standardisation is read that looks at a unit of the remit, whatever it was for; a visit unless it names other
    qualifications alone; what another external quality assurer looked at and picked, by nobody else. Of a sampling plan
    that is read which is about a unit of the remit, or about a learner, by registration, of whom all units are read.
    """
    events = tuple(events)
    of_visits = _qualifications_of_visits(events, remit)

    def hides(learner: str, unit: str) -> bool:
        return unit not in remit.units and not reads_all_of(learner)

    def is_read(event: Event) -> bool:
        # What of these is not understood is of nobody knows what, and is not read.
        match event.kind:
            case Kind.PLAN_CHANGED:
                changed = said_in(event, PlanChanged)
                return changed is not None and not hides(changed.learner, changed.unit)
            case Kind.RATED:
                rated = said_in(event, Rated)
                return rated is not None and rated.unit in remit.units
            case Kind.ASSESSOR_OBSERVED:
                observed = said_in(event, AssessorObserved)
                return observed is not None and (not observed.unit or observed.unit in remit.units)
            case Kind.STANDARDISED:
                begun = said_in(event, Standardising)
                if begun is None or begun.qualification in {"", *remit.qualifications}:
                    return begun is not None
                return any(each.unit in remit.units for each in begun.exhibits)
            case Kind.BRIEF_VERIFIED:
                verified = said_in(event, BriefVerified)
                return verified is not None and verified.assignment in remit.assignments
            case Kind.VISITED:
                visited = said_in(event, Visited)
                named = of_visits.get(event.uid) or ({visited.qualification} - {""} if visited is not None else set())
                return visited is not None and (not named or not named.isdisjoint(remit.qualifications))
            case Kind.VISIT_NOTED:
                return event.actor == remit.reader
            case _:
                return True

    return (_told(event, remit, hides) for event in _with_their_steps(events, is_read))


def _qualifications_of_visits(events: Iterable[Event], remit: Remit) -> dict[str, set[str]]:
    """By the uid of each visit the qualifications that it signs off, names in its scope, or asks something of."""
    named: dict[str, set[str]] = {}
    for event in events:
        if event.kind == Kind.VISITED and (said := said_in(event, Visited)) is not None:
            every = named.setdefault(said.visit or event.uid, set())
            words = frozenset(said.scope.replace(",", " ").replace(";", " ").split())
            every |= {*said.signed_off, *((remit.others | remit.qualifications) & words), said.qualification} - {""}
    return named


def _told(event: Event, remit: Remit, hides: Callable[[str, str], bool]) -> Event:
    """The entry with what of it is read."""
    if event.kind == Kind.PLANNED:
        with suppress(NotSaid):  # What is not understood is told to nobody as a plan.
            return replace(event, body=Planned.read(event.body).of_those(hides).write())
    if event.kind == Kind.VISITED and (visited := said_in(event, Visited)) is not None and visited.signed_off:
        read = tuple(each for each in visited.signed_off if each in remit.qualifications)
        return replace(event, body=replace(visited, signed_off=read).write())
    return event


def _with_their_steps(events: Iterable[Event], is_read: Callable[[Event], bool]) -> Iterator[Event]:
    """Those that are read, without what names one that is not: a step of it."""
    left_out: set[str] = set()
    for event in events:
        named = (each for each in dict(event.body).values() if isinstance(each, str))
        if is_read(event) and left_out.isdisjoint(named):
            yield event
        else:
            left_out.add(event.uid)
