"""Finishing a sample: its report to the assessor, and what the centre asks of every verification."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on
from textual.widget import Widget

from markterm.centre.form_drafts import FormDraft
from markterm.domain.record.bodies.verifying import Report
from markterm.domain.rules.answering import FEEDBACK, VALID, Asked
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.widgets.form import FormScreen
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.note_field import NoteField

_NONE = "none of these"


class Tick(Command["Ticks"]):
    """Say of what is under the cursor that it holds, or not."""

    id, key, label, words = "form.tick", "space", "tick", "Tick what holds, or take the tick away"

    async def run(self, on: Ticks) -> None:
        on.turn()


class Ticks(WithCommands, LineList):
    """What may hold, each ticked or not. Nothing is said until something is ticked, or that none of it holds."""

    DOES = (Tick,)
    BINDINGS = bindings(*DOES)

    def __init__(self, known: Sequence[str], ticked: Sequence[str] | None) -> None:
        super().__init__()
        self._words = (*known, _NONE)
        self._ticked = set() if ticked is None else set(ticked or (_NONE,))
        self.styles.height = len(self._words)

    @property
    def said(self) -> tuple[str, ...] | None:
        """What holds; None where nothing was said."""
        return tuple(each for each in self._words if each in self._ticked and each != _NONE) if self._ticked else None

    def line_count(self) -> int:
        return len(self._words)

    def line(self, index: int, width: int) -> Iterable[Piece]:
        word = self._words[index]
        is_in = word in self._ticked
        yield "▸ " if index == self.cursor and self.has_focus else "  ", "sign--heading"
        yield ("✓ " if is_in else "· "), "sign--pass" if is_in else "sign--open"
        yield fit(word, max(width - 4, 0)), ""

    def turn(self) -> None:
        """Tick what is under the cursor, or not; that none holds, and that something does, exclude each other."""
        self._ticked ^= {self._words[self.cursor]}
        self._ticked &= {_NONE} if self._words[self.cursor] == _NONE else set(self._words) - {_NONE}
        self.refresh()
        self.action_move(1)

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """A click ticks it."""
        event.stop()
        self.turn()


def finishing_form(
    title: str,
    told: str,
    report: Report,
    asked: Asked,
    save: Callable[[Report], Awaitable[None]],
    draft_of: Callable[[str, str], FormDraft],
) -> FormScreen:
    """Strengths and development for the assessor, also where all is agreed, and the ticks where the centre asks for
    them. `save` is called with the report; `draft_of` gives what was begun of a field, or what is proposed for it."""
    strengths = NoteField.of(draft_of("strengths", report.strengths))
    development = NoteField.of(draft_of("development", report.development))
    valid = Ticks(VALID, report.valid) if asked.vacsr else None
    feedback = Ticks(FEEDBACK, report.feedback) if asked.feedback_quality else None

    async def save_it() -> None:
        await save(
            Report(
                strengths.text.strip(),
                development.text.strip(),
                valid.said if valid is not None else None,
                feedback.said if feedback is not None else None,
            )
        )

    ticks = [(name, each) for name, each in (("Evidence is", valid), ("Feedback is", feedback)) if each is not None]
    fields: list[tuple[str, Widget]] = [("Strengths", strengths), ("Development", development), *ticks]
    return FormScreen(title, told, fields, save_it, "{form.tick} ticks" if ticks else "")
