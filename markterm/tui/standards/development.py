"""Somebody beside a role: where they have gaps, what they say of themselves, and what they plan to learn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.development import Developing, Person
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.record.self_ratings import Change, SelfRating, change
from markterm.domain.standards.gap import Gap, StatementGap, in_sentences
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import clean, one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.local_time import date_told
from markterm.tui.standards.development_forms import correction_form, done_form, plan_form, rating_form
from markterm.tui.standards.gap_list import GapList, lines_of
from markterm.tui.standards.sheets_read import read_behind
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal, Shape
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.totals_line import TotalsLine, first_to_know

_READING = "The records and the sheets are being read."
_NONE = (
    "There is nothing to be measured by yet: published standards are taken in where the standards are shown, and role "
    "profiles are made there."
)
_NOBODY = "Nobody is here to be shown: the centre has no members in centre.toml. A learner is shown from the caseload."


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "development.leave", "Back to the screen"


class Read(Command["DevelopmentScreen"]):
    """All of the statement under the cursor."""

    id, key, label = "development.read", "enter", "read"
    words = "The statement, everything that they said of it, and what is planned"

    async def run(self, on: DevelopmentScreen) -> None:
        await on.read()


class Gaps(Command["DevelopmentScreen"]):
    """Only the gaps, or all of it again."""

    id, key, label, words = "development.gaps", "f", "only", "Only the gaps, and all of it again"

    async def run(self, on: DevelopmentScreen) -> None:
        on.turn_gaps()


class Which(Command["DevelopmentScreen"]):
    """Beside another role."""

    id, key, label, words = "development.what", "s", "beside", "Beside another profile, standard or suite"

    async def run(self, on: DevelopmentScreen) -> None:
        await on.choose_what()


class Whose(Command["DevelopmentScreen"]):
    """Of somebody else."""

    id, key, label, words = "development.whose", "w", "whose", "Of a member of staff, or of the learner again"

    async def run(self, on: DevelopmentScreen) -> None:
        await on.choose_person()


class Rate(Command["DevelopmentScreen"]):
    """What they say of themselves."""

    id, key, label, words = "development.rate", "t", "told", "Record what they say of themselves on this statement"
    records = True

    async def run(self, on: DevelopmentScreen) -> None:
        await on.rate()


class Correct(Command["DevelopmentScreen"]):
    """What was recorded wrongly."""

    id, key, label, words = "development.correct", "c", "correct", "Put right what was recorded of this statement"
    records = True

    async def run(self, on: DevelopmentScreen) -> None:
        await on.correct()


class Plan(Command["DevelopmentScreen"]):
    """An item of their CPD plan."""

    id, key, label, words = "development.plan", "n", "plan", "Plan CPD for this statement"
    records = True

    async def run(self, on: DevelopmentScreen) -> None:
        await on.plan()


class Done(Command["DevelopmentScreen"]):
    """What they did."""

    id, key, label, words = "development.done", "d", "done", "Record that the CPD planned for this statement is done"
    records = True

    async def run(self, on: DevelopmentScreen) -> None:
        await on.done()


@dataclass(frozen=True)
class _Read:
    """What is shown: somebody beside what they are measured by."""

    told: Developing
    gap: Gap


class DevelopmentScreen(Modal[None]):
    """A learner or a member of staff beside a profile, standard or suite."""

    TITLE = "Development"
    HELP = (
        "Somebody beside a role: a statement a line. Of a learner a gap is what no passed criterion evidences in full; "
        "✓ is none, ◐ part of one, ✗ a gap. What they say of themselves stands beside it, and closes none. Of a member "
        "of staff nobody decides: a gap is what they rate below enough, and · what they have not rated.\n"
        "{development.rate} records what they say, {development.plan} plans CPD for the statement, {development.done} "
        "records that it is done. {development.read} reads all that was said of a statement, with every change. "
        "{development.gaps} shows only the gaps, {development.what} measures by something else, {development.whose} "
        "shows somebody else, {development.export} exports what is shown. {development.correct} puts right what "
        "was recorded wrongly of what they said."
    )
    SHAPE = Shape.WHOLE
    DEFAULT_CSS = """
    DevelopmentScreen .about { height: 6; padding: 0 1; background: $surface; }
    """
    DOES = (
        Leave,
        Read,
        Gaps,
        Which,
        Whose,
        Rate,
        Correct,
        Plan,
        Done,
        export("development", "Export it as a document"),
        *up_and_down("development", "statement"),
        look_again("development", "Read the records and the sheets again"),
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold, learner: str = "", what: str = "") -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._learner = learner
        self._person = f"learner:{learner}" if learner else self._first_member
        self._what = what
        self._found: _Read | None = None
        self._only_gaps = False
        self._nothing = _READING

    @property
    def to_export(self) -> OnScreen:
        """What is shown, for an export."""
        return OnScreen(Place.DEVELOPMENT, answers={"person": self._person, "what": self._what})

    @property
    def _first_member(self) -> str:
        """Who acts, else the first of the members; empty in a centre that has none."""
        member = self._centre.member or next(iter(self._centre.details.members), None)
        return f"member:{member.id}" if member is not None else ""

    def compose(self) -> ComposeResult:
        """A title, the statements, the one under the cursor, what it comes to, and what to press."""
        yield from self.framed(
            "Development",
            GapList(),
            Fitted(classes="about"),
            TotalsLine(),
            keys="{development.gaps} only gaps · {development.what} beside · {development.whose} whose · "
            "{development.rate} told · {development.plan} plan · {development.done} done · {development.leave} leaves",
        )

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self._say_about()
        self.look()

    @property
    def _list(self) -> GapList:
        return self.query_one(GapList)

    @work(exclusive=True, group="development")
    async def look(self, *, anew: bool = False) -> None:
        """Read the records and the sheets, and show what they come to."""
        await read_behind(self, self._centre, self._read_all, self._take, anew=anew)

    def _take(self, found: _Read | None) -> None:
        self._found = found
        self._nothing = _NONE if self._person else _NOBODY
        self._show()

    def _read_all(self) -> _Read | None:
        self._what = self._what or next(iter(self._centre.profiles.titles()), "")
        if not self._what or not self._person:
            return None
        person = self._centre.development.person(self._person)
        return _Read(self._centre.development.of(person), self._centre.development.beside(person, self._what))

    def _show(self) -> None:
        found = self._found
        if found is not None:
            self._list.show(lines_of(found.gap, only_gaps=self._only_gaps))
            wanted = found.gap.wanted
            counts = ", ".join(f"{number} {state}" for state, number in found.gap.counts.items())
            self.say_title(Content(f"{self._who(found.told.person)}  beside {one_line(wanted.code)}: {counts}"))
            overdue = len(found.told.cpd.overdue(self._centre.development.today))
            self.query_one(TotalsLine).say(
                (
                    "only gaps" if self._only_gaps else "",
                    f"! {counted(overdue, 'item')} of CPD overdue" if overdue else "",
                    f"{counted(len(found.gap.not_planned), 'gap')} in no CPD plan" if found.gap.not_planned else "",
                    first_to_know(in_sentences(found.gap)),
                )
            )
        self._say_about()

    def _who(self, person: Person) -> str:
        alias = "" if person.of_staff else self._blindfold.alias(person.id)
        return alias or one_line(f"{person.name}  {person.id}")

    def _said_by(self, rating: SelfRating) -> str:
        """Who said it, for a line; nobody while learners are not named."""
        person = self._found.told.person if self._found is not None else None
        hidden = person is not None and not person.of_staff and self._blindfold.alias(person.id)
        return "" if hidden else f"{rating.said.said_by}, "

    def turn_gaps(self) -> None:
        """Show only the gaps, or all of it."""
        self._only_gaps = not self._only_gaps
        self._show()

    async def choose_what(self) -> None:
        """Have a profile, standard or suite chosen."""
        titles = await asyncio.to_thread(self._centre.profiles.titles)
        if not titles:
            self.notify(_NONE, markup=False)
            return
        codes = list(titles)

        def take(choice: int | None) -> None:
            if choice is not None:
                self._what = codes[choice]
                self.look()

        words = [one_line(f"{code} {title}") for code, title in titles.items()]
        current = codes.index(self._what) if self._what in codes else 0
        await self.app.push_screen(ChoiceScreen("Beside what?", words, current), take)

    async def choose_person(self) -> None:
        """Have a member of staff chosen, or the learner that one came from."""
        people = {f"member:{each.id}": one_line(f"{each.id} {each.name}") for each in self._centre.details.members}
        if self._learner:
            alias = self._blindfold.alias(self._learner)
            people = {f"learner:{self._learner}": alias or one_line(self._learner), **people}
        names = list(people)
        if not names:
            self.app.notify("The centre has no members: the coordinator enters them in centre.toml.", markup=False)
            return

        def take(choice: int | None) -> None:
            if choice is not None:
                self._person = names[choice]
                self.look()

        current = names.index(self._person) if self._person in names else 0
        await self.app.push_screen(ChoiceScreen("Whose?", list(people.values()), current), take)

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen = self._list.chosen
        if chosen is not None:
            told = Content("\n").join(self._told(chosen, whole=False))
        elif self._found is not None and self._only_gaps and not self._found.gap.gaps:
            told = Content(keyed("There is no gap. {development.gaps} shows all of it again."))
        else:
            told = Content(self._nothing)
        self.query_one(".about", Static).update(told, layout=False)

    @on(LineList.Chosen)
    async def read_chosen(self, event: LineList.Chosen) -> None:
        """A click reads, as Enter does."""
        event.stop()
        await self.read()

    async def read(self) -> None:
        """Show all of the statement under the cursor."""
        chosen = self._list.chosen
        if chosen is not None:
            known = in_sentences(self._found.gap) if self._found is not None else ()
            told = (Content.styled(f"! {each}", "$warning") for each in known)
            lines = Content("\n").join((*told, *self._told(chosen, whole=True)))
            await self.app.push_screen(ReadingScreen(one_line(str(chosen.link)), lines))

    async def rate(self) -> None:
        """Ask for what they say of themselves on the statement under the cursor."""
        if (at := self._at_hand()) is not None:
            person, chosen = at
            title = one_line(f"{self._who(person)} on {chosen.link}")
            await self.app.push_screen(rating_form(self._centre, person, chosen.link, title, self.look))

    async def correct(self) -> None:
        """Ask what is put right of what they said of themselves on the statement under the cursor."""
        if (at := self._at_hand()) is None:
            return
        person, chosen = at
        if not chosen.said:
            self.notify(keyed("They said nothing of it yet: {development.rate} records it."), markup=False)
            return

        async def choose(which: int | None) -> None:
            if which is not None:
                title = one_line(f"{self._who(person)} on {chosen.link}")
                await self.app.push_screen(correction_form(self._centre, person, ratings[which], title, self.look))

        ratings = tuple(reversed(chosen.said))
        if len(ratings) == 1:
            await choose(0)
        else:
            lines = [one_line(f"{date_told(each.on)}  {each.rating}") for each in ratings]
            await self.app.push_screen(ChoiceScreen("Which is put right?", lines), choose)

    async def plan(self) -> None:
        """Ask for an item of their CPD plan for the statement under the cursor."""
        if (at := self._at_hand()) is not None:
            person, chosen = at
            title = one_line(f"{self._who(person)}: CPD for {chosen.link}")
            await self.app.push_screen(plan_form(self._centre, person, chosen.link, title, self.look))

    async def done(self) -> None:
        """Ask what was done of what is planned for the statement under the cursor."""
        if (at := self._at_hand()) is None:
            return
        person, chosen = at
        planned = next((each for each in chosen.items if each.is_planned), None)
        if planned is None:
            self.notify(keyed("Nothing is planned for it: {development.plan} plans it."), markup=False)
            return
        title = one_line(f"{self._who(person)}: {planned.said.what}")
        await self.app.push_screen(done_form(self._centre, person, planned, title, self.look))

    def _at_hand(self) -> tuple[Person, StatementGap] | None:
        chosen, found = self._list.chosen, self._found
        return (found.told.person, chosen) if chosen is not None and found is not None else None

    def _told(self, each: StatementGap, *, whole: bool) -> Iterator[Content]:
        state = Content.styled(each.state.value, "bold")
        text = each.statement.text if each.statement is not None else "The centre has no such statement any more."
        yield Content.assemble(state, "  ", Content(one_line(f"{each.link} {text}")))
        if each.evidenced is not None:
            by = [f"{one.unit.code} {one.criterion.number}" for one in each.evidenced.by if one.counts]
            yield Content(one_line(f"Assessors: {each.evidenced.state}{': ' if by else ''}{', '.join(by)}"))
        if each.differs:
            yield Content.styled(each.differs, "$warning")
        changes = list(zip(each.said, (None, *each.said), strict=False))
        for rating, before in changes if whole else changes[-1:]:
            yield from self._rating(rating, before, whole=whole)
        for item in each.items:
            by_when = f", by {date_told(item.said.by)}" if item.said.by is not None else ""
            overdue = "! overdue" if item.is_overdue(self._centre.development.today) else item.state.value
            yield Content(one_line(f"CPD {overdue}{by_when}: {item.said.what}. {item.said.how}"))

    def _rating(self, now: SelfRating, before: SelfRating | None, *, whole: bool) -> Iterator[Content]:
        how = change(now, before)
        told = f", {how}" if how is not Change.FIRST else ""
        by = self._said_by(now)
        yield Content(one_line(f"Says {now.rating} on {date_told(now.on)}{told}; {by}{now.said.how}"))
        if now.example:
            example = clean(now.example).text if whole else one_line(now.example)
            yield Content.assemble("  ", Content.styled(example, "$quiet"))
        if whole and now.why:
            yield Content(one_line(f"  corrected: {now.why}"))
