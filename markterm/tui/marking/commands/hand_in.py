"""Handing in: an attempt with its evidence fixed, the learner's declaration, and who authorised a resubmission."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from markterm.domain.record.bodies.handed_in import Declared
from markterm.domain.rules.act import known
from markterm.domain.words.errors import MarkTermError, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.hashing import Hashing
from markterm.tui.command import keyed
from markterm.tui.evidence.hashing import hash_first
from markterm.tui.marking.assessors_act import StaffsAct
from markterm.tui.marking.unseen_files import shown_first
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen

if TYPE_CHECKING:
    from markterm.centre.attempts import Coming
    from markterm.domain.assessed.policy import Policy

FORMS = ("signed sheet", "e-mail", "e-portfolio")

Take = Callable[[Declared | None], Awaitable[None]]


class Submit(StaffsAct):
    """Submit the unit under the cursor, or all of the assignment, with the learner's declaration."""

    id, key = "unit.submit", "S"
    records = True
    words = "Submit this unit or assignment: its evidence as it is now, with the learner's declaration"

    async def run(self, on: Workplace) -> None:
        """Look at the evidence, then ask."""
        place, shown, centre = on.place, on.desk.shown, on.centre
        if place is None or shown is None:
            return
        registration, unit, assignment = on.desk.registration, place.unit, on.assignment
        named = unit.code if assignment is None else assignment.code
        codes = (unit.code,) if assignment is None else shown.units_of(assignment.code)
        on.evidence.fingerprints.stop()

        def look(hashing: Hashing) -> Mapping[str, Coming]:
            with centre.fixing.hashed_by(hashing):
                return centre.attempts.coming(registration, codes)

        async def go_on(coming: Mapping[str, Coming]) -> None:
            if on.evidence.fingerprints.known is None:
                on.evidence.fingerprints.look()
            await _ask_to_submit(on, named, codes, coming)

        await hash_first(on.screen, on.blindfold.file, look, go_on)


class Declare(StaffsAct):
    """Record the learner's declaration of authenticity: of all first attempts, or of this later one."""

    id, key, words = "learner.declare", "D", "Record the learner's declaration of authenticity"
    records = True

    async def run(self, on: Workplace) -> None:
        """Ask how it was given, and when."""
        place, shown = on.place, on.desk.shown
        if shown is None or not on.allows(lambda act, _: known(act)):
            return
        registration = on.desk.registration
        attempt = on.desk.attempt_at(place) if place is not None else 1
        code = place.unit.code if place is not None and attempt > 1 else ""
        recorded = shown.portfolio.declared(place.unit.key) if place is not None else shown.portfolio.declaration
        title = "The learner declared that the work is their own. How was it given?"
        if code:
            title = f"{one_line(code)}, attempt {attempt}. {title}"
        if recorded is not None:
            title += f" (Recorded: {one_line(recorded.form)}.)"

        async def take(given: Declared | None) -> None:
            if given is not None:
                await on.desk.record(
                    lambda: on.centre.attempts.declare(
                        registration, given.form, given.refuses_use, on=given.on, unit_code=code
                    )
                )

        await _ask_declaration(on, title, take)


async def _ask_to_submit(at: Workplace, named: str, codes: tuple[str, ...], coming: Mapping[str, Coming]) -> None:
    if not coming:
        at.notify(f"{one_line(named)} is passed: nothing is handed in again.")
        return
    again = any(each.needs_authority for each in coming.values())
    shown = at.desk.shown
    policy = at.centre.details.policy_for(shown.learner) if shown is not None else at.centre.details.policy
    attempts = sorted({each.attempt for each in coming.values()})
    what = one_line(f"{named}, attempt {' and '.join(map(str, attempts))}")

    async def ask(authorised_by: str, met: Collection[int] = ()) -> None:
        await _ask_declaration(
            at,
            f"Submit {what}, with the evidence as it is now. How did the learner declare it?",
            lambda declared: _submit(at, codes, declared, authorised_by, met, coming),
            may_wait=True,
        )

    async def with_conditions(authorised_by: str) -> None:
        await _ask_conditions(at, policy.resubmission_conditions, lambda met: ask(authorised_by, met))

    async def go_on() -> None:
        await (_ask_who_authorised(at, policy, with_conditions) if again else ask(""))

    await shown_first(at, what, go_on)


