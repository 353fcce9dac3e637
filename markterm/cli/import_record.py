"""`markterm import-record`: a record that was exported comes back, to the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.upgrading import bring_to_newest_format, upgrade_option
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.taken_in import taken_in_as_json

_MOST_NAMED = 5


@click.command("import-record", cls=Command)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, readable=True, path_type=Path)
)
@click.option("--from-another-centre", is_flag=True, help="The records are another centre's, and may come here.")
@click.option("--even-damaged", is_flag=True, help="Take them in as they are, though something does not verify.")
@upgrade_option
@pass_session
def command(
    session: Session,
    files: tuple[Path, ...],
    *,
    from_another_centre: bool,
    even_damaged: bool,
    upgrade: bool,
) -> None:
    """Take in records that were exported.

    From FILEs that markterm export record wrote as JSON Lines, or folders or zips of them, or a visit pack: all of the
    records or none, byte for byte, also where the machine goes off between two of them. Only a record that the centre
    does not have is taken in; one that is there with the same bytes is left, so what was stopped is done again. Every
    hash is computed anew: a file that is not as it was exported is refused.
    Evidence and learner.md are no part of a record: copy the learner's folder too.

    \b
    Examples:
      markterm import-record "JON2041 record.jsonl"
      markterm import-record records.zip
    """
    from markterm.centre.imports import NeedsFormat

    centre = session.centre()
    imports = partial(centre.imports.records, files, from_another_centre=from_another_centre, even_damaged=even_damaged)
    try:
        taken = imports()
    except NeedsFormat:
        bring_to_newest_format(centre, upgrade=upgrade)
        taken = imports()
    if session.as_json:
        say_json(taken_in_as_json(taken))
        return
    say(one_line(f"Taken in: {counted(len(taken.records), 'record')}{_named(taken.records)}."))
    if taken.there:
        say(one_line(f"There already, with the same bytes: {counted(len(taken.there), 'record')}."))
    for fault in taken.faults:
        click.echo(one_line(f"Does not verify: {fault}"), err=True)
    if taken.destroyed:
        told = f"{counted(len(taken.destroyed), 'record')} that had been destroyed{_named(taken.destroyed)}"
        click.echo(one_line(f"{told}: here again. If nobody means that, destroy it again."), err=True)
    if taken.without_learner:
        folders = f"{counted(len(taken.without_learner), 'record')} without a learner{_named(taken.without_learner)}"
        click.echo(
            one_line(f"{folders}: copy the folders learners/REGISTRATION, with learner.md and evidence, here as well."),
            err=True,
        )
    click.echo(f"{counted(taken.events, 'event')}; markterm audit verifies them.", err=True)


def _named(records: Sequence[str]) -> str:
    if not records:
        return ""
    names = first_of([each or "the centre's own" for each in records], _MOST_NAMED)
    return f" ({names})"
