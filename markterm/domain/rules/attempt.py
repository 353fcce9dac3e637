"""Attempts at a unit: handing in, the learner's declaration, and who may try again.

How many attempts there are and who authorises another is the centre's policy. It is read when an attempt begins and
recorded with it: an attempt that was begun stands whatever the policy says later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from markterm.domain.assessed.member import Member
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.after_closing import Release
from markterm.domain.record.bodies.handed_in import Allowed, Declared, Submitted
from markterm.domain.record.decision import CriterionRecord, Decision, attempt_of, decision_of
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.event import Event, Kind, Result, Subject
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.states import CriterionState
from markterm.domain.record.submission import Changes, Submission, changes
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.rules.evidence_kept import require_evidence
from markterm.domain.rules.holding import held_back
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a unit. `changes` is what was handed in anew since the one before, None when that is not known;
    `decided` are the decisions that it came to or has so far, in the order of the unit. A resubmission is always
    sampled by the internal verifier. `stale` are the numbers of those that do not fit the sheet; `changed_since` says
    that the closing stands and does not hold as it is; `released` is the last feedback on it that went to the
    learner, and `also_closed` are closings beside `closing` that were not taken back: by people who had not seen each
    other's."""

    number: int
    submission: Submission | None
    declaration: Declaration | None
    closing: Closing | None
    changes: Changes | None
    decided: tuple[tuple[str, Decision], ...]
    stale: tuple[str, ...] = ()
    changed_since: bool = False
    released: Release | None = None
    also_closed: tuple[Closing, ...] = ()

    @property
    def always_sampled(self) -> bool:
        """Whether it has to be in the internal verifier's sample."""
        return self.number > 1

    @property
    def passed(self) -> tuple[str, ...]:
        """The numbers of the criteria that were passed."""
        return self._decided_as(CriterionState.PASS)

    @property
    def referred(self) -> tuple[str, ...]:
        """The numbers of those that were referred."""
        return self._decided_as(CriterionState.REFER)

    @property
    def achieved(self) -> tuple[str, ...]:
        """The numbers of those for a higher grade that were achieved."""
        return self._decided_as(CriterionState.ACHIEVED)

    @property
    def not_achieved(self) -> tuple[str, ...]:
        """The numbers of those for a higher grade that were not achieved, which refer nobody."""
        return self._decided_as(CriterionState.NOT_ACHIEVED)

    def _decided_as(self, state: CriterionState) -> tuple[str, ...]:
        return tuple(number for number, decision in self.decided if decision.state is state)


def attempts(unit: Unit, portfolio: Portfolio) -> tuple[Attempt, ...]:
    """Every attempt at the unit that anything was recorded of, the first one first."""
    record = portfolio.unit(unit.key)
    found: list[Attempt] = []
    before: Submission | None = None
    for number in _numbers(record):
        submission = _of_attempt(record.submissions, number)
        declaration = _of_attempt(record.declarations, number)
        since = None
        if submission is not None and before is not None:
            since = changes(before.files, submission.files)
        decided = [
            (criterion.number, decisions[-1])
            for criterion in unit.criteria
            if (decisions := decided_at(record.criterion(criterion.number), number))
        ]
        found.append(
            Attempt(
                number,
                submission,
                portfolio.declaration if declaration is None and number == 1 else declaration,
                _of_attempt(record.closings, number),
                since,
                tuple(decided),
                tuple(each for each, _ in decided if record.criterion(each).stale),
                record.changed_since_closing and record.closing is not None and record.closing.attempt == number,
                _of_attempt(record.releases, number),
                tuple(each for each in record.closings if each.attempt == number and not each.reopened)[:-1],
            )
        )
        before = submission or before
    return tuple(found)


def decided_at(record: CriterionRecord, attempt: int) -> tuple[Decision, ...]:
    """The decisions of a criterion at that attempt, also those that were withdrawn at a later one: it came to them."""
    later = {
        uid
        for event in record.events
        if event.kind == Kind.WITHDRAWN and attempt_of(event) > attempt
        for uid in event.supersedes
    }
    stand = {each.uid for each in record.standing}.union(*(each.supersedes for each in record.live))
    # What was replaced by a decision that stands at another criterion counts there.
    live = tuple(each for each in record.live if each.attempt == attempt and each.uid in stand)
    if not later:
        return live
    made = (decision_of(event) for event in record.events if event.uid in later and event.kind == Kind.DECIDED)
    return (*live, *(each for each in made if each.attempt == attempt))


