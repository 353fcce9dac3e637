"""Looking at every learner of a centre, with a bar on stderr when there are many."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.sampling.assessed_learner import Assessed
    from markterm.domain.views.caseload import CaseloadRow

_MANY = 500

Step = TypeVar("Step")


def everybody(centre: Centre) -> tuple[CaseloadRow, ...]:
    """The rows of the caseload, as the files are now."""
    count = len(centre.folder.learner_folders())
    for _ in with_bar(centre.caseload.refresh(), count, "Looking at the learners", learners=count):
        pass
    return centre.caseload.rows


def read_everybody(centre: Centre) -> tuple[tuple[CaseloadRow, ...], Assessed]:
    """The rows of the caseload, and what the records of everybody say of what was assessed."""
    from markterm.domain.sampling.assessed_learner import Assessed  # Help loads every command.

    rows, assessed = everybody(centre), Assessed()
    for _ in with_bar(centre.assessed.reading(assessed), len(rows), "Reading the records", learners=len(rows)):
        pass
    return rows, assessed


def with_bar(steps: Iterable[Step], length: int, label: str, *, learners: int) -> Iterator[Step]:
    """The steps, with a bar if there are many learners and somebody sees it."""
    if learners <= _MANY or not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, length=length, label=label, file=sys.stderr) as progress:
        yield from progress
