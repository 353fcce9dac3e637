"""`markterm cite`: the passage that a criterion is decided on."""

from __future__ import annotations

import re

import click

from markterm.cli.arguments import criterion_argument, learner_argument, unit_argument
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.verbs import tell_recorded
from markterm.domain.errors import WrongUse
from markterm.domain.foreign_text import one_line

_LINES = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


@click.command("cite", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("file")
@click.option("--lines", required=True, metavar="A-B", help="The lines of the passage, or a single one.")
@click.option("--take-back", is_flag=True, help="Take this citation back instead; it stays in the record.")
@pass_session
def command(
    session: Session, learner: str, unit: str, criterion: str, file: str, lines: str, *, take_back: bool
) -> None:
    """Cite a passage of a file for a criterion.

    Before the criterion is decided or after. The record keeps the file's hash, the place and the words: the citation
    follows the file when it is renamed, and
    says so when it changed. markterm read --numbers and markterm find tell the lines.

    \b
    Examples:
      markterm cite JON2041 501 2.1 04-diary.md --lines 12-14 --as asha
      markterm cite JON2041 501 2.1 04-diary.md --lines 12-14 --take-back --as asha
    """
    from markterm.evidence.passages import Extent, cite_lines

    first, last = _lines(lines)
    centre = session.centre()
    registration = centre.find_learner(learner)
    found = centre.files.named(registration, file)
    passage = cite_lines(centre.files.read(found), found.name, Extent(first - 1, last - 1))
    verb = centre.take_back if take_back else centre.cite
    tell_recorded(session, centre, verb(registration, unit, criterion, passage))


def _lines(text: str) -> tuple[int, int]:
    """The first and the last line, from 1. Raises `WrongUse`."""
    given = _LINES.fullmatch(text)
    first, last = (int(given[1]), int(given[2] or given[1])) if given is not None else (0, 0)
    if not 1 <= first <= last:
        raise WrongUse(
            "These are no lines", f"{one_line(text)} is not a range of lines.", "Write it as 12-14, or 12 for one line."
        )
    return first, last
