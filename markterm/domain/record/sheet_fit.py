"""A unit as it stands for a learner: what its sheet asks for, and what was decided on other words.

A decision belongs to the wording that it was made on, or was carried over to. What does not fit the sheet is stale: it
counts as neither decided nor passed, and stays in sight until a person has settled it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from markterm.domain.assessed.level import Level, level_of
from markterm.domain.assessed.unit import OFF_SHEET, Criterion, LearningOutcome, Unit, UnitKey
from markterm.domain.assessed.wording import descriptors_digest, fits
from markterm.domain.record.carrying import Placing
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.outcome import grade, outcome
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.states import CriterionState
from markterm.domain.words.criterion_number import sort_key

_GONE = "No longer on the sheet"
_WITHOUT_SHEET = "Decided on a sheet that is gone"
_MOST_NAMED = 6


def holds_something(record: UnitRecord) -> bool:
    """Whether something stands in it that is of a criterion: a decision, or a citation."""
    return any(each.standing or each.citations for each in record.criteria.values())


def as_it_stands(
    key: UnitKey, sheet: Unit | None, others: Iterable[UnitKey], portfolio: Portfolio, title: str = "", why: str = ""
) -> tuple[Unit, UnitRecord]:
    """The unit of that code and version with its record, both as they stand beside the `sheet`.

    What the sheet does not ask for any more follows in an outcome of its own, so that whoever goes through the criteria
    of the unit sees it; so does what stands in other versions of the unit, `others`. Without a sheet the unit has the
    `title`, and `why` says what became of the sheet. Nothing is copied where everything fits.
    """
    record = portfolio.unit(key)
    changed: dict[str, CriterionRecord] = {}
    gone: list[Criterion] = []
    for number, own in record.criteria.items():
        criterion = sheet.criterion(number) if sheet is not None else None
        if sheet is None or criterion is None:
            if own.standing or own.citations:
                gone.append(_recorded(key, number, number, own))
                changed[number] = replace(own, stale=True)
        else:
            level = None if criterion.gates else criterion.level
            if not _all_fit(own, criterion):
                changed[number] = replace(own, stale=True)
            elif any(each.level is not level for each in own.standing) and not _says_no_level(sheet, number):
                # The sheet says what a criterion is for, also of what was decided before it said so.
                changed[number] = _at_level(own, level)
    for other in others:
        for number, own in portfolio.unit(other).criteria.items():
            if own.standing or own.citations:
                name = f"{number} ({other.version or 'no version'})"
                gone.append(_recorded(other, number, name, own))
                changed[name] = replace(own, stale=True)
    unit = sheet if sheet is not None else Unit(key.code, title, version=key.version, no_sheet=why)
    if gone:
        gone.sort(key=lambda each: sort_key(each.number))
        heading = _GONE if sheet is not None else _WITHOUT_SHEET
        unit = replace(unit, outcomes=(*unit.outcomes, LearningOutcome(OFF_SHEET, heading, tuple(gone))))
    if changed:
        record = replace(record, criteria={**record.criteria, **changed})
    if record.closing is not None and not _is_what_it_comes_to(record.closing, unit, record):
        record = replace(record, outdated=True)
    return unit, record


def _says_no_level(sheet: Unit, number: str) -> bool:
    """Whether the sheet leaves open what the number is for: it is refused, and what was decided keeps its word."""
    return sheet.graded is None and level_of(number) is not None


def _at_level(own: CriterionRecord, level: Level | None) -> CriterionRecord:
    return replace(own, standing=tuple(each._replace(level=level) for each in own.standing))


def _is_what_it_comes_to(closing: Closing, unit: Unit, record: UnitRecord) -> bool:
    """Whether a closing has the outcome, and where it names one the grade, that the criteria of the sheet come to."""
    if outcome(unit, record).value != closing.outcome.value:
        return False
    return closing.grade is None or grade(unit, record) is closing.grade


def decided_for(decision: Decision, criterion: Criterion | None) -> bool:
    """Whether the decision is one on that criterion: on its wording, and no unmet merit of one that gates the unit by
    now. That referred nobody and told the learner nothing: whether it does is a person's to say."""
    if criterion is None or not fits(decision.stands_on, criterion):
        return False
    gates_since = criterion.gates and decision.state is CriterionState.NOT_ACHIEVED
    return not gates_since or bool(decision.carried_to)


