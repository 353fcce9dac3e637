"""Work that comes in: what is in a download, whose it is, and putting it among the learners' evidence."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from markterm.centre.caseload import Caseload
from markterm.centre.evidence_place import EvidencePlace, InFolder, InStore
from markterm.centre.folder import CentreFolder
from markterm.centre.incoming_preview import Preview
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.same_bytes import SameBytes
from markterm.domain.incoming.arriving_file import ArrivingFile
from markterm.domain.incoming.download_name import blackboard_user, pattern_of
from markterm.domain.incoming.place import clear_of_files, is_version_of, name_at_place, name_of_version, same_place
from markterm.domain.incoming.whose import OnRoll, Roll, Sureness
from markterm.domain.record.arrivals import arrivals_of
from markterm.domain.record.bodies.arriving import Arrived, Received
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.rules.receiving import receive, who_receives
from markterm.domain.views.alike import Cohorts
from markterm.domain.views.caseload import NOBODYS
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.canvas.submissions import user_of
from markterm.exports.moodle.submissions import number_of
from markterm.system.platform import folder_name

_AT_ONCE = 200
"""Files of one entry: a line of a record stays one that can be read."""


class Kept(NamedTuple):
    """A file that is at its place: what it is of the download, and what it is called there. `again` when it was put
    there before, and that was not recorded."""

    file: ArrivingFile
    name: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a learner's files: `recorded` once what is kept is durable; `failed` are those that could not be
    put at their place, each with why, of which nothing is recorded."""

    learner: str
    kept: tuple[Kept, ...] = ()
    recorded: Recorded | None = None
    failed: tuple[tuple[ArrivingFile, str], ...] = ()


