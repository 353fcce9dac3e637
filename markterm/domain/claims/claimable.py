"""What can be claimed for a learner: each of their units and qualifications, with how far its claim is, or with what
blocks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markterm.domain.assessed.claiming import Claiming, Fact, Status
from markterm.domain.assessed.learner import Learner, is_uln
from markterm.domain.assessed.level import Level
from markterm.domain.assessed.qualification_progress import QualificationProgress
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.claims.badges import BadgeStanding, badge_of_unit
from markterm.domain.claims.since import changed_since, claims_of_unit
from markterm.domain.claims.why_not import LACKS, Block, WhyNot
from markterm.domain.record.before_registration import before_registration
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.claims import ClaimRecord
from markterm.domain.record.event import Result
from markterm.domain.record.leaving import left_on
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import why_changed
from markterm.domain.record.states import CriterionState, VerificationState
from markterm.domain.words.counted import counted
from markterm.domain.words.local_time import local

_DISAGREE = (VerificationState.NOT_AGREED, VerificationState.CONFLICT, VerificationState.STALE)


@dataclass(frozen=True, slots=True)
class AfterVisits:
    """What visits of the external quality assurer left: by qualification the day up to which closings are signed off,
    and the actions that hold claims, each with the qualification that it holds, empty where it holds all. `unknown`
    says why nobody can tell."""

    signed_off: Mapping[str, date] = field(default_factory=dict)
    holding: Sequence[tuple[str, str]] = ()
    unknown: str = ""


NOT_VISITED = AfterVisits()


@dataclass(frozen=True, slots=True)
class Claimant:
    """A learner whose claims are looked at, on the day `today`: `incomplete` says why their record is, `not_understood`
    that entries of a newer version are in it."""

    learner: Learner
    units: tuple[Unit, ...]
    portfolio: Portfolio
    progress: tuple[QualificationProgress, ...]
    claiming: Claiming
    today: date
    incomplete: str = ""
    not_understood: bool = False
    visited: AfterVisits = NOT_VISITED


@dataclass(frozen=True, slots=True)
class Claimable:
    """A unit or a qualification: `blocks` is what keeps it from being claimed, `claim` what was claimed of it, and
    `changed` what is not so any more since. `rests_on` are the closings that a claim would rest on, `achieved` the day
    of the last of them where they come to a pass or to the whole qualification, `credits` what it gives, None where
    that is not known, `grade` what a graded unit was closed with, `badge` where that of a course of the centre's own
    stands."""

    code: str
    title: str
    unit: UnitKey | None
    qualifications: tuple[str, ...]
    blocks: tuple[Block, ...]
    claim: ClaimRecord | None = None
    changed: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    achieved: date | None = None
    credits: int | None = None
    grade: Level | None = None
    badge: BadgeStanding | None = None

    @property
    def qualification(self) -> str:
        """Its code where it is a qualification; empty where it is a unit."""
        return self.code if self.unit is None else ""

    @property
    def state(self) -> ClaimStep | None:
        """How far its claim is; None when nothing is claimed."""
        return self.claim.state if self.claim is not None else None

    @property
    def is_ready(self) -> bool:
        """Whether it can be claimed now."""
        return not self.blocks and self.state is None

    @property
    def claimed_with(self) -> str:
        """Where it was claimed as a part of a qualification, and not by itself, a sentence that says so; else empty."""
        if self.state is not None:
            return ""
        return next((block.sentence for block in self.blocks if block.code is WhyNot.CLAIMED), "")

    @property
    def in_words(self) -> str:
        """`ready to claim`, `claimed, number 17, 2026-03-02`, `claimed with its qualification`, `blocked`, or where the
        badge stands."""
        told = self.claim.in_words if self.claim is not None else ""
        if not told and self.claimed_with:
            return "claimed with its qualification"
        if not told and self.badge is not None:
            return _clause(self.badge.in_words)
        return told or ("blocked" if self.blocks else "ready to claim")


def claimables(who: Claimant) -> tuple[Claimable, ...]:
    """The qualifications of the learner that the centre has a sheet for, then their units."""
    return (*(_qualification(who, each) for each in who.progress), *(_unit(who, each) for each in who.units))


def _unit(who: Claimant, unit: Unit) -> Claimable:
    record = who.portfolio.unit(unit.key)
    listing = tuple(each.qualification.code for each in who.progress if unit.code in each.qualification.units)
    claim = next((each for each in who.portfolio.claims if each.unit == unit.key), None)
    within = [each.qualification for each in claims_of_unit(unit.key, who.portfolio) if each.unit is None]
    also = [Block(WhyNot.CLAIMED, f"it was claimed as a part of {code}") for code in within]
    blocks = (*_whole(who), *_of_unit(who, unit, listing), *also, *_around(who, listing, _achieved([record])))
    gives = [
        each.qualification.units[unit.code].credit for each in who.progress if unit.code in each.qualification.units
    ]
    grade = record.closing.grade if record.closing is not None else None
    made = Claimable(unit.code, unit.title, unit.key, listing, blocks, claim, credits=gives[0] if gives else None)
    return _claimable(
        # What a sheet once called the centre's own may be claimed by now, whatever badge there was.
        replace(made, grade=grade, badge=None if unit.regulated else badge_of_unit(unit, who.portfolio)),
        who,
        [record],
        record.closing is not None and record.closing.outcome is Result.PASS,
    )


def _qualification(who: Claimant, progress: QualificationProgress) -> Claimable:
    qualification = progress.qualification
    code = qualification.code
    claim = next((each for each in who.portfolio.claims if each.unit is None and each.qualification == code), None)
    units = {unit.code: unit for unit in who.units}
    gained = [(each.code, units.get(each.code)) for each in progress.counted]
    records = [who.portfolio.unit(unit.key) for _, unit in gained if unit is not None]
    blocks = [*_whole(who)]
    if not progress.complete:
        blocks.append(Block(WhyNot.RULES, _clause(progress.sentence)))
    for of, unit in gained:
        if unit is None:
            blocks.append(Block(WhyNot.NO_SHEET, "the learner is on no such unit with a mark sheet", of))
        else:
            blocks += [replace(each, unit=of) for each in _of_unit(who, unit, (code,))]
    blocks += _around(who, (code,), _achieved(records), progress.ends)
    made = Claimable(code, qualification.title, None, (code,), tuple(blocks), claim, credits=progress.credits)
    return _claimable(made, who, records, progress.complete)


def _claimable(made: Claimable, who: Claimant, records: Sequence[UnitRecord], is_achieved: bool) -> Claimable:
    closings = tuple(each.closing.uid for each in records if each.closing is not None)
    changed = changed_since(made.claim, who.portfolio) if made.state is not None and made.claim is not None else ()
    achieved = _achieved(records) if is_achieved else None
    return replace(made, rests_on=closings, achieved=achieved, changed=changed)


def _clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def _achieved(records: Iterable[UnitRecord]) -> date | None:
    return max((local(each.closing.at).date() for each in records if each.closing is not None), default=None)


def _whole(who: Claimant) -> Iterator[Block]:
    if who.not_understood:
        yield Block(WhyNot.NOT_UNDERSTOOD, "its record holds entries of a newer version of MarkTerm")
    elif who.incomplete:
        yield Block(WhyNot.INCOMPLETE, f"the record is incomplete: {who.incomplete}")
    if who.visited.unknown:
        yield Block(WhyNot.INCOMPLETE, who.visited.unknown)


def _of_unit(who: Claimant, unit: Unit, listing: Sequence[str]) -> Iterator[Block]:
    """What of the unit itself is in the way of a claim; `listing` are the qualifications that have it."""
    yield from in_the_way(unit, who.portfolio)
    if not unit.regulated:
        yield Block(WhyNot.OWN, "it is a course of the centre's own: no awarding organisation certificates it")
        return
    record = who.portfolio.unit(unit.key)
    closing = record.closing
    if closing is None or closing.outcome is not Result.PASS:
        return
    if who.claiming.released and record.after.released(closing.uid) is None:
        yield Block(WhyNot.NOT_RELEASED, "the learner was not given the feedback on it")
    if early := before_registration(record, who.learner.registered_on(listing)):
        yield Block(WhyNot.BEFORE_REGISTRATION, f"it was {early}")


def in_the_way(unit: Unit, portfolio: Portfolio) -> Iterator[Block]:
    """What of the unit itself is in the way of whatever rests on it, whoever the learner is: a claim, or a badge."""
    record = portfolio.unit(unit.key)
    if unit.is_standard:
        yield Block(WhyNot.STANDARD, "it is a standard and no qualification: nobody certificates it")
    states = {record.criterion(criterion.number).state for criterion in unit.criteria}
    if unit.no_sheet or unit.faulty:
        yield Block(WhyNot.NO_SHEET, unit.no_sheet or "its mark sheet has errors")
    if CriterionState.CONFLICT in states:
        yield Block(WhyNot.CONFLICT, "decisions are in conflict")
    if CriterionState.STALE in states:
        yield Block(WhyNot.STALE, "decisions do not fit the sheet any more")
    closing = record.closing
    if any(case.holds and case.concerns(unit.key) for case in portfolio.cases):
        yield Block(WhyNot.CASE, "a case holds it")
    if any(case.waits_to_be_told and case.concerns(unit.key) for case in portfolio.cases):
        yield Block(WhyNot.NOT_TOLD, "the awarding organisation was not told of the prior learning that was recognised")
    if unfinished := sum(not each.is_finished for each in record.after.actions):
        yield Block(WhyNot.ACTION, f"{counted(unfinished, 'verification action')} of it not accepted")
    if closing is None:
        yield Block(WhyNot.NOT_CLOSED, "it is not closed")
        return
    if closing.outcome is not Result.PASS:
        yield Block(WhyNot.NOT_PASSED, "it is a referral")
        return
    if why := why_changed(unit, record):
        yield Block(WhyNot.CHANGED, _clause(why))
    if record.verification in _DISAGREE:
        yield Block(WhyNot.NOT_AGREED, "its verifiers do not agree to what stands now")
    elif record.awaits_verification:
        yield Block(WhyNot.NOT_VERIFIED, "it is to be verified, and no verifier has agreed to it yet")


def _around(who: Claimant, codes: Sequence[str], achieved: date | None, ends: date | None = None) -> Iterator[Block]:
    """What of the registration, and of the centre's standing, is in the way."""
    learner, claiming = who.learner, who.claiming
    for fact in claiming.needed(codes):
        why_not, lacks = LACKS[fact]
        if _fact(learner, fact, codes) in (None, ""):
            yield Block(why_not, lacks)
        elif fact is Fact.ULN and not is_uln(learner.uln):
            yield Block(WhyNot.BAD_ULN, "the ULN is none: its digits or its check digit are wrong")
    expires = learner.expires_on(codes) or ends
    if expires is not None and expires < who.today:
        yield Block(WhyNot.EXPIRED, f"the registration expired on {expires.isoformat()}")
    left = left_on(learner, who.portfolio.departure)
    if left is not None and left <= who.today:
        yield Block(WhyNot.LEFT, f"the learner left on {left.isoformat()}")
    for code in codes:
        yield from _standing(who, code, achieved)
    for of, told in who.visited.holding:
        if not of or of in codes:
            yield Block(WhyNot.EQA_ACTION, told)


