"""A submission: the evidence as it was when a unit was handed in, fixed by hash, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from markterm.domain.record.bodies.handed_in import Declared, Submitted
from markterm.domain.record.decision import attempt_of
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.counted import counted, first_of


@dataclass(frozen=True, slots=True)
class Submission:
    """One attempt at a unit as it was handed in: `files` are the SHA-256 of the learner's files by name, and
    `authorised_by` the id of the member who let the learner resubmit.

    `at_closing` says that nobody submitted it and its evidence was fixed when the unit was closed; `no_evidence` is why
    there was none then; `conditions` are what was said to be met when it was authorised. `unread` is what lay in the
    folder and could not be read, so that it is not fixed.
    """

    uid: str
    attempt: int
    files: Mapping[str, str]
    actor: str
    at: datetime
    authorised_by: str = ""
    at_closing: bool = False
    no_evidence: str = ""
    unread: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """How it was handed in: `submitted as attempt 1 with 3 files`."""
        count = counted(len(self.files), "file")
        what = "evidence fixed at closing of" if self.at_closing else "submitted as"
        told = f"{what} attempt {self.attempt} with {count}{f' ({self.no_evidence})' if self.no_evidence else ''}"
        return f"{told}; not read and so not fixed: {'; '.join(self.unread)}" if self.unread else told


_NAMED = 6


@dataclass(frozen=True, slots=True)
class Changes:
    """The files that were added, changed, removed or renamed (old name, new name), in order of their names."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.renamed)

    @property
    def of_what_was_fixed(self) -> Changes:
        """The same without the files that were added: what a closed unit rests on is not changed by them."""
        return replace(self, added=())

    def lines(self) -> Iterator[str]:
        """What happened to each file: `added essay.md`, `renamed log.md to diary.md`."""
        for word, names in (("added", self.added), ("changed", self.changed), ("removed", self.removed)):
            for name in names:
                yield f"{word} {name}"
        for old, new in self.renamed:
            yield f"renamed {old} to {new}"

    def named(self, most: int = _NAMED) -> str:
        """The same in one line, of no more than so many files."""
        return first_of(list(self.lines()), most, ";")

    def of(self, name: str) -> str:
        """What happened to the file that has that name now: `added`, `changed`, `renamed` or nothing."""
        if name in self.added:
            return "added"
        if name in self.changed:
            return "changed"
        return "renamed" if any(name == new for _, new in self.renamed) else ""

    def __str__(self) -> str:
        counts = [
            f"{len(names)} {word}"
            for names, word in (
                (self.added, "added"),
                (self.changed, "changed"),
                (self.removed, "removed"),
                (self.renamed, "renamed"),
            )
            if names
        ]
        return ", ".join(counts) or "nothing changed"


NO_CHANGES = Changes()

HANDING_IN = frozenset({Kind.SUBMITTED, Kind.DECLARED})
"""The events that `handed_in` tells of."""


def handed_in(event: Event) -> str:
    """What an event of these kinds tells, in a line: the attempt, who authorised it, and how it was declared."""
    if event.kind == Kind.DECLARED:
        return _declared(Declared.read(event.body))
    said = Submitted.read(event.body)
    count = len(said.files)
    what = "evidence fixed at closing" if said.at_closing else "submitted"
    told = f"{what}: attempt {attempt_of(event)}, {counted(count, 'file')}"
    if said.no_evidence:
        told += f" ({said.no_evidence})"
    if said.unread:
        told += f", {len(said.unread)} not read and not fixed ({'; '.join(said.unread)})"
    if said.authorised_by:
        told += f", authorised by {said.authorised_by}"
        if said.policy is not None and said.policy.conditions:
            told += f", {counted(len(said.policy.conditions), 'condition')} met"
    return f"{told}, {_declared(said.declaration)}" if said.declaration is not None else told


def _declared(said: Declared) -> str:
    day = f" on {said.on.isoformat()}" if said.on is not None else ""
    refused = ", refuses anonymised use" if said.refuses_use else ""
    return f"declared: {said.form}{day}{refused}"


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What became of the files between `before` and `now`, both SHA-256 by name.

    A file that went while another with the same bytes came was renamed. What lies within a file (`mail.eml/plan.docx`)
    is as it was when the file is: a version of MarkTerm that lists more of it, or names it otherwise, changes nothing.
    """
    known, kept = frozenset(before.values()), frozenset(now.values())
    gone = [name for name in sorted(before) if name not in now and not _within(name, before, kept)]
    came = [name for name in sorted(now) if name not in before and not _within(name, now, known)]
    renamed = []
    for old in gone:
        new = next((name for name in came if now[name] == before[old]), None)
        if new is not None:
            came.remove(new)
            renamed.append((old, new))
    moved = {old for old, _ in renamed}
    return Changes(
        tuple(came),
        tuple(
            name
            for name in sorted(now)
            if name in before and now[name] != before[name] and not _within(name, now, known)
        ),
        tuple(name for name in gone if name not in moved),
        tuple(renamed),
    )


def _within(name: str, files: Mapping[str, str], bytes_there: Set[str]) -> bool:
    """Whether the file of that name lies within one of `files` whose SHA-256 is among those."""
    return any(files.get(name[:place]) in bytes_there for place, sign in enumerate(name) if sign == "/")
