"""`markterm receive`: downloads, sorted into the learners' evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markterm.cli.asking import at_a_terminal
from markterm.cli.output import say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.incoming.arriving_file import ArrivingFile, totals
from markterm.domain.incoming.whose import Sureness
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.incoming_preview import Preview
    from markterm.centre.receiving import Taken

_NOT_ALL = 1


@click.command("receive", cls=Command)
@click.argument("downloads", metavar="DOWNLOAD...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--take", type=click.Choice(["sure", "likely"]), help="Take what is sure, or likely too.")
@click.option(
    "--to",
    "given",
    nargs=2,
    multiple=True,
    metavar="LEARNER FILE",
    help="FILE of the download is that learner's: its name there, or a pattern such as '*scan.pdf'; repeatable.",
)
@pass_session
def command(session: Session, downloads: tuple[Path, ...], take: str | None, given: tuple[tuple[str, str], ...]) -> int:
    """Sort a download into the learners' evidence.

    DOWNLOAD is a folder, a .zip, a mailbox (.mbox), a message (.eml, .emlx, .msg) or a file: submissions of Moodle,
    Canvas, Brightspace or Blackboard, files named as the awarding organisation asks, what was sent by e-mail, or names
    of any kind. Each file is shown with whose it is: sure, likely (and why), or nobody's. Nothing is taken before
    --take or --to says so; what is not taken stays where it is, and so does the download.

    The same bytes are taken once. A file of the same name with other bytes never replaces the one that is there: it
    gets its day in its name. What came in, out of what and when is recorded. Stopped half-way, do it again.

    \b
    Examples:
      markterm receive submissions.zip
      markterm receive submissions.zip --take sure --as asha
      markterm receive inbox.mbox --take sure --to JON2041 "*scan.pdf" --as asha
    """
    centre = session.centre()
    with centre.receiving.preview(downloads) as preview:
        for file in preview:
            if not session.as_json:
                say(_line(file))
        shown = _as_given(centre, preview, preview.every(), given)
        if not session.as_json:
            say(f"{totals(shown)}.")
        least = Sureness(take) if take is not None else None
        if least is None and not given and not session.as_json and _asked(shown):
            least = Sureness.SURE
        chosen = shown if least is not None else [each for each in shown if each.to]
        taken: list[Taken] = []
        if least is not None or given:
            for each in centre.receiving.take(preview, chosen, least or Sureness.SURE):
                taken.append(each)
                if not session.as_json:
                    _tell(each)
    if session.as_json:
        _say_as_json(shown, taken)
    return _NOT_ALL if any(each.failed for each in taken) else 0


def _line(file: ArrivingFile) -> str:
    told = one_line(f"{file.name}: {'; '.join(file.told_whole())}")
    return f"{file.sign:<6}  {one_line(file.learner) or '-':<10}  {told}"


def _as_given(
    centre: Centre, preview: Preview, shown: Sequence[ArrivingFile], given: Sequence[tuple[str, str]]
) -> list[ArrivingFile]:
    """The files with whose they are by what was said. Raises `WrongUse` for one that is not there."""
    by_number = {each.number: each for each in shown}
    for learner, name in given:
        registration = centre.learners.find(learner)
        meant = [each for each in shown if each.name == name] or [
            each for each in shown if fnmatchcase(each.name, name) or each.name.endswith(f"/{name}")
        ]
        if not meant:
            raise WrongUse(
                "No such file in the download",
                f"{one_line(name)} is the name of none of the {len(shown)} files that come in. Nothing was taken.",
                "Give its name as it is shown, or a pattern such as '*scan.pdf'.",
            )
        for each in meant:
            by_number[each.number] = preview.given(each, registration)
    return [by_number[each.number] for each in shown]


def _asked(shown: Iterable[ArrivingFile]) -> bool:
    """Whether a person at a terminal wants what is sure."""
    count = sum(each.is_taken(Sureness.SURE) for each in shown)
    return bool(count) and at_a_terminal() and click.confirm(f"Take the {count} that are sure?", err=True)


def _tell(taken: Taken) -> None:
    for each in taken.kept:
        say(one_line(f"{taken.learner} has {each.name}{' (it was there, and is recorded now)' if each.again else ''}"))
    for file, why in taken.failed:
        click.echo(one_line(f"Not taken: {file.name}: {why}"), err=True)


def _say_as_json(shown: Sequence[ArrivingFile], taken: Sequence[Taken]) -> None:
    from markterm.exports.plain.arriving import arriving_as_json

    kept = {each.file.number: each.name for of in taken for each in of.kept}
    failed = {file.number: why for of in taken for file, why in of.failed}
    say_json({"files": [arriving_as_json(each, kept, failed) for each in shown]})
