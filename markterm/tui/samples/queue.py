"""The queue: what waits for the verifier, in the whole caseload."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.shown import Place
from markterm.domain.assessed.member import Role
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.views.deciding_first import WHY_LATER
from markterm.domain.views.due import Step
from markterm.domain.views.filter_words import FilterWords
from markterm.domain.views.queue import (
    QUEUE_FILTER,
    Queued,
    QueueOrder,
    Whose,
    filter_queue,
    left_in_words,
    sort_queue,
    words_of_queue,
)
from markterm.domain.views.totals import part_shown
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, keyed
from markterm.tui.deciding_first import DecidingFirst
from markterm.tui.local_time import date_told
from markterm.tui.requests import OpenSample, ask
from markterm.tui.samples.here import told_of_queue
from markterm.tui.samples.pane import STOPS, SamplesPane
from markterm.tui.samples.queue_list import QueueList
from markterm.tui.widgets.how_far import Far, stepping, telling
from markterm.tui.widgets.line_list import LineList

_LONGEST = 400


class QueuePane(SamplesPane):
    """What waits for the verifier: theirs first, then anybody's, by the day by which it is due."""

    NAME = "Queue"
    PLACE = Place.QUEUE
    FILTER_FOR = "name, registration, unit:501 assessor:asha verifier:ines waiting:verify"

    @dataclass
    class ActionWanted(Message):
        """What is done there, and waits to be accepted, is to be shown among the actions."""

        registration: str
        unit_code: str
        criterion: str

    _list: QueueList

    def __init__(self, centre: Centre, blindfold: Blindfold, deciding: DecidingFirst) -> None:
        super().__init__(centre, blindfold)
        self._deciding = deciding
        self._decides_first = deciding.who

    def tells(self) -> tuple[type[Command[Any]], ...]:
        """What the list does."""
        return QueueList.DOES

    def told_here(self) -> Iterable[tuple[str, str]]:
        """What can be done with the step under the cursor."""
        first = bool(self._deciding.who)
        return told_of_queue(
            self._list.selected, others=self._others, with_others=self._list.with_others, decides_first=first
        )

    def lines(self) -> Widget:
        """The steps that wait."""
        self._list = QueueList(self._why)
        self._queued: Sequence[Queued] = ()
        self._shown: Sequence[Queued] = ()
        self._order = QueueOrder.DUE
        self._hidden = ""
        self._others = self._of = 0
        self._is_known = False
        self._stays = False
        return self._list

    @property
    def told(self) -> str:
        """How much is left, and whether records are hidden."""
        left = left_in_words(self._shown, self.centre.verification.today) if self._is_known else "reading"
        if self._is_known and self._of and not self._shown:
            left = ""  # The filter finds nothing: that is not that there is nothing to do.
        first = "you decide first" if self._is_known and self._deciding.who else ""
        return "   ".join(filter(None, (left, first, self._hidden)))

    @property
    def part_shown(self) -> str:
        """How much of what is to be listed the filter leaves."""
        return part_shown(len(self._shown), self._of)

    @property
    def place(self) -> tuple[str, str, str] | None:
        """What the step under the cursor is about."""
        chosen = self._list.selected
        return (chosen.row.registration, chosen.unit.code, chosen.step.criterion) if chosen is not None else None

    @property
    def order(self) -> str:
        """What it is sorted by."""
        return self._order.value

    def sort_next(self) -> None:
        """Sort by the next order."""
        orders = list(QueueOrder)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show()

    def narrow(self, text: str) -> None:
        """Show only what this filter finds."""
        super().narrow(text)
        self._show()

    @work(thread=True, exclusive=True, group="queue")
    def look(self) -> None:
        """Show what is known of everybody's rows at once, then look at every learner again: what was opened from here
        first."""
        worker, caseload = get_current_worker(), self.centre.caseload
        try:
            if (chosen := self._list.selected) is not None:
                with suppress(MarkTermError):  # They may be gone: the look at everybody tells.
                    caseload.refresh_one(chosen.row.folder)
            self._read()
            begun = Far("looked at", 0, len(self.centre.folder.learner_folders()), "learner", stop=STOPS)
            for _ in stepping(caseload.refresh(), begun, telling(self, self.say_far)):
                if worker.is_cancelled:
                    return
            self._read()
            self.app.call_from_thread(self._looked_at_everybody)
        except MarkTermError as error:
            self.app.call_from_thread(self.say_unread, error)

    def _looked_at_everybody(self) -> None:
        self._stays = True
        self.say_far(None)

    def _read(self) -> None:
        # All that sorting and filtering look at is worked out here: no key waits for it.
        rows = self.centre.caseload.rows
        queued = self.centre.verification.queue(self.blindfold.rows(rows))
        self.blindfold.learn_names()
        for each in queued:
            _ = each.words, each.row.place
        self.app.call_from_thread(self._take, queued, hidden_in_words(rows))

    def _take(self, queued: Sequence[Queued], hidden: str) -> None:
        self._is_known = True
        first = self._deciding.who
        if (queued, hidden, first) != (self._queued, self._hidden, self._decides_first) or not queued:
            self._queued, self._hidden, self._decides_first = queued, hidden, first
            self._others = sum(each.whose is Whose.OTHERS for each in queued)
            self._show()

    @property
    def knows(self) -> FilterWords:
        """The fields and values of its filter, with what is listed now."""
        return words_of_queue(self._queued)

    def in_order(self, queued: Sequence[Queued]) -> Sequence[Queued]:
        """Those of them that the filter finds, in the order in which they are listed."""
        return sort_queue(filter_queue(queued, self.filtered), self._order)

    @on(QueueList.DecideFirstTurned)
    def _turn_deciding_first(self) -> None:
        first = self._deciding.turn()
        told = "You decide first, and then see, in the samples that are opened next."
        self.app.notify(told if first else "The assessor's decisions are shown in the samples that are opened next.")
        self._decides_first = self._deciding.who
        self._show()

    def draw_anew(self) -> None:
        """Show the same learners by name, or without."""
        self.look()

    @on(QueueList.OthersTurned)
    def _show(self) -> None:
        if not self.is_mounted:
            return
        own = self._queued if self._list.with_others else [e for e in self._queued if e.whose is not Whose.OTHERS]
        self._shown, self._of = self.in_order(own), len(own)
        # Until everybody was looked at, what comes first may be found last: the cursor waits for it at the top.
        self._list.show(self._shown, self.centre.verification.today, from_top=not self._stays)
        self.say_nothing("" if self._shown else self._why_nothing())
        self.say_columns(self._list.header(max(self.size.width - 1, 20)))
        self._say_about_selected()
        self.post_message(self.Told())

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.say_columns(self._list.header(max(self.size.width - 1, 20)))

    def _why_nothing(self) -> str:
        if not self._is_known:
            return "The records are being read."
        if self.filtered.strip():
            return QUEUE_FILTER.why_nothing(
                self.filtered, keyed("Nothing in the queue matches this filter. {samples.clear} clears it.")
            )
        member, others = self.centre.member, len(self._queued)
        told = keyed("{app.who} says who you are.") if member is None else "Nothing waits for you to verify."
        if member is not None and Role.VERIFIER not in member.roles:
            told = f"{one_line(member.name)} is no verifier here: nothing can wait for them."
        plan = keyed(
            "What is in the sampling plan comes here once the plan is adopted and the unit closed, and so does every "
            "resubmission; an interim look as soon as something is decided. {samples.next-list} goes to the plan."
        )
        more = (
            keyed(f"{others:,} wait for others, or are not yours to take: {{queue.others}} shows them.")
            if others
            else ""
        )
        return "\n\n".join(filter(None, (told, more, plan)))

    def _why(self, queued: Queued) -> str:
        """Why it is to be done, in one line; not to whoever decides first: it may tell what was decided."""
        if queued.step.step is not Step.ACCEPT and self._deciding.who:
            return WHY_LATER
        return one_line(self.blindfold.told_of(queued.row.registration, queued.step.in_short[:_LONGEST]))

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._stays = True
        self._say_about_selected()

    def _say_about_selected(self) -> None:
        chosen = self._list.selected
        if chosen is None:
            return
        row, step = chosen.row, chosen.step
        given = self.centre.details.name_of(step.verifier) if step.verifier else ""
        whose = (
            "you"
            if chosen.whose is Whose.YOURS
            else f"{given}, who verifies here no more"
            if chosen.has_left
            else given or "anybody"
        )
        who = row.alias or f"{row.registration} {row.name}"
        due = f", due {date_told(step.due)}" if step.due is not None else ""
        by = f", by {self.centre.details.name_of(step.assessor)}" if step.assessor else ""
        bar = f"   ! {chosen.why_not}" if chosen.why_not else ""
        head = one_line(f"{who}  {chosen.unit.code}, attempt {step.attempt}{by}; for {whose}{due}")
        why = self._why(chosen)
        self.say_about(
            Content.assemble(head, Content.styled(bar, "$error"), "\n", Content.styled(why or "–", "$quiet"))
        )

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """Open the sample, or go to the action that is to be accepted: Enter, or a click."""
        event.stop()
        chosen = self._list.selected
        if chosen is None:
            return
        registration, unit, step = chosen.row.registration, chosen.unit.code, chosen.step
        if step.step is Step.ACCEPT:
            self.post_message(self.ActionWanted(registration, unit, step.criterion))
        else:
            await ask(self, OpenSample(registration, unit))
