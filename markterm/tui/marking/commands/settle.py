"""Settling a conflict: for one of the decisions, or for neither, and always with a reason."""

from __future__ import annotations

from markterm.centre.drafts import DraftKind, kind_of_note, note_begun
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.event import Result
from markterm.domain.record.states import decided_as
from markterm.domain.rules.conflict import has_note, settle, settle_as_neither
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import ANY_TEXT
from markterm.tui.marking.moving_on import after_decision
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import named, write


async def settle_as(at: Workplace, place: CriterionPlace, result: Result, before: CriterionRecord) -> None:
    """Ask why one of the decisions in conflict holds; before that for its note, where one was begun, or where nobody
    said what is missing."""
    number, drafts, kind = place.criterion.number, at.drafts, kind_of_note(result)
    if not at.allows(lambda act, now: settle(act, place.unit, now, number, result, ANY_TEXT, before, note=ANY_TEXT)):
        return
    text, used = note_begun(kind, lambda each: drafts.get(each, place))
    draft, stands = drafts.get(kind, place), has_note(before.standing, result)
    refers = result is Result.REFER and place.criterion.gates
    is_asked = bool(draft) or (refers and not stands) or (result is Result.REFER and bool(text))
    if not is_asked:
        await _ask_why(at, place, result, before, text, used)
        return
    told: list[str] = []

    async def take(note: str) -> None:
        if refers and not note.strip() and not stands:
            raise Refused(
                "A referral needs a note", "Nobody who referred it said what is missing.", "Write what is missing."
            )
        told.append(note)

    async def ask_why() -> None:
        # Until the reason is given, too, the note is a draft.
        drafts.keep(told[-1], kind, place)
        await _ask_why(at, place, result, before, told[-1], used)

    word = decided_as(result, gates=place.criterion.gates)
    asked = "What is missing?" if refers else f"What is said of “{word}”?"
    detail = f"{asked} The learner reads it; the reason to settle is asked next."
    title = f"Settle as {word} {named(place)}"
    await write(at, title, detail, place, kind, take, text, bank_for=(result,), then=ask_why)


async def settle_for_neither(at: Workplace, place: CriterionPlace, before: CriterionRecord) -> None:
    """Ask why none of the decisions in conflict holds."""
    registration, unit, number = at.desk.registration, place.unit.code, place.criterion.number
    if not at.allows(lambda act, now: settle_as_neither(act, place.unit, now, number, ANY_TEXT, before)):
        return

    async def settle_so(reason: str) -> None:
        await at.desk.record(
            lambda: at.centre.marking.settle_as_neither(registration, unit, number, reason, shown=before)
        )

    who = " and ".join(one_line(each.actor) for each in before.standing)
    other = keyed("For one of them: {writing.leave}, then {mark.pass} or {mark.refer}.")
    detail = f"Both decisions, by {who}, are withdrawn and stay in the history. {other}"
    await write(at, f"Settle {named(place)}: neither holds", detail, place, DraftKind.SETTLING, settle_so)


async def _ask_why(
    at: Workplace,
    place: CriterionPlace,
    result: Result,
    before: CriterionRecord,
    note: str,
    used: tuple[DraftKind, ...],
) -> None:
    """Ask for the reason, and settle it so; the drafts whose words were `used` for the note are recorded with it."""
    registration, unit, number = at.desk.registration, place.unit, place.criterion.number
    occasion = at.occasion(place)

    async def settle_so(reason: str) -> None:
        await at.desk.record(
            lambda: at.centre.marking.settle(
                registration, unit.code, number, result, reason, shown=before, occasion=occasion, note=note
            )
        )
        at.drafts.forget(place, *used)
        await after_decision(at, place)

    who = " and ".join(one_line(each.actor) for each in before.standing)
    stands, word = has_note(before.standing, result), decided_as(result, gates=place.criterion.gates)
    detail = f"Decided by {who}, neither having seen the other. Why {word}? The learner does not read this."
    if note:
        detail += f" Your note goes with it{', in the place of what was noted' if stands else ''}."
    else:
        detail += " The note that goes with it stays." if stands else " It has no note."
    await write(at, f"Settle as {word} {named(place)}", detail, place, DraftKind.SETTLING, settle_so)
