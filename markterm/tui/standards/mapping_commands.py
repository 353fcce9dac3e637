"""What can be done in a mapping: an answer a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markterm.domain.assessed.mapping import Strength
from markterm.tui.command import Command
from markterm.tui.widgets import modal

if TYPE_CHECKING:
    from markterm.tui.standards.mapping import MappingScreen


class KeepFilter(Command["MappingScreen"]):
    """Keep the filter and go to the lists."""

    id, key, label, words = "mapping.keep-filter", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: MappingScreen) -> bool:
        return on.is_writing

    async def run(self, on: MappingScreen) -> None:
        await on.keep_filter()


class Leave(modal.Leave):
    """Clear the filter, or back to where one was."""

    id, words = "mapping.leave", "Clear the filter; back to the screen"

    async def run(self, on: Any) -> None:
        if not on.clear_filter():
            await super().run(on)


class Fully(Command["MappingScreen"]):
    """The criterion covers the statement."""

    id, key, label, words = "mapping.fully", "f", "fully", "Put it down: the criterion covers the statement"

    async def run(self, on: MappingScreen) -> None:
        await on.put_down(Strength.FULLY)


class Partly(Command["MappingScreen"]):
    """The criterion covers a part of the statement."""

    id, key, label, words = "mapping.partly", "p", "partly", "Put it down: the criterion covers a part of it"

    async def run(self, on: MappingScreen) -> None:
        await on.put_down(Strength.PARTLY)


class Not(Command["MappingScreen"]):
    """The criterion does not cover the statement."""

    id, key, label, words = "mapping.not", "x", "not", "Turn it down: it is not proposed again"

    async def run(self, on: MappingScreen) -> None:
        await on.put_down(Strength.NOT)


class TakeOut(Command["MappingScreen"]):
    """The pair is in no mapping any more."""

    id, key, words = "mapping.take-out", "delete,backspace", "Take the pair out of the mapping"

    async def run(self, on: MappingScreen) -> None:
        await on.put_down(None)


class Note(Command["MappingScreen"]):
    """A note on the pair."""

    id, key, label, words = "mapping.note", "n", "note", "A note on the pair, in one line"

    async def run(self, on: MappingScreen) -> None:
        await on.write_note()


class Undo(Command["MappingScreen"]):
    """What was written last is not."""

    id, key, label, words = "mapping.undo", "u", "undo", "Take back what was put down last here, again and again"

    async def run(self, on: MappingScreen) -> None:
        await on.undo()


class NextUnmapped(Command["MappingScreen"]):
    """The next criterion that covers nothing."""

    id, key, label, words = "mapping.next-open", "space", "next open", "The next criterion that covers nothing yet"

    async def run(self, on: MappingScreen) -> None:
        on.go_to_open()


class Filter(Command["MappingScreen"]):
    """Only statements with these words."""

    id, key, label, words = "mapping.filter", "slash", "filter", "Only statements with some words, or of a code"

    def works(self, on: MappingScreen) -> bool:
        return not on.is_writing

    async def run(self, on: MappingScreen) -> None:
        on.write_filter()


class NextCriterion(Command["MappingScreen"]):
    """A criterion down."""

    id, key, words = "mapping.down", "j", "Next criterion"

    async def run(self, on: MappingScreen) -> None:
        on.criteria.action_move(1)


class CriterionBefore(Command["MappingScreen"]):
    """A criterion up."""

    id, key, words = "mapping.up", "k", "Criterion before"

    async def run(self, on: MappingScreen) -> None:
        on.criteria.action_move(-1)


class NextStatement(Command["MappingScreen"]):
    """A statement down."""

    id, key, words = "mapping.statement-down", "J", "Next statement"

    async def run(self, on: MappingScreen) -> None:
        on.statements.action_move(1)


class StatementBefore(Command["MappingScreen"]):
    """A statement up."""

    id, key, words = "mapping.statement-up", "K", "Statement before"

    async def run(self, on: MappingScreen) -> None:
        on.statements.action_move(-1)


class LookAgain(Command["MappingScreen"]):
    """Read the sheets again."""

    id, key, words = "mapping.refresh", "ctrl+r", "Read the sheets again"

    async def run(self, on: MappingScreen) -> None:
        on.look(anew=True)


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
    LookAgain,
)
"""In the order in which help tells of them."""
