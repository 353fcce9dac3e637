"""Looking at every learner of a centre, with a bar on stderr when there are many."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from markterm.cli.output import runs_bars
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.system.collecting import without_collecting

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.sampling.assessed_learner import Assessed
    from markterm.domain.views.caseload import CaseloadRow

_MANY = 500

Step = TypeVar("Step")


def everybody(centre: Centre) -> tuple[CaseloadRow, ...]:
    """The rows of the caseload, as the files are now."""
    count = centre.caseload.count
    for _ in with_bar(centre.caseload.refresh(), count, "Looking at the learners", learners=count):
        pass
    return centre.caseload.rows


def why_nobody(learners: Sequence[CaseloadRow], filtered: str) -> str:
    """That the filter lets nobody through, and why, where a value or a name in it is nobody's here."""
    from markterm.domain.views.caseload_filter import names_in, words_among  # Help loads every command.
    from markterm.domain.views.who_is_meant import could_be, nearly

    told = [words_among(learners).not_listed(filtered)]
    for name in names_in(filtered) if not told[0] else ():
        if not could_be(learners, name) and (near := nearly(learners, name)):
            meant = " or ".join(f"{one_line(row.name)} ({row.registration})" for row in near)
            told.append(f"Did you mean {meant}?")
        for row in learners:
            if row.left and could_be([row], name):
                told.append(one_line(f"{row.name} ({row.registration}) {row.left}: state:left shows who is away."))
    return " ".join(("The filter lets nobody through.", *filter(None, told)))


def read_everybody(centre: Centre) -> tuple[tuple[CaseloadRow, ...], Assessed]:
    """The rows of the caseload, and what the records of everybody say of what was assessed."""
    from markterm.domain.sampling.assessed_learner import Assessed  # Help loads every command.

    rows, assessed = everybody(centre), Assessed()
    for _ in with_bar(centre.assessed.reading(assessed), len(rows), "Reading the records", learners=len(rows)):
        pass
    return rows, assessed


def say_what_is_read(label: str, *, learners: int) -> None:
    """Say what is going on where it takes a while, of which no bar can tell how far it is."""
    if learners > _MANY and runs_bars():
        click.echo(f"{label} of {counted(learners, 'learner')} …", err=True)


def with_bar(steps: Iterable[Step], length: int, label: str, *, learners: int) -> Iterator[Step]:
    """The steps, with a bar if there are many learners and somebody sees it."""
    # Meanwhile no garbage is looked for: of every learner a little is kept, and nearly all else goes by itself.
    with without_collecting():
        if learners <= _MANY or not runs_bars():
            yield from steps
            return
        with click.progressbar(steps, length=length, label=label, file=sys.stderr) as progress:
            yield from progress
