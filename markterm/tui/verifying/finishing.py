"""Finishing a sample: its report to the assessor, and what the centre asks of every verification."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from textual import on
from textual.app import ComposeResult

from markterm.domain.record.bodies.verifying import Report
from markterm.domain.rules.answering import FEEDBACK, VALID, Asked
from markterm.tui.command import Command, WithCommands, bindings
from markterm.tui.verifying.filled_in import FormScreen
from markterm.tui.widgets.line_list import LineList, Piece, fit
from markterm.tui.widgets.note_field import NoteField

_NONE = "none of these"


class Tick(Command["_Ticks"]):
    """Say of what is under the cursor that it holds, or not."""

    id, key, label, words = "form.tick", "space", "tick", "Tick what holds, or take the tick away"

    async def run(self, on: _Ticks) -> None:
        on.turn()


class _Ticks(WithCommands, LineList):
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


class FinishScreen(FormScreen):
    """Strengths and development for the assessor, also where all is agreed; and the ticks, where the centre asks for
    them. `save` is called with the report, `keep` with every change of the two texts."""

    DEFAULT_CSS = """
    FinishScreen _Ticks { width: 1fr; }
    """
    KEYS = (
        "{form.save} finishes · {form.next} next field · {form.tick} ticks · {form.new-line} new line · "
        "{form.leave} leaves"
    )

    def __init__(
        self,
        title: str,
        told: str,
        report: Report,
        asked: Asked,
        save: Callable[[Report], Awaitable[None]],
    ) -> None:
        super().__init__()
        self._title = title
        self._told = told
        self._strengths = NoteField(report.strengths)
        self._development = NoteField(report.development)
        self._valid = _Ticks(VALID, report.valid) if asked.vacsr else None
        self._feedback = _Ticks(FEEDBACK, report.feedback) if asked.feedback_quality else None
        self._save = save

    def compose(self) -> ComposeResult:
        """The fields."""
        ticks = (("Evidence is", self._valid), ("Feedback is", self._feedback))
        yield from self.form(
            self._title,
            self._told,
            ("Strengths", self._strengths),
            ("Development", self._development),
            *((name, field) for name, field in ticks if field is not None),
        )

    def on_mount(self) -> None:
        """Begin with the strengths."""
        self.set_focus(self._strengths)

    async def save_it(self) -> None:
        """Record the report. Raises `MarkTermError`."""
        await self._save(
            Report(
                self._strengths.text.strip(),
                self._development.text.strip(),
                self._valid.said if self._valid is not None else None,
                self._feedback.said if self._feedback is not None else None,
            )
        )
