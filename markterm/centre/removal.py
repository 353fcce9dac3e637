"""Removing what a centre has of a learner, and this user of them on this machine. Each step can be done again.

What lies elsewhere is named for a person: a program that guessed would leave some of it, or take somebody else's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from markterm.centre.drafts import MarkingDrafts
from markterm.centre.exports_of import Found, Whose, exports_of, holds_evidence
from markterm.centre.feedback import begun_texts
from markterm.centre.folder import CentreFolder
from markterm.centre.form_drafts import begun_in_forms
from markterm.centre.learner_folder import read_learner_folder
from markterm.centre.sheets import CentreSheets
from markterm.domain.record.bodies.retaining import What
from markterm.domain.words.errors import MarkTermError, NotSaved
from markterm.domain.words.foreign_text import one_line
from markterm.exports.placing import BESIDE, SIGNED, clear_left, is_work
from markterm.own.drafts import Drafts
from markterm.own.learner_links import LearnerLinks
from markterm.own.places import CentrePlaces
from markterm.system.platform import folder_name, remove_folder, sync_folder

_ASIDE = ".being-destroyed-"


class Removal:
    """What the centre in `folder` has of the learner of these `records` (the last one is theirs now), and what is in
    the user's `own` places. `named` is what the destruction is called: what it sets aside bears that."""

    def __init__(self, folder: CentreFolder, own: CentrePlaces, records: Sequence[str], named: str) -> None:
        self._folder = folder
        self._own = own
        self._records = tuple(records)
        self._aside = folder.learners / f"{_ASIDE}{named}"

    def evidence(self) -> None:
        """Remove the evidence, wherever it lies. Raises `NotSaved`."""
        self._in_store()
        self._away(self._folder.evidence(self._records[-1]))

    def learner(self) -> None:
        """Remove the learner's folder with everything in it, and the evidence. Raises `NotSaved`."""
        self._in_store()
        self._away(self._folder.learner(self._records[-1]))

    def _in_store(self) -> None:
        """Have a store keep nothing of it, under earlier registrations either."""
        if (store := self._folder.store) is not None:
            for record in self._records:
                store.remove(folder_name(record))

    def _away(self, folder: Path) -> None:
        """Set the folder aside, so that it is not seen in part, then remove it."""
        try:
            if folder.is_symlink():
                raise OSError(0, "it is a link to another place; remove what it leads to, and the link, yourself")
            remove_folder(self._aside)
            if folder.is_dir():
                folder.rename(self._aside)
                sync_folder(folder.parent)
                remove_folder(self._aside)
        except OSError as error:
            raise NotSaved(
                "Not everything was destroyed",
                f"{error.filename or self._folder.learners}: {error.strerror or error}. What is gone is gone.",
                "Close what has files of the learner open, then do it again: it goes on where it stopped.",
            ) from error

    def put_back(self, what: What) -> None:
        """Put what was set aside and is not gone back in its place: it is kept after all. Raises `NotSaved`."""
        places = {What.EVIDENCE: self._folder.evidence, What.RECORD: self._folder.learner}
        place = places[what](self._records[-1])
        try:
            if self._aside.is_dir() and not place.exists():
                self._aside.rename(place)
                sync_folder(place.parent)
        except OSError as error:
            raise NotSaved(
                "It was not put back",
                f"{self._aside}: {error.strerror or error}. It is what is left, and it is to be kept.",
                f"Rename it to {place.name}, or do it again.",
            ) from error

    def links(self) -> Iterator[str]:
        """Links among the learner's files, which go, and what they lead to, which stays: sentences without a stop."""
        for folder, folders, files in os.walk(self._folder.learner(self._records[-1])):
            for each in sorted(Path(folder, name) for name in (*folders, *files)):
                if each.is_symlink():
                    yield f"{each} was a link: {each.readlink()} is not touched"

    def drafts(self, members: Iterable[str], sheets: CentreSheets) -> None:
        """Forget what these members began to write of the learner on this machine: by what is written about, for a
        draft itself says neither whose it is nor of whom."""
        drafts, units = Drafts(self._own.drafts), tuple(sheets.units.units.values())
        codes = (*(unit.code for unit in units), *sheets.assignments.by_code)
        for member in members:
            own = MarkingDrafts(drafts, partial(str, member), sheets.asked, lambda _: ())
            for registration in self._records:
                own.forget_all(registration, units, sheets.assignments.by_code.values())
                for about in (*begun_texts(member, registration, codes), begun_in_forms(member, registration)):
                    drafts.forget(*about)

    def pages(self, now: datetime) -> None:
        """Let go of the links by which the learner opened their own page, where this machine serves them. Raises
        `NotSaved`."""
        LearnerLinks(self._own.links).forget(self._records, now)

    def caches(self) -> None:
        """Remove what this machine made of everybody's files and records: it makes it again. Raises `NotSaved`."""
        try:
            remove_folder(self._own.cache)
        except OSError as error:
            raise NotSaved(
                "Not everything was destroyed",
                f"{self._own.cache}: {error.strerror or error}.",
                "Close MarkTerm everywhere on this machine, then do it again: it goes on where it stopped.",
            ) from error

    def exports(self) -> None:
        """Remove the exports in the centre's folder that are of this learner alone, and what this machine left of any
        that was killed. Raises `NotSaved`."""
        for place in (self._folder.path, self._folder.exports):
            with suppress(OSError):
                clear_left(place)
        for export, whose in self._exports():
            if whose is Whose.THEIRS:
                try:
                    if export.is_dir():
                        remove_folder(export)
                    else:
                        export.with_name(f"{export.name}{SIGNED}").unlink(missing_ok=True)
                        export.unlink()
                        export.with_name(f"{export.name}{BESIDE}").unlink(missing_ok=True)
                except OSError as error:
                    raise NotSaved(
                        "Not everything was destroyed",
                        f"{export}: {error.strerror or error}. What is gone is gone.",
                        "Close the file, then do it again: it goes on where it stopped.",
                    ) from error

    def elsewhere(self, what: What) -> Iterator[str]:
        """What is left for a person to look through: sentences without a stop. Of evidence alone that was destroyed,
        not what never holds any, such as a sheet or a matrix."""
        for export, whose in self._exports():
            if whose is Whose.UNREADABLE:
                yield f"{export} cannot be looked into"
            elif what is What.RECORD or holds_evidence(export, self._records):
                others = "" if whose is Whose.THEIRS else ", and perhaps others"
                yield f"{export} holds it{others}"
        names = tuple(self._folder.learner(registration).name for registration in self._records)
        with suppress(OSError):
            for each in sorted(self._folder.learners.iterdir()):
                if each.name not in names and each.name.startswith(names) and not _is_others(each, self._folder):
                    yield f"{each} is called like the learner's folder"
        if self._folder.store is not None:
            yield f"copies that {one_line(self._folder.store.url)} has elsewhere: other buckets, and backups of its own"
        yield "backups of the centre's folder, and copies that a sync client or a share keeps of what is deleted"
        yield "caches and drafts of everybody who worked on it on other machines"
        yield "what was exported to other places, sent or printed"

    def _exports(self) -> Iterator[Found]:
        """What was exported within the centre of this learner's record, and what nobody can look into: into `exports`,
        or beside it, where a pack lies for which somebody named a place in the centre's folder."""
        everybody: tuple[str, ...] = ()
        with suppress(MarkTermError):
            everybody = self._folder.learner_folders()
        records = (*self._records, *map(one_line, self._records))
        yield from exports_of(self._folder.exports, records, everybody)
        yield from exports_of(self._folder.path, records, everybody, frozenset(self._no_exports()))

    def _no_exports(self) -> Iterator[Path]:
        """What of the centre's folder holds no exports, or was looked through by itself."""
        yield from (*self._folder.own, self._folder.exports)
        with suppress(OSError):
            yield from (each for each in self._folder.path.iterdir() if each.name.startswith(".") and not is_work(each))


def _is_others(folder: Path, centre: CentreFolder) -> bool:
    """Whether that is another learner's own folder."""
    try:
        return centre.learner(read_learner_folder(folder).registration) == folder
    except MarkTermError:
        return False
