"""Where everything of a centre lies: each path once. Whoever wants one asks here."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.handed_in_folders import HandedInFolders
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.hint import Hint, Way
from markterm.sheets.kinds import MEMBER
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.evidence.handed_in import HandedIn
    from markterm.evidence.object_store import ObjectStore

CENTRE_FILE = "centre.toml"
LEARNER_FILE = "learner.md"
LEARNERS = "learners"
EVIDENCE = "evidence"


@dataclass(frozen=True)
class CentreFolder:
    """The folder of a centre, and what lies in it. Nothing of it need be there."""

    path: Path
    store: ObjectStore | None = field(default=None, compare=False, repr=False)
    """Where the evidence is, when it is not in the learners' folders."""

    @property
    def file(self) -> Path:
        """Who the centre is, its members and its policy."""
        return self.path / CENTRE_FILE

    @property
    def mark_sheets(self) -> Path:
        """The sheets, in a folder for each kind."""
        return self.path / "mark_sheets"

    @property
    def members(self) -> Path:
        """What the members have shown of their competence, in a file for each."""
        return self.path / MEMBER.folder

    @property
    def records(self) -> Path:
        """The records, which are the store's own."""
        return self.path / "records"

    @property
    def has_records(self) -> bool:
        """Whether there are records in the folder itself, whatever else may keep them."""
        with suppress(OSError), os.scandir(self.records) as entries:
            return any(entry.is_dir() for entry in entries)
        return False

    @property
    def presence(self) -> Path:
        """Who is looking at which learner now."""
        return self.path / "presence"

    @property
    def exports(self) -> Path:
        """What was exported, where nobody names another place."""
        return self.path / "exports"

    @property
    def templates(self) -> Path:
        """The centre's own templates of printed pages, if it has any."""
        return self.path / "templates"

    @property
    def own(self) -> tuple[Path, ...]:
        """What only MarkTerm, or a person who means it, writes to."""
        return (self.file, self.mark_sheets, self.members, self.records, self.presence, self.learners, self.templates)

    @cached_property
    def learners(self) -> Path:
        """The learners, in a folder for each."""
        return self.path / LEARNERS

    def learner(self, registration: str) -> Path:
        """The folder of the learner of that registration."""
        return self.learners / folder_name(registration)

    def learner_file(self, registration: str) -> Path:
        """The file that says who the learner is."""
        return self.learner(registration) / LEARNER_FILE

    def evidence(self, registration: str) -> Path:
        """The folder of what the learner handed in."""
        return self.learner(registration) / EVIDENCE

    def looked_at(self, folder: str) -> str:
        """Of a learner's folder the file that says who it is, as a text: it is asked for ten thousand times, and paths
        would cost more than the calls of the system."""
        return f"{self.path}/{LEARNERS}/{folder}/{LEARNER_FILE}"

    @cached_property
    def handed_in(self) -> HandedIn:
        """What the learners handed in, wherever it lies."""
        if self.store is not None:
            return self.store
        return HandedInFolders(self.learners, EVIDENCE)

    def learner_folders(self) -> tuple[str, ...]:
        """The names of the learners' folders, sorted; what is hidden is none. Raises `Unreadable`."""
        try:
            with os.scandir(self.learners) as entries:
                return tuple(sorted(each.name for each in entries if not each.name.startswith(".") and _is_dir(each)))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise Unreadable(
                "The learners cannot be listed",
                f"The system said: {error.strerror}.",
                "Check that you may read the folder.",
                file=self.learners,
            ) from error


def find_centre(start: Path) -> Path:
    """The folder that holds `centre.toml`, looked for from `start` upwards. Raises `WrongUse` when there is none."""
    for folder in (start, *start.resolve().parents):
        if (folder / CENTRE_FILE).is_file():
            return folder
    raise WrongUse(
        "No centre here",
        f"Neither {start.resolve()} nor a folder above it holds a {CENTRE_FILE}.",
        "Go to a centre's folder, name it, or make one.",
        hint=Hint(Way.NAME_CENTRE),
    )


def _is_dir(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):  # A loop of links is no folder.
        return entry.is_dir()
    return False
