"""Cases: anybody opens one, the coordinator or a verifier reports, decides and closes it.

Suspected malpractice and an appeal hold what they are on until they are closed: the learner is told nothing more of it,
and nothing goes on from it. Under suspicion nothing is decided either; what is appealed is decided by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.cases import Case, CaseAbout, CaseStep, RecognisedAs
from markterm.domain.record.cases import ASKED_FOR, CaseRecord, words_of
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.rules.criterion_named import criterion_of
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.domain.words.uid import of_uid

NO_EVIDENCE: Mapping[str, str] = MappingProxyType({})


def open_case(
    act: Act,
    portfolio: Portfolio,
    about: CaseAbout,
    text: str,
    unit: Unit | None = None,
    criterion: str = "",
    on: date | None = None,
    recognised_as: RecognisedAs | None = None,
    evidence: Mapping[str, str] = NO_EVIDENCE,
) -> Event:
    """A case of a learner that begins on that day, today without one: on all of their work, on a unit, or on a
    criterion of it.

    An appeal is against decisions: of the criterion, or of the unit those that refer, else all.
    Raises `Refused` when nobody is named, without a text, for a day that has not come, when there is an open one of the
    same already, and for an appeal against nothing; `WrongUse` when the unit has no such criterion.
    """
    member = known(act)
    if unit is not None and criterion:
        criterion_of(unit, criterion)
    if not text.strip():
        raise Refused(
            "A case says what it is about",
            f"No case of {act.learner} was opened.",
            "Say in a few words what is suspected, appealed, complained of or asked for. The learner is not shown it.",
        )
    key = unit.key if unit is not None else None
    same = [each for each in portfolio.cases if (each.about, each.unit, each.criterion) == (about, key, criterion)]
    still = next((each for each in same if each.is_open), None)
    if still is not None:
        raise Refused(
            "It is open already",
            f"Case {still.short}, {words_of(about)}, was opened by {still.first.actor}.",
            "Go on with that one; close it before you open another on the same.",
        )
    against = _appealed(act.learner, portfolio, unit, criterion) if about is CaseAbout.APPEAL else ()
    if (about is CaseAbout.RECOGNITION) is not (recognised_as is not None):
        raise WrongUse(
            "What is it to give?",
            f"A case of {words_of(about)} was not opened.",
            "Recognition of prior learning gives an exemption or a credit transfer, and nothing else does.",
        )
    said = Case(CaseStep.OPENED, about, criterion=criterion, text=text, on=_day(act, on), rests_on=against)
    said = replace(said, recognised_as=recognised_as, evidence=evidence)
    return entry(act, member, Kind.CASE, Subject(key), said)


def report_case(act: Act, case: CaseRecord, to: str, text: str = "", on: date | None = None) -> Event:
    """That a case was reported to somebody, such as the awarding organisation. Raises `Refused` when the member is not
    in charge of cases, when it is closed, when nobody is named, and for a day that has not come."""
    member, role = _in_charge(act)
    _still_open(case)
    if not to.strip():
        raise Refused(
            "Reported to whom?", f"Nothing was recorded of case {case.short}.", "Say to whom it was reported."
        )
    return _step(act, member, role, case, Case(CaseStep.REPORTED, case.about, text=text, on=_day(act, on), to=to))


def decide_case(
    act: Act,
    portfolio: Portfolio,
    case: CaseRecord,
    *,
    upheld: bool,
    text: str,
    on: date | None = None,
    evidence: Mapping[str, str] = NO_EVIDENCE,
) -> Event:
    """What a case comes to, and why.

    Raises `Refused` when the member is not in charge of cases or decided what it is on, when it is closed, without a
    reason, for a day that has not come, for an appeal before another assessor decided again, and for recognition that
    nothing shows.
    """
    member, role = _in_charge(act)
    _still_open(case)
    if not text.strip():
        raise Refused(
            "A case is decided with a reason", f"Case {case.short} stays open.", "Say what was found, and why."
        )
    if case.about not in ASKED_FOR and member.id in _deciders(portfolio, case):
        raise Refused(
            "Nobody decides a case on their own decisions",
            f"{member.name} ({member.id}) decided what case {case.short} is on.",
            "Ask a coordinator or a verifier who did not.",
        )
    if upheld and case.recognised_as is not None and not (case.evidence or evidence):
        raise Refused(
            "Nothing shows it",
            f"No evidence is with case {case.short}, {case.about_in_words}.",
            "Name what shows the prior learning: the certificate, the reference.",
        )
    left = _not_decided_again(portfolio, case)
    if left:
        raise Refused(
            "An appeal is decided again by another assessor",
            f"Case {case.short}: {', '.join(left)} of {act.learner} stands as it was.",
            "Reopen the unit; another assessor decides it again, with the same result or another one.",
        )
    said = Case(CaseStep.DECIDED, case.about, text=text, on=_day(act, on), upheld=upheld, evidence=evidence)
    return _step(act, member, role, case, said)


def close_case(act: Act, case: CaseRecord, text: str = "", on: date | None = None) -> Event:
    """That a case is closed: what it held goes on. Raises `Refused` when the member is not in charge of cases, when it
    is closed or not decided, and for a day that has not come."""
    member, role = _in_charge(act)
    _still_open(case)
    if case.decided is None:
        raise Refused("It is not decided", f"Case {case.short}, {words_of(case.about)}.", "Decide it first.")
    return _step(act, member, role, case, Case(CaseStep.CLOSED, case.about, text=text, on=_day(act, on)))


def the_case(learner: str, cases: Iterable[CaseRecord], named: str) -> CaseRecord:
    """The case whose uid begins so; without a name the only open one. Raises `WrongUse`."""
    every = tuple(cases)
    if named:
        return of_uid(every, named, "case", _told)
    found = [each for each in every if each.is_open]
    if len(found) == 1:
        return found[0]
    there = "; ".join(map(_told, every)) or "none"
    if not found:
        raise WrongUse("No such case", f"There is no open case of {learner}.", f"There is: {there}.")
    raise WrongUse("Which case?", f"{learner} has {len(found)} open ones: {there}.", "Name one by its id.")


def _told(case: CaseRecord) -> str:
    return f"{case.short}, {words_of(case.about)} ({case.state})"


def held_by_case(learner: str, unit: Unit, portfolio: Portfolio) -> Refused | None:
    """Why nothing of the unit may go to the learner or go on from it now; None where no case holds it."""
    for case in portfolio.cases:
        if case.holds and case.concerns(unit.key):
            return _held(learner, f"{unit.code} of {learner}", case)
    return None


def refuse_under_case(act: Act, member: Member, unit: Unit, portfolio: Portfolio, number: str) -> None:
    """Raise `Refused` when that member may not decide or countersign the criterion now, or take a decision back:
    malpractice is suspected in it, or it is appealed against a decision of theirs."""
    for case in portfolio.cases:
        if not (case.holds and case.concerns(unit.key, number)):
            continue
        if case.suspects:
            raise _held(act.learner, f"{unit.code} {number} of {act.learner}", case)
        if member.id in _deciders(portfolio, case) and _appeals(portfolio, case, unit, number):
            raise Refused(
                "An appeal is decided again by another assessor",
                f"{unit.code} {number} of {act.learner}: case {case.short} is against a decision of {member.name} "
                f"({member.id}).",
                "Ask another assessor who is approved for the unit.",
            )


def refuse_closing_under_case(learner: str, unit: Unit, portfolio: Portfolio) -> None:
    """Raise `Refused` when malpractice is suspected in the unit."""
    for case in portfolio.cases:
        if case.suspects and case.concerns(unit.key):
            raise _held(learner, f"{unit.code} of {learner}", case)


def _held(learner: str, what: str, case: CaseRecord) -> Refused:
    return Refused(
        "Held by a case",
        f"{what}: case {case.short}, {words_of(case.about)}, was opened by {case.first.actor} and is not closed.",
        "It goes on when the coordinator or a verifier has closed the case.",
        hint=Hint(Way.SHOW_CASES, learner=learner),
    )


def _appealed(learner: str, portfolio: Portfolio, unit: Unit | None, criterion: str) -> tuple[str, ...]:
    record = portfolio.unit(unit.key) if unit is not None else None
    own = list(record.criteria.values()) if record is not None else []
    if record is not None and criterion:
        own = [record.criterion(criterion)]
    standing = [decision for each in own for decision in each.standing]
    referred = [each for each in standing if each.refers]
    if not standing:
        raise Refused(
            "Nothing to appeal",
            f"An appeal of {learner} is against a decision, and none stands there.",
            "Name the unit, or the criterion, that was decided; for anything else open a complaint.",
        )
    return tuple(sorted(each.uid for each in referred or standing))


def _deciders(portfolio: Portfolio, case: CaseRecord) -> frozenset[str]:
    """Who made or countersigned the decisions that an appeal is against; of any other case, those that it is on."""
    found: set[str] = set()
    for key, record in portfolio.units.items():
        for number, own in record.criteria.items():
            if not case.concerns(key, number):
                continue
            for decision in own.live:
                if not case.rests_on or decision.uid in case.rests_on:
                    found.update((decision.actor, decision.countersigned_by))
            found.update(event.actor for event in own.events if event.uid in case.rests_on)  # Also one withdrawn since.
    return frozenset(found - {""})


def _appeals(portfolio: Portfolio, case: CaseRecord, unit: Unit, number: str) -> bool:
    return any(event.uid in case.rests_on for event in portfolio.unit(unit.key).criterion(number).events)


def _not_decided_again(portfolio: Portfolio, case: CaseRecord) -> tuple[str, ...]:
    """The criteria of an appeal that nobody else decided since."""
    if case.about is not CaseAbout.APPEAL:
        return ()
    before = _deciders(portfolio, case)
    left: list[str] = []
    for record in portfolio.units.values():
        for number, own in record.criteria.items():
            if any(event.uid in case.rests_on for event in own.events):
                decided = own.decision
                if decided is None or decided.uid in case.rests_on or decided.actor in before:
                    left.append(number)
    return tuple(left)


def _in_charge(act: Act) -> tuple[Member, Role]:
    member = known(act)
    for role in (Role.COORDINATOR, Role.VERIFIER):
        if role in member.roles:
            return member, role
    raise Refused(
        "Not yours to go on with",
        f"{member.name} ({member.id}) neither coordinates nor verifies at this centre.",
        "Whoever opened a case leaves it to the coordinator or a verifier.",
    )


def _still_open(case: CaseRecord) -> None:
    if not case.is_open:
        raise Refused(
            "The case is closed",
            f"Case {case.short}, {words_of(case.about)}, was closed by {case.steps[-1].actor}.",
            "Open another one if there is something new.",
        )


def _day(act: Act, on: date | None) -> date:
    today = local(act.at).date()
    if on is not None and on > today:
        raise Refused(
            "This day has not come yet",
            f"{on.isoformat()} is after today, {today.isoformat()}.",
            "Give the day on which it was; if the date of this machine is wrong, mend that first.",
        )
    return on or today


def _step(act: Act, member: Member, role: Role, case: CaseRecord, said: Case) -> Event:
    """A step of a case that is there: it replaces whatever stood, also what two people did at once."""
    event = entry(act, member, Kind.CASE, Subject(case.unit), replace(said, case=case.uid), case.heads)
    return replace(event, role=role.value)
