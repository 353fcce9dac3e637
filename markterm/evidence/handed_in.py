"""Where what learners handed in lies: in a folder of each, or in a store elsewhere. A learner is named by their folder.

A store may not answer. Then nothing is known of it, which is another thing than that nothing is there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from markterm.evidence.folder import EvidenceFile, EvidenceFolder


class Held(NamedTuple):
    """A file that a learner handed in: the learner's folder, its own name with `/`, where it is, its size and time."""

    folder: str
    name: str
    path: str
    size: int
    modified_ns: int


class HandedIn(Protocol):
    """What everybody handed in. Nothing of it raises where a place cannot be looked at."""

    @property
    def root(self) -> Path:
        """The folder on this machine in which each learner's files have a folder, called as the learner's is."""

    def listed(self, learner: str, relied_on: Collection[str] = ()) -> EvidenceFolder:
        """The learner's files, as `list_evidence` has them."""

    def known(self, learner: str) -> EvidenceFolder:
        """The same as the stamps are of: of ten thousand learners in turn, whom a store is not asked for one by one."""

    def stamp_of_folders(self, learner: str) -> str | None:
        """Another text whenever a file came or went; None when that cannot be known now."""

    def stamp_of_files(self, learner: str) -> str | None:
        """Another text whenever a file came, went or changed; None when that cannot be known now."""

    def held(self, learner: str) -> Iterator[Held]:
        """The learner's files, quickly: of ten thousand learners in turn."""

    def file(self, held: Held) -> EvidenceFile:
        """That file, to be read whatever its kind."""
