"""What an assessor does to a portfolio: each verb asks what it needs, records it, and shows it when it is durable."""

from __future__ import annotations

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.domain.closing_evidence import Terms
from markterm.domain.countersignature import countersign
from markterm.domain.decided_before import (
    NothingNew,
    OthersNote,
    SomebodysNote,
    same_result,
    somebodys_note,
)
from markterm.domain.decision import CriterionRecord, CriterionState, Decision
from markterm.domain.errors import MarkTermError
from markterm.domain.event import Result
from markterm.domain.foreign_text import clean, one_line, shortened
from markterm.domain.marking import close, closing_outcome, decide, reopen
from markterm.domain.withdrawal import withdraw
from markterm.tui.marking.recording import ANY_TEXT
from markterm.tui.marking.settling_conflicts import SettlingScreen, named
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.criteria_list import CriterionPlace
from markterm.tui.widgets.writing import Question

_LONGEST_NOTE = 160
_NOTES = (DraftKind.NOTE, DraftKind.KEPT)


class DecidingScreen(SettlingScreen):
    """Adds the assessor's verbs."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self._last_marked: CriterionPlace | None = None

    async def action_mark_pass(self) -> None:
        """Pass the criterion under the cursor, with the note that was kept for it; a draft is opened first."""
        place = self.place
        if place is None or self.shown is None:
            return
        before = self.record_of(place)
        if before.state is CriterionState.CONFLICT:
            await self._settle(place, Result.PASS, before)
            return
        standing = self._stands(place, before, Result.PASS)
        begun = self.draft(DraftKind.NOTE, place), self.kept_note(place), self.draft(DraftKind.REFERRAL, place)
        note, kept, referral = begun
        theirs = kept and self._somebodys(place, before, Result.PASS) is not None
        if note or theirs or (referral and not kept and standing is None):
            detail = "Recorded with the pass."
            if referral and not note:
                words = shortened(referral, _LONGEST_NOTE)
                detail = f"A referral was begun: “{words}”. It is no note of a pass, and stays a draft."
            await self._write_decision("Pass", DraftKind.NOTE, Result.PASS, detail)
        elif standing is not None and standing.actor != self._who and not kept:
            if self._may_decide(place, before, Result.PASS):
                await self._ask_whose(place, before, standing)
        else:
            await self._decide_and_tell(place, Result.PASS, kept, before, used=_NOTES if kept else ())

    async def action_mark_refer(self) -> None:
        """Ask for the note and refer the criterion; Esc leaves it as it was."""
        place = self.place
        before = self.record_of(place) if place is not None else None
        if place is not None and before is not None and before.state is CriterionState.CONFLICT:
            await self._settle(place, Result.REFER, before)
            return
        detail = "What is missing? Say it without giving the answer."
        await self._write_decision("Refer", DraftKind.REFERRAL, Result.REFER, detail)

    async def action_note(self, remark: str = "") -> None:
        """Write the note of this criterion, behind it a `remark`: kept for the decision, or recorded with the one that
        stands."""
        place = self.place
        if place is None:
            return
        decision = self.decision_at(place)
        if decision is not None:
            detail = f"Recorded with the {decision.result}."
            # What says what is missing is a referral, also while it is written anew: no pass begins with it.
            kind = DraftKind.NOTE if decision.result is Result.PASS else DraftKind.REFERRAL
            await self._write_decision("Note on", kind, decision.result, detail, remark)
            return

        if not self._may_decide(place, self.record_of(place), Result.PASS):
            return

        async def keep(text: str) -> None:
            self.keep_draft(text, DraftKind.KEPT, place)
            self.forget_drafts(place, DraftKind.NOTE)

        detail = "Kept until you pass or refer the criterion, and recorded with it."
        await self._write(
            f"Note on {named(place)}",
            detail,
            place,
            DraftKind.NOTE,
            keep,
            self.kept_note(place),
            remark=remark,
            bank_for=(None,),
            clears=(DraftKind.KEPT,),
        )

    async def _write_decision(self, title: str, kind: DraftKind, result: Result, detail: str, remark: str = "") -> None:
        """Ask for the note of a decision, beginning with what was begun of it or with one's own that stands."""
        place = self.place
        if place is None:
            return
        before = self.record_of(place)
        if not self._may_decide(place, before, result):
            return
        standing = self._stands(place, before, result)
        is_theirs = standing is not None and bool(standing.note.strip()) and standing.written_by != (self._who,)
        if standing is not None and is_theirs:
            whose = one_line(" and ".join(standing.written_by))
            detail += f" It takes the place of {whose}'s note: “{shortened(standing.note, _LONGEST_NOTE)}”."
        used = [kind, DraftKind.KEPT]
        text = self.kept_note(place)
        if kind is DraftKind.REFERRAL and not self.draft(kind, place) and (note := self.draft(DraftKind.NOTE, place)):
            text = note
            used.append(DraftKind.NOTE)
        elif not text:
            # One's own words only: what somebody else wrote is never the beginning of another's note.
            own = before.decision
            if own is not None and own.result is result and own.written_by == (self._who,):
                text = clean(own.note).text
        elif kind is DraftKind.REFERRAL and self.draft(kind, place):
            used.remove(DraftKind.KEPT)

        async def decide_so(written: str) -> None:
            emptied = standing is not None and not is_theirs and not written.strip()
            gone = OthersNote.DROP if emptied else None
            await self._decide(place, result, written, before, used=tuple(used), others_note=gone)

        await self._write(
            f"{title} {named(place)}", detail, place, kind, decide_so, text, remark=remark, bank_for=(result,)
        )

    async def _ask_whose(self, place: CriterionPlace, before: CriterionRecord, standing: Decision) -> None:
        """Ask what becomes of a colleague's decision, and of its note, that is to be made one's own."""
        name = f"{one_line(place.unit.code)} {place.criterion.number}"
        by, author = one_line(standing.actor), one_line(" and ".join(standing.written_by))
        choices: list[tuple[str, OthersNote | None]] = [("Leave it as it is", None)]
        if standing.note.strip() and self._somebodys(place, before, standing.result) is not None:
            words = shortened(standing.note, _LONGEST_NOTE)
            title = f"{by} decided {name} already: {standing.result}. {author}'s note: “{words}”"
            choices += [
                (f"Decide it too; the note stays {author}'s", OthersNote.KEEP),
                (f"Decide it too, without a note: {author}'s goes", OthersNote.DROP),
            ]
        else:
            title = f"{by} decided {name} already: {standing.result}"
            choices.append(("Decide it too: it is your decision then", OthersNote.KEEP))
        lines = [*(told for told, _ in choices), "Decide it too, with a note of my own"]

        async def answered(choice: int | None) -> None:
            if not choice:
                return
            if choice == len(choices):
                await self._write_decision("Note on", DraftKind.NOTE, standing.result, "Recorded as your decision.")
            else:
                await self._decide_and_tell(place, standing.result, "", before, others_note=choices[choice][1])

        await self.app.push_screen(ChoiceScreen(title, lines), answered)

    async def _decide_and_tell(
        self,
        place: CriterionPlace,
        result: Result,
        note: str,
        before: CriterionRecord,
        *,
        used: tuple[DraftKind, ...] = (),
        others_note: OthersNote | None = None,
    ) -> None:
        """Record a decision outside any dialog, and say what prevents it."""
        try:
            await self._decide(place, result, note, before, used=used, others_note=others_note)
        except SomebodysNote as unsaid:
            await self._ask_whose(place, before, unsaid.standing)
        except MarkTermError as error:
            self.app.show_error(error)

    async def _decide(
        self,
        place: CriterionPlace,
        result: Result,
        note: str,
        before: CriterionRecord,
        *,
        used: tuple[DraftKind, ...] = (),
        others_note: OthersNote | None = None,
    ) -> None:
        """Record a decision, forget the drafts whose words were `used` for it, and move on. Raises `MarkTermError`."""
        assert self.shown is not None
        registration, unit, number = self.shown.learner.registration, place.unit.code, place.criterion.number
        occasion = self.occasion(place)
        try:
            await self._record(
                lambda: self._centre.marking.mark(
                    registration,
                    unit,
                    number,
                    result,
                    note,
                    shown=before,
                    occasion=occasion,
                    others_note=others_note,
                )
            )
        except NothingNew as standing:
            self.app.notify(one_line(standing.what), markup=False)
            self.forget_drafts(place, *used)
            await self._move_on_from(place)
            return
        self.forget_drafts(place, *used)
        await self._after_decision(place)

    def _may_decide(self, place: CriterionPlace, before: CriterionRecord, result: Result) -> bool:
        """Whether the rules let whoever marks decide it so; if not, they are told."""
        number = place.criterion.number
        return self.allows(
            lambda act, now: decide(act, place.unit, now, number, result, ANY_TEXT, before, reason=ANY_TEXT)
        )

    def _stands(self, place: CriterionPlace, before: CriterionRecord, result: Result) -> Decision | None:
        """The decision with that result which stands at this attempt."""
        assert self.shown is not None
        return same_result(before, result, self._attempt_at(place))

    def _somebodys(self, place: CriterionPlace, before: CriterionRecord, result: Result) -> Decision | None:
        """The same, where its note is somebody else's."""
        assert self.shown is not None
        return somebodys_note(before, result, self._attempt_at(place), self._who)

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
            self.show_portfolio()
        else:
            await self._move_on_from(place)

    async def _move_on_from(self, place: CriterionPlace) -> None:
        if self.app.settings.move_on and self.place == place:
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
        made_now = self.record_of(just_now).to_withdraw if just_now is not None else None
        if waits and just_now is not None and made_now is not None and made_now.attempt >= self._attempt_at(just_now):
            place = just_now
            self.go_to(place.unit.code, place.criterion.number)
        before = self.record_of(place)
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number
        if before.state is CriterionState.CONFLICT:
            await self._settle_as_neither(place, before)
            return
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
            await self._record(lambda: self._centre.marking.withdraw(registration, unit, number, reason, shown=before))

        title = f"Withdraw the decision on {one_line(unit)} {number}"
        detail = f"The {last.result} by {one_line(last.actor)} stays in the history. Why? One word is enough."
        made = shown.portfolio.batch(last.occasion.batch)
        if last.attempt < before.attempt:
            made = ()  # Of an earlier attempt each pass is withdrawn for a reason of its own.
            detail = (
                f"It was passed at attempt {last.attempt} by {one_line(last.actor)}, and is to be decided anew. Why?"
            )

        async def withdraw_all(reason: str) -> None:
            await self._record_each(
                lambda: self._centre.marking.withdraw_batch(registration, last.occasion.batch, reason)
            )

        if len(made) > 1:
            title = f"Withdraw all {len(made)} decisions that were made at once with {one_line(unit)} {number}"
            detail = "They stay in the history. To change this one alone, mark it. Why? One word is enough."
        save = withdraw_all if len(made) > 1 else withdraw_it
        await self._write(title, detail, place, DraftKind.WITHDRAWAL, save)

    def _attempt_at(self, place: CriterionPlace) -> int:
        """The present attempt at that unit."""
        assert self.shown is not None
        return self.shown.portfolio.unit(place.unit.key).attempt

    async def action_close(self) -> None:
        """Close the unit under the cursor with its outcome, or reopen it."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        registration, unit = shown.learner.registration, place.unit
        record = shown.portfolio.unit(unit.key)

        async def reopen_it(reason: str) -> None:
            await self._record(lambda: self._centre.closings.reopen(registration, unit.code, reason))

        if record.closing is not None:
            if not self.allows(lambda act, now: reopen(act, unit, now, ANY_TEXT)):
                return
            title = f"Reopen {one_line(unit.code)}, closed as {record.closing.outcome}"
            detail = "Why does it have to be decided again?"
            await self._write(title, detail, place, DraftKind.REOPENING, reopen_it)
            return
        if not self.allows(lambda act, _: close(act, unit, shown.when_complete("closed").portfolio, ANY_TEXT)):
            return
        reached = closing_outcome(registration, unit, shown.portfolio)

        async def write(terms: Terms, said: str) -> None:
            async def close_it(feedback: str) -> None:
                await self._record(lambda: self._centre.closings.close(registration, unit.code, feedback, terms))
                self.evidence_was_fixed(registration)

            await self._write(
                f"Close {one_line(unit.code)} as {reached.value.upper()}",
                f"{said}Summary feedback to the learner on the whole unit.",
                place,
                DraftKind.SUMMARY,
                close_it,
                question=lambda feedback: _without_summary(unit.code, reached) if not feedback.strip() else None,
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
        await self._write(title, detail, place, DraftKind.COUNTERSIGNATURE, countersign_it)

    async def action_settle_sheet(self) -> None:
        """Settle what was decided on another wording than the sheet has now."""
        from markterm.tui.marking.settling import settle_what_does_not_fit

        await settle_what_does_not_fit(self)


def _without_summary(unit: str, reached: CriterionState) -> Question:
    """What is asked before a unit is closed without a word to the learner on the whole of it."""
    referred = reached is CriterionState.REFER
    told = "what is missing, each note by itself" if referred else "what the notes say"
    return Question(
        f"Close {one_line(unit)} as {reached.value.upper()} without a summary? The learner is told only {told}.",
        ("No, write one", "Yes, close it without"),
        0 if referred else 1,
    )
