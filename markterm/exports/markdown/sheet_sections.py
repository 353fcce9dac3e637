"""What every completed sheet is made of: header, statements, a criterion with its decision, a unit's outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Criterion, Standing, Unit
from markterm.domain.record.bodies.moving import Carried
from markterm.domain.record.bodies.verifying import NO_REPORT
from markterm.domain.record.carrying import in_words
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.event import Kind, Result
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord, count, outcome
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.states import CriterionState
from markterm.domain.record.submission import NO_CHANGES, Changes
from markterm.domain.record.where_decided import where_decided
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.views import verified
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.words.local_time import local
from markterm.exports.markdown.markdown_text import block, inline

_STATES = {
    CriterionState.PASS: "Pass",
    CriterionState.REFER: "Referral",
    CriterionState.OPEN: "Open",
    CriterionState.CONFLICT: "In conflict",
    CriterionState.RESUBMITTED: "Resubmitted",
    CriterionState.STALE: "Does not fit the sheet",
}
_COUNTED = {
    CriterionState.PASS: "passed",
    CriterionState.REFER: "referred",
    CriterionState.OPEN: "open",
    CriterionState.CONFLICT: "in conflict",
    CriterionState.RESUBMITTED: "resubmitted",
    CriterionState.STALE: "not fitting the sheet",
}
_STANDINGS = {Standing.REFER: "Referral", Standing.PASS: "Pass", Standing.GOOD: "Good pass"}
_HASH = 12
BLANK = "\\_" * 24
"""A place to write in."""


class Sections:
    """The sections of one learner's sheets, each as lines of Markdown. Days are those of `zone`, or of this machine.

    All foreign text is escaped: it can make no markup. What a sheet says of a criterion or of a unit's outcome it says
    in the same lines as any other sheet; only `with_marks` are marks among them. `since` is what became of the evidence
    of each unit since it was fixed, by the unit's code; `assignments` are the learner's, whose tasks are named.
    """

    def __init__(
        self,
        centre: CentreDetails,
        learner: Learner,
        portfolio: Portfolio,
        zone: tzinfo | None,
        *,
        with_marks: bool,
        since: Mapping[str, Changes] = MappingProxyType({}),
        assignments: Iterable[Assignment] = (),
    ) -> None:
        self._assignments = tuple(assignments)
        self._centre = centre
        self._learner = learner
        self._portfolio = portfolio
        self._zone = zone
        self._with_marks = with_marks
        self._since = since

    def header(self, title: str, facts: Iterable[tuple[str, str]], *, damaged: bool) -> Iterator[str]:
        """Title, centre and learner, then what else the sheet states; `damaged` says that the record is."""
        yield f"# {inline(title)}"
        yield ""
        if damaged:
            yield "**The record behind this sheet is incomplete: decisions may be missing from it.**"
            yield ""
        yield "| | |"
        yield "|---|---|"
        yield f"| Centre number | {inline(self._centre.number)} |"
        yield f"| Centre name | {inline(self._centre.name)} |"
        yield f"| Learner registration number | {inline(self._learner.registration)} |"
        yield f"| Learner name | {inline(self._learner.name)} |"
        for name, fact in facts:
            yield f"| {inline(name)} | {inline(fact)} |"
        yield ""

    def attempt(self, unit: Unit) -> str:
        """Which attempt at the unit is marked, and the day it was submitted."""
        record = self._portfolio.unit(unit.key)
        submitted = record.submission
        return f"{record.attempt}{f', submitted {self._day(submitted.at)}' if submitted is not None else ''}"

    def statements(self, units: Sequence[Unit]) -> Iterator[str]:
        """The learner's two statements, as they were declared for the present attempts at these units."""
        yield "## Statements"
        yield ""
        covered: dict[Declaration | None, list[str]] = {}
        for unit in units:
            covered.setdefault(self._portfolio.declared(unit.key), []).append(unit.code)
        for declared, codes in covered.items():
            of = f" ({', '.join(map(inline, codes))})" if len(covered) > 1 else ""
            yield from self._statements(declared, of)
        yield ""

    def _statements(self, declared: Declaration | None, of: str) -> Iterator[str]:
        if declared is None:
            yield f"- ☐ The learner confirms that this is their own work{of}. *Not declared yet.*"
            yield f"- ☐ The learner refuses anonymised use of this work for standardisation{of}."
            return
        day = f" on {declared.on.isoformat()}" if declared.on is not None else ""
        received = f"received by {self._who(declared.actor, declared.at)} on {self._day(declared.at)}"
        yield f"- ☑ The learner confirms that this is their own work{of} ({inline(declared.form)}{day}, {received})."
        box = "☑" if declared.refuses_use else "☐"
        yield f"- {box} The learner refuses anonymised use of this work for standardisation{of}."

    def criterion(self, unit: Unit, criterion: Criterion, level: int) -> Iterator[str]:
        """A criterion under a heading of that level: descriptors, decision, feedback and the evidence cited."""
        yield f"{'#' * level} {inline(criterion.number)} {inline(criterion.text)}"
        yield ""
        if criterion.descriptors:
            for descriptor in criterion.descriptors:
                yield f"- {_STANDINGS[descriptor.standing]}: {inline(descriptor.text)}"
            yield ""
        record = self.record(unit, criterion)
        yield f"**Decision: {CRITERION_SIGNS[record.state].glyph} {_STATES[record.state]}**"
        yield ""
        for decision in record.standing:
            yield from self._feedback(decision, unit, criterion, record)
        for citation in record.citations:
            passage = citation.passage
            earlier = f" (cited at attempt {citation.attempt})" if record.is_earlier(citation) else ""
            yield f"- Evidence: {inline(passage.file)}, {inline(passage.locator)}{earlier}: “{inline(passage.quote)}”"
        if record.citations:
            yield ""

    def comments(self, heading: str, criteria: Sequence[tuple[str, CriterionState]]) -> Iterator[str]:
        """How many of these criteria, each with its name, are in which state, and which are referred."""
        referred = [name for name, state in criteria if state is CriterionState.REFER]
        to_do = f" Referred: {', '.join(map(inline, referred))}." if referred else ""
        yield f"**{heading}**"
        yield ""
        yield f"{tally([state for _, state in criteria])}.{to_do}"
        yield ""

    def outcome(self, unit: Unit) -> Iterator[str]:
        """The outcome of a unit, or how far it is."""
        record = self._portfolio.unit(unit.key)
        closing = record.closing
        if unit.faulty:
            yield "**The mark sheet behind this has errors: a criterion may be missing from it.**"
            yield ""
        if unit.no_sheet:
            yield f"**Not marked: {inline(unit.no_sheet)}.**"
            yield ""
        if any(case.holds and case.concerns(unit.key) for case in self._portfolio.cases):
            yield "**Held: nothing of this is final until a case is closed.**"  # Why is not for whoever reads a sheet.
            yield ""
        if any(action.holds for action in record.after.actions):
            yield "**Held: nothing of this is final until an action of its verification is accepted.**"
            yield ""
        if closing is None:
            passed = count(unit, record, CriterionState.PASS)
            state = outcome(unit, record).value
            yield f"**Not closed yet**: {passed} of {len(unit.criteria)} criteria passed, {state} so far."
        else:
            yield f"**{'PASS' if closing.outcome is Result.PASS else 'REFERRAL'}** (attempt {closing.attempt})"
            if why := why_changed(unit, record):
                yield ""
                yield f"*{inline(why)}*"
            yield ""
            yield "Summary feedback:"
            yield ""
            yield block(closing.feedback, "> ") if closing.feedback.strip() else "> *None.*"
            released = record.after.released(closing.uid)
            if released is not None:
                yield ""
                by = self._who(released.actor, released.at)
                yield f"Feedback released to the learner by {by} on {self._day(released.at)}."
        yield ""
        yield from self._settled(record)
        yield from self._evidence(unit, record)

    def _settled(self, record: UnitRecord) -> Iterator[str]:
        """What a person settled of decisions that did not fit the sheet any more."""
        # An event that was taken back since is followed by the one that took it back.
        for event in record.events:
            if event.kind == Kind.CARRIED:
                told = f"{in_words(event)}. Reason: {Carried.read(event.body).reason}"
                yield f"On {self._day(event.at)} {self._who(event.actor, event.at)} {inline(told)}"
                yield ""

    def _evidence(self, unit: Unit, record: UnitRecord) -> Iterator[str]:
        """What is to be said of the evidence: why there is none, or what was fixed and what became of it since."""
        submission, closing = record.submission, record.closing
        if submission is None:
            return
        if submission.no_evidence:
            yield f"*There was no evidence to fix when it was closed: {inline(submission.no_evidence)}.*"
            yield ""
        if submission.unread:
            yield f"*Not fixed, because it could not be read: {inline('; '.join(submission.unread))}.*"
            yield ""
        if closing is not None and closing.evidence_changed:
            changed = inline("; ".join(closing.evidence_changed))
            yield f"*It was closed on the evidence as it was submitted; by then: {changed}.*"
            yield ""
        since = self._since.get(unit.code, NO_CHANGES)
        if since if closing is None else since.of_what_was_fixed:
            day = self._day(submission.at)
            yield f"**The evidence changed since it was fixed: {inline(since.named())}.**"
            yield ""
            yield f"As it was fixed on {day}:"
            yield ""
            files = [f"{inline(name)}, SHA-256 {inline(sha256[:_HASH])}" for name, sha256 in submission.files.items()]
            yield from (f"- {line}" for line in sorted(files) or ["no file"])
            yield ""

    def signatures(self, units: Iterable[tuple[Unit, str]]) -> Iterator[str]:
        """Places for the assessor and the verifier to sign for each unit, with what is said of whose unit it is."""
        yield "| | Name | Signature | Date |"
        yield "|---|---|---|---|"
        units = tuple(units)
        for unit, of_unit in units:
            closing: Closing | None = self._portfolio.unit(unit.key).closing
            who, day = (
                (self._who(closing.actor, closing.at), self._day(closing.at)) if closing is not None else (BLANK, BLANK)
            )
            yield f"| Assessor{inline(of_unit)} | {who} | {BLANK} | {day} |"
            yield f"| Internal verifier{inline(of_unit)} | {BLANK} | {BLANK} | {BLANK} |"
        yield ""
        yield "**Verification comments**"
        yield ""
        told = [line for unit, of_unit in units for line in self._verification(unit, of_unit)]
        yield from told or (BLANK,)

    def _verification(self, unit: Unit, of_unit: str) -> Iterator[str]:
        """What verifiers answered, where they did so decision by decision: of a unit that was verified as a whole the
        sheet has places to be filled in by hand."""
        record = self._portfolio.unit(unit.key)
        for each in verified.answered(record):
            if each.answers or each.report != NO_REPORT:
                line = f"{verified.in_a_line(each, self._name)}{of_unit}"
                yield f"- {inline(line)}, on {self._day(each.at)}"
                yield from (f"  - {inline(told)}" for told in verified.told(each, record, self._name))
                yield ""
        if differ := verified.what_holds(record):
            yield f"*{inline(differ[:1].upper() + differ[1:])}.*"
            yield ""

    def _name(self, member_id: str) -> str:
        return self._centre.name_of(member_id)

    def record(self, unit: Unit, criterion: Criterion) -> CriterionRecord:
        """What is recorded of a criterion."""
        return self._portfolio.unit(unit.key).criterion(criterion.number)

    def _feedback(self, decision: Decision, unit: Unit, criterion: Criterion, own: CriterionRecord) -> Iterator[str]:
        if self._with_marks and decision.in_marks:
            yield f"{decision.in_marks}: {_STATES[CriterionState(decision.result)]}"
            yield ""
        who = f"{self._who(decision.actor, decision.at)}, {self._day(decision.at)}, attempt {decision.attempt}"
        if place := where_decided(decision.occasion, self._assignments, Cell(unit.code, criterion.number)):
            who = f"{who}, decided in {inline(place)}"
        if decision.in_words_of:
            who = f"{who}, in the words of {' and '.join(map(self._who, decision.in_words_of))}"
        if signed := countersigned(decision, self._who):
            who = f"{who}, made in training, {signed}"
        if own.state in (CriterionState.CONFLICT, CriterionState.STALE):
            who = f"{decision.result}, {who}"
        yield f"Assessor feedback ({who}):"
        yield ""
        yield block(decision.note, "> ") if decision.note.strip() else "> *No feedback on this criterion.*"
        yield ""
        for told in fit_in_words(unit, criterion, own, decision, self._portfolio.placing):
            yield f"*{inline(told[:1].upper() + told[1:])}*"
            yield ""

    def _who(self, member_id: str, at: datetime | None = None) -> str:
        return inline(self._centre.name_of(member_id, at))

    def _day(self, at: datetime) -> str:
        return local(at, self._zone).date().isoformat()


def unit_facts(unit: Unit) -> str:
    """Version, level, credit and guided learning hours, as far as the sheet gives them."""
    facts = (("version", unit.version), ("level", unit.level), ("credit", unit.credit), ("GLH", unit.glh))
    return ", ".join(f"{name} {fact}" for name, fact in facts if fact)


def tally(states: Sequence[CriterionState]) -> str:
    """How many criteria are in which state, each counted once."""
    counts = [f"{states.count(state)} {word}" for state, word in _COUNTED.items() if state in states]
    return f"{', '.join(counts) or 'no criteria'} of {len(states)}"
