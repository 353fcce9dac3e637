"""Which files of a learner came, or changed, since an assessor opened the evidence.

A file is known by its bytes: one that was renamed, or copied back by a program that synchronises folders, is not new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from markterm.domain.record.bodies.criterion import Cited
from markterm.domain.record.bodies.handed_in import Submitted
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.opening import Opened, OpenedFile
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.counted import counted

_COARSE = 2.0
"""Seconds: times of files are as coarse as that on some systems."""
_LONG = 2**20
"""Bytes."""
# Asked of every entry of everybody: what most are is told by its kind.
_OPENED = Kind.OPENED.value
_FIXING = frozenset({Kind.SUBMITTED, Kind.CITED})
_BY_ASSESSORS = frozenset({Kind.CITED, Kind.DECIDED, Kind.CLOSED})


class Handed(NamedTuple):
    """A file in the learner's folder: its name, how many bytes, when it was last written, and when it was put there, in
    seconds since 1970: files bear times that no calendar has. What puts a file there may set when it was written, and
    not when it was `placed`; 0 where that is not known."""

    name: str
    size: int
    written: float
    placed: float = 0.0


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """What was opened so far: of each name the size, and when it was opened last; `bytes_known` are the SHA-256 of all,
    and `sizes` how long they are. `since` is when an assessor last did something, for a record of before openings were
    recorded, and `fixed` the SHA-256 of what was submitted or cited until then; None and empty where an opening was
    recorded, and where no assessor did anything yet."""

    names: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    bytes_known: frozenset[str] = frozenset()
    sizes: frozenset[int] = frozenset()
    since: datetime | None = None
    fixed: frozenset[str] = frozenset()

    def new(self, files: Iterable[Handed], sha256_of: Callable[[str], str | None]) -> tuple[str, ...]:
        """The names of those of these files that are new, in their order. `sha256_of` gives the hash of the file of a
        name, None where it cannot be read: it is asked only where size and time do not tell, for films are long."""
        return tuple(each.name for each in files if self._is_new(each, sha256_of))

    def _is_new(self, file: Handed, sha256_of: Callable[[str], str | None]) -> bool:
        if self.since is not None:
            is_later = file.written > self.since.timestamp() + _COARSE
            # A centre that was copied without its times is later as a whole.
            return is_later and not (self.fixed and sha256_of(file.name) in self.fixed)
        known = self.names.get(file.name)
        if known is not None and known[0] == file.size:
            opened = known[1].timestamp()
            # A long file that is another one is as long to the byte by a wonder, and reading it takes its time.
            if file.written <= opened + _COARSE and (file.placed <= opened or file.size > _LONG):
                return False
        return file.size not in self.sizes or sha256_of(file.name) not in self.bytes_known


def opened_evidence(events: Iterable[Event]) -> OpenedEvidence:
    """What was opened, by these entries of a learner's record."""
    every = tuple(events)
    names: dict[str, tuple[int, datetime]] = {}
    known: set[OpenedFile] = set()
    acted: datetime | None = None
    for event in every:
        if event.kind == _OPENED and (said := said_in(event, Opened)) is not None:
            names |= {name: (each.size, event.at) for name, each in said.files.items()}
            known.update(said.files.values())
        elif event.kind in _BY_ASSESSORS and (acted is None or event.at > acted):
            acted = event.at
    if not known:
        return OpenedEvidence(since=acted, fixed=_fixed(every, acted) if acted is not None else frozenset())
    return OpenedEvidence(names, frozenset(each.sha256 for each in known), frozenset(each.size for each in known))


def _fixed(events: Iterable[Event], until: datetime) -> frozenset[str]:
    found: set[str] = set()
    for event in events:
        if event.kind not in _FIXING or event.at > until:
            continue
        if (handed := said_in(event, Submitted)) is not None:
            found.update(handed.files.values())
        elif (cited := said_in(event, Cited)) is not None:
            found.add(cited.passage.sha256)
    return frozenset(found)


def in_words(event: Event) -> str:
    """What an entry tells, in a line: `opened 3 new files`."""
    return f"opened {counted(len(Opened.read(event.body).files), 'new file')}"
