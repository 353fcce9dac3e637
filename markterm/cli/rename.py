"""`markterm rename`: a registration that is corrected."""

from __future__ import annotations

import click

from markterm.cli import completion
from markterm.cli.asking import at_a_terminal
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.upgrading import bring_to_newest_format, upgrade_option
from markterm.domain.words.foreign_text import one_line


@click.command("rename", cls=Command)
@click.argument("old", shell_complete=completion.learners)
@click.argument("new")
@click.option("--join", is_flag=True, help="NEW has a record already, and it is the same learner's.")
@upgrade_option
@pass_session
def command(session: Session, old: str, new: str, join: bool, upgrade: bool) -> None:
    """Correct the registration OLD to NEW.

    The record goes on under NEW: what was recorded under OLD stays the learner's, and nothing of it is rewritten.
    The learner's folder moves, and learner.md says NEW. Was the folder renamed by hand already, its record follows.
    Stopped half-way, do it again: it goes on where it stopped.

    \b
    Example:
      markterm rename JON2041 JON9999 --as asha
    """
    from markterm.centre.registrations import JoinNeeded

    centre = session.centre()
    registrations = centre.registrations
    try:
        registrations.check(old, new, join=join)
    except JoinNeeded as refused:
        if not (at_a_terminal() and click.confirm(f"{refused.what} Is it the same learner's?", err=True)):
            raise
        join = True
    if registrations.needs_record(old):
        bring_to_newest_format(centre, upgrade=upgrade)
    renamed = registrations.rename(old, new, join=join)
    if session.as_json:
        say_json({"old": renamed.old, "new": renamed.new, "entries": renamed.entries})
        return
    entries = f"{renamed.entries} entr{'ies' if renamed.entries != 1 else 'y'}"
    say(one_line(f"{renamed.old} is {renamed.new} now; the record goes on with {entries}"))
