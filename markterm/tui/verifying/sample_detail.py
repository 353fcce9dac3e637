"""The criterion that is verified: its words, what was decided of it and why, and what was answered to that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from textual.content import Content

from markterm.domain.assessed.assignment import Cell
from markterm.domain.record.accounts import NO_ACCOUNTS
from markterm.domain.record.sheet_fit import why_changed
from markterm.domain.record.where_decided import where_decided
from markterm.domain.words.foreign_text import one_line
from markterm.tui.command import keyed
from markterm.tui.criterion_place import CriterionPlace
from markterm.tui.signs import CRITERION_SIGNS
from markterm.tui.verifying.sample import Sample
from markterm.tui.widgets.criterion_detail import LOW, citation_lines, decision_lines, descriptor_line, reference_lines
from markterm.tui.widgets.text_pane import TextPane
from markterm.tui.widgets.verified_lines import lines as verified_lines


class SampleDetail(TextPane):
    """Draws one criterion; everything foreign goes in as plain content, never as markup."""

    def __init__(self, shown_name: Callable[[str], str], *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._shown_name = shown_name
        self._sample: Sample | None = None
        self._today = date.min

    def show(self, sample: Sample, today: date) -> None:
        """Show the criterion under the cursor; by `today` an action is overdue or not."""
        self._sample, self._today = sample, today
        self.changed()

    def content(self, width: int) -> Content:
        """The criterion for a width in cells."""
        sample = self._sample
        if sample is None or sample.desk.shown is None:
            return Content()
        place = sample.place
        if place is None:
            return Content("This unit has no criteria: the centre has no mark sheet for it.")
        return Content("\n").join(self._lines(sample, place, width))

    def _lines(self, sample: Sample, place: CriterionPlace, width: int) -> Iterator[Content]:
        criterion, record = place.criterion, sample.record
        own, hidden = record.criterion(criterion.number), sample.is_hidden(place)
        name = Content.styled(f"{one_line(place.unit.code)} {criterion.number}  ", "bold $primary")
        if hidden:
            yield Content.assemble(name, Content.styled("not decided by you yet", "bold $accent"))
        else:
            yield Content.assemble(name, CRITERION_SIGNS[own.state].content().stylize("bold"))
        yield Content.styled(one_line(criterion.text) or "Its wording was not recorded.", "bold")
        if why := why_changed(place.unit, record):
            yield Content.styled(one_line(why), "bold $warning")
        if place.task is not None:
            yield Content.styled(
                f"Task {place.task.number} {one_line(place.task.title)}{_elsewhere(sample, place)}", "$quiet"
            )
        if hidden:
            yield Content(
                keyed("{verify.own-pass} it is met, {verify.own-refer} it is not; then you see the assessor's.")
            )
        else:
            yield from self._decided(sample, place)
        yield from _looked(sample, place)
        is_low = self.size.height < LOW
        if not hidden:
            destroyed = sample.desk.destroyed(place.unit.key) is not None
            accounts = sample.desk.shown.portfolio.accounts if sample.desk.shown is not None else NO_ACCOUNTS
            for number, citation in enumerate(own.citations):
                yield from citation_lines(
                    citation,
                    own,
                    self._files(sample),
                    self._shown_name,
                    accounts.doubt(citation.passage),
                    destroyed=destroyed,
                    number=number,
                    width=width,
                    short=is_low,
                )
        if references := sample.evidence.references_of(place):
            yield from reference_lines(references, self._shown_name, width=width, short=is_low)
        if not is_low:
            yield Content()
        for descriptor in criterion.descriptors:
            yield descriptor_line(descriptor, width)

    def _decided(self, sample: Sample, place: CriterionPlace) -> Iterator[Content]:
        """What was decided there, and what was answered to it and is to be done about it."""
        record, number = sample.record, place.criterion.number
        own = record.criterion(number)
        before, after = verified_lines(record, number, self._today)
        yield from before
        assert sample.desk.shown is not None
        for decision in own.standing:
            cell = Cell(place.unit.code, number)
            where = where_decided(decision.occasion, sample.desk.shown.assignments, cell)
            yield from decision_lines(decision, where, len(own.standing) > 1)
        if not own.standing:
            yield Content.styled("Nobody has decided it yet: there is nothing to answer to.", "$quiet")
        yield from after
        yield from _decided_first(sample, place)

    def _files(self, sample: Sample) -> Mapping[str, str] | None:
        return sample.evidence.fingerprints.known


def _elsewhere(sample: Sample, place: CriterionPlace) -> str:
    """In which other tasks it is evidenced: one answer is to all of them."""
    if sample.assignment is None:
        return ""
    carrying = sample.assignment.tasks_carrying(Cell(place.unit.code, place.criterion.number))
    others = ", ".join(str(each.number) for each in carrying if each is not place.task)
    return f"; also evidenced in task {others}: one answer is to all" if others else ""


def _looked(sample: Sample, place: CriterionPlace) -> Iterator[Content]:
    """Whether it was looked at, and how that is done."""
    if sample.decision_at(place) is None:
        return
    if sample.looking.has_looked(place):
        yield Content.styled("◦ Looked at.", "$success")
    elif sample.given_at(place):
        return
    elif not sample.has_passages(place):
        yield Content.styled("No passage is known to be about it: that you looked is your own statement.", "$quiet")
    else:
        cited = "" if sample.is_hidden(place) else "{verify.citation} goes to what it cites, "
        words = f"Not looked at yet: {cited}{{evidence.reference}} to where it is referred to."
        yield Content.styled(keyed(words), "$quiet")


def _decided_first(sample: Sample, place: CriterionPlace) -> Iterator[Content]:
    """What whoever verifies decided before they saw the decision."""
    decision, answer = sample.decision_at(place), sample.own_answer(place)
    if decision is None:
        return
    own = sample.own.get((place.criterion.number, decision.uid)) or (answer.answer.own if answer is not None else None)
    if own is not None:
        sign = CRITERION_SIGNS[decision.state_with(own)]
        same = "the same" if own is decision.result else "not the same"
        yield Content.assemble("You decided first: ", sign.content(), Content.styled(f", {same}", "$quiet"))
