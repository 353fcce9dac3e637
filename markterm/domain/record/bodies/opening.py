"""What is recorded when an assessor opens a learner's evidence: the files that nobody had opened before as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import Fields, NotSaid, objects, others
from markterm.domain.record.event import Json


class OpenedFile(NamedTuple):
    """A file as it was when it was opened: how many bytes, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The `files` by name that an assessor was the first to open so: new ones, and those with other bytes than before.
    What was opened earlier is not said again."""

    files: Mapping[str, OpenedFile] = field(default_factory=dict)
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was opened. Raises `NotSaid` for a file without its name, size and hash: it would pass for opened."""
        files = {}
        for each in objects(body, "files"):
            name, size, sha256 = each.get("name"), each.get("size"), each.get("sha256")
            if not (isinstance(name, str) and type(size) is int and isinstance(sha256, str)):
                raise NotSaid("a file is not said whole")
            files[name] = OpenedFile(size, sha256)
        return cls(files, others(body, frozenset({"files"})))

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        files: list[Json] = [
            {"name": name, "size": each.size, "sha256": each.sha256} for name, each in sorted(self.files.items())
        ]
        return {**self.more, "files": files}

    @property
    def words(self) -> str:
        """Nothing: nobody wrote anything."""
        return ""
