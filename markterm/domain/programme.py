"""A learner's programme: the units that they are marked on, each in the version that their marking began with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markterm.domain.assignment import Assignment
from markterm.domain.learner import Learner
from markterm.domain.portfolio import Portfolio
from markterm.domain.qualification import AllOfGroup, Qualification
from markterm.domain.unit import Unit, UnitKey


@dataclass(frozen=True, slots=True)
class Programme:
    """The units a learner is marked on, the assignments that combine them, and what there is no sheet for."""

    units: tuple[Unit, ...]
    assignments: tuple[Assignment, ...] = ()
    missing: tuple[str, ...] = ()


def programme(
    learner: Learner,
    portfolio: Portfolio,
    units: Mapping[UnitKey, Unit],
    newest: Mapping[str, Unit],
    assignments: Mapping[str, Assignment],
    qualifications: Mapping[str, Qualification],
) -> Programme:
    """The learner's programme.

    `units` are the centre's by code and version, `newest` the newest version of each code. The units are those that the
    learner's file names and those of their assignments; where it names none, those that their qualifications make
    mandatory; and always those that were marked, so that nothing is lost sight of when a learner changes qualification.
    A unit that was marked stays in the version that it was marked in: a new version asks for other things.
    """
    own = tuple(assignments[code] for code in learner.assignments if code in assignments)
    begun = portfolio.begun
    codes = dict.fromkeys((*_registered(learner, own, qualifications), *begun))
    chosen: list[Unit] = []
    missing = [code for code in learner.assignments if code not in assignments]
    for code in codes:
        key = begun.get(code)
        unit = units.get(key) if key is not None else newest.get(code)
        if unit is not None:
            chosen.append(unit)
        else:
            missing.append(str(key or code))
    return Programme(tuple(chosen), own, tuple(missing))


def passed(portfolio: Portfolio) -> frozenset[str]:
    """The codes of the units that are closed as passed."""
    return frozenset(
        key.code
        for key, record in portfolio.units.items()
        if record.closing is not None and record.closing.outcome.value == "pass"
    )


def _registered(
    learner: Learner, assignments: Iterable[Assignment], qualifications: Mapping[str, Qualification]
) -> Iterator[str]:
    yield from learner.units
    for assignment in assignments:
        yield from assignment.units
    if not learner.units:
        for code in learner.qualifications:
            if code in qualifications:
                yield from _mandatory(qualifications[code])


def _mandatory(qualification: Qualification) -> Iterator[str]:
    whole = {rule.group for rule in qualification.rules if isinstance(rule, AllOfGroup)}
    for group in qualification.groups:
        if group.number in whole:
            yield from (unit.code for unit in group.units)
