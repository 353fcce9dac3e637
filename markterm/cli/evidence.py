"""`markterm evidence`: what a learner handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

import click

from markterm.cli.arguments import learner_argument
from markterm.cli.caveats import say_left_out, warn_of_damage
from markterm.cli.output import columns, made_visible, say, say_json
from markterm.cli.reading_bar import reading_bar
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.incoming.of_another import FIRST_PAGE
from markterm.domain.record.citation import CitedFile, cited_file
from markterm.domain.views.event_told import event_told
from markterm.domain.words.code import short_codes
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.folder import EvidenceKind
from markterm.exports.plain.evidence import file_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.submission import Changes
    from markterm.evidence.folder import EvidenceFile
    from markterm.evidence.text.document import EvidenceDocument

_HASH = 12


@click.command("evidence", cls=Command)
@learner_argument
@click.option("--opened", is_flag=True, help="You looked at it: what is new of it is recorded as opened.")
@pass_session
def command(session: Session, learner: str, *, opened: bool) -> int:
    """List the files that a learner handed in.

    Each with its size, words, pages and the beginning of its SHA-256, the criteria that cite it, by which method of
    assessment it shows something, what became of it since a unit was submitted, and why it cannot be read if it cannot.
    Of an account of what was seen and said it says whether it was confirmed. A file is followed by the files within it:
    what is attached to an e-mail or embedded in a document, and what an archive holds.
    What came, or changed, since an assessor opened it is new, until --opened says that you looked at what is listed.
    Ends with 1 when a file could not be read.

    \b
    Examples:
      markterm evidence JON2041
      markterm evidence JON2041 --json
      markterm evidence JON2041 --opened --as asha
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    listed = centre.evidence.listed(registration)
    with reading_bar() as progress:
        read, first_pages = [], {}
        for file, document in centre.evidence.read_every(registration, progress):
            read.append((file, _Said.of(document)))
            if not isinstance(document, Unreadable):
                first_pages[file.name] = document.source[:FIRST_PAGE]
    now = centre.fixing.fingerprints(registration)
    shown = centre.learners.portfolio(registration)
    cited, lost = _cited_by(shown, now)
    since = centre.attempts.changes(registration, now)
    never_fixed = centre.attempts.never_fixed(registration)
    new = frozenset(centre.new_work.of(shown.portfolio, listed.files))
    accounts, others = shown.portfolio.accounts, centre.of_another.told(registration, first_pages)
    files = []
    for file, said in read:
        fates = {unit: fate for unit, changed in since.items() if (fate := changed.of(file.name))}
        sha256 = now.get(file.name, "")
        method = accounts.method_of(sha256)
        told = (accounts.in_words(file.name, centre.details.name_of, now), others.get(file.name, ""))
        shown_by = _ShownBy(method.value if method is not None else "", *told)
        is_new = file.name in new
        files.append(_Listed(file, said, sha256, cited.get(file.name, ()), fates, shown_by, is_new=is_new))
    problems = sum(bool(each.said.problem) for each in files)
    pointers = sum(file.kind is EvidenceKind.POINTER for file in listed.files)
    if session.as_json:
        left = ({"name": name, "kind": "left behind by a program", "left_out": True} for name in listed.left_out)
        say_json([*(each.as_json() for each in files), *left])
    elif files:
        head = ("File", "Kind", "Bytes", "Words", "Pages", "SHA-256", "Cited by", "")
        for line in columns([head, *(each.cells() for each in files)], headed=True):
            say(line)
    for unit, changed in since.items():
        click.echo(one_line(f"Since {unit} was submitted: {changed}{_removed(changed)}."), err=True)
    for unit in never_fixed:
        click.echo(one_line(f"{unit} is closed, and its evidence was never fixed: nobody submitted it."), err=True)
    for line in lost:
        click.echo(one_line(line), err=True)
    if (destroyed := shown.portfolio.evidence_destroyed) is not None:
        click.echo(one_line(f"The evidence of {registration} was {destroyed.words}."), err=True)
    unread = f", {problems} not read" if problems else ""
    leading = f", {pointers} only {'leads' if pointers == 1 else 'lead'} to a document" if pointers else ""
    click.echo(f"{counted(len(files), 'file')}{unread}{leading}.", err=True)
    say_left_out(listed)
    if opened:
        event = centre.new_work.opened(registration, listed.files)
        new_told = f"Recorded: {event_told(event)}" if event is not None else "No file is new: nothing was recorded"
        click.echo(f"{new_told}.", err=True)
    warn_of_damage(shown.findings, shown.incomplete)
    return 1 if problems else 0


