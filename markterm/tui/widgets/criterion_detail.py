"""The criterion being marked: its words, its descriptors, and what was decided of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from markterm.centre.drafts import DraftKind
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Descriptor, Standing
from markterm.domain.record.accounts import NO_ACCOUNTS
from markterm.domain.record.after_closing import Release
from markterm.domain.record.citation import Citation, CitedFile, cited_file
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.standardisation import Agreed
from markterm.domain.record.states import CriterionState
from markterm.domain.record.where_decided import where_decided
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.texts.evidence_reference import Strength
from markterm.domain.views.due import Due
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import beginning, clean, one_line, shortened
from markterm.evidence.text.referenced import ReferencedPassage
from markterm.tui.command import key_of, keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.local_time import date_told, moment
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.widgets.hanging import hung
from markterm.tui.widgets.held_lines import held_lines
from markterm.tui.widgets.middle_cut import middle_cut
from markterm.tui.widgets.others import Others
from markterm.tui.widgets.text_pane import TextPane, goes_to
from markterm.tui.widgets.verified_lines import lines as verified_lines

NO_CRITERIA = "No criteria: this learner is on no unit that the centre has a mark sheet for."
_STANDING_STYLES = {Standing.REFER: "$error", Standing.PASS: "$success", Standing.GOOD: "$accent"}


_LABEL = 6
_MOST_REFERENCES = 3
_LONGEST_QUOTE = 160
_LONGEST_NOTE = 5000
_LONGEST_AGREED = 90
LOW = 16
"""Rows. A pane that is lower says in one line each what can be said in one, so that citations are seen with the
descriptors."""


class CriterionDetail(TextPane):
    """Draws one criterion; everything foreign goes in as plain content, never as markup."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown: _Shown | None = None
        self.shown_name: Callable[[str], str] = str
        """How the name of a file is shown."""

    def show(
        self,
        place: CriterionPlace | None,
        shown: LearnerPortfolio,
        begun: Sequence[tuple[DraftKind, str]] = (),
        references: Sequence[ReferencedPassage] = (),
        files: Mapping[str, str] | None = None,
        assignment: Assignment | None = None,
        others: Others | None = None,
        due: Sequence[Due] = (),
        today: date = date.min,
        agreed: Sequence[Agreed] = (),
        covers: str = "",
    ) -> None:
        """Show the criterion at `place`, with what was begun of it, and the passages that refer to it.

        `files` are the SHA-256 of the learner's files by name, which tell what became of those that are cited;
        `assignment` is that by whose tasks is marked; `others` how it was decided for other learners; `due` what its
        unit waits for, when it is closed; by `today` an action is overdue or not; `agreed` is what was agreed
        of the criterion in standardisations; `covers` what it covers of standards, in a line.
        """
        self._shown = _Shown(
            place, shown, begun, references, files, assignment, others, due, today, agreed, covers, self.shown_name
        )
        self.changed()

    def content(self, width: int) -> Content:
        """The criterion for a width in cells."""
        if self._shown is None:
            return Content()
        if self._shown.place is None:
            return Content(NO_CRITERIA)
        return _criterion(self._shown, self._shown.place, width, is_low=self.size.height < LOW)


class _Shown(NamedTuple):
    place: CriterionPlace | None
    learner: LearnerPortfolio
    begun: Sequence[tuple[DraftKind, str]]
    references: Sequence[ReferencedPassage]
    files: Mapping[str, str] | None
    assignment: Assignment | None
    others: Others | None
    due: Sequence[Due]
    today: date
    agreed: Sequence[Agreed]
    covers: str
    shown_name: Callable[[str], str]


def _waits(due: Sequence[Due]) -> str:
    """What a closed unit waits for, `, to release`; nothing when it waits for nobody."""
    steps = [str(each.step) for each in due]
    return f", to {' and '.join(filter(None, (', '.join(steps[:-1]), *steps[-1:])))}" if steps else ""


