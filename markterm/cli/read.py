"""`markterm read`: a learner's file as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import made_visible, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import WrongUse
from markterm.domain.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.evidence.document import EvidenceDocument

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
    registration = centre.find_learner(learner)
    found = centre.files.named(registration, file)
    document = centre.files.read(found, again=again)
    if document.waits_for_machine:
        click.echo(f"{one_line(found.name)}: being read by machine…", err=True)
        document = centre.files.read_by_machine(found, document) or document
    first, text = (0, document.source) if page is None else _page(document, page)
    if session.as_json:
        said = {"file": found.name, "sha256": document.text.sha256, "notes": list(document.notes)}
        machine = document.machine.as_json() if document.machine is not None else None
        say_json({**said, "made_visible": document.text.replaced, "read_by_machine": machine, "text": text})
        return
    if document.text.replaced:
        click.echo(made_visible(document.text.replaced), err=True)
    for note in document.notes:
        click.echo(one_line(note), err=True)
    lines = text.rstrip("\n").split("\n")
    width = len(str(first + len(lines)))
    for number, line in enumerate(lines, first + 1):
        say(f"{number:>{width}}  {line}" if numbers else line)


def _page(document: EvidenceDocument, page: int) -> tuple[int, str]:
    """The first line (from 0) and the text of that page. Raises `WrongUse` when there is none."""
    starts: list[int] = []
    last = ""
    for place in document.places:
        unit = place.label.split(" row ")[0]
        if unit.startswith(_PAGES) and unit != last:
            starts.append(place.line)
            last = unit
    if page > len(starts):
        raise WrongUse(
            "No such page",
            f"It has {len(starts)} pages." if starts else "This kind of file has no pages.",
            "Leave --page away to read all of it.",
        )
    lines = document.source.split("\n")
    end = starts[page] if page < len(starts) else len(lines)
    return starts[page - 1], "\n".join(lines[starts[page - 1] : end])
