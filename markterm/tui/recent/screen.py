"""The decisions made last, across the caseload: each can be opened, or withdrawn with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.content import Content

from markterm.centre.centre import Centre
from markterm.domain.rules.withdrawal import withdraw_decision
from markterm.domain.views.caseload import hidden_in_words
from markterm.domain.views.recent import RecentDecision
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import Command, bindings, keyed
from markterm.tui.desk import ANY_TEXT
from markterm.tui.local_time import moment
from markterm.tui.requests import Failed, OpenLearner, ask, tell
from markterm.tui.signs import decision_sign
from markterm.tui.widgets import modal
from markterm.tui.widgets.keys_line import KeysLine
from markterm.tui.widgets.line_list import LineList, Piece, fit, up_and_down
from markterm.tui.widgets.modal import Modal
from markterm.tui.widgets.writing import WritingScreen

_MOST = 200
_MOST_OF_NOTE = 500
_LOOKING = "Looking for what was decided last …"
_WHEN, _LEARNER, _WHERE, _NAME, _ACTOR = 19, 11, 15, 22, 8
_WIDE = 105
"""From so many columns on the names of the learners stand beside their registrations."""


class _Lines(LineList):
    """A line for each decision."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self.decisions: Sequence[RecentDecision] = ()
        self.names: Mapping[str, str] = {}
        """Of the learners, by registration; of whoever is marked blind there is none."""

    def show(self, decisions: Sequence[RecentDecision]) -> None:
        """Show these, with the cursor on the decision that it was on: nobody withdraws another one than they see."""
        before = self.decisions[self.cursor].decision.uid if self.decisions else ""
        uids = [each.decision.uid for each in decisions]
        self.decisions = decisions
        self.move_to(uids.index(before) if before in uids else min(self.cursor, max(len(uids) - 1, 0)))

    def line_count(self) -> int:
        return len(self.decisions)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.decisions[index]
        sign = decision_sign(each.decision)
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(moment(each.decision.at), _WHEN), "sign--quiet"
        yield fit(self._blindfold.known_as(each.registration), _LEARNER) + " ", ""
        named = _NAME if width >= _WIDE else 0
        yield fit(one_line(self.names.get(each.registration, "")), max(named - 1, 0)) + " " * bool(named), ""
        yield fit(one_line(f"{each.unit.code} {each.criterion}"), _WHERE), ""
        yield f"{sign.glyph} {sign.word:<6} ", sign.style if each.stands else "sign--quiet"
        actor = one_line(each.decision.actor)
        by = max(_ACTOR if named else 0, cell_len(actor))
        left = max(width - 2 - _WHEN - _LEARNER - 1 - named - _WHERE - 9 - by - 1, 0)
        note = self._blindfold.told_of(each.registration, each.decision.note[:_MOST_OF_NOTE])
        yield fit(actor, by) + " ", "sign--quiet"
        yield fit(one_line(f"{'' if each.stands else 'replaced since  '}{note}"), left), "sign--quiet"


class Leave(modal.Leave):
    """Back to where one was."""

    id, words = "recent.leave", "Back to the screen"


class Open(Command["RecentScreen"]):
    """Open the learner at the criterion under the cursor."""

    id, key, label, words = "recent.open", "enter", "open", "Open the learner at this criterion"

    async def run(self, on: RecentScreen) -> None:
        chosen = on.chosen
        if chosen is not None:
            await on.dismiss(None)
            await ask(on, OpenLearner(chosen.registration, (chosen.unit.code, chosen.criterion)))


class Withdraw(Command["RecentScreen"]):
    """Withdraw the decision under the cursor."""

    id, key, label, words = "recent.withdraw", "u", "withdraw", "Withdraw this decision, with a reason"
    records = True

    async def run(self, on: RecentScreen) -> None:
        if on.chosen is not None:
            await on.ask_to_withdraw(on.chosen)


class Mine(Command["RecentScreen"]):
    """Only the member's own decisions, or everybody's."""

    id, key, label, words = "recent.mine", "m", "mine", "Only your own decisions, or everybody's"

    async def run(self, on: RecentScreen) -> None:
        on.only_mine = not on.only_mine
        on.look()


