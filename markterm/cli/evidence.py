"""`markterm evidence`: what a learner handed in."""

from __future__ import annotations

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.errors import Unreadable
from markterm.domain.foreign_text import one_line

_HASH = 12


@click.command("evidence", cls=Command)
@learner_argument
@pass_session
def command(session: Session, learner: str) -> int:
    """List the files that a learner handed in.

    Each with its size, words, pages and the beginning of its SHA-256, and why it cannot be read if it cannot. E-mails
    and archives are followed by what they hold. Ends with 1 when a file could not be read.

    \b
    Examples:
      markterm evidence JON2041
      markterm evidence JON2041 --json
    """
    centre = session.centre()
    registration = centre.find_learner(learner)
    files: list[dict[str, object]] = []
    for file in centre.all_evidence(registration):
        told: dict[str, object] = {"name": file.name, "bytes": file.size, "kind": file.kind.value}
        try:
            document = centre.read_evidence(file)
            told |= {
                "words": len(document.source.split()),
                "pages": document.pages,
                "sha256": document.text.sha256,
                "notes": list(document.notes),
            }
        except Unreadable as error:
            told["problem"] = f"{error.title}: {error.what}"
        files.append(told)
    problems = sum("problem" in file for file in files)
    if session.as_json:
        say_json(files)
    elif files:
        for line in columns([("File", "Bytes", "Words", "Pages", "SHA-256", ""), *map(_cells, files)]):
            say(line)
    noun = "file" if len(files) == 1 else "files"
    unread = f", {problems} not read" if problems else ""
    click.echo(f"{len(files)} {noun}{unread}.", err=True)
    return 1 if problems else 0


def _cells(file: dict[str, object]) -> tuple[str, ...]:
    notes = file.get("notes")
    said = file.get("problem") or (" ".join(map(str, notes)) if isinstance(notes, list) else "")
    return (
        one_line(str(file["name"])),
        f"{file['bytes']:,}",
        f"{file['words']:,}" if "words" in file else "",
        str(file.get("pages") or ""),
        str(file.get("sha256", ""))[:_HASH],
        one_line(str(said)),
    )
