"""What is recorded of a claim: the day of it, a number and a word are asked for as the command line asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.screen import Screen
from textual.widget import Widget

from markterm.centre.centre import Centre
from markterm.centre.recorder import Recorded
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.claims import words_of
from markterm.domain.views.listed_claims import ListedClaim
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.note_field import NoteField
from markterm.tui.widgets.text_field import LineField, typed_day

_DAY = "today; or as 2026-01-31"
_DETAILS = {
    ClaimStep.CLAIMED: "The certificate was asked for. Nothing is sent to anybody from here.",
    ClaimStep.RECEIVED: "The centre has the certificate.",
    ClaimStep.SENT: "The learner was given the certificate.",
    ClaimStep.EXEMPT: "No certificate of it is needed: say why.",
    ClaimStep.TAKEN_BACK: "The last step was no such thing: say why. It stays in the record.",
}
_NUMBERED = {
    ClaimStep.CLAIMED: "of the claim; may stay empty",
    ClaimStep.RECEIVED: "of the certificate; may stay empty",
}
_REASONED = (ClaimStep.EXEMPT, ClaimStep.TAKEN_BACK)


async def take_step(
    screen: Screen[object],
    centre: Centre,
    blindfold: Blindfold,
    chosen: ListedClaim,
    step: ClaimStep,
    recorded: Callable[[str, Recorded], None],
) -> None:
    """Ask what is needed for that step of a claim, unless a rule refuses it, and record it; `recorded` is called when
    it is durable, with what was done."""
    registration, code = chosen.row.registration, chosen.claimable.code
    try:
        now = await asyncio.to_thread(centre.claims.check, registration, code, step)
    except MarkTermError as error:
        tell(screen, Failed(error))
        return
    on, number = LineField(placeholder=_DAY), LineField(placeholder=_NUMBERED.get(step, ""))
    text = NoteField.of(centre.form_drafts.of(f"claim {code} {step}", registration))
    fields: list[tuple[str, Widget]] = [("Day", on)] if step is not ClaimStep.TAKEN_BACK else []
    fields += [("Number", number)] if step in _NUMBERED else []
    fields.insert(0 if step in _REASONED else len(fields), ("Why" if step in _REASONED else "A word", text))
    done: list[Recorded] = []

    async def save() -> None:
        day, given = typed_day(on) if on.value.strip() else None, number.value.strip()
        done.append(await asyncio.to_thread(centre.claims.take, registration, code, step, day, given, text.text))

    def left(is_saved: bool | None) -> None:
        if is_saved:
            recorded(f"{code} of {blindfold.known_as(registration)}: {words_of(step)}", done[-1])

    name = f" {chosen.row.name}" if not chosen.row.alias else ""
    whose = f"{now.code} of {blindfold.known_as(registration)}{name}"
    back = f" ({now.in_words})" if step is ClaimStep.TAKEN_BACK else ""
    title = one_line(f"{whose}: {words_of(step)}{back}")
    await screen.app.push_screen(FormScreen(title, _DETAILS[step], fields, save), left)
