"""What an assessor has before them: a learner's criteria and evidence, what they began to write, and the round they are
in. The commands of marking act on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment, Task
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.record.citation import Citation
from markterm.domain.record.decision import Occasion
from markterm.domain.record.event import Event
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.record.standardisation import Agreed
from markterm.domain.rules.act import Act
from markterm.domain.standards.unit_mapped import MappedPair, covers_in_words
from markterm.domain.views.across import Across
from markterm.domain.views.owed import owed
from markterm.domain.views.where_to_begin import Beginning, Why
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import Desk
from markterm.tui.evidence.new_files import NewFiles
from markterm.tui.evidence.panes import Panes
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.evidence.shown_evidence import ShownEvidence
from markterm.tui.marking.beginning import said_of
from markterm.tui.marking.drafts import ShownDrafts, Texts, read_drafts
from markterm.tui.marking.round import Round
from markterm.tui.marking.sitting import Sitting
from markterm.tui.requests import Failed, LearnerOpened, tell
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from markterm.tui.notices import TellingApp


class Workplace:
    """The learner who is open, from the side of whoever marks. `draw` draws what changed, once for all that changes
    until then."""

    def __init__(
        self,
        screen: Screen[None],
        centre: Centre,
        blindfold: Blindfold,
        settings: OwnSettings,
        panes: Panes,
        line: ReadingLine,
        draw: Callable[[], None],
    ) -> None:
        self.screen = screen
        self.centre = centre
        self.blindfold = blindfold
        self.settings = settings
        self.panes = panes
        self.draw = draw
        self.sitting = Sitting()
        """What was done since the program began."""
        self._told: set[str] = set()
        self._told_in: UnitKey | None = None
        self.desk = Desk(centre, self._changed, lambda words: self.notify(words, warning=True), self._recorded)
        self.drafts = ShownDrafts(centre.drafts)
        self.evidence = ShownEvidence(
            screen,
            self.desk,
            blindfold,
            panes.reader,
            line,
            lambda: self.place,
            show=lambda: panes.show("evidence"),
            leave=panes.focus_criteria,
            draw=draw,
        )
        self.new_files = NewFiles(self.evidence, draw)
        self.assignment: Assignment | None = None
        """The assignment by whose tasks is marked; None when it is marked unit by unit."""
        self.cited_at: tuple[CriterionPlace | None, int] = (None, 0)
        """Which citation of which criterion was gone to last, by its number."""
        self.gone_to: tuple[CriterionPlace, Citation] | None = None
        """The citation whose words are looked for in the evidence."""
        self.round: Round | None = None
        """The criterion that is marked across learners; None outside a round."""
        self.across = Across()
        """How the criterion of the round was decided for others."""
        self.standardised: Mapping[UnitKey, Mapping[str, Sequence[Agreed]]] = {}
        """What was agreed of each criterion in standardisations, the newest first."""
        self.covers: Mapping[UnitKey, Mapping[str, Sequence[MappedPair]]] = {}
        """What each criterion covers of standards, where it is mapped and that was read."""

    # Where one is

    @property
    def criteria(self) -> CriteriaList:
        """The list of criteria."""
        return self.panes.criteria

    @property
    def reader(self) -> EvidenceReader:
        """The evidence."""
        return self.panes.reader

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        return self.criteria.place

    def occasion(self, place: CriterionPlace) -> Occasion | None:
        """The task in which that criterion is decided, when it is marked by task."""
        if self.assignment is None or place.task is None:
            return None
        return Occasion(self.assignment.code, place.task.number)

    def go_to(self, unit_code: str, number: str | None, task: Task | None = None) -> bool:
        """Put the cursor on that criterion, or on the unit's first one; whether there is one."""
        # Followed here and now: a message would come after the next picture, and cost a second one.
        with self.screen.prevent(LineList.Moved):
            found = self.criteria.go_to(unit_code, number, task)
        if found:
            self.moved()
        return found

    def moved(self) -> None:
        """The cursor is on another criterion: draw it, with its evidence for whoever wants that."""
        if self._told and self._told_in != self._unit_here:
            self._tell_no_longer()  # A key that was named does something else here.
        self.draw()
        if self.settings.now.evidence_follows:
            self.evidence.follow()

    def next_open(self, after: CriterionPlace | None, *, stay: bool = False) -> CriterionPlace | None:
        """The next open criterion: in the unit or task of `after` first, then in the others unless `stay`."""
        return self.criteria.next_open(self.desk.is_open, after, stay=stay)

    def go_to_open(self, after: CriterionPlace | None) -> bool:
        """Go to the next open criterion after that one; whether there is one."""
        following = self.next_open(after)
        return following is not None and self.go_to_place(following)

    def go_to_place(self, place: CriterionPlace) -> bool:
        """Put the cursor on that place of the list; whether it is there."""
        return self.go_to(place.unit.code, place.criterion.number, place.task)

    def go_to_unit(self, code: str) -> bool:
        """Go to what waits for whoever marks in that unit, or to its first criterion; whether the learner is on it."""
        begin = self.beginning((code,))
        return begin is not None and begin.unit == code and self.go_to(code, begin.criterion)

    def step_unit(self, step: int) -> bool:
        """Go to the unit or the task so many further, at the first that is open in it, or that came back or has an
        action, or else at its first criterion; whether there is another one."""
        group = self.criteria.group_beside(self.place, step)
        if not group:
            return False
        following = next(filter(self.desk.is_open, group), None) or next(filter(self._is_owed, group), group[0])
        return self.go_to_place(following)

    def _is_owed(self, place: CriterionPlace) -> bool:
        """Whether somebody has to do something about that criterion since a verifier looked at it."""
        assert self.desk.shown is not None
        return any(
            each.criterion == place.criterion.number for each in owed(self.desk.shown.portfolio.unit(place.unit.key))
        )

    def mark_by(self, assignment: Assignment | None) -> None:
        """Mark by the tasks of that assignment, or unit by unit."""
        self.assignment = assignment
        self._changed()

    def _changed(self) -> None:
        """The next key finds the criteria as they are now, also if it is pressed before they are drawn."""
        if self.desk.shown is not None:
            with self.screen.prevent(LineList.Moved):
                self.show_criteria()
        self.draw()

    def show_criteria(self) -> None:
        """Show the criteria as they are now."""
        if self.desk.shown is not None:
            today = self.centre.actions.today
            self.criteria.show(self.desk.shown, self.assignment, self.drafts.drafted, today)

    # Telling

    def notify(self, words: str, *, title: str = "", warning: bool = False) -> None:
        """Say something in passing, which is true until something is recorded, and of the unit that is marked."""
        self._told.add(one_line(words))
        self._told_in = self._unit_here
        self.screen.notify(words, title=title, severity="warning" if warning else "information", markup=False)

    def _recorded(self, events: Sequence[Event]) -> None:
        """What was said before is of how it stood then."""
        self._tell_no_longer()
        self.sitting.take(events)

    def _tell_no_longer(self) -> None:
        cast("TellingApp", self.screen.app).tell_no_longer(self._told)
        self._told.clear()

    @property
    def _unit_here(self) -> UnitKey | None:
        return self.place.unit.key if self.place is not None else None

    def failed(self, error: MarkTermError) -> None:
        """Say what was refused or went wrong."""
        tell(self.screen, Failed(error))

    def allows(self, rule: Callable[[Act, Portfolio], object]) -> bool:
        """Whether the rules let whoever marks do it; if not, they are told. `rule` as for `Desk.try_rule`."""
        try:
            self.desk.try_rule(rule)
        except MarkTermError as error:
            self.failed(error)
            return False
        return True

    # The learner

    async def open(
        self,
        shown: LearnerPortfolio,
        at: tuple[str, str | None] | None = None,
        *,
        units: Collection[str] = (),
        in_round: Round | None = None,
    ) -> None:
        """Open a learner at the criterion `at`; without its number, or without all of it, at what waits for whoever
        marks in that unit, or in those of the codes `units`, or in all. A round ends by it, or goes on `in_round`."""
        texts, self.standardised = await asyncio.to_thread(self._read_beside, shown)
        self.drafts.open(shown.learner.registration, texts)
        self.round = in_round
        self.assignment = None
        self.desk.open(shown)
        with self.screen.prevent(LineList.Moved):
            if at is None or at[1] is None or not self.criteria.go_to(*at):
                self._begin(at, units)
        self.evidence.open(before_all=in_round is not None)
        self.new_files.open()
        self.draw()
        # Nobody waits for the sheets of standards to mark.
        self.screen.run_worker(self._look_at_standards(shown), "look_at_standards", group="standards", exclusive=True)

    async def _look_at_standards(self, shown: LearnerPortfolio) -> None:
        """Read what the criteria cover, and show it where there is something."""
        covers = await asyncio.to_thread(lambda: {unit.key: self.centre.mappings.covers(unit) for unit in shown.units})
        if covers != self.covers and self.desk.registration == shown.learner.registration:
            self.covers = covers
            if any(covers.values()):
                self.draw()

    def _begin(self, at: tuple[str, str | None] | None, units: Collection[str]) -> None:
        """Go to where whoever marks begins with the learner at the desk, and say why, or that they are not on `at`."""
        named = units if at is None else (at[0],)
        begin = self.beginning(named)
        if begin is None or not self.criteria.go_to(begin.unit, begin.criterion or None):
            self.criteria.action_to_end(-1)
        if at is not None and (at[1] is not None or begin is None or begin.unit != at[0]):
            assert self.desk.shown is not None
            where = " ".join(filter(None, at))
            self.notify(f"{self.blindfold.names(self.desk.shown)[0]} is not on {one_line(where)}.")
        elif at is None and begin is not None and (said := self.said_of(begin)):
            self.notify(said)

    def said_of(self, begin: Beginning) -> str:
        """Why one begins there, in a sentence; empty where the screen shows it."""
        shown = self.desk.shown
        unit = next((each for each in shown.units if each.code == begin.unit), None) if shown is not None else None
        return said_of(begin, is_declared=unit is None or self.is_declared(unit))

    def is_declared(self, unit: Unit) -> bool:
        """Whether a declaration of the learner covers the present attempt at that unit, so that it can be closed."""
        return self.desk.shown is not None and self.desk.shown.portfolio.declared(unit.key) is not None

    def came_back(self, place: CriterionPlace) -> str:
        """The number of another criterion of the same unit that came back to whoever marks; empty where none did."""
        begin = self.beginning((place.unit.code,))
        is_another = begin is not None and begin.why is Why.CAME_BACK and begin.criterion != place.criterion.number
        return begin.criterion if begin is not None and is_another else ""

    def beginning(self, units: Collection[str] = ()) -> Beginning | None:
        """What waits for whoever marks, among the units of these codes if the learner is on such; None without a
        unit."""
        shown = self.desk.shown
        if shown is None:
            return None
        new_for = self.centre.caseload.new_for(shown.learner.registration)
        return shown.beginning(self.centre.details.policy_for(shown.learner), self.centre.member, units, new_for)

    def _read_beside(self, shown: LearnerPortfolio) -> tuple[Texts, Mapping[UnitKey, Mapping[str, Sequence[Agreed]]]]:
        """The drafts on a learner, and what was agreed of the criteria of their units."""
        agreed = self.centre.standardisation.agreed(unit.key for unit in shown.units)
        return read_drafts(self.centre.drafts, shown), agreed

    def agreed_on(self, place: CriterionPlace | None) -> Sequence[Agreed]:
        """What was agreed of that criterion in standardisations, the newest first."""
        return self.standardised.get(place.unit.key, {}).get(place.criterion.number, ()) if place is not None else ()

    def covered_by(self, place: CriterionPlace | None) -> str:
        """What that criterion covers of standards, in a line; empty where it is mapped to nothing."""
        pairs = self.covers.get(place.unit.key, {}).get(place.criterion.number, ()) if place is not None else ()
        return covers_in_words(pairs)

    async def who_changed(self) -> None:
        """Somebody else marks from now on: their own drafts are shown, and what they may do."""
        await self.look_at_drafts()
        self.screen.refresh_bindings()

    async def look_at_drafts(self) -> None:
        """Show the drafts as they are on the disk now."""
        shown = self.desk.shown
        if shown is not None:
            texts = await asyncio.to_thread(read_drafts, self.centre.drafts, shown)
            self.drafts.open(shown.learner.registration, texts)
            self.draw()

    # The round

    async def begin_round(self, unit: Unit, criterion: Criterion, across: Across, learner: str) -> bool:
        """Open that learner at the criterion, and go on from there to those who wait; whether they could be opened."""
        self.across = across
        queue = tuple(stand.registration for stand in across.waiting)
        return await self.open_in_round(Round(unit, criterion, queue, learner))

    async def open_in_round(self, following: Round, *, waiting: bool = False) -> bool:
        """Open the round's learner, unless only one who is still waiting is wanted; whether they were opened."""
        try:
            shown = await asyncio.to_thread(self.centre.learners.portfolio, following.learner)
        except MarkTermError as error:
            self.failed(error)
            return False
        unit, number = following.unit, following.criterion.number
        if waiting and not (any(each.key == unit.key for each in shown.units) and shown.waits(unit.key, number)):
            return False
        await self.open(shown, (unit.code, number), in_round=following)
        tell(self.screen, LearnerOpened(following.learner))
        return True

    async def step_round(self, step: int = 1) -> None:
        """Open the next learner who still waits, or the one before."""
        now = self.round
        if now is None:
            return
        for registration in now.following(step):
            if await self.open_in_round(replace(now, learner=registration), waiting=True):
                return
        self.notify(f"No other learner waits for {one_line(now.unit.code)} {now.criterion.number}.")

    def end_round(self) -> None:
        """Mark this learner alone again."""
        self.round = None
        self.draw()

    def take_across(self, across: Across) -> None:
        """More is known of how the criterion was decided for others."""
        self.across = across
        if self.round is not None:
            self.draw()

    def following(self, caseload: Sequence[str]) -> Sequence[str]:
        """The learners who come after the one who is open: in the round, or in the caseload as it is shown."""
        if self.round is not None:
            return self.round.following(1)
        open_now = self.desk.registration
        return caseload[caseload.index(open_now) + 1 :] if open_now in caseload else ()

    def take_references(self, found: ReadingLine.ReferencesFound) -> None:
        """Show where the learner refers to which criterion."""
        if self.evidence.take_references(found):
            self.draw()