async def _ask_declaration(at: Workplace, title: str, take: Take, *, may_wait: bool = False) -> None:
    choices = [(form, refuses) for refuses in (False, True) for form in FORMS]
    words = [f"{form}{', refusing anonymised use for standardisation' * refuses}" for form, refuses in choices]
    if may_wait:
        words.append(keyed("not declared yet: {learner.declare} records it later, before the unit is closed"))

    async def chosen(choice: int | None) -> None:
        if choice is None:
            return
        if choice == len(choices):
            try:
                await take(None)
            except MarkTermError as error:
                at.failed(error)
            return
        form, refuses = choices[choice]

        async def on_day(text: str) -> None:
            await take(Declared(form, _day(text), refuses))

        detail = keyed("{writing.save} takes today; typing takes its place, as 2026-01-31.")
        today = at.centre.recorder.now().astimezone().date().isoformat()
        when = "Which day does the declaration bear?"
        await at.screen.app.push_screen(WritingScreen(when, detail, today, on_day, replaceable=True))

    await at.screen.app.push_screen(ChoiceScreen(title, words), chosen)


async def _ask_conditions(
    at: Workplace, conditions: Sequence[str], take: Callable[[Collection[int]], Awaitable[None]]
) -> None:
    """Ask whether each condition of a resubmission is met, and take their numbers; nothing is asked where there are
    none."""
    if not conditions:
        await take(())
        return

    async def chosen(choice: int | None) -> None:
        if choice == 1:
            await take(range(1, len(conditions) + 1))

    told = "; ".join(f"{number} {one_line(each).rstrip('.')}" for number, each in enumerate(conditions, 1))
    title = f"A resubmission is authorised when this is so: {told}. Is each of it met?"
    lines = ["No: nothing is submitted", "Yes, each is met: that is recorded"]
    await at.screen.app.push_screen(ChoiceScreen(title, lines), chosen)


async def _ask_who_authorised(at: Workplace, policy: Policy, take: Callable[[str], Awaitable[None]]) -> None:
    details, member = at.centre.details, at.centre.member
    role = policy.resubmission_authorised_by
    able = [each for each in details.members if role in each.roles]
    if (member is not None and role in member.roles) or not able:
        await take("")
        return

    async def chosen(choice: int | None) -> None:
        if choice is not None:
            await take(able[choice].id)

    lines = [f"{one_line(each.name)}  {each.id}" for each in able]
    await at.screen.app.push_screen(ChoiceScreen(f"Which {role} authorised the resubmission?", lines), chosen)


async def _submit(
    at: Workplace,
    codes: tuple[str, ...],
    declared: Declared | None,
    authorised_by: str,
    met: Collection[int],
    confirmed: Mapping[str, Coming],
) -> None:
    registration, attempts = at.desk.registration, at.centre.attempts
    await at.desk.record_each(
        lambda: attempts.submit_units(
            registration, codes, declared=declared, authorised_by=authorised_by, met=met, confirmed=confirmed
        )
    )
    at.evidence.look_anew()
    place = at.place
    following = at.next_open(place) if place is not None and not at.desk.is_open(place) else None
    if following is not None and following.unit.code in codes:  # Else what comes next is to close it.
        at.go_to_place(following)
    left_out = (await asyncio.to_thread(at.centre.evidence.listed, registration)).left_out_words
    named = one_line(at.blindfold.file(left_out))
    at.notify(f"Submitted: the evidence is fixed as it is now{f' ({named})' if named else ''}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WrongUse("Not a day", f"{one_line(text) or 'Nothing'} is no date.", "Write it as 2026-01-31.") from None
