"""Asking for a unit line by line: its particulars, then each outcome with its criteria."""

from __future__ import annotations

from dataclasses import replace

import click

from markterm.centre.unit_papers import UnitParticulars
from markterm.cli.asking import asked_line
from markterm.domain.papers.numbered import criterion_at
from markterm.domain.words.foreign_text import one_line


def asked_particulars(known: UnitParticulars) -> UnitParticulars:
    """Those that are known, and the others as they are answered; Enter leaves one out, but the title. Raises
    `NobodyAnswers`."""
    title = known.title
    while not title:
        title = _line("Title of the unit?")
    return replace(
        known,
        title=title,
        level=known.level if known.level is not None else _number("Level"),
        credit=known.credit if known.credit is not None else _number("Credit"),
        glh=known.glh if known.glh is not None else _number("Guided learning hours"),
        version=known.version or _line("Version as published (Enter for none)?"),
    )


def asked_outcomes() -> tuple[list[str], list[str]]:
    """The titles of outcomes, and all criteria, each with its number; Enter ends a list. Raises `NobodyAnswers`."""
    titles: list[str] = []
    criteria: list[str] = []
    while title := _line(f"Learning outcome {len(titles) + 1} (Enter ends)?"):
        titles.append(title)
        count = 0
        while words := _line(f"Criterion {len(titles)}.{count + 1} (Enter ends)?"):
            count += 1
            criteria.append(words if criterion_at(words) is not None else f"{len(titles)}.{count} {words}")
    return titles, criteria


def _line(question: str) -> str:
    return one_line(asked_line(question))


def _number(what: str) -> int | None:
    while (said := _line(f"{what} (Enter for none)?")) and not (said.isascii() and said.isdecimal()):
        click.echo("Write it as a whole number.", err=True)
    return int(said) if said else None
