"""A unit mapped to standards: its criteria on the left, statements on the right, and a letter for each answer."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

from markterm.centre.centre import Centre
from markterm.domain.assessed.mapping import Strength
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import Command, bindings
from markterm.tui.standards.mapping_answers import MappingAnswers
from markterm.tui.widgets import modal
from markterm.tui.widgets.choice import ChoiceScreen


class KeepFilter(Command[MappingAnswers]):
    """Keep the filter and go to the lists."""

    id, key, label, words = "mapping.keep-filter", "enter", "keep", "Keep the filter"
    priority = True

    def works(self, on: MappingAnswers) -> bool:
        return on.is_writing

    async def run(self, on: MappingAnswers) -> None:
        await on.keep_filter()


class Leave(modal.Leave):
    """Clear the filter, or back to where one was."""

    id, words = "mapping.leave", "Clear the filter; back to the screen"

    async def run(self, on: Any) -> None:
        if not on.clear_filter():
            await super().run(on)


class Fully(Command[MappingAnswers]):
    """The criterion covers the statement."""

    id, key, label, words = "mapping.fully", "f", "fully", "Put it down: the criterion covers the statement"

    async def run(self, on: MappingAnswers) -> None:
        await on.put_down(Strength.FULLY)


class Partly(Command[MappingAnswers]):
    """The criterion covers a part of the statement."""

    id, key, label, words = "mapping.partly", "p", "partly", "Put it down: the criterion covers a part of it"

    async def run(self, on: MappingAnswers) -> None:
        await on.put_down(Strength.PARTLY)


class Not(Command[MappingAnswers]):
    """The criterion does not cover the statement."""

    id, key, label, words = "mapping.not", "x", "not", "Turn it down: it is not proposed again"

    async def run(self, on: MappingAnswers) -> None:
        await on.put_down(Strength.NOT)


class TakeOut(Command[MappingAnswers]):
    """The pair is in no mapping any more."""

    id, key, words = "mapping.take-out", "delete,backspace", "Take the pair out of the mapping"

    async def run(self, on: MappingAnswers) -> None:
        await on.put_down(None)


class Note(Command[MappingAnswers]):
    """A note on the pair."""

    id, key, label, words = "mapping.note", "n", "note", "A note on the pair, in one line"

    async def run(self, on: MappingAnswers) -> None:
        await on.write_note()


class Undo(Command[MappingAnswers]):
    """What was written last is not."""

    id, key, label, words = "mapping.undo", "u", "undo", "Take back what was put down last here, again and again"

    async def run(self, on: MappingAnswers) -> None:
        await on.undo()


class NextUnmapped(Command[MappingAnswers]):
    """The next criterion that covers nothing."""

    id, key, label, words = "mapping.next-open", "space", "next open", "The next criterion that covers nothing yet"

    async def run(self, on: MappingAnswers) -> None:
        on.go_to_open()


class Filter(Command[MappingAnswers]):
    """Only statements with these words."""

    id, key, label, words = "mapping.filter", "slash", "filter", "Only statements with some words, or of a code"

    def works(self, on: MappingAnswers) -> bool:
        return not on.is_writing

    async def run(self, on: MappingAnswers) -> None:
        on.write_filter()


class NextCriterion(Command[MappingAnswers]):
    """A criterion down."""

    id, key, words = "mapping.down", "j", "Next criterion"

    async def run(self, on: MappingAnswers) -> None:
        on.criteria.action_move(1)


class CriterionBefore(Command[MappingAnswers]):
    """A criterion up."""

    id, key, words = "mapping.up", "k", "Criterion before"

    async def run(self, on: MappingAnswers) -> None:
        on.criteria.action_move(-1)


class NextStatement(Command[MappingAnswers]):
    """A statement down."""

    id, key, words = "mapping.statement-down", "J", "Next statement"

    async def run(self, on: MappingAnswers) -> None:
        on.statements.action_move(1)


class StatementBefore(Command[MappingAnswers]):
    """A statement up."""

    id, key, words = "mapping.statement-up", "K", "Statement before"

    async def run(self, on: MappingAnswers) -> None:
        on.statements.action_move(-1)


class LookAgain(Command[MappingAnswers]):
    """Read the sheets again."""

    id, key, words = "mapping.refresh", "ctrl+r", "Read the sheets again"

    async def run(self, on: MappingAnswers) -> None:
        on.look(anew=True)


class MappingScreen(MappingAnswers):
    """The criteria of a unit beside the statements of standards, with the keys."""

    TITLE = "Mapping"
    HELP = (
        "What each criterion of the unit covers. On the right stands what was put down for the criterion under the "
        "cursor, then what is worded alike, with the words that both have, then every statement. A proposal counts for "
        "nothing before somebody has looked: {mapping.fully} puts down that the criterion covers it, {mapping.partly} "
        "that it covers a part, {mapping.not} that it does not, and then it is not proposed again. {mapping.note} "
        "writes a note, {mapping.take-out} takes a pair out, {mapping.undo} takes back what was done here last.\n"
        "{mapping.down} and {mapping.up} go through the criteria, {mapping.statement-down} and {mapping.statement-up} "
        "through the statements, {mapping.next-open} to the next criterion that covers nothing. {mapping.filter} shows "
        "only statements with some words.\n"
        "It is written to mark_sheets/mappings, and on the disk when it is shown."
    )
    DOES = (
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
    BINDINGS = bindings(*DOES)


async def choose_mapping(app: App[Any], centre: Centre, standard: str = "") -> None:
    """Have a unit and what it is mapped to chosen, and show it; what there is to choose is the standard or suite of
    that code, or else every one. Raises `MarkTermError`."""
    every = await asyncio.to_thread(centre.mappings.overview, standard)
    if not every:
        app.notify("There is nothing to map: the centre has no sheet of a unit, or none of a standard.", markup=False)
        return
    lines = [one_line(f"{each.unit.code} beside {each.target}: {each.told}   {each.unit.title}") for each in every]

    async def take(choice: int | None) -> None:
        if choice is not None:
            await app.push_screen(MappingScreen(centre, every[choice].unit, every[choice].standards))

    await app.push_screen(ChoiceScreen("Which unit is mapped to what?", lines), take)
