"""Citing: the passage that is chosen, tied to the criterion under the cursor, and the way from one to the other."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from textual import on, work

from markterm.centre.centre import Centre
from markterm.domain.citation import Citation, Presence, presence
from markterm.domain.decision import CriterionRecord
from markterm.domain.errors import MarkTermError
from markterm.domain.event import Kind, Subject
from markterm.domain.foreign_text import one_line, shortened
from markterm.domain.submission import Changes
from markterm.domain.unit import Unit, short_codes
from markterm.evidence.hashing import Hashing
from markterm.evidence.progress import Urgency
from markterm.tui.evidence.cited_here import CitedHere
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.marking.evidence import EvidenceScreen
from markterm.tui.widgets.choice import ChoiceScreen
from markterm.tui.widgets.criteria_list import CriterionPlace

_LONGEST_QUOTE = 300


class CitingScreen(EvidenceScreen):
    """Adds citations to the verbs; subclasses draw them and have the evidence."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre)
        self.files: Mapping[str, str] | None = None
        """The SHA-256 of the learner's files by name; None until they are read."""
        self._looking = Hashing()
        self._gone_to: tuple[CriterionPlace, Citation] | None = None
        self._jumped: tuple[CriterionPlace | None, int] = (None, 0)

    @work(exclusive=True, group="files")
    async def look_at_files(self, registration: str) -> None:
        """Find out in the background which files are there, and what became of those that were cited or submitted."""
        self.files = None
        self.stop_looking()
        self._looking = looking = Hashing(urgency=Urgency.SOON)

        def look() -> Mapping[str, str]:
            with self._centre.evidence.hashed_by(looking):
                return self._centre.evidence.fingerprints(registration)

        with suppress(MarkTermError):  # A folder that cannot be read is told of where its files are listed.
            files = await asyncio.to_thread(look)
            changed = await asyncio.to_thread(self._centre.attempts.changes, registration, files)
            if self.shown is not None and self.shown.learner.registration == registration:
                self.files = files
                self.reader.show_changes(changed)
                self.reader.list_within()
                self.show_portfolio()
                self._tell_of_changes(changed)

    def stop_looking(self) -> None:
        """Stop hashing in the background: somebody else's files are looked at now, or nobody's."""
        self._looking.stop.set()

    def on_unmount(self) -> None:
        """The program ends: it waits for no disk."""
        self.stop_looking()

    def _tell_of_changes(self, changed: Mapping[str, Changes]) -> None:
        assert self.shown is not None
        closed = {key.code for key, each in self.shown.portfolio.units.items() if each.closing is not None}
        for unit, every in changed.items():
            # What is handed in for another unit later changes nothing that a closed one rests on.
            changes = every.of_what_was_fixed if unit in closed else every
            if not changes:
                continue
            words = f"Evidence since {one_line(unit)} was submitted: {changes}. d shows what changed."
            self.app.notify(words, severity="warning", markup=False)

    def mark_citations(self) -> None:
        """Let the evidence show which of its passages are cited, and by what."""
        if self.shown is None:
            return
        short = short_codes(unit.code for unit in self.shown.units)
        files = self.files or {}
        cited: list[CitedHere] = []
        for unit, number, citation, record in self._citations():
            earlier = f" (attempt {citation.attempt})" if record.is_earlier(citation) else ""
            name = citation.passage.file if self.files is None else presence(citation.passage, files)[1]
            cited.append(CitedHere(name, citation.passage, unit.code, number, f"{short[unit.code]} {number}{earlier}"))
        self.reader.show_cited(cited)

    def _citations(self) -> list[tuple[Unit, str, Citation, CriterionRecord]]:
        """Every citation of the learner, unit by unit."""
        assert self.shown is not None
        return [
            (unit, number, citation, record)
            for unit in self.shown.units
            for number, record in self.shown.portfolio.unit(unit.key).criteria.items()
            for citation in record.citations
        ]

    async def action_cite(self) -> None:
        """Cite the chosen passage for the criterion under the cursor, or take its citation back."""
        place, shown = self.place, self.shown
        if place is None or shown is None:
            return
        passage = self.reader.pane.passage
        if passage is None:
            self.app.notify("There are no words to cite here. [ and ] change the file.", markup=False)
            return
        registration, unit, number = shown.learner.registration, place.unit.code, place.criterion.number
        # What is marked here as cited, the same words in an earlier state of the file, too.
        marked = {each.passage for each in self.reader.cited_at_cursor if self._is(each, place)}
        cited = [
            each.uid
            for each in self.record_of(place).citations
            if each.passage.is_same(passage) or (each.passage in marked and each.passage.quote == passage.quote)
        ]
        try:
            if cited:
                await self._record(lambda: self._centre.marking.take_back_citations(registration, unit, number, cited))
            else:
                if self.files is not None:  # What lies in an old Office file is hashed from the first citation on.
                    self.files = {passage.file: passage.sha256, **self.files}
                await self._record(lambda: self._centre.marking.cite(registration, unit, number, passage))
        except MarkTermError as error:
            self.app.show_error(error)
            return
        self.reader.pane.end_selection()

    async def action_withdraw(self) -> None:
        """Straight after a citation, take that back; else withdraw the last decision of this criterion."""
        cited, shown = self.cited_last(), self.shown
        if cited is None or shown is None:
            await super().action_withdraw()
            return
        place, citation = cited
        await self._take_back(place, citation)

    def cited_last(self) -> tuple[CriterionPlace, Citation] | None:
        """The citation that was the last thing recorded here, for the criterion under the cursor, if it stands."""
        event, place, shown = self.last_recorded, self.place, self.shown
        if event is None or place is None or shown is None or event.kind != Kind.CITED:
            return None
        here = Subject(place.unit.key, place.criterion.number)
        if (event.learner, event.subject) != (shown.learner.registration, here):
            return None
        return next(((place, each) for each in self.record_of(place).citations if each.uid == event.uid), None)

    async def _take_back(self, place: CriterionPlace, citation: Citation) -> None:
        assert self.shown is not None
        registration, unit, number = self.shown.learner.registration, place.unit.code, place.criterion.number
        try:
            await self._record(
                lambda: self._centre.marking.take_back_citations(registration, unit, number, (citation.uid,))
            )
        except MarkTermError as error:
            self.app.show_error(error)
            return
        where = one_line(f"{self.app.blindfold.file(citation.passage.file)}, {citation.passage.locator}")
        self.app.notify(f"The citation of {where} was taken back.", markup=False)

    async def _offer_to_take_back(self, place: CriterionPlace, citation: Citation, fate: str) -> None:
        """Show the words of a citation whose file is gone or changed, which cannot be gone to, and offer to end it."""
        name = one_line(self.app.blindfold.file(citation.passage.file))
        title = f"{name} {fate}. These were the words: “{shortened(citation.passage.quote, _LONGEST_QUOTE)}”"

        async def answered(choice: int | None) -> None:
            if choice == 1:
                await self._take_back(place, citation)

        choices = ["Leave the citation as it is", "Take it back; it stays in the record"]
        await self.app.push_screen(ChoiceScreen(title, choices), answered)

    def action_select(self) -> None:
        """Begin to choose more than one passage, or give it up."""
        self.reader.pane.toggle_selection()

    def action_passage(self, step: int) -> None:
        """Choose the next passage or the one before."""
        self.reader.pane.move_passage(step)

    async def action_citation(self) -> None:
        """From the criterion to the next passage that it cites; from a passage to the next criterion that cites it."""
        place = self.place
        if place is None:
            return
        if self.reader.pane.has_focus:
            self._go_to_criterion(place)
            return
        citations = self.record_of(place).citations
        if not citations:
            self.app.notify("Nothing is cited for this criterion yet. c cites the passage with the bar.", markup=False)
            return
        number = (self._jumped[1] + 1) % len(citations) if self._jumped[0] == place else 0
        self._jumped = (place, number)
        await self._go_to_passage(place, citations[number])

    def _go_to_criterion(self, place: CriterionPlace) -> None:
        cited = self.reader.cited_at_cursor
        if not cited:
            self.app.notify("This passage is not cited. c cites it for the criterion under the cursor.", markup=False)
            return
        here = next((i for i, each in enumerate(cited) if self._is(each, place)), -1)
        other = cited[(here + 1) % len(cited)]
        self.go_to(other.unit, other.criterion)
        self.show_pane("criteria")
        self.focus_criteria()

    @staticmethod
    def _is(cited: CitedHere, place: CriterionPlace) -> bool:
        return (cited.unit, cited.criterion) == (place.unit.code, place.criterion.number)

    async def _go_to_passage(self, place: CriterionPlace, citation: Citation) -> None:
        passage = citation.passage
        found, name = presence(passage, self.files) if self.files is not None else (Presence.THERE, passage.file)
        if found is Presence.GONE:
            await self._offer_to_take_back(place, citation, "is not there any more")
            return
        self._gone_to = place, citation
        self.show_pane("evidence")
        self.reader.open_passage(name, passage)
        self.set_focus(self.reader.pane)

    @on(EvidenceReader.ReadElsewhere)
    def tell_of_reading_elsewhere(self, read: EvidenceReader.ReadElsewhere) -> None:
        """The words of a citation were read in a picture by another machine: they are neither lost nor changed."""
        machine = read.passage.machine
        if machine is not None:
            self.app.notify(
                f"“{one_line(read.passage.quote)}”\n{one_line(read.passage.locator)}, on another machine. "
                f"Z shows page {machine.page} itself, O opens the file outside.",
                title="Read by machine elsewhere",
                timeout=12,
                markup=False,
            )

    @on(EvidenceReader.WordsGone)
    async def tell_of_words_gone(self, gone: EvidenceReader.WordsGone) -> None:
        """The words that were cited are not in the file any more: it changed, or it is read otherwise by now."""
        if self._gone_to is not None and self._gone_to[1].passage == gone.passage:
            is_same = gone.passage.sha256 in (self.files or {}).values()
            fate = "is the file that was cited, and is read otherwise by now" if is_same else "changed since"
            await self._offer_to_take_back(*self._gone_to, fate)
