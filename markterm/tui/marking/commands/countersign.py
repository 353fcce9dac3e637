"""Countersigning what was decided in training."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind
from markterm.domain.rules.countersignature import countersign
from markterm.domain.words.foreign_text import one_line
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write


class Countersign(AssessorsAct):
    """Countersign the decision on this criterion, if it was made in training and waits for that."""

    id, key, words = "mark.countersign", "C", "Countersign the decision here, which was made in training"

    async def run(self, on: Workplace) -> None:
        """Ask for a note, which may be empty."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        before = on.desk.record_of(place)
        decision = before.decision
        registration, unit, number = on.desk.registration, place.unit.code, place.criterion.number
        if decision is None or not decision.waits_for_countersignature:
            on.notify(f"{one_line(unit)} {number}: nothing waits for a countersignature.")
            return
        if not on.allows(lambda act, now: countersign(act, place.unit, now, number, "", before)):
            return

        async def countersign_it(note: str) -> None:
            await on.desk.record(lambda: on.centre.staff.countersign(registration, unit, number, note, shown=before))

        title = f"Countersign {one_line(unit)} {number}: {decision.state} by {one_line(decision.actor)}"
        detail = "Your name stands beside it from then on. What you would decide otherwise, mark. A note is not needed."
        await write(on, title, detail, place, DraftKind.COUNTERSIGNATURE, countersign_it)
