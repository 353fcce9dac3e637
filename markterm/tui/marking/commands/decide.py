"""Deciding a criterion: pass, refer, and the note that goes with it."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind, kind_of_note, not_kept, note_begun
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Result
from markterm.domain.record.states import CriterionState
from markterm.domain.rules.decided_before import NothingNew, OthersNote, SomebodysNote, same_result, somebodys_note
from markterm.domain.rules.marking import decide
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean, one_line, shortened
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.assessors_act import AssessorsAct
from markterm.tui.marking.commands.settle import settle_as
from markterm.tui.marking.moving_on import after_decision, move_on_from
from markterm.tui.marking.sitting import NoteKept
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import named, write
from markterm.tui.requests import TakeRemark, ask
from markterm.tui.widgets.choice import ChoiceScreen

_LONGEST_NOTE = 160
_NOTES = (DraftKind.NOTE, DraftKind.KEPT)


class Pass(AssessorsAct):
    """Pass the criterion under the cursor, with the note that was kept for it; a draft is opened first."""

    id, key, label, words = "mark.pass", "p", "pass", "Pass this criterion"

    async def run(self, on: Workplace) -> None:
        """Record it, or ask what is to be known first."""
        place, drafts = on.place, on.drafts
        if place is None or on.desk.shown is None:
            return
        before = on.desk.record_of(place)
        if before.state is CriterionState.CONFLICT:
            await settle_as(on, place, Result.PASS, before)
            return
        standing = _stands(on, place, before, Result.PASS)
        note, kept, referral = (
            drafts.get(DraftKind.NOTE, place),
            drafts.kept_note(place),
            drafts.get(DraftKind.REFERRAL, place),
        )
        theirs = kept and _somebodys(on, place, before, Result.PASS) is not None
        if note or theirs or (referral and not kept and standing is None):
            detail = "Recorded with the pass."
            if referral and not note:
                words = shortened(referral, _LONGEST_NOTE)
                detail = f"A referral was begun: “{words}”. It is no note of a pass, and stays a draft."
            await _write_decision(on, "Pass", DraftKind.NOTE, Result.PASS, detail)
        elif standing is not None and standing.actor != on.desk.who and not kept:
            if _may_decide(on, place, before, Result.PASS):
                await _ask_whose(on, place, before, standing)
        else:
            await _decide_and_tell(on, place, Result.PASS, kept, before, used=_NOTES if kept else ())


class Refer(AssessorsAct):
    """Ask for the note and refer the criterion; Esc leaves it as it was."""

    id, key, label, words = "mark.refer", "r", "refer", "Refer this criterion, with a note"

    async def run(self, on: Workplace) -> None:
        """Ask what is missing."""
        place = on.place
        before = on.desk.record_of(place) if place is not None else None
        if place is not None and before is not None and before.state is CriterionState.CONFLICT:
            await settle_as(on, place, Result.REFER, before)
            return
        title, detail = "Refer", "What is missing? Say it without giving the answer."
        if place is not None and not place.criterion.gates:
            # It refers nobody: whoever has nothing to say of it says nothing.
            title = "Not achieved:"
            detail = (
                f"It is for a {place.criterion.level} and refers nobody. The learner is told a note; none is needed."
            )
        await _write_decision(on, title, DraftKind.REFERRAL, Result.REFER, detail)


class Note(AssessorsAct):
    """The note of this criterion: kept for the decision, or recorded with the one that stands."""

    id, key, label, words = "mark.note", "n", "note", "Write a note on this criterion"

    async def run(self, on: Workplace) -> None:
        """Write it."""
        await write_note(on)


class Bank(AssessorsAct):
    """A remark from the bank into the note of this criterion, where it can be edited before it is recorded."""

    id, key, label, words = "mark.bank", "b", "bank", "Take a remark from the bank into the note of this criterion"

    async def run(self, on: Workplace) -> None:
        """Show the remarks."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None:
            return
        decision = on.desk.decision_at(place)

        async def take(remark: str | None) -> None:
            if remark is not None and on.place == place:
                await write_note(on, remark)

        result = decision.result if decision is not None else None
        await ask(on.screen, TakeRemark(shown.learner, place.unit, place.criterion, result, take))


async def write_note(at: Workplace, remark: str = "") -> None:
    """Write the note of the criterion under the cursor, behind it a `remark`."""
    place = at.place
    if place is None:
        return
    decision = at.desk.decision_at(place)
    if decision is not None:
        detail = f"Recorded with the {decision.noun}."
        await _write_decision(at, "Note on", kind_of_note(decision.result), decision.result, detail, remark)
        return
    if not _may_decide(at, place, at.desk.record_of(place), Result.PASS):
        return

    async def keep(text: str) -> None:
        before = at.drafts.kept_note(place)
        if not at.drafts.keep(text, DraftKind.KEPT, place):
            raise not_kept(DraftKind.KEPT)
        if text != before:
            at.sitting.keep(NoteKept((at.desk.who, at.desk.registration), place, text, before))
        at.drafts.forget(place, DraftKind.NOTE)

    await write(
        at,
        f"Note on {named(place)}",
        "Kept until you pass or refer the criterion, and recorded with it.",
        place,
        DraftKind.NOTE,
        keep,
        at.drafts.kept_note(place),
        remark=remark,
        bank_for=(None,),
        clears=(DraftKind.KEPT,),
    )