class Receiving:
    """The downloads that come in to the centre in `folder`. `same` knows what everybody has."""

    def __init__(
        self,
        folder: CentreFolder,
        details: CentreDetails,
        recorder: Recorder,
        caseload: Caseload,
        same: SameBytes,
    ) -> None:
        self._folder = folder
        self._details = details
        self._recorder = recorder
        self._caseload = caseload
        self._same = same

    def preview(self, downloads: Sequence[Path]) -> Preview:
        """What is in the downloads, and whose: nothing is written. Raises `Unreadable`, `WrongUse` for a folder in
        which the centre's own files are, and `Refused` for an external quality assurer: whose a file is, is found among
        everybody, and would tell them who else is here."""
        self._recorder.seeing.require_staff()
        for each in downloads:
            self._require_no_centre(each)
        self._same.look()
        # Whose a file is, is found among everybody: somebody else would be taken for whom whoever acts may not see.
        every = self._caseload.everybody_now()
        rows = [row for row in every if row.registration and not row.problem.startswith(NOBODYS)]
        patterns = filter(None, map(pattern_of, self._details.incoming))
        learners = (
            OnRoll(row.registration, row.name, self._email(row.registration), self._numbers(row.folder), row.earlier)
            for row in rows
        )
        registrations = {row.folder: row.registration for row in rows}
        departed = {row.registration: row.left for row in rows if row.left}
        seen = self._recorder.seeing.registration
        were_given = Cohorts.of(rows).were_given
        return Preview(downloads, Roll(learners, patterns), self._same, registrations, departed, seen, were_given)

    def take(
        self, preview: Preview, chosen: Iterable[ArrivingFile], least: Sureness = Sureness.SURE
    ) -> Iterator[Taken]:
        """Put at their places what of `chosen` is at least so sure, or was said whose it is; yields each learner's when
        it is recorded. Nothing of a download is moved or removed, and nothing that is there is written over or renamed.

        Stopped in between, it is done again and comes to the same. Raises `Refused` before anything is written when
        whoever acts may not, or the disk has no room.
        """
        by_learner: dict[str, list[ArrivingFile]] = defaultdict(list)
        for each in chosen:
            if each.is_taken(least) or (each.there and not each.left):
                by_learner[each.learner].append(each)
        for learner in by_learner or ("",):
            who_receives(self._recorder.act(learner))
        self._require_room(sum(each.size for own in by_learner.values() for each in own if not each.there))
        try:
            for learner, own in by_learner.items():
                for start in range(0, len(own), _AT_ONCE):
                    taken = self._take_for(learner, own[start : start + _AT_ONCE], preview)
                    if taken.kept or taken.failed:
                        yield taken
        finally:
            self._same.keep()

    def _take_for(self, learner: str, own: Sequence[ArrivingFile], preview: Preview) -> Taken:
        failed: list[tuple[ArrivingFile, str]] = []
        kept: list[Kept] = []
        folder = preview.folder_of(learner)
        try:
            came_before = self._came_before(learner)
            place = self._place(learner)
        except MarkTermError as error:
            return Taken(learner, failed=tuple((each, one_line(error.what)) for each in own if not each.there))
        names = {same_place(name) for name in self._same.of(folder)}
        for each in own:
            planned = clear_of_files(name_at_place(each.whose.kept), names)
            if each.there:
                # Whoever put it there was stopped before it was recorded.
                place.is_there(each)
                if each.sha256 not in came_before and is_version_of(each.there, planned):
                    kept.append(Kept(each, each.there, again=True))
                continue
            try:
                name = place.put(self._next_name(planned, names), each, preview.coming(each))
            except MarkTermError as error:
                failed.append((each, one_line(error.what)))
            except OSError as error:
                failed.append((each, one_line(error.strerror or str(error))))
            else:
                if name:
                    kept.append(Kept(each, name))
        place.settle([each.name for each in kept])
        recorded = self._record(learner, kept) if kept else None
        self._same.came(folder, ((each.name, each.file.sha256) for each in kept))
        return Taken(learner, tuple(kept), recorded, tuple(failed))

    def _next_name(self, planned: str, names: set[str]) -> Callable[[], str]:
        day = local(self._recorder.now()).date()

        def following() -> str:
            name = name_of_version(planned, day, names)
            names.add(same_place(name))
            return name

        return following

    def _record(self, learner: str, kept: Sequence[Kept]) -> Recorded:
        files = tuple(
            Arrived(each.name, each.file.sha256, each.file.size, one_line(each.file.name), one_line(each.file.why))
            for each in kept
        )
        said = Received(one_line(kept[0].file.source), files)
        return self._recorder.record(learner, lambda act, _: receive(act, said))

    def _came_before(self, learner: str) -> frozenset[str]:
        """The hashes of what is recorded to have come in. Raises `Unreadable`."""
        portfolio = self._recorder.learners.portfolio(learner).portfolio
        return frozenset(each.sha256 for arrival in arrivals_of(portfolio.aside) for each in arrival.files)

    def _place(self, learner: str) -> EvidencePlace:
        if (store := self._folder.store) is not None:
            return InStore(folder_name(learner), store)
        return InFolder(learner, self._folder.evidence(learner))

    def _require_no_centre(self, download: Path) -> None:
        within, own = download.resolve(), self._folder
        if any(each.resolve().is_relative_to(within) for each in (own.file, own.learners, own.records)):
            raise WrongUse(
                "That is no download",
                f"In {one_line(download.name) or 'that folder'} the centre's own files are.",
                "Name the folder with what came in alone.",
            )

    def _require_room(self, size: int) -> None:
        if self._folder.store is not None:
            return  # How much fits there nobody says.
        free = shutil.disk_usage(self._folder.path).free
        if size > free:
            raise Refused(
                "The disk has no room",
                f"What is taken has {size:,} bytes, and {free:,} are free. Nothing was taken.",
                "Make room, or take fewer at once.",
            )

    def _email(self, registration: str) -> str:
        with suppress(MarkTermError):
            return self._recorder.learners.named(registration).email
        return ""

    def _numbers(self, folder: str) -> frozenset[str]:
        names = self._same.of(folder)
        return frozenset(filter(None, (of(name) for name in names for of in (number_of, user_of, blackboard_user))))
