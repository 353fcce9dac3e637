"""Which passage of the evidence is meant in marking by lines, and reading it there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli.asking import asked_line
from markterm.cli.cite import lines_given
from markterm.cli.output import made_visible, say
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.passages import Extent

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.evidence.text.referenced import ReferencedPassage


def asked_passage(referenced: Sequence[ReferencedPassage]) -> tuple[str, Extent] | None:
    """The file and the lines that are answered; None when nothing is. Raises `WrongUse`."""
    answer = _asked("file and its lines, such as diary.md 12-14", referenced)
    if not answer or (found := _by_number(answer, referenced)) is not None:
        return found if answer else None
    name, _, lines = answer.rpartition(" ")
    if not name.strip():
        raise WrongUse(
            "Which passage?", f"{one_line(answer)} is no reference.", "Write a file and its lines: diary.md 12."
        )
    return name.strip(), _extent(lines)


def asked_to_read(referenced: Sequence[ReferencedPassage]) -> tuple[str, Extent | None] | None:
    """The same; no lines where all of the file is meant."""
    answer = _asked("file, with or without lines, such as diary.md 12-14", referenced)
    if not answer or (found := _by_number(answer, referenced)) is not None:
        return found if answer else None
    name, _, lines = answer.rpartition(" ")
    if name.strip():
        try:
            return name.strip(), _extent(lines)
        except WrongUse:
            pass  # The last word belongs to the name.
    return answer, None


def tell_passage(centre: Centre, registration: str, name: str, extent: Extent | None) -> None:
    """Say these lines of the file in full, or all of it, each with its number. Raises `MarkTermError`."""
    file = centre.evidence.named(registration, name)
    document = centre.evidence.read(file)
    lines = document.source.rstrip("\n").split("\n")
    if document.text.replaced:
        click.echo(made_visible(document.text.replaced), err=True)
    if extent is None:
        for note in document.notes:
            click.echo(one_line(note), err=True)
    elif extent.first >= len(lines):
        raise WrongUse("No such line", f"{one_line(file.name)} has {len(lines)} lines.", "Name one that it has.")
    say(one_line(file.name))
    for number in range(len(lines)) if extent is None else range(extent.first, min(extent.last + 1, len(lines))):
        say(f"{number + 1}  {lines[number]}")


def _asked(what: str, referenced: Sequence[ReferencedPassage]) -> str:
    numbered = "The number of a reference, or a" if referenced else "A"
    return asked_line(f"{numbered} {what}; nothing leaves it:").strip()


def _by_number(answer: str, referenced: Sequence[ReferencedPassage]) -> tuple[str, Extent] | None:
    if not answer.isdecimal() or not 1 <= int(answer) <= len(referenced):
        return None
    meant = referenced[int(answer) - 1]
    return meant.file, meant.extent


def _extent(lines: str) -> Extent:
    first, last = lines_given(lines)
    return Extent(first - 1, last - 1)
