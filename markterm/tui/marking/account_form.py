"""What is asked of an account of what was seen and said, and of what confirms one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.widgets import Input

from markterm.centre.centre import Centre
from markterm.domain.record.accounts import KeptAccount
from markterm.domain.views.begun_account import BegunAccount
from markterm.domain.words.foreign_text import one_line
from markterm.tui.marking.workplace import Workplace
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.path_field import ANY, PathField
from markterm.tui.widgets.text_field import LineField, typed_day


class AccountForm:
    """The form of an account, with what was `begun` of it."""

    def __init__(self, at: Workplace, begun: BegunAccount) -> None:
        self._at = at
        self._begun = begun
        centre = at.centre
        self._fields: dict[str, Input] = {
            "method": LineField(placeholder="observation, discussion, questioning, presentation, testimony"),
            "day": LineField(placeholder="2026-01-31"),
            "place": LineField(placeholder="where it was"),
            "minutes": LineField(placeholder="how long it took"),
            "criteria": LineField(placeholder="501 1.1, 1.2; 500 2.1"),
            "present": LineField(placeholder="who else was there: Mo Ode; Ana Ruiz"),
            "witness": LineField(placeholder="a testimony's: name; role; to the learner; reached by"),
            "attach": PathField(centre, ANY, told="recordings or signed forms: talk.m4a; form.pdf", several=True),
            "together": LineField(placeholder="with other learners, who each have it too: CAS2044; MEN2051"),
        }
        for name, field in self._fields.items():
            field.value = getattr(begun, name)

    @property
    def filled_in(self) -> BegunAccount:
        """What is filled in now."""
        values = {name: field.value for name, field in self._fields.items()}
        return BegunAccount(**values, replaces=self._begun.replaces, text=self._begun.text)

    def screen(self) -> FormScreen:
        """The form; saved, what it says may be an account."""

        async def check() -> None:
            await asyncio.to_thread(self._check)

        title = "Corrects an account that stays" if self._begun.replaces else "What was seen, asked and said"
        detail = "It becomes evidence. Later the learner, or the witness, confirms it."
        names = [(name.capitalize(), field) for name, field in self._fields.items()]
        return FormScreen(title, detail, names, check, does="goes on to the text")

    def _check(self) -> None:
        """Whether it may be kept with every learner who is named. Raises `MarkTermError`."""
        centre, begun = self._at.centre, self.filled_in
        for registration in (self._at.desk.registration, *map(centre.learners.find, begun.others)):
            centre.accounts.check(registration, begun, attached(centre, begun.attach))


def attached(centre: Centre, paths: str) -> list[Path]:
    """The files that a field names, parted by semicolons; none where it is empty. Raises as `NamedFiles.named` does."""
    whole = paths.strip()
    if whole and (one := centre.named_files.named(whole)).is_file():  # A name may have a semicolon.
        return [one]
    return [centre.named_files.named(path) for each in whole.split(";") if (path := each.strip())]


def confirming_form(
    at: Workplace, account: KeptAccount, saved: Callable[[str, str, str, Input], Awaitable[None]]
) -> FormScreen:
    """How, by whom and on which day an account was confirmed; `saved` records it."""
    witness = account.said.witness
    shown = at.desk.shown
    name = witness.name if witness is not None else shown.learner.name if shown is not None else ""
    said_by, how = LineField(value=one_line(name)), LineField(value="signed form")
    on = LineField(value=at.centre.actions.today.isoformat())
    form = PathField(at.centre, ANY, told="the signed form; a recording", several=True)

    async def save() -> None:
        typed_day(on)
        await saved(said_by.value, how.value, form.value, on)

    fields = [("Confirmed by", said_by), ("How", how), ("Day", on), ("Attach", form)]
    return FormScreen(
        one_line(f"Confirmed: {account.said.file.rpartition('/')[2]}"),
        "A recording that is attached to it shows it too.",
        fields,
        save,
    )
