"""Statements in a list, under the standard, the function or the kind that they belong to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len

from markterm.domain.words.foreign_text import one_line
from markterm.tui.widgets.line_list import LineList, Piece, fit

Shown = TypeVar("Shown")
_CODE = 7
_WIDE = 100


class StatementList(LineList, Generic[Shown]):
    """Draws the lines in sight, texts that stand above statements and these; the cursor stands on statements alone.
    Subclasses say by what a statement is known again, and what its line holds."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str | Shown] = ()

    def show(self, lines: Iterable[str | Shown]) -> None:
        """Show these, with the cursor on the statement that it was on, or on the first."""
        before = self.name_of(self.chosen) if self.chosen is not None else None
        self._lines = tuple(lines)
        self.lines_changed()
        names = {n: self.name_of(each) for n, each in enumerate(self._lines) if not isinstance(each, str)}
        if names:
            self.move_to(next((n for n, name in names.items() if name == before), min(names)))

    def name_of(self, each: Shown) -> Hashable:
        """By what that statement is known again."""
        raise NotImplementedError

    def pieces(self, each: Shown, width: int) -> Iterable[Piece]:
        """What the line of a statement holds, beside the sign of the cursor, in so many cells; `is_wide` where there
        is room for more."""
        raise NotImplementedError

    @property
    def is_wide(self) -> bool:
        """Whether there is room for more than a few words."""
        return self.size.width > _WIDE

    @property
    def chosen(self) -> Shown | None:
        """The statement under the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return None if isinstance(line, str) else line

    def can_stand_on(self, index: int) -> bool:
        return 0 <= index < len(self._lines) and not isinstance(self._lines[index], str)

    def line_count(self) -> int:
        return len(self._lines)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        line = self._lines[index]
        if isinstance(line, str):
            below = "  " if line.startswith("  ") else ""
            yield fit(f"{below}{one_line(line)}", width), "sign--quiet" if below else "sign--heading"
            return
        yield "▸ " if index == self.cursor else "  ", "sign--heading"
        yield from self.pieces(line, width - 2)


def coded(code: str) -> str:
    """The code of a statement, in as many cells as those of most have."""
    known = one_line(code)
    return fit(known, max(_CODE, cell_len(known) + 1))
