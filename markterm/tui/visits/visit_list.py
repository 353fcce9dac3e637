"""The lines of the visits: each visit, and below it what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from markterm.domain.record.visits import Visit
from markterm.domain.views.listed_actions import ListedAction, Standing
from markterm.domain.words.foreign_text import one_line
from markterm.tui.local_time import date_told
from markterm.tui.widgets.line_list import LineList, Piece, fit

_DAY, _WHOSE, _RATING, _STATE, _OWNER = 12, 30, 12, 11, 11
_LONGEST = 300
_STANDING = {
    Standing.OVERDUE: ("! overdue", "sign--refer"),
    Standing.OPEN: ("· open", "sign--open"),
    Standing.DONE: ("▸ done", "sign--heading"),
    Standing.ACCEPTED: ("✓ accepted", "sign--pass"),
}


class VisitList(LineList):
    """The visits, the latest first, and the actions of each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[tuple[Visit, ListedAction | None]] = ()

    def show(self, visits: Sequence[Visit], actions: Mapping[str, Sequence[ListedAction]]) -> None:
        """Show these, each with its actions by its uid; the cursor stays on what it was on."""
        before = self.chosen
        lines: list[tuple[Visit, ListedAction | None]] = []
        for visit in visits:
            lines.append((visit, None))
            lines += [(visit, each) for each in actions.get(visit.uid, ())]
        self._lines = lines
        self.lines_changed()
        if before is not None:
            at = (n for n, each in enumerate(lines) if _name(each) == _name(before))
            self.move_to(next(at, self.cursor))

    @property
    def chosen(self) -> tuple[Visit, ListedAction | None] | None:
        """The visit under the cursor, or that of the action there, and the action."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def go_to(self, visit: str) -> None:
        """Put the cursor on the visit of that uid."""
        self.move_to(next((n for n, each in enumerate(self._lines) if _name(each) == (visit, "")), self.cursor))

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        visit, action = self._lines[index]
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield from _visit(visit, width - 2) if action is None else _action(action, width - 2)


def _name(line: tuple[Visit, ListedAction | None]) -> tuple[str, str]:
    return line[0].uid, line[1].action.uid if line[1] is not None else ""


def _visit(visit: Visit, width: int) -> Iterable[Piece]:
    said, style = visit.said, "sign--quiet" if visit.dropped else ""
    yield fit(date_told(visit.on), _DAY), style or "sign--heading"
    by = f" ({said.by})" if said.by else ""
    yield fit(one_line(f"{said.organisation}{by}"), _WHOSE - 1) + " ", style
    yield fit("dropped" if visit.dropped else one_line(said.rating), _RATING - 1) + " ", style
    signed = f"signs off {', '.join(said.signed_off)}" if said.signed_off else ""
    yield fit(one_line(signed), max(width - _DAY - _WHOSE - _RATING, 0)), "sign--quiet"


def _action(action: ListedAction, width: int) -> Iterable[Piece]:
    words, style = _STANDING[action.standing]
    yield "  " + fit(words, _STATE), style
    left = ", left" if action.has_left else ""
    yield fit(one_line(f"{action.action.owner}{left}"), _OWNER - 1) + " ", ""
    due = action.action.due
    yield fit(date_told(due) if isinstance(due, date) else "", _DAY), "sign--quiet"
    holds = f"holds {action.holds}: " if action.holds else ""
    text = one_line(f"{holds}{action.action.text[:_LONGEST]}")
    yield fit(text, max(width - 2 - _STATE - _OWNER - _DAY, 0)), "sign--quiet"
