"""The samples of a plan, drawn as a table in the shape that external quality assurers know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from textual.filter import LineFilter

from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.plans import Key
from markterm.domain.sampling.table import Where
from markterm.domain.views.plan_lines import OfAssessor, PlanLine
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import uncovered
from markterm.tui.local_time import date_told
from markterm.tui.samples.shown_plan import Entry, TakenOut
from markterm.tui.widgets.line_list import LineList, Piece, fit

_WHERE: Mapping[Where, tuple[str, str]] = {
    Where.PROPOSED: ("+", "sign--heading"),
    Where.SAMPLED: ("+", "sign--heading"),
    Where.NOT_CLOSED: ("·", "sign--open"),
    Where.PLANNED: ("·", ""),
    Where.OVERDUE: ("!", "sign--refer"),
    Where.UNFINISHED: ("▸", "sign--heading"),
    Where.AGREED: ("✓", "sign--pass"),
    Where.NOT_COUNTERSIGNED: ("▸", "sign--heading"),
    Where.NOT_AGREED: ("✗", "sign--refer"),
    Where.CONFLICT: ("!", "sign--conflict"),
    Where.STALE: ("≠", "sign--conflict"),
    Where.NOT_DECIDED: ("·", "sign--quiet"),
    Where.LEFT: ("–", "sign--quiet"),
    Where.NOT_THERE: ("–", "sign--quiet"),
    Where.NOT_READ: ("…", "sign--quiet"),
}
RISKS: Mapping[str, str] = {Risk.RED: "sign--refer", Risk.AMBER: "risk--amber", Risk.GREEN: "sign--pass"}
"""The component class of each risk, whose word always stands beside its colour."""


class _Column(NamedTuple):
    """A column beside learner and unit: how wide it is, from which width of the list on it is there, and what it says
    of a line, with the component class of that."""

    title: str
    cells: int
    least: int
    said: Callable[[PlanLine], Piece]


def _risk(line: PlanLine) -> Piece:
    risk = line.row.sample.planned.risk
    return risk, RISKS.get(risk, "sign--quiet")


def _planned(line: PlanLine) -> Piece:
    return date_told(line.row.by) if line.row.by else "", "sign--refer" if line.row.where is Where.OVERDUE else ""


def _state(line: PlanLine) -> Piece:
    glyph, style = _WHERE[line.row.where]
    return f"{glyph} {line.row.where}", style


def _verifier(line: PlanLine) -> Piece:
    who = line.row.sample.verifier or ("anybody" if line.row.where is Where.SAMPLED else "nobody")
    return (f"! {who}", "sign--refer") if line.row.nobody else (who, "")


# What a narrow terminal can do without soonest is there from the greatest width on.
_COLUMNS = (
    _Column("Risk", 5, 50, _risk),
    _Column("Drawn", 5, 88, lambda line: ("drawn" if line.row.sample.planned.drawn else "", "sign--quiet")),
    _Column("Stage", 9, 98, lambda line: (line.row.sample.planned.stage, "sign--quiet")),
    _Column("Planned", 11, 45, _planned),
    _Column("Actual", 11, 64, lambda line: (date_told(line.row.actual) if line.row.actual else "", "")),
    _Column("State", 16, 0, _state),
    _Column("Verifier", 9, 72, _verifier),
    _Column("Method", 22, 124, lambda line: (line.row.sample.method, "sign--quiet")),
    _Column("Report", 21, 150, lambda line: (line.row.report, "sign--quiet")),
)
_MARKS = 2
_LEAST_UNIT, _MOST_UNIT, _LEAST_LEARNER = 4, 10, 8


class PlanTable(LineList):
    """A line a sample: whose, of which assessor at what risk, planned for when, looked at when, where it stands."""

    COMPONENT_CLASSES = {"risk--amber"}  # noqa: RUF012  # as Textual declares it
    DEFAULT_CSS = "PlanTable > .risk--amber { color: $warning; }"

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._marked: Set[Key] = frozenset()
        self._codes: Mapping[str, str] = {}
        self._unit = _LEAST_UNIT

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def show(self, entries: Sequence[Entry], marked: Set[Key]) -> None:
        """Show these, with the cursor on the sample it was on if it is still there."""
        before = self._entries[self.cursor] if self.cursor < len(self._entries) else None
        self._entries, self._marked = entries, marked
        self._codes = short_codes({each.row.sample.planned.unit for each in entries if isinstance(each, PlanLine)})
        longest = max(map(len, self._codes.values()), default=0)
        self._unit = min(max(longest, _LEAST_UNIT), _MOST_UNIT)
        same = _key_of(before)
        place = next((at for at, each in enumerate(entries) if same and _key_of(each) == same), self.cursor)
        self.set_reactive(LineList.cursor, place)
        self.lines_changed()

    @property
    def selected(self) -> PlanLine | None:
        """The sample under the cursor."""
        entry = self._entries[self.cursor] if self.cursor < len(self._entries) else None
        return entry if isinstance(entry, PlanLine) else None

    def line_count(self) -> int:
        """The samples, and above those of each assessor what they come to; then what was taken out."""
        return len(self._entries)

    @property
    def taken_out(self) -> Key | None:
        """What was taken out of the plan by hand, where the cursor is on it."""
        entry = self._entries[self.cursor] if self.cursor < len(self._entries) else None
        return entry.key if isinstance(entry, TakenOut) else None

    def can_stand_on(self, index: int) -> bool:
        """On samples, and what was taken out."""
        return 0 <= index < len(self._entries) and isinstance(self._entries[index], (PlanLine, TakenOut))

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        columns = (fit(each.title, each.cells) for each in _columns(width))
        return " ".join((" " * _MARKS + fit("Learner", self._learner_width(width)), fit("Unit", self._unit), *columns))

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """What the samples of an assessor come to, a sample, or what was taken out."""
        match self._entries[index]:
            case OfAssessor() as of:
                return self._heading(of)
            case TakenOut() as gone:
                return self._gone(index, gone, width)
            case PlanLine() as line:
                return self._sample(index, line, width)
            case str(words):
                return ((f" {words}", "sign--heading"),)

    def _gone(self, index: int, gone: TakenOut, width: int) -> Iterable[Piece]:
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield fit(gone.who, self._learner_width(width)) + " ", "sign--quiet"
        yield fit(one_line(gone.key[1]), _MOST_UNIT) + " ", "sign--quiet"
        yield one_line(gone.why), "sign--quiet"

    def _heading(self, of: OfAssessor) -> Iterable[Piece]:
        yield f" {one_line(of.assessor) or 'by nobody yet'}  ", "sign--heading"
        for risk, units in of.risks:
            yield f"{risk} ", RISKS[risk]
            yield f"{' '.join(map(one_line, units))}  ", "sign--quiet"
        counts = [counted(of.counts.samples, "sample"), f"{of.counts.looked_at} looked at"]
        counts += [f"{of.counts.not_agreed} not agreed"] if of.counts.not_agreed else []
        counts += of.counts.left_in_words
        counts += [f"{of.overdue} overdue"] if of.overdue else []
        yield ", ".join(counts), "sign--quiet"

    def _sample(self, index: int, line: PlanLine, width: int) -> Iterable[Piece]:
        planned = line.row.sample.planned
        yield "▸" if index == self.cursor else " ", "sign--heading"
        yield "*" if line.row.sample.key in self._marked else " ", "sign--heading"
        yield fit(line.who, self._learner_width(width)) + " ", ""
        yield fit(one_line(self._codes.get(planned.unit, planned.unit)), self._unit), ""
        for each in _columns(width):
            said, style = each.said(line)
            yield " " + fit(one_line(said) or "–", each.cells), style if said else "sign--quiet"

    def _learner_width(self, width: int) -> int:
        others = _MARKS + 1 + self._unit + sum(each.cells + 1 for each in _columns(width))
        return max(width - others, _LEAST_LEARNER)


def _columns(width: int) -> Iterable[_Column]:
    return (each for each in _COLUMNS if width >= each.least)


def _key_of(entry: Entry | None) -> tuple[Key, bool] | None:
    """What is the same line, also when it was read again; what was taken out is another one than the sample."""
    if isinstance(entry, PlanLine):
        return entry.row.sample.key, True
    return (entry.key, False) if isinstance(entry, TakenOut) else None
