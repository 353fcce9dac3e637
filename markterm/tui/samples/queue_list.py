"""The lines of the queue, under whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import NamedTuple

from textual.filter import LineFilter
from textual.message import Message

from markterm.domain.record.states import VerificationState
from markterm.domain.views.due import Step
from markterm.domain.views.queue import Queued, Whose, due_in_words, waits_in_words
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import uncovered
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.widgets.line_list import Choose, LineList, Piece, fit

_NARROW, _WIDE, _WITH_WHY = 76, 110, 135
_NAME = 26
_REGISTRATION, _UNIT, _WHAT, _ASSESSOR, _VERIFIER, _DUE = 11, 9, 18, 7, 12, 14
_LEAST_OF_REGISTRATION = 7
_WIDER = 6
"""By how much unit, assessor and verifier are wider where there is room."""

_HEADINGS = {
    Whose.YOURS: "Yours",
    Whose.ANYBODYS: "Anybody's",
    Whose.OTHERS: "Others', or not yours to take",
}


class Open(Choose):
    """Open the sample under the cursor, or go to the action that waits to be accepted."""

    id, label, words = "queue.open", "open", "Open the sample, or the action that is done"


class Others(Command["QueueList"]):
    """Also what others were given, or only what is one's own to do."""

    id, key, label, words = "queue.others", "m", "others'", "Also what others were given, or only what you can do"

    async def run(self, on: QueueList) -> None:
        on.turn_others()


class DecideFirst(Command["QueueList"]):
    """Have the samples that are opened from now on be independent second assessments, or not."""

    id, key = "queue.decide-first", "S"
    records = True
    words = (
        "Independent second assessment: decide before you see, in the samples that are opened next; or see everything"
    )

    async def run(self, on: QueueList) -> None:
        on.post_message(on.DecideFirstTurned())


class _Heading(NamedTuple):
    words: str


class QueueList(WithCommands, LineList):
    """A line for each step, with what is to be done until when; the headings are not stood on."""

    DOES = (Open, Others, DecideFirst)
    BINDINGS = bindings(*DOES)

    class DecideFirstTurned(Message):
        """The samples that are opened next are to be independent second assessments, or not any more."""

    class OthersTurned(Message):
        """What others were given is to be shown as well, or not any more."""

    def __init__(self, why: Callable[[Queued], str]) -> None:
        super().__init__()
        self._why = why
        self._registration = _REGISTRATION
        self._lines: Sequence[Queued | _Heading] = ()
        self._codes: Mapping[str, str] = {}
        self._today = date.today()
        self._now = datetime.now(UTC)
        self.with_others = False
        """Whether what others were given is shown."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Learners stand here by the name or the label that they are shown under, and nobody's words."""
        return uncovered(super().get_line_filters())

    def show(self, queued: Sequence[Queued], today: date, *, from_top: bool = False) -> None:
        """Show these, with the cursor on the step it was on; if that is done, on what stands there now; or on the
        first."""
        before, at = (None, 0) if from_top else (self.selected, self.cursor)
        lines: list[Queued | _Heading] = []
        for whose, own in groupby(queued, key=lambda each: each.whose):
            steps = list(own)
            lines += [_Heading(f"{_HEADINGS[whose]}  {len(steps):,}"), *steps]
        self._lines, self._today, self._now = lines, today, datetime.now(UTC)
        self._codes = short_codes({each.unit.code for each in queued})
        widest = max((len(each.row.registration) for each in queued if not each.row.alias), default=0)
        self._registration = min(max(widest, _LEAST_OF_REGISTRATION), _REGISTRATION)
        same = _same(before)
        place = next((i for i, each in enumerate(lines) if isinstance(each, Queued) and _same(each) == same), at)
        self.move_to(place)
        self.lines_changed()

    def turn_others(self) -> None:
        """Show what others were given as well, or not."""
        self.with_others = not self.with_others
        self.post_message(self.OthersTurned())

    @property
    def selected(self) -> Queued | None:
        """The step under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, Queued) else None

    def line_count(self) -> int:
        """The steps and their headings."""
        return len(self._lines)

    def can_stand_on(self, index: int) -> bool:
        """On steps only."""
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], Queued)

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        titles = [("Learner", _who(width, self._registration)), ("Unit", _unit(width)), ("To do", _WHAT)]
        if width >= _NARROW:
            titles.append(("Assessor", _assessor(width)))
        if width >= _WIDE:
            titles.append(("Given to", _VERIFIER))
        cells = (fit(title, cells) for title, cells in titles)
        why = "  Why" if width >= _WITH_WHY else ""
        return "  " + " ".join(cells) + " " + fit("Due", _DUE, right=True) + why

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading or a step."""
        each = self._lines[index]
        if isinstance(each, _Heading):
            yield fit(f" {each.words}", width), "sign--heading"
            return
        row, step = each.row, each.step
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        if row.alias:
            yield fit(row.alias, _who(width, self._registration)) + " ", ""
        else:
            registration = fit(one_line(row.registration), self._registration) + " " if width >= _NARROW else ""
            yield registration + fit(one_line(row.name) or "?", _name(width, self._registration)) + " ", ""
        code, room = one_line(each.unit.code), _unit(width)
        yield fit(code if len(code) <= room else one_line(self._codes[each.unit.code]), room) + " ", ""
        is_clash = each.unit.verification is VerificationState.CONFLICT and step.step is not Step.ACCEPT
        what = f"{each.what} {step.criterion}".rstrip()
        yield fit(one_line(what), _WHAT) + " ", "sign--conflict" if is_clash else ""
        if width >= _NARROW:
            yield fit(one_line(step.assessor), _assessor(width)) + " ", "sign--quiet"
        if width >= _WIDE:
            yield fit(_given_to(each), _VERIFIER) + " ", "sign--quiet"
        over = step.due is not None and step.due < self._today
        told = due_in_words(step.due, self._today) or waits_in_words(step.since, self._now)
        yield fit(f"{'! ' * over}{told}", _DUE, right=True), "sign--refer" if over else "sign--quiet" * (not step.due)
        if width >= _WITH_WHY:
            yield f"  {fit(self._why(each), max(_left(width, self._registration) - _NAME - 2, 0))}", "sign--quiet"


def _given_to(each: Queued) -> str:
    if each.whose is Whose.YOURS:
        return "you"
    given = one_line(each.step.verifier)
    return f"{given}, left" if each.has_left else given or "anybody"


def _unit(width: int) -> int:
    return _UNIT if width < _WIDE else _UNIT + _WIDER


def _assessor(width: int) -> int:
    return _ASSESSOR + 1 if width < _WIDE else _ASSESSOR + _WIDER


def _who(width: int, registration: int) -> int:
    return _name(width, registration) + (registration + 1 if width >= _NARROW else 0)


def _name(width: int, registration: int) -> int:
    return max(_left(width, registration), 8) if width < _WITH_WHY else _NAME


def _left(width: int, registration: int) -> int:
    """How many cells there are for the name, and beside it where there is more room for why."""
    others = 2 + 1 + _unit(width) + 1 + _WHAT + 1 + _DUE
    if width >= _NARROW:
        others += registration + 1 + _assessor(width) + 1
    return width - others - (_VERIFIER + 1 if width >= _WIDE else 0)


def _same(each: Queued | None) -> tuple[object, ...]:
    """What is the same step, also when it was read again."""
    return () if each is None else (each.row.folder, each.unit.code, each.step.step, each.step.criterion)
