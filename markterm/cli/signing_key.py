"""`markterm signing-key`: keys with which members sign what they close and verify."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli import signatures
from markterm.cli.output import moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.views.signing_keys import told_of_key
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import time_given
from markterm.exports.plain.event import event_as_json
from markterm.exports.plain.signing_key import key_as_json

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.domain.record.signing_keys import SigningKey


@click.command("signing-key", cls=Command)
@click.option("--make", is_flag=True, help="Make a key on this machine, and enter it as yours.")
@click.option("--confirm", default="", metavar="KEY", help="Confirm somebody's key: you asked them for its name.")
@click.option("--end", default="", metavar="KEY", help="End a key: it signs no more. With --reason.")
@click.option("--reason", "why", default="", metavar="TEXT", help="Why it ends: lost, copied, its owner left.")
@click.option("--from", "since", default="", metavar="TIME", help="From when on, if from before: 2026-01-31 09:00.")
@click.option("--sign-missing", is_flag=True, help="Sign what you closed and verified and what is not signed yet.")
@click.option(
    "--verify",
    "export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check the signature of an export, without its centre: a file, folder or zip.",
)
@pass_session
def command(
    session: Session,
    *,
    make: bool,
    confirm: str,
    end: str,
    why: str,
    since: str,
    sign_missing: bool,
    export: Path | None,
) -> int:
    """List the keys with which members sign, make or end one.

    Signing is optional. Who has a key signs each closing and each verification with it, on the screen too: the
    signature stands in the record after what it signs, and markterm audit checks it. What they export is signed as
    well, but scripts without names: in NAME.sig beside a file, in SIGNATURE in a folder or zip, over its list of sums.
    markterm audit --against checks that by the centre's record; --verify tells everywhere whether it is over these
    bytes, and by which key, but not whose key that is: ask the centre for its name. --make writes the private half into
    your own state folder, without a passphrase and for nobody else to read: whoever gets at your account signs as you.
    A key signs once a coordinator has confirmed it: they compare its name with the one that you read to them. In a
    centre of one person that person confirms their own, and it is told so.

    A key that is lost or was copied is ended, by its owner from now on, by who may confirm it also from an earlier time
    (--from). What it signed before stands; what appears later does not, whatever its date says.

    When a signature cannot be written, what it should sign is recorded all the same, and told as not signed:
    --sign-missing signs it later.

    \b
    Examples:
      markterm signing-key --make --as asha
      markterm signing-key --confirm 3f9a20c1 --as carol
      markterm signing-key --end 3f9a20c1 --reason "laptop stolen" --from 2026-03-02 --as carol
      markterm signing-key --sign-missing --as asha
      markterm signing-key --verify jones-500.pdf
    """
    if sum(map(bool, (make, confirm, end, sign_missing, export))) > 1:
        asked = "--make, --confirm, --end, --sign-missing and --verify"
        raise WrongUse("One at a time", f"{asked} exclude each other.", "Give one.")
    if (why or since) and not end:
        raise WrongUse("What ends?", "--reason and --from go with --end.", "Give the key with --end.")
    if export is not None:
        return _verify(session, export)
    at = time_given(since)
    centre = session.centre()
    keys = centre.signing_keys
    if sign_missing:
        _sign_missing(session, centre)
    elif make or confirm or end:
        key = keys.make() if make else keys.confirm(confirm) if confirm else keys.end(end, why, at)
        if session.as_json:
            say_json(key_as_json(key))
        else:
            say("\n".join(_lines(centre, key)))
        if make:
            click.echo(
                f"Its private half is in {one_line(str(keys.files.file(key.public)))}: keep a copy of it.", err=True
            )
            click.echo("It signs once it is confirmed: read its name to who confirms it.", err=True)
    elif session.as_json:
        say_json([key_as_json(key) for key in keys.every()])
    else:
        every = keys.every()
        for key in every:
            say("\n".join(_lines(centre, key)))
        if not every:
            click.echo("Nobody has a key to sign with.", err=True)
    return 0


def _verify(session: Session, export: Path) -> int:
    from markterm.centre.export.signature import check
    from markterm.centre.export.signed_export import changed, signature_in_words, signature_of

    found, manifest = signature_of(export)
    checked, others = check(found, manifest, None), changed(manifest)
    if session.as_json:
        say_json({"signature": signatures.as_json(checked), "changed_files": others})
    else:
        say(one_line(f"Signed{signature_in_words(checked, moment)}"))
        if others:
            say(one_line(f"Not as it was signed: {', '.join(others)}"))
    return signatures.code_of(checked)


def _sign_missing(session: Session, centre: Centre) -> None:
    done: list[dict[str, object]] = []
    try:
        for registration, event in centre.signing_keys.sign_missing():
            done.append({"registration": registration, **event_as_json(event)})
            if not session.as_json:
                unit = event.subject.unit.code if event.subject.unit is not None else ""
                say(one_line(f"{registration} {unit} {event.kind} {moment(event.at)}: signed"))
    finally:
        if session.as_json:
            say_json(done)
        click.echo(f"{counted(len(done), 'entry', 'entries')} signed.", err=True)


def _lines(centre: Centre, key: SigningKey) -> Iterator[str]:
    names = centre.details.name_of
    yield one_line(f"{key.name}  {names(key.member)} ({key.member}): {key.state}")
    yield from (f"  {line}" for line in told_of_key(key, names, moment))
