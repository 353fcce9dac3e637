"""What was decided on sheets that say something else by now: found across the learners, and settled by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.event import Event
from markterm.domain.record.settlement import Settlement, Settling
from markterm.domain.rules.act import Act
from markterm.domain.rules.marking import on_sheet
from markterm.domain.rules.settling import Unsettled, carry, most_alike, named_criterion, proposal, take_back, unsettled
from markterm.domain.words.code import with_code
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.hint import Hint, Way


@dataclass(frozen=True, slots=True)
class Order:
    """How a person wants the criterion of that number settled; one that is carried goes to the number `to`."""

    criterion: str
    settling: Settling
    to: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What does not fit the sheet in one unit of a learner, and how each is settled; None where nobody said yet.

    `unit` is as it stands, `to` the unit on whose sheet it goes on, None where the centre has none that it could.
    """

    registration: str
    name: str
    unit: Unit
    to: Unit | None
    criteria: tuple[tuple[Unsettled, Settlement | None], ...]

    @property
    def settled(self) -> bool:
        """Whether something would be recorded of it."""
        whole = self.to is not None and self.to.key != self.unit.key and not self.criteria
        return whole or any(settlement is not None for _, settlement in self.criteria)


class SheetChanges:
    """Looks for what does not fit the sheets. Verbs raise as `Recorder.record` does."""

    def __init__(
        self,
        caseload: Caseload,
        sheets: CentreSheets,
        recorder: Recorder,
    ) -> None:
        self._caseload = caseload
        self._sheets = sheets
        self._recorder = recorder

    def look(self, code: str = "", registrations: Iterable[str] | None = None) -> Iterator[Changed]:
        """What does not fit, of every learner or of these, in every unit or in that of the code or the end of it.

        Only records are read of which the caseload says that something does not fit. One that cannot be read is left
        out: the caseload tells of it.
        """
        for registration in self._with_something() if registrations is None else registrations:
            try:
                shown = self._recorder.learners.portfolio(registration, in_passing=registrations is None)
            except MarkTermError:
                if registrations is not None:
                    raise
                continue
            yield from self.of(shown, code)

    def of(self, shown: LearnerPortfolio, code: str = "") -> Iterator[Changed]:
        """What does not fit of one learner, as their portfolio is shown."""
        for unit in with_code(shown.units, code) if code else shown.units:
            found = unsettled(unit, shown.portfolio.unit(unit.key))
            if found or unit.no_sheet:
                learner, (to, settlements) = shown.learner, self._proposed(unit, found, None)
                yield Changed(learner.registration, learner.name, unit, to, settlements)

    def ordered(self, changed: Changed, orders: Sequence[Order], into: str = "") -> Changed:
        """The same as a person wants it: only what they named, or all that is proposed when they named nothing; `into`
        is the code of the unit on whose sheet it goes on.

        Raises `WrongUse` when there is no such criterion or unit.
        """
        to = self._sheets.named(into) if into else None
        found = [each for each, _ in changed.criteria]
        to, settlements = self._proposed(changed.unit, found, to)
        proposed = replace(changed, to=to, criteria=settlements)
        if not orders:
            return proposed
        chosen: dict[str, Settlement] = {}
        for order in orders:
            one = named_criterion(found, order.criterion, changed.unit.code)
            if order.settling is not Settling.CARRIED:
                chosen[one.name] = one.settled(order.settling)
            elif to is not None:
                chosen[one.name] = one.carried(order.to, on_sheet(to, order.to).text)
        return replace(proposed, criteria=tuple((each, chosen.get(each.name)) for each in found))

    def record(self, changed: Changed, reason: str) -> Iterator[Recorded]:
        """Record what is settled: an event for each version of the unit that it was recorded in. Yields each when it
        is durable; what was settled by then is left out when it is done again.

        Raises `Refused` when there is no sheet on which it could go on.
        """
        settlings = {settlement.settling for _, settlement in changed.criteria if settlement is not None}
        if changed.to is None and settlings and Settling.CARRIED not in settlings:
            # What is set aside needs no sheet to go on with.
            changed = replace(changed, to=changed.unit)
        if changed.to is None:
            raise Refused(
                "There is no sheet to go on with",
                f"{changed.unit.code}: {changed.unit.no_sheet or 'no sheet asks for the same'}.",
                "Put the mark sheet into mark_sheets/units.",
                hint=Hint(Way.GO_ON_WITH_UNIT),
            )
        to = self._sheets.fit(changed.to)
        goes_on = to.key != changed.unit.key
        by_origin: dict[UnitKey, list[Settlement]] = {}
        if goes_on and changed.unit.no_sheet and not any(settlement is None for _, settlement in changed.criteria):
            by_origin[changed.unit.key] = []
        for each, settlement in changed.criteria:
            if settlement is not None:
                by_origin.setdefault(each.place[0], []).append(settlement)
        for origin, settlements in by_origin.items():
            yield self._recorder.record(changed.registration, _carrying(origin, to, settlements, reason))

    def take_back(self, registration: str, code: str, reason: str) -> Recorded:
        """Withdraw what was settled last in a unit of the learner: everything stands where it stood before."""
        return self._recorder.record(
            registration, lambda act, now: take_back(act, now.unit(code), now.portfolio, reason)
        )

    def _with_something(self) -> Iterator[str]:
        for row in sorted(self._caseload.now(), key=lambda row: row.place):
            if any(unit.stale for unit in row.units):
                yield row.registration

    def _proposed(
        self, unit: Unit, found: Sequence[Unsettled], to: Unit | None
    ) -> tuple[Unit | None, tuple[tuple[Unsettled, Settlement | None], ...]]:
        """The unit on whose sheet it goes on, `to` if that is given, and what is proposed for each criterion there."""
        if to is None:
            to = unit.on_sheet if not unit.no_sheet else self._in_its_place(unit, found)
        return to, tuple((each, proposal(each, to) if to is not None else None) for each in found)

    def _in_its_place(self, unit: Unit, found: Sequence[Unsettled]) -> Unit | None:
        """The unit that takes the place of one without a sheet: its newest version, or the one that asks the same."""
        newest = self._sheets.marked.units
        return newest.get(unit.code) or most_alike(found, newest.values())


def _carrying(
    origin: UnitKey, to: Unit, settlements: Sequence[Settlement], reason: str
) -> Callable[[Act, LearnerPortfolio], Event]:
    return lambda act, now: carry(act, origin, to, now.portfolio, settlements, reason)
