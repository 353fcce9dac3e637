"""The bank of remarks: what is typed is looked for in every note that was ever written, and one of them is taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from threading import Event as Flag

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from markterm.centre.remarks import RemarkBank
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.event import Result
from markterm.domain.remarks.remark import Remark, RemarkState
from markterm.domain.remarks.remark_naming import said, to_look_at
from markterm.domain.remarks.remark_places import fill, has_pronouns
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.learner_names import Mention
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.remarks.remark_list import RemarkList, RemarkPreview
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets import field_over_list, modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.text_field import LineField, settled

MOST_SHOWN = 200
"""Remarks in the list. All are counted."""
_TELL_EVERY = 0.5
_CHOSEN = {
    RemarkState.USUAL: "among the others again",
    RemarkState.PINNED: "on top from now on",
    RemarkState.RETIRED: "retired, {bank.retired} shows it",
}


class Take(Command["BankScreen"]):
    """Take the remark under the cursor."""

    id, key, label, words = "bank.take", "enter", "take", "Take this remark into the note"
    priority = True

    async def run(self, on: BankScreen) -> None:
        await on.take()


class Leave(modal.Leave):
    """Leave without a remark."""

    id, key, words = "bank.leave", "escape", "Leave without a remark"
    priority = True


class Pin(Command["BankScreen"]):
    """Have the remark on top from now on, or no longer."""

    id, key, label, words = "bank.pin", "ctrl+o", "pin", "Have this remark on top, or no longer"
    records = True
    priority = True

    async def run(self, on: BankScreen) -> None:
        await on.pin()


class Retire(Command["BankScreen"]):
    """Be shown the remark no more, or again."""

    id, key, label, words = "bank.retire", "ctrl+r", "retire", "Retire or restore this remark"
    records = True
    priority = True

    async def run(self, on: BankScreen) -> None:
        await on.retire()


class ShowRetired(Command["BankScreen"]):
    """Show the retired remarks too, or no longer."""

    id, key, label, words = "bank.retired", "ctrl+l", "retired", "Show the retired remarks too"
    priority = True

    async def run(self, on: BankScreen) -> None:
        await on.show_retired()


class BankScreen(field_over_list.FieldOverList, Modal[str | None]):
    """A field, the remarks below it, and the whole of the one under the cursor; the result is its text, filled for the
    learner, or None.

    The records are looked through in a thread, which ends when the screen is left; what is known from the time before
    is there at once. `result` is what the criterion is about to be decided, if that is known.
    """

    TITLE = "Bank of remarks"
    DEFAULT_CSS = """
    BankScreen Input, BankScreen Input:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    BankScreen #count { height: 1; padding: 0 1; color: $quiet; }
    BankScreen RemarkList { padding: 0 1; }
    BankScreen RemarkPreview { height: 35%; max-height: 12; border-top: solid $quiet; }
    BankScreen.-short RemarkPreview { display: none; }
    """
    SHAPE = Shape.WHOLE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (Take, Leave, *field_over_list.moves("bank", "remark"), Pin, Retire, ShowRetired)
    BINDINGS = bindings(*DOES)

    @dataclass
    class Looked(Message):
        """So many records were looked through; None when there are no more."""

        records: int | None

    @dataclass
    class Stopped(Message):
        """They could not be looked through."""

        error: MarkTermError

    def __init__(
        self,
        bank: RemarkBank,
        blindfold: Blindfold,
        learner: Learner,
        unit: Unit,
        criterion: Criterion,
        result: Result | None,
    ) -> None:
        super().__init__()
        self._bank = bank
        self._blindfold = blindfold
        self._learner = learner
        self._unit = unit
        self._criterion = criterion
        self._result = result
        self._stop = Flag()
        self._looked: int | None = 0
        self._with_retired = False
        self._moved = False
        self._query: str | None = None
        self._count = self._left_out = 0

    def compose(self) -> ComposeResult:
        """What the remark is for, the field, how many there are, the remarks, the whole of one, and what to press."""
        unit, criterion = self._unit, self._criterion
        yield from self.framed(
            f"Remarks for {one_line(unit.code)} {criterion.number}  {one_line(criterion.text)}",
            LineField(placeholder="words of a note you wrote, on any criterion", id="words"),
            Static(id="count"),
            RemarkList(lambda remark, most: self._text(remark, most)),
            RemarkPreview(self._blindfold.known_as),
            keys="{bank.take} takes it · {bank.pin} pin · {bank.retire} retire · "
            "{bank.retired} retired too · {bank.leave} leaves",
        )

    def on_mount(self) -> None:
        """Write at once; what was written since the last time is read meanwhile."""
        self.set_focus(self._field)
        self._search()
        self._look_through()

    def on_unmount(self) -> None:
        """Let nothing go on reading."""
        self._stop.set()

    @property
    def _field(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> RemarkList:
        return self.query_one(RemarkList)

    # Looking

    @work(thread=True, group="remarks")
    def _look_through(self) -> None:
        """Read the notes of the records that changed."""
        told = time.monotonic()
        try:
            for number in self._bank.refresh():
                if self._stop.is_set():
                    return
                if time.monotonic() - told > _TELL_EVERY:
                    told = time.monotonic()
                    self.post_message(self.Looked(number))
        except MarkTermError as error:
            self.post_message(self.Stopped(error))
        self.post_message(self.Looked(None))

    @on(Looked)
    def take_news(self, event: Looked) -> None:
        """Look again: there may be more now."""
        self._looked = event.records
        self._search()

    @on(Stopped)
    def say_why(self, event: Stopped) -> None:
        """Say why there are none, or not all."""
        tell(self, Failed(event.error))

    @on(Input.Changed)
    def search_as_typed(self) -> None:
        """Look for what the field says now."""
        if self._field.value != self._query:
            self._moved = False
            self._search()

    def _search(self) -> None:
        """Show what is found, with the cursor on the remark it was put on, or else on the best."""
        if not self.is_open:
            return
        before = self._list.chosen() if self._moved else None
        self._query = self._field.value
        found = self._bank.search(
            self._query,
            self._unit,
            self._criterion.number,
            self._result,
            MOST_SHOWN,
            with_retired=self._with_retired,
            learner=self._learner.registration,
        )
        self._count = found.count
        self._left_out = self._bank.naming(self._learner.registration)
        self._person = self._bank.person(self._learner)
        self._list.show(found.remarks, before)
        self._show_whole()
        self._say_count()

    def _text(self, remark: Remark, most: int | None = None) -> str:
        """A remark as it would be taken, or the beginning of it."""
        return fill(remark.text[:most], self._person)

    @on(LineList.Moved)
    def _show_whole(self) -> None:
        remark = self._list.chosen()
        text = self._text(remark, RemarkPreview.MOST) if remark is not None else ""
        is_guessed = remark is not None and self._person.pronouns is None and has_pronouns(remark.text)
        told = to_look_at(remark.text, self._doubts(remark)) if remark is not None and not self._is_own(remark) else ()
        self.query_one(RemarkPreview).show(remark, text, told, is_guessed=is_guessed)

    def _is_own(self, remark: Remark) -> bool:
        return self._learner.registration in remark.learners

    def _doubts(self, remark: Remark) -> tuple[Mention, ...]:
        """What in it may be the name of another one, for whom it was written."""
        return self._bank.doubts(remark, self._learner.registration)

    def _say_count(self, just_now: str = "") -> None:
        parts = [Content.styled(just_now, "$success")] if just_now else []
        if self._count:
            shown = f", the first {MOST_SHOWN} shown" if self._count > MOST_SHOWN else ""
            remarks = f"{self._count:,} remark{'s' if self._count != 1 else ''}{shown}"
            parts.append(Content.styled(remarks, "bold $foreground"))
        elif self._looked is None:
            nothing = "not found" if (self._query or "").strip() else "No notes yet: what you write is kept here."
            parts.append(Content.styled(nothing, "bold $warning"))
        if self._looked is not None:
            parts.append(Content(f"records being looked through{f': {self._looked:,}' if self._looked else ''}"))
        if self._left_out:
            parts.append(Content(f"{self._left_out:,} left out: they name a learner"))
        if self._with_retired:
            parts.append(Content("with retired ones"))
        self.query_one("#count", Static).update(Content(" · ").join(parts), layout=False)

    # Choosing

    async def caught_up(self) -> RemarkList:
        """The list, when it shows what was typed before now."""
        await settled(self._field)
        self.search_as_typed()
        return self._list

    async def move(self, step: int) -> None:
        """The next or the previous remark."""
        await super().move(step)
        self._moved = True

    async def page(self, step: int) -> None:
        """A page of remarks up or down."""
        await super().page(step)
        self._moved = True

    async def pin(self) -> None:
        """Have the remark on top from now on, or no longer."""
        remark = (await self.caught_up()).chosen()
        if remark is not None and remark.state is not RemarkState.PINNED and (doubted := self._bank.doubts(remark)):
            await self._ask(remark, doubted, self._pin)
            return
        await self._choose(lambda remark: self._bank.unpin if remark.state is RemarkState.PINNED else self._bank.pin)

    async def _pin(self, remark: Remark) -> None:
        try:
            await asyncio.to_thread(self._bank.pin, remark)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self._search()
        self._say_count(_CHOSEN[RemarkState.PINNED])

    async def _ask(self, remark: Remark, doubted: Sequence[Mention], then: Callable[[Remark], Awaitable[None]]) -> None:
        """Ask whether a word of it is a name, and go on with the remark as it is then; nothing happens without an
        answer."""

        async def go_on(choice: int | None) -> None:
            if choice is None:
                return
            try:
                answered = await asyncio.to_thread(self._bank.as_names, remark, doubted) if choice == 0 else remark
            except MarkTermError as error:
                tell(self, Failed(error))
                return
            await then(answered)

        who = ", ".join(dict.fromkeys(self._blindfold.known_as(each) for m in doubted for each in m.learners))
        title = f"{said(remark.text, doubted)} may be a name: this remark was written for {one_line(who)}."
        choices = ["It is the name: the name of this learner takes its place", "It is a word: leave it as it is"]
        await self.app.push_screen(ChoiceScreen(title, choices), go_on)

    async def retire(self) -> None:
        """Be shown the remark no more, or again."""
        await self._choose(
            lambda remark: self._bank.restore if remark.state is RemarkState.RETIRED else self._bank.retire
        )

    async def _choose(self, verb_for: Callable[[Remark], Callable[[Remark], Remark]]) -> None:
        """Record a choice on the remark under the cursor, and show what it leads to."""
        remark = (await self.caught_up()).chosen()
        if remark is None:
            return
        try:
            now = await asyncio.to_thread(verb_for(remark), remark)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        self._moved = True
        self._search()
        self._say_count(keyed(_CHOSEN[now.state], short=True))

    async def show_retired(self) -> None:
        """Show the retired remarks too, or no longer."""
        await self.caught_up()
        self._with_retired = not self._with_retired
        self._search()

    @on(LineList.Chosen)
    async def take(self) -> None:
        """Take the remark under the cursor."""
        remark = (await self.caught_up()).chosen()
        if remark is None:
            return
        if doubted := self._doubts(remark):
            await self._ask(remark, doubted, self._take)
            return
        await self._take(remark)

    async def _take(self, remark: Remark) -> None:
        self.dismiss(self._text(remark))
