"""Handing in: an attempt with its evidence fixed, the learner's declaration, and who authorised a resubmission."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from markterm.domain.bodies.handed_in import Declared
from markterm.domain.errors import MarkTermError, WrongUse
from markterm.domain.foreign_text import one_line
from markterm.domain.marking import known
from markterm.evidence.hashing import Hashing
from markterm.tui.evidence.hashing import hash_first
from markterm.tui.marking.by_task import ByTaskScreen
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen

if TYPE_CHECKING:
    from markterm.centre.attempts import Coming

_NAMED = 6
FORMS = ("signed sheet", "e-mail", "e-portfolio")

Take = Callable[[Declared | None], Awaitable[None]]


class HandingInScreen(ByTaskScreen):
    """Adds submissions and declarations."""

    async def action_submit(self) -> None:
        """Submit the unit under the cursor, or all of the assignment, with the learner's declaration."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        registration, unit = shown.learner.registration, place.unit
        named = unit.code if self.assignment is None else self.assignment.code
        codes = (unit.code,) if self.assignment is None else shown.units_of(self.assignment.code)

        self.stop_looking()

        def look(hashing: Hashing) -> Mapping[str, Coming]:
            with self._centre.evidence.hashed_by(hashing):
                return self._centre.attempts.coming(registration, codes)

        async def go_on(coming: Mapping[str, Coming]) -> None:
            if self.files is None:
                self.look_at_files(registration)
            await self._ask_to_submit(registration, named, codes, coming)

        await hash_first(self, self.app.blindfold.file, look, go_on)

    async def _ask_to_submit(
        self, registration: str, named: str, codes: tuple[str, ...], coming: Mapping[str, Coming]
    ) -> None:
        if not coming:
            self.app.notify(f"{one_line(named)} is passed: nothing is handed in again.", markup=False)
            return
        again = any(each.needs_authority for each in coming.values())
        attempts = sorted({each.attempt for each in coming.values()})
        what = one_line(f"{named}, attempt {' and '.join(map(str, attempts))}")

        async def ask(authorised_by: str) -> None:
            await self._ask_declaration(
                f"Submit {what}, with the evidence as it is now. How did the learner declare it?",
                lambda declared: self._submit(registration, codes, declared, authorised_by, coming),
                may_wait=True,
            )

        async def go_on() -> None:
            await (self._ask_who_authorised(ask) if again else ask(""))

        await self.after_unseen(registration, f"Submit {what}", "Submit with them", go_on)

    async def after_unseen(self, registration: str, what: str, go_on: str, then: Callable[[], Awaitable[None]]) -> None:
        """Name the files that came or changed since the person was shown the list, before they are handed in; `then` is
        what follows when there are none, or when they are wanted."""
        unseen = await asyncio.to_thread(self._centre.evidence.unseen, registration, self.listed_files)
        if not unseen:
            await then()
            return

        async def chosen(choice: int | None) -> None:
            if choice is None:
                return
            self.list_files_again()
            if choice == 1:
                await then()

        named = "; ".join((*unseen[:_NAMED], *((f"and {len(unseen) - _NAMED} more",) if len(unseen) > _NAMED else ())))
        title = f"{what}: since the files were listed there is {one_line(self.app.blindfold.file(named))}."
        await self.app.push_screen(ChoiceScreen(title, ["Look at them first", go_on]), chosen)

    async def action_declare(self) -> None:
        """Record the learner's declaration of authenticity: of all first attempts, or of this later one."""
        place, shown = self.place, self.shown
        if shown is None:
            return
        registration = shown.learner.registration
        if not self.allows(lambda act, _: known(act)):
            return
        attempt = shown.portfolio.unit(place.unit.key).attempt if place is not None else 1
        code = place.unit.code if place is not None and attempt > 1 else ""
        recorded = shown.portfolio.declared(place.unit.key) if place is not None else shown.portfolio.declaration
        title = "The learner declared that the work is their own. How was it given?"
        if code:
            title = f"{one_line(code)}, attempt {attempt}. {title}"
        if recorded is not None:
            title += f" (Recorded: {one_line(recorded.form)}.)"

        async def take(given: Declared | None) -> None:
            if given is not None:
                await self._record(
                    lambda: self._centre.attempts.declare(
                        registration, given.form, given.refuses_use, on=given.on, unit_code=code
                    )
                )

        await self._ask_declaration(title, take)

    async def _ask_declaration(self, title: str, take: Take, *, may_wait: bool = False) -> None:
        choices = [(form, refuses) for refuses in (False, True) for form in FORMS]
        words = [f"{form}{', refusing anonymised use for standardisation' * refuses}" for form, refuses in choices]
        if may_wait:
            words.append("not declared yet: D records it later, before the unit is closed")

        async def chosen(choice: int | None) -> None:
            if choice is None:
                return
            if choice == len(choices):
                try:
                    await take(None)
                except MarkTermError as error:
                    self.app.show_error(error)
                return
            form, refuses = choices[choice]

            async def on_day(text: str) -> None:
                await take(Declared(form, _day(text), refuses))

            detail = "Enter takes today; typing takes its place, as 2026-01-31."
            today = self._centre.recorder.now().astimezone().date().isoformat()
            when = "Which day does the declaration bear?"
            await self.app.push_screen(WritingScreen(when, detail, today, on_day, replaceable=True))

        await self.app.push_screen(ChoiceScreen(title, words), chosen)

    async def _ask_who_authorised(self, take: Callable[[str], Awaitable[None]]) -> None:
        details, member = self._centre.details, self._centre.member
        role = details.policy.resubmission_authorised_by
        able = [each for each in details.members if role in each.roles]
        if (member is not None and role in member.roles) or not able:
            await take("")
            return

        async def chosen(choice: int | None) -> None:
            if choice is not None:
                await take(able[choice].id)

        lines = [f"{one_line(each.name)}  {each.id}" for each in able]
        await self.app.push_screen(ChoiceScreen(f"Which {role} authorised the resubmission?", lines), chosen)

    async def _submit(
        self,
        registration: str,
        codes: tuple[str, ...],
        declared: Declared | None,
        authorised_by: str,
        confirmed: Mapping[str, Coming],
    ) -> None:
        attempts = self._centre.attempts
        await self._record_each(
            lambda: attempts.submit_units(
                registration, codes, declared=declared, authorised_by=authorised_by, confirmed=confirmed
            )
        )
        self.evidence_was_fixed(registration)
        place = self.place
        if place is not None and not self.is_open(place):
            self.go_to_open(place)
        left_out = (await asyncio.to_thread(self._centre.evidence.listed, registration)).left_out_words
        named = one_line(self.app.blindfold.file(left_out))
        words = f"Submitted: the evidence is fixed as it is now{f' ({named})' if named else ''}."
        self.app.notify(words, markup=False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WrongUse("Not a day", f"{one_line(text)} is no date.", "Write it as 2026-01-31.") from None
