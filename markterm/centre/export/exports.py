"""What can leave the centre, and writing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from markterm.centre.attempts import Attempts
from markterm.centre.export.pages import Pages
from markterm.centre.export.signature import NOBODY_SIGNS, Signer, sign_by, signer_of
from markterm.centre.export.standing import AsItStands
from markterm.centre.folder import CentreFolder
from markterm.centre.named_files import NamedFiles
from markterm.centre.recorder import Recorder
from markterm.centre.signing import Signing
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.words.errors import WrongUse
from markterm.exports.export import Export
from markterm.exports.placing import check_free
from markterm.exports.writing import Progress, Written, write_export
from markterm.records.store import EventStore
from markterm.system.made_once import made_once

if TYPE_CHECKING:
    from markterm.centre.caseload import Caseload
    from markterm.centre.claims import Claims
    from markterm.centre.export.canvas import CanvasExports
    from markterm.centre.export.claims import ClaimExports
    from markterm.centre.export.feedback import FeedbackExports
    from markterm.centre.export.forms import FormExports
    from markterm.centre.export.moodle import MoodleExports
    from markterm.centre.export.record import RecordExports
    from markterm.centre.export.released import ReleasedOutcomes
    from markterm.centre.export.sheets import SheetExports
    from markterm.centre.feedback import FeedbackToLearners
    from markterm.centre.fixing import Fixing
    from markterm.centre.printed import PrintedSheets
    from markterm.centre.sheets import CentreSheets


class Exports:
    """What can leave the centre in `folder`: each noun gives `Export`s, and `write` writes them."""

    def __init__(
        self,
        folder: CentreFolder,
        named_files: NamedFiles,
        details: CentreDetails,
        recorder: Recorder,
        signing: Signing,
        store: EventStore,
        attempts: Attempts,
        sheets: CentreSheets,
        printed: PrintedSheets,
        feedback: FeedbackToLearners,
        caseload: Caseload,
        fixing: Fixing,
        claims: Callable[[], Claims],
    ) -> None:
        self._folder = folder
        self.named_files = named_files
        """How whoever acts names where it goes."""
        self._store = store
        self._details = details
        self._recorder = recorder
        self._signing = signing
        self._attempts = attempts
        self._printed = printed
        self._centre_sheets = sheets
        self._feedback = feedback
        self._caseload = caseload
        self._fixing = fixing
        self._claims = claims
        self._standing = AsItStands(recorder.learners, store)
        self._pages = Pages(folder.templates, recorder.now)

    @made_once
    def sheets(self) -> SheetExports:
        """Completed mark sheets."""
        from markterm.centre.export.sheets import SheetExports

        return SheetExports(self._printed, self._standing, self._pages)

    @made_once
    def feedback(self) -> FeedbackExports:
        """What went to learners."""
        from markterm.centre.export.feedback import FeedbackExports

        return FeedbackExports(
            self._details,
            self._recorder.learners,
            lambda: [row.registration for row in self._caseload.now()],
            self._feedback,
            self._standing,
            self._pages,
        )

    @made_once
    def moodle(self) -> MoodleExports:
        """What goes back into Moodle."""
        from markterm.centre.export.moodle import MoodleExports

        return MoodleExports(self._details.moodle, self.released, self._pages)

    @made_once
    def canvas(self) -> CanvasExports:
        """What goes back into Canvas."""
        from markterm.centre.export.canvas import CanvasExports

        return CanvasExports(self.released, self._pages)

    @made_once
    def released(self) -> ReleasedOutcomes:
        """Of whom feedback was released, for where they handed in their work."""
        from markterm.centre.export.released import ReleasedOutcomes

        return ReleasedOutcomes(
            self._folder,
            self._recorder.learners,
            lambda: [row.registration for row in self._caseload.now()],
            self._feedback,
            self._standing,
        )

    @made_once
    def forms(self) -> FormExports:
        """The awarding organisation's own forms."""
        from markterm.centre.export.forms import FormExports

        return FormExports(self._details, self._standing, self._attempts, self._fixing, self._centre_sheets)

    @made_once
    def claims(self) -> ClaimExports:
        """Lists of what is ready to claim."""
        from markterm.centre.export.claims import ClaimExports

        return ClaimExports(
            self._details,
            self._caseload,
            self._claims(),
            self._standing,
            self._centre_sheets,
            self._folder.templates,
            self._recorder.now,
        )

    @made_once
    def records(self) -> RecordExports:
        """Records, every line of them."""
        from markterm.centre.export.record import RecordExports

        return RecordExports(self._details, self._standing, self._store, self._recorder.seeing)

    def usual_target(self, export: Export, *, as_zip: bool = False) -> Path:
        """Where it goes when nobody says where: into the centre's folder of exports; to whoever is signed in as one
        file, which they can fetch."""
        as_zip = as_zip or self.named_files.theirs
        name = f"{export.name}.zip" if as_zip and not export.one_file else export.name
        return self.named_files.exports / name

    def check_target(self, target: Path, *, force: bool = False) -> None:
        """Raises `WrongUse` when nothing may be written there: something is there, it is where the centre keeps its
        own, in which an export would be read as evidence or as a sheet, or whoever is signed in could not fetch it."""
        with self.named_files.as_named():
            self._check_target(target, force=force)

    def _check_target(self, target: Path, *, force: bool) -> None:
        check_free(target, force=True)  # What nothing can be called does not resolve either.
        self.named_files.check_reached(target)
        whole = target.resolve()
        for own in self._folder.own:
            kept = own.resolve()
            if whole == kept or kept in whole.parents or whole in kept.parents:
                raise WrongUse(
                    "That is the centre's own folder",
                    f"{target} is where this centre keeps {own.name}.",
                    "Name a place outside of it.",
                    file=target,
                )
        check_free(target, force=force)
        self.named_files.check_room(target)

    def signer_of(self, export: Export) -> Signer:
        """How that export is signed when whoever acts writes it."""
        return NOBODY_SIGNS if export.nameless else signer_of(self._signing, self._recorder)

    def write(
        self,
        export: Export,
        target: Path,
        *,
        force: bool = False,
        as_zip: bool = False,
        told: Callable[[Progress], None] | None = None,
        stop: Event | None = None,
    ) -> Written:
        """Write it, as `write_export` does, and sign it where whoever acts has a key; what would be a folder is a zip
        where its name ends so. Raises what `check_target` raises too, and `Refused` as `Seeing.require_looking` does: a
        visit may have ended since it was previewed."""
        self._recorder.seeing.require_looking()
        if not export.for_visit:
            self._recorder.seeing.require_staff()
        self.check_target(target, force=force)
        as_zip = as_zip or (not export.one_file and target.suffix.casefold() == ".zip")
        ending = target.suffix.casefold()
        is_folder = not (export.one_file or as_zip)
        if is_folder and self.named_files.theirs:
            raise WrongUse(
                "It is several files",
                f"{self.named_files.told(target)} would be a folder, which you could not fetch.",
                f"Name a zip: {target.name}.zip.",
            )
        if is_folder and any(each.path.suffix.casefold() == ending for each in export.pieces):
            raise WrongUse(
                "It is several files",
                f"{target} ends as a file does, and this export is a folder of {len(export.pieces)}.",
                f"Name a folder, or a zip: {target.stem} or {target.stem}.zip.",
            )
        with self.named_files.as_named(), export.apart(target):
            return write_export(
                export,
                target,
                centre=self._details.name,
                now=self._recorder.now(),
                force=force,
                as_zip=as_zip,
                told=told,
                stop=stop,
                sign=sign_by(self.signer_of(export), self._signing, self._recorder, self._details.name),
                fits=partial(self.named_files.check_room, target),
            )
