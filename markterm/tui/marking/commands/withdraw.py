"""Taking back what was recorded last: a citation, a decision, or the decisions that were made at once."""

from __future__ import annotations

from dataclasses import replace

from markterm.centre.drafts import DraftKind
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.withdrawal import withdraw
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import key_of, keyed
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.citations import cited_last, take_back
from markterm.tui.marking.commands.settle import settle_for_neither
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class Withdraw(AssessorsAct):
    """Straight after a citation, take that back; else withdraw the last decision of this criterion. In a round, where
    there is none, that on the learner before."""

    id, key, label, words = "mark.withdraw", "u", "withdraw", "Withdraw the last decision here"

    async def run(self, on: Workplace) -> None:
        """Take the citation back, or ask why the decision is withdrawn."""
        cited = cited_last(on)
        if cited is not None:
            await take_back(on, *cited)
            return
        now, place = on.round, on.place
        undecided = place is not None and on.desk.record_of(place).to_withdraw is None
        if now is not None and now.is_at(place) and now.marked and undecided:
            await on.open_in_round(replace(now, learner=now.marked, marked=""))
        await _withdraw(on)


async def _withdraw(at: Workplace) -> None:
    """Ask why, then withdraw the last decision of this criterion; on an open one, the mark that was just made."""
    place, shown, desk = at.place, at.desk.shown, at.desk
    if place is None or shown is None:
        return
    just_now = at.last_marked
    waits = desk.is_open(place) and desk.record_of(place).to_withdraw is None
    made_now = desk.record_of(just_now).to_withdraw if just_now is not None else None
    if waits and just_now is not None and made_now is not None and made_now.attempt >= desk.attempt_at(just_now):
        place = just_now
        at.go_to(place.unit.code, place.criterion.number)
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
    detail = f"The {last.result} by {one_line(last.actor)} stays in the history. Why? One word is enough."
    made = shown.portfolio.batch(last.occasion.batch)
    if last.attempt < before.attempt:
        made = ()  # Of an earlier attempt each pass is withdrawn for a reason of its own.
        detail = f"It was passed at attempt {last.attempt} by {one_line(last.actor)}, and is to be decided anew. Why?"
    if len(made) > 1:
        title = f"Withdraw all {len(made)} decisions that were made at once with {one_line(unit)} {number}"
        detail = "They stay in the history. To change this one alone, mark it. Why? One word is enough."
    save = withdraw_all if len(made) > 1 else withdraw_it
    await write(at, title, detail, place, DraftKind.WITHDRAWAL, save)
