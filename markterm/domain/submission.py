"""A submission: the evidence as it was when a unit was handed in, fixed by hash, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markterm.domain.event import Event, Json, Kind


@dataclass(frozen=True, slots=True)
class Submission:
    """One attempt at a unit as it was handed in: `files` are the SHA-256 of the learner's files by name, and
    `authorised_by` the id of the member who let the learner resubmit."""

    uid: str
    attempt: int
    files: Mapping[str, str]
    actor: str
    at: datetime
    authorised_by: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The files that were added, changed, removed or renamed (old name, new name), in order of their names."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.renamed)

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


HANDING_IN = frozenset({Kind.SUBMITTED, Kind.DECLARED})
"""The events that `handed_in` tells of."""


def handed_in(event: Event) -> str:
    """What an event of these kinds tells, in a line: the attempt, who authorised it, and how it was declared."""
    if event.kind == Kind.DECLARED:
        return _declared(event.body)
    files = event.body.get("files")
    count = len(files) if isinstance(files, dict) else 0
    told = f"submitted: attempt {event.body.get('attempt')}, {count} file{'s' * (count != 1)}"
    if authority := event.body.get("authorised_by"):
        told += f", authorised by {authority}"
    given = event.body.get("declaration")
    return f"{told}, {_declared(given)}" if isinstance(given, dict) else told


def _declared(given: Mapping[str, Json]) -> str:
    day = f" on {given['on']}" if given.get("on") else ""
    refused = ", refuses anonymised use" if given.get("refuses_use") is True else ""
    return f"declared: {given.get('form', '')}{day}{refused}"


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """What became of the files between `before` and `now`, both SHA-256 by name.

    A file that went while another with the same bytes came was renamed.
    """
    gone = [name for name in sorted(before) if name not in now]
    came = [name for name in sorted(now) if name not in before]
    renamed = []
    for old in gone:
        new = next((name for name in came if now[name] == before[old]), None)
        if new is not None:
            came.remove(new)
            renamed.append((old, new))
    moved = {old for old, _ in renamed}
    return Changes(
        tuple(came),
        tuple(name for name in sorted(now) if name in before and now[name] != before[name]),
        tuple(name for name in gone if name not in moved),
        tuple(renamed),
    )
