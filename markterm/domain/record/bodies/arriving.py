"""What is recorded of work that came in: which files, out of what, and what said whose they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, needed_text, objects, others, text, whole
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came in: its name among the learner's evidence, its SHA-256 and its size in bytes, what it was called
    in the download, and what said that it is this learner's."""

    name: str
    sha256: str
    size: int
    was: str = ""
    why: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, said: Fields) -> Self:
        """What is said of one file. Raises `NotSaid` without a name or a hash."""
        name, sha256 = needed_text(said, "name"), needed_text(said, "sha256")
        return cls(name, sha256, whole(said, "size") or 0, text(said, "was"), text(said, "why"), others(said, _ARRIVED))

    def write(self) -> dict[str, Json]:
        """The same as it is recorded."""
        body: dict[str, Json] = {**self.more, "name": self.name, "sha256": self.sha256, "size": self.size}
        return body | {key: value for key, value in (("was", self.was), ("why", self.why)) if value}


@dataclass(frozen=True, slots=True)
class Received:
    """Files that came in at once, out of a download of that name: a folder, a zip or a mailbox."""

    source: str
    files: tuple[Arrived, ...]
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What came in. Raises `NotSaid` where no file did."""
        files = tuple(map(Arrived.read, objects(body, "files")))
        if not files:
            raise NotSaid("no files")
        return cls(text(body, "source"), files, others(body, _RECEIVED))

    def write(self) -> dict[str, Json]:
        """The body of an arrival."""
        return {**self.more, "source": self.source, "files": [each.write() for each in self.files]}

    @property
    def words(self) -> str:
        """Nobody wrote anything."""
        return ""


_ARRIVED = frozenset({"name", "sha256", "size", "was", "why"})
_RECEIVED = frozenset({"source", "files"})
