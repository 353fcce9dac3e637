"""The evidence of the learner at a desk, beside their criteria: what its commands act on, whatever screen it is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from textual.screen import Screen
from textual.worker import Worker, WorkerCancelled

from markterm.domain.assessed.unit import UnitKey
from markterm.domain.incoming.of_another import FIRST_PAGE, in_brief
from markterm.domain.record.accounts import NO_ACCOUNTS, Accounts, NameOf
from markterm.domain.record.citation import cited_file
from markterm.domain.record.submission import Changes
from markterm.domain.words.code import short_codes
from markterm.domain.words.foreign_text import one_line
from markterm.evidence.text.referenced import ReferencedPassage, ReferencedPassages
from markterm.tui.blindfold import Blindfold
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.desk import Desk
from markterm.tui.evidence.cited_here import CitedHere
from markterm.tui.evidence.find_all import FoundAt, FoundBefore
from markterm.tui.evidence.fingerprints import Fingerprints
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine


class ShownEvidence:
    """The reader, what reads ahead of it, and where the evidence refers to the criteria.

    `place` gives the criterion under the cursor; `show` lets the evidence be seen where there is room for one pane
    only, `leave` gives the keys back to the criteria, and `draw` draws what is known of the criterion; each may be left
    out.
    """

    def __init__(
        self,
        screen: Screen[None],
        desk: Desk,
        blindfold: Blindfold,
        reader: EvidenceReader,
        line: ReadingLine,
        place: Callable[[], CriterionPlace | None],
        *,
        show: Callable[[], None] = lambda: None,
        leave: Callable[[], None] = lambda: None,
        draw: Callable[[], None] = lambda: None,
    ) -> None:
        self.screen = screen
        self.desk = desk
        self.blindfold = blindfold
        self.reader = reader
        self.line = line
        self.show = show
        self.leave = leave
        self.fingerprints = Fingerprints(screen, desk, self._take_changes)
        self.references: ReferencedPassages | None = None
        """Where the learner refers to which criterion; None until the evidence is read for that."""
        self.found_before = FoundBefore("")
        """What was looked for last in all files, of one learner."""
        self._place = place
        self._draw = draw
        self._gone_to: tuple[tuple[UnitKey, str] | None, int] = (None, 0)
        self._opening: Worker[None] | None = None
        self._to_reference = self._before_all = False
        self._has_followed = False
        self._going: Worker[None] | None = None
        reader.shown_name = blindfold.file
        reader.told_of = self._in_brief

    @property
    def place(self) -> CriterionPlace | None:
        """The criterion under the cursor."""
        return self._place()

    @property
    def in_field(self) -> bool:
        """Whether the field for find has the keys."""
        return self.screen.focused is not None and self.screen.focused.id == "find"

    def open(self, *, before_all: bool = False) -> None:
        """Show the evidence of the learner at the desk, from its first file, and where it refers to the criterion under
        the cursor as soon as that is known; `before_all` lets it be seen then where there is room for one pane only."""
        registration, first = self.desk.registration, asyncio.Event()
        self._to_reference, self._before_all = True, before_all
        self.references, self._gone_to, self._has_followed = None, (None, 0), False
        self.fingerprints.known, self.fingerprints.first_pages, self.fingerprints.told = None, {}, set()
        self._opening = self.reader.open_learner(registration, first)
        self.line.read(registration, first)

    async def opened(self) -> None:
        """Wait until the files of the learner are listed and the first is shown."""
        if self._opening is not None:
            with suppress(WorkerCancelled):
                await self._opening.wait()

    def stop(self) -> None:
        """The program ends: it waits for no disk."""
        self.fingerprints.stop()

    def look_anew(self) -> None:
        """Show the files as they are now, and no change from what was submitted before."""
        self.reader.list_again()
        self.fingerprints.look()

    def read_anew(self) -> None:
        """The same, when there is a new file: where it refers to the criteria is found out, too."""
        self.look_anew()
        self.line.read_on()

    def mark_cited(self) -> None:
        """Let the evidence show which of its passages are cited, and by what."""
        shown, known = self.desk.shown, self.fingerprints.known
        if shown is None:
            return
        short = short_codes(unit.code for unit in shown.units)
        cited: list[CitedHere] = []
        for unit in shown.units:
            for number, record in shown.portfolio.unit(unit.key).criteria.items():
                for citation in record.citations:
                    passage = citation.passage
                    earlier = f" (attempt {citation.attempt})" if record.is_earlier(citation) else ""
                    name = passage.file if known is None else cited_file(passage, known)[1]
                    label = f"{short[unit.code]} {number}{earlier}"
                    cited.append(CitedHere(name, passage, unit.code, number, label))
        self.reader.show_cited(cited)

    def told_of(self, name: str) -> str:
        """By which method the file of that name shows something; of an account all that is to be known, and whether it
        was confirmed; and whether it looks like another learner's."""
        told = self._accounts.in_words(name, *self._known)
        return self._covered(told, self.fingerprints.of_another.get(name, ""))

    def _in_brief(self, name: str) -> str:
        told = self._accounts.in_brief(name, *self._known)
        return self._covered(told, in_brief(self.fingerprints.of_another.get(name, "")))

    def _covered(self, *told: str) -> str:
        return one_line("  ".join(self.blindfold.file(each) for each in told if each))

    @property
    def _known(self) -> tuple[NameOf, Mapping[str, str]]:
        return self.desk.centre.details.name_of, self.fingerprints.known or {}

    @property
    def _accounts(self) -> Accounts:
        shown = self.desk.shown
        return shown.portfolio.accounts if shown is not None and shown.portfolio.aside else NO_ACCOUNTS

    def take_references(self, found: ReadingLine.ReferencesFound) -> bool:
        """Take what was found, if it is of the learner at the desk; whether it was."""
        if self.desk.registration != found.registration:
            return False
        self._count_anew(found.references)
        self.references = found.references
        self.fingerprints.first_pages = found.references.beginnings(FIRST_PAGE)
        if not self.line.left:
            # Only now: it would convert, beside this reading and after it was stopped, what holds files of its own.
            self.fingerprints.look()
        if self._to_reference and self.references_of(self.place):
            going = self._to_first_reference(found.registration)
            self.screen.run_worker(going, "to_first_reference", group="reference", exclusive=True)
        self._to_reference = False
        return True

    def _count_anew(self, found: ReferencedPassages) -> None:
        """Which of the passages it is that was gone to last, where others are known by now."""
        (key, number), before = self._gone_to, self.references
        if key is None or before is None:
            return
        gone_to, now = before.for_criterion(*key)[number], found.for_criterion(*key)
        places = [(each.file, each.extent) for each in now]
        if (gone_to.file, gone_to.extent) in places:
            self._gone_to = key, places.index((gone_to.file, gone_to.extent))
        else:
            self._gone_to = None, 0

    def _which(self) -> str:
        """Which it is of those that are known now; empty where it is none of them any more."""
        key, number = self._gone_to
        known = self.references.for_criterion(*key) if key is not None and self.references is not None else ()
        return f"reference {number + 1} of {len(known)}" if known else ""

    async def _to_first_reference(self, registration: str) -> None:
        await self.opened()
        # Whoever has begun to read is not torn away from it.
        if self.desk.registration == registration and self.reader.is_as_opened:
            if self._before_all:
                self.show()
            self.follow()

    def references_of(self, place: CriterionPlace | None) -> tuple[ReferencedPassage, ...]:
        """The passages in which the learner is known to refer to that criterion, the best one first."""
        if place is None or self.references is None:
            return ()
        return self.references.for_criterion(place.unit.key, place.criterion.number)

    def go_to_reference(self, place: CriterionPlace) -> None:
        """Go to the next passage that refers to that criterion, if one does; after the last comes the first."""
        passages = self.references_of(place)
        if not passages:
            return
        number = (self._gone_to[1] + 1) % len(passages) if self._gone_to[0] == _key(place) else 0
        if self._has_followed and not self.reader.is_on_screen:
            number = 0  # The first one was gone to by itself, and nobody saw it yet.
        self.go_to_reference_of(place, number)

    def go_to_reference_of(self, place: CriterionPlace, number: int) -> None:
        """Go to that passage of those that refer to the criterion, counted from 0, the best one first."""
        self.show()
        self._open_reference(place, number)

    def follow(self) -> None:
        """Show where the learner refers to the criterion under the cursor, unless somebody reads."""
        place = self.place
        if place is None or self.reader.pane.has_focus:
            return
        if self._gone_to[0] != _key(place) and self.references_of(place):
            self._open_reference(place, 0)
            self._has_followed = True

    async def arrived(self) -> None:
        """Wait until the bar is where it was sent: whoever cites means what it goes to, however fast they type."""
        if self._going is not None:
            with suppress(WorkerCancelled):
                await self._going.wait()

    def _open_reference(self, place: CriterionPlace, number: int) -> None:
        passages = self.references_of(place)
        self._gone_to, self._has_followed = (_key(place), number), False
        self._going = self.reader.open_referenced(passages[number].file, passages[number].extent, self._which)

    # Places in it

    def open_place(self, name: str, line: int) -> None:
        """Show a file at a line, counted from 0."""
        self.show()
        self.reader.open_at(name, line)

    async def open_found(self, found: FoundAt) -> None:
        """Show what was found in one of the files."""
        self.show()
        opening = self.reader.open_at(found.file, found.line, found.query, found.offset)
        if found.query:  # It was read a moment ago; what could not be read may take its time.
            with suppress(WorkerCancelled):
                await opening.wait()

    def _take_changes(self, changed: Mapping[str, Changes]) -> None:
        self.reader.show_changes(changed)
        self.reader.list_within()
        self._draw()


def _key(place: CriterionPlace) -> tuple[UnitKey, str]:
    return place.unit.key, place.criterion.number
