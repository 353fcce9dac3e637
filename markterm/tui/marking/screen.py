"""Marking: the criteria, the evidence, and the criterion with its descriptors, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from markterm.centre.centre import Centre
from markterm.centre.export.shown import OnScreen, Place
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.tui.blindfold import Blindfold
from markterm.tui.command import bindings, command_of, reads_alone
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.evidence.beside_evidence import BesideEvidence
from markterm.tui.evidence.panes import Panes, PaneTabs
from markterm.tui.evidence.reader import EvidenceReader
from markterm.tui.evidence.reading_line import ReadingLine
from markterm.tui.marking.all_commands import COMMANDS
from markterm.tui.marking.assessors_act import AssessorsAct, tell_who_may
from markterm.tui.marking.citations import go_to_citation, read_elsewhere, words_are_gone
from markterm.tui.marking.here import Here, here, told_here
from markterm.tui.marking.learner_line import LearnerLine
from markterm.tui.marking.presence import new_conflicts
from markterm.tui.marking.workplace import Workplace
from markterm.tui.settings import OwnSettings
from markterm.tui.widgets.criteria_list import CriteriaList
from markterm.tui.widgets.criterion_detail import CriterionDetail
from markterm.tui.widgets.key_bar import KeyBar
from markterm.tui.widgets.notice_line import NoticeRow
from markterm.tui.widgets.others import Others
from markterm.tui.widgets.text_pane import TextPane


class MarkingScreen(BesideEvidence):
    """One learner: p passes, r refers, and the evidence is beside it."""

    TITLE = "Marking"
    HELP = (
        "{mark.pass} passes the criterion under the cursor, {mark.refer} refers it and asks for the note; both move to "
        "the next open one.\n"
        "Every mark is in the record, on the disk, before the screen shows it: there is nothing to save.\n"
        "{mark.note} writes a note: on an open criterion it waits for the decision, on a decided one it is recorded "
        "with it.\n"
        "{unit.previous} and {unit.next} go from unit to unit, {criterion.go-to} to a number or code, {mark.matrix} is "
        "a map of all criteria to move in, {learner.next-waiting} opens the next learner who waits with this unit.\n"
        "{mark.withdraw} takes back your last act of this sitting, wherever it was, and again the one before: a mark, "
        "a note, a citation, a closing. Within ten seconds it asks for no reason. {mark.withdraw-here} withdraws the "
        "last decision on this criterion. {unit.close} closes the unit with its outcome, or reopens it.\n"
        "As you come to a criterion the bar goes to where the learner refers to it; {evidence.reference} goes to the "
        "next such place, {evidence.passage-next} and {evidence.passage-previous} put the bar on another passage, and "
        "{evidence.cite} cites it. {evidence.citation} goes from the criterion to what it cites and back. "
        "{mark.by-task} marks by the tasks of the learner's assignment.\n"
        "{unit.submit} submits what the learner handed in, with their declaration; after a referral it begins the next "
        "attempt, "
        "and {evidence.differences} shows what changed. When the unit is closed, {unit.feedback} reads the feedback "
        "and releases it to the learner. {unit.verification} reads what a verifier answered to it, and says that "
        "it was read or that an action is done.\n"
        "Signs: · open, ✓ pass, ✗ refer, ↻ resubmitted, ! conflict, ≠ decided on another wording, C to countersign, "
        "V✗ a verifier does not agree, V✓ agrees, V≠ amended or decided again since, V! two verifiers differ, A an "
        "action, A! overdue, ✎ a note, or a comment on the section, ✐ draft: begun and not recorded, 2¶ "
        "cites two passages."
    )
    CSS_PATH = "screen.tcss"
    DOES = COMMANDS
    BINDINGS = bindings(*COMMANDS)
    work: Workplace

    def __init__(
        self, centre: Centre, blindfold: Blindfold, settings: OwnSettings, caseload: Callable[[], Sequence[str]]
    ) -> None:
        """`caseload` gives the learners in the order in which they are listed."""
        super().__init__(blindfold)
        self._centre = centre
        self._learner = Static(id="learner")
        self._tabs = PaneTabs(id="tabs")
        self._criteria = CriteriaList(id="criteria")
        self._criterion = CriterionDetail(id="criterion")
        self._criterion.shown_name = blindfold.file
        self._reader = EvidenceReader(centre, id="evidence-reader")
        self._line = ReadingLine(centre, lambda: self.work.following(caseload()))
        self._key_bar = KeyBar()
        panes = Panes(self, self._criteria, self._criterion, self._reader, self.draw, settings)
        self.work = Workplace(self, centre, blindfold, settings, panes, self._line, self.draw)
        self._learner_line = LearnerLine()

    @property
    def acts_on(self) -> Workplace:
        """What the commands act on."""
        return self.work

    @property
    def tells_now(self) -> Iterable[tuple[str, str]] | None:
        """What can be done here and now."""
        shown = self.work.desk.shown
        return told_here(self._here(shown)) if shown is not None else None

    def _here(self, shown: LearnerPortfolio) -> Here:
        place = self.work.place
        progress = self._learner_line.progress(self.work, shown, place.unit.key) if place is not None else None
        return here(self.work, shown, progress)

    @property
    def learner_at_hand(self) -> str:
        """The registration of the learner who is open."""
        return self.work.desk.registration

    @property
    def to_export(self) -> OnScreen | None:
        """The unit under the cursor, of the learner who is open."""
        place, shown = self.work.place, self.work.desk.shown
        if shown is None:
            return None
        # That of the tasks by which is marked, or the first of the learner's.
        assignment = self.work.assignment or next(iter(shown.assignments), None)
        return OnScreen(
            Place.LEARNER,
            (shown.learner.registration,),
            unit=place.unit.code if place is not None else "",
            assignment=assignment.code if assignment is not None else "",
        )

    def compose(self) -> ComposeResult:
        """The learner, the three panes and the keys."""
        yield self._learner
        yield self._tabs
        with Horizontal():
            yield self._criteria
            yield self._criterion
            yield self._reader
        yield NoticeRow(self._line)
        yield self._key_bar

    async def say_of_others(self, before: LearnerPortfolio, now: LearnerPortfolio, words: str) -> None:
        """Say that somebody else recorded something, and which conflicts came of it."""
        disagrees = new_conflicts(before, now)
        # By itself and not by the workplace: what is recorded next makes it no less true.
        self.notify(words + disagrees, severity="warning" if disagrees else "information", markup=False)

    def on_unmount(self) -> None:
        """What was not opened to its end was not opened."""
        self.work.new_files.stop()

    async def look_at_files(self) -> None:
        """See whether files came or changed since they were listed."""
        await self.work.new_files.look()

    # Drawing

    async def action_do(self, name: str) -> None:
        """Do the command; an assessor's, for whoever marks nothing, is answered with who may."""
        if issubclass(command_of(name), AssessorsAct) and not self.offers(name) and not reads_alone():
            tell_who_may(self.work)
            return
        await super().action_do(name)

    def draw_parts(self, shown: LearnerPortfolio) -> None:
        """Draw the parts of the screen that are new."""
        work = self.work
        if self.is_new("drafts", work.drafts.drafted):
            work.show_criteria()
        if self.is_new("cited", shown, work.evidence.fingerprints.known):
            work.evidence.mark_cited()
        place = work.place
        unit = place.unit if place is not None else None
        width = self.size.width - 2
        task = place.task if place is not None else None
        files, new = work.evidence.fingerprints.known, work.new_files.in_brief
        if self.is_new("learner", shown, unit, task, files, work.desk.others, work.round, work.assignment, width, new):
            line = self._learner_line.content(work, shown, width, self._centre.recorder.now())
            if self.is_new("line", line.plain, tuple(line.spans)):
                self._learner.update(line, layout=False)
        self._draw_criterion(place, shown)
        number = place.criterion.number if place is not None else ""
        if self.has_class("-narrow") and self.is_new("tabs", work.panes.seen, number):
            self._tabs.update(work.panes.tabs(place), layout=False)
        self._key_bar.saved = work.desk.saved
        self._key_bar.follow()

    def _draw_criterion(self, place: CriterionPlace | None, shown: LearnerPortfolio) -> None:
        """Draw the criterion under the cursor, and what is known of it."""
        work, files, today = self.work, self.work.evidence.fingerprints.known, self._centre.actions.today
        begun = work.drafts.begun(place) if place is not None else ()
        covers = work.covered_by(place)
        if not self.is_new(
            "criterion",
            place,
            shown,
            begun,
            work.evidence.references,
            files,
            work.assignment,
            work.round,
            work.across,
            str(today),
            covers,
        ):
            return
        closed = place is not None and shown.portfolio.unit(place.unit.key).closing is not None
        due = (
            shown.due(place.unit, self._centre.details.policy_for(shown.learner))
            if place is not None and closed
            else ()
        )
        others: Others | None = None
        if work.round is not None and work.round.is_at(place):
            others = Others(work.across.others(work.round.learner), self._blindfold, work.across.gates)
        references = work.evidence.references_of(place)
        self._criterion.show(
            place,
            shown,
            begun,
            references,
            files,
            work.assignment,
            others,
            due,
            today,
            work.agreed_on(place),
            covers,
        )

    # What the widgets tell

    @on(EvidenceReader.ReadElsewhere)
    def tell_of_reading_elsewhere(self, read: EvidenceReader.ReadElsewhere) -> None:
        """What was cited was read by another machine."""
        read_elsewhere(self.work, read)

    @on(TextPane.WentTo)
    async def go_to_clicked(self, went: TextPane.WentTo) -> None:
        """A citation was clicked, or a passage that refers to the criterion."""
        place = self.work.place
        if place is not None and went.kind == "citation":
            await go_to_citation(self.work, place, went.number)
        elif place is not None:
            self.work.evidence.go_to_reference_of(place, went.number)

    @on(EvidenceReader.WordsGone)
    async def tell_of_words_gone(self, gone: EvidenceReader.WordsGone) -> None:
        """What was cited is not there any more."""
        await words_are_gone(self.work, gone)

    @on(ReadingLine.ReferencesFound)
    def take_references(self, found: ReadingLine.ReferencesFound) -> None:
        """The evidence was read for what it refers to."""
        self.work.take_references(found)
