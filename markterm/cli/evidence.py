"""`markterm evidence`: what a learner handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import say_left_out, warn_of_damage
from markterm.cli.output import columns, made_visible, say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.citation import Presence, presence
from markterm.domain.code import short_codes
from markterm.domain.errors import Unreadable
from markterm.domain.foreign_text import one_line
from markterm.evidence.folder import EvidenceKind
from markterm.exports.plain.evidence import file_as_json

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.submission import Changes
    from markterm.evidence.folder import EvidenceFile
    from markterm.evidence.text.document import EvidenceDocument

_HASH = 12


@click.command("evidence", cls=Command)
@learner_argument
@pass_session
def command(session: Session, learner: str) -> int:
    """List the files that a learner handed in.

    Each with its size, words, pages and the beginning of its SHA-256, the criteria that cite it, what became of it
    since a unit was submitted, and why it cannot be read if it cannot. A file is followed by the files within it:
    what is attached to an e-mail or embedded in a document, and what an archive holds.
    Ends with 1 when a file could not be read.

    \b
    Examples:
      markterm evidence JON2041
      markterm evidence JON2041 --json
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    with reading_bar() as progress:
        files = [_told(file, read) for file, read in centre.evidence.read_every(registration, progress)]
    now = centre.fixing.fingerprints(registration)
    shown = centre.learners.portfolio(registration)
    cited, lost = _cited_by(shown, now)
    since = centre.attempts.changes(registration, now)
    never_fixed = centre.attempts.never_fixed(registration)
    for told in files:
        name = str(told["name"])
        if name in now:
            told["sha256"] = now[name]
        told["cited_by"] = cited.get(name, [])
        told["since"] = {unit: fate for unit, changed in since.items() if (fate := changed.of(name))}
    problems = sum("problem" in file for file in files)
    listed = centre.evidence.listed(registration)
    pointers = sum(file.kind is EvidenceKind.POINTER for file in listed.files)
    if session.as_json:
        left = ({"name": name, "kind": "left behind by a program", "left_out": True} for name in listed.left_out)
        say_json([*files, *left])
    elif files:
        for line in columns(
            [("File", "Kind", "Bytes", "Words", "Pages", "SHA-256", "Cited by", ""), *map(_cells, files)]
        ):
            say(line)
    for unit, changed in since.items():
        click.echo(one_line(f"Since {unit} was submitted: {changed}{_removed(changed)}."), err=True)
    for unit in never_fixed:
        click.echo(one_line(f"{unit} is closed, and its evidence was never fixed: nobody submitted it."), err=True)
    for line in lost:
        click.echo(one_line(line), err=True)
    noun = "file" if len(files) == 1 else "files"
    unread = f", {problems} not read" if problems else ""
    leading = f", {pointers} only {'leads' if pointers == 1 else 'lead'} to a document" if pointers else ""
    click.echo(f"{len(files)} {noun}{unread}{leading}.", err=True)
    say_left_out(listed)
    warn_of_damage(shown.findings, shown.incomplete)
    return 1 if problems else 0


def _told(file: EvidenceFile, read: EvidenceDocument | Unreadable) -> dict[str, object]:
    """What the file itself says."""
    told = file_as_json(file) | {"bytes": file.size}
    if isinstance(read, Unreadable):
        return told | {"problem": f"{read.title}: {read.what}"}
    if file.kind is EvidenceKind.OTHER:  # Its name did not say that it can be read.
        told["kind"] = "as its bytes say"
    said = {"words": len(read.source.split()), "pages": read.pages, "notes": list(read.notes)}
    machine = read.machine.engine if read.machine is not None else None
    return (
        told
        | said
        | {
            "made_visible": read.text.replaced,
            "read_by_machine": machine,
            "waits_for_machine": read.waits_for_machine,
        }
    )


def _cells(file: dict[str, object]) -> tuple[str, ...]:
    notes = file.get("notes")
    said = str(file.get("problem") or (" ".join(map(str, notes)) if isinstance(notes, list) else ""))
    if (count := file.get("made_visible")) and isinstance(count, int):
        said = f"{made_visible(count)} {said}".strip()
    since, cited = file["since"], file["cited_by"]
    if isinstance(since, dict):
        said = " ".join((*(f"{fate} since {unit} was submitted." for unit, fate in since.items()), said))
    return (
        one_line(str(file["name"])),
        str(file["kind"]),
        f"{file['bytes']:,}",
        f"{file['words']:,}" if "words" in file else "",
        str(file.get("pages") or ""),
        str(file.get("sha256", ""))[:_HASH],
        one_line(", ".join(map(str, cited)) if isinstance(cited, list) else ""),
        one_line(said),
    )


def _cited_by(shown: LearnerPortfolio, files: Mapping[str, str]) -> tuple[dict[str, list[str]], list[str]]:
    """The criteria that cite each file, by its name now, and a line for each citation whose file changed or went."""
    cited: dict[str, list[str]] = {}
    lost: list[str] = []
    short = short_codes(unit.code for unit in shown.units)
    for unit in shown.units:
        for number, record in shown.portfolio.unit(unit.key).criteria.items():
            for citation in record.citations:
                found, name = presence(citation.passage, files)
                earlier = f" (attempt {citation.attempt})" if record.is_earlier(citation) else ""
                criterion = f"{short[unit.code]} {number}{earlier}"
                if found in (Presence.THERE, Presence.RENAMED):
                    if criterion not in cited.setdefault(name, []):
                        cited[name].append(criterion)
                else:
                    passage = citation.passage
                    lost.append(f"{criterion} cites {passage.file}, {passage.locator}: {found}. “{passage.quote}”")
    return cited, lost


def _removed(changed: Changes) -> str:
    return f" ({', '.join(changed.removed)})" if changed.removed else ""
