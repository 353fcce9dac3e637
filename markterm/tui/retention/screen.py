"""What is kept of each learner until when, why, and what holds it; and destroying, in the steps of two people."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.record.bodies.retaining import What
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.views.totals import part_shown
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.requests import Failed, tell
from markterm.tui.retention.here import keys_of_retention
from markterm.tui.retention.kept_list import KeptList
from markterm.tui.retention.kept_told import holds_told, kept_told
from markterm.tui.retention.steps import RetentionSteps, whose
from markterm.tui.widgets import modal
from markterm.tui.widgets.filter_field import FilterField
from markterm.tui.widgets.fitted import Fitted
from markterm.tui.widgets.how_far import Far, say_far, stepping, telling
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.reading import ReadingScreen
from markterm.tui.widgets.shown_anew import export, look_again
from markterm.tui.widgets.text_field import settled
from markterm.tui.widgets.totals_line import TotalsLine

_STOPS = "{retention.leave} leaves"
_MOST_WHY = 4


class KeepFilter(Command["RetentionScreen"]):
    """Keep the filter."""

    id, key, label, words = "retention.keep-filter", "enter", "keep", "Keep this filter and go to the learners"
    priority = True

    def works(self, on: RetentionScreen) -> bool:
        return on.is_writing

    async def run(self, on: RetentionScreen) -> None:
        await on.keep_filter()


class Read(Command["RetentionScreen"]):
    """Read everything about the learner."""

    id, key, label, words = "retention.read", "enter", "read", "All that keeps it, with the holds"

    def works(self, on: RetentionScreen) -> bool:
        return not on.is_writing

    async def run(self, on: RetentionScreen) -> None:
        await on.read()


class Hold(Command["RetentionScreen"]):
    """Hold everything of the learner."""

    id, key, label, words = "retention.hold", "h", "hold", "Hold everything of this learner, with a reason"
    records = True

    async def run(self, on: RetentionScreen) -> None:
        if on.chosen is not None:
            await on.steps.hold(on.chosen)


class EndHold(Command["RetentionScreen"]):
    """End every hold of the learner."""

    id, key, label, words = "retention.end-hold", "e", "end hold", "End every hold of this learner, with a reason"
    records = True

    async def run(self, on: RetentionScreen) -> None:
        if on.chosen is not None:
            await on.steps.end_hold(on.chosen)


class Destroy(Command["RetentionScreen"]):
    """Destroy what may go."""

    id, key, label = "retention.destroy", "D", "destroy"
    records = True
    words = "Destroy what may go of this learner: two people do, or one twice a day apart"

    async def run(self, on: RetentionScreen) -> None:
        if on.chosen is not None:
            await on.steps.destroy(on.chosen)


class TakeBack(Command["RetentionScreen"]):
    """Mean no longer to destroy it."""

    id, key, label, words = "retention.take-back", "u", "take back", "Mean no longer to destroy anything of it"
    records = True

    async def run(self, on: RetentionScreen) -> None:
        if on.chosen is not None:
            await on.steps.take_back(on.chosen)


class Complete(Command["RetentionScreen"]):
    """Complete whatever began."""

    id, key, label = "retention.complete", "C", "complete"
    records = True
    words = "Complete whatever began to be destroyed and is not gone"

    def works(self, on: RetentionScreen) -> bool:
        return on.has_unfinished

    async def run(self, on: RetentionScreen) -> None:
        await on.steps.complete()


class OnlyDue(Command["RetentionScreen"]):
    """Only of whom something may go."""

    id, key, label, words = "retention.due", "f", "may go", "Only of whom something may go today, or everybody"

    async def run(self, on: RetentionScreen) -> None:
        on.only_due = not on.only_due
        on.show()


class Filter(Command["RetentionScreen"]):
    """Narrow the list."""

    id, key, label, words = "retention.filter", "slash", "filter", "Only some learners, by name or registration"

    async def run(self, on: RetentionScreen) -> None:
        on.write_filter()


class Clear(Command["RetentionScreen"]):
    """Clear the filter, or leave."""

    id, key, words = "retention.clear", "escape", "Clear the filter, or back to the screen"

    async def run(self, on: RetentionScreen) -> None:
        on.clear()


class Leave(modal.Leave):
    """Back to where one was; Esc clears the filter first."""

    id, key, words = "retention.leave", "q", "Back to the screen"


class _Listed(NamedTuple):
    """What is kept of a learner, what they are found by, and what of theirs may go: worked out once, and not by every
    key that narrows the list."""

    of: KeptOf
    found_by: str
    may_go: frozenset[What]


class RetentionScreen(Modal[None]):
    """Every learner, what is begun or meant to be destroyed first, then by the earliest day."""

    TITLE = "Retention"
    HELP = (
        "What is kept of each learner until when, by the rules of retention in centre.toml, and why. What is not known "
        "keeps everything, and so does what is open: a case, an action, a claim, a hold. {retention.read} tells all of "
        "it; {retention.hold} holds a learner, {retention.end-hold} ends that.\n"
        "{retention.destroy} asks what is to go, why, and for the registration. The first time it is only meant: "
        "another coordinator or verifier does the same, or you again a day later, within four weeks; "
        "{retention.take-back} takes it back. {retention.complete} goes on with what stopped on its way. "
        "{retention.due} leaves only those of whom something may go today."
    )
    DEFAULT_CSS = """
    RetentionScreen > .frame { width: 96%; max-width: 140; height: 94%; }
    RetentionScreen .columns { height: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    RetentionScreen .about { height: auto; max-height: 7; padding: 0 1; background: $surface; }
    RetentionScreen #filter, RetentionScreen #filter:focus {
        height: 1; border: none; padding: 0 1; background: $surface; display: none;
    }
    RetentionScreen #filter.-shown { display: block; }
    """
    DOES = (
        KeepFilter,
        Read,
        Hold,
        EndHold,
        Destroy,
        TakeBack,
        Complete,
        OnlyDue,
        Filter,
        export("retention", "Export what is kept of everybody until when"),
        *up_and_down("retention", "learner"),
        look_again("retention", "Read the records again", anew=False),
        Clear,
        Leave,
    )
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._every: Sequence[_Listed] = ()
        self._going: Counter[What] = Counter()
        self._reading, self._unread = "reading", "The records are being read."
        self.only_due = self.has_unfinished = False

    @property
    def to_export(self) -> OnScreen:
        """What is kept of everybody."""
        return OnScreen(Place.RETENTION)

    def compose(self) -> ComposeResult:
        """A title, the learners, what is said of the one under the cursor, and what to press."""
        about, field = Fitted(classes="about"), FilterField(placeholder="name or registration", id="filter")
        listed = Static(classes="columns"), KeptList(self._blindfold), about, TotalsLine(), field
        yield from self.framed("Kept until when", *listed, keys=self._keys(None))

    def _keys(self, of: KeptOf | None) -> str:
        member, today = self._centre.member, self._today
        return keys_of_retention(of, member, today, unfinished=self.has_unfinished, only_due=self.only_due)

    def on_mount(self) -> None:
        """Read in the background."""
        self._list.focus()
        self.watch(self.query_one("#filter", Input), "value", self.show, init=False)
        self.look()

    def on_resize(self) -> None:
        """The columns depend on the width."""
        self.call_after_refresh(self._say_columns)

    def _say_columns(self) -> None:
        self.query_one(".columns", Static).update(Content(KeptList.header(self._list.size.width - 1)), layout=False)

    @property
    def steps(self) -> RetentionSteps:
        """What is done with a learner of the list."""
        return RetentionSteps(self, self._centre, self._blindfold, self.read_again, self.look)

    @property
    def chosen(self) -> KeptOf | None:
        """The learner under the cursor."""
        return self._list.chosen

    @property
    def _list(self) -> KeptList:
        return self.query_one(KeptList)

    @property
    def _today(self) -> date:
        return local(self._centre.recorder.now()).date()

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""
        return self.focused is not None and self.focused.id == "filter"

    @work(thread=True, exclusive=True, group="retention")
    def look(self) -> None:
        """Read every learner's record, and show them when all are read; until then how far it is."""
        worker, centre, tell_far = get_current_worker(), self._centre, telling(self, self._say_far)
        try:
            begun = Far("looked at", 0, len(centre.caseload.rows), "learner", stop=_STOPS)
            for _ in stepping(centre.caseload.refresh(), begun, tell_far):
                if worker.is_cancelled:
                    return
            rows = self._blindfold.rows(centre.caseload.rows)
            self._blindfold.learn_names()
            every: list[_Listed] = []
            for each in stepping(centre.retention.of_everybody(), Far("read", 0, len(rows), stop=_STOPS), tell_far):
                if worker.is_cancelled:
                    return
                every.append(self._listed(each))
            every.sort(key=lambda each: each.of.shown_first)
            unfinished = bool(centre.retention.unfinished())
        except MarkTermError as error:
            self.app.call_from_thread(self._say_unread, error)
            return
        self.app.call_from_thread(self._take, every, unfinished)

    def _say_far(self, far: Far | None) -> None:
        say_far(self, far)

    def _say_unread(self, error: MarkTermError) -> None:
        tell(self, Failed(error))
        self._say_far(None)
        self._reading, self._unread = f"{error.title}: not read", f"{error.what} {error.next_step}"
        self._say_title(0)
        self._say_about()

    def _listed(self, of: KeptOf) -> _Listed:
        found_by = self._blindfold.alias(of.registration) or f"{of.registration} {of.name}"
        today = self._today
        return _Listed(of, found_by.casefold(), frozenset(what for what in What if of.may_go(what, today)))

    def _take(self, every: Sequence[_Listed], unfinished: bool) -> None:
        self._every, self.has_unfinished, self._reading = every, unfinished, ""
        self._say_far(None)
        self._going = Counter(what for each in every for what in each.may_go)
        self.show()
        self.refresh_bindings()

    def show(self, _: object = None) -> None:
        """Show those that are wanted."""
        if not self.is_open:
            return
        words = self.query_one("#filter", Input).value.casefold().split()
        shown = [
            each.of
            for each in self._every
            if (each.may_go or not self.only_due) and all(word in each.found_by for word in words)
        ]
        self._list.show(shown, self._today)
        self._say_title(len(shown))
        self._say_columns()
        self._say_about()

    def _say_title(self, shown: int) -> None:
        evidence, records = (self._going[what] for what in What)
        told = f"{counted(len(self._every), 'learner')}; today evidence of {evidence}, records of {records} may go"
        part = "" if self._reading else part_shown(shown, len(self._every))
        which = "of whom something may go" if self.only_due else ""
        self.query_one(TotalsLine).say((part, which, one_line(self._reading) or told))
        begun = keyed("   begun and not done: {retention.complete}") if self.has_unfinished else ""
        title = Content.styled("Kept until when", "bold $primary")
        self.say_title(Content.assemble(title, Content.styled(begun, "bold $error")))

    @on(LineList.Moved)
    def _say_about(self) -> None:
        chosen, about = self._list.chosen, Content(self._why_nothing())
        self.query_one(KeysLine).say(self._keys(chosen))
        if chosen is not None:
            about = Content("\n").join(kept_told(chosen, self._today, self._blindfold, _MOST_WHY))
        self.query_one(".about", Static).update(about)

    def _why_nothing(self) -> str:
        if self._reading:
            return one_line(self._unread)
        if not self._every:
            return "The centre has no learner yet. Each stands here with what is kept of them until when."
        if self.only_due:
            return keyed(
                "Of nobody may anything go today. The rules are those of retention in centre.toml; {retention.due} "
                "shows everybody, with what keeps it."
            )
        return keyed("Nobody is called so. {retention.clear} clears the filter.")

    async def read(self) -> None:
        """Show all that is known of the learner under the cursor."""
        of = self._list.chosen
        if of is None:
            return
        name = self._centre.details.name_of
        lines = [*kept_told(of, self._today, self._blindfold), *holds_told(of, name, self._blindfold)]
        title = one_line(f"Kept of {whose(of, self._blindfold)}")
        await self.app.push_screen(ReadingScreen(title, Content("\n").join(lines)))

    @work(exclusive=True, group="one learner")
    async def read_again(self, registration: str) -> None:
        """Show what that learner's record says now, and leave the others as they are."""
        try:
            of = await asyncio.to_thread(self._centre.retention.of, registration)
        except MarkTermError as error:
            tell(self, Failed(error))
            self.look()
            return
        again = self._listed(of)
        every = [again if each.of.registration == registration else each for each in self._every]
        self._take(every, self.has_unfinished)

    def write_filter(self) -> None:
        """Give the filter the keys."""
        field = self.query_one("#filter", Input)
        field.add_class("-shown")
        self.set_focus(field)

    async def keep_filter(self) -> None:
        """Keep the filter and go to the learners."""
        field = self.query_one("#filter", Input)
        await settled(field)
        field.set_class(bool(field.value.strip()), "-shown")
        self._list.focus()

    def clear(self) -> None:
        """Clear the filter, or leave."""
        field = self.query_one("#filter", Input)
        if not field.has_class("-shown"):
            self.dismiss(None)
            return
        field.value = ""
        field.remove_class("-shown")
        self._list.focus()
