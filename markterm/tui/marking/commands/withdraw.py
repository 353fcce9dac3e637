"""Withdrawing the last decision of a criterion, whoever made it, or the decisions that were made at once with it."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.withdrawal import withdraw
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import key_of, keyed
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.commands.settle import settle_for_neither
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class WithdrawHere(AssessorsAct):
    """Withdraw the last decision of the criterion under the cursor, whenever it was made."""

    id, key, words = "mark.withdraw-here", "U", "Withdraw the last decision on this criterion, with a reason"

    async def run(self, on: Workplace) -> None:
        """Ask why it is withdrawn."""
        await withdraw_here(on)


async def withdraw_here(at: Workplace) -> None:
    """Ask why, then withdraw the last decision of the criterion under the cursor."""
    place, shown, desk = at.place, at.desk.shown, at.desk
    if place is None or shown is None:
        return
    before = desk.record_of(place)
    registration, unit, number = desk.registration, place.unit.code, place.criterion.number
    if before.state is CriterionState.CONFLICT:
        await settle_for_neither(at, place, before)
        return
    if not before.live:
        at.notify(f"{unit} {number} is open: there is nothing to withdraw.")
        return
    if shown.portfolio.unit(place.unit.key).closing is not None:
        at.notify(f"{unit} is closed. {key_of('unit.close')} reopens it with a reason first.", warning=True)
        return
    last = before.to_withdraw
    if last is None:
        decides = keyed("{mark.pass} or {mark.refer} decides it now.")
        at.notify(f"{unit} {number} was decided at an earlier attempt, which stays as it is. {decides}")
        return
    wanted = place.unit
    if not at.allows(lambda act, now: withdraw(act, wanted, now, number, ANY_TEXT, before)):
        return

    async def withdraw_it(reason: str) -> None:
        await desk.record(lambda: at.centre.marking.withdraw(registration, unit, number, reason, shown=before))

    async def withdraw_all(reason: str) -> None:
        await desk.record_each(lambda: at.centre.marking.withdraw_batch(registration, last.occasion.batch, reason))

    title = f"Withdraw the decision on {one_line(unit)} {number}"
    detail = f"The {last.noun} by {one_line(last.actor)} stays in the history. Why? One word is enough."
    made = shown.portfolio.batch(last.occasion.batch)
    if last.attempt < before.attempt:
        made = ()  # Of an earlier attempt each pass is withdrawn for a reason of its own.
        was = f"{last.participle} at attempt {last.attempt} by {one_line(last.actor)}"
        detail = f"It was {was}, and is to be decided anew. Why?"
    if len(made) > 1:
        title = f"Withdraw all {len(made)} decisions that were made at once with {one_line(unit)} {number}"
        detail = "They stay in the history. To change this one alone, mark it. Why? One word is enough."
    save = withdraw_all if len(made) > 1 else withdraw_it
    await write(at, title, detail, place, DraftKind.WITHDRAWAL, save)
