"""A learner's files, read and made free of names one after the other, told of and to be stopped meanwhile."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

from markterm.centre.evidence import Evidence
from markterm.centre.export.cleaned import Cleaned, NotCleaned, cleaned
from markterm.domain.views.anonymous import Anonymous
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.conversion.program import folder_of_its_own
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.opened import opened
from markterm.evidence.progress import Progress as Reading
from markterm.evidence.text.document import EvidenceDocument
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.own_kind import LARGEST, OwnKind, in_own_kind
from markterm.exports.writing import ExportStopped, Progress

_NOT_THEIR_WORK = "it is no work of the learner's: an assessor or a witness gives an account"
Told = Callable[[Progress], None]


@dataclass(slots=True)
class ScriptFiles:
    """The files of these learners, by registration. `shows_nobody` are files of which a person said that what is to be
    seen in them shows nobody, as registration and name.

    Raises `WrongUse` for one of these that nobody of them handed in.
    """

    evidence: Evidence
    registrations: Collection[str]
    shows_nobody: frozenset[tuple[str, str]] = frozenset()
    told: Told | None = None
    stop: Event = field(default_factory=Event)
    _done: int = 0
    _of: int = 0

    def __post_init__(self) -> None:
        names = {own: [file.name for file in self.evidence.listed(own).files] for own in self.registrations}
        self._of = sum(map(len, names.values()))
        for own, name in sorted(self.shows_nobody):
            handed_in = names.get(own)
            if handed_in is None:
                raise WrongUse(
                    "Whose file is that?",
                    f"{one_line(own)} is said to have a file that shows nobody, and is not among the scripts.",
                    "Name one of those whose work is asked for.",
                )
            if not any(name == each or name.startswith(f"{each}/") for each in handed_in):
                raise WrongUse(
                    "There is no such file",
                    f"{one_line(own)} did not hand in {one_line(name)}, which is said to show nobody.",
                    "Name the file as the list of their evidence does.",
                )

    def of(self, registration: str, anonymous: Anonymous) -> Iterator[Cleaned | NotCleaned]:
        """Each file of that learner, cleaned or left out. Raises `ExportStopped`."""
        before = self._done
        for file, read in self.evidence.read_every(registration, Reading(stop=self.stop)):
            if self.stop.is_set():
                raise ExportStopped
            if file.name.startswith(f"{ACCOUNTS_FOLDER}/"):
                yield NotCleaned(file.name, ACCOUNTS_FOLDER, _NOT_THEIR_WORK)
                continue
            shows_nobody = (registration, file.name) in self.shows_nobody
            yield cleaned(
                file,
                read,
                anonymous,
                partial(self._own, anonymous, shows_nobody=shows_nobody),
                self._again,
                shows_nobody=shows_nobody,
            )
            self._done = min(self._done + (file.depth == 0), self._of)
            if self.told is not None:
                self.told(Progress(self._done, self._of, file.name))
        self._done = max(self._done, before)
        if self.stop.is_set():
            raise ExportStopped

    def _own(self, anonymous: Anonymous, file: EvidenceFile, *, shows_nobody: bool) -> OwnKind:
        """The file in its own kind, made of a copy that nobody changes meanwhile. Raises `NotOwnKind`."""
        suffix = file.path.suffix.lower()
        with folder_of_its_own() as folder:
            copy = folder / f"evidence{suffix}"
            try:
                with opened(file) as stream:
                    copy.write_bytes(stream.read(LARGEST + 1))
            except Unreadable:
                raise NotOwnKind("it cannot be read any more") from None
            return in_own_kind(copy, suffix, anonymous, shows_nobody=shows_nobody, stop=self.stop)

    def _again(self, made: OwnKind) -> EvidenceDocument | Unreadable:
        with folder_of_its_own() as folder:
            copy = folder / f"script{made.ending}"
            copy.write_bytes(made.data)
            file = EvidenceFile(copy.name, copy, len(made.data), 0, EvidenceKind.CONVERTED)
            try:
                return self.evidence.read(file, Reading(stop=self.stop))
            except Unreadable as error:
                return error


def listed_in(file: Path) -> list[tuple[str, str]]:
    """The files that a list names: learner and file in each line, with a comma between.

    Raises `WrongUse` where it cannot be read, or a line says something else.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened_list:
            lines = [[cell.strip() for cell in row] for row in csv.reader(opened_list, strict=True) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(
            "The list cannot be read", f"{file}: {error}.", "Give a text file: learner, file.", file=file
        ) from None
    for number, line in enumerate(lines, 1):
        if len(line) != 2 or not all(line):
            raise WrongUse(
                "The list cannot be read",
                f"Its entry {number} is not a learner and a file with a comma between.",
                'Put the name of a file that has a comma into quotation marks: JON2041,"tea, hot.jpg".',
                file=file,
            )
    return [(learner, name) for learner, name in lines]