def _numbers(record: UnitRecord) -> list[int]:
    """The attempts that anything was recorded of, and always the first and the present one."""
    numbers = {1, record.attempt}
    numbers.update(decision.attempt for each in record.criteria.values() for decision in each.live)
    for entries in (record.submissions, record.declarations, record.closings):
        numbers.update(each.attempt for each in entries)
    return sorted(number for number in numbers if number > 0)


_OfAttempt = TypeVar("_OfAttempt", Submission, Declaration, Closing, Release)


def _of_attempt(entries: Sequence[_OfAttempt], number: int) -> _OfAttempt | None:
    """The last of them that belongs to that attempt."""
    return next((each for each in reversed(entries) if each.attempt == number), None)


def submit(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    files: Mapping[str, str],
    policy: Policy,
    attempt: int | None = None,
    declared: Declared | None = None,
    authorised_by: Member | None = None,
    unread: Iterable[str] = (),
    met: Collection[int] = (),
) -> Event:
    """The submission of a unit: its evidence as it is now, `files` being the SHA-256 of each by name and `unread` what
    cannot be read, and so not be fixed.

    Without `attempt` it is the next when the unit is closed as refer, else the one that is being marked. A second
    submission of the same attempt replaces the first, which stays in the record. A resubmission ends the closing: what
    was referred waits to be decided again, and what was passed stands. It is authorised by `authorised_by`, or by who
    records it, and each of the policy's conditions is among those that are `met`, by their numbers from 1 on.

    Raises `Refused` when there are no files, the attempt is not one that can be submitted now, the
    unit's evidence was destroyed, the referral waits for
    its verification where the centre wants it, nothing was changed since the last one, the centre's policy allows no
    further attempt, nobody with the role for it authorised it, or a condition is not said to be met; `WrongUse` for a
    number that no condition has.
    """
    member = known(act)
    record = portfolio.unit(unit.key)
    require_evidence(act.learner, unit, portfolio)
    wanted = _attempt(act, unit, record, attempt)
    if not files:
        raise Refused(
            "Nothing to submit",
            f"{act.learner} has handed in no evidence for {unit.code}.",
            "Put the files into the learner's evidence folder first.",
        )
    said = Submitted(wanted, files, tuple(unread))
    if needs_authority(record, wanted):
        authority = authorised_by or member
        said = replace(said, authorised_by=authority.id, policy=_allowed(act, unit, policy, wanted, authority, met))
    if (waits := held_back(policy, act.learner, unit, portfolio)) is not None:
        raise Refused(
            "The referral is held",
            f"Attempt {wanted} at {unit.code} by {act.learner} was not begun. {waits.what}",
            waits.next_step,
            hint=waits.hint,
        )
    earlier = next((each for each in reversed(record.submissions) if each.attempt < wanted), None)
    if earlier is not None and dict(earlier.files) == dict(files):
        raise Refused(
            "Nothing was changed",
            f"The evidence of {act.learner} for {unit.code} is the same, byte for byte, as at attempt "
            f"{earlier.attempt}.",
            "Put the new evidence into the learner's folder; if the decision was wrong, reopen the unit instead.",
        )
    if declared is not None:
        said = replace(said, declaration=received(declared, act.at))
    last = record.submission
    replaced: tuple[str, ...] = ()
    if last is not None and last.attempt == wanted:
        replaced = (last.uid,)
        if last.authorised_by:
            said = replace(said, authorised_by=last.authorised_by)
    return entry(act, member, Kind.SUBMITTED, Subject(unit.key), said, replaced)


def declare(act: Act, declared: Declared, unit: Unit | None = None, portfolio: Portfolio | None = None) -> Event:
    """The learner's declaration of authenticity, as a member of staff received it.

    With a unit and the portfolio it covers the present attempt at that unit, the next one when the present was closed
    as refer; else the first attempts at all of them.
    Raises `Refused` when its form is missing.
    """
    member = known(act)
    said = received(declared, act.at)
    if unit is None or portfolio is None:
        return entry(act, member, Kind.DECLARED, Subject(), said)
    said = replace(said, attempt=next_attempt(portfolio.unit(unit.key)))
    return entry(act, member, Kind.DECLARED, Subject(unit.key), said)


