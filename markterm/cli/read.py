"""`markterm read`: a learner's file as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import made_visible, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.evidence.text.document import EvidenceDocument

_PAGES = ("page ", "slide ", "sheet ")


@click.command("read", cls=Command)
@learner_argument
@click.argument("file")
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Only this page, slide or sheet.")
@click.option("--numbers", is_flag=True, help="Number the lines, as markterm cite takes them.")
@click.option("--again", is_flag=True, help="Convert it anew, even if it could not be read before.")
@pass_session
def command(session: Session, learner: str, file: str, page: int | None, *, numbers: bool, again: bool) -> None:
    """Print a learner's file as text, whatever its kind.

    FILE is a name as markterm evidence lists it, or a part that only one name has. A file that could not be read, for
    it is damaged, takes too long or asks for too much, is refused at once for a day; --again tries it now.

    \b
    Examples:
      markterm read JON2041 01-business-case.md
      markterm read JON2041 feedback.pdf --page 2
      markterm read JON2041 diary --numbers
      markterm read JON2041 log.docx --again
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    found = centre.evidence.named(registration, file)
    document = centre.evidence.read(found, again=again)
    if document.waits_for_machine:
        click.echo(f"{one_line(found.name)}: being read by machine…", err=True)
        document = centre.evidence.read_by_machine(found, document) or document
    lines = document.source.rstrip("\n").split("\n")
    shown = [*enumerate(lines, 1)] if page is None else [*_page(document, lines, page)]
    if session.as_json:
        said = {"file": found.name, "sha256": document.text.sha256, "notes": list(document.notes)}
        machine = document.machine.as_json() if document.machine is not None else None
        text = document.source if page is None else "\n".join(line for _, line in shown)
        say_json({**said, "made_visible": document.text.replaced, "read_by_machine": machine, "text": text})
        return
    if document.text.replaced:
        click.echo(made_visible(document.text.replaced), err=True)
    for note in document.notes:
        click.echo(one_line(note), err=True)
    width = len(str(shown[-1][0])) if shown else 0
    for number, line in shown:
        say(f"{number:>{width}}  {line}" if numbers else line)


def _page(document: EvidenceDocument, lines: Sequence[str], page: int) -> Iterator[tuple[int, str]]:
    """The lines of that page with their numbers, and at their end what a machine read in it, which stands apart.

    Raises `WrongUse` when there is no such page.
    """
    units = [(place.line, place.label.split(" row ")[0]) for place in document.places]
    pages = [*dict.fromkeys(unit for _, unit in units if unit.startswith(_PAGES))]
    if page > len(pages):
        raise WrongUse(
            "No such page",
            f"It has {len(pages)} pages." if pages else "This kind of file has no pages.",
            "Leave --page away to read all of it.",
        )
    for (start, unit), (end, _) in pairwise([*units, (len(lines), "")]):
        if unit == pages[page - 1]:
            yield from enumerate(lines[start:end], start + 1)
