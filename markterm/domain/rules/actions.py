"""Actions on a unit: a verifier sets them, their owner does them, and a verifier accepts what was done or not.

One on decisions that were not agreed holds the feedback and the next attempt until it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.bodies.actions import Acknowledged, Action, ActionStep
from markterm.domain.record.disagreement import contradicted_about, disagreements, last_report
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.own_work import own_work
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.so_far import so_far
from markterm.domain.rules.act import Act, entry, in_role, known
from markterm.domain.rules.action_steps import (
    check_acceptable,
    check_asked,
    check_done,
    check_given,
    check_not_finished,
)
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.rules.separation import NOTHING_KNOWN, Separation, check_separate
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.uid import of_uid


def set_action(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    text: str,
    owner: Member,
    due: date,
    criterion: str = "",
    around: Separation = NOTHING_KNOWN,
) -> Event:
    """An action on a unit, or on one `criterion` of it, that `owner` is to do until that day.

    Where a verifier did not agree with what stands there, it rests on those decisions and names the answer.
    Raises `Refused` when the member is no verifier or may not verify the unit, without a text, for a day that has
    passed, and for an owner who neither assesses, verifies nor coordinates; `WrongUse` when the unit has no such
    criterion.
    """
    member = _verifier(act, unit, portfolio.unit(unit.key), around)
    if criterion:
        criterion_of(unit, criterion)
    check_asked(act, text, owner, due)
    record = portfolio.unit(unit.key)
    against = [each for each in disagreements(record) if not criterion or each.criterion in ("", criterion)]
    stands = frozenset(each.uid for each in record.criterion(criterion).standing) if criterion else record.standing
    said = Action(
        ActionStep.SET,
        criterion=criterion,
        text=text,
        owner=owner.id,
        due=due,
        attempt=record.closing.attempt if record.closing is not None else record.attempt,
        verification=against[-1].verification.uid if against else "",
        rests_on=tuple(sorted({uid for each in against for uid in each.decisions if uid in stands})),
    )
    return _as_verifier(entry(act, member, Kind.ACTION, Subject(unit.key), said))


def do_action(act: Act, unit: Unit, action: ActionRecord, word: str) -> Event:
    """That an action is done, in a word of its owner. Raises `Refused` when it is not open, somebody else's, or without
    a word."""
    member = known(act)
    check_done(member, _where(act, unit), action, word)
    return _step(act, member, unit, action, Action(ActionStep.DONE, action.uid, text=word))


def accept_action(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    action: ActionRecord,
    word: str = "",
    around: Separation = NOTHING_KNOWN,
) -> Event:
    """That a verifier accepts what was done.

    Raises `Refused` when the member is no verifier, may not verify the unit or owns the action, when it is not done,
    and while a decision that was not agreed still stands.
    """
    record = portfolio.unit(unit.key)
    member = _verifier(act, unit, record, around)
    check_acceptable(member, _where(act, unit), action)
    left = [each for each in disagreements(record) if not set(each.decisions).isdisjoint(action.rests_on)]
    if left:
        numbers = ", ".join(each.criterion for each in left if each.criterion) or "The unit"
        raise Refused(
            "What was not agreed still stands",
            f"{numbers} of {unit.code} of {act.learner}: nobody decided it again.",
            "The assessor decides again what was not agreed; or a verifier looks again and agrees, and then accepts.",
        )
    return _as_verifier(_step(act, member, unit, action, Action(ActionStep.ACCEPTED, action.uid, text=word)))


def set_again(
    act: Act,
    unit: Unit,
    portfolio: Portfolio,
    action: ActionRecord,
    text: str,
    due: date,
    around: Separation = NOTHING_KNOWN,
) -> Event:
    """The same action set anew, because what was done is not enough or it is something else that is to be done.

    Raises `Refused` when the member is no verifier or may not verify the unit, when it was accepted, without a text,
    and for a day that has passed.
    """
    member = _verifier(act, unit, portfolio.unit(unit.key), around)
    check_not_finished(_where(act, unit), action)
    check_asked(act, text, None, due)
    said = Action(ActionStep.SET, action.uid, action.criterion, text, action.owner, due)
    return _as_verifier(_step(act, member, unit, action, said))


def reassign_action(
    act: Act, unit: Unit, action: ActionRecord, owner: Member, reason: str, due: date | None = None
) -> Event:
    """The action given to another member, with a reason and perhaps another day.

    Raises `Refused` when the member neither verifies nor coordinates, when it was accepted or is that member's already,
    without a reason, for a day that is past, and for an owner as `set_action` does.
    """
    member = known(act)
    check_given(act, member, _where(act, unit), action, owner, reason, due)
    said = Action(ActionStep.REASSIGNED, action.uid, text=reason, owner=owner.id, due=due)
    event = _step(act, member, unit, action, said)
    return _as_verifier(event) if Role.VERIFIER in member.roles else replace(event, role=Role.COORDINATOR.value)


def acknowledge(act: Act, unit: Unit, portfolio: Portfolio, word: str = "") -> Event:
    """That an assessor has read the report of the last verification of a unit.

    Raises `Refused` when nothing was verified, it was acknowledged already, or the member did not mark the unit.
    """
    member = known(act)
    record = portfolio.unit(unit.key)
    last = last_report(record)
    if last is None:
        raise Refused("Nothing to acknowledge", f"{unit.code} of {act.learner} was not verified.", "Wait for a report.")
    if last.unfinished:
        raise Refused(
            "The report is not finished",
            f"{last.actor} goes on with the verification of {unit.code} of {act.learner}: {so_far(last, record)}.",
            "Wait until it is.",
        )
    if last.in_training:
        raise Refused(
            "The report is not countersigned",
            f"{last.actor} verified {unit.code} of {act.learner} in training, and nobody countersigned it yet.",
            "Wait until somebody has.",
        )
    if about := contradicted_about(record, last):
        raise Refused(
            "Two verifiers answered differently",
            f"{unit.code} of {act.learner}: neither had seen the other's answer about {', '.join(about)}.",
            "Wait until a verifier has read both and answered again.",
        )
    if not own_work(record, member.id):
        raise Refused(
            "Not your work",
            f"{member.name} ({member.id}) neither decided nor closed anything in {unit.code} of {act.learner}.",
            "The assessor whose decisions were verified acknowledges the report.",
        )
    before = record.after.acknowledged(last.uid)
    if before is not None:
        raise Refused(
            "Acknowledged already",
            f"{before.actor} acknowledged the report on {unit.code} of {act.learner}.",
            "There is nothing more to do.",
        )
    said = Acknowledged(last.uid, word, last.attempt)
    return replace(entry(act, member, Kind.ACKNOWLEDGED, Subject(unit.key), said), role=Role.ASSESSOR.value)


def the_action(learner: str, unit: Unit, actions: Iterable[ActionRecord], named: str) -> ActionRecord:
    """The action whose uid begins so; without a name the only one that is not finished. Raises `WrongUse`."""
    every = tuple(actions)
    if named:
        return of_uid(every, named, "action", _told)
    found = [each for each in every if not each.is_finished]
    if len(found) == 1:
        return found[0]
    there = "; ".join(map(_told, every)) or "none"
    if not found:
        what = f"There is no open action on {unit.code} of {learner}."
        raise WrongUse("No such action", what, f"There is: {there}.")
    raise WrongUse("Which action?", f"{unit.code} of {learner} has {len(found)}: {there}.", "Name one by its id.")


def _told(action: ActionRecord) -> str:
    return f"{action.short} ({action.state})"


def whose_work(unit: Unit, portfolio: Portfolio, criterion: str = "") -> str:
    """The id of whoever decided a criterion or closed the unit, to whom an action on it goes. Raises `WrongUse` when
    nobody did, or several."""
    record = portfolio.unit(unit.key)
    decided = {each.actor for each in record.criterion(criterion).standing}
    if not criterion and record.closing is not None:
        decided = {record.closing.actor}
    elif not criterion:
        decided = {each.actor for own in record.criteria.values() for each in own.standing}
    if len(decided) == 1:
        return decided.pop()
    who = ", ".join(sorted(decided)) or "nobody"
    where = f"{unit.code} {criterion}".rstrip()
    raise WrongUse("Whose action?", f"{where} was decided by {who}.", "Name the owner.")


def _where(act: Act, unit: Unit) -> str:
    return f"{unit.code} of {act.learner}"


def _step(act: Act, member: Member, unit: Unit, action: ActionRecord, said: Action) -> Event:
    """A step of an action that is there: it replaces whatever stood, also what two people did at once."""
    return entry(act, member, Kind.ACTION, Subject(unit.key), replace(said, attempt=action.attempt), action.heads)


def _verifier(act: Act, unit: Unit, record: UnitRecord, around: Separation) -> Member:
    member = in_role(act, Role.VERIFIER, "Only a verifier sets and accepts actions", "Ask a verifier")
    check_separate(act, member, unit, record, around)
    return member


def _as_verifier(event: Event) -> Event:
    """The entry of somebody who acts as a verifier, whatever else they are."""
    return replace(event, role=Role.VERIFIER.value)