def _all_fit(own: CriterionRecord, criterion: Criterion) -> bool:
    """Whether everything that stands there was decided, or cited, on the wording of the criterion."""
    # A loop, which takes half as long: every criterion of everybody is asked, and nearly each has one decision.
    for decision in own.standing:
        if not decided_for(decision, criterion):
            return False
    return not own.citations or all(fits(each.wording, criterion) for each in own.citations)


def wording_of(own: CriterionRecord) -> str:
    """The wording that it was decided on last, or else cited for; empty where none was recorded."""
    decided = (each.stands_on for each in reversed(own.standing))
    return next(filter(None, (*decided, *(each.wording for each in reversed(own.citations)))), "")


def _recorded(key: UnitKey, number: str, name: str, own: CriterionRecord) -> Criterion:
    """The criterion in the words that it was decided on last."""
    return Criterion(name, wording_of(own), recorded=(key, number))


def stale(unit: Unit, record: UnitRecord) -> tuple[str, ...]:
    """The numbers of the criteria whose decisions do not fit the sheet, in the order of the unit."""
    return tuple(each.number for each in unit.criteria if record.criterion(each.number).stale)


def with_records(portfolio: Portfolio, records: Mapping[UnitKey, UnitRecord]) -> Portfolio:
    """The portfolio with these records of units in place of its own; itself if they are its own."""
    if all(portfolio.units.get(key) is record for key, record in records.items()):
        return portfolio
    return replace(portfolio, units={**portfolio.units, **records})


def of_its_level(unit: Unit, criterion: Criterion, own: CriterionRecord, decision: Decision) -> Iterator[str]:
    """What a decision was made for, where the sheet says something else of its criterion by now."""
    made = next((each for each in own.live if each.uid == decision.uid), decision)
    now = None if criterion.gates else criterion.level
    if made.level is not now:
        by_now = f"by now the criterion is for a {now or Level.PASS}"
        if _says_no_level(unit, criterion.number):
            by_now = "by now the sheet does not say what the criterion is for"
        yield f"decided as {made.state} for a {made.level or Level.PASS}; {by_now}"


def why_changed(unit: Unit, record: UnitRecord) -> str:
    """Why the closing of the unit does not hold as it is, in a sentence; empty when it does, or the unit is open."""
    if not record.changed_since_closing:
        return ""
    if unit.no_sheet:
        return f"This outcome does not count: {unit.no_sheet}."
    if left := stale(unit, record):
        named = ", ".join(left[:_MOST_NAMED]) + (" …" if len(left) > _MOST_NAMED else "")
        return (
            f"This outcome does not count: it was closed on another wording or level than the sheet has now ({named})."
        )
    if record.is_as_closed:
        return "This outcome does not count: it is not what the criteria of the sheet come to now."
    return "Decisions were made since that this outcome does not rest on."


def fit_in_words(
    unit: Unit, criterion: Criterion, own: CriterionRecord, decision: Decision, placing: Placing
) -> tuple[str, ...]:
    """What there is to say of how a decision fits the sheet: that it does not, that it was carried over and why, that
    the descriptors changed. Nothing of one that fits."""
    told: list[str] = []
    if criterion.recorded is not None:
        key, number = criterion.recorded
        if key != unit.key:
            told.append(f"decided as {number} of another version, {key.version or 'without a name'}")
        elif not unit.no_sheet:  # Else that is said once, of the whole unit.
            told.append("no longer on the sheet")
    elif not fits(decision.stands_on, criterion):
        told.append(f"decided on another wording: {decision.stands_on}")
    else:
        told += of_its_level(unit, criterion, own, decision)
    if decision.carried_to:
        carried = placing.by_uid[decision.uid][-1]
        told.append(f"carried over from {carried.origin(decision.uid)} by {carried.actor}: {carried.reason}")
    elif decision.descriptors not in ("", descriptors_digest(criterion.descriptors)) and not own.stale:
        told.append("the descriptors changed since")
    return tuple(told)
