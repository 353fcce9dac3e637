"""Which files a learner has, by their SHA-256, and what became of those that were cited or submitted: found out in the
background."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from textual.screen import Screen

from markterm.domain.record.submission import Changes
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Urgency
from markterm.tui.command import keyed
from markterm.tui.desk import Desk


class Fingerprints:
    """The files of the learner at the desk. `found` is called with what changed, by unit, when they are known."""

    def __init__(self, screen: Screen[None], desk: Desk, found: Callable[[Mapping[str, Changes]], None]) -> None:
        self._screen = screen
        self._desk = desk
        self._found = found
        self.known: Mapping[str, str] | None = None
        """The SHA-256 of the learner's files by name; None until they are read."""
        self.of_another: Mapping[str, str] = {}
        """What makes which of them look like another learner's, by name, as far as that is known."""
        self.first_pages: Mapping[str, str] = {}
        """The texts of those that were read, as far as they tell whose they are."""
        self.told: set[str] = set()
        """What was said of changes since the learner was opened."""
        self.looking = Hashing()
        """How far the look is that began last."""

    def look(self) -> None:
        """Look at the files of the learner who is open, in the background, and at nobody else's any more."""
        self.known, self.of_another = None, {}
        self.stop()
        self.looking = Hashing(urgency=Urgency.SOON)
        looking = self._look(self._desk.registration, self.looking)
        self._screen.run_worker(looking, "look_at_files", group="files", exclusive=True)

    def stop(self) -> None:
        """Stop hashing in the background: somebody else's files are looked at now, or nobody's."""
        self.looking.stop.set()

    async def _look(self, registration: str, hashing: Hashing) -> None:
        centre = self._desk.centre

        def look() -> Mapping[str, str]:
            with centre.fixing.hashed_by(hashing):
                return centre.fixing.fingerprints(registration)

        with suppress(MarkTermError):  # A folder that cannot be read is told of where its files are listed.
            files = await asyncio.to_thread(look)
            changed = await asyncio.to_thread(centre.attempts.changes, registration, files)
            others = await asyncio.to_thread(centre.of_another.told, registration, self.first_pages)
            if self._desk.registration == registration:
                self.known, self.of_another = files, others
                self._found(changed)
                self._tell(changed)

    def _tell(self, changed: Mapping[str, Changes]) -> None:
        assert self._desk.shown is not None
        closed = {key.code for key, each in self._desk.shown.portfolio.units.items() if each.closing is not None}
        for unit, every in changed.items():
            # What is handed in for another unit later changes nothing that a closed one rests on.
            changes = every.of_what_was_fixed if unit in closed else every
            if not changes:
                continue
            shows = keyed("{evidence.differences} shows what changed.")
            words = f"Evidence since {one_line(unit)} was submitted: {changes}. {shows}"
            # After each act it is looked for again, and what it says hides what the act came to: once is enough.
            if words not in self.told:
                self.told.add(words)
                self._screen.notify(words, severity="warning", markup=False)
