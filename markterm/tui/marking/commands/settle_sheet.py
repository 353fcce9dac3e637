"""Settling what does not fit the sheet: choose where it belongs, say why, for one criterion or for the whole unit."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.centre.recorder import Recorded
from markterm.centre.sheet_changes import Changed, Order
from markterm.domain.record.settlement import Settling
from markterm.domain.rules.settling import Unsettled, last_settled, reasoned
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.marking.assessors_act import StaffsAct
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.upgrading import in_newest_format
from markterm.tui.widgets.writing import WritingScreen

_LONGEST = 60


class _Way:
    """A way to settle it, as it is offered: nothing ordered is everything that is proposed. Or `back`: what was settled
    last is taken back."""

    def __init__(self, told: str, *orders: Order, back: bool = False) -> None:
        self.told = told
        self.orders = orders
        self.back = back


class SettleSheet(StaffsAct):
    """Settle what was decided on another wording than the sheet has now; in the palette alone."""

    id, label = "mark.settle-sheet", "Settle what does not fit the sheet"
    records = True
    words = "Decided on another wording: carry it over, or not"

    async def run(self, on: Workplace) -> None:
        """Offer the ways."""
        await _settle(on)


async def _settle(at: Workplace) -> None:
    """Offer the ways to settle the criterion under the cursor, or its whole unit, and record the one that is chosen."""
    place, shown = at.place, at.desk.shown
    if place is None or shown is None:
        return
    changes, unit = at.centre.sheet_changes, place.unit
    registration = shown.learner.registration
    changed = next((each for each in changes.of(shown) if each.unit.key == unit.key), None)
    ways: list[_Way] = []
    if changed is not None:
        one = next((each for each, _ in changed.criteria if each.name == place.criterion.number), None)
        ways += _ways(changed, one)
    last = last_settled(unit.key, shown.portfolio)
    if last is not None:
        ways.append(_Way(f"Take back what {one_line(last.actor)} settled last: {one_line(last.reason)}", back=True))
    if not ways:
        nothing = f"Everything in {one_line(unit.code)} fits its sheet: there is nothing to settle."
        none = f"{one_line(unit.code)}: no sheet asks for the same. {one_line(unit.no_sheet)}"
        at.notify(nothing if changed is None else none)
        return

    async def chosen(number: int | None) -> None:
        if number is None:
            return
        way = ways[number]
        written: list[str] = []

        def do() -> Recorded:
            if way.back or changed is None:
                return changes.take_back(registration, unit.code, written[-1])
            return list(changes.record(changes.ordered(changed, way.orders), written[-1]))[-1]

        async def act() -> None:
            try:
                await at.desk.record(do)
            except MarkTermError as error:
                at.failed(error)

        async def keep(reason: str) -> None:
            written.append(reasoned(unit.code, registration, reason))

        async def record(saved: bool | None) -> None:
            # Only now, when nothing lies over the screen: the format may have to be asked about first.
            if saved:
                await in_newest_format(at.screen, at.centre, act)

        detail = "Why? For example: the awarding organisation renumbered the sheet. The decisions stay in the history."
        await at.screen.app.push_screen(WritingScreen(f"{one_line(unit.code)}: {way.told}", detail, "", keep), record)

    title = f"{one_line(unit.code)}: what was decided on another wording. Where does it belong?"
    await at.screen.app.push_screen(ChoiceScreen(title, [way.told for way in ways]), chosen)


def _ways(changed: Changed, one: Unsettled | None) -> Sequence[_Way]:
    """What is offered: all that is proposed at once; and for the criterion each place that it could go to."""
    ways: list[_Way] = []
    proposed = [each for each, settlement in changed.criteria if settlement is not None]
    if changed.to is not None and (proposed or not changed.criteria):
        to = f" to {one_line(str(changed.to.key))}" if changed.to.key != changed.unit.key else ""
        count = f"{len(proposed)} of {len(changed.criteria)} criteria"
        ways.append(_Way(f"Carry over{to} what asks for the same: {count}"))
    if one is None or changed.to is None:
        return ways
    name = one.name
    own = next((settlement for each, settlement in changed.criteria if each is one), None)
    best = own.to if own is not None else one.place[1]
    # What asks for the same comes first, or else the same number.
    for criterion in sorted(changed.to.asked, key=lambda each: each.number != best):
        told = f"Carry {name} ({one.results}) over to {criterion.number} {shortened(criterion.text, _LONGEST)}"
        ways.append(_Way(told, Order(name, Settling.CARRIED, criterion.number)))
    anew = _Way(f"Decide {name} ({one.results}) anew", Order(name, Settling.ANEW))
    ways[1:1] = [anew, _Way(f"Nobody asks for {name} ({one.results}) any more", Order(name, Settling.NOT_ASKED))]
    return ways
