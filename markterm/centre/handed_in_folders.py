"""What learners handed in, in the folder of each."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.system.folder_stamp import stamp_of_files, stamp_of_folders

if TYPE_CHECKING:
    from markterm.evidence.folder import EvidenceFile, EvidenceFolder
    from markterm.evidence.handed_in import Held

_DEEPEST = 40

# What lists and reads evidence is loaded when it is needed: a start asks for stamps alone.


class HandedInFolders:
    """What lies in the folder `evidence` of each learner's folder in `learners`."""

    def __init__(self, learners: Path, evidence: str) -> None:
        self.root = learners
        self._evidence = evidence

    def listed(self, learner: str, relied_on: Collection[str] = ()) -> EvidenceFolder:
        """The files in the learner's folder."""
        from markterm.evidence.folder import list_evidence

        return list_evidence(Path(self._folder(learner)), relied_on)

    def known(self, learner: str) -> EvidenceFolder:
        """The files in the learner's folder."""
        return self.listed(learner)

    def stamp_of_folders(self, learner: str) -> str:
        """The times of the folders."""
        return stamp_of_folders(self._folder(learner))

    def stamp_of_files(self, learner: str) -> str:
        """The names, sizes and times of the files."""
        return stamp_of_files(self._folder(learner))

    def held(self, learner: str) -> Iterator[Held]:
        """The files in the learner's folder, without links. What cannot be looked at is told where it is opened."""
        from markterm.domain.words.foreign_text import one_line, one_name
        from markterm.evidence.handed_in import Held
        from markterm.evidence.left_behind import is_left_behind

        evidence = self._folder(learner)
        waiting = [(evidence, "", 0)] if not os.path.islink(evidence) else []  # noqa: PTH114  # of ten thousand learners
        while waiting:
            at, prefix, depth = waiting.pop()
            with suppress(OSError), os.scandir(at) as entries:
                for entry in entries:
                    if is_left_behind(entry.name):
                        continue
                    with suppress(OSError):
                        if entry.is_dir(follow_symlinks=False):
                            if depth < _DEEPEST:
                                waiting.append((entry.path, f"{prefix}{entry.name}/", depth + 1))
                        elif entry.is_file(follow_symlinks=False):
                            facts = entry.stat(follow_symlinks=False)
                            name = one_name(one_line(prefix + entry.name))
                            yield Held(learner, name, entry.path, facts.st_size, facts.st_mtime_ns)

    def file(self, held: Held) -> EvidenceFile:
        """The file at its path."""
        from markterm.evidence.folder import EvidenceFile, EvidenceKind

        return EvidenceFile(held.name, Path(held.path), held.size, held.modified_ns, EvidenceKind.OTHER)

    def _folder(self, learner: str) -> str:
        # A text: it is asked for ten thousand times, and paths would cost more than the calls of the system.
        return f"{self.root}/{learner}/{self._evidence}"
