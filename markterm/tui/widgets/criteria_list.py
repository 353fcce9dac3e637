"""The criteria of a learner's units, or of the tasks of their assignment, with where each one stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding

from markterm.centre.drafts import task_place
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import LearningOutcome, Unit, UnitKey
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.outcome import aim_grades, count
from markterm.domain.record.portfolio import UnitRecord
from markterm.domain.record.states import DECIDED, CriterionState
from markterm.domain.rules.marking import next_open
from markterm.domain.views.signs import outcome_sign
from markterm.domain.views.verified import CriterionVerified, by_criterion
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.middle_cut import middle_cut
from markterm.tui.widgets.verified_lines import SIGNS, action_sign, on_criterion


@dataclass(frozen=True, slots=True)
class _UnitHeading:
    unit: Unit


@dataclass(frozen=True, slots=True)
class _OutcomeHeading:
    unit: Unit
    outcome: LearningOutcome

    @property
    def section(self) -> Section:
        return Section(self.unit.key, self.outcome.number)


@dataclass(frozen=True, slots=True)
class _TaskHeading:
    assignment: str
    task: Task
    places: tuple[CriterionPlace, ...]

    @property
    def section(self) -> Section:
        return Section(assignment=self.assignment, task=self.task.number)


WITH_WORDS = 32
"""Cells. A list that is as wide shows the words of units and criteria too."""
_WITH_BOTH, _STANDING, _BEFORE_STANDING = 52, 7, 9
_LEAST_OF_TITLE = 8
_MOST_OF_CODE, _LEAST_OF_CODE = 8, 5
_AS_ALL_BEGIN = re.compile(r"^(be able to|know how to|understand how to|understand|know) ", re.IGNORECASE)
_COMMENTED = "✎ "
_Line = CriterionPlace | _UnitHeading | _OutcomeHeading | _TaskHeading


class CriteriaList(LineList):
    """Units and outcomes, or tasks, as headings; criteria as the lines the cursor stands on.

    The page keys are the evidence's.
    """

    LEAST_WIDTH: ClassVar = 27
    """Columns that signs and numbers need, with the edge."""
    BINDINGS = [  # noqa: RUF012  # as Textual declares it
        Binding(
            "pagedown",
            "screen.do('evidence.page-down')",
            "",
            show=False,
            id="criteria.page-down",
            tooltip="Evidence, a page down",
        ),
        Binding(
            "pageup",
            "screen.do('evidence.page-up')",
            "",
            show=False,
            id="criteria.page-up",
            tooltip="Evidence, a page up",
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown: LearnerPortfolio | None = None
        self._assignment: Assignment | None = None
        self._lines: tuple[_Line, ...] = ()
        self._groups: tuple[tuple[CriterionPlace, ...], ...] = ()
        self._short: dict[str, str] = {}
        self._longest_code = 0
        self._drafted: frozenset[tuple[UnitKey, str]] = frozenset()
        self._commented: frozenset[Section] = frozenset()
        self._today = date.min
        self._verified: dict[UnitKey, tuple[UnitRecord, Mapping[str, CriterionVerified]]] = {}

    def show(
        self,
        shown: LearnerPortfolio,
        assignment: Assignment | None = None,
        drafted: frozenset[tuple[UnitKey, str]] = frozenset(),
        today: date = date.min,
    ) -> None:
        """Show this portfolio, unit by unit or by the tasks of an assignment; the same order keeps the cursor.

        `drafted` are the criteria and tasks of which somebody began to write, and with an empty number the units; by
        `today` an action is overdue or not.
        """
        self._today = today
        before, place = self._shown, self.place
        changed, self._drafted = drafted ^ self._drafted, drafted
        commented = self._commented
        if before is None or before.portfolio.aside is not shown.portfolio.aside:
            self._commented = frozenset(each.section for each in shown.portfolio.comments)
        if before is None or before.units != shown.units or assignment is not self._assignment:
            self._assignment = assignment
            self._short = short_codes(unit.code for unit in shown.units)
            self._lines = tuple(_by_unit(shown.units) if assignment is None else _by_task(shown.units, assignment))
            carried = {each.unit.code for each in self._lines if isinstance(each, CriterionPlace) and each.task}
            self._longest_code = max((cell_len(one_line(self._short[code])) for code in carried), default=0)
            self._groups = tuple(_groups(self._lines))
            self._shown = shown
            if place is not None and before is not None and before.units == shown.units:
                with self.prevent(LineList.Moved):
                    self.go_to(place.unit.code, place.criterion.number)
            self.lines_changed()
            return
        self._shown = shown
        records = {unit.key: (before.portfolio.unit(unit.key), shown.portfolio.unit(unit.key)) for unit in shown.units}
        for index in self.in_sight:
            line = self._lines[index]
            if (
                _is_changed(line, records, self.answers_changed)
                or (changed and _drafted_place(line) in changed)
                or (isinstance(line, _OutcomeHeading | _TaskHeading) and line.section in commented ^ self._commented)
            ):
                self.refresh_index(index)

    def clicked(self, x: int, y: int) -> None:
        """Go to the criterion that was clicked; from a heading, to the first one below it."""
        index = self.in_sight.start + y
        if index < len(self._lines) and not self.can_stand_on(index):
            self.cursor = self._nearest(index)
        else:
            super().clicked(x, y)

    def answers_changed(self, before: UnitRecord, now: UnitRecord) -> bool:
        """Whether every criterion may say something else by what verifiers answered since."""
        return before.after is not now.after

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor; None when there are no criteria."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, CriterionPlace) else None

    def go_to(self, unit_code: str, number: str | None = None, task: Task | None = None) -> bool:
        """Put the cursor on that criterion, in that task if it is there, or on the unit's first one; whether there is
        one."""
        found = [
            index
            for index, line in enumerate(self._lines)
            if isinstance(line, CriterionPlace)
            and line.unit.code == unit_code
            and number in (None, line.criterion.number)
        ]
        if found:
            self.cursor = next((index for index in found if self._task_at(index) is task), found[0])
        return bool(found)

    def next_open(
        self, is_open: Callable[[CriterionPlace], bool], after: CriterionPlace | None, *, stay: bool = False
    ) -> CriterionPlace | None:
        """The next open criterion after that one: in its unit or task first, then in the others unless `stay`."""
        return next_open(self._groups, is_open, after, stay=stay)

    def group_beside(self, place: CriterionPlace | None, step: int) -> tuple[CriterionPlace, ...]:
        """The criteria of the unit or task so many further than that of `place`, round again; those of the first where
        there is no place, and none where it is the only one."""
        here = next((number for number, group in enumerate(self._groups) if place in group), -1)
        if not self._groups or (len(self._groups) == 1 and here == 0):
            return ()
        return self._groups[(here + step) % len(self._groups) if here >= 0 else 0]

    @property
    def criteria_once(self) -> tuple[CriterionPlace, ...]:
        """Every criterion once, in the order of the list: one that several tasks carry where it stands first."""
        found: dict[tuple[UnitKey, str], CriterionPlace] = {}
        for group in self._groups:
            for place in group:
                found.setdefault((place.unit.key, place.criterion.number), place)
        return tuple(found.values())

    def number_at(self, index: int) -> str | None:
        """The number of the criterion on that line; None on a heading."""
        line = self._lines[index]
        return line.criterion.number if isinstance(line, CriterionPlace) else None

    def places_of(self, task: Task) -> tuple[CriterionPlace, ...]:
        """The criteria of a task, in the order of the list."""
        return tuple(place for group in self._groups for place in group if place.task is task)

    def _task_at(self, index: int) -> Task | None:
        line = self._lines[index]
        return line.task if isinstance(line, CriterionPlace) else None

    def line_count(self) -> int:
        """Criteria and headings."""
        return len(self._lines)

    def can_stand_on(self, index: int) -> bool:
        """On criteria only."""
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], CriterionPlace)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A unit, an outcome, a task or a criterion."""
        line = self._lines[index]
        match line:
            case _UnitHeading():
                yield from self.unit_line(line.unit, width)
            case _OutcomeHeading():
                aims = self.aims(line.unit, line.outcome)
                state = aims + " " * bool(aims) + _COMMENTED * (line.section in self._commented)
                before = " " * bool(state)
                room = max(width - len(state) - len(before) - 1, 0)
                yield f" {fit(outcome_title(line.outcome, room), room)}{before}{state}", "sign--quiet"
            case _TaskHeading():
                decided = sum(self._state(place) in DECIDED for place in line.places)
                draft = "✐ draft " * (_drafted_place(line) in self._drafted)
                state = f"{_COMMENTED * (line.section in self._commented)}{draft}{decided}/{len(line.places)}"
                room = max(width - len(state) - 2, 4)
                title = middle_cut(f"{line.task.number} {one_line(line.task.title)}", room)
                yield f" {fit(title, room)} ", "sign--heading"
                yield state, "sign--heading"
            case CriterionPlace():
                yield from self.criterion_line(line, index, width)

    def aims(self, unit: Unit, outcome: LearningOutcome) -> str:
        """What the learning aims of an outcome have reached by now, of those that have: there is no room for more."""
        assert self._shown is not None
        grades = aim_grades(unit, self._shown.portfolio.unit(unit.key))
        reached = ((aim, grades[aim]) for aim in unit.aims_in(outcome))
        return ", ".join(f"{aim} {own}" for aim, own in reached if own is not None)

    def unit_line(self, unit: Unit, width: int) -> Iterable[Piece]:
        """A unit, and where it stands."""
        assert self._shown is not None
        record = self._shown.portfolio.unit(unit.key)
        state = f"{count(unit, record, *DECIDED)}/{len(unit.criteria)}"
        if unit.no_sheet:
            state = "! no sheet"
        elif record.closing is not None:
            state = str(outcome_sign(record.closing))
            if record.changed_since_closing:
                state = f"! changed {state}"
        sign, _ = SIGNS.get(record.verification, ("", ""))
        state = " ".join(filter(None, (sign, action_sign(on_criterion(record, ""), self._today), state)))
        if (unit.key, "") in self._drafted:
            state = f"✐ draft {state}"
        yield unit_name(unit, max(width - len(state) - 2, 4), width), "sign--heading"
        yield state, "sign--heading"

    def criterion_line(self, place: CriterionPlace, index: int, width: int) -> Iterable[Piece]:
        """A criterion, and where it stands; where there is room, its words."""
        assert self._shown is not None
        record = _criterion(place, self._shown)
        sign = CRITERION_SIGNS[record.state]
        told = list(self._told(place, record))
        yield " ▸ " if index == self.cursor else "   ", "sign--heading"
        if place.task is not None:
            code = middle_cut(one_line(self._short[place.unit.code]), self._code_width(width))
            yield fit(code, self._code_width(width)) + " ", "sign--quiet"
        yield fit(place.criterion.number, 5) + " ", ""
        standing = f"{sign.glyph} {sign.word}"
        if width < WITH_WORDS:
            yield standing, sign.style
        else:
            # In a list that is not wider the sign says alone how it stands: its word gives way to the criterion's.
            standing = fit(standing, max(cell_len(standing), _STANDING)) if width >= _WITH_BOTH else sign.glyph
            before = (
                _BEFORE_STANDING + (self._code_width(width) + 1) * (place.task is not None) + cell_len(standing) + 1
            )
            yield f"{standing} ", sign.style
            yield fit(one_line(place.criterion.text), max(width - before - _length(told) - 1, 0)), ""
        yield from told

    def _code_width(self, width: int) -> int:
        """How wide the column of units is in a list by tasks: as the longest of their codes, as far as that goes."""
        return min(self._longest_code, _MOST_OF_CODE if width >= WITH_WORDS else _LEAST_OF_CODE)

    def _told(self, place: CriterionPlace, record: CriterionRecord) -> Iterable[Piece]:
        """What else there is to a criterion: signs, each after a space."""
        decision = record.decision
        if decision is not None and decision.waits_for_countersignature:
            yield " C", "sign--conflict"
        yield from self._verifiers(place)
        if decision is not None and decision.note.strip():
            yield " ✎", "sign--quiet"
        if _drafted_place(place) in self._drafted:
            yield " ✐ draft", "sign--conflict"
        if record.citations:
            yield f" {len(record.citations)}¶", "sign--quiet"

    def _verifiers(self, place: CriterionPlace) -> Iterable[Piece]:
        """What a verifier answered to the criterion, and that something is to be done about it."""
        assert self._shown is not None
        key, number = place.unit.key, place.criterion.number
        record = self._shown.portfolio.unit(key)
        known = self._verified.get(key)
        if known is None or known[0] is not record:
            known = self._verified[key] = (record, by_criterion(record))
        if number in known[1]:
            sign, style = SIGNS[known[1][number].state]
            yield f" {sign}", style
        if sign := action_sign(on_criterion(record, number), self._today):
            yield f" {sign}", "sign--conflict"

    def _state(self, place: CriterionPlace) -> CriterionState:
        assert self._shown is not None
        return _criterion(place, self._shown).state


