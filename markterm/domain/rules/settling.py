"""The act that settles what does not fit the sheet, and what is proposed to whoever settles it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.assessed.wording import fits, folded, is_same_wording
from markterm.domain.record.bodies.criterion import Withdrawn
from markterm.domain.record.carrying import Carried, Place, carried_over
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.record.sheet_fit import decided_for, wording_of
from markterm.domain.rules.act import Act, approved, entry, known
from markterm.domain.rules.marking import on_sheet, with_sheet
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.hint import Hint, Way


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A criterion of a learner whose decisions or citations do not fit the sheet.

    `name` is its number in the unit as it stands, `place` where they were recorded, and `wording` what they were
    decided on, empty if that was not recorded.
    """

    name: str
    place: Place
    wording: str
    record: CriterionRecord

    @property
    def results(self) -> str:
        """What it was decided, `refer`, or `pass, refer` in a conflict; `cited` where only passages are cited."""
        return ", ".join(sorted({each.state.value for each in self.record.standing})) or "cited"

    def carried(self, to: str, wording: str) -> Settlement:
        """All that stands there is carried over to the criterion `to` and its wording."""
        return replace(self.settled(Settling.CARRIED), to=to, wording=wording)

    def settled(self, settling: Settling) -> Settlement:
        """All that stands there is settled so."""
        decisions = tuple(each.uid for each in self.record.live)
        return Settlement(self.place[1], settling, decisions, tuple(each.uid for each in self.record.citations))


def unsettled(unit: Unit, record: UnitRecord) -> tuple[Unsettled, ...]:
    """What does not fit the sheet, of a unit and its record as they stand, in the order of the unit.

    What fits beside it is left out. What was decided on several other wordings is several: each may belong elsewhere.
    """
    found: list[Unsettled] = []
    for criterion in unit.criteria:
        own = record.criterion(criterion.number)
        if own.stale:
            place = criterion.recorded or (unit.key, criterion.number)
            for count, part in enumerate(_by_wording(own, criterion if criterion.is_asked else None), 1):
                name = criterion.number if count == 1 else f"{criterion.number} (wording {count})"
                found.append(Unsettled(name, place, wording_of(part), part))
    return tuple(found)


def _by_wording(own: CriterionRecord, criterion: Criterion | None) -> list[CriterionRecord]:
    """What of a criterion's record does not fit it, by the wording that it stands on, that which was decided last
    first. Without a `criterion` nothing fits.

    A decision that was replaced goes with the one that replaced it, and what bears no wording with what was last.
    """
    decided = [each for each in reversed(own.standing) if not decided_for(each, criterion)]
    cited = [each for each in reversed(own.citations) if not fits(each.wording, criterion)]
    stood_on = (*(each.stands_on for each in decided), *(each.wording for each in cited))
    words = dict.fromkeys(filter(None, map(folded, stood_on)))
    last = next(iter(words), "")
    parts: list[CriterionRecord] = []
    for wording in words or [""]:
        standing = tuple(each for each in decided if (folded(each.stands_on) or last) == wording)
        uids = {each.uid for each in standing}
        for each in reversed(own.live):
            if each.uid in uids:
                uids.update(each.supersedes)
        parts.append(
            replace(
                own,
                live=tuple(each for each in own.live if each.uid in uids),
                standing=standing[::-1],
                citations=tuple(each for each in reversed(cited) if (folded(each.wording) or last) == wording),
            )
        )
    return parts


def proposal(of: Unsettled, to: Unit) -> Settlement | None:
    """Where it is carried over to, if one criterion of that unit asks for the same; None if a person has to say."""
    number = of.place[1]
    if not of.wording:
        same = [each for each in to.asked if each.number == number]
    else:
        same = [each for each in to.asked if is_same_wording(each.text, of.wording)]
        same = [each for each in same if each.number == number] or same
    return of.carried(same[0].number, same[0].text) if len(same) == 1 else None


def most_alike(unsettled: Sequence[Unsettled], units: Iterable[Unit]) -> Unit | None:
    """The unit with the most criteria that ask for the same; None if none has any."""
    counted = [
        (sum(bool(each.wording) and proposal(each, unit) is not None for each in unsettled), unit) for unit in units
    ]
    most = max((count for count, _ in counted), default=0)
    best = [unit for count, unit in counted if count == most]
    return best[0] if most and len(best) == 1 else None


