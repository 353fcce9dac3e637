"""Settling a conflict at the screen: for one of the decisions, or for neither, and always with a reason."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind
from markterm.domain.conflict import has_note, settle, settle_as_neither
from markterm.domain.decision import CriterionRecord, Occasion
from markterm.domain.errors import Refused
from markterm.domain.event import Result
from markterm.domain.foreign_text import one_line
from markterm.tui.marking.drafting import DraftingScreen
from markterm.tui.marking.recording import ANY_TEXT
from markterm.tui.widgets.criteria_list import CriterionPlace


class SettlingScreen(DraftingScreen):
    """Adds settling; subclasses say what follows a decision."""

    async def _after_decision(self, place: CriterionPlace) -> None:
        """Move on."""
        raise NotImplementedError

    def occasion(self, place: CriterionPlace) -> Occasion | None:
        """The task in which that criterion is decided, when it is marked by task."""
        if self.assignment is None or place.task is None:
            return None
        return Occasion(self.assignment.code, place.task.number)

    async def _settle(self, place: CriterionPlace, result: Result, before: CriterionRecord) -> None:
        """Ask why one of the decisions in conflict holds; before that, what is missing, where nobody said it."""
        number = place.criterion.number
        if not self.allows(
            lambda act, now: settle(act, place.unit, now, number, result, ANY_TEXT, before, note=ANY_TEXT)
        ):
            return
        if result is Result.PASS or has_note(before.standing, result):
            await self._ask_why(place, result, before, "")
            return
        told: list[str] = []

        async def take(note: str) -> None:
            if not note.strip():
                raise Refused(
                    "A referral needs a note", "Nobody who referred it said what is missing.", "Write what is missing."
                )
            told.append(note)

        async def ask_why() -> None:
            # Until the reason is given, too, the note is a draft.
            self.keep_draft(told[-1], DraftKind.REFERRAL, place)
            await self._ask_why(place, result, before, told[-1])

        detail = "What is missing? The learner reads it; the reason to settle is asked next."
        title = f"Settle as refer {named(place)}"
        await self._write(title, detail, place, DraftKind.REFERRAL, take, bank_for=(result,), then=ask_why)

    async def _ask_why(self, place: CriterionPlace, result: Result, before: CriterionRecord, note: str) -> None:
        assert self.shown is not None
        registration, unit, number = self.shown.learner.registration, place.unit, place.criterion.number
        occasion = self.occasion(place)

        async def settle_so(reason: str) -> None:
            await self._record(
                lambda: self._centre.marking.settle(
                    registration, unit.code, number, result, reason, shown=before, occasion=occasion, note=note
                )
            )
            if note:
                self.forget_drafts(place, DraftKind.REFERRAL)
            await self._after_decision(place)

        who = " and ".join(one_line(each.actor) for each in before.standing)
        kept = bool(note) or has_note(before.standing, result)
        detail = f"Decided by {who}, neither having seen the other. Why {result}? The learner does not read this."
        detail += " The note that goes with it stays." if kept else " It has no note."
        await self._write(f"Settle as {result} {named(place)}", detail, place, DraftKind.SETTLING, settle_so)

    async def _settle_as_neither(self, place: CriterionPlace, before: CriterionRecord) -> None:
        """Ask why none of the decisions in conflict holds."""
        assert self.shown is not None
        registration, unit, number = self.shown.learner.registration, place.unit.code, place.criterion.number

        if not self.allows(lambda act, now: settle_as_neither(act, place.unit, now, number, ANY_TEXT, before)):
            return

        async def settle_so(reason: str) -> None:
            await self._record(
                lambda: self._centre.marking.settle_as_neither(registration, unit, number, reason, shown=before)
            )

        who = " and ".join(one_line(each.actor) for each in before.standing)
        detail = f"Both decisions, by {who}, are withdrawn and stay in the history. For one of them: Esc, then p or r."
        title = f"Settle {named(place)}: neither holds"
        await self._write(title, detail, place, DraftKind.SETTLING, settle_so)


def named(place: CriterionPlace) -> str:
    """The unit, the number and the text of a criterion, for a title."""
    return f"{one_line(place.unit.code)} {place.criterion.number}  {one_line(place.criterion.text)}"
