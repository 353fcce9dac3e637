"""`markterm export retention`: what is kept of whom until when, as a table."""

from __future__ import annotations

from pathlib import Path

import click

from markterm.cli.everybody import everybody, with_bar
from markterm.cli.exported import export_options, table_form, table_format_option, write
from markterm.cli.session import Command, Session, pass_session


@click.command("retention", cls=Command)
@click.option("--due", "only_due", is_flag=True, help="Only of whom something may be destroyed today.")
@table_format_option
@export_options(folder=False)
@pass_session
def command(session: Session, form: str | None, to: Path | None, *, only_due: bool, preview: bool, force: bool) -> None:
    """Write what is kept of each learner until when, and why.

    Of each: the day of the last certificate, the earliest day on which evidence and record may be destroyed, the rule,
    what keeps them whatever the day, and what is meant or begun to be destroyed. The rules are those of [retention] in
    centre.toml. Nothing is destroyed by it: markterm retention --destroy does that.

    \b
    Examples:
      markterm export retention
      markterm export retention --due --format pdf
    """
    from markterm.centre.export.retention import RetentionRead  # Only whoever exports needs it.

    centre, read = session.centre(), RetentionRead()
    rows = everybody(centre)
    reading = centre.retention_exports.reading(read)
    for _ in with_bar(reading, len(rows), "Reading the records", learners=len(rows)):
        pass
    export = centre.retention_exports.of(read, table_form(form, to), only_due=only_due)
    write(session, centre, export, to=to, preview=preview, force=force)
