"""`markterm export pack`: all of the learners that are asked for, for somebody who visits the centre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from markterm.cli import completion
from markterm.cli.everybody import with_bar
from markterm.cli.exported import export_options, write
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.words.errors import WrongUse
from markterm.exports.page_form import PageForm

_LARGEST = 4_000_000


@click.command("pack", cls=Command)
@click.argument("learners", metavar="[LEARNER]...", nargs=-1)
@click.option(
    "--learners",
    "lists",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A text with registrations, one a line.",
)
@click.option("--since", default="", metavar="DAY", help="Everybody of whom anything was recorded from that day on.")
@click.option("--until", default="", metavar="DAY", help="The last day of that.")
@click.option("--add", "added", multiple=True, metavar="LEARNER", help="One more, also beside --since and --until.")
@click.option(
    "--visit",
    default="",
    metavar="MEMBER",
    help="What that external quality assurer reads, and nothing else; of nobody named, of those whom they picked.",
    shell_complete=completion.members,
)
@click.option("--without-evidence", is_flag=True, help="Everything but the evidence.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in PageForm]),
    default=lambda: PageForm.usual().value,
    show_default="pdf, or html where no PDF can be made",
    help="The form of the sheets.",
)
@export_options(folder=True)
@pass_session
def command(
    session: Session,
    learners: tuple[str, ...],
    lists: tuple[Path, ...],
    since: str,
    until: str,
    visit: str,
    added: tuple[str, ...],
    form: str,
    to: Path | None,
    *,
    without_evidence: bool,
    preview: bool,
    force: bool,
    as_zip: bool,
) -> None:
    """Write the pack for a visit: everything of these learners.

    Of each of the LEARNERs, or of a list or a period: sheets, reports of verifications, feedback as it was released,
    the evidence byte for byte beside what was fixed of it, why each unit was sampled or not, until when it is kept,
    and every line of the record. Of these learners together: tracking matrix, cohort, claims, retention, reports on
    what was decided, why each unit was sampled or not, and signatures. Of the whole centre: internal verification,
    visits, how it stands in each qualification, the other reports, and its own record. It begins with index.html, and
    how-to-check.html says how anybody checks its SHA-256 sums. A learner who refused that scripts are used for
    standardisation is in it all the same: it goes to the awarding organisation.

    A learner who is asked for on the day: give the same command again with --add and --force, and the pack is made
    anew, whole.

    With --visit the pack is for the visit of an external quality assurer, as their entry in centre.toml says: of the
    qualifications of the visit alone, with what the centre shows of these as a whole, and without the centre's own
    record, which tells of all of them. A learner who takes something else too is in it with those units that are the
    visit's, and without the lines of the record.

    \b
    Examples:
      markterm export pack JON2041 NOW1870 -o visit
      markterm export pack --learners asked-for.txt --zip
      markterm export pack --since 2026-09-01 --add JON2041 --force
      markterm export pack --visit pat
    """
    from markterm.centre.export.pack_asked import pack_asked

    centre = session.centre()
    named = (*learners, *(each for file in lists for each in _listed(file)), *added)
    looked = partial(_with_bar, len(centre.folder.learner_folders()))
    with_evidence = not without_evidence
    export = pack_asked(centre, named, since, until, PageForm(form), looked, evidence=with_evidence, visit=visit)
    write(session, centre, export, to=to, preview=preview, force=force, as_zip=as_zip)


def _with_bar(learners: int, steps: Iterable[object]) -> None:
    for _ in with_bar(steps, learners, "Reading the records", learners=learners):
        pass


def _listed(file: Path) -> Iterator[str]:
    """The registrations in a text: the first word of each line, or cell of a table."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise WrongUse(
            "The list cannot be read", f"{file}: {error.strerror or error}.", "Name a text file.", file=file
        ) from error
    if len(data) > _LARGEST or b"\0" in data:
        raise WrongUse("No list of registrations", f"{file} is no text.", "Save it as text or CSV.", file=file)
    for line in data.decode("utf-8-sig", "replace").splitlines():
        first = re.split(r"[,;\t]", line.strip(), maxsplit=1)[0].strip().strip('"')
        if first and not first.startswith("#"):
            yield first
