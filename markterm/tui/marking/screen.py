"""Marking: the criteria, the evidence, and the criterion with its descriptors, on one screen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assignment import Task
from markterm.domain.decision import DECIDED
from markterm.domain.foreign_text import one_line
from markterm.domain.portfolio import UnitRecord, UnitState, unit_state
from markterm.domain.unit import UnitKey, short_codes
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.marking.history import history_content, matrix_content
from markterm.tui.marking.keys import MARKING_KEYS
from markterm.tui.marking.referring import ReferringScreen
from markterm.tui.requests import ShowFeedback, ask
from markterm.tui.signs import UNIT_SIGNS
from markterm.tui.widgets.criteria_list import CriteriaList, CriterionPlace
from markterm.tui.widgets.criterion_detail import CriterionDetail
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.line_list import LineList
from markterm.tui.widgets.reading import ReadingScreen

_PANES = ("criteria", "evidence", "criterion")


class MarkingScreen(ReferringScreen):
    """One learner: p passes, r refers, and the evidence is beside it."""

    TITLE = "Marking"
    HELP = (
        "p passes the criterion under the cursor, r refers it and asks for the note; both move to the next open one.\n"
        "Every mark is in the record, on the disk, before the screen shows it: there is nothing to save.\n"
        "n writes a note: on an open criterion it waits for the decision, on a decided one it is recorded with it.\n"
        "u withdraws the last decision, and again the one before. F closes the unit with its outcome, or reopens it.\n"
        "e goes to where the learner refers to the criterion, J and K put the bar on a passage, c cites it; Enter\n"
        "goes from the criterion to what it cites and back. t marks by the tasks of the learner's assignment.\n"
        "S submits what the learner handed in, with their declaration; after a referral it begins the next attempt,\n"
        "and d shows what changed. When the unit is closed, f reads the feedback and releases it to the learner.\n"
        "Signs: · open, ✓ pass, ✗ refer, ↻ resubmitted, ! conflict, ≠ decided on another wording, C to countersign,\n"
        "✎ note, ✐ draft: begun and not recorded, 2¶ cites two passages."
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-medium"), (120, "-wide")]  # noqa: RUF012  # as Textual declares it
    CSS_PATH = "screen.tcss"
    BINDINGS = MARKING_KEYS

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self._known: dict[UnitKey, tuple[UnitRecord, frozenset[str], UnitState, int]] = {}

    def compose(self) -> ComposeResult:
        """The learner, the three panes and the keys."""
        yield Static(id="learner")
        yield Static(id="tabs")
        with Horizontal():
            yield CriteriaList(id="criteria")
            yield CriterionDetail(id="criterion")
            yield EvidenceReader(self._centre, id="evidence-reader")
        yield ReadingLine(self._centre, self.following)
        yield KeyBar()

    def on_mount(self) -> None:
        """Start on the criteria."""
        self.add_class("-criteria")
        self.reader.shown_name = self.query_one(CriterionDetail).shown_name = self.app.blindfold.file
        self.set_focus(self._criteria)

    @property
    def _criteria(self) -> CriteriaList:
        return self.query_one(CriteriaList)

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        return self._criteria.place

    def next_open(self, after: CriterionPlace | None, *, stay: bool = False) -> CriterionPlace | None:
        """The next open criterion: in the unit or task of `after` first, then in the others unless `stay`."""
        return self._criteria.next_open(self.is_open, after, stay=stay)

    def go_to(self, unit_code: str, number: str, task: Task | None = None) -> bool:
        """Put the cursor on that criterion; whether there is one."""
        # Followed here and now: a message would come after the next picture, and cost a second one.
        with self.prevent(LineList.Moved):
            found = self._criteria.go_to(unit_code, number, task)
        if found:
            self.follow_cursor()
        return found

    # The learner

    def open_learner(self, shown: LearnerPortfolio, at: tuple[str, str] | None = None) -> None:
        """Open a learner, at the criterion `at` or the first open one."""
        self.shown = shown
        self.last_recorded = None
        self.look_for_drafts(shown)
        self.enter_round()
        self.by_unit()
        self._criteria.show(shown, drafted=self.drafted)
        self.query_one(KeyBar).saved = ""
        if at is None or not self._criteria.go_to(*at):
            if at is not None:
                message = f"{one_line(shown.learner.name)} is not on {one_line(at[0])} {at[1]}."
                self.app.notify(message, markup=False)
            at_open = self.go_to_open(None)
            if not at_open:
                self._criteria.action_to_end(-1)
        first = asyncio.Event()
        self.opening = self.reader.open_learner(shown.learner.registration, first)
        self.forget_references()
        self.files = None
        self.reading_line.read(shown.learner.registration, first)
        self.show_portfolio()

    def show_portfolio(self) -> None:
        """Draw the learner, the criteria and the criterion under the cursor."""
        if self.shown is not None:
            if self.app.blindfold.look_at(self.shown, (file.name for file in self.reader.files)):
                for widget in self.walk_children():
                    widget.refresh()
            self._criteria.show(self.shown, self.assignment, self.drafted)
        self.mark_citations()
        self._show_learner()
        self.show_criterion()

    def show_others(self) -> None:
        """Draw who else is on the learner who is open."""
        self._show_learner()

    def _show_learner(self) -> None:
        shown = self.shown
        if shown is None:
            return
        learner = shown.learner
        place = self.place
        states, decided = self._counted(shown)
        attempt = shown.portfolio.unit(place.unit.key).attempt if place is not None else 1
        declared = shown.portfolio.declared(place.unit.key) if place is not None else shown.portfolio.declaration
        name, registration = self.app.blindfold.names(shown)
        left = Content.assemble(
            Content.styled(name, "bold"),
            f"  {registration}" if registration else "",
            Content.styled(
                f"  {one_line(' '.join(learner.qualifications))}  attempt {attempt}"
                f"  {'declared' if declared is not None else 'no declaration'}",
                "$quiet",
            ),
        )
        pieces: list[Content | str] = []
        if self.round is not None:
            pieces.append(Content.styled(f" {self.round} ", "bold $accent"))
        if self.assignment is not None:
            counted = f" {one_line(self.assignment.code)} {decided}/{len(self.assignment.criteria)} "
            pieces.append(Content.styled(counted, "bold $accent"))
        if self.others:
            pieces.append(Content.styled(f" {one_line(' '.join(self.others))} here too ", "bold $warning"))
        if shown.incomplete:
            pieces.append(Content.styled(" record incomplete ", "bold reverse $error"))
        elif shown.findings:
            pieces.append(Content.styled(" files of the record to look at ", "bold $warning"))
        for what, codes in (
            ("mark sheet", shown.missing_units),
            ("sheet of the assignment", shown.missing_assignments),
        ):
            if codes:
                pieces.append(Content.styled(f" no {what}: {one_line(' '.join(codes))} ", "bold $error"))
        if shown.newer:
            pieces.append(Content.styled(" entries of a newer version ", "bold $warning"))
        short = short_codes(unit.code for unit in shown.units)
        for unit in shown.units:
            here = place is not None and place.unit.key == unit.key
            sign = UNIT_SIGNS[states[unit.key]]
            pieces.append(
                Content.styled(f" {one_line(short[unit.code])} {sign.glyph}", "bold $primary" if here else "$quiet")
            )
        right = Content.assemble(*pieces)
        bar = self.query_one("#learner", Static)
        room = self.size.width - 2 - right.cell_length
        if left.cell_length >= room:
            left = left.truncate(max(room - 1, 10), ellipsis=True)
        gap = max(self.size.width - 2 - left.cell_length - right.cell_length, 1)
        bar.update(Content.assemble(left, " " * gap, right), layout=False)

    def _counted(self, shown: LearnerPortfolio) -> tuple[dict[UnitKey, UnitState], int]:
        """Where each unit stands, and how many criteria of the assignment are decided: counted anew only where
        something was recorded, so that a key costs the same on one unit and on twenty."""
        states: dict[UnitKey, UnitState] = {}
        decided = 0
        wanted: Mapping[str, frozenset[str]] = {} if self.assignment is None else self.assignment.numbers
        for unit in shown.units:
            record = shown.portfolio.unit(unit.key)
            numbers = wanted.get(unit.code, frozenset())
            known = self._known.get(unit.key)
            if known is None or known[0] is not record or known[1] != numbers:
                done = sum(record.criterion(number).state in DECIDED for number in numbers)
                known = self._known[unit.key] = (record, numbers, unit_state(unit, record), done)
            states[unit.key] = known[2]
            decided += known[3]
        return states, decided

    def show_criterion(self) -> None:
        """Draw the criterion under the cursor, and what is known of it."""
        if self.shown is not None:
            place = self.place
            begun = self.begun(place) if place is not None else ()
            closed = place is not None and self.shown.portfolio.unit(place.unit.key).closing is not None
            due = self.shown.due(place.unit, self._centre.details.policy) if place is not None and closed else ()
            references, others = self.references_of(place), self.others_of(place)
            self.query_one(CriterionDetail).show(
                place, self.shown, begun, references, self.files, self.assignment, others, due
            )
        self._show_tabs()

    def _show_tabs(self) -> None:
        pieces: list[Content | str] = []
        for pane in _PANES:
            name = f"{pane} {self.place.criterion.number}" if pane == "criterion" and self.place else pane
            chosen = self.has_class(f"-{pane}")
            pieces += [Content.styled(f" {name} ", "bold reverse $primary" if chosen else "$quiet"), " "]
        self.query_one("#tabs", Static).update(Content.assemble(*pieces), layout=False)

    def on_resize(self) -> None:
        """The learner's line depends on the width."""
        self.call_after_refresh(self._show_learner)

    @on(LineList.Moved)
    def follow_cursor(self) -> None:
        """Show the criterion under the cursor."""
        self._show_learner()
        self.show_criterion()
        self.let_evidence_follow()

    # Looking

    def action_move(self, step: int) -> None:
        """The next or the previous criterion."""
        self._criteria.action_move(step)

    def focus_criteria(self) -> None:
        """Give the criteria the keys."""
        self.set_focus(self._criteria)

    @on(EvidenceReader.FindChanged)
    def find_changed(self) -> None:
        """`n` is the next place while there is one, a note otherwise."""
        if self.focused is None or self.focused.id == "find":
            self.set_focus(self._criteria)
        self.refresh_bindings()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """`n` and `N` belong to find while it is active, Enter to its field; Esc ends find, or else the reading."""
        in_field = self.focused is not None and self.focused.id == "find"
        if action in ("keep_find", "citation"):
            return in_field is (action == "keep_find")
        if action == "read_on":
            return any(line.left for line in self.query(ReadingLine))
        if action not in ("find_step", "note", "stop_reading", "leave_find"):
            return True
        # Asked also before the panes are there.
        finding = any(reader.finding for reader in self.query(EvidenceReader))
        if action in ("stop_reading", "leave_find"):
            can_be_stopped = any(line.can_be_stopped for line in self.query(ReadingLine))
            return (can_be_stopped and not finding and not in_field) is (action == "stop_reading")
        return finding is (action == "find_step")

    def action_pane(self, step: int) -> None:
        """Give the next pane the keys; on a narrow screen, show it."""
        panes = {
            "criteria": self._criteria,
            "criterion": self.query_one(CriterionDetail),
            "evidence": self.reader.pane,
        }
        order = list(_PANES)
        current = next((i for i, name in enumerate(order) if panes[name].has_focus), 0)
        if self.has_class("-narrow"):
            current = next(i for i, name in enumerate(order) if self.has_class(f"-{name}"))
        name = order[(current + step) % len(order)]
        self.show_pane(name)
        self.set_focus(panes[name])

    def show_pane(self, name: str) -> None:
        """Let that pane be seen where there is room for one only."""
        for pane in _PANES:
            self.set_class(pane == name, f"-{pane}")
        self._show_tabs()

    def action_zoom(self) -> None:
        """Give the evidence the whole screen, or take it back."""
        self.toggle_class("-zoom")

    async def action_history(self) -> None:
        """Everything that happened to this criterion."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None:
            title = f"History of {one_line(place.unit.code)} {place.criterion.number}"
            of_unit = shown.portfolio.unit(place.unit.key).events
            unknown = [
                event
                for event in shown.portfolio.unknown
                if event.subject.unit == place.unit.key and event.subject.criterion in (None, place.criterion.number)
            ]
            history = history_content(self.record_of(place), of_unit, shown.portfolio.placing, unknown)
            await self.app.push_screen(ReadingScreen(title, history))

    async def action_feedback(self) -> None:
        """Read the feedback on this unit or on its assignment, before it goes to the learner and after."""
        place, shown = self.place, self.shown
        if place is not None and shown is not None:
            learner = shown.learner.registration
            await ask(self, ShowFeedback(learner, place.unit, self.assignment, self._record_each))

    async def action_matrix(self) -> None:
        """All criteria of this learner at once."""
        if self.shown is not None:
            title = f"{one_line(self.shown.learner.name)}: all criteria"
            await self.app.push_screen(ReadingScreen(title, matrix_content(self.shown)))

    def others_changed(self) -> None:
        """More is known of how the criterion was decided for others."""
        if self.round is not None:
            self.show_criterion()

    async def action_learner(self, step: int) -> None:
        """The same criterion of the next or the previous learner of the caseload, or of the round."""
        if self.round is not None:
            await self.step_round(step)
            return
        place = self.place
        at = (place.unit.code, place.criterion.number) if place is not None else None
        if self.shown is not None:
            await self.app.open_neighbour(self.shown.learner.registration, step, at)