@dataclass(frozen=True, slots=True)
class _Said:
    """What a file says, or why it cannot be read. Its text is gone: of all files together it would fill the memory."""

    problem: str = ""
    words: int = 0
    pages: int | None = None
    notes: tuple[str, ...] = ()
    made_visible: int = 0
    read_by_machine: str | None = None
    waits_for_machine: bool = False

    @classmethod
    def of(cls, read: EvidenceDocument | Unreadable) -> _Said:
        """What is kept of it."""
        if isinstance(read, Unreadable):
            return cls(f"{read.title}: {read.what}")
        machine = read.machine.engine if read.machine is not None else None
        words = len(read.source.split())
        return cls("", words, read.pages, tuple(read.notes), read.text.replaced, machine, read.waits_for_machine)

    def __str__(self) -> str:
        seen = made_visible(self.made_visible) if self.made_visible else ""
        return self.problem or " ".join(filter(None, (seen, *self.notes)))

    def as_json(self) -> Json:
        """The problem, or all the rest."""
        if self.problem:
            return {"problem": self.problem}
        return {key: list(own) if key == "notes" else own for key, own in asdict(self).items() if key != "problem"}


class _ShownBy(NamedTuple):
    """The method of assessment that was said of a file, empty where none was, what there is to tell of it, and what
    makes it look like another learner's."""

    method: str
    told: str
    of_another: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """A file with what it says, its hash, if it has one, what cites it, by unit what became of it since that was
    submitted, by which method it shows something, and whether no assessor has opened it as it is."""

    file: EvidenceFile
    said: _Said
    sha256: str
    cited_by: Sequence[str]
    since: Mapping[str, str]
    shown_by: _ShownBy
    is_new: bool

    @property
    def kind(self) -> str:
        """What kind of file it is, in words."""
        # Its name did not say that it can be read.
        is_told = not self.said.problem and self.file.kind is EvidenceKind.OTHER
        return "as its bytes say" if is_told else self.file.kind_words

    def as_json(self) -> Json:
        """All of it for a program."""
        return {
            **file_as_json(self.file, self.shown_by.of_another),
            "bytes": self.file.size,
            "kind": self.kind,
            **self.said.as_json(),
            **({"sha256": self.sha256} if self.sha256 else {}),
            "cited_by": list(self.cited_by),
            "since": dict(self.since),
            "method": self.shown_by.method or None,
            "told": self.shown_by.told,
            "new": self.is_new,
        }

    def cells(self) -> tuple[str, ...]:
        """All of it as a row."""
        since = (f"{fate} since {unit} was submitted." for unit, fate in self.since.items())
        told = ", ".join(filter(None, ("new" if self.is_new else "", self.shown_by.told, self.shown_by.of_another)))
        method = f"{told}." if told else ""
        return (
            one_line(self.file.name),
            self.kind,
            f"{self.file.size:,}",
            f"{self.said.words:,}" if not self.said.problem else "",
            str(self.said.pages or ""),
            self.sha256[:_HASH],
            one_line(", ".join(self.cited_by)),
            one_line(" ".join(filter(None, (method, *since, str(self.said))))),
        )


def _cited_by(shown: LearnerPortfolio, files: Mapping[str, str]) -> tuple[dict[str, list[str]], list[str]]:
    """The criteria that cite each file, by its name now, and a line for each citation whose file changed or went."""
    cited: dict[str, list[str]] = {}
    lost: list[str] = []
    short = short_codes(unit.code for unit in shown.units)
    for unit in shown.units:
        destroyed = shown.portfolio.destroyed_of(unit.key) is not None
        for number, record in shown.portfolio.unit(unit.key).criteria.items():
            for citation in record.citations:
                found, name = cited_file(citation.passage, files, destroyed=destroyed)
                earlier = f" (attempt {citation.attempt})" if record.is_earlier(citation) else ""
                criterion = f"{short[unit.code]} {number}{earlier}"
                if found in (CitedFile.THERE, CitedFile.RENAMED):
                    if criterion not in cited.setdefault(name, []):
                        cited[name].append(criterion)
                else:
                    passage = citation.passage
                    lost.append(f"{criterion} cites {passage.file}, {passage.locator}: {found}. “{passage.quote}”")
    return cited, lost


def _removed(changed: Changes) -> str:
    return f" ({', '.join(changed.removed)})" if changed.removed else ""