def _length(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(text) for text, _ in pieces)


def outcome_title(outcome: LearningOutcome, room: int) -> str:
    """An outcome for that many cells: where its title is too long, without the words with which all of them begin."""
    whole = outcome.heading(one_line(outcome.title))
    return (
        whole if cell_len(whole) <= room else outcome.heading(_AS_ALL_BEGIN.sub("…", one_line(outcome.title), count=1))
    )


def unit_name(unit: Unit, room: int, width: int) -> str:
    """A unit in so many cells between two spaces: its code, and where the list is `width` wide enough its title too."""
    code, title = one_line(unit.code), one_line(unit.title)
    left = room - cell_len(code) - 1
    name = f"{code} {middle_cut(title, left)}" if width >= WITH_WORDS and left > _LEAST_OF_TITLE else code
    return f" {fit(name, room)} "


def _is_changed(
    line: _Line,
    records: Mapping[UnitKey, tuple[UnitRecord, UnitRecord]],
    answers_changed: Callable[[UnitRecord, UnitRecord], bool],
) -> bool:
    """Whether the line says something else by what was recorded since: only that is another object. `records` are those
    of the units before and now."""
    match line:
        case _UnitHeading():
            before, now = records[line.unit.key]
            return before is not now
        case _OutcomeHeading():
            before, now = records[line.unit.key]
            return before is not now and bool(line.unit.aims)
        case CriterionPlace():
            before, now = records[line.unit.key]
            number = line.criterion.number
            return before is not now and (
                before.criterion(number) is not now.criterion(number) or answers_changed(before, now)
            )
        case _TaskHeading():
            return any(_is_changed(place, records, answers_changed) for place in line.places)
    return False


