"""`markterm export verification`: plan, log and all else that a centre shows of its internal verification."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.everybody import everybody, with_bar
from markterm.cli.exported import export_options, table_form, table_format_option, write
from markterm.cli.plan import from_option, period_given, until_option
from markterm.cli.session import Command, Session, pass_session

_PARTS = (
    *("plan", "log", "actions", "cases", "observations", "standardisation", "briefs", "members", "interests"),
    *("visits", "keys"),
)


@click.command("verification", cls=Command)
@click.option(
    "--only", "parts", multiple=True, type=click.Choice(_PARTS), help="Only that; may be given several times."
)
@from_option
@until_option
@table_format_option
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    parts: tuple[str, ...],
    begins: str,
    ends: str,
    form: str | None,
    to: Path | None,
    *,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write what the centre shows of its internal verification.

    Every sampling plan as it was adopted and changed, with what its rules asked and got; the log of samples, interim
    looks and verifications; actions; cases; observations of assessors; minutes of standardisation and what was agreed;
    briefs; members' competence and CPD; conflicts of interest; visits of external quality assurers and what they ask
    for; the keys with which members sign. --from and --until name the days of one plan alone. The reports of single
    samples are written by markterm export sheet --verification.

    A workbook has a sheet for each; as CSV each is a file.

    \b
    Examples:
      markterm export verification
      markterm export verification --only plan --only log --format pdf
      markterm export verification --only plan --from 2026-01-01 --until 2026-06-30
    """
    from markterm.centre.export.verification import OF_LEARNERS, Read, Shown  # Only whoever exports needs it.

    what, period = frozenset(map(Shown, parts)), period_given(begins, ends)
    centre, read = session.centre(), Read()
    rows = everybody(centre)
    if not what or OF_LEARNERS & what:
        steps = centre.verification_exports.reading(read)
        for _ in with_bar(steps, len(rows), "Reading the records", learners=len(rows)):
            pass
    export = centre.verification_exports.of(what, table_form(form, to), read, period)
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)