def carry(
    act: Act, origin: UnitKey, to: Unit, portfolio: Portfolio, settlements: Sequence[Settlement], reason: str
) -> Event:
    """The settling of what was recorded in the unit `origin` and does not fit: carried over to criteria of the unit
    `to`, decided anew, or no longer asked.

    With another unit or version in `to`, what happened to the whole unit goes on there. A closed unit is not reopened.
    Raises `Refused` when there is nothing to settle, no reason is given, the member is neither an assessor approved for
    the unit nor a coordinator, or there is no sheet to carry to; `WrongUse` when the unit has no such criterion.
    """
    member = _settler(act, to)
    if origin != to.key or any(each.settling is Settling.CARRIED for each in settlements):
        with_sheet(to)
    moves = origin != to.key and bool(portfolio.unit(origin).events)
    if not (any(each.uids for each in settlements) or moves):
        raise Refused(
            "There is nothing to settle",
            f"Everything in {origin} of {act.learner} fits its sheet.",
            "Nothing has to be settled here.",
            hint=Hint(Way.CHECK_DECISIONS),
        )
    reasoned(origin.code, act.learner, reason)
    for each in settlements:
        if each.settling is Settling.CARRIED:
            on_sheet(to, each.to)
    uids = {uid for each in settlements for uid in each.uids}
    earlier = portfolio.placing.by_uid
    knew = dict.fromkeys(carried.uid for uid in sorted(uids) for carried in earlier.get(uid, ()))
    said = carried_over(origin, to.key, reason, settlements)
    return replace(entry(act, member, Kind.CARRIED, Subject(origin), said, tuple(knew)), role=_role(member, to).value)


def last_settled(key: UnitKey, portfolio: Portfolio) -> Carried | None:
    """What was settled last in that unit, or carried into it, and not taken back since; None if nothing was."""
    return next((each for each in reversed(portfolio.placing.standing) if key in (each.unit, each.to)), None)


def take_back(act: Act, unit: Unit, portfolio: Portfolio, reason: str) -> Event:
    """The withdrawal of what was settled last in a unit: everything stands where it stood before.

    Raises `Refused` when nothing was settled in it, no reason is given, or the member may not settle.
    """
    member = _settler(act, unit)
    last = last_settled(unit.key, portfolio)
    if last is None:
        raise Refused(
            "There is nothing to take back",
            f"Nothing was settled in {unit.code} of {act.learner}.",
            "The history of the unit shows what was recorded.",
        )
    reasoned(unit.code, act.learner, reason)
    event = entry(act, member, Kind.WITHDRAWN, Subject(last.unit), Withdrawn(reason), (last.uid,))
    return replace(event, role=_role(member, unit).value)


def reasoned(code: str, learner: str, reason: str) -> str:
    """The reason. Raises `Refused` without one."""
    if not reason.strip():
        raise Refused(
            "Settling needs a reason",
            f"{code} of {learner} stays as it is: nothing was settled.",
            "Say why: the awarding organisation renumbered the sheet, a wording was corrected.",
        )
    return reason


def named_criterion(found: Sequence[Unsettled], number: str, unit: str) -> Unsettled:
    """What does not fit under that number, as it is named in the unit or as it was recorded.

    Raises `WrongUse` when everything there does, or when several were recorded under it.
    """
    named = [each for each in found if each.name == number] or [each for each in found if each.place[1] == number]
    if len(named) > 1:
        names = ", ".join(each.name for each in named)
        raise WrongUse("Which of them?", f"{unit} {number} could be {names}.", "Give one of these, in quotation marks.")
    if not named:
        names = ", ".join(each.name for each in found) or "none"
        raise WrongUse(
            "Nothing to settle there", f"{unit} {number} has nothing that does not fit its sheet.", f"It has: {names}."
        )
    return named[0]


def _settler(act: Act, unit: Unit) -> Member:
    member = known(act)
    return member if Role.COORDINATOR in member.roles else approved(act, unit)


def _role(member: Member, unit: Unit) -> Role:
    is_assessor = Role.ASSESSOR in member.roles and member.approved_for(unit.code)
    return Role.ASSESSOR if is_assessor else Role.COORDINATOR
