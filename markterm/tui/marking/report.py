"""The report of a verification at the screen: its assessor reads it, says so, and says which of its actions is done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from markterm.centre.drafts import DraftKind
from markterm.domain.record.disagreement import last_report, unread_report
from markterm.domain.rules.actions import acknowledge
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.marking.report_content import report_content
from markterm.tui.marking.workplace import Workplace
from markterm.tui.marking.writing import write
from markterm.tui.widgets import modal
from markterm.tui.widgets.doing import say_done
from markterm.tui.widgets.hanging import Hanging
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.modal import Modal, Scroll, line_by_line


class Acknowledge(Command["ReportScreen"]):
    """Say that it was read; what was read already, or is not one's own work, is only left."""

    id, key, label, words = "verification.acknowledge", "enter", "read", "Say that you have read it"
    records = True

    def works(self, on: ReportScreen) -> bool:
        return on.is_to_be_read

    async def run(self, on: ReportScreen) -> None:
        await on.acknowledge()


class AcknowledgeWithAWord(Command["ReportScreen"]):
    """Say that it was read, with a word to the verifier."""

    id, key, label, words = "verification.word", "n", "with a word", "Say that you have read it, with a word"
    records = True

    def works(self, on: ReportScreen) -> bool:
        return on.is_to_be_read

    async def run(self, on: ReportScreen) -> None:
        await on.acknowledge_with_a_word()


class Done(Command["ReportScreen"]):
    """Say that an action is done."""

    id, key, label, words = "verification.done", "d", "action done", "Say that an action of yours is done, in a word"
    records = True

    def works(self, on: ReportScreen) -> bool:
        return on.has_own_actions

    async def run(self, on: ReportScreen) -> None:
        await on.say_done()


class Leave(modal.Leave):
    """Back to marking."""

    id, key, words = "verification.leave", "escape,q,enter", "Back to marking"


class ReportScreen(Modal[None]):
    """What a verifier answered to a unit and wants done about it."""

    TITLE = "Report of a verification"
    HELP = (
        "What a verifier looked at in this unit and answered, what was good and what can be developed, and what is to "
        "be done. {verification.acknowledge} says that you have read it, {verification.word} adds a word to the "
        "verifier, {verification.done} says that an action of yours is done."
    )
    DEFAULT_CSS = """
    ReportScreen > .frame { width: 96%; max-width: 140; max-height: 100%; }
    ReportScreen Scroll { height: auto; max-height: 100%; }
    """
    DOES = (Acknowledge, AcknowledgeWithAWord, Done, *line_by_line("verification"), Leave)
    BINDINGS = bindings(*DOES)

    def __init__(self, at: Workplace, place: CriterionPlace) -> None:
        super().__init__()
        self._at = at
        self._place = place
        self._unit = place.unit

    @property
    def has_own_actions(self) -> bool:
        """Whether an action on the unit is to be done by whoever acts."""
        shown, who = self._at.desk.shown, self._at.desk.who
        if shown is None:
            return False
        actions = shown.portfolio.unit(self._unit.key).after.actions
        return any(each.is_open and each.owner == who for each in actions)

    def compose(self) -> ComposeResult:
        """A title, the report, and what to press."""
        shown = self._at.desk.shown
        whose = "".join(f" · {each}" for each in self._at.blindfold.names(shown) if each) if shown is not None else ""
        title = f"{one_line(self._unit.code)}: report of the verification{whose}"
        yield from self.framed(title, Scroll(Hanging(self._content())), keys=self._keys())

    def on_mount(self) -> None:
        """The arrows scroll; what is above and below stays in sight."""
        scroll = self.query_one(Scroll)
        scroll.styles.max_height = self.lines_beside(6)
        scroll.focus()

    @property
    def is_to_be_read(self) -> bool:
        """Whether whoever acts is to say that they have read it."""
        shown, unit = self._at.desk.shown, self._unit
        if shown is None or unread_report(shown.portfolio.unit(unit.key)) is None:
            return False
        try:
            self._at.desk.try_rule(lambda act, now: acknowledge(act, unit, now))
        except MarkTermError:
            return False
        return True

    async def acknowledge(self, word: str = "") -> None:
        """Record that it was read, and leave."""
        try:
            await self._record(word)
        except MarkTermError as error:
            self._at.failed(error)
            return
        self._is_read()

    async def acknowledge_with_a_word(self) -> None:
        """Ask for the word first."""
        title = f"You have read the report on {one_line(self._unit.code)}"
        detail = "A word to the verifier: what you make of it."

        async def read() -> None:
            self._is_read()

        await write(self._at, title, detail, self._place, DraftKind.ACKNOWLEDGING, self._record, then=read)

    def _keys(self) -> str:
        """What to press."""
        keys = "{verification.leave} leaves"
        if self.has_own_actions:
            keys = "{verification.done} action done · " + keys
        if self.is_to_be_read:
            keys = "{verification.acknowledge} says you have read it · {verification.word} with a word · " + keys
        return keys

    async def say_done(self) -> None:
        """Ask which action is done, and what was done."""
        record = self._at.desk.shown.portfolio.unit(self._unit.key) if self._at.desk.shown is not None else None
        await say_done(
            self,
            self._at.centre,
            self._at.desk.registration,
            self._unit.key,
            record.after.actions if record is not None else (),
            self._at.desk.record,
            self._is_left,
        )

    async def _record(self, word: str) -> None:
        at, code = self._at, self._unit.code
        registration = at.desk.registration
        await at.desk.record(lambda: at.centre.actions.acknowledge(registration, code, word))

    def _is_read(self) -> None:
        self._at.notify(f"You have read the report on {one_line(self._unit.code)}: recorded.")
        self.dismiss(None)

    def _is_left(self) -> None:
        """What was done is recorded, or what was begun to write of it is a draft."""
        self.run_worker(self._at.look_at_drafts())
        self.query_one(Scroll).query_one(Hanging).show(self._content())
        self.query_one(KeysLine).say(self._keys())

    def _content(self) -> Content:
        shown = self._at.desk.shown
        last = last_report(shown.portfolio.unit(self._unit.key)) if shown is not None else None
        if shown is None:
            return Content()
        centre = self._at.centre
        return report_content(shown.portfolio.unit(self._unit.key), last, centre.details.name_of, centre.actions.today)
