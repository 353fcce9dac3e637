"""The actions: what verifiers, minutes, briefs and visits ask for, whose it is, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.shown import Place
from markterm.domain.views.caseload import CaseloadRow, hidden_in_words
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.listed_actions import (
    ACTION_FILTER,
    ListedAction,
    filter_actions,
    left_in_words,
    sort_actions,
    words_of_actions,
)
from markterm.domain.views.totals import part_shown
from markterm.domain.words.errors import MarkTermError
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, WithCommands, bindings, keyed
from markterm.tui.deciding_first import DecidingFirst
from markterm.tui.local_time import second
from markterm.tui.requests import OpenSample, ask
from markterm.tui.samples.action_list import ActionList
from markterm.tui.samples.here import told_of_actions
from markterm.tui.samples.pane import STOPS, SamplesPane
from markterm.tui.widgets.action_steps import ActionSteps
from markterm.tui.widgets.action_told import action_told
from markterm.tui.widgets.how_far import Far, stepping, telling
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList


class _Kept(NamedTuple):
    """The actions of a learner, and what they were read by."""

    row: CaseloadRow
    today: date
    all_too: bool
    actions: tuple[ListedAction, ...]

    def is_other(self, row: CaseloadRow, today: date, *, all_too: bool) -> bool:
        """Whether they are to be read again for that row."""
        return (self.today, self.all_too) != (today, all_too) or self.row != row


class Open(Command["ActionsPane"]):
    """Open the sample that the action is on."""

    id, key, label, words = "action.open", "enter", "open", "Open the sample that it is on"

    async def run(self, on: ActionsPane) -> None:
        if on.place is not None:
            await ask(on, OpenSample(*on.place))
        elif on.selected is not None:
            on.app.notify("It is on no learner's unit: there is no sample to open.", markup=False)


class Accept(Command["ActionsPane"]):
    """Accept what was done."""

    id, key, label, words = "action.accept", "a", "accept", "Accept what was done"
    records = True

    async def run(self, on: ActionsPane) -> None:
        if on.selected is not None:
            await on.steps.accept(on.selected)


class SendBack(Command["ActionsPane"]):
    """Send it back."""

    id, key, label, words = "action.again", "x", "again", "Not accepted, with what is to be done now and until when"
    records = True

    async def run(self, on: ActionsPane) -> None:
        if on.selected is not None:
            await on.steps.send_back(on.selected)


class Done(Command["ActionsPane"]):
    """Say that it is done."""

    id, key, words = "action.done", "d", "Say that an action of yours is done, in a word"
    records = True

    async def run(self, on: ActionsPane) -> None:
        if on.selected is not None:
            await on.steps.do(on.selected)


class Reassign(Command["ActionsPane"]):
    """Give it to another member."""

    id, key, label, words = "action.reassign", "r", "reassign", "Give it to another member, with a reason"
    records = True

    async def run(self, on: ActionsPane) -> None:
        if on.selected is not None:
            await on.steps.reassign(on.selected)


class Wider(Command["ActionsPane"]):
    """The same criterion by the same assessor elsewhere."""

    id, key, label, words = "action.wider", "h", "wider", "The same criterion by the same assessor, and a wider sample"

    async def run(self, on: ActionsPane) -> None:
        if on.selected is not None:
            await on.steps.wider(on.selected)


class Mine(Command["ActionsPane"]):
    """Only one's own actions, or everybody's."""

    id, key, words = "action.mine", "m", "Only what you own or set, or everybody's"

    async def run(self, on: ActionsPane) -> None:
        on.turn_mine()


class Finished(Command["ActionsPane"]):
    """Accepted actions too, or not."""

    id, key, words = "action.finished", "f", "Accepted actions too, or not"

    async def run(self, on: ActionsPane) -> None:
        on.turn_finished()


class ActionsPane(WithCommands, SamplesPane):
    """The actions that are not accepted yet, the overdue ones first; accepted ones too when they are asked for."""

    NAME = "Actions"
    PLACE = Place.ACTIONS
    FILTER_FOR = "name, registration, words, owner:asha unit:501 state:overdue state:left"
    DOES = (Open, Accept, SendBack, Reassign, Wider, Done, Mine, Finished)
    BINDINGS = bindings(*DOES)

    _list: ActionList

    def tells(self) -> tuple[type[Command[Any]], ...]:
        """What it does itself."""
        return self.DOES

    def told_here(self) -> Iterable[tuple[str, str]]:
        """What can be done with the action under the cursor."""
        return told_of_actions(self.selected, self.centre.member, mine=self._only_mine, finished=self._finished_too)

    def __init__(self, centre: Centre, blindfold: Blindfold, deciding: DecidingFirst) -> None:
        super().__init__(centre, blindfold)
        self._deciding = deciding

    def lines(self) -> Widget:
        """The actions."""
        self._list = ActionList(self.blindfold)
        self._actions: Sequence[ListedAction] = ()
        self._shown: Sequence[ListedAction] = ()
        self._kept: dict[str, _Kept] = {}
        self._wanted: tuple[str, str, str] | None = None
        self._hidden = ""
        self._of = 0
        self._only_mine = self._finished_too = self._is_known = False
        return self._list

    @property
    def steps(self) -> ActionSteps:
        """What is done with an action."""
        return ActionSteps(
            self.screen, self.centre, self.blindfold, self._recorded, decides_first=bool(self._deciding.who)
        )

    @property
    def selected(self) -> ListedAction | None:
        """The action under the cursor."""
        return self._list.selected

    @property
    def place(self) -> tuple[str, str, str] | None:
        """What the action under the cursor is about; None for one of the centre."""
        chosen = self.selected
        if chosen is None or chosen.row is None or chosen.unit is None:
            return None
        return chosen.row.registration, chosen.unit.code, chosen.action.criterion

    @property
    def told(self) -> str:
        """How many there are, whose, and whether records are hidden."""
        left = left_in_words(self._shown) if self._is_known else "reading"
        if self._is_known and self._of and not self._shown:
            left = ""  # The filter finds none: that is not that there are none.
        whose = "yours" if self._only_mine else ""
        return "   ".join(filter(None, (left, whose, self._hidden)))

    @property
    def part_shown(self) -> str:
        """How much of the list the filter leaves."""
        return part_shown(len(self._shown), self._of)

    def go_to(self, registration: str, unit_code: str, criterion: str) -> None:
        """Put the cursor on what is done there and waits to be accepted, now or as soon as it is read."""
        self._wanted = (registration, unit_code, criterion)
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        if self._wanted and self._list.go_to(*self._wanted):
            self._wanted = None
            self._say_about_selected()

    def turn_mine(self) -> None:
        """Only what whoever acts owns or set, or everybody's."""
        self._only_mine = not self._only_mine
        self._show()

    @property
    def knows(self) -> FilterWords:
        """The fields and values of its filter, with what is listed now."""
        return words_of_actions(self._actions)

    def turn_finished(self) -> None:
        """Accepted ones too, or not."""
        self._finished_too = not self._finished_too
        self.look()

    def narrow(self, text: str) -> None:
        """Show only what this filter finds."""
        super().narrow(text)
        self._show()

    @work(thread=True, exclusive=True, group="actions")
    def look(self) -> None:
        """Show what is known of everybody's rows at once, then look at every learner again; first of all at the one
        under the cursor. A record is read where its row tells of an action and is another one than before, or where
        accepted actions are wanted."""
        worker, caseload = get_current_worker(), self.centre.caseload
        try:
            chosen = self._list.selected
            if chosen is not None and chosen.row is not None:
                with suppress(MarkTermError):  # They may be gone: the look at everybody tells.
                    caseload.refresh_one(chosen.row.folder)
            self._read()
            begun = Far("looked at", 0, len(caseload.rows), "learner", stop=STOPS)
            for _ in stepping(caseload.refresh(), begun, telling(self, self.say_far)):
                if worker.is_cancelled:
                    return
            self._read()
        except MarkTermError as error:
            self.app.call_from_thread(self.say_unread, error)

    def _read(self) -> None:
        worker, centre, all_too = get_current_worker(), self.centre, self._finished_too
        rows = self.blindfold.rows(centre.caseload.rows)
        self.blindfold.learn_names()
        today, kept = centre.actions.today, self._kept
        new = [row for row in rows if row.folder not in kept or kept[row.folder].is_other(row, today, all_too=all_too)]
        every = zip(new, centre.actions.listed(new, finished_too=all_too), strict=True)
        for row, theirs in stepping(every, Far("read", 0, len(new), stop=STOPS), telling(self, self.say_far)):
            if worker.is_cancelled:
                return
            kept[row.folder] = _Kept(row, today, all_too, theirs)
        found = list(centre.centre_actions.listed(today, finished_too=all_too))
        for row in rows:
            found += kept[row.folder].actions
        actions = sort_actions(found)
        for each in actions:
            _ = each.words
        self.app.call_from_thread(self._take, actions, hidden_in_words(rows))

    def forget(self) -> None:
        """Read every record again."""
        self._kept = {}

    def _take(self, actions: Sequence[ListedAction], hidden: str) -> None:
        self._actions, self._hidden, self._is_known = actions, hidden, True
        self.say_far(None)
        self._show()

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        self.look()

    def _show(self) -> None:
        if not self.is_mounted:
            return
        member = self.centre.member
        who = member.id if member is not None else ""
        own = [each for each in self._actions if each.concerns(who)] if self._only_mine else self._actions
        self._shown, self._of = filter_actions(own, self.filtered), len(own)
        self._list.show(self._shown, self.centre.actions.today)
        self.say_nothing("" if self._shown else self._why_nothing())
        self.on_resize()
        self._go_to_wanted()
        self._say_about_selected()
        self.post_message(self.Told())

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.say_columns(self._list.header(max(self.size.width - 1, 20)))

    def _why_nothing(self) -> str:
        if not self._is_known:
            return "The records are being read."
        if self.filtered.strip():
            return ACTION_FILTER.why_nothing(
                self.filtered, keyed("No action matches this filter. {samples.clear} clears it.")
            )
        if self._only_mine and self._actions:
            return keyed("You own and set none of them. {action.mine} shows everybody's.")
        return keyed(
            "Nothing is to be done or to be accepted. A verifier sets an action where they do not agree, or on what "
            "they want done. {action.finished} shows those that were accepted."
        )

    @on(LineList.Moved)
    def _say_about_selected(self) -> None:
        chosen = self._list.selected
        if chosen is not None:
            self.say_about(Content.assemble(*self._about(chosen)))

    def _about(self, chosen: ListedAction) -> Iterator[Content]:
        yield from action_told(self.centre, chosen, partial(self._told, chosen))
        action = chosen.action
        if action.criterion and action.verification:
            yield Content.styled(keyed("\n{action.wider} looks where else the same assessor decided it"), "$primary")

    def _told(self, chosen: ListedAction, text: str) -> str:
        return text if chosen.row is None else self.blindfold.told_of(chosen.row.registration, text)

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """Open the sample: a click, as Enter does."""
        event.stop()
        await Open().run(self)

    def _recorded(self, done: str, at: datetime) -> None:
        """It is durable: say so, and look again."""
        self.screen.query_one(KeyBar).saved = f"✓ {second(at)}"
        self.app.notify(f"{done[:1].upper()}{done[1:]}.", markup=False)
        self.look()
