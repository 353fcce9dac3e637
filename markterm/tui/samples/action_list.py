"""The lines of the actions, under where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markterm.domain.views.listed_actions import ListedAction, Standing
from markterm.domain.views.queue import due_in_words
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.widgets.line_list import LineList, Piece, fit

_WIDE = 110
_LEARNER, _WHERE, _OWNER, _DUE = 11, 13, 11, 12
_NAME = 22
_LONGEST = 300

_HEADINGS = {
    Standing.OVERDUE: ("Overdue", "sign--refer"),
    Standing.DONE: ("Done, to be accepted", "sign--heading"),
    Standing.OPEN: ("Open", "sign--heading"),
    Standing.ACCEPTED: ("Accepted", "sign--heading"),
}


class _Heading(NamedTuple):
    standing: Standing
    number: int


class ActionList(LineList):
    """A line for each action; the headings are not stood on."""

    def __init__(self, blindfold: Blindfold) -> None:
        super().__init__()
        self._blindfold = blindfold
        self._lines: Sequence[ListedAction | _Heading] = ()
        self._today = date.today()

    def show(self, actions: Sequence[ListedAction], today: date) -> None:
        """Show these, with the cursor on the action it was on; if that is gone, on what stands there now."""
        before, at = self.selected, self.cursor
        lines: list[ListedAction | _Heading] = []
        for standing, own in groupby(actions, key=lambda each: each.standing):
            these = list(own)
            lines += [_Heading(standing, len(these)), *these]
        self._lines, self._today = lines, today
        uid = before.action.uid if before is not None else ""
        place = next(
            (i for i, each in enumerate(lines) if isinstance(each, ListedAction) and each.action.uid == uid), at
        )
        self.move_to(place)
        self.lines_changed()

    def go_to(self, registration: str, unit_code: str, criterion: str) -> bool:
        """Put the cursor on what is done there and waits to be accepted; whether there is anything."""
        for place, each in enumerate(self._lines):
            if isinstance(each, ListedAction) and each.standing is Standing.DONE and each.row is not None:
                where = (each.row.registration, each.where, each.action.criterion)
                if where == (registration, unit_code, criterion):
                    self.move_to(place)
                    return True
        return False

    @property
    def selected(self) -> ListedAction | None:
        """The action under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, ListedAction) else None

    def line_count(self) -> int:
        """The actions and their headings."""
        return len(self._lines)

    def can_stand_on(self, index: int) -> bool:
        """On actions only."""
        return 0 <= index < len(self._lines) and isinstance(self._lines[index], ListedAction)

    def header(self, width: int) -> str:
        """The titles of the columns for that width."""
        titles = [("Learner", _learner(width)), ("On", _WHERE), ("Owner", _OWNER), ("Due", _DUE), ("What", 0)]
        return "  " + " ".join(fit(title, cells) if cells else title for title, cells in titles)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        """A heading or an action."""
        each = self._lines[index]
        if isinstance(each, _Heading):
            words, style = _HEADINGS[each.standing]
            yield fit(f" {words}  {each.number:,}", width), style
            return
        row, action = each.row, each.action
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        learner = _learner(width)
        if row is None:
            yield fit(one_line(each.where), learner + 1 + _WHERE) + " ", "sign--quiet"
        else:
            who = self._blindfold.known_as(row.registration)
            name = f"{who}  {one_line(row.name)}" if width >= _WIDE and not row.alias else who
            yield fit(name, learner) + " ", ""
            yield fit(one_line(f"{each.where} {action.criterion}"), _WHERE) + " ", ""
        owner = f"{one_line(action.owner)}{', left' * each.has_left}"
        yield fit(owner, _OWNER) + " ", "sign--refer" if each.has_left and not each.is_finished else ""
        over = each.standing is Standing.OVERDUE
        told = due_in_words(action.due, self._today) if not each.is_finished else ""
        yield fit(told, _DUE) + " ", "sign--refer" if over else "sign--quiet"
        told = f"{'reassigned: ' * (each.state == 'reassigned')}{action.text[:_LONGEST]}"
        if row is not None:
            told = self._blindfold.told_of(row.registration, told)
        yield fit(one_line(told), max(width - 6 - learner - _WHERE - _OWNER - _DUE, 0)), "sign--quiet"


def _learner(width: int) -> int:
    return _LEARNER if width < _WIDE else _LEARNER + 2 + _NAME
