"""The visits of external quality assurers: their reports, what they sign off, and whether what they ask for is done."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.record.visits import Visit
from markterm.domain.rules.visiting import who_records
from markterm.domain.views.listed_actions import ListedAction, left_in_words
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import clean, one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.local_time import date_told, moment
from markterm.tui.requests import Failed, tell
from markterm.tui.visits.forms import action_form, visit_form
from markterm.tui.visits.here import keys_of_visits
from markterm.tui.visits.visit_list import VisitList
from markterm.tui.widgets import modal
from markterm.tui.widgets.action_steps import ActionSteps
from markterm.tui.widgets.action_told import action_told
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.totals_line import TotalsLine
from markterm.tui.widgets.writing import WritingScreen

_ALL_STEPS = 1000


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "visits.leave", "Back to the screen"


class Read(Command["VisitsScreen"]):
    """Read all of it."""

    id, key, label, words = "visits.read", "enter", "read", "All that was recorded of the visit or the action"

    async def run(self, on: VisitsScreen) -> None:
        await on.read()


class Lists(Command["VisitsScreen"]):
    """Read the lists of visits."""

    id, key, label = "visits.lists", "l", "lists"
    words = "Whom external quality assurers picked and opened on their visits, and who was on a list"

    async def run(self, on: VisitsScreen) -> None:
        await on.read_lists()


class New(Command["VisitsScreen"]):
    """Record a visit."""

    id, key, label, words = "visits.new", "n", "new", "Record a visit and its report"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.record_visit()


class AskFor(Command["VisitsScreen"]):
    """Record what the visit asks for."""

    id, key, label, words = "visits.ask", "s", "set", "Set an action: what this visit asks for, by whom until when"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.record_action()


class Done(Command["VisitsScreen"]):
    """Say that it is done."""

    id, key, label, words = "visits.done", "d", "done", "Say that an action of yours is done, with what shows it"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.with_action(on.steps.do)


class Accept(Command["VisitsScreen"]):
    """Accept what was done."""

    id, key, label, words = "visits.accept", "a", "accept", "Accepted: how the awarding organisation said so"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.with_action(on.steps.accept)


class SendBack(Command["VisitsScreen"]):
    """Send it back."""

    id, key, label, words = "visits.again", "x", "again", "Not accepted, with what is to be done now and until when"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.with_action(on.steps.send_back)


class Reassign(Command["VisitsScreen"]):
    """Give it to another member."""

    id, key, label, words = "visits.reassign", "r", "reassign", "Give the action to another member, with a reason"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.with_action(on.steps.reassign)


class Drop(Command["VisitsScreen"]):
    """It was recorded by mistake."""

    id, key, label, words = "visits.drop", "u", "drop", "The visit was recorded by mistake, and why"
    records = True

    async def run(self, on: VisitsScreen) -> None:
        await on.drop()


class VisitsScreen(Modal[None]):
    """Every visit, the latest first, with what it asks for below it."""

    TITLE = "Visits"
    HELP = (
        "Visits of external quality assurers, and what they ask for. The coordinator or a verifier records a visit "
        "with {visits.new}, of its report name and hash, and each thing that it asks for with {visits.ask}: by whom "
        "until when, and whether claims or retention wait for it. Its owner says what was done with {visits.done}; a "
        "verifier says with {visits.accept} how the awarding organisation accepted it, or sets it again with "
        "{visits.again}. {visits.reassign} gives it to another member. {visits.drop} says that a visit was recorded "
        "by mistake; it stays in the record. {visits.lists} tells whom an external quality assurer picked and "
        "opened on the days on which they read here, and who was only on a list or in a report."
    )
    DEFAULT_CSS = """
    VisitsScreen > .frame { width: 96%; max-width: 140; height: 94%; }
    VisitsScreen .about { height: auto; max-height: 6; padding: 0 1; background: $surface; }
    """
    DOES = (
        Leave,
        Read,
        Lists,
        New,
        AskFor,
        Done,
        Accept,
        SendBack,
        Reassign,
        Drop,
        export("visits", "Export visits and what they ask for"),
        *up_and_down("visits", "line"),
        look_again("visits", "Read the centre's record again", anew=False),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._is_known = False

    @property
    def to_export(self) -> OnScreen:
        """All visits."""
        return OnScreen(Place.VISITS)

    def compose(self) -> ComposeResult:
        """A title, the visits, what is said of the one under the cursor, and what to press."""
        yield from self.framed(
            "Visits",
            VisitList(),
            Fitted(classes="about"),
            TotalsLine(),
            keys=keys_of_visits(None, self._centre.member),
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self.look()

    @property
    def _list(self) -> VisitList:
        return self.query_one(VisitList)

    @property
    def steps(self) -> ActionSteps:
        """What is done with an action."""
        return ActionSteps(self, self._centre, self._blindfold, self._recorded, decides_first=False)

    @work(exclusive=True, group="visits")
    async def look(self, wanted: str = "") -> None:
        """Read the centre's record and show what it says, with the cursor on the visit of the uid `wanted`."""
        try:
            visits, actions = await asyncio.to_thread(self._read)
        except MarkTermError as error:
            self.say_title(Content.styled(one_line(f"{error.title}. {error.what}"), "$error"))
            return
        self._is_known = True
        self._list.show(visits, actions)
        if wanted:
            self._list.go_to(wanted)
        every = [each for own in actions.values() for each in own]
        left = [each for each in every if not each.is_finished]
        asked = f"asked for: {left_in_words(left)}" if left else "nothing asked for is open"
        told = f"{counted(len(visits), 'visit')}; {asked}"
        self.query_one(TotalsLine).say((told if visits else "none yet",))
        self._say_about()

    def _read(self) -> tuple[Sequence[Visit], Mapping[str, Sequence[ListedAction]]]:
        centre = self._centre
        visits = list(reversed(centre.visits.every()))
        of = {asked.uid: visit.uid for visit in visits for asked in visit.asked}
        whose = {each.uid: of[each.set_by] for each in centre.centre_actions.every() if each.set_by in of}
        actions: defaultdict[str, list[ListedAction]] = defaultdict(list)
        for each in centre.centre_actions.listed(centre.actions.today, finished_too=True):
            if each.action.uid in whose:
                actions[whose[each.action.uid]].append(each)
        return visits, actions

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self._list.chosen
        action = chosen[1] if chosen is not None else None
        self.query_one(KeysLine).say(keys_of_visits(action, self._centre.member, is_visit=chosen is not None))
        content = Content("The centre's record is being read.")
        if chosen is not None and chosen[1] is not None:
            content = Content.assemble(*action_told(self._centre, chosen[1]))
        elif chosen is not None:
            content = Content("\n").join(self._about(chosen[0]))
        elif self._is_known:
            content = Content(
                keyed(
                    "No visit was recorded yet. The coordinator or a verifier records one with {visits.new}: its day, "
                    "the report, the rating and what it signs off. What it asks for stands below it."
                )
            )
        self.query_one(".about", Static).update(content)

    def _about(self, visit: Visit) -> list[Content]:
        said, name = visit.said, self._centre.details.name_of
        report = f"{said.report}, SHA-256 {said.sha256}" if said.report else ""
        facts = (
            ("scope", said.scope),
            ("signs off what was closed by then", ", ".join(said.signed_off)),
            ("report", report),
        )
        told = [Content(one_line(f"{visit.short}: {visit.in_words}, recorded by {name(visit.actor, visit.at)}"))]
        told += [Content(one_line(f"{what}: {fact}")) for what, fact in facts if fact]
        if said.text.strip():
            told.append(Content.styled(clean(said.text).text, "$quiet"))
        return told

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show all that was recorded of what is under the cursor."""
        chosen = self._list.chosen
        if chosen is None:
            return
        visit, action = chosen
        content = Content("\n").join(self._about(visit))
        if action is not None:
            content = Content.assemble(*action_told(self._centre, action, steps=_ALL_STEPS))
        await self.app.push_screen(ReadingScreen(one_line(f"Visit of {visit.in_words}"), content))

    async def read_lists(self) -> None:
        """Show whom external quality assurers picked and opened, and who was on a list."""
        try:
            every = await asyncio.to_thread(self._centre.visit_lists.every)
        except MarkTermError as error:
            tell(self, Failed(error))
            return
        names = {row.registration: self._blindfold.who(row) for row in self._centre.caseload.rows}
        name_of = self._centre.details.name_of
        lines = [line for told in every for line in told.in_lines(name_of, names, date_told, moment)]
        content = Content("\n").join(Content(line) for line in lines or ("Nobody was picked or looked at yet.",))
        await self.app.push_screen(ReadingScreen("Lists of visits", content))

    async def record_visit(self) -> None:
        """Ask for a visit."""
        if self._may():
            await self.app.push_screen(visit_form(self._centre, self._saved))

    async def record_action(self) -> None:
        """Ask for what the visit under the cursor wants."""
        chosen = self._list.chosen
        if chosen is None:
            self.notify(keyed("There is no visit yet: {visits.new} records one."), markup=False)
        elif self._may():
            await self.app.push_screen(action_form(self._centre, chosen[0], self._saved))

    async def drop(self) -> None:
        """Ask why the visit was no such thing."""
        chosen = self._list.chosen
        if chosen is None or not self._may():
            return
        visit = chosen[0]

        async def save(text: str) -> None:
            await asyncio.to_thread(self._centre.visits.drop, visit.uid, text)

        def left(saved: bool | None) -> None:
            if saved:
                self.look()

        detail = "It signs off nothing then, and asks for nothing; it stays in the record. Why?"
        await self.app.push_screen(
            WritingScreen(one_line(f"Drop the visit of {visit.in_words}"), detail, "", save), left
        )

    async def with_action(self, step: Callable[[ListedAction], Awaitable[None]]) -> None:
        """Do that with the action under the cursor."""
        chosen = self._list.chosen
        if chosen is None or chosen[1] is None:
            self.notify(keyed("That is for an action, a line below a visit: {visits.ask} sets one."), markup=False)
            return
        await step(chosen[1])

    def _may(self) -> bool:
        """Whether whoever acts records visits; where not, they are told before anything is asked."""
        try:
            who_records(self._centre.recorder.act(""))
        except MarkTermError as error:
            tell(self, Failed(error))
            return False
        return True

    def _saved(self, visit: Visit) -> None:
        self.look(visit.uid)

    def _recorded(self, done: str, _: datetime) -> None:
        self.notify(f"{done[:1].upper()}{done[1:]}.", markup=False)
        self.look()
