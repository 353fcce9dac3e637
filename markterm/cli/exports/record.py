"""`markterm export record`: every line that was recorded, to keep, to look through, and to be taken in again."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.caveats import warn_of_damage, warn_of_hidden
from markterm.cli.everybody import everybody
from markterm.cli.exported import ending_form, export_options, format_option, write
from markterm.cli.session import Command, Session, pass_session

_LINES, _FLAT = _FORMS = ("jsonl", "csv")


@click.command("record", cls=Command)
@click.argument("learners", metavar="[LEARNER]...", nargs=-1, shell_complete=completion.learners)
@format_option(_FORMS, _LINES)
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    learners: tuple[str, ...],
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write records: every event, complete.

    Those of the LEARNERs, each with the records that it goes on from, or every record of the centre, its own among
    them. Each is a file. JSON Lines hold every line as it was recorded, so that its hashes stay: markterm import-record
    makes the same record of it again. What does not verify is in it as it is. CSV has an event a line.

    \b
    Examples:
      markterm export record JON2041
      markterm export record -o /media/stick/records --zip
      markterm export record JON2041 --format csv -o jones.csv
    """
    centre = session.centre()
    registrations = tuple(dict.fromkeys(map(centre.learners.find, learners)))
    flat = ending_form(form, to, _FORMS, _LINES) == _FLAT
    records = centre.exports.records
    export = records.of(registrations, flat=flat) if registrations else records.of_all(flat=flat)
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
    for registration in registrations:
        warn_of_damage(centre.learners.findings(registration))
    if not (registrations or preview):  # They were copied and not read: the caseload knows of them.
        warn_of_hidden(everybody(centre))
