"""Attempts at a unit: what was handed in when, the learner's declaration, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markterm.domain import marking
from markterm.learners_files import LearnersFiles
from markterm.recorder import Recorded, Recorder

if TYPE_CHECKING:
    from markterm.domain.submission import Changes


class Attempts:
    """The learners' attempts, recorded and looked at. Verbs raise as those of `Centre` do."""

    def __init__(self, recorder: Recorder, files: LearnersFiles) -> None:
        self._recorder = recorder
        self._files = files

    def submit(self, registration: str, unit_code: str, attempt: int | None = None) -> Recorded:
        """Submit a unit with the evidence as it is now, fixed by hash.

        Without `attempt` it is the latest that the names of the unit's files give (`Jones-ENR-Centre-501(2).docx`),
        or else the present one. A file whose name gives another unit is left out.
        """
        from markterm.domain.handed_in import handed_in  # When it is needed, like the mark sheets.

        code = self._recorder.portfolio(registration).unit(unit_code).code
        files, named = handed_in(self._files.fingerprints(registration), code)
        wanted = named if attempt is None else attempt
        return self._recorder.record(
            registration, lambda act, now: marking.submit(act, now.unit(unit_code), now.portfolio, files, wanted)
        )

    def declare(self, registration: str, form: str, refuses_use: bool = False) -> Recorded:
        """Record the learner's declaration of authenticity, and whether they refuse anonymised use."""
        return self._recorder.record(registration, lambda act, _: marking.declare(act, form, refuses_use))

    def changes(self, registration: str, files: Mapping[str, str]) -> Mapping[str, Changes]:
        """What became of the evidence since each unit was submitted, by the unit's code; only what changed.

        `files` are those that the learner has now, as `LearnersFiles.fingerprints` returns them.
        """
        from markterm.domain.handed_in import handed_in  # When it is needed, like the mark sheets.
        from markterm.domain.submission import changes

        shown = self._recorder.portfolio(registration)
        found: dict[str, Changes] = {}
        for unit in shown.units:
            submission = shown.portfolio.unit(unit.key).submission
            if submission is not None and (since := changes(submission.files, handed_in(files, unit.code)[0])):
                found[unit.code] = since
        return found
