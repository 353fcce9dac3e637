"""Verifying: the decisions of one unit of a learner beside the evidence that they rest on, and the answers to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.words.foreign_text import one_line
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import bindings, key_of
from markterm.tui.evidence.beside_evidence import BesideEvidence
from markterm.tui.evidence.pane import EvidencePane
from markterm.tui.evidence.panes import Panes, PaneTabs
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.settings import OwnSettings
from markterm.tui.verifying.all_commands import COMMANDS
from markterm.tui.verifying.commands.look import go_to_citation
from markterm.tui.verifying.header import learner_line, sample_line, warnings
from markterm.tui.verifying.here import here, told_here
from markterm.tui.verifying.looking import STAYS
from markterm.tui.verifying.sample import Sample
from markterm.tui.verifying.sample_detail import SampleDetail
from markterm.tui.verifying.sample_list import SampleList
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.text_pane import TextPane

_HEIGHT = 11  # above it stand two lines more than when marking
_BRING = ("evidence.", "find.", "verify.citation")
"""What the commands are called that move the evidence."""


class SampleScreen(BesideEvidence):
    """One sample: the decisions, what they cite, and the verifier's answers."""

    TITLE = "Verifying"
    HELP = (
        "{verify.citation} goes to what a decision cites, {evidence.reference} to where the learner refers to the "
        "criterion; what stays in sight for a second counts as looked at. {verify.agree} agrees and goes on, "
        "{verify.not-agreed} does not: it asks why, and what is to be done by whom until when. {verify.agree-all} "
        "agrees to everything that was looked at, after a list.\n"
        "Every answer is in the record, on the disk, before the screen shows it. The unit waits until "
        "{verify.finish} finishes the sample with its report; what is not agreed counts at once. An answer is changed "
        "by answering again. {verify.next-sample} opens the next sample of the queue.\n"
        "{verify.by-task} lists the criteria by the tasks of the assignment: one answer is to a criterion in all of "
        "them. {verify.decide-first} makes the samples that are opened next independent second assessments: you decide "
        "with {verify.own-pass} or {verify.own-refer}, then the assessor's decision is shown.\n"
        "Beside a decision: ✓ agreed, ✗ not agreed, ! differ (two verifiers), ◦ looked at, and what you decided first."
    )
    CSS_PATH = "screen.tcss"
    DOES = COMMANDS
    BINDINGS = bindings(*COMMANDS)
    work: Sample
    STAYS: ClassVar[float] = STAYS
    """Seconds that a passage has to stay in sight."""

    def __init__(self, centre: Centre, blindfold: Blindfold, settings: OwnSettings) -> None:
        super().__init__(blindfold)
        self._centre = centre
        self._learner = Static(id="learner")
        self._sample = Static(id="sample")
        self._warnings = Static(id="warnings")
        self._tabs = PaneTabs(id="tabs")
        self._list = SampleList(id="criteria")
        self._detail = SampleDetail(blindfold.file, id="criterion")
        self._reader = EvidenceReader(centre, id="evidence-reader")
        self._line = ReadingLine(centre)
        self._key_bar = KeyBar()
        panes = Panes(self, self._list, self._detail, self._reader, self.draw, settings, least_height=_HEIGHT)
        self.work = Sample(self, centre, blindfold, settings, panes, self._line, self.draw, self.STAYS)

    @property
    def acts_on(self) -> Sample:
        """What the commands act on."""
        return self.work

    @property
    def tells_now(self) -> Iterable[tuple[str, str]] | None:
        """What can be done here and now."""
        return told_here(here(self.work)) if self.work.desk.shown is not None else None

    @property
    def learner_at_hand(self) -> str:
        """The registration of the learner whose sample is open."""
        shown = self.work.desk.shown
        return shown.learner.registration if shown is not None else ""

    @property
    def to_export(self) -> OnScreen | None:
        """The unit that is verified."""
        shown = self.work.desk.shown
        if shown is None:
            return None
        return OnScreen(Place.SAMPLE, (shown.learner.registration,), unit=self.work.unit.code)

    def compose(self) -> ComposeResult:
        """Whose sample it is, the three panes and the keys."""
        yield self._learner
        yield self._sample
        yield self._warnings
        yield self._tabs
        with Horizontal():
            yield self._list
            yield self._detail
            yield self._reader
        yield NoticeRow(self._line)
        yield self._key_bar

    async def open(self, shown: LearnerPortfolio, unit_code: str, criterion: str = "") -> None:
        """Show that unit of that learner, at that criterion or the first that waits for an answer."""
        await self.work.open(shown, unit_code, criterion)

    async def say_of_others(self, before: LearnerPortfolio, now: LearnerPortfolio, words: str) -> None:  # noqa: ARG002  # as it is asked
        """Say that somebody else recorded something, and learn whether it may still be verified."""
        self.work.notify(words, warning=True)
        await self.work.check()
        self.draw()

    # Drawing

    async def do(self, name: str) -> None:
        """Do the command; what it brought into sight begins to be looked at."""
        await super().do(name)
        if name.startswith(_BRING):
            self.work.looking.brought()

    def draw_parts(self, shown: LearnerPortfolio) -> None:
        """Draw the parts of the screen that are new."""
        work = self.work
        if self.is_new("cited", shown, work.decides_first, work.evidence.fingerprints.known):
            if work.decides_first:
                self._reader.show_cited(())
            else:
                work.evidence.mark_cited()
        width = max(self.size.width - 2, 20)
        self._say("learner", self._learner, learner_line(work, width))
        line = sample_line(work, width)
        self._say("sample", self._sample, line, layout=self.is_new("rows", line.plain.count("\n")))
        told = list(warnings(work))
        if self.is_new("warnings", *(each.plain for each in told)):
            self._warnings.display = bool(told)
            self._warnings.update(Content("\n").join(told))
        self._detail.show(work, self._centre.actions.today)
        if self.has_class("-narrow"):
            self._tabs.update(work.panes.tabs(work.place), layout=False)
        self._key_bar.saved = work.desk.saved
        in_training = any(each.in_training for each in work.now.answers)
        if self.is_new("keys", work.decides_first, work.hides_here, work.hides, work.refused, in_training):
            self.refresh_bindings()
        self._key_bar.follow()

    def _say(self, what: str, where: Static, words: Content, *, layout: bool = False) -> None:
        if self.is_new(what, words.plain, tuple(words.spans)) or layout:
            where.update(words, layout=layout)

    def on_screen_resume(self) -> None:
        """What lay over the evidence is gone: what a key brought into sight is to stay from now on."""
        self.work.looking.moved()

    # What the widgets tell

    @on(EvidencePane.PositionChanged)
    def follow_evidence(self) -> None:
        """Other evidence is in sight."""
        self.work.looking.moved()

    @on(TextPane.WentTo)
    def go_to_clicked(self, went: TextPane.WentTo) -> None:
        """A citation was clicked, or a passage that refers to the criterion."""
        place = self.work.place
        if place is None:
            return
        if went.kind == "citation":
            go_to_citation(self.work, place, went.number)
        else:
            self.work.evidence.go_to_reference_of(place, went.number)
        self.work.looking.brought()

    @on(EvidenceReader.ReadElsewhere)
    def tell_of_reading_elsewhere(self, read: EvidenceReader.ReadElsewhere) -> None:
        """What was cited was read by another machine."""
        self.work.notify(
            f"“{one_line(read.passage.quote)}” was read by machine elsewhere: {key_of('evidence.picture')} shows the "
            "page itself."
        )

    @on(EvidenceReader.WordsGone)
    def tell_of_words_gone(self, gone: EvidenceReader.WordsGone) -> None:
        """What was cited is not there any more."""
        self.work.words_are_gone(gone.passage, "changed since, or is read otherwise by now")

    @on(ReadingLine.ReferencesFound)
    def take_references(self, found: ReadingLine.ReferencesFound) -> None:
        """The evidence was read for what it refers to."""
        if self.work.evidence.take_references(found):
            self.draw()
