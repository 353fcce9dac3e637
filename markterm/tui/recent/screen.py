"""The decisions made last, across the caseload: each can be opened, or withdrawn with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from markterm.centre.centre import Centre
from markterm.domain.caseload import hidden_in_words
from markterm.domain.errors import MarkTermError
from markterm.domain.foreign_text import one_line
from markterm.domain.recent import RecentDecision
from markterm.domain.withdrawal import withdraw_decision
from markterm.tui.blindfold import Blindfold
from markterm.tui.local_time import moment
from markterm.tui.marking.recording import ANY_TEXT
from markterm.tui.requests import Failed, OpenLearner, ask, tell
from markterm.tui.signs import RESULT_SIGNS
from markterm.tui.widgets.dialogs import WritingScreen
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.modal import Modal

_MOST = 200
_MOST_OF_NOTE = 500
_WHEN, _LEARNER, _WHERE = 19, 11, 15


class _Lines(LineList):
    """A line for each decision."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self.decisions: Sequence[RecentDecision] = ()

    def line_count(self) -> int:
        return len(self.decisions)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        each = self.decisions[index]
        sign = RESULT_SIGNS[each.decision.result]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(moment(each.decision.at), _WHEN), "sign--quiet"
        yield fit(self._blindfold.known_as(each.registration), _LEARNER) + " ", ""
        yield fit(one_line(f"{each.unit.code} {each.criterion}"), _WHERE), ""
        yield f"{sign.glyph} {sign.word:<6} ", sign.style if each.stands else "sign--quiet"
        left = max(width - 2 - _WHEN - _LEARNER - 1 - _WHERE - 9, 0)
        note = self._blindfold.told_of(each.registration, each.decision.note[:_MOST_OF_NOTE])
        words = one_line(f"{each.decision.actor}{'' if each.stands else ', replaced since'}  {note}")
        yield fit(words, left), "sign--quiet"


class RecentScreen(Modal[None]):
    """What was decided last, by anybody, or by whoever is marking."""

    TITLE = "Recent decisions"
    DEFAULT_CSS = """
    RecentScreen > .frame { width: 96%; max-width: 130; height: 90%; }
    """
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding("escape,q", "dismiss(None)", "leave", id="recent.leave", tooltip="Back to the screen"),
        Binding("enter", "open", "open", id="recent.open", tooltip="Open the learner at this criterion"),
        Binding("u", "withdraw", "withdraw", id="recent.withdraw", tooltip="Withdraw this decision, with a reason"),
        Binding("m", "mine", "mine", id="recent.mine", tooltip="Only your own decisions, or everybody's"),
        Binding("j", "move(1)", "down", show=False, id="recent.down", tooltip="Next decision"),
        Binding("k", "move(-1)", "up", show=False, id="recent.up", tooltip="Decision before"),
    ]

    def __init__(self, centre: Centre, blindfold: Blindfold) -> None:
        super().__init__()
        self._centre = centre
        self._blindfold = blindfold
        self._only_mine = False

    def compose(self) -> ComposeResult:
        """A title, the decisions, and what to press."""
        yield from self.framed(
            "Recent decisions",
            _Lines(self._blindfold),
            keys="Enter opens · u withdraws · m only mine, or everybody's · Esc leaves",
        )

    def on_mount(self) -> None:
        """Look in the background."""
        self.query_one(_Lines).focus()
        self.look()

    @work(exclusive=True, group="recent")
    async def look(self) -> None:
        """Find the decisions and show them."""
        member = self._centre.member
        actor = member.id if self._only_mine and member is not None else ""
        found = await asyncio.to_thread(self._centre.history.recent, _MOST, actor)
        lines = self.query_one(_Lines)
        lines.decisions = found
        lines.lines_changed()
        whose = "your own" if actor else "of everybody"
        told = f"Recent decisions, {whose}" if found else f"No decision, {whose}, has been made yet"
        hidden = hidden_in_words(self._centre.caseload.rows)
        pieces = [Content(told), Content.styled(f"   {hidden}" if hidden else "", "$error")]
        self.say_title(Content.assemble(*pieces))

    def action_move(self, step: int) -> None:
        """Move as the arrows do."""
        self.query_one(_Lines).action_move(step)

    def action_mine(self) -> None:
        """Only the member's own decisions, or everybody's."""
        self._only_mine = not self._only_mine
        self.look()

    @property
    def _chosen(self) -> RecentDecision | None:
        lines = self.query_one(_Lines)
        return lines.decisions[lines.cursor] if lines.decisions else None

    @on(LineList.Chosen)
    async def open_chosen(self, event: LineList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        await self.action_open()

    async def action_open(self) -> None:
        """Open the learner at the criterion under the cursor."""
        chosen = self._chosen
        if chosen is not None:
            await self.dismiss(None)
            await ask(self, OpenLearner(chosen.registration, (chosen.unit.code, chosen.criterion)))

    async def action_withdraw(self) -> None:
        """Ask why, then withdraw the decision under the cursor."""
        chosen = self._chosen
        if chosen is None:
            return
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
        title = f"Withdraw the {decision.result} of {of}"
        await self.app.push_screen(WritingScreen(title, detail, "", withdraw), self._withdrawn)

    def _may_be_withdrawn(self, chosen: RecentDecision) -> None:
        """Raises what withdrawing it would, before anybody is asked why."""
        recorder = self._centre.recorder
        now, act = recorder.learners.portfolio(chosen.registration), recorder.act(chosen.registration)
        unit = now.unit(chosen.unit.code)
        withdraw_decision(act, unit, now.portfolio, chosen.criterion, chosen.decision.uid, ANY_TEXT)

    def _withdrawn(self, _: bool | None) -> None:
        self.look()
