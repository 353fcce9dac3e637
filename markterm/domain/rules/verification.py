"""Verifying a unit: an attempt is sampled, looked at while it is marked, and its closing is agreed to or not, decision
by decision or as a whole, by somebody who did not mark it.

Summative sampling comes after the assessor's outcome and before the learner gets feedback: a centre's policy can hold
the feedback until then. An interim look comes before the outcome and holds nothing by itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.verifying import Answer, Looked, Override, Sampled, Verified
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import stale
from markterm.domain.record.so_far import so_far
from markterm.domain.record.states import VerificationState
from markterm.domain.record.verifying import INTERIM, SUMMATIVE, Sample, Verification, said_of_sample
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.rules.answering import (
    NOTHING_ASKED,
    Asked,
    Said,
    answers_of,
    begun,
    check_asked,
    go_on_beside,
    overrides_beside,
    reason_beside,
    report_beside,
    settles,
)
from markterm.domain.rules.in_training import check_in_training, is_in_training, to_countersign
from markterm.domain.rules.marking import does_not_fit
from markterm.domain.rules.separation import NOTHING_KNOWN, Separation, check_separate
from markterm.domain.words.counted import first_reasons
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way

_ZONES = timedelta(days=1)
"""By so much the day of a person may be behind that of the record."""


def sample(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    why: str,
    *,
    stage: str = SUMMATIVE,
    verifier: Member | None = None,
    due: date | None = None,
    around: Separation = NOTHING_KNOWN,
) -> Event:
    """The sampling of the present attempt at a unit for verification at that stage, given to `verifier`, until `due`.

    The same stage is sampled again to give it to another verifier or for another day, which replaces what was said
    before. Raises `Refused` when the member is no verifier, no reason is given, the attempt was sampled for that stage
    before and nothing new is said, an interim look comes too late, the day has passed, or whom it is given to may not
    verify it.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    before = record.after.sample(attempt, stage)
    told = f"Attempt {attempt} at {unit.code}"
    if before is not None and _says_nothing_new(before, verifier, due):
        once_closed = "" if record.closing is not None else " once it is closed"
        raise Refused(
            "Sampled already",
            f"{told} was sampled by {before.actor}: {before.why}",
            f"Verify it{once_closed}; or say for whom it is now, or until when.",
        )
    if not why.strip():
        raise Refused(
            "A sample needs a reason",
            f"{unit.code} was not sampled: a sampling plan says why each of its units is in it.",
            "Say why: first decision of a new assessor, high risk, routine.",
        )
    if stage == INTERIM and record.closing is not None:
        raise Refused(
            "Too late for an interim look",
            f"{told} is closed.",
            "Sample it as it is closed: a summative sample.",
        )
    if due is not None and due < act.at.date() - _ZONES:
        raise Refused("That day has passed", f"{told} would be due on {due.isoformat()}.", "Give a day to come.")
    if verifier is not None:
        if Role.VERIFIER not in verifier.roles:
            raise Refused(
                "Only a verifier verifies",
                f"{verifier.name} ({verifier.id}) is no verifier of this centre.",
                "Give it to a verifier.",
            )
        check_separate(act, verifier, unit, record, replace(around, let_pass=None))
    said = Sampled(
        attempt,
        why,
        INTERIM if stage == INTERIM else "",
        verifier.id if verifier is not None else before.verifier if before is not None else "",
        before.due if due is None and before is not None else due,
    )
    event = _entry(act, member, Kind.SAMPLED, unit, said)
    return replace(event, supersedes=(before.uid,)) if before is not None else event


def take_back(act: Act, unit: Unit, portfolio: Portfolio, why: str) -> Event:
    """That the present attempt at a unit is sampled no more, for either stage.

    Raises `Refused` when the member is no verifier, no reason is given, nobody sampled it, or somebody looked at it
    already: that stays.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    attempt = record.closing.attempt if record.closing is not None else record.attempt
    samples = [each for each in record.after.samples if each.attempt == attempt]
    told = f"Attempt {attempt} at {unit.code}"
    if not samples:
        raise Refused("Not sampled", f"{told} is in nobody's sample.", "Nothing has to be taken back.")
    answers = [each for each in (*record.after.looks, *record.after.verifications) if each.attempt == attempt]
    if answers:
        raise Refused(
            "Looked at already",
            f"{told} was sampled, and {answers[-1].actor} answered.",
            "What was answered stays, and the sample with it.",
        )
    if not why.strip():
        raise Refused(
            "Taking back a sample needs a reason",
            f"{told} is sampled still.",
            "Say why: planned by mistake, the learner left, another unit tells more.",
        )
    said = Sampled(attempt, why, taken_back=True)
    event = _entry(act, member, Kind.SAMPLED, unit, said)
    return replace(event, supersedes=tuple(each.uid for each in samples))


def may_verify(act: Act, unit: Unit, portfolio: Portfolio, around: Separation = NOTHING_KNOWN) -> tuple[Override, ...]:
    """The rules that a Lead IV let be passed over so that whoever acts may verify the unit as it stands: its closing,
    or before it is closed what is decided so far.

    Raises `Refused` when they are no verifier or may not verify it; when it changed since it was closed, or was
    closed and not sampled.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    if record.closing is not None:
        closing = settled_closing(act.learner, unit, record)
        overrides = check_separate(act, member, unit, record, around)
        _sampled(unit, record, closing.attempt, act.learner)
        return overrides
    return check_separate(act, member, unit, record, around)


