"""What can be done in the mapping of a unit: a letter for each answer."""

from __future__ import annotations

from typing import Any, Protocol

from markterm.domain.assessed.mapping import Strength
from markterm.tui.command import Command
from markterm.tui.standards.mapping_lists import CriterionList, StatementList
from markterm.tui.widgets import modal
from markterm.tui.widgets.shown_anew import look_again


class Mapped(Protocol):
    """The mapping of a unit on the screen, as its commands know it."""

    @property
    def criteria(self) -> CriterionList:
        """The criteria of the unit."""

    @property
    def statements(self) -> StatementList:
        """The statements beside the criterion under the cursor."""

    @property
    def is_writing(self) -> bool:
        """Whether the filter has the keys."""

    async def put_down(self, strength: Strength | None, note: str | None = None) -> None:
        """Put the pair under the cursors down, or take it out."""

    async def undo(self) -> None:
        """Take back what was done here last."""

    async def write_note(self) -> None:
        """Write a note beside the pair."""

    def go_to_open(self) -> None:
        """Go to the next criterion that covers nothing."""

    def write_filter(self) -> None:
        """Give the filter the keys."""

    async def keep_filter(self) -> None:
        """Keep the filter and go to the lists."""

    def look(self, *, anew: bool = False) -> object:
        """Read the sheets and show what they say."""


class KeepFilter(Command[Mapped]):
    """Keep the filter and go to the lists."""

    id, key, label, words = "mapping.keep-filter", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: Mapped) -> bool:
        return on.is_writing

    async def run(self, on: Mapped) -> None:
        await on.keep_filter()


class Leave(modal.Leave):
    """Clear the filter, or back to where one was."""

    id, words = "mapping.leave", "Clear the filter; back to the screen"

    async def run(self, on: Any) -> None:
        if not on.clear_filter():
            await super().run(on)


class Fully(Command[Mapped]):
    """The criterion covers the statement."""

    id, key, label, words = "mapping.fully", "f", "fully", "Put it down: the criterion covers the statement"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.put_down(Strength.FULLY)


class Partly(Command[Mapped]):
    """The criterion covers a part of the statement."""

    id, key, label, words = "mapping.partly", "p", "partly", "Put it down: the criterion covers a part of it"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.put_down(Strength.PARTLY)


class Not(Command[Mapped]):
    """The criterion does not cover the statement."""

    id, key, label, words = "mapping.not", "x", "not", "Turn it down: it is not proposed again"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.put_down(Strength.NOT)


class TakeOut(Command[Mapped]):
    """The pair is in no mapping any more."""

    id, key, words = "mapping.take-out", "delete,backspace", "Take the pair out of the mapping"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.put_down(None)


class Note(Command[Mapped]):
    """A note on the pair."""

    id, key, label, words = "mapping.note", "n", "note", "A note on the pair, in one line"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.write_note()


class Undo(Command[Mapped]):
    """What was written last is not."""

    id, key, label, words = "mapping.undo", "u", "undo", "Take back what was put down last here, again and again"
    records = True

    async def run(self, on: Mapped) -> None:
        await on.undo()


class NextUnmapped(Command[Mapped]):
    """The next criterion that covers nothing."""

    id, key, label, words = "mapping.next-open", "space", "next open", "The next criterion that covers nothing yet"

    async def run(self, on: Mapped) -> None:
        on.go_to_open()


class Filter(Command[Mapped]):
    """Only statements with these words."""

    id, key, label, words = "mapping.filter", "slash", "filter", "Only statements with some words, or of a code"

    def works(self, on: Mapped) -> bool:
        return not on.is_writing

    async def run(self, on: Mapped) -> None:
        on.write_filter()


class NextCriterion(Command[Mapped]):
    """A criterion down."""

    id, key, words = "mapping.down", "j", "Next criterion"

    async def run(self, on: Mapped) -> None:
        on.criteria.action_move(1)


class CriterionBefore(Command[Mapped]):
    """A criterion up."""

    id, key, words = "mapping.up", "k", "Criterion before"

    async def run(self, on: Mapped) -> None:
        on.criteria.action_move(-1)


class NextStatement(Command[Mapped]):
    """A statement down."""

    id, key, words = "mapping.statement-down", "J", "Next statement"

    async def run(self, on: Mapped) -> None:
        on.statements.action_move(1)


class StatementBefore(Command[Mapped]):
    """A statement up."""

    id, key, words = "mapping.statement-up", "K", "Statement before"

    async def run(self, on: Mapped) -> None:
        on.statements.action_move(-1)


COMMANDS = (
    KeepFilter,
    Fully,
    Partly,
    Not,
    NextUnmapped,
    Leave,
    Note,
    Undo,
    Filter,
    TakeOut,
    NextCriterion,
    CriterionBefore,
    NextStatement,
    StatementBefore,
    look_again("mapping", "Read the sheets again"),
)
"""In the order in which the line of keys and help tell of them."""