def received(declared: Declared, at: datetime) -> Declared:
    """A declaration that is recorded at that time. Raises `Refused` when its form is missing, or its day has not
    come."""
    today = local(at).date()
    if declared.on is not None and declared.on > today:
        raise Refused(
            "This day has not come yet",
            f"A declaration of {declared.on.isoformat()} cannot have been received on {today.isoformat()}.",
            "Give the day on which the learner declared it; if the date of this machine is wrong, mend that first.",
        )
    if not declared.form.strip():
        raise Refused(
            "The form of the declaration is missing",
            "A declaration is recorded with how it was given.",
            "Say how: signed sheet, e-mail, e-portfolio.",
        )
    return declared


def next_attempt(record: UnitRecord, named: int | None = None) -> int:
    """The attempt that is handed in next: after a referral the one that follows, else the present one. Before anything
    was recorded it is what the files are `named` after: earlier attempts may have been marked elsewhere."""
    if not record.events and not record.criteria:
        return max(named or 1, 1)
    referred = record.closing is not None and record.closing.outcome is Result.REFER
    return record.attempt + referred


def needs_authority(record: UnitRecord, attempt: int) -> bool:
    """Whether somebody has to authorise that attempt: it is not the first, and it was not begun."""
    return attempt > 1 and not any(each.attempt == attempt for each in record.submissions)


def _attempt(act: Act, unit: Unit, record: UnitRecord, wanted: int | None) -> int:
    closing, present = record.closing, record.attempt
    if closing is not None and closing.outcome is Result.PASS:
        raise Refused(
            "The unit is passed",
            f"{unit.code} of {act.learner} was closed as {closing.word} by {closing.actor}: there is nothing to hand "
            "in again.",
            "Reopen it with a reason if it has to be decided again.",
            hint=Hint(Way.REOPEN, learner=act.learner, unit=unit.code),
        )
    possible = present + 1 if closing is not None else present
    if wanted is None or wanted == possible:
        return possible
    if not record.events and not record.criteria and wanted >= 1:
        return wanted  # Nothing was recorded yet: the earlier attempts were marked elsewhere.
    if closing is not None:
        raise Refused(
            "Not that attempt",
            f"{unit.code} of {act.learner} was referred at attempt {present}; attempt {wanted} is not the next.",
            f"Submit attempt {possible}.",
        )
    raise Refused(
        "Not that attempt",
        f"{unit.code} of {act.learner} is at attempt {present}, which is not closed; attempt {wanted} cannot be "
        "submitted now.",
        f"Submit attempt {present}; for a resubmission, close the unit as refer first.",
    )


def _allowed(
    act: Act, unit: Unit, policy: Policy, attempt: int, authorised_by: Member, met: Collection[int]
) -> Allowed:
    """The policy under which another attempt may begin."""
    if attempt > policy.attempts:
        raise Refused(
            "No attempt is left",
            f"Attempt {attempt} at {unit.code} by {act.learner} was not begun: the centre allows {policy.attempts}.",
            "Speak with the lead internal verifier; `attempts` under [policy] in centre.toml says how many there are.",
        )
    role = policy.resubmission_authorised_by
    if role not in authorised_by.roles:
        raise Refused(
            "A resubmission has to be authorised",
            f"{authorised_by.name} ({authorised_by.id}) is no {role}, who authorises a resubmission at this centre.",
            f"`resubmission_authorised_by` under [policy] in centre.toml says who may. Ask a {role}, and say who did.",
            hint=Hint(Way.AUTHORISE),
        )
    conditions = dict(enumerate(policy.resubmission_conditions, 1))
    if wrong := sorted(set(met) - conditions.keys()):
        raise WrongUse(
            "No such condition",
            f"A resubmission has {counted(len(conditions), 'condition')} here: there is no {wrong[0]}.",
            "Look at resubmission_conditions under [policy] in centre.toml.",
        )
    if left := [f"{number} {one_line(each)}" for number, each in conditions.items() if number not in met]:
        raise Refused(
            "A resubmission has conditions",
            f"Attempt {attempt} at {unit.code} by {act.learner} was not begun. Nobody said that this is so: "
            f"{'; '.join(left)}",
            "Say of each that it is met, once it is.",
            hint=Hint(Way.SAY_CONDITIONS),
        )
    return Allowed(policy.attempts, role.value, policy.resubmission_conditions)
