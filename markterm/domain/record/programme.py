"""A learner's programme: the units that they are marked on, each in the version that their marking began with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.qualification import AllOfGroup, Qualification
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.portfolio import EMPTY_UNIT, Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import as_it_stands, holds_something, with_records

Standing = dict[UnitKey, tuple[UnitRecord, Unit | None, Unit, UnitRecord]]
"""By unit its record and its sheet, and what they come to beside each other."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The units a learner is marked on, the assignments that combine them, and what there is no sheet for.

    Units and `portfolio` are as they stand beside the sheets: what was decided on other words is stale in both.
    """

    units: tuple[Unit, ...]
    assignments: tuple[Assignment, ...] = ()
    missing: tuple[str, ...] = ()
    portfolio: Portfolio = field(default_factory=Portfolio)


def programme(
    learner: Learner,
    portfolio: Portfolio,
    units: Mapping[UnitKey, Unit],
    newest: Mapping[str, Unit],
    assignments: Mapping[str, Assignment],
    qualifications: Mapping[str, Qualification],
    standing: Standing | None = None,
) -> Programme:
    """The learner's programme.

    `units` are the centre's by code and version, `newest` the newest version of each code. The units are those that the
    learner's file names and those of their assignments; where it names none, those that their qualifications make
    mandatory; the standards that it names; and always those that were marked, so that nothing is lost sight of when a
    learner changes qualification. A unit that was marked stays in the version that it was marked in: a new version asks
    for other things. Where there is no sheet of that version, the unit is what the record knows of it, and `missing`
    names it. `standing` is what was found out before of the same learner: what did not change since is not compared
    again.
    """
    on_assignments = tuple(assignments[code] for code in learner.assignments if code in assignments)
    begun = portfolio.begun
    leftovers: dict[str, list[UnitKey]] = {}
    for left, record in portfolio.units.items():
        if left != begun.get(left.code) and holds_something(record):
            leftovers.setdefault(left.code, []).append(left)
    as_units = dict.fromkeys(_registered(learner, on_assignments, qualifications))
    # Nobody is on a standard because a unit was meant, nor on a unit because a standard was: that is said.
    called_otherwise = [code for code in as_units if code in newest and newest[code].is_standard]
    called_otherwise += [code for code in learner.standards if code in newest and not newest[code].is_standard]
    registered = {code: None for code in (*as_units, *learner.standards) if code not in called_otherwise}
    codes = dict.fromkeys((*registered, *begun, *leftovers))
    chosen: list[Unit] = []
    records: dict[UnitKey, UnitRecord] = {}
    missing = [code for code in learner.assignments if code not in assignments] + called_otherwise
    for code in codes:
        others = leftovers.get(code, [])
        recorded = begun.get(code) or (others.pop(0) if others else None)
        if recorded is not None and recorded not in units and not _is_recorded(portfolio.unit(recorded)):
            # Its sheet is gone, and nothing is left that was decided on it: whoever is on the unit begins anew.
            if code not in registered:
                continue
            recorded = None
        sheet = units.get(recorded) if recorded is not None else newest.get(code)
        if sheet is None:
            missing.append(str(recorded or code))
        key = recorded or (sheet.key if sheet is not None else None)
        if key is None:
            continue
        own_record = portfolio.unit(key)
        before = standing.get(key) if standing is not None and not others else None
        if before is not None and before[0] is own_record and before[1] is sheet:
            unit, record = before[2:]
        else:
            why = _without_sheet(key, units) if sheet is None else ""
            title = newest[code].title if sheet is None and code in newest else ""
            unit, record = as_it_stands(key, sheet, others, portfolio, title, why)
            if standing is not None and not others and sheet is not None:
                standing[key] = (own_record, sheet, unit, record)
        chosen.append(unit)
        if record is not EMPTY_UNIT:
            records[key] = record
    for key, record in portfolio.units.items():
        if record.closing is not None and key not in records:
            records[key] = replace(record, outdated=True)  # Whatever it was closed as, nobody is marked on it.
    return Programme(tuple(chosen), on_assignments, tuple(missing), with_records(portfolio, records))


def _is_recorded(record: UnitRecord) -> bool:
    """Whether something would leave the caseload with the unit."""
    if holds_something(record):
        return True
    aside = any(event.uid in record.not_asked for each in record.criteria.values() for event in each.events)
    return bool(record.submissions or record.closings) and not aside


def _without_sheet(key: UnitKey, units: Mapping[UnitKey, Unit]) -> str:
    """What became of the sheet of a unit that decisions were recorded in."""
    versions = sorted(each.version for each in units if each.code == key.code)
    named = ", ".join(f"version {each}" if each else "one without a version" for each in versions)
    of_version = f"of version {key.version}" if key.version else "without a version"
    gone = f"its mark sheet {of_version} is gone or cannot be read"
    return f"{gone}; the centre has {named or 'no other'}"


def passed(portfolio: Portfolio) -> frozenset[str]:
    """The codes of the units that are closed as passed, and that nothing changed since: only those count."""
    return frozenset(
        key.code
        for key, record in portfolio.units.items()
        if record.closing is not None and record.closing.outcome.value == "pass" and not record.changed_since_closing
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