def _criterion(shown: _Shown, place: CriterionPlace, width: int, *, is_low: bool) -> Content:
    unit, criterion = place.unit, place.criterion
    record = shown.learner.portfolio.unit(unit.key)
    own = record.criterion(criterion.number)
    sign = CRITERION_SIGNS[own.state]
    heading = Content.assemble(
        Content.styled(f"{one_line(unit.code)} {criterion.number}  ", "bold $primary"),
        Content.styled(f"{criterion.level} criterion  " if criterion.level is not None else "", "$quiet"),
        sign.content() if own.state is CriterionState.OPEN else sign.content().stylize("bold"),
        Content.styled(f"   unit closed{_waits(shown.due)}" if record.closing is not None else "", "$quiet"),
    )
    lines = [heading, Content.styled(one_line(criterion.text) or "Its wording was not recorded.", "bold")]
    if why := why_changed(unit, record):
        lines.append(Content.styled(one_line(why), "bold $warning"))
    elif unit.faulty:
        lines.append(Content.styled("Not marked: its mark sheet has errors.", "bold $warning"))
    elif unit.no_sheet:
        lines.append(Content.styled(f"Not marked: {one_line(unit.no_sheet)}.", "bold $warning"))
    lines += held_lines(shown.learner, place)
    if place.task is not None:
        lines.append(_tasks(place, place.task, shown.assignment))
    if criterion.marks is not None:
        marks = f"{criterion.marks.maximum} marks, {criterion.marks.minimum} to pass; {key_of('mark.marks')} gives them"
        lines.append(Content.styled(marks, "$quiet"))
    came_back, verified = verified_lines(record, criterion.number, shown.today, for_assessor=True)
    lines += came_back
    noted = _noted(own, place, shown)
    # What was said is what there is to look at, before all else, where it has to be settled or was answered since.
    is_about_them = own.state in (CriterionState.CONFLICT, CriterionState.STALE, CriterionState.RESUBMITTED)
    parts = [[descriptor_line(descriptor, width) for descriptor in criterion.descriptors]]
    destroyed = shown.learner.portfolio.destroyed_of(unit.key) is not None
    accounts = shown.learner.portfolio.accounts if own.citations else NO_ACCOUNTS
    cited = (
        citation_lines(
            citation,
            own,
            shown.files,
            shown.shown_name,
            accounts.doubt(citation.passage),
            destroyed=destroyed,
            number=number,
            width=width,
            short=is_low,
        )
        for number, citation in enumerate(own.citations)
    )
    parts.append([line for each in cited for line in each])
    parts.insert(0 if is_about_them else 2, noted)
    parts.append(verified)
    if shown.references:
        parts.append(reference_lines(shown.references, shown.shown_name, width=width, short=is_low))
    if shown.others is not None:
        parts.append(shown.others.lines(width))
    parts.append(_standardised(shown.agreed))
    if shown.covers:
        parts.append([Content.styled(one_line(shown.covers), "$quiet")])
    for number, part in enumerate(filter(None, parts)):
        lines += part if is_low or not number else [Content(), *part]
    return Content("\n").join(lines)


def _noted(own: CriterionRecord, place: CriterionPlace, shown: _Shown) -> list[Content]:
    """What was decided and why, and what somebody began to write of it."""
    record, lines = shown.learner.portfolio.unit(place.unit.key), list[Content]()
    for decision in own.standing:
        if own.state is CriterionState.RESUBMITTED:
            lines.append(Content.styled(f"Referred at attempt {decision.attempt}", "bold"))
        cell = Cell(place.unit.code, place.criterion.number)
        where = where_decided(decision.occasion, shown.learner.assignments, cell)
        lines += decision_lines(decision, where, own.state in (CriterionState.CONFLICT, CriterionState.STALE))
        lines += _fit(decision, place, shown)
        if own.state is CriterionState.RESUBMITTED:
            lines += _released(record.releases, decision.attempt)
    for kind, text in shown.begun:
        title = "Note kept for the decision" if kind is DraftKind.KEPT else f"✐ draft: {kind.words}"
        lines += [Content.styled(title, "bold $accent"), Content(clean(beginning(text, _LONGEST_NOTE)).text)]
    return lines


def _standardised(agreed: Sequence[Agreed]) -> list[Content]:
    """What was agreed of the criterion last, in short: the descriptors are not pushed away by it."""
    if not agreed:
        return []
    last = agreed[0]
    words = f": {shortened(last.words, _LONGEST_AGREED)}" if last.words.strip() else ""
    told = f"Standardised {date_told(last.on)} as {last.word}"
    more = f" {key_of('mark.standardised')} reads it."
    return [Content.assemble(Content.styled(told, "$primary"), words, Content.styled(more, "$quiet"))]


def _released(releases: Sequence[Release], attempt: int) -> list[Content]:
    """What the learner was told of the attempt at which it was referred, and where it is read."""
    went = next((each for each in reversed(releases) if each.attempt == attempt), None)
    if went is None:
        return [Content.styled(f"No feedback on attempt {attempt} was released.", "$quiet")]
    shows = keyed("{unit.feedback}, then {feedback.earlier} shows it.")
    return [Content.styled(f"Feedback on it released {moment(went.at)}: {shows}", "$quiet")]


def _fit(decision: Decision, place: CriterionPlace, shown: _Shown) -> list[Content]:
    """How the decision fits the sheet, where there is something to say, and what can be done."""
    portfolio = shown.learner.portfolio
    own = portfolio.unit(place.unit.key).criterion(place.criterion.number)
    told = fit_in_words(place.unit, place.criterion, own, decision, portfolio.placing)
    lines = [Content.styled(one_line(each), "bold $warning" if own.stale else "$quiet") for each in told]
    return (
        [*lines, Content.styled(keyed("{app.palette} “settle” says where it belongs."), "$quiet")]
        if own.stale
        else lines
    )


