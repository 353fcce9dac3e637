"""`markterm store status`: what keeps the records, how much there is, and what may be lost or changed there."""

from __future__ import annotations

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.store import store_status_as_json

_FOUND = 1
_MB = 2**20


@click.command("status", cls=Command)
@pass_session
def command(session: Session) -> int | None:
    """Show what keeps the records, and how it stands.

    Of a database: its role, the version of its tables, how much there is, whether what it says is saved is on its disk
    and with those that stand by, and who could change what keeps a record from being changed. Ends with 1 where
    something may be lost or changed.

    \b
    Examples:
      markterm store status
      markterm store status --json
    """
    status = session.centre().custody.status()
    if session.as_json:
        say_json(store_status_as_json(status))
        return _FOUND if status.caveats else None
    say(one_line(f"{status.kind}: {status.place}"))
    if status.lines is None:
        say(counted(status.records, "record"))
    else:
        say(one_line(f"Server {status.server}, tables of version {status.tables}, as the role {status.role}"))
        size = f"{(status.size or 0) / _MB:,.1f} MB"
        standbys = counted(status.standbys or 0, "server")
        say(f"{counted(status.records, 'record')}, {counted(status.lines, 'line')}, {size}; standing by: {standbys}")
    for caveat in status.caveats:
        say(one_line(f"! {caveat}"))
    return _FOUND if status.caveats else None
