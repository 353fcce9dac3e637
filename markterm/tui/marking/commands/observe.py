"""Assessing by other means than files: accounts of what was seen and said, and the method of a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from textual.widgets import Input

from markterm.centre.accounts import AccountsOfLearners
from markterm.centre.drafts import DraftKind
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.method import OF_FILES
from markterm.domain.record.accounts import KeptAccount
from markterm.domain.record.bodies.accounts import Account
from markterm.domain.rules.act import known
from markterm.domain.views.begun_account import BegunAccount
from markterm.domain.words.code import short_codes
from markterm.domain.words.errors import MarkTermError, Refused
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.account_form import AccountForm, attached, confirming_form
from markterm.tui.marking.assessors_act import StaffsAct
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.text_field import typed_day
from markterm.tui.widgets.writing import WritingScreen

Then = Callable[[], Awaitable[None]]


class Observe(StaffsAct):
    """Put down what was seen, asked and said, or have such an account confirmed or corrected."""

    id, key = "mark.observe", "i"
    records = True
    words = "Observation, discussion, questioning, presentation or testimony: put it down, confirm or correct it"

    async def run(self, on: Workplace) -> None:
        """Ask for a new one, or, where there are accounts, what is to be done."""
        place, shown = on.place, on.desk.shown
        if place is None or shown is None or not on.allows(lambda act, _: known(act)):
            return
        begun = on.drafts.get(DraftKind.ACCOUNT, place)
        ways: list[tuple[str, Then]] = [
            ("Go on with what was begun" if begun else "A new one", partial(_ask, on, place, _begun(on, place)))
        ]
        for each in shown.portfolio.accounts.standing:
            name = on.blindfold.file(each.said.file.rpartition("/")[2])
            if each.confirmed is None:
                ways.append((f"Confirm {name}", partial(_confirm, on, each)))
            if not begun:
                ways.append((f"Correct {name}", partial(_ask, on, place, _again(on, each))))
        if len(ways) == 1:
            await ways[0][1]()
            return

        async def chosen(choice: int | None) -> None:
            if choice is not None:
                await ways[choice][1]()

        title = "What was seen, asked and said"
        await on.screen.app.push_screen(ChoiceScreen(title, [one_line(told) for told, _ in ways]), chosen)


class SetMethod(StaffsAct):
    """Say by which method of assessment the file that is open shows something; in the palette alone."""

    id, label = "mark.set-method", "Method of assessment of this file"
    records = True
    words = "Say by which method of assessment this file shows something"

    async def run(self, on: Workplace) -> None:
        """Ask which it is."""
        file = on.reader.file
        if file is None or on.desk.shown is None or not on.allows(lambda act, _: known(act)):
            return
        registration, name = on.desk.registration, file.name

        async def chosen(choice: int | None) -> None:
            if choice is None:
                return
            try:
                await on.desk.record(lambda: on.centre.accounts.set_method(registration, OF_FILES[choice], [name]))
            except MarkTermError as error:
                on.failed(error)

        title = one_line(f"By which method does {on.blindfold.file(name)} show something?")
        await on.screen.app.push_screen(ChoiceScreen(title, [each.words for each in OF_FILES]), chosen)


def _begun(on: Workplace, place: CriterionPlace) -> BegunAccount:
    """What was begun in this unit, or a new account of today that covers the criterion under the cursor."""
    if draft := on.drafts.get(DraftKind.ACCOUNT, place):
        return BegunAccount.read(draft)
    return BegunAccount(day=on.centre.actions.today.isoformat(), criteria=f"{place.unit.code} {place.criterion.number}")


def _again(on: Workplace, account: KeptAccount) -> BegunAccount:
    """What an account says, to be corrected; its text is in the evidence."""
    said = account.said
    assert on.desk.shown is not None
    short = short_codes(unit.code for unit in on.desk.shown.units)
    witness = said.witness
    return BegunAccount(
        account.method.value,
        said.on.isoformat() if said.on is not None else "",
        said.place,
        str(said.minutes or ""),
        "; ".join(f"{short.get(each.unit.code, each.unit.code)} {', '.join(each.criteria)}" for each in said.covers),
        "; ".join(said.present),
        "; ".join((witness.name, witness.role, witness.relationship, witness.contact)) if witness is not None else "",
        replaces=account.uid,
    )


async def _ask(on: Workplace, place: CriterionPlace, begun: BegunAccount) -> None:
    """Ask for day, place and criteria, then for the text."""
    form = AccountForm(on, begun)

    async def left(saved: bool | None) -> None:
        filled_in = form.filled_in
        if saved or filled_in != begun:
            on.drafts.keep(filled_in.as_draft, DraftKind.ACCOUNT, place)
        on.draw()
        if saved:
            await _write(on, place, filled_in)

    await on.screen.app.push_screen(form.screen(), left)


async def _write(on: Workplace, place: CriterionPlace, begun: BegunAccount) -> None:
    """Write the text of it, with the draft kept at every key."""
    registration, accounts = on.desk.registration, on.centre.accounts
    others = [on.centre.learners.find(each) for each in begun.others]
    said = begun.said(accounts.covered(registration, begun.criteria))
    text = begun.text or accounts.text_to_begin_with(registration, begun)

    def keep(changed: str) -> bool:
        return on.drafts.keep(begun.with_text(changed).as_draft, DraftKind.ACCOUNT, place)

    async def save(written: str) -> None:
        files = attached(on.centre, begun.attach)
        if others:
            # The learner who is open comes last: of them it is shown.
            every = (*others, registration)
            await on.desk.record_each(lambda: _with_each(accounts, every, said, begun.criteria, written, files))
        else:
            await on.desk.record(lambda: accounts.keep(registration, said, written, files, begun.replaces))
        on.drafts.forget(place, DraftKind.ACCOUNT)

    async def left(saved: bool | None) -> None:
        if saved:
            on.evidence.read_anew()
            on.notify(keyed("Kept among the evidence, and not confirmed yet: {mark.observe} confirms it."))
        on.draw()

    detail = "What was seen, asked and said, as it was. Begin a line with 12:40 for a place in the recording."
    await on.screen.app.push_screen(
        WritingScreen(
            one_line(f"{said.method.words if said.method else ''}, {begun.day}, {begun.criteria}"),
            detail,
            text,
            save,
            keep,
            on.reader.turn_page,
            throw_away=lambda: on.drafts.forget(place, DraftKind.ACCOUNT),
        ),
        left,
    )


def _with_each(
    accounts: AccountsOfLearners, every: Sequence[str], said: Account, criteria: str, text: str, files: Sequence[Path]
) -> list[Recorded]:
    """The account, kept with each of them. Raises as that does, and `Refused` where all of them have it."""
    if kept := list(accounts.keep_with_each(every, said, criteria, text, files)):
        return kept
    raise Refused("It is kept already", "An account that says just this is with all of them.", "Read it.")


async def _confirm(on: Workplace, account: KeptAccount) -> None:
    registration = on.desk.registration

    async def record(said_by: str, how: str, form: str, day: Input) -> None:
        on_day = typed_day(day)
        await on.desk.record(
            lambda: on.centre.accounts.confirm(
                registration, account.uid, said_by, how, on_day, attached(on.centre, form)
            )
        )

    def left(saved: bool | None) -> None:
        if saved:
            on.evidence.read_anew()
        on.draw()

    await on.screen.app.push_screen(confirming_form(on, account, record), left)
