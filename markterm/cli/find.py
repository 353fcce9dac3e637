"""`markterm find`: words in all of a learner's files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.portfolio_find import FoundInFile, find_in_files
from markterm.exports.plain.evidence import found_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.evidence.text.document import EvidenceDocument


@click.command("find", cls=Command)
@learner_argument
@click.argument("text")
@pass_session
def command(session: Session, learner: str, text: str) -> int:
    """Find words in all of a learner's files.

    Capitals and accents do not matter, nor which quotes, dashes and spaces a word processor has written, and a phrase
    is found across the ends of lines. Each line that is printed is a place, with its file and line; in JSON it has the
    number of places in that file too. What could not be looked through is named. Ends with 1 when nothing is found.

    \b
    Examples:
      markterm find JON2041 "supervision"
      markterm find JON2041 "line manager" --json
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    unread = [*centre.evidence.told(registration).problems]

    def documents() -> Iterator[tuple[str, EvidenceDocument]]:
        with reading_bar() as progress:
            for file, read in centre.evidence.read_every(registration, progress):
                if isinstance(read, Unreadable):
                    unread.append(f"{file.name}: {read.title}")
                else:
                    # Words in pictures are found as well; the first time that takes a while.
                    document = centre.evidence.read_by_machine(file, read, progress) or read
                    if document.has_unread_pages:
                        unread.append(f"{file.name}: pages that are pictures, and words may be in them")
                    yield file.name, document

    found = [_rows(each) for each in find_in_files(documents(), text)]
    rows = list(chain.from_iterable(found))
    if session.as_json:
        say_json(rows)
    else:
        for row in rows:
            place = f" ({row['place']})" if row["place"] else ""
            say(one_line(f"{row['file']}:{row['line']}:{place} {row['text']}"))
    files = f" in {counted(len(found), 'file')}" if found else ""
    click.echo(f"{len(rows)} found{files}.", err=True)
    for name in unread:
        click.echo(f"Not read: {one_line(name)}", err=True)
    return 0 if found else 1


def _rows(found: FoundInFile) -> list[Json]:
    """The places in a file as JSON objects, each with the line it stands in and how many the file has."""
    return [found_as_json(found, found.place(number, whole=True)) for number in range(found.count)]