def look(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    said: Said,
    around: Separation = NOTHING_KNOWN,
    asked: Asked = NOTHING_ASKED,
) -> Event:
    """An interim look: a verifier's answers to what is decided so far of a unit that is not closed.

    Raises `Refused` when the member is no verifier, may not verify the unit, or a disagreement has no reason; when the
    unit is closed, or what is answered is not decided; `WrongUse` for a criterion that the unit does not have.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    if record.closing is not None:
        raise Refused(
            "The unit is closed",
            f"{unit.code} of {act.learner} is not marked any more: an interim look comes before.",
            "Verify its outcome.",
            hint=Hint(Way.VERIFY, learner=act.learner, unit=unit.code),
        )
    overrides = check_separate(act, member, unit, record, around)
    before = [each for each in record.after.looks if each.attempt == record.attempt]
    report = report_beside(member.id, said.report, before)
    check_asked(asked, unit, said, report)
    answers = answers_of(unit, record, said)
    going_on = [replace(each, answers=_standing(each, record)) for each in before]
    if answers:
        answers = go_on_beside(unit, member.id, answers, going_on, said)
    elif said.agrees is None:
        answers = begun(unit, act.learner, member.id, going_on, said)
    if not answers:
        raise Refused(
            "An interim look is at single decisions",
            f"Nothing was said of any criterion of {unit.code}.",
            "Name the criteria that were looked at.",
        )
    overrides = overrides_beside(member.id, overrides, before)
    body = Looked(answers, record.attempt, report, overrides, said.unfinished, is_in_training(member, before, answers))
    event = _entry(act, member, Kind.LOOKED, unit, body)
    return replace(event, supersedes=tuple(each.uid for each in before))


def verify(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    said: Said,
    around: Separation = NOTHING_KNOWN,
    asked: Asked = NOTHING_ASKED,
) -> Event:
    """A verifier's answer to the closing of a unit that was sampled, or of a resubmission. It replaces earlier answers;
    those of others to decisions of which nothing is said now go on beside it, as theirs. One that is unfinished leaves
    the unit waiting.

    Raises `Refused` when the member is no verifier, or may not verify the unit; when the unit is not closed, changed
    since, or was not sampled; when a disagreement has no reason, nor what replaces one; `WrongUse` for a criterion that
    the unit does not have.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    closing = settled_closing(act.learner, unit, record)
    overrides = check_separate(act, member, unit, record, around)
    sampled = _sampled(unit, record, closing.attempt, act.learner)
    before = record.after.verified(closing.uid)
    report = report_beside(member.id, said.report, before)
    check_asked(asked, unit, said, report)
    answers = answers_of(unit, record, said)
    if answers:
        answers = go_on_beside(unit, member.id, answers, before, said)
    else:
        answers = begun(unit, act.learner, member.id, before, said)
    agrees = all(each.agrees for each in answers) if answers else said.agrees is True
    if not answers and not agrees and not said.reason.strip():
        raise Refused(
            "A disagreement needs a reason",
            f"{unit.code} of {act.learner} is not verified yet.",
            "Say which criterion is decided wrongly, and why.",
        )
    check_in_training(member, unit, answers)
    settles(unit, before, said, agrees=agrees)
    replaced = (*((sampled.uid,) if sampled is not None and not before else ()), *(each.uid for each in before))
    body = Verified(
        closing.uid,
        agrees,
        closing.attempt,
        reason_beside(member.id, said.reason, before),
        answers,
        report,
        overrides_beside(member.id, overrides, before),
        said.unfinished,
        is_in_training(member, before, answers),
    )
    return replace(_entry(act, member, Kind.VERIFIED, unit, body), supersedes=replaced)


def countersign(
    act: Act, unit: Unit, portfolio: Portfolio, note: str = "", around: Separation = NOTHING_KNOWN
) -> Event:
    """A verifier's countersignature to what a verifier in training answered to the present attempt at a unit: to its
    closing, or at an interim look. It takes the place of that, with the same answers, each as who gave it.

    Raises `Refused` when the member is no verifier, is in training, gave an answer themselves or may not verify the
    unit; when nothing waits for it, or what does is not finished, contradicted, or not to what stands.
    """
    member = _verifier(act)
    record = portfolio.unit(unit.key)
    closing = settled_closing(act.learner, unit, record) if record.closing is not None else None
    overrides = check_separate(act, member, unit, record, around)
    before = (
        record.after.verified(closing.uid)
        if closing is not None
        else tuple(each for each in record.after.looks if each.attempt == record.attempt)
    )
    whose = ", ".join(to_countersign(member, unit, act.learner, before))
    if why := next(filter(None, map(record.why_stale, before)), ""):
        raise Refused(
            "Not to what stands",
            f"What was answered to {unit.code} of {act.learner} in training is stale: {why}.",
            "Have it verified again.",
        )
    last = before[-1]
    answers = go_on_beside(unit, member.id, (), before, Said())
    reason = note if note.strip() else last.reason
    if closing is None:
        look = Looked(answers, record.attempt, last.report, overrides, countersigns=whose)
        event = _entry(act, member, Kind.LOOKED, unit, look)
    else:
        agrees = all(each.agrees for each in answers) if answers else last.agrees
        body = Verified(
            closing.uid, agrees, closing.attempt, reason, answers, last.report, overrides, countersigns=whose
        )
        event = _entry(act, member, Kind.VERIFIED, unit, body)
    return replace(event, supersedes=tuple(each.uid for each in before))


