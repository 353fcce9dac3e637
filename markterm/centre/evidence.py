"""What the learners handed in: the files of each, what they hold, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from markterm.centre.folder import CentreFolder
from markterm.centre.looks import Looks
from markterm.domain.words.errors import MarkTermError, NotNow, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line, one_name
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.nearly import did_you_mean
from markterm.evidence.folder import (
    READABLE,
    EvidenceFile,
    EvidenceFolder,
    EvidenceKind,
)
from markterm.evidence.progress import Progress, Step
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.portfolio import Portfolio
    from markterm.evidence.contents import Opens
    from markterm.evidence.text.document import EvidenceDocument
    from markterm.evidence.text.drawn_page import DrawnPage
    from markterm.evidence.text.referenced import ReferencedPassages

MOST_AHEAD = 2
"""Learners whose files are read before anybody opens them."""
MOST_BYTES_AHEAD = 200 * 1024 * 1024

# The readers are loaded when a file is read: a caseload opens without them.


class Evidence:
    """The evidence of the learners in `folder`; what has to be converted is kept in `cache`.

    `shown` gives a learner's portfolio, and `looks` is told of whose files are listed, before. What was fixed
    by hash or cited is evidence for ever, also when it is called like what programs leave behind, or only leads to a
    document: an earlier version took some of these.
    """

    def __init__(
        self,
        folder: CentreFolder,
        cache: Path,
        shown: Callable[[str], LearnerPortfolio] | None = None,
        looks: Looks | None = None,
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._shown = shown
        self._looks = looks

    def listed(self, registration: str, *, in_passing: bool = False) -> EvidenceFolder:
        """The files that the learner handed in; `in_passing` for a line about them beside a list."""
        if self._looks is not None:
            look = self._looks.listed if in_passing else self._looks.opened
            look([registration])
        learner = folder_name(registration)
        listed = self._folder.handed_in.listed(learner)
        if listed.left_out and (relied_on := self.relied_on(registration)):
            return self._folder.handed_in.listed(learner, relied_on)
        return listed

    def told(self, registration: str) -> EvidenceFolder:
        """As `listed`. Raises `NotNow` when a store does not tell now what there is: nothing follows from no files."""
        listed = self.listed(registration)
        if listed.unreachable:
            raise NotNow(
                "The evidence cannot be listed",
                f"Of the evidence of {registration}: {listed.unreachable}. Nothing was recorded.",
                "Try again in a while; if it stays so, ask whoever looks after the store.",
            )
        return listed

    def on_disk(self, file: EvidenceFile) -> Path:
        """Where the file lies on this machine, for a program that opens it: of one that lies in a store a copy, which
        nothing goes back from. Raises `Unreadable`."""
        if file.fetch is not None:
            file.fetch()
        return file.path

    def relied_on(self, registration: str) -> frozenset[str]:
        """The names of the learner's files that were fixed by hash, whenever it was, or are cited."""
        from markterm.domain.views.handed_in import fixed_names

        return self._names(registration, fixed_names) | self.cited(registration)

    def cited(self, registration: str) -> frozenset[str]:
        """The names of the learner's files that are cited."""
        from markterm.domain.views.handed_in import cited_names

        return self._names(registration, cited_names)

    def _names(self, registration: str, of: Callable[[Portfolio], Iterable[str]]) -> frozenset[str]:
        with suppress(MarkTermError):  # A record that cannot be read is told of where it is shown.
            return frozenset(of(self._shown(registration).portfolio)) if self._shown is not None else frozenset()
        return frozenset()

    def unseen(self, registration: str, listed: Iterable[EvidenceFile]) -> tuple[str, ...]:
        """What became of the learner's files since they were `listed`: `new essay.md`, `changed log.md`, `gone …`. Of a
        folder that cannot be listed now, as on a share that is away, nothing is gone: why it cannot is among them."""
        before = {file.name: (file.size, file.modified_ns) for file in listed}
        folder = self.listed(registration)
        now = {file.name: (file.size, file.modified_ns) for file in folder.files}
        came = [f"{'new' if name not in before else 'changed'} {name}" for name in now if before.get(name) != now[name]]
        missing = {name: _why_not_listed(name, folder.problems) for name in before if name not in now}
        unlisted = dict.fromkeys(filter(None, missing.values()))
        return (*came, *unlisted, *(f"gone {name}" for name, why in missing.items() if not why))

    def read(self, file: EvidenceFile, progress: Progress | None = None, *, again: bool = False) -> EvidenceDocument:
        """A file of any kind, ready to be shown; the first time, a conversion may take seconds.

        `progress` is told of it and can stop it, `again` makes it anew. Raises `Unreadable`.
        """
        from markterm.evidence.text.reading import open_evidence

        try:
            return open_evidence(file, self._cache, progress, again=again)
        except MarkTermError:
            raise
        except Exception as error:  # a fault of ours at one file is no reason to see none
            raise Unreadable(
                "MarkTerm failed at this file",
                f"{file.name} could not be read, for a fault of MarkTerm's own.",
                "Open it outside, and go on with the others.",
                file=file.path,
            ) from error

    def read_by_machine(
        self, file: EvidenceFile, document: EvidenceDocument, progress: Progress | None = None
    ) -> EvidenceDocument | None:
        """The document of the file with the words that a machine read in its pictures; None when there is no more to
        show. Where its pictures cannot be read now, a note says so. It may take minutes; `progress` can stop it.
        Raises `Unreadable`."""
        from markterm.evidence.text.reading import read_by_machine

        progress = progress or Progress()
        try:
            return self.read(file, progress) if read_by_machine(file, document, self._cache, progress) else None
        except NotNow as error:
            return document.not_read_by_machine(f"{error.what} {error.next_step}")

    def drawn(self, file: EvidenceFile, page: int, side: int, progress: Progress | None = None) -> DrawnPage:
        """A page (from 1) of a PDF or a picture as it looks, no longer than `side` pixels. Raises `Unreadable`."""
        from markterm.evidence.text.reading import drawn_page

        return drawn_page(file, page, side, self._cache, progress or Progress())

    def kept(self, name: str, sha256: str) -> EvidenceDocument | None:
        """The text of a file that had that name and those bytes and is not there any more; None when it is gone too."""
        from markterm.evidence.text.reading import kept_evidence

        return kept_evidence(name, sha256, self._cache)

    def keep(self, registration: str) -> None:
        """Keep the texts that the learner handed in on this machine, for when a file is overwritten."""
        from markterm.evidence.text.reading import keep_evidence

        for file in self.every(registration):
            keep_evidence(file, self._cache)

    def held_by(self, file: EvidenceFile, progress: Progress | None = None) -> tuple[EvidenceFile, ...]:
        """The files directly within `file`, named after it. `progress` can stop it. Raises `Unreadable`."""
        from markterm.evidence.contents import held_by

        return held_by(file, self._cache, progress)

    def within(self, file: EvidenceFile, progress: Progress | None = None) -> tuple[EvidenceFile, ...]:
        """The files at any depth within `file`, each followed by what it holds; they are named after it.

        What was not converted before is converted, for only then it is known what a file holds.
        """
        from markterm.evidence.contents import with_contents

        _, *held = with_contents(file, self._cache, progress)
        return tuple(held)

    def every(self, registration: str) -> Iterator[EvidenceFile]:
        """Every file that the learner handed in, each followed by the files within it, at any depth."""
        from markterm.evidence.contents import may_hold

        return self.walked(registration, Progress(), may_hold)

    def walked(self, registration: str, progress: Progress, opens: Opens | None = None) -> Iterator[EvidenceFile]:
        """As `every`; from the first file on that has to be converted, all, or those that are looked into by `opens`,
        are converted side by side.

        `progress` goes along with it, counting the files that can be read, and can stop it.
        """
        from markterm.evidence.contents import with_contents
        from markterm.evidence.conversion.ahead import Ahead

        files = self.listed(registration).files
        of = sum(file.kind in READABLE for file in files)
        done = 0
        with Ahead(files, self._cache, progress, opens) as ahead:
            progress.first = ahead.begin
            for file in files:
                progress.at(Step(done, of, file.name))
                if progress.stop.is_set():
                    return
                ahead.reached(file)
                yield from with_contents(file, self._cache, progress, opens)
                done += file.kind in READABLE and not progress.stop.is_set()
            progress.at(Step(done, of))

    def read_every(
        self, registration: str, progress: Progress
    ) -> Iterator[tuple[EvidenceFile, EvidenceDocument | Unreadable]]:
        """Every file that the learner handed in, read, or why it cannot be. `progress` can stop it."""
        for file in self.walked(registration, progress):
            if (read := self._read_or_why_not(file, progress)) is None:
                return
            yield file, read

    def read_as_ready(
        self,
        registration: str,
        progress: Progress,
        known: Mapping[EvidenceFile, EvidenceDocument],
    ) -> Iterator[tuple[tuple[int, ...], EvidenceFile, EvidenceDocument | Unreadable]]:
        """As `read_every`, but each file as soon as it is read, whatever takes longer before it in the list; with its
        place there, which sorts as the list does. Those `known` as they are now are not read again."""
        from markterm.evidence.conversion.ahead import Ahead

        files = self.listed(registration).files
        left: dict[tuple[int, ...], str] = {
            (place,): file.name for place, file in enumerate(files) if file.kind in READABLE
        }
        of = len(left)
        with Ahead(files, self._cache, progress) as ahead:
            progress.at(Step(0, of, next(iter(left.values()), "")))
            for place, file in ahead.ready():
                if progress.stop.is_set():
                    return
                if (read := known.get(file) or self._read_or_why_not(file, progress)) is None:
                    return
                yield place, file, read
                left.pop(place, None)
                progress.at(Step(of - len(left), of, next(iter(left.values()), "")))

    def _read_or_why_not(self, file: EvidenceFile, progress: Progress) -> EvidenceDocument | Unreadable | None:
        """The file, read; why it cannot be; None when that was stopped."""
        try:
            return self.read(file, progress)
        except Unreadable as error:
            return None if progress.stop.is_set() else error

    def read_ahead(self, registrations: Iterable[str], progress: Progress) -> None:
        """Convert what was not read before of those learners, who may be opened next: of so many, and of so many bytes
        in all, as are worth it. `progress` can stop it."""
        from markterm.evidence.conversion.conversion import kept_conversion

        room = MOST_BYTES_AHEAD
        for registration in islice(registrations, MOST_AHEAD):
            room -= sum(file.size for file in self.listed(registration).files)
            if room < 0:
                return
            for file in self.walked(registration, progress):
                if file.kind is EvidenceKind.CONVERTED:
                    with suppress(Unreadable):
                        kept_conversion(file, self._cache, progress)

    def references(self, shown: LearnerPortfolio, progress: Progress) -> ReferencedPassages:
        """The passages in which the learner refers to the criteria of the units that they are shown with.

        Reads every file, and converts those that were not read before: for a thread. Stopped, it has the references of
        what was read, and `progress.left` files are not among them.
        """
        from markterm.domain.texts.evidence_reference import find_references
        from markterm.evidence.text.referenced import ReferencedPassages

        units = [unit.on_sheet for unit in shown.units]
        documents, unread = {}, {}
        for file, said in self.read_every(shown.learner.registration, progress):
            if isinstance(said, Unreadable):
                unread[file.name] = said.what
            else:
                documents[file.name] = said
        sources = ((name, document.source) for name, document in documents.items())
        found = ReferencedPassages(find_references(sources, units, shown.assignments), documents, units, unread)
        found.find_all(progress.stop)
        return found

    def named(self, registration: str, name: str) -> EvidenceFile:
        """The learner's file of that name, or the only one whose name holds it. Raises `WrongUse`, and `NotNow` where
        there is none and a store does not tell now what there is."""
        name = one_name(one_line(name))
        listed = self.listed(registration).files
        files = tuple(file for file in listed if file.name == name)
        if not files:  # Only a name that nobody has in full costs the reading of every file.
            holders = (file for file in listed if name.startswith(f"{file.name}/"))
            files = tuple(within for file in holders for within in self.within(file) if within.name == name)
        files = files or tuple(self.every(registration))
        named = [file for file in files if file.name == name]
        found = named or [file for file in files if name and name.casefold() in file.name.casefold()]
        if not found:
            self.told(registration)
        if len(found) != 1:
            names = ", ".join(file.name for file in (found or files)[:8])
            there_are = f"The files are {names}." if names else "No file was handed in yet."
            raise WrongUse(
                "Which file?" if found else "No such file",
                f"{one_line(name)} is the name of {'several' if found else 'no'} file of {registration}.",
                did_you_mean(name, () if found else (file.name for file in files), there_are),
                hint=Hint(Way.LIST_FILES),
            )
        return found[0]


def _why_not_listed(name: str, problems: Iterable[str]) -> str:
    """Why the folder of the file of that name, or one that it lies in, could not be listed; empty where it was."""
    parts = name.split("/")[:-1]
    folders = ["evidence", *("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))]
    return next(
        (each.removesuffix(".") for each in problems if any(each.startswith(f"{folder} ") for folder in folders)), ""
    )
