"""The row of a learner in the caseload, from what the record and the sheets come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.before_registration import before_registration
from markterm.domain.record.event import Kind
from markterm.domain.record.outcome import count_open_higher, unit_state
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.states import DECIDED, PASSED, CriterionState
from markterm.domain.rules.countersignature import waiting as waiting_for_countersignature
from markterm.domain.views.caseload import CaseloadRow, QualificationCredits, UnitProgress
from markterm.domain.views.due import Due, Owed, in_turn
from markterm.domain.views.to_verify import to_verify
from markterm.domain.views.waiting import Circumstances, steps_due, to_claim

if TYPE_CHECKING:
    from markterm.domain.assessed.qualification_progress import QualificationProgress

_CPD_PLANNED = Kind.CPD_PLANNED.value
# Names of an enumeration are looked up anew each time.


def caseload_row(
    folder: str,
    learner: Learner,
    units: Iterable[Unit],
    portfolio: Portfolio,
    policy: Policy,
    around: Circumstances,
    problem: str = "",
    qualifications: Iterable[QualificationProgress] = (),
) -> CaseloadRow:
    """The row of a learner on these units, `around` being what holds for all of them."""
    qualifications = tuple(qualifications)
    progress = []
    for unit in units:
        codes = [each.qualification.code for each in qualifications if unit.code in each.qualification.units]
        progress.append(unit_progress(unit, portfolio, policy, around, learner.registered_on(codes)))
    return CaseloadRow(
        folder,
        learner.registration,
        learner.name,
        learner.qualifications,
        tuple(_with_claims(progress, qualifications, portfolio)),
        learner.assessor,
        learner.site,
        problem,
        tuple(QualificationCredits(a.qualification.code, a.credits, a.needed, a.complete) for a in qualifications),
        latest=portfolio.latest,
        cpd=_cpd(portfolio) if not portfolio.is_away else (),
        verifiers=_verifiers(portfolio),
        left=portfolio.departure.with_day if portfolio.is_away and portfolio.departure is not None else "",
    )


def unit_progress(
    unit: Unit, portfolio: Portfolio, policy: Policy, around: Circumstances, registered: date | None = None
) -> UnitProgress:
    """How far one unit is and what it waits for, for a learner who was `registered` on that day; what can be claimed
    with others is not among it."""
    record = portfolio.unit(unit.key)
    states = record.states(unit.criteria)
    # A unit without its sheet is unfinished, also when nothing in it was decided yet.
    stale = states.count(CriterionState.STALE) or int(bool(unit.no_sheet))
    passed = sum(map(states.count, PASSED))
    due = steps_due(unit, portfolio, policy, replace(around, stale=stale) if stale else around)
    return UnitProgress(
        unit.code,
        unit_state(unit, record),
        sum(map(states.count, DECIDED)),
        passed,
        len(unit.criteria),
        due,
        states.count(CriterionState.CONFLICT),
        sum(1 for _ in waiting_for_countersignature(unit, portfolio)),
        record.changed_since_closing,
        stale,
        record.is_sampled,
        record.verification,
        _owed(record) if not portfolio.is_away else (),
        _answered(record),
        to_verify(record, due),
        *_claim(unit, portfolio),
        portfolio.destroyed_of(unit.key) is not None,
        count_open_higher(unit, record) if unit.higher else 0,
        _badge(unit, portfolio),
        before_registration(record, registered),
        _due_on(unit, portfolio, around) if not portfolio.is_away else None,
    )


def _claim(unit: Unit, portfolio: Portfolio) -> tuple[str, bool]:
    """How far the claim is that the unit is in, and whether something changed since."""
    if not portfolio.claims:
        return "", False
    from markterm.domain.claims.since import changed_since, claims_of_unit  # Only who is done has one.

    own = tuple(claims_of_unit(unit.key, portfolio))
    state = next((each.state for each in reversed(own) if each.state is not None), None)
    changed = any(told.startswith(f"{unit.code}: ") for each in own for told in changed_since(each, portfolio))
    return state.value if state is not None else "", changed


def _badge(unit: Unit, portfolio: Portfolio) -> str:
    if unit.regulated and not portfolio.aside:
        return ""
    from markterm.domain.claims.badges import badge_of_unit  # Few units have one.

    standing = badge_of_unit(unit, portfolio)
    return standing.state.value if standing is not None else ""


def _cpd(portfolio: Portfolio) -> tuple[date, ...]:
    if all(event.kind != _CPD_PLANNED for event in portfolio.aside):
        return ()
    from markterm.domain.record.cpd import cpd  # Few learners have any.

    return tuple(each.said.by for each in cpd(portfolio.aside).items if each.is_planned and each.said.by is not None)


def _verifiers(portfolio: Portfolio) -> tuple[str, ...]:
    found: set[str] = set()
    for record in portfolio.units.values():
        after = record.after
        if after.samples or after.looks or after.verifications:  # Few units have any.
            found.update(each.verifier for each in after.samples)
            found.update(each.actor for each in (*after.looks, *after.verifications))
    return tuple(sorted(found - {""})) if found else ()


def _due_on(unit: Unit, portfolio: Portfolio, around: Circumstances) -> date | None:
    if not (portfolio.aside or unit.due or any(each.due for each in around.assignments)):
        return None
    from markterm.domain.record.due_days import due_on  # Not every centre says when work is due.

    return due_on(unit, around.assignments, portfolio.due_days, portfolio.unit(unit.key).referred_at)


def _answered(record: UnitRecord) -> int:
    after = record.after
    if not any(each.unfinished for each in (*after.looks, *after.verifications)):
        return 0
    from markterm.domain.record.so_far import so_far, unfinished  # Few units have one.

    return max((so_far(each, record).answered for each in unfinished(record)), default=0)


def _owed(record: UnitRecord) -> tuple[Owed, ...]:
    after = record.after
    if not (after.actions or after.looks or after.verifications):
        return ()
    from markterm.domain.views.owed import owed  # Few units have any.

    return owed(record)


def _with_claims(
    progress: Iterable[UnitProgress], qualifications: Iterable[QualificationProgress], portfolio: Portfolio
) -> Iterable[UnitProgress]:
    """The units, those of a qualification that can be claimed with that as well."""
    units = {unit.code: unit for unit in progress}
    due: Mapping[str, tuple[Due, ...]] = {code: unit.due for code, unit in units.items()}
    for each in qualifications:
        counted = [unit.code for unit in each.counted]
        claim = to_claim(each.qualification.code, counted, due, portfolio) if each.complete else None
        if claim is not None:
            units.update({code: units[code]._replace(due=in_turn((claim, *due[code]))) for code in counted})
    return units.values()
