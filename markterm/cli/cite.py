"""`markterm cite`: the passage that a criterion is decided on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from markterm.cli.arguments import criterion_argument, learner_argument, unit_argument
from markterm.cli.recorded import tell_recorded
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.record.citation import cited_file
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre

_LINES = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


@click.command("cite", cls=Command)
@learner_argument
@unit_argument
@criterion_argument
@click.argument("file")
@click.option("--lines", required=True, metavar="A-B", help="The lines of the passage, or a single one.")
@click.option("--take-back", is_flag=True, help="Take this citation back instead; it stays in the record.")
@pass_session
def command(
    session: Session, learner: str, unit: str, criterion: str, file: str, lines: str, *, take_back: bool
) -> None:
    """Cite a passage of a file for a criterion.

    Before the criterion is decided or after. The record keeps the file's hash, the place and the words: the citation
    follows the file when it is renamed, and
    says so when it changed. markterm read --numbers and markterm find tell the lines. A citation can be taken back also
    when its file is gone: name it as markterm show does.

    \b
    Examples:
      markterm cite JON2041 501 2.1 04-diary.md --lines 12-14 --as asha
      markterm cite JON2041 501 2.1 04-diary.md --lines 12-14 --take-back --as asha
    """
    from markterm.evidence.text.passages import Extent, cite_lines

    first, last = lines_given(lines)
    centre = session.centre()
    registration = centre.learners.find(learner)
    if take_back:
        uids = _cited(centre, registration, unit, criterion, file, (first, last))
        tell_recorded(session, centre, centre.marking.take_back_citations(registration, unit, criterion, uids))
        return
    found = centre.evidence.named(registration, file)
    passage = cite_lines(centre.evidence.read(found), found.name, Extent(first - 1, last - 1))
    tell_recorded(session, centre, centre.marking.cite(registration, unit, criterion, passage))


def _cited(
    centre: Centre, registration: str, unit: str, criterion: str, file: str, lines: tuple[int, int]
) -> tuple[str, ...]:
    """The uids of the citations of those lines of a file, by the name it had when it was cited or has now.

    The file itself is not read: it may be gone or changed, and the citation stands all the same. Raises `Refused` when
    nothing is cited there.
    """
    shown = centre.learners.portfolio(registration)
    of_unit = shown.unit(unit)
    cited = shown.portfolio.unit(of_unit.key).criterion(criterion).citations
    files = centre.fixing.fingerprints(registration)
    names = {each.uid: {each.passage.file, cited_file(each.passage, files)[1]} for each in cited}
    found = [each for each in cited if file in names[each.uid]]
    found = found or [each for each in cited if any(name.endswith(f"/{file}") for name in names[each.uid])]
    uids = tuple(each.uid for each in found if (each.passage.first, each.passage.last) == lines)
    if not uids:
        listed = "; ".join(f"{each.passage.file} --lines {each.passage.first}-{each.passage.last}" for each in cited)
        raise Refused(
            "Not cited",
            f"{of_unit.code} {one_line(criterion)} does not cite {one_line(file)}, lines {lines[0]}-{lines[1]}.",
            f"It cites {one_line(listed)}." if listed else "It cites nothing; markterm show lists what is cited.",
        )
    return uids


def lines_given(text: str) -> tuple[int, int]:
    """The first and the last line, from 1. Raises `WrongUse`."""
    given = _LINES.fullmatch(text)
    first, last = (int(given[1]), int(given[2] or given[1])) if given is not None else (0, 0)
    if not 1 <= first <= last:
        raise WrongUse(
            "These are no lines", f"{one_line(text)} is not a range of lines.", "Write it as 12-14, or 12 for one line."
        )
    return first, last