def _drafted_place(line: _Line) -> tuple[UnitKey, str] | None:
    """Where its drafts belong; None for a line that has none."""
    match line:
        case _UnitHeading():
            return line.unit.key, ""
        case CriterionPlace():
            return line.unit.key, line.criterion.number
        case _TaskHeading():
            return task_place(line.assignment, line.task.number)
    return None


def _criterion(place: CriterionPlace, shown: LearnerPortfolio) -> CriterionRecord:
    return shown.portfolio.unit(place.unit.key).criterion(place.criterion.number)


def _by_unit(units: tuple[Unit, ...]) -> Iterator[_Line]:
    for unit in units:
        yield _UnitHeading(unit)
        for outcome in unit.outcomes:
            yield _OutcomeHeading(unit, outcome)
            for criterion in outcome.criteria:
                yield CriterionPlace(unit, outcome, criterion)


def _by_task(units: tuple[Unit, ...], assignment: Assignment) -> Iterator[_Line]:
    """Task by task the criteria it carries, as far as the learner's units have them."""
    places = {
        Cell(unit.code, criterion.number): (unit, outcome, criterion)
        for unit in units
        for outcome in unit.outcomes
        for criterion in outcome.criteria
    }
    for task in assignment.tasks:
        carried = tuple(CriterionPlace(*places[cell], task) for cell in dict.fromkeys(task.cells) if cell in places)
        if not carried:
            continue
        yield _TaskHeading(assignment.code, task, carried)
        yield from carried


def _groups(lines: Sequence[_Line]) -> Iterator[tuple[CriterionPlace, ...]]:
    group: list[CriterionPlace] = []
    for line in lines:
        if isinstance(line, CriterionPlace):
            group.append(line)
        elif not isinstance(line, _OutcomeHeading) and group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)
