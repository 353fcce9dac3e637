"""`markterm find`: words in all of a learner's files."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import Unreadable
from markterm.domain.foreign_text import one_line


@click.command("find", cls=Command)
@learner_argument
@click.argument("text")
@pass_session
def command(session: Session, learner: str, text: str) -> int:
    """Find words in all of a learner's files.

    Capitals do not matter, and a phrase is found across the ends of lines. Ends with 1 when nothing is found.

    \b
    Examples:
      markterm find JON2041 "supervision"
      markterm find JON2041 "line manager" --json
    """
    centre = session.centre()
    registration = centre.find_learner(learner)
    found: list[dict[str, object]] = []
    unread: list[str] = []
    for file in centre.all_evidence(registration):
        try:
            document = centre.read_evidence(file)
        except Unreadable as error:
            unread.append(f"{file.name}: {error.title}")
            continue
        lines = document.source.split("\n")
        for start in document.find(text).starts:
            line = document.line_at(start)
            place = document.place_at(line)
            found.append({"file": file.name, "line": line + 1, "place": place, "text": lines[line].strip()})
    if session.as_json:
        say_json(found)
    else:
        for each in found:
            place = f" ({each['place']})" if each["place"] else ""
            say(one_line(f"{each['file']}:{each['line']}:{place} {each['text']}"))
    click.echo(f"{len(found)} found.", err=True)
    for name in unread:
        click.echo(f"Not read: {one_line(name)}", err=True)
    return 0 if found else 1
