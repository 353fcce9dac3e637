"""What an assessor does to a portfolio: each verb asks what it needs, records it, and shows it when it is durable."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.screen import Screen

from markterm.centre import Centre
from markterm.domain.assignment import Assignment, Task
from markterm.domain.closing_evidence import Terms
from markterm.domain.conflict import settle
from markterm.domain.countersignature import countersign
from markterm.domain.decision import CriterionRecord, CriterionState, Decision, Occasion
from markterm.domain.errors import MarkTermError
from markterm.domain.event import Result
from markterm.domain.foreign_text import clean, one_line
from markterm.domain.marking import Act, close, closing_outcome, decide, reopen, withdraw
from markterm.domain.portfolio import Portfolio
from markterm.learner_portfolio import LearnerPortfolio
from markterm.recorder import Recorded
from markterm.tui.local_time import second
from markterm.tui.screens.bank import BankScreen
from markterm.tui.screens.dialogs import WritingScreen
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from markterm.tui.app import MarkTermApp

# What a draft is: the text of a dialog that was left, or a note that was kept for the decision.
_NOTE, _REFERRAL, _KEPT, _SETTLING = "note", "referral", "kept", "settling"

# Stands for what is going to be typed, where a rule is asked before the question.
ANY_TEXT = "…"

Verb = Callable[[], Recorded]


class DecidingScreen(Screen[None]):
    """A screen on one learner's portfolio, `shown`, with a cursor on a criterion; subclasses draw it."""

    app: MarkTermApp

    def __init__(self, centre: Centre) -> None:
        super().__init__()
        self._centre = centre
        self.shown: LearnerPortfolio | None = None
        self._last_marked: CriterionPlace | None = None
        # What is read last is shown last: a look at others' entries and a mark of one's own take turns.
        self._turn = asyncio.Lock()

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        raise NotImplementedError

    @property
    def assignment(self) -> Assignment | None:
        """The assignment by whose tasks is marked; None when it is marked unit by unit."""
        raise NotImplementedError

    def go_to(self, unit_code: str, number: str, task: Task | None = None) -> bool:
        """Put the cursor on that criterion; whether there is one."""
        raise NotImplementedError

    def next_open(self, after: CriterionPlace | None, *, stay: bool = False) -> CriterionPlace | None:
        """The next open criterion: in the unit or task of `after` first, then in the others unless `stay`."""
        raise NotImplementedError

    def turn_page(self, step: int) -> None:
        """Turn the page of the evidence."""
        raise NotImplementedError

    async def ask_evidence(
        self, registration: str, unit_code: str, then: Callable[[Terms, str], Awaitable[None]]
    ) -> None:
        """Ask on which evidence a unit is closed where that has to be asked; `then` takes the answer, and what is to be
        said of it."""
        raise NotImplementedError

    def show_portfolio(self) -> None:
        """Draw `shown`."""
        raise NotImplementedError

    def take(self, shown: LearnerPortfolio) -> None:
        """Show this portfolio from now on."""
        self.shown = shown
        self.show_portfolio()

    def allows(self, rule: Callable[[Act, Portfolio], object]) -> bool:
        """Whether the rules let whoever marks do it; if not, they are told, before they have typed a word for nothing.

        `rule` is the verb of the domain, with any text where it asks for one.
        """
        assert self.shown is not None
        try:
            rule(self._centre.recorder.act(self.shown.learner.registration), self.shown.portfolio)
        except MarkTermError as error:
            self.app.show_error(error)
            return False
        return True

    async def action_mark_pass(self) -> None:
        """Pass the criterion under the cursor, with the note that was kept for it."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        before = self.record_of(place)
        if before.state is CriterionState.CONFLICT:
            await self._settle(place, Result.PASS, before)
            return
        # Passed again, a criterion keeps the note that stands. A text that was left with Esc is nobody's feedback.
        note = self.kept_note(place) or _standing_note(before, Result.PASS)
        try:
            await self._decide(place, Result.PASS, note, before)
        except MarkTermError as error:
            self.app.show_error(error)

    async def action_mark_refer(self) -> None:
        """Ask for the note and refer the criterion; Esc leaves it as it was."""
        place = self.place
        before = self.record_of(place) if place is not None else None
        if place is not None and before is not None and before.state is CriterionState.CONFLICT:
            await self._settle(place, Result.REFER, before)
            return
        await self._write_decision(
            "Refer", _REFERRAL, Result.REFER, "What is missing? Say it without giving the answer."
        )

    async def _settle(self, place: CriterionPlace, result: Result, before: CriterionRecord) -> None:
        """Ask why one of the decisions in conflict holds."""
        assert self.shown is not None
        if not self.allows(
            lambda act, now: settle(act, place.unit, now, place.criterion.number, result, ANY_TEXT, before)
        ):
            return
        registration, unit, number = self.shown.learner.registration, place.unit, place.criterion.number
        occasion = self.occasion(place)

        async def settle_so(reason: str) -> None:
            await self._record(
                lambda: self._centre.settle(
                    registration, unit.code, number, result, reason, shown=before, occasion=occasion
                )
            )
            self._forget_drafts(place)
            await self._after_decision(place)

        who = " and ".join(one_line(each.actor) for each in before.standing)
        kept = any(each.result is result and each.note.strip() for each in before.standing)
        detail = f"Decided by {who}, neither having seen the other. Why {result}?"
        detail += " The note that goes with it stays." if kept else " It is the note as well: nobody wrote one for it."
        await self._write("Settle as " + result.value, place, _SETTLING, detail, settle_so, "", result)

    async def action_note(self, remark: str = "") -> None:
        """Write the note of this criterion, behind it a `remark`: kept for the decision, or recorded with the one that
        stands."""
        place = self.place
        if place is None:
            return
        decision = self.decision_at(place)
        if decision is not None:
            detail = f"Recorded with the {decision.result}."
            await self._write_decision("Note on", _NOTE, decision.result, detail, remark)
            return

        if not self.allows(
            lambda act, now: decide(act, place.unit, now, place.criterion.number, Result.PASS, "", reason=ANY_TEXT)
        ):
            return

        async def keep(text: str) -> None:
            self._centre.drafts.keep(text, *self._draft_of(place, _KEPT))
            self._centre.drafts.forget(*self._draft_of(place, _NOTE))

        detail = "Kept until you pass or refer the criterion, and recorded with it."
        await self._write("Note on", place, _NOTE, detail, keep, self.kept_note(place), remark=remark)

    async def _write_decision(self, title: str, kind: str, result: Result, detail: str, remark: str = "") -> None:
        place = self.place
        if place is None:
            return
        before = self.record_of(place)
        if not self.allows(
            lambda act, now: decide(
                act, place.unit, now, place.criterion.number, result, ANY_TEXT, before, reason=ANY_TEXT
            )
        ):
            return

        async def decide_so(text: str) -> None:
            await self._decide(place, result, text, before)

        text = self.kept_note(place) or clean(_standing_note(before, result)).text
        await self._write(title, place, kind, detail, decide_so, text, result, remark)

    async def _write(
        self,
        title: str,
        place: CriterionPlace,
        kind: str,
        detail: str,
        save: Callable[[str], Awaitable[None]],
        text: str,
        result: Result | None = None,
        remark: str = "",
    ) -> None:
        assert self.shown is not None
        about, learner, drafts = self._draft_of(place, kind), self.shown.learner, self._centre.drafts
        begun = drafts.get(*about) or text
        if remark:
            begun = f"{begun}\n{clean(remark).text}".lstrip("\n")
            drafts.keep(begun, *about)
        await self.app.push_screen(
            WritingScreen(
                f"{title} {one_line(place.unit.code)} {place.criterion.number}  {one_line(place.criterion.text)}",
                detail,
                begun,
                save,
                lambda changed: drafts.keep(changed if changed != text else "", *about),
                self.turn_page,
                lambda: BankScreen(self._centre.bank, learner, place, result),
            ),
            lambda _: self.show_portfolio(),
        )

    async def _decide(self, place: CriterionPlace, result: Result, note: str, before: CriterionRecord) -> None:
        """Record a decision, forget the draft it came from, and move on. Raises `MarkTermError`."""
        assert self.shown is not None
        registration, unit, number = self.shown.learner.registration, place.unit, place.criterion.number
        occasion = self.occasion(place)
        await self._record(
            lambda: self._centre.mark(registration, unit.code, number, result, note, shown=before, occasion=occasion)
        )
        self._forget_drafts(place)
        await self._after_decision(place)

    def occasion(self, place: CriterionPlace) -> Occasion | None:
        """The task in which that criterion is decided, when it is marked by task."""
        if self.assignment is None or place.task is None:
            return None
        return Occasion(self.assignment.code, place.task.number)

    def _forget_drafts(self, place: CriterionPlace) -> None:
        for kind in (_KEPT, _NOTE, _REFERRAL, _SETTLING):
            self._centre.drafts.forget(*self._draft_of(place, kind))

    async def _after_decision(self, place: CriterionPlace) -> None:
        """Move on, or say that somebody else decided the criterion too."""
        unit, number = place.unit, place.criterion.number
        self._last_marked = place
        if self.record_of(place).state is CriterionState.CONFLICT:
            self.app.notify(
                f"{one_line(unit.code)} {number} was decided by somebody else at the same time. "
                "Read both notes, then p or r settles it and asks why.",
                title="Conflict",
                severity="warning",
                markup=False,
            )
        elif self.app.settings.move_on and self.place == place:
            await self._move_on(place)
        self.show_portfolio()

    async def _move_on(self, place: CriterionPlace) -> None:
        """Go to the next open criterion of the unit or task; the next is never begun without having been asked for."""
        following = self.next_open(place, stay=True)
        if following is not None:
            self.go_to(following.unit.code, following.criterion.number, following.task)
        elif place.task is not None:
            self.app.notify(f"Every criterion of task {place.task.number} is decided. Space goes on.", markup=False)
        else:
            self.app.notify(
                f"Every criterion of {one_line(place.unit.code)} is decided. F closes the unit, space goes on.",
                markup=False,
            )

    async def action_withdraw(self) -> None:
        """Ask why, then withdraw the last decision of this criterion; on an open one, the mark that was just made."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        just_now = self._last_marked
        waits = self.is_open(place) and self.record_of(place).to_withdraw is None
        if waits and just_now is not None and self.record_of(just_now).to_withdraw is not None:
            place = just_now
            self.go_to(place.unit.code, place.criterion.number)
        before = self.record_of(place)
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number
        if not before.live:
            self.app.notify(f"{unit} {number} is open: there is nothing to withdraw.", markup=False)
            return
        if shown.portfolio.unit(place.unit.key).closing is not None:
            self.app.notify(f"{unit} is closed. F reopens it with a reason first.", severity="warning", markup=False)
            return
        last = before.to_withdraw
        if last is None:
            words = "was decided at an earlier attempt, which stays as it is. p or r decides it now."
            self.app.notify(f"{unit} {number} {words}", markup=False)
            return

        if not self.allows(lambda act, now: withdraw(act, place.unit, now, number, ANY_TEXT, before)):
            return

        async def withdraw_it(reason: str) -> None:
            await self._record(lambda: self._centre.withdraw(registration, unit, number, reason, shown=before))

        title = f"Withdraw the decision on {one_line(unit)} {number}"
        detail = f"The {last.result} by {one_line(last.actor)} stays in the history. Why? One word is enough."
        made = shown.portfolio.batch(last.occasion.batch)

        async def withdraw_all(reason: str) -> None:
            await self._record_each(lambda: self._centre.withdraw_batch(registration, last.occasion.batch, reason))

        if len(made) > 1:
            title = f"Withdraw all {len(made)} decisions that were made at once with {one_line(unit)} {number}"
            detail = "They stay in the history. To change this one alone, mark it. Why? One word is enough."
        await self.app.push_screen(WritingScreen(title, detail, "", withdraw_all if len(made) > 1 else withdraw_it))

    async def action_close(self) -> None:
        """Close the unit under the cursor with its outcome, or reopen it."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        registration, unit = shown.learner.registration, place.unit
        record = shown.portfolio.unit(unit.key)
        about = ("close", *self._about(place)[:-1])
        drafts = self._centre.drafts

        async def reopen_it(reason: str) -> None:
            await self._record(lambda: self._centre.reopen(registration, unit.code, reason))

        if record.closing is not None:
            if not self.allows(lambda act, now: reopen(act, unit, now, ANY_TEXT)):
                return
            title = f"Reopen {one_line(unit.code)}, closed as {record.closing.outcome}"
            await self.app.push_screen(WritingScreen(title, "Why does it have to be decided again?", "", reopen_it))
            return
        if not self.allows(lambda act, _: close(act, unit, shown.when_complete("closed").portfolio, ANY_TEXT)):
            return
        reached = closing_outcome(registration, unit, shown.portfolio)

        async def write(terms: Terms, said: str) -> None:
            async def close_it(feedback: str) -> None:
                await self._record(lambda: self._centre.close(registration, unit.code, feedback, terms))
                drafts.forget(*about)

            await self.app.push_screen(
                WritingScreen(
                    f"Close {one_line(unit.code)} as {reached.value.upper()}",
                    f"{said}Summary feedback to the learner on the whole unit.",
                    drafts.get(*about),
                    close_it,
                    lambda text: drafts.keep(text, *about),
                    self.turn_page,
                )
            )

        await self.ask_evidence(registration, unit.code, write)

    async def action_countersign(self) -> None:
        """Countersign the decision on this criterion, if it was made in training and waits for that."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        before = self.record_of(place)
        decision = before.decision
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number
        if decision is None or not decision.waits_for_countersignature:
            self.app.notify(f"{one_line(unit)} {number}: nothing waits for a countersignature.", markup=False)
            return

        if not self.allows(lambda act, now: countersign(act, place.unit, now, number, "", before)):
            return

        async def countersign_it(note: str) -> None:
            await self._record(lambda: self._centre.staff.countersign(registration, unit, number, note, shown=before))

        title = f"Countersign {one_line(unit)} {number}: {decision.result} by {one_line(decision.actor)}"
        detail = "Your name stands beside it from then on. What you would decide otherwise, mark. A note is not needed."
        await self.app.push_screen(WritingScreen(title, detail, "", countersign_it, turn_page=self.turn_page))

    async def _record_each(self, verbs: Callable[[], Iterable[Recorded]]) -> None:
        """Do what is recorded in several entries, and show it when all are durable. Raises `MarkTermError`."""
        await self._record(lambda: list(verbs())[-1])

    async def record_now(self, verb: Verb) -> None:
        """Do it, and show it when it is durable. Raises `MarkTermError`."""
        await self._record(verb)

    async def action_settle_sheet(self) -> None:
        """Settle what was decided on another wording than the sheet has now."""
        from markterm.tui.screens.settling import settle_what_does_not_fit

        await settle_what_does_not_fit(self)

    async def _record(self, verb: Verb) -> None:
        """Do it in a thread, and show it when it is durable. Raises `MarkTermError`."""
        async with self._turn:
            try:
                recorded = await asyncio.to_thread(verb)
            except MarkTermError:
                # Whatever was read on the way is shown, so that the next try rests on what is there now.
                with suppress(MarkTermError):  # What went wrong first is what has to be told.
                    if self.shown is not None:
                        self.take(await asyncio.to_thread(self._centre.portfolio, self.shown.learner.registration))
                raise
            if self.shown is not None and recorded.event.learner == self.shown.learner.registration:
                self.take(recorded.portfolio)
        self.query_one(KeyBar).saved = f"✓ {second(recorded.event.at)}"

    def action_next_open(self) -> None:
        """Go to the next open criterion, in this unit first, then in the others."""
        if not self.go_to_open(self.place) and self.shown is not None:
            self.app.notify("Every criterion is decided. F closes the unit with its outcome.", markup=False)

    def go_to_open(self, after: CriterionPlace | None) -> bool:
        """Go to the next open criterion after that one; whether there is one."""
        following = self.next_open(after)
        return following is not None and self.go_to(following.unit.code, following.criterion.number, following.task)

    def is_open(self, place: CriterionPlace) -> bool:
        """Whether that criterion waits for a decision, in a unit that is not closed."""
        assert self.shown is not None
        return self.shown.waits(place.unit.key, place.criterion.number)

    def record_of(self, place: CriterionPlace) -> CriterionRecord:
        """What was recorded of that criterion, as shown."""
        assert self.shown is not None
        return self.shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)

    def decision_at(self, place: CriterionPlace) -> Decision | None:
        """The decision that stands there; None while it waits to be decided, also anew."""
        return None if self.is_open(place) else self.record_of(place).decision

    def kept_note(self, place: CriterionPlace) -> str:
        """The note that was written ahead of the decision on that criterion."""
        return self._centre.drafts.get(*self._draft_of(place, _KEPT))

    def _draft_of(self, place: CriterionPlace, kind: str) -> tuple[str, ...]:
        return (*self._about(place), kind)

    def _about(self, place: CriterionPlace) -> tuple[str, ...]:
        assert self.shown is not None
        member = self._centre.member
        key = place.unit.key
        who = member.id if member is not None else ""
        return who, self.shown.learner.registration, key.code, key.version, place.criterion.number


def _standing_note(record: CriterionRecord, result: Result) -> str:
    """The note of the decision that stands, when it is this result."""
    decision = record.decision
    return decision.note if decision is not None and decision.result is result else ""