async def _write_decision(
    at: Workplace, title: str, kind: DraftKind, result: Result, detail: str, remark: str = ""
) -> None:
    """Ask for the note of a decision, beginning with what was begun of it or with one's own that stands."""
    place, drafts = at.place, at.drafts
    if place is None:
        return
    before = at.desk.record_of(place)
    if not _may_decide(at, place, before, result):
        return
    standing = _stands(at, place, before, result)
    is_theirs = standing is not None and bool(standing.note.strip()) and standing.written_by != (at.desk.who,)
    if standing is not None and is_theirs:
        whose = one_line(" and ".join(standing.written_by))
        detail += f" It takes the place of {whose}'s note: “{shortened(standing.note, _LONGEST_NOTE)}”."
    text, used = note_begun(kind, lambda each: drafts.get(each, place))
    if not text:
        # One's own words only: what somebody else wrote is never the beginning of another's note.
        own = before.decision
        if own is not None and own.result is result and own.written_by == (at.desk.who,):
            text = clean(own.note).text

    async def decide_so(written: str) -> None:
        emptied = standing is not None and not is_theirs and not written.strip()
        gone = OthersNote.DROP if emptied else None
        await _decide(at, place, result, written, before, used=used, others_note=gone)

    await write(at, f"{title} {named(place)}", detail, place, kind, decide_so, text, remark=remark, bank_for=(result,))


async def _ask_whose(at: Workplace, place: CriterionPlace, before: CriterionRecord, standing: Decision) -> None:
    """Ask what becomes of a colleague's decision, and of its note, that is to be made one's own."""
    name = f"{one_line(place.unit.code)} {place.criterion.number}"
    by, author = one_line(standing.actor), one_line(" and ".join(standing.written_by))
    choices: list[tuple[str, OthersNote | None]] = [("Leave it as it is", None)]
    if standing.note.strip() and _somebodys(at, place, before, standing.result) is not None:
        words = shortened(standing.note, _LONGEST_NOTE)
        title = f"{by} decided {name} already: {standing.state}. {author}'s note: “{words}”"
        choices += [
            (f"Decide it too; the note stays {author}'s", OthersNote.KEEP),
            (f"Decide it too, without a note: {author}'s goes", OthersNote.DROP),
        ]
    else:
        title = f"{by} decided {name} already: {standing.state}"
        choices.append(("Decide it too: it is your decision then", OthersNote.KEEP))
    lines = [*(told for told, _ in choices), "Decide it too, with a note of my own"]

    async def answered(choice: int | None) -> None:
        if not choice:
            return
        if choice == len(choices):
            await _write_decision(at, "Note on", DraftKind.NOTE, standing.result, "Recorded as your decision.")
        else:
            await _decide_and_tell(at, place, standing.result, "", before, others_note=choices[choice][1])

    await at.screen.app.push_screen(ChoiceScreen(title, lines), answered)


async def _decide_and_tell(
    at: Workplace,
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
        await _decide(at, place, result, note, before, used=used, others_note=others_note)
    except SomebodysNote as unsaid:
        await _ask_whose(at, place, before, unsaid.standing)
    except MarkTermError as error:
        at.failed(error)


async def _decide(
    at: Workplace,
    place: CriterionPlace,
    result: Result,
    note: str,
    before: CriterionRecord,
    *,
    used: tuple[DraftKind, ...] = (),
    others_note: OthersNote | None = None,
) -> None:
    """Record a decision, forget the drafts whose words were `used` for it, and move on. Raises `MarkTermError`."""
    registration, unit, number = at.desk.registration, place.unit.code, place.criterion.number
    occasion = at.occasion(place)
    try:
        await at.desk.record(
            lambda: at.centre.marking.mark(
                registration, unit, number, result, note, shown=before, occasion=occasion, others_note=others_note
            )
        )
    except NothingNew as standing:
        at.notify(one_line(standing.what))
        at.drafts.forget(place, *used)
        await move_on_from(at, place)
        return
    at.drafts.forget(place, *used)
    await after_decision(at, place)


def _may_decide(at: Workplace, place: CriterionPlace, before: CriterionRecord, result: Result) -> bool:
    """Whether the rules let whoever marks decide it so; if not, they are told."""
    number = place.criterion.number
    return at.allows(lambda act, now: decide(act, place.unit, now, number, result, ANY_TEXT, before, reason=ANY_TEXT))


def _stands(at: Workplace, place: CriterionPlace, before: CriterionRecord, result: Result) -> Decision | None:
    """The decision with that result which stands at this attempt."""
    return same_result(before, result, at.desk.attempt_at(place))


def _somebodys(at: Workplace, place: CriterionPlace, before: CriterionRecord, result: Result) -> Decision | None:
    """The same, where its note is somebody else's."""
    return somebodys_note(before, result, at.desk.attempt_at(place), at.desk.who)