def held(policy: Policy, learner: str, unit: Unit, record: UnitRecord) -> Refused | None:
    """Why the feedback on a closed unit may not go yet, and what to do next; None when nothing holds it."""
    closing = record.closing
    if closing is None or not policy.feedback_waits_for_verification or not record.awaits_verification:
        return None
    answers = record.after.verified(closing.uid)
    if record.verification is VerificationState.CONFLICT:
        told = "; ".join(f"{each.actor}: {each.in_words}" for each in answers)
        return Refused(
            "Two verifiers answered differently",
            f"{unit.code} of {learner}: neither had seen the other's answer. {told}.",
            "A verifier who did not mark it reads both and answers again, with a reason.",
            hint=Hint(Way.VERIFY, learner=learner, unit=unit.code),
        )
    against = [each for each in answers if not each.agrees]
    if against and record.verification is not VerificationState.STALE:
        return Refused(
            "The verifier does not agree",
            f"{unit.code} of {learner}: {against[-1].actor} answered: {against[-1].why_not}",
            "Reopen the unit, decide again what the verifier names and close it, or have the verifier look again.",
        )
    sampled = record.after.sample(closing.attempt)
    why = "every resubmission is verified"
    if sampled is not None:
        why = f"{sampled.actor} sampled it{said_of_sample(sampled)} ({first_reasons(sampled.why).strip().rstrip('.')})"
    why += "".join(f"; {each.actor} has {so_far(each, record)}" for each in answers if each.unfinished)
    unsigned = record.verification is VerificationState.UNCOUNTERSIGNED
    why += "".join(f"; {each.actor} answered in training" for each in answers if each.in_training and unsigned)
    return Refused(
        "Held for verification",
        f"The feedback on {unit.code} of {learner}, attempt {closing.attempt}, waits for verification: {why}.",
        "A verifier who did not mark it countersigns." if unsigned else "A verifier who did not mark it answers.",
        hint=Hint(Way.COUNTERSIGN_VERIFICATION if unsigned else Way.VERIFY, learner=learner, unit=unit.code),
    )


def settled_closing(learner: str, unit: Unit, record: UnitRecord) -> Closing:
    """The closing of a unit on which everything rests that stands now.

    Raises `Refused` when it is not closed, when decisions stand that its closing did not rest on, or when the sheet
    says something else by now.
    """
    closing = record.closing
    if closing is None:
        raise Refused(
            "The unit is not closed",
            f"{unit.code} of {learner} is {'still being' if record.criteria else 'not'} marked"
            f"{'' if record.criteria else ' yet'}.",
            "Close it with its outcome.",
        )
    if stale(unit, record):
        what = f"{unit.code} of {learner} was closed on another wording than the sheet has now."
        raise does_not_fit(unit, what, "Changed since it was closed")
    if record.changed_since_closing:
        raise Refused(
            "Changed since it was closed",
            f"What stands in {unit.code} of {learner} is not what its closing rests on.",
            "Reopen the unit with a reason, look at what was decided since, and close it again.",
        )
    return closing


def _sampled(unit: Unit, record: UnitRecord, attempt: int, learner: str) -> Sample | None:
    """The sample of that attempt, which a resubmission does not need. Raises `Refused` where it is in nobody's."""
    sampled = record.after.sample(attempt)
    if sampled is None and attempt < 2:
        raise Refused(
            "Not sampled for verification",
            f"Attempt {attempt} at {unit.code} is in nobody's sample.",
            "Sample it first, with a reason.",
            hint=Hint(Way.SAMPLE, learner=learner, unit=unit.code),
        )
    return sampled


def _says_nothing_new(before: Sample, verifier: Member | None, due: date | None) -> bool:
    return (verifier is None or verifier.id == before.verifier) and (due is None or due == before.due)


def _standing(looked: Verification, record: UnitRecord) -> tuple[Answer, ...]:
    return tuple(each for each in looked.answers if each.decision in record.standing)


def _verifier(act: Act) -> Member:
    return in_role(act, Role.VERIFIER, "Only a verifier verifies", "Ask a verifier")


def _entry(act: Act, member: Member, kind: Kind, unit: Unit, said: Body) -> Event:
    """The entry of somebody who acts as a verifier, whatever else they are."""
    return replace(entry(act, member, kind, Subject(unit.key), said), role=Role.VERIFIER.value)