def _tasks(place: CriterionPlace, task: Task, assignment: Assignment | None) -> Content:
    """The task that the criterion is seen in, and where else it is evidenced: it is one decision all the same."""
    carrying = (
        assignment.tasks_carrying(Cell(place.unit.code, place.criterion.number)) if assignment is not None else ()
    )
    others = ", ".join(str(each.number) for each in carrying if each is not task)
    also = f"; also evidenced in task {others}" if others else ""
    return Content.styled(f"Task {task.number} {one_line(task.title)}{also}", "$quiet")


def citation_lines(
    citation: Citation,
    own: CriterionRecord,
    files: Mapping[str, str] | None,
    shown_name: Callable[[str], str],
    doubt: str,
    *,
    destroyed: bool,
    number: int,
    width: int,
    short: bool = False,
) -> list[Content]:
    """The words that are cited, and what became of their file; `short` in one line where there is nothing to be said of
    the file. A click on it tells `number`."""
    passage = citation.passage
    is_there = (CitedFile.THERE, passage.file)
    found, name = cited_file(passage, files, destroyed=destroyed) if files is not None else is_there
    fate = f"now {shown_name(name)}" if found is CitedFile.RENAMED else f"! {found}"
    told = [] if found is CitedFile.THERE else [Content.styled(one_line(fate), "bold $warning")]
    if doubt:
        told.append(Content.styled(one_line(doubt), "bold $warning"))
    if own.is_earlier(citation):
        told.append(Content.styled(f"cited at attempt {citation.attempt}", "bold $accent"))
    sign, quote = Content.styled("¶ ", "bold $accent"), f"“{shortened(passage.quote, _LONGEST_QUOTE)}”"
    name, locator = one_line(shown_name(passage.file)), one_line(passage.locator)
    # In one line the number of the page, paragraph or line has to do, without the heading that it stands under.
    where = _where(name, locator.partition(",")[0], width // 2) if short else _where(name, locator, width - 2)
    beside = Content.assemble(sign, Content.styled(where, "$quiet"))
    if short:
        lines = [Content.assemble(beside, f" {quote}").truncate(width, ellipsis=True), *told]
    else:
        lines = [beside, *told, Content(quote)]
    return [line.stylize(goes_to("citation", number)) for line in lines]


def _where(name: str, locator: str, room: int) -> str:
    """A file and a place in it, where the name is cut before it would be broken."""
    return f"{middle_cut(name, max(room - cell_len(locator) - 2, room // 2))}, {locator}"


def reference_lines(
    passages: Sequence[ReferencedPassage], shown_name: Callable[[str], str], *, width: int, short: bool = False
) -> list[Content]:
    """How often the learner refers to the criterion, and the best passages, `short` each in one line. A click on one
    tells its number."""
    references = [each.reference for each in passages]
    doubtful = sum(each.ambiguous or each.strength is Strength.DOUBTFUL for each in references)
    count = counted(len(passages), "passage") + (f", {doubtful} unclear" if doubtful else "")
    lines = [
        Content.assemble(
            Content.styled("Referenced ", "$primary"), f"in {count}; {key_of('evidence.reference')} goes there"
        ),
    ]
    for number, each in enumerate(passages[:_MOST_REFERENCES]):
        name = middle_cut(one_line(shown_name(each.file)), width // 2)
        line = Content.styled(f"{name}  {one_line(each.words)}", "$quiet")
        line = line.truncate(width, ellipsis=True) if short else line
        lines.append(line.stylize(goes_to("reference", number)))
    return lines


def descriptor_line(descriptor: Descriptor, width: int) -> Content:
    """The text beside its label, each of its lines under the first."""
    label = Content.styled(f"{descriptor.standing.value:<{_LABEL}}", _STANDING_STYLES[descriptor.standing])
    return label + hung(Content(one_line(descriptor.text)), max(width - _LABEL, 8), _LABEL)


def decision_lines(decision: Decision, where: str, conflict: bool) -> list[Content]:
    """The note, and who decided it, when and where; of one of several the result first."""
    who = f"{one_line(decision.actor)}, {moment(decision.at)}"
    if where:
        who += f", {one_line(where)}"
    if decision.marks is not None:
        who += f", {decision.marks} marks"
    label = f"{decision.state.value} by {who}" if conflict else who
    if decision.in_words_of:
        label += f", in the words of {one_line(' and '.join(decision.in_words_of))}"
    told = [Content.styled(label, "$quiet")]
    if decision.reason.strip():
        told.append(Content.styled(f"Settled: {one_line(decision.reason)}", "$quiet"))
    if signed := countersigned(decision):
        style = "bold $warning" if decision.waits_for_countersignature else "$quiet"
        told.append(Content.styled(one_line(signed), style))
    note = Content(beginning(decision.note.strip(), _LONGEST_NOTE) or "No note.")
    return [*told, note] if conflict else [note, *told]
