"""Arguments that several commands take."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.domain.assessed.assignment import Assignment, Task

learner_argument = click.argument("learner", shell_complete=completion.learners)
unit_argument = click.argument("unit", shell_complete=completion.units)
criterion_argument = click.argument("criterion", shell_complete=completion.criteria)
assignment_argument = click.argument("assignment", shell_complete=completion.assignments)


def task_of(assignment: Assignment, number: int) -> Task:
    """The task of that number. Raises `WrongUse` when the assignment has none."""
    task = assignment.task(number)
    if task is None:
        numbers = ", ".join(str(each.number) for each in assignment.tasks) or "none"
        raise WrongUse(
            "No such task",
            f"{one_line(assignment.code)} has no task {number}. Nothing was marked.",
            f"Its tasks are {numbers}; markterm matrix shows what each carries.",
        )
    return task


def given_text(text: str) -> str:
    """`text`, or what stands on stdin when it is `-`, without the line end that closes it. Raises `WrongUse`."""
    if text != "-":
        return text
    if sys.stdin.isatty():
        click.echo("Write the text, and end it with Ctrl-D (Windows: Ctrl-Z and Enter) on a line of its own.", err=True)
    try:
        return sys.stdin.buffer.read().decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise WrongUse(
            "The text is not UTF-8",
            f"Byte {error.start + 1} of what came from stdin is no part of any character.",
            "Save it with the encoding UTF-8, and try again. Nothing was recorded.",
        ) from None


def day_given(text: str) -> date | None:
    """The day that was given; None for an empty text. Raises `WrongUse`."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUse("Which day?", f"{one_line(text)} is no day.", "Write it as 2026-01-31.") from None


def filter_given(words: Iterable[str]) -> str:
    """The FILTER that was given, with the words of the user's saved filters in place of their names. Raises
    `WrongUse` for fields and values that there are not, and `Unreadable` for saved filters that cannot be read."""
    from markterm.domain.views.caseload_filter import CASELOAD_FILTER
    from markterm.domain.views.filter_words import refuse_turned_round, spelt_out

    text = " ".join(words)
    if any(":" not in part for part in text.split()):
        from markterm.own.places import Places
        from markterm.own.saved_filters import SavedFilters

        saved = SavedFilters(Places.of_user().settings).by_name()
        refuse_turned_round(text, saved)
        text = spelt_out(text, saved)
    CASELOAD_FILTER.check(text)
    return text


def listed(given: Iterable[str]) -> tuple[str, ...]:
    """What was given with commas, in one text or several, each once and without spaces around it."""
    return tuple(dict.fromkeys(word for text in given for each in text.split(",") if (word := each.strip())))
