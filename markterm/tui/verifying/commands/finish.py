"""Finishing a sample with its report, and having a Lead IV let a rule of separation be passed over."""

from __future__ import annotations

import asyncio

from markterm.centre.form_drafts import FormDraft
from markterm.domain.assessed.member import Role
from markterm.domain.record.bodies.verifying import NO_REPORT, Report
from markterm.domain.record.so_far import so_far
from markterm.domain.rules.answering import Said
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Way
from markterm.tui.command import Command, keyed
from markterm.tui.verifying.commands.answer import refused
from markterm.tui.verifying.finishing import finishing_form
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.writing import WritingScreen

_GO_ON = "{verify.next-sample} opens the next sample."


class Finish(Command[Sample]):
    """Finish with the report of the sample to its assessor."""

    id, key, label, words = "verify.finish", "F", "finish", "Finish with the report to the assessor"
    records = True

    async def run(self, on: Sample) -> None:
        """Ask for the report."""
        now = on.now
        if refused(on):
            return
        if not any(each.answers for each in now.answers):
            on.notify(keyed("Nothing is answered yet: {verify.agree} agrees, {verify.not-agreed} does not."))
            return
        if now.contradicted:
            on.notify(f"Two verifiers differ about {', '.join(now.contradicted)}: answer to that first.", warning=True)
            return
        registration, unit = on.desk.registration, one_line(on.unit.code)
        try:
            asked = await asyncio.to_thread(on.centre.verification.asked, registration)
        except MarkTermError as error:
            on.failed(error)
            return
        numbers = tuple(dict.fromkeys(each.criterion for one in now.answers for each in one.answers))
        is_unfinished = any(each.unfinished for each in now.answers)

        async def save(report: Report) -> None:
            said = Said(report=report) if is_unfinished else _said_again(on, report)
            await on.desk.record(lambda: on.record_answer(said))

        async def left(saved: bool | None) -> None:
            if saved:
                on.answers_again = False
                on.notify(f"{unit} is finished; its assessor reads the report. {keyed(_GO_ON)}")

        title = f"Finish: {unit}, {len(numbers)} of {now.decided} answered"

        def draft_of(field: str, proposed: str) -> FormDraft:
            return on.centre.form_drafts.of(f"report on {on.unit.key} {field}", registration, proposed)

        form = finishing_form(title, _told(on), _own_report(on), asked, save, draft_of)
        await on.screen.app.push_screen(form, left)


class Countersign(Command[Sample]):
    """Countersign what a verifier in training answered."""

    id, key, label, words = "verify.countersign", "C", "countersign", "Countersign what was answered in training"
    records = True

    def works(self, on: Sample) -> bool:
        """Where something waits for it."""
        return on.desk.shown is not None and any(each.in_training for each in on.now.answers)

    async def run(self, on: Sample) -> None:
        """Ask for a note, which may stay empty."""
        if refused(on):
            return

        async def save(note: str) -> None:
            verification, registration = on.centre.verification, on.desk.registration
            await on.desk.record(
                lambda: verification.countersign(registration, on.unit_code, note, let_pass=on.let_pass)
            )

        whose = ", ".join(dict.fromkeys(one_line(each.actor) for each in on.now.answers if each.in_training))
        title = f"Countersign what {whose} answered to {one_line(on.unit.code)}"
        detail = "You have read the answers and stand for them. A note may be added; it may stay empty."
        await on.screen.app.push_screen(WritingScreen(title, detail, "", save), None)


class LetPass(Command[Sample]):
    """A Lead IV lets a rule of separation be passed over, and says why."""

    id, key, label, words = "verify.let-pass", "L", "let pass", "A Lead IV lets a rule of separation be passed over"
    records = True

    def works(self, on: Sample) -> bool:
        """Where a rule is in the way that can be let pass."""
        hint = on.refused.hint if on.refused is not None else None
        return hint is not None and hint.way is Way.LET_PASS

    async def run(self, on: Sample) -> None:
        """Ask who and why."""
        centre, refusal = on.centre, on.refused
        who = on.desk.who
        leads = [
            each for each in centre.details.members if each.lead and Role.VERIFIER in each.roles and each.id != who
        ]
        if refusal is None or not leads:
            on.notify("Nobody here may let it pass: a Lead IV who has nothing to do with it.", warning=True)
            return

        async def chosen(choice: int | None) -> None:
            if choice is None:
                return

            async def save(reason: str) -> None:
                let_pass = await asyncio.to_thread(centre.verification.let_pass, leads[choice].id, reason)
                await asyncio.to_thread(
                    lambda: centre.verification.check(on.desk.registration, on.unit_code, let_pass=let_pass)
                )
                on.let_pass = let_pass
                await on.check()
                on.draw()

            title = f"{one_line(leads[choice].name)} lets it pass: why?"
            detail = "It is recorded with every answer, and an audit looks at it."
            await on.screen.app.push_screen(WritingScreen(title, detail, "", save))

        lines = [f"{one_line(each.name)}  {each.id}" for each in leads]
        await on.screen.app.push_screen(ChoiceScreen(f"{refusal.what} Who lets it pass?", lines), chosen)


def _said_again(at: Sample, report: Report) -> Said:
    """The answers of whoever acts as they stand, to be finished with another report."""
    own = {
        number: each.answer
        for number, given in at.now.given.items()
        for each in given
        if (each.answer.by or each.verification.actor) == at.desk.who
    }
    return Said(
        agreed=tuple(number for number, answer in own.items() if answer.agrees),
        not_agreed={number: answer.reason for number, answer in own.items() if not answer.agrees},
        report=report,
    )


def _own_report(at: Sample) -> Report:
    own = (each.report for each in reversed(at.now.answers) if each.actor == at.desk.who)
    return next(own, NO_REPORT)


def _told(at: Sample) -> str:
    """What is answered so far, and what is to be done about it."""
    answers = {each.criterion: each for one in at.now.answers for each in one.answers}
    against = [number for number, each in answers.items() if not each.agrees]
    told = [f"{len(answers) - len(against)} agreed"]
    if against:
        told.append(f"{len(against)} not agreed ({', '.join(against)})")
    if left := at.now.decided - max(so_far(each, at.record).answered for each in at.now.answers):
        told.append(f"{left} not answered")
    actions = [each for each in at.record.after.actions if each.is_open]
    told += [f"action for {one_line(each.owner)}: {one_line(each.text)}" for each in actions]
    return " · ".join(told)
