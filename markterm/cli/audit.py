"""`markterm audit`: is the record whole and unchanged?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import completion, signatures
from markterm.cli.hints import line_of
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.stores.beside import RecordBar, compared_in_lines
from markterm.domain.record.who_did_what import ABOUT_PEOPLE
from markterm.domain.words.counted import counted, first_of
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.finding import Finding, Severity
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.store import compared_as_json
from markterm.records.finding_codes import troubling

if TYPE_CHECKING:
    from markterm.centre.audits import Compared, RecordAudit
    from markterm.centre.centre import Centre
    from markterm.exports.anchored import Manifest
    from markterm.records.copying import Compared as Beside

_FOUND = 1
_DAMAGED = 4
_MOST_NAMED = 5


@click.command("audit", cls=Command)
@click.argument("learner", required=False, shell_complete=completion.learners)
@click.option("--heads", "with_heads", is_flag=True, help="Print how far each segment goes and the hash of its end.")
@click.option("--keep", type=click.Path(path_type=Path), metavar="FILE", help="Write the same to a file, to keep.")
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Compare with heads that were kept, or with an export: a file, folder or zip.",
)
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Write all of it as a page, to keep.")
@click.option(
    "--beside",
    type=click.Path(),
    metavar="PLACE",
    help="Compare every line with another store: the address of a database, or a folder of records.",
)
@click.option("--force", is_flag=True, help="With --keep and --page: write over a file that is there.")
@pass_session
def command(
    session: Session,
    learner: str | None,
    with_heads: bool,
    keep: Path | None,
    against: Path | None,
    page: Path | None,
    beside: str | None,
    force: bool,
) -> int:
    """Verify that every record is whole and unchanged.

    Or that of one LEARNER. Each is read from its first byte and compared with everything that has seen it, earlier
    audits of this machine too. Prints a line for each finding, and ends with 4 when one is about what is recorded, with
    1 when those that are errors are about people: who recorded it, or whose record it is.

    The hashes prove that no line was changed without its end changing; they do not prove who wrote it. Keep the heads
    in another place (--keep): only they prove later that no end was cut off and nothing was written anew (--against).

    Whoever sees some of the learners verifies their records, and the centre's own. An external quality assurer has
    every record verified, and is told of whose it is where they may see the learner. --page is for somebody who takes
    it along, such as them: heads, signatures and findings, as HTML that needs nothing else.

    With --beside it compares two stores, as after a copy, and ends with 1 when one of them goes further, with 4 when
    they say two things.

    Of an export that somebody signed it says by whom, and ends with 4 when the signature is not over what is there,
    with 1 when it does not prove who signed: the key was not theirs then, or has ended since.

    \b
    Examples:
      markterm audit
      markterm audit JON2041
      markterm audit --keep /media/stick/heads-2026-05.txt
      markterm audit --against /media/stick/heads-2026-05.txt
      markterm audit --against jones-500.pdf
      markterm audit --page checked.html --as pat
    """
    from markterm.centre.audits import read_kept

    centre = session.centre()
    if keep is not None and learner is not None:
        raise WrongUse("Heads of everybody", "--keep writes those of every record.", "Leave the learner out.")
    if beside is not None and learner is not None:
        raise WrongUse("Two whole stores", "--beside compares every record.", "Leave the learner out.")
    if keep is not None:
        centre.audits.check_free(keep, force=force)
        centre.exports.check_target(keep, force=True)
    compared = read_kept(against) if against is not None else None
    signature = None
    if compared is not None and compared.signature is not None:
        signature = centre.signing_keys.check(compared.signature, compared.manifest)
    looked: list[RecordAudit] = []
    audits = centre.audits
    looked_at = audits.every(compared) if learner is None else audits.one(centre.learners.find(learner), compared)
    for audited in looked_at:
        looked.append(audited)
        _tell_late(audited)
        if not session.as_json:
            _say(audited, with_heads=with_heads)
    whose = (*centre.registrations.findings(), *centre.retention.findings()) if learner is None else ()
    running = audits.across(looked)
    if keep is not None:
        centre.audits.keep(keep, looked, force=force)
    if page is not None:
        from markterm.centre.export.audit_page import keep_page

        keep_page(centre, page, looked, (*running, *whose), force=force)
    every = [*troubling(finding for audited in looked for finding in audited.findings), *running, *whose]
    events = sum(audited.events for audited in looked)
    both = _beside(centre, beside) if beside is not None else None
    if session.as_json:
        say_json(
            {
                "records": [_as_json(audited) for audited in looked],
                "events": events,
                "findings": len(every),
                "across_records": [finding_as_json(each) for each in running],
                "registrations": [finding_as_json(each) for each in whose],
                "covers": (centre.audits.covers or None) if learner is None else None,
                **(
                    {"against": _compared_as_json(compared) | {"signature": signatures.as_json(signature)}}
                    if compared is not None
                    else {}
                ),
                **({"beside": compared_as_json(both)} if both is not None else {}),
            }
        )
    else:
        for finding in (*running, *whose):
            say(one_line(line_of(finding)))
        for line in compared_in_lines(both) if both is not None else ():
            say(one_line(line))
    if compared is not None and against is not None:
        click.echo(one_line(f"Compared with {against}: {_in_words(compared)}."), err=True)
    of_export = compared.manifest if compared is not None else None
    if of_export is not None and of_export.altered:
        click.echo("The export is not as it was written: its own files are no proof.", err=True)
    if signature is not None:
        from markterm.centre.export.signed_export import signature_in_words  # Few exports are signed.

        signed = signature_in_words(signature, moment, centre.details.name_of)
        click.echo(one_line(f"The export is signed{signed}"), err=True)
    told = counted(len(every), "finding")
    read = f"{counted(len(looked), 'record')} with {counted(events, 'event')}"
    click.echo(f"Verified {read}: {told if every else 'all is well'}.", err=True)
    if learner is None and (covers := centre.audits.covers):
        click.echo(covers, err=True)
    of_files = _DAMAGED if of_export is not None and of_export.altered else 0
    return max(of_files, signatures.code_of(signature), _exit_code(every, whose), _code_of(both))


def _beside(centre: Centre, place: str) -> Beside:
    bar = RecordBar()
    try:
        return centre.custody.compare_with(place, bar.tell)
    finally:
        bar.close()


def _code_of(both: Beside | None) -> int:
    if both is None or both.are_equal:
        return 0
    return _DAMAGED if both.unlike else _FOUND


def _exit_code(every: Sequence[Finding], whose: Sequence[Finding]) -> int:
    people = {id(finding) for finding in whose}
    about_people = [finding for finding in every if id(finding) in people or finding.code in ABOUT_PEOPLE]
    if len(about_people) < len(every):
        return _DAMAGED
    return _FOUND if any(finding.severity is Severity.ERROR for finding in about_people) else 0


def _say(audited: RecordAudit, *, with_heads: bool) -> None:
    for finding in audited.findings:
        say(one_line(line_of(finding)))
    for name, head in sorted(audited.heads.items()) if with_heads else ():
        say(one_line(f"{audited.record or 'centre'}  {name}  {head.lines} lines  {head.digest}"))


def _tell_late(audited: RecordAudit) -> None:
    if audited.late:
        late = f"{counted(audited.late, 'line')} came to {', '.join(audited.goes_on_from)}"
        click.echo(one_line(f"{audited.record}: {late} since it goes on."), err=True)


def _as_json(audited: RecordAudit) -> dict[str, object]:
    return {
        "record": audited.record,
        "events": audited.events,
        "heads": {name: {"lines": head.lines, "digest": head.digest} for name, head in audited.heads.items()},
        "findings": [finding_as_json(finding) for finding in audited.findings],
        "goes_on_from": list(audited.goes_on_from),
        "late": audited.late,
    }


def _compared_as_json(compared: Compared) -> dict[str, object]:
    return {
        "kept": len(compared.kept),
        "changed": compared.changed,
        "gone": compared.gone,
        "destroyed": compared.destroyed,
        "grew": compared.grew,
        "new": compared.new,
        "unread": compared.unread,
        "files": _files_as_json(compared.manifest) if compared.manifest is not None else None,
    }


def _files_as_json(files: Manifest) -> dict[str, object]:
    return {"named": files.files, "changed": files.changed, "missing": files.missing, "added": files.added}


def _in_words(compared: Compared) -> str:
    """What became of the records since, and of the files of an export, the worst first."""
    files = compared.manifest
    told = [
        _named(compared.gone, "gone"),
        _named(compared.changed, "changed or cut off"),
        _named(compared.unread, "not compared, because they cannot be read"),
        _named(compared.destroyed, "destroyed since, as the centre's record says"),
        _named(compared.grew, "grew as a record does"),
        _named(compared.new, "new"),
        *(_of_files(files) if files is not None else ()),
    ]
    return ", ".join(filter(None, told)) or "everything is as it was"


def _of_files(files: Manifest) -> Iterator[str]:
    yield _named(files.changed, "of its files changed")
    yield _named(files.missing, "of its files missing")
    yield _named(files.added, "files added to it")


def _named(records: Sequence[str], what: str) -> str:
    names = first_of([record or "the centre's own" for record in records], _MOST_NAMED)
    return f"{len(records)} {what} ({names})" if records else ""
