"""The assessor's verbs: each checks the rules and returns the event to record, or refuses with what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.assessed.wording import descriptors_digest
from markterm.domain.record.bodies.closing import Closed, Reopened
from markterm.domain.record.bodies.criterion import Decided
from markterm.domain.record.decision import CriterionRecord, Decision, Occasion
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.outcome import grade, outcome
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import of_its_level
from markterm.domain.record.states import WAITING, CriterionState
from markterm.domain.rules.act import Act, approved, assessor, entry
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.rules.decided_before import OthersNote, refuse_nothing_new, refuse_passed_before, words_for
from markterm.domain.rules.evidence_kept import require_evidence
from markterm.domain.words.counted import first_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way

_MOST_LISTED = 6
_WAITING_WORDS = {
    CriterionState.OPEN: "open",
    CriterionState.CONFLICT: "in conflict",
    CriterionState.RESUBMITTED: "resubmitted and not decided again",
    CriterionState.STALE: "decided on another wording or level than the sheet's, or no longer on it",
}


def decide(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    number: str,
    result: Result,
    note: str,
    shown: CriterionRecord | None = None,
    occasion: Occasion = Occasion(),  # noqa: B008 - frozen, and the same for ever
    reason: str = "",
    *,
    others_note: OthersNote | None = None,
    note_by: Sequence[str] = (),
    marks: int | None = None,
) -> Event:
    """A decision on one criterion, replacing what the member saw: `shown`, or what stands in `portfolio`.

    `occasion` says in which task of which assignment it is made, if it is; it counts in the unit all the same. Without
    a `note` the one that stands with the same result stays; `others_note` says so, or that it goes, where it is not the
    member's own. `note_by` are those whose words the note of a settled conflict is; `marks` what it was converted from,
    on a sheet that has them.

    A decision that arrived since and was not shown is not replaced: the two are then a conflict, and both are kept.

    Raises `Refused` when the member may not mark the unit, the unit is closed, a case forbids it, a referral has no
    note (that a criterion for a higher grade is not achieved needs none), a conflict would be settled without a
    `reason`, or the criterion was decided on another wording or passed at an earlier attempt; `SomebodysNote` when it
    has to be said what becomes of another member's note; `NothingNew` when the very same stands already; `WrongUse`
    when the unit has no such criterion.
    """
    member = assessor(act, unit)
    criterion = criterion_of(with_sheet(unit), number)
    record = open_unit(act.learner, unit, portfolio)
    fitting(unit, record, number)
    if portfolio.cases:
        from markterm.domain.rules.cases import refuse_under_case  # Few learners have one.

        refuse_under_case(act, member, unit, portfolio, number)
    seen = shown or record.criterion(number)
    standing = seen.standing
    refuse_passed_before(unit.code, number, seen, record.attempt)
    if not reason.strip():
        attempt = record.attempt
        note, note_by = words_for(unit.code, number, seen, result, attempt, member.id, note, others_note)
    if result is Result.REFER and criterion.gates and not note.strip():
        raise Refused(
            "A referral needs a note",
            f"{unit.code} {number} was not marked: a referral tells the learner what is missing.",
            "Write a note that says what is missing, without giving the answer.",
        )
    if len(standing) > 1 and not reason.strip():
        raise Refused(
            "This criterion is in conflict",
            f"{unit.code} {number} was decided by {names_of(standing)} without seeing each other's decision.",
            "Read both notes, then settle it with a reason.",
            hint=Hint(Way.SETTLE_CONFLICT),
        )
    amended = ""
    if not all(each.agrees for each in (*record.after.looks, *record.after.verifications)):
        from markterm.domain.record.disagreement import amended_by  # Few units have one.

        amended = amended_by(record, number, standing)
    scale = criterion.marks if marks is not None else None
    said = Decided(
        result,
        note,
        record.attempt,
        criterion.text,
        descriptors_digest(criterion.descriptors) if criterion.descriptors else "",
        not member.approved_for(unit.code),
        tuple(citation.uid for citation in seen.citations),
        occasion.assignment,
        occasion.task,
        occasion.title,
        occasion.batch,
        reason,
        tuple(note_by),
        marks,
        scale.maximum if scale is not None else None,
        scale.minimum if scale is not None else None,
        amended,
        criterion.level.value if criterion.level is not None and not criterion.gates else "",
    )
    refuse_nothing_new(unit.code, number, seen, member.id, said)
    return entry(
        act,
        member,
        Kind.DECIDED,
        Subject(unit.key, number),
        said,
        tuple(decision.uid for decision in standing),
    )


def decide_by_marks(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    number: str,
    marks: int,
    note: str,
    shown: CriterionRecord | None = None,
    others_note: OthersNote | None = None,
) -> Event:
    """The decision that marks come to on a sheet that has them: pass from the criterion's own minimum on.

    A criterion below its minimum is referred whatever the total is. Raises as `decide` does, and `Refused` when the
    sheet gives the criterion no marks or fewer than these.
    """
    given = criterion_of(unit, number).marks
    if given is None:
        raise Refused(
            "This criterion has no marks",
            f"The sheet of {unit.code} gives {number} a pass or a referral, and no marks.",
            "Mark it pass or refer.",
        )
    if not 0 <= marks <= given.maximum:
        raise Refused(
            "Not a mark of this sheet",
            f"{unit.code} {number} has 0 to {given.maximum} marks; {marks} is not one of them.",
            "Give another number of marks.",
        )
    result = Result.PASS if marks >= given.minimum else Result.REFER
    return decide(act, unit, portfolio, number, result, note, shown, others_note=others_note, marks=marks)


def close(act: Act, unit: Unit, portfolio: Portfolio, feedback: str) -> Event:
    """The closing of a unit with the outcome that its criteria come to, and the summary feedback.

    Raises `Refused` as `closing_outcome` does, when the member may not mark it, and when its evidence was destroyed.
    """
    member = approved(act, unit)
    require_evidence(act.learner, unit, portfolio)
    reached = closing_outcome(act.learner, unit, portfolio)
    record = portfolio.unit(unit.key)
    rests_on = sorted(d.uid for criterion in record.criteria.values() for d in criterion.standing)
    at = grade(unit, record)
    said = Closed(
        Result(reached.value), feedback, record.attempt, tuple(rests_on), grade=at.value if at is not None else ""
    )
    return entry(act, member, Kind.CLOSED, Subject(unit.key), said)


def closing_outcome(learner: str, unit: Unit, portfolio: Portfolio) -> CriterionState:
    """The outcome that a unit may be closed with: pass only when every criterion is passed, but for those of a graded
    sheet that are for a higher grade. It is never chosen.

    Raises `Refused` while a criterion waits for a decision or for a countersignature, while a decision does not fit the
    sheet or malpractice is suspected, when the unit is closed already, or when no declaration of the learner covers the
    attempt.
    """
    with_sheet(unit)
    record = portfolio.unit(unit.key)
    if record.closing is not None:
        raise Refused(
            "The unit is closed already",
            f"{unit.code} was closed as {record.closing.word} by {record.closing.actor}.",
            "Reopen it with a reason if it has to be decided again.",
            hint=Hint(Way.REOPEN, learner=learner, unit=unit.code),
        )
    reached = outcome(unit, record)
    if reached in WAITING:
        asked = unit.gating if reached in (CriterionState.OPEN, CriterionState.RESUBMITTED) else unit.criteria
        waiting = [c.number for c in asked if record.criterion(c.number).state is reached]
        of = f"{len(asked)} criteria" if len(asked) == len(unit.criteria) else f"{len(asked)} criteria for a pass"
        title, what = (
            "The unit cannot be closed yet",
            f"{unit.code}: {len(waiting)} of {of} are {_WAITING_WORDS[reached]} ({first_of(waiting, _MOST_LISTED)}).",
        )
        if reached is CriterionState.STALE:
            raise does_not_fit(unit, what, title)
        raise Refused(title, what, "Decide each of them pass or refer first.")
    if portfolio.cases:
        from markterm.domain.rules.cases import refuse_closing_under_case  # Few learners have one.

        refuse_closing_under_case(learner, unit, portfolio)
    if portfolio.declared(unit.key) is None:
        raise Refused(
            "The learner's declaration is missing",
            f"{unit.code} of {learner} stays open: nobody recorded that the learner declared attempt "
            f"{record.attempt} to be their own work.",
            "Record it.",
            hint=Hint(Way.DECLARE, learner=learner, unit=unit.code),
        )
    standing = [(c.number, each) for c in unit.criteria for each in record.criterion(c.number).standing]
    # Carried over from a higher grade, where an unmet criterion needs none.
    if bare := [number for number, each in standing if each.refers and each.carried_to and not each.note.strip()]:
        raise Refused(
            "A referral needs a note",
            f"{unit.code}: {first_of(bare, _MOST_LISTED)} has to be met by now, and nobody said what is missing.",
            "Refer it again, with a note that says it.",
        )
    unsigned = [number for number, each in standing if each.waits_for_countersignature]
    if unsigned:
        raise Refused(
            "A countersignature is missing",
            f"{unit.code}: {len(unsigned)} of {len(unit.criteria)} criteria were decided in training and are not "
            f"countersigned ({first_of(unsigned, _MOST_LISTED)}).",
            "Whoever is approved reads them, marks what they would decide otherwise, and countersigns the rest.",
            hint=Hint(Way.COUNTERSIGN),
        )
    return reached


def reopen(act: Act, unit: Unit, portfolio: Portfolio, reason: str) -> Event:
    """The reopening of a closed unit. Raises `Refused` when it is not closed, without a reason, and when its evidence
    was destroyed."""
    member = approved(act, unit)
    closing = portfolio.unit(unit.key).closing
    if closing is None:
        raise Refused("The unit is not closed", f"{unit.code} is open for marking.", "Mark it as it is.")
    if not reason.strip():
        raise Refused(
            "Reopening needs a reason",
            f"{unit.code} stays closed as {closing.word}.",
            "Say why it has to be decided again.",
        )
    require_evidence(act.learner, unit, portfolio)
    return entry(act, member, Kind.REOPENED, Subject(unit.key), Reopened(reason), (closing.uid,))


Place = TypeVar("Place")


def next_open(
    groups: Sequence[Sequence[Place]],
    is_open: Callable[[Place], bool],
    after: Place | None = None,
    *,
    stay: bool = False,
) -> Place | None:
    """The next place that is open: in the group of `after` from there on and round again, then in the other groups.

    Groups are the criteria of each unit, or of each task; with `stay` the others are not looked at. None when nothing
    is open.
    """
    start = next((number for number, group in enumerate(groups) if after in group), 0) if after is not None else 0
    for group in (*groups[start:], *groups[:start])[: 1 if stay else None]:
        first = group.index(after) + 1 if after is not None and after in group else 0
        for place in (*group[first:], *group[:first]):
            if is_open(place):
                return place
    return None


def with_sheet(unit: Unit) -> Unit:
    """The unit. Raises `Refused` when the centre has no sheet of it: nobody knows what it asks for."""
    if unit.no_sheet:
        raise does_not_fit(unit, f"{unit.code} is not marked: {unit.no_sheet}.", "The mark sheet is gone")
    return unit


def on_sheet(unit: Unit, number: str) -> Criterion:
    """The criterion of that number. Raises `WrongUse` when there is none, `Refused` when only the record knows it."""
    criterion = criterion_of(unit, number)
    if not criterion.is_asked:
        raise does_not_fit(unit, f"{unit.code} {number} is no longer on the sheet.")
    return criterion


def fitting(unit: Unit, record: UnitRecord, number: str) -> CriterionRecord:
    """The record of a criterion. Raises as `on_sheet` does, and `Refused` when what stands there was decided on other
    words: to decide it as if nothing had been would hide that."""
    criterion = on_sheet(unit, number)
    own = record.criterion(number)
    if own.stale:
        levels = [each for one in own.standing for each in of_its_level(unit, criterion, own, one)]
        why = levels[0] if levels else "decided on another wording than the sheet has now"
        raise does_not_fit(unit, f"{unit.code} {number} was {why}.")
    return own


def does_not_fit(unit: Unit, what: str, title: str = "It does not fit the sheet") -> Refused:
    """The refusal of what cannot be done while decisions in the unit do not fit its sheet."""
    ways = (
        "Put the sheet back as it was, or settle each decision with a reason (carried over, decided anew or no "
        "longer asked)."
    )
    return Refused(
        title,
        what,
        ways,
        hint=Hint(Way.CARRY, unit=unit.code),
    )


def open_unit(learner: str, unit: Unit, portfolio: Portfolio) -> UnitRecord:
    """The record of a unit. Raises `Refused` when it is closed."""
    record = portfolio.unit(unit.key)
    if record.closing is not None:
        raise Refused(
            "The unit is closed",
            f"{unit.code} of {learner} was closed as {record.closing.word} by {record.closing.actor}.",
            "Reopen it with a reason first.",
            hint=Hint(Way.REOPEN, learner=learner, unit=unit.code),
        )
    return record


def names_of(standing: tuple[Decision, ...]) -> str:
    """The ids of those who made these decisions, in words."""
    return " and ".join(decision.actor for decision in standing)
