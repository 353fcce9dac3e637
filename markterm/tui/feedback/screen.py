"""Feedback to the learner before it goes: read through, with advice beside it, changed if need be, and released."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Unit
from markterm.domain.words.errors import MarkTermError
from markterm.tui.command import Command, WithCommands, bindings, keyed
from markterm.tui.evidence.drawn_page import DrawnPage
from markterm.tui.evidence.reading_page import show_sheet
from markterm.tui.feedback.editing import THROW_AWAY, EditingScreen, Left
from markterm.tui.feedback.told import Edited, advice_of, state, state_of, what
from markterm.tui.requests import Failed, tell
from markterm.tui.widgets.choice import ChoiceScreen, YesRelease
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from markterm.centre.feedback import DrawnUp
    from markterm.domain.record.after_closing import Release
    from markterm.tui.requests import RecordEach

NOTHING_IS_SENT = "That is recorded, and nothing is sent: you hand it over yourself."


class _Advice(TextPane):
    """The advice."""

    def __init__(self) -> None:
        super().__init__(id="advice")
        self._content = Content()

    def show(self, content: Content) -> None:
        """Show this from its start."""
        self._content = content
        self.changed()

    def content(self, width: int) -> Content:  # noqa: ARG002 - the same for every width
        """The text."""
        return self._content


class ReleaseIt(Command["FeedbackScreen"]):
    """Record that it goes to the learner; what went for an earlier attempt is only read."""

    id, key, label = "feedback.release", "y", "release"
    records = True
    words = "Record that it goes to the learner, after a question"

    def works(self, on: FeedbackScreen) -> bool:
        return not on.earlier

    def is_offered(self, on: FeedbackScreen) -> bool:
        return on.may_release and on.is_new

    async def run(self, on: FeedbackScreen) -> None:
        await on.release()


class Edit(Command["FeedbackScreen"]):
    """Change the text; what is typed is kept with every key."""

    id, key, label, words = "feedback.edit", "enter", "edit", "Change the text before it goes"
    records = True

    def works(self, on: FeedbackScreen) -> bool:
        return not on.earlier

    def is_offered(self, on: FeedbackScreen) -> bool:
        return on.may_release

    async def run(self, on: FeedbackScreen) -> None:
        await on.edit()


class Earlier(Command["FeedbackScreen"]):
    """Show what went to the learner for an earlier attempt."""

    id, key, label = "feedback.earlier", "left_square_bracket", "earlier attempt"
    words = "What went to the learner for the attempt before"

    def works(self, on: FeedbackScreen) -> bool:
        return on.earlier < on.attempts_before

    async def run(self, on: FeedbackScreen) -> None:
        on.look_back(1)


class Later(Command["FeedbackScreen"]):
    """Go back to the attempt after it."""

    id, key, label, words = "feedback.later", "right_square_bracket", "later attempt", "Back to the attempt after it"

    def works(self, on: FeedbackScreen) -> bool:
        return on.earlier > 0

    async def run(self, on: FeedbackScreen) -> None:
        on.look_back(-1)


class Switch(Command["FeedbackScreen"]):
    """The feedback on the unit, or on the next assignment that it is part of."""

    id, key, label, words = "feedback.switch", "a", "unit/assignment", "On the unit, or on the assignment"

    def works(self, on: FeedbackScreen) -> bool:
        return len(on.names) > 1

    async def run(self, on: FeedbackScreen) -> None:
        await on.switch()


class BeginAnew(Command["FeedbackScreen"]):
    """Leave what was edited, after a question."""

    id, key, label = "feedback.anew", "R", "begin anew"
    records = True
    words = "Leave what was edited, and go back to the text that the record gives"

    def works(self, on: FeedbackScreen) -> bool:
        return not on.earlier and bool(on.kept)

    async def run(self, on: FeedbackScreen) -> None:
        await on.begin_anew()


class Source(Command["FeedbackScreen"]):
    """The text as it is written, with its marks, or drawn again."""

    id, key, label = "feedback.source", "s", "source"
    words = "The text as it is written, with its marks, or drawn again"

    async def run(self, on: FeedbackScreen) -> None:
        on.text.switch()


class Sheet(Command["FeedbackScreen"]):
    """The completed sheet of what the feedback is on."""

    id, key, label, words = "feedback.sheet", "m", "sheet", "The completed mark sheet, as it would be printed"

    async def run(self, on: FeedbackScreen) -> None:
        await on.show_sheet()


class OtherPane(Command["FeedbackScreen"]):
    """Give the keys to the advice, or back to the text."""

    id, key, words = "feedback.pane", "tab", "The text, or the advice"

    async def run(self, on: FeedbackScreen) -> None:
        on.change_pane()


class LineDown(Command["FeedbackScreen"]):
    """A line down."""

    id, key, words = "feedback.down", "j,down", "Line down"

    async def run(self, on: FeedbackScreen) -> None:
        on.scroll_text(1)


class LineUp(Command["FeedbackScreen"]):
    """A line up."""

    id, key, words = "feedback.up", "k,up", "Line up"

    async def run(self, on: FeedbackScreen) -> None:
        on.scroll_text(-1)


class Leave(Command["FeedbackScreen"]):
    """Go back to marking."""

    id, key, label, words = "feedback.leave", "escape,q", "leave", "Back to marking"

    async def run(self, on: FeedbackScreen) -> None:
        await on.action_dismiss(None)


class FeedbackScreen(WithCommands, Screen[None]):
    """The feedback on a unit, or on an assignment that it is part of. Nothing goes without a question."""

    TITLE = "Feedback"
    HELP = (
        "This is what goes to the learner. {feedback.edit} changes the text, which is written as Markdown; what is "
        "typed is kept until it goes. {feedback.source} shows it as it is written, {feedback.sheet} the mark sheet.\n"
        "Advice never stops anybody. {feedback.release} releases it after a question; what holds it is said above.\n"
        "{feedback.earlier} and {feedback.later} show what went to the learner for an earlier attempt."
    )
    DEFAULT_CSS = """
    FeedbackScreen { background: $background; color: $foreground; }
    FeedbackScreen > #what {
        height: 1; padding: 0 1; background: $panel; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    FeedbackScreen > #state { height: auto; max-height: 40%; padding: 0 1; }
    FeedbackScreen > Container { height: 1fr; layout: vertical; }
    FeedbackScreen #advice { height: 5; border-top: solid $quiet; }
    FeedbackScreen #advice.-none { display: none; }
    FeedbackScreen.-wide > Container { layout: horizontal; }
    FeedbackScreen.-wide #advice { width: 44; height: 1fr; border-top: none; border-left: solid $quiet; }
    FeedbackScreen.-short #advice { height: 3; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012  # as Textual declares it
    DOES = (ReleaseIt, Edit, Earlier, Later, Switch, BeginAnew, Leave, Source, Sheet, OtherPane, LineDown, LineUp)
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, draft: DrawnUp, unit: Unit, record_each: RecordEach) -> None:
        super().__init__()
        self._centre = centre
        self._draft = draft
        self._unit = unit
        self._record_each = record_each
        self.earlier = 0
        """How many attempts back is looked at; 0 is this one."""
        self._left = Left((0, 0))

    def compose(self) -> ComposeResult:
        """What it is about, whether it went or may go, the text with the advice beside it, and the keys."""
        yield Static(id="what")
        yield Static(id="state")
        with Container():
            yield DrawnPage(id="text")
            yield _Advice()
        yield NoticeRow()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to read at once."""
        self._show()
        self.set_focus(self.text)

    @property
    def text(self) -> DrawnPage:
        """Where the text stands."""
        return self.query_one(DrawnPage)

    @property
    def may_release(self) -> bool:
        """Whether whoever acts could send it, or has not said yet who they are: assessors do, and the coordinator."""
        member = self._centre.member
        return member is None or not member.roles.isdisjoint({Role.ASSESSOR, Role.COORDINATOR})

    @property
    def is_new(self) -> bool:
        """Whether this text did not go to the learner yet."""
        return self._draft.released is None or bool(self.kept)

    @property
    def to_export(self) -> OnScreen:
        """The unit or assignment that it is about."""
        feedback, learner = self._draft.feedback, self._draft.shown.learner
        return OnScreen(Place.FEEDBACK, (learner.registration,), unit=self._unit.code, assignment=feedback.assignment)

    @property
    def kept(self) -> str:
        """What was edited of it and not released."""
        return self._centre.feedback.kept(self._draft)

    @property
    def _edited(self) -> Edited:
        if not self.kept:
            return Edited.NOT
        return Edited.BEFORE_A_CHANGE if self._centre.feedback.is_stale(self._draft) else Edited.SINCE

    def _show(self, line: int = 0) -> None:
        """Show it all as it stands now, with that line of the text at the top."""
        draft, went = self._draft, self._went_before
        self.query_one("#what", Static).update(Content(what(draft)), layout=False)
        self.query_one("#state", Static).update(
            state(draft, self._edited, may_release=self.may_release) if went is None else state_of(went)
        )
        self.text.show_text(draft.printed(self.kept) if went is None else went.text, line)
        advice = self.query_one(_Advice)
        advice.set_class(not draft.advice, "-none")
        advice.show(advice_of(draft))
        self.refresh_bindings()

    @property
    def _went_before(self) -> Release | None:
        """What went to the learner for the earlier attempt that is looked at."""
        return self._draft.earlier[-self.earlier] if self.earlier else None

    # Reading

    def scroll_text(self, lines: int) -> None:
        """Move the text, or the advice, by a line."""
        advice = self.query_one(_Advice)
        if advice.has_focus:
            advice.action_lines(lines)
        else:
            self.text.scroll_lines(lines)

    def change_pane(self) -> None:
        """Give the keys to the advice, or back to the text."""
        advice = self.query_one(_Advice)
        self.set_focus(advice if self._draft.advice and not advice.has_focus else self.text)

    async def show_sheet(self) -> None:
        """Show the completed sheet of the unit, or the combined one of the assignment."""
        registration, assignment = self._draft.shown.learner.registration, self._draft.feedback.assignment
        await show_sheet(self, self._centre, registration, self._unit.code, assignment)

    @property
    def attempts_before(self) -> int:
        """For how many earlier attempts something went to the learner."""
        return len(self._draft.earlier)

    def look_back(self, step: int) -> None:
        """Show what went to the learner for an earlier attempt, or a later one."""
        self.earlier = min(max(self.earlier + step, 0), self.attempts_before)
        self._show()

    @property
    def names(self) -> list[str]:
        """The unit, and the learner's assignments that it is part of."""
        return [self._unit.code, *(a.code for a in self._draft.shown.assignments if self._unit.code in a.units)]

    async def switch(self) -> None:
        """The feedback on the unit, or on the next assignment that it is part of."""
        names = self.names
        at = names.index(self._draft.feedback.code) if self._draft.feedback.code in names else 0
        await self._read(names[(at + 1) % len(names)])

    async def _read(self, name: str) -> None:
        """Draw up the feedback of that name as the record gives it now, and show it."""
        registration = self._draft.shown.learner.registration
        try:
            self._draft = await asyncio.to_thread(drawn_up, self._centre, registration, name)
        except MarkTermError as error:
            tell(self, Failed(error))
        self.earlier = 0
        self._show()

    # Editing

    async def edit(self) -> None:
        """Change the text; what is typed is kept with every key. It begins where it was left, if that is in sight,
        else with what is read."""
        draft, page = self._draft, self.text
        text = self.kept or draft.latest
        # What is printed says first that it is a draft: that is nobody's to change.
        before = max(page.text.count("\n") - text.count("\n"), 0)
        line, column = self._left.at
        if line + before not in page.lines_in_sight:
            line, column = max(page.top_line - before, 0), 0

        async def left(how: Left | None) -> None:
            self._left = how or Left((0, 0))
            if how is None:
                await self._read(draft.feedback.code)
                return
            self._show(page.top_line)
            # That it was edited is said above, and may take a line of the text's.
            self.call_after_refresh(page.see_line, how.at[0] + before)

        feedback = self._centre.feedback
        screen = EditingScreen(
            what(draft),
            text,
            advice_of(draft),
            lambda now: feedback.keep(draft, now),
            lambda: feedback.forget(draft),
            self._left._replace(at=(line, column)),
        )
        await self.app.push_screen(screen, left)

    async def begin_anew(self) -> None:
        """Leave what was edited, after a question."""

        async def forget(choice: int | None) -> None:
            if choice == 1:
                self._centre.feedback.forget(self._draft)
                await self._read(self._draft.feedback.code)

        await self.app.push_screen(ChoiceScreen(THROW_AWAY, ["No, keep it", "Yes, throw it away"]), forget)

    # Releasing

    async def release(self) -> None:
        """Release it, after a question that says to whom and of what."""
        draft, kept = self._draft, self.kept
        text = kept or draft.latest
        if draft.refusal is not None:
            tell(self, Failed(draft.refusal))
            return
        if not self.is_new:
            self.app.notify(keyed("It was released already. {feedback.edit} changes the text."), markup=False)
            return

        try:
            # Every learner of the centre is looked for in it.
            doubts = await asyncio.to_thread(self._centre.feedback.doubts, draft, text)
        except MarkTermError as error:
            tell(self, Failed(error))
            return

        async def send(choice: int | None) -> None:
            if choice != 1:
                return
            try:
                await self._record_each(lambda: self._centre.feedback.release(draft, text, anyway=True))
            except MarkTermError as error:
                tell(self, Failed(error))
            else:
                self._centre.feedback.forget(draft)
            await self._read(draft.feedback.code)

        edited = "the edited text" if kept else "this text"
        again = " It replaces what was released before." if draft.released is not None else ""
        doubted = "".join(f"{doubt} " for doubt in doubts)
        title = f"{doubted}Release {edited} to {what(draft)}?{again} {NOTHING_IS_SENT}"
        yes = "Yes, release it all the same" if doubts else "Yes, release it"
        # What is doubted is never let go by pressing on.
        asked = ChoiceScreen(title, ["No, not yet", yes], yes=None if doubts else YesRelease)
        await self.app.push_screen(asked, send)


def drawn_up(centre: Centre, registration: str, name: str) -> DrawnUp:
    """The feedback of that name with its advice: for a thread."""
    draft = centre.feedback.draft(registration, name)
    _ = draft.advice  # Looked for here, and not while the screen is drawn.
    return draft