def _fact(learner: Learner, fact: Fact, codes: Sequence[str]) -> object:
    if fact is Fact.REGISTERED:
        return learner.registered_on(codes)
    return learner.expires_on(codes) if fact is Fact.EXPIRES else getattr(learner, fact.value)


def _standing(who: Claimant, code: str, achieved: date | None) -> Iterator[Block]:
    standing, registered = who.claiming.standing(code), who.learner.registered_on((code,))
    said = f"{code}: {standing.in_words}"
    match standing.status:
        case Status.CERTIFICATION_SUSPENDED:
            yield Block(WhyNot.CERTIFICATION_SUSPENDED, said)
        case Status.REGISTRATIONS_SUSPENDED:
            if registered is None or (standing.since is not None and registered >= standing.since):
                when = (
                    f"registered {registered.isoformat()}" if registered is not None else "registered nobody knows when"
                )
                yield Block(WhyNot.REGISTRATIONS_SUSPENDED, f"{said}, and the learner is {when}")
        case Status.SIGN_OFF:
            until = who.visited.signed_off.get(code)
            if until is None or achieved is None or achieved > until:
                beside = f"signed off to {until.isoformat()}" if until is not None else "nothing is signed off"
                yield Block(WhyNot.SIGN_OFF, f"{said}: {beside}")
