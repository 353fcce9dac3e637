"""`markterm backup`: the whole centre in one file, and the centre of such a file again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.exported import ExportBar
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.backup.form import EVIDENCE_SUMS, EvidenceIn
from markterm.exports.plain.backup import backup_as_json, last_backup_as_json, restored_as_json

if TYPE_CHECKING:
    from markterm.exports.backup.checking import CheckedBackup

_DAMAGED = 4
_MOST_NAMED = 5


@click.command("backup", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--evidence",
    type=click.Choice([str(EvidenceIn.INCLUDED), str(EvidenceIn.BY_HASH)]),
    help="Learners' files themselves, or their hashes alone where the files are kept in another way.",
)
@click.option("--force", is_flag=True, help="Write over a backup that is there.")
@click.option("--even-incomplete", is_flag=True, help="Write it without files that cannot be read; they are named.")
@click.option("--check", is_flag=True, help="Read FILE, a backup, from its first byte to its last.")
@click.option(
    "--restore",
    "into",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Make the centre of FILE again, in a folder that is not there or empty.",
)
@click.option(
    "--newer",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="With --restore: a later backup, or the centre's folder. What it knows as destroyed stays away.",
)
@pass_session
def command(
    session: Session,
    file: Path | None,
    *,
    evidence: str | None,
    force: bool,
    even_incomplete: bool,
    check: bool,
    into: Path | None,
    newer: Path | None,
) -> int | None:
    """Write the whole centre to FILE, check or restore one.

    Without FILE it says when a backup was made last, as was noted in the centre's folder.

    FILE is a zip, or a folder outside the centre in which it gets a name. It is there complete or not at all: written
    beside its place, brought to the disk, read back, and every record followed line by line to the end that was noted
    of it. Any program unpacks it to the centre's folder. Who marks meanwhile is not held up: a record is in it as it
    stood when its turn came.

    In it are the records, sheets, learners, members and templates. It is without exports, drafts and signing keys, and
    without what is being destroyed, or was. Ends with 4 when something of the centre is damaged or could not be read.

    --check needs no centre; in the centre's folder it says too how many of its records were destroyed since.
    A centre on PostgreSQL is restored to a folder, and copied back by markterm store copy.

    \b
    Examples:
      markterm backup
      markterm backup /mnt/backups
      markterm backup --check "/mnt/backups/012345 backup 2026-05-04 0200.zip"
      markterm backup --restore /srv/centre "012345 backup 2026-05-04 0200.zip"
    """
    if file is None:
        if check or into is not None or evidence or force or even_incomplete or newer is not None:
            raise click.UsageError("No FILE was named.")
        _tell_last(session)
        return None
    if newer is not None and into is None:
        raise click.UsageError("--newer goes with --restore.")
    if check and into is not None:
        raise click.UsageError("--check and --restore are two things: restoring checks the backup first.")
    if into is not None:
        return _restore(session, file, into, newer)
    if check:
        return _check(session, file)
    asked = EvidenceIn(evidence) if evidence is not None else None
    return _write(session, file, asked, force=force, even_incomplete=even_incomplete)


def _write(
    session: Session, file: Path, evidence: EvidenceIn | None, *, force: bool, even_incomplete: bool
) -> int | None:
    centre = session.centre()
    target = centre.backups.place_of(file)
    bar = ExportBar("backing up")
    try:
        written = centre.backups.write(
            target, evidence=evidence, even_incomplete=even_incomplete, force=force, told=bar.tell
        )
    finally:
        bar.close()
    if session.as_json:
        say_json(backup_as_json(written.target, written.checked, written.damaged, None))
    else:
        say(one_line(f"Written and read back: {written.target}, {_told(written.checked)}."))
        _tell_rest(written.checked, written.damaged)
    return _DAMAGED if written.damaged or written.checked.facts.unread else None


def _tell_last(session: Session) -> None:
    backups = session.centre().backups
    last = backups.last()
    if session.as_json:
        say_json(last_backup_as_json(last))
        return
    for each in backups.in_words(last):
        say(one_line(each))


def _check(session: Session, file: Path) -> int | None:
    from markterm.exports.backup.checking import check_backup

    checked = check_backup(file)
    damaged = [f"{name} does not verify from line {line} on" for name, line in checked.damaged.items()]
    since = _destroyed_since(session, checked)
    if session.as_json:
        say_json(backup_as_json(file, checked, damaged, since))
    else:
        made = _made(checked)
        say(one_line(f"Whole: {file}, made {made} of {checked.facts.number} {checked.facts.name}: {_told(checked)}."))
        _tell_rest(checked, damaged)
        if since:
            told = f"{counted(since, 'record')} in it {'was' if since == 1 else 'were'} destroyed since"
            click.echo(f"{told}: when the backup is needed no more, destroy it too.", err=True)
    return _DAMAGED if damaged or checked.facts.unread else None


def _destroyed_since(session: Session, checked: CheckedBackup) -> int | None:
    """How many of its records this centre destroyed since; None where there is none, or another one."""
    with suppress(WrongUse):  # Nobody has to be in a centre's folder for it.
        centre = session.centre()
        return centre.backups.destroyed_since(checked) if centre.details.number == checked.facts.number else None
    return None


def _restore(session: Session, file: Path, into: Path, newer: Path | None) -> int | None:
    from markterm.centre.restoring import restore

    restored = restore(file, into, newer=newer)
    checked = restored.checked
    if session.as_json:
        say_json(
            restored_as_json(
                restored.into,
                checked,
                restored.kept_away,
                restored.evidence_kept_away,
                were_in_database=restored.were_in_database,
            )
        )
    else:
        records = counted(checked.facts.records - restored.kept_away, "record")
        say(one_line(f"Restored to {restored.into}: {records}, as they were {_made(checked)}."))
        away = [counted(restored.kept_away, "record")] if restored.kept_away else []
        if restored.evidence_kept_away:
            away.append(f"the evidence of {counted(restored.evidence_kept_away, 'learner')}")
        if away:
            click.echo(f"Destroyed since, and kept away: {' and '.join(away)}.", err=True)
        if checked.facts.evidence is EvidenceIn.BY_HASH:
            click.echo(
                f"The evidence is not in the backup. Copy it to its place, then: sha256sum -c {EVIDENCE_SUMS}", err=True
            )
        if restored.were_in_database:
            click.echo(
                "The records were in a database. Here they are in the folder, and its centre.toml says so: "
                "markterm store copy brings them to a database.",
                err=True,
            )
        click.echo(
            "markterm audit tells whether more was recorded since; markterm check, whether all is there.", err=True
        )
    return _DAMAGED if checked.damaged or checked.facts.unread else None


def _made(checked: CheckedBackup) -> str:
    return moment(datetime.fromisoformat(checked.facts.made_at))


def _told(checked: CheckedBackup) -> str:
    facts = checked.facts
    evidence = counted(facts.evidence_files, "file")
    of_evidence = {
        EvidenceIn.INCLUDED: "evidence included",
        EvidenceIn.BY_HASH: f"evidence by hash ({evidence})",
        EvidenceIn.APART: "evidence apart, in its own store",
    }[facts.evidence]
    return (
        f"{counted(facts.records, 'record')} with {counted(facts.events, 'event')}, {counted(facts.files, 'file')}, "
        f"{of_evidence}, {checked.size:,} bytes"
    )


def _tell_rest(checked: CheckedBackup, damaged: Sequence[str]) -> None:
    facts = checked.facts
    for line in (
        *_named("Damaged in the centre already", damaged),
        *_named("Could not be read, and is not in it", facts.unread),
        *_named("A link to elsewhere, and not followed", facts.links),
    ):
        click.echo(one_line(line), err=True)
    if facts.destroyed:
        click.echo(f"Left out, because destroyed: {counted(facts.destroyed, 'record')}.", err=True)


def _named(what: str, each: Sequence[str]) -> Iterator[str]:
    if each:
        yield f"{what}: {first_of(each, _MOST_NAMED)}."