def _nothing(only_own: bool) -> str:
    if only_own:
        return keyed("You have decided nothing yet. {recent.mine} shows what others decided.")
    return keyed("Nothing was decided yet. What {mark.pass} and {mark.refer} decide comes here, the last first.")


_KEYS_OF_NONE = "{recent.mine} only mine, or everybody's · {recent.leave} leaves"
_KEYS = f"{{recent.open}} opens · {{recent.withdraw}} withdraws · {_KEYS_OF_NONE}"


class RecentScreen(Modal[None]):
    """What was decided last, by anybody, or by whoever is marking."""

    TITLE = "Recent decisions"
    DEFAULT_CSS = """
    RecentScreen > .frame { width: 96%; max-width: 140; height: 90%; }
    """
    DOES = (Leave, Open, Withdraw, Mine, *up_and_down("recent", "decision"))
    BINDINGS = bindings(*DOES)

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self.only_mine = False

    def compose(self) -> ComposeResult:
        """A title, the decisions, and what to press."""
        yield from self.framed(
            "Recent decisions",
            _Lines(self._blindfold),
            keys=_KEYS_OF_NONE,
        )

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="recent")
    async def look(self) -> None:
        """Find the decisions and show them: of what the caseload knows at once, and then of all that there is by now,
        what was decided a moment ago too."""
        member, centre = self._centre.member, self._centre
        actor = member.id if self.only_mine and member is not None else ""
        self._show(await asyncio.to_thread(centre.history.recent, _MOST, actor), actor, _LOOKING)
        try:
            await asyncio.to_thread(centre.caseload.now)
        except MarkTermError as error:
            tell(self, Failed(error))
        self._show(await asyncio.to_thread(centre.history.recent, _MOST, actor), actor, _nothing(bool(actor)))

    def _show(self, found: Sequence[RecentDecision], actor: str, nothing: str) -> None:
        lines, rows = self.query_one(_Lines), self._centre.caseload.rows
        lines.names = {row.registration: row.name for row in rows if not row.alias}
        lines.show(found)
        self.query_one(KeysLine).say(_KEYS if found else _KEYS_OF_NONE)
        whose = "your own" if actor else "of everybody"
        told = f"Recent decisions, {whose}" if found else nothing
        hidden = hidden_in_words(self._centre.caseload.rows)
        pieces = [Content(told), Content.styled(f"   {hidden}" if hidden else "", "$error")]
        self.say_title(Content.assemble(*pieces))

    @property
    def chosen(self) -> RecentDecision | None:
        """The decision under the cursor."""
        lines = self.query_one(_Lines)
        return lines.decisions[lines.cursor] if lines.decisions else None

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await Open().run(self)

    async def ask_to_withdraw(self, chosen: RecentDecision) -> None:
        """Ask why, then withdraw that decision."""
        decision = chosen.decision
        try:
            await asyncio.to_thread(self._may_be_withdrawn, chosen)
        except MarkTermError as error:
            tell(self, Failed(error))
            return

        async def withdraw(reason: str) -> None:
            await asyncio.to_thread(
                self._centre.marking.withdraw_decision,
                chosen.registration,
                chosen.unit.code,
                chosen.criterion,
                decision.uid,
                reason,
            )

        whose = self._blindfold.known_as(chosen.registration)
        of = one_line(f"{whose} {chosen.unit.code} {chosen.criterion}")
        detail = f"The decision of {one_line(decision.actor)} stays in the history. Why? One word is enough."
        title = f"Withdraw the {decision.noun} of {of}"
        await self.app.push_screen(WritingScreen(title, detail, "", withdraw), self._withdrawn)

    def _may_be_withdrawn(self, chosen: RecentDecision) -> None:
        """Raises what withdrawing it would, before anybody is asked why."""
        now = self._centre.learners.portfolio(chosen.registration)
        act = self._centre.recorder.act(chosen.registration)
        unit = now.unit(chosen.unit.code)
        withdraw_decision(act, unit, now.portfolio, chosen.criterion, chosen.decision.uid, ANY_TEXT)

    def _withdrawn(self, _: bool | None) -> None:
        self.look()
