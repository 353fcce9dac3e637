"""What a verifier has before them: one unit of a learner, what its decisions rest on, and what was answered to them.
The commands of verifying act on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from markterm.centre.centre import Centre
from markterm.centre.drafts import DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.recorder import Recorded
from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.bodies.verifying import Sight
from markterm.domain.record.citation import Passage
from markterm.domain.record.decision import Decision
from markterm.domain.record.event import Event, Result
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED
from markterm.domain.rules.answering import Said
from markterm.domain.rules.separation import LetPass
from markterm.domain.views.deciding_first import is_undecided
from markterm.domain.views.verified import AnswerOn
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line, shortened
from markterm.tui.blindfold import Blindfold
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.deciding_first import decided_first
from markterm.tui.desk import Desk
from markterm.tui.evidence.panes import Panes
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.evidence.shown_evidence import ShownEvidence
from markterm.tui.requests import Failed, tell
from markterm.tui.settings import OwnSettings
from markterm.tui.verifying.looking import Looking
from markterm.tui.verifying.sample_list import SampleList
from markterm.tui.verifying.sample_now import SampleNow, sample_now
from markterm.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from markterm.tui.notices import TellingApp

_LONGEST_QUOTE = 300


class Sample:
    """The unit that is verified. `draw` draws what changed, once for all that changes until then; what is looked at
    counts when it `stays` that many seconds."""

    def __init__(
        self,
        screen: Screen[None],
        centre: Centre,
        blindfold: Blindfold,
        settings: OwnSettings,
        panes: Panes,
        line: ReadingLine,
        draw: Callable[[], None],
        stays: float,
    ) -> None:
        self.screen = screen
        self.centre = centre
        self.blindfold = blindfold
        self._settings = settings
        self.panes = panes
        self.draw = draw
        self._told: set[str] = set()
        self.desk = Desk(centre, self._changed, lambda words: self.notify(words, warning=True), self._recorded)
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
        self.looking = Looking(screen, lambda: self.place, self._decided, self._in_sight, self._seen, stays)
        self.unit_code = ""
        self.assignment: Assignment | None = None
        """By whose tasks the criteria are listed; None by outcome."""
        self.refused: MarkTermError | None = None
        """Why whoever acts may not verify it."""
        self.let_pass: LetPass | None = None
        """That a Lead IV lets a rule of separation be passed over."""
        self.answers_again = False
        """Whether what was finished is answered again: it was asked."""
        self.decides_first = False
        """Whether it is an independent second assessment: nothing of the assessor's is shown before the verifier has
        decided."""
        self.own: dict[tuple[str, str], Result] = {}
        """What they decided themselves, before they saw the decision: by the number of the criterion and its uid."""
        self.cited_at: tuple[CriterionPlace | None, int] = (None, 0)
        """Which citation of which criterion was gone to last, by its number."""
        self._known: tuple[LearnerPortfolio, SampleNow] | None = None

    # Where one is

    @property
    def criteria(self) -> SampleList:
        """The list of criteria."""
        assert isinstance(self.panes.criteria, SampleList)
        return self.panes.criteria

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        return self.criteria.place

    @property
    def now(self) -> SampleNow:
        """The unit as it stands; worked out once for each portfolio that is shown."""
        shown = self.desk.shown
        assert shown is not None
        if self._known is None or self._known[0] is not shown:
            self._known = (shown, sample_now(shown, self.unit_code))
        return self._known[1]

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.now.unit

    @property
    def record(self) -> UnitRecord:
        """What was recorded of it."""
        return self.now.record

    def decision_at(self, place: CriterionPlace) -> Decision | None:
        """The decision that stands there; None where there is none to answer to."""
        own = self.record.criterion(place.criterion.number)
        return own.decision if own.state in DECIDED else None

    def given_at(self, place: CriterionPlace) -> tuple[AnswerOn, ...]:
        """What was answered to it, by anybody."""
        return self.now.given.get(place.criterion.number, ())

    def own_answer(self, place: CriterionPlace) -> AnswerOn | None:
        """What whoever acts answered to it; None where they did not."""
        who = self.desk.who
        own = (each for each in self.given_at(place) if (each.answer.by or each.verification.actor) == who)
        return next(own, None)

    def is_hidden(self, place: CriterionPlace) -> bool:
        """Whether the decision there is not shown yet: whoever acts decides first."""
        if not self.decides_first:
            return False
        return is_undecided(self.record, place.criterion.number, self.given_at(place), self.desk.who, self.own)

    @property
    def hides_here(self) -> bool:
        """Whether the decision under the cursor is not shown yet."""
        return self.desk.shown is not None and (place := self.place) is not None and self.is_hidden(place)

    @property
    def hides(self) -> bool:
        """Whether any decision of it is not shown yet."""
        return (
            self.decides_first and self.desk.shown is not None and any(map(self.is_hidden, self.criteria.criteria_once))
        )

    def waits(self, place: CriterionPlace) -> bool:
        """Whether nobody answered to what stands there, or two did who differ."""
        if self.decision_at(place) is None:
            return False
        return not self.given_at(place) or place.criterion.number in self.now.contradicted

    def go_to(self, place: CriterionPlace) -> None:
        """Put the cursor there."""
        with self.screen.prevent(LineList.Moved):
            self.criteria.go_to(place.unit.code, place.criterion.number, place.task)
        self.moved()

    def go_on(self) -> bool:
        """Go to the next criterion that waits for an answer; whether there is one."""
        return self._go_on_after(self.place)

    def _go_on_after(self, place: CriterionPlace | None) -> bool:
        following = self.criteria.next_open(self.waits, place)
        if following is not None:
            self.go_to(following)
        return following is not None

    def moved(self) -> None:
        """The cursor is on another criterion."""
        self.looking.moved()
        self.draw()

    def list_by(self, assignment: Assignment | None) -> None:
        """List the criteria by the tasks of that assignment, or by outcome."""
        self.assignment = assignment
        self._changed()

    # The learner

    async def open(self, shown: LearnerPortfolio, unit_code: str, criterion: str = "") -> None:
        """Open that unit of a learner, at that criterion or the first that waits for an answer. Raises `WrongUse` when
        they are not on it."""
        self.unit_code = shown.unit(unit_code).code
        self.decides_first = self._settings.now.decide_first
        self.desk.open(shown)
        self.own = await asyncio.to_thread(self._kept)
        await self.check()
        with self.screen.prevent(LineList.Moved):
            is_there = bool(criterion) and self.criteria.go_to(self.unit_code, criterion)
            if not is_there and not self._go_on_after(None):
                self.criteria.action_to_end(-1)
        self.evidence.open()
        self.draw()

    async def check(self) -> None:
        """Learn whether whoever acts may verify it."""
        try:
            await asyncio.to_thread(
                lambda: self.centre.verification.check(self.desk.registration, self.unit_code, let_pass=self.let_pass)
            )
        except MarkTermError as error:
            self.refused = error
        else:
            self.refused = None

    async def who_changed(self) -> None:
        """Somebody else acts from now on."""
        self.let_pass, self.answers_again = None, False
        self.own = await asyncio.to_thread(self._kept)
        self.looking.begin_anew()
        await self.check()
        self._changed()

    # Deciding first

    def decided_first(self, place: CriterionPlace, result: Result) -> None:
        """Keep what whoever acts decided before they saw what stands there, which is shown from now on: on the disk
        before it is. Raises `NotSaved`."""
        decision, number = self.decision_at(place), place.criterion.number
        if decision is not None and (number, decision.uid) not in self.own:
            text = f"{decision.uid} {result}"
            self.centre.drafts.save(text, DraftKind.DECIDED_FIRST, self.desk.registration, self.unit.key, number)
            self.own[number, decision.uid] = result
        self._changed()

    def _kept(self) -> dict[tuple[str, str], Result]:
        """What was decided first and not answered yet, as it is on the disk."""
        return decided_first(self.centre, self.desk.registration, self.unit)

    def turn_deciding_first(self) -> None:
        """Have samples be independent second assessments from the next one on, or show everything at once."""
        if self._settings.now.decide_first:
            self._settings.change(replace(self._settings.now, decide_first=False))
            self.decides_first = False
            self.notify("The assessor's decisions are shown, here and in the samples that are opened next.")
            self._changed()
            return
        self._settings.change(replace(self._settings.now, decide_first=True))
        words = "From the next sample on you decide first, and then see. Here you have seen the decisions already."
        self.notify(words)

    # Answering

    def has_passages(self, place: CriterionPlace) -> bool:
        """Whether there is anything to look at for it, or that is not known yet."""
        cited = not self.is_hidden(place) and bool(self.record.criterion(place.criterion.number).citations)
        return cited or self.evidence.references is None or bool(self.evidence.references_of(place))

    def said(self, places: Iterable[CriterionPlace]) -> Said:
        """The beginning of an answer to the decisions on these criteria as they are shown: how each was looked at, and
        what was decided before it was seen. It is unfinished."""
        looked: dict[str, Sight] = {}
        own: dict[str, Result] = {}
        decisions: dict[str, str] = {}
        for place in places:
            number, decision = place.criterion.number, self.decision_at(place)
            looked[number] = Sight.SEEN if self.looking.has_looked(place) else Sight.STATED
            if decision is not None:
                decisions[number] = decision.uid
                if (number, decision.uid) in self.own:
                    own[number] = self.own[number, decision.uid]
        return Said(looked=looked, own=own, shown=decisions, unfinished=True)

    def record_answer(self, said: Said) -> Recorded:
        """Record it, to the closing or as an interim look. Raises `MarkTermError`. For a thread."""
        verification, registration, key = self.centre.verification, self.desk.registration, self.unit.key
        verb = verification.look if self.record.closing is None else verification.verify
        recorded = verb(registration, self.unit_code, said, let_pass=self.let_pass)
        for number in said.own:
            self.centre.drafts.forget(DraftKind.DECIDED_FIRST, registration, key, number)
        return recorded

    async def answer(self, said: Said) -> bool:
        """Record it, and show it when it is durable; whether it was. If not, it was said why."""
        try:
            await self.desk.record(lambda: self.record_answer(said))
        except MarkTermError as error:
            self.failed(error)
            return False
        return True

    # Telling

    def notify(self, words: str, *, warning: bool = False) -> None:
        """Say something in passing, which is true until something is recorded."""
        self._told.add(one_line(words))
        self.screen.notify(words, severity="warning" if warning else "information", markup=False)

    def _recorded(self, _: Sequence[Event]) -> None:
        """What was said before is of how it stood then."""
        cast("TellingApp", self.screen.app).tell_no_longer(self._told)
        self._told.clear()

    def failed(self, error: MarkTermError) -> None:
        """Say what was refused or went wrong."""
        tell(self.screen, Failed(error))

    def words_are_gone(self, passage: Passage, fate: str) -> None:
        """Say what the words of a citation were, which are not to be found."""
        name = one_line(self.blindfold.file(passage.file))
        words = shortened(passage.quote, _LONGEST_QUOTE)
        self.notify(f"{name} {fate}. These were the words: “{words}”", warning=True)

    # What changes

    def _changed(self) -> None:
        """The next key finds the criteria as they are now, also if it is pressed before they are drawn."""
        if self.desk.shown is not None:
            with self.screen.prevent(LineList.Moved):
                self.criteria.show_sample(self)
        self.draw()

    def _decided(self, place: CriterionPlace) -> str:
        decision = self.decision_at(place)
        return decision.uid if decision is not None else ""

    def _in_sight(self, place: CriterionPlace) -> bool:
        if not self.screen.is_active:
            return False  # A form or a question lies over it, and what was asked tells how it was looked at.
        reader = self.evidence.reader
        cited = any(
            (each.unit, each.criterion) == (place.unit.code, place.criterion.number) for each in reader.cited_in_sight
        )
        return cited or any(reader.pane.shows(each.file, each.extent) for each in self.evidence.references_of(place))

    def _seen(self) -> None:
        self.criteria.refresh()
        self.draw()
