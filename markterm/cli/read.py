"""`markterm read`: a learner's file as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
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
@pass_session
def command(session: Session, learner: str, file: str, page: int | None) -> None:
    """Print a learner's file as text, whatever its kind.

    FILE is a name as markterm evidence lists it, or a part that only one name has.

    \b
    Examples:
      markterm read JON2041 01-business-case.md
      markterm read JON2041 feedback.pdf --page 2
    """
    centre = session.centre()
    registration = centre.find_learner(learner)
    files = tuple(centre.all_evidence(registration))
    exact = [each for each in files if each.name == file]
    found = exact or [each for each in files if file.casefold() in each.name.casefold()]
    if len(found) != 1:
        names = ", ".join(one_line(each.name) for each in (found or files)[:8]) or "none yet"
        what = (
            f"{len(found)} files have {one_line(file)} in their name"
            if found
            else f"No file is called {one_line(file)}"
        )
        raise WrongUse("Which file?", f"{what}.", f"The files are {names}.")
    document = centre.read_evidence(found[0])
    text = document.source if page is None else _page(document, page)
    if session.as_json:
        say_json({"file": found[0].name, "sha256": document.text.sha256, "notes": list(document.notes), "text": text})
        return
    for note in document.notes:
        click.echo(one_line(note), err=True)
    say(text.rstrip("\n"))


def _page(document: EvidenceDocument, page: int) -> str:
    """The lines of that page. Raises `WrongUse` when there is none."""
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
    return "\n".join(lines[starts[page - 1] : end])
