"""The completed mark sheet of one unit for one learner, as Markdown to print or to file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from markterm.domain.learner import Learner
from markterm.domain.local_time import local
from markterm.domain.member import CentreDetails
from markterm.domain.portfolio import (
    CriterionRecord,
    CriterionState,
    Declaration,
    Portfolio,
    UnitRecord,
    count,
    outcome,
)
from markterm.domain.signs import CRITERION_SIGNS
from markterm.domain.unit import Criterion, Standing, Unit
from markterm.exports.markdown_text import block, inline

_STATES = {
    CriterionState.PASS: "Pass",
    CriterionState.REFER: "Referral",
    CriterionState.OPEN: "Open",
    CriterionState.CONFLICT: "In conflict",
}
_STANDINGS = {Standing.REFER: "Referral", Standing.PASS: "Pass", Standing.GOOD: "Good pass"}
_BLANK = "\\_" * 24


def completed_mark_sheet(
    centre: CentreDetails,
    learner: Learner,
    unit: Unit,
    portfolio: Portfolio,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
) -> str:
    """The sheet with everything that is recorded so far: header, statements, each criterion with its descriptors,
    decision and feedback, the comments of each section, the outcome, and places for the verifier.

    `damaged` says on it that the record is. Days are those of `zone`, or of this machine. All foreign text is escaped:
    it can make no markup.
    """
    return "\n".join(_Sheet(centre, learner, unit, portfolio, damaged, zone).lines()) + "\n"


class _Sheet:
    def __init__(
        self,
        centre: CentreDetails,
        learner: Learner,
        unit: Unit,
        portfolio: Portfolio,
        damaged: bool,
        zone: tzinfo | None,
    ) -> None:
        self.centre = centre
        self.learner = learner
        self.unit = unit
        self.declaration: Declaration | None = portfolio.declaration
        self.record: UnitRecord = portfolio.unit(unit.key)
        self.damaged = damaged
        self.zone = zone

    def lines(self) -> Iterator[str]:
        unit = self.unit
        yield f"# Mark sheet {inline(unit.code)} {inline(unit.title)}"
        yield ""
        if self.damaged:
            yield "**The record behind this sheet is damaged: decisions may be missing from it.**"
            yield ""
        yield "| | |"
        yield "|---|---|"
        yield f"| Centre number | {inline(self.centre.number)} |"
        yield f"| Centre name | {inline(self.centre.name)} |"
        yield f"| Learner registration number | {inline(self.learner.registration)} |"
        yield f"| Learner name | {inline(self.learner.name)} |"
        facts = (("version", unit.version), ("level", unit.level), ("credit", unit.credit), ("GLH", unit.glh))
        yield f"| Unit | {', '.join(f'{name} {inline(str(fact))}' for name, fact in facts if fact)} |"
        submitted = self.record.submission
        handed_in = f", submitted {self._day(submitted.at)}" if submitted is not None else ""
        yield f"| Attempt | {self.record.attempt}{handed_in} |"
        yield ""
        yield from self._statements()
        for lo in unit.outcomes:
            yield f"## LO{lo.number} {inline(lo.title)}"
            yield ""
            for criterion in lo.criteria:
                yield from self._criterion(criterion)
            yield "**Section comments**"
            yield ""
            yield from self._section_comments(lo.criteria)
        yield from self._outcome()

    def _statements(self) -> Iterator[str]:
        declared = self.declaration
        yield "## Statements"
        yield ""
        if declared is None:
            yield "- ☐ The learner confirms that this is their own work. *Not declared yet.*"
            yield "- ☐ The learner refuses anonymised use of this work for standardisation."
        else:
            given = f"{inline(declared.form)}, received by {self._who(declared.actor)} on {self._day(declared.at)}"
            yield f"- ☑ The learner confirms that this is their own work ({given})."
            box = "☑" if declared.refuses_use else "☐"
            yield f"- {box} The learner refuses anonymised use of this work for standardisation."
        yield ""

    def _criterion(self, criterion: Criterion) -> Iterator[str]:
        yield f"### {inline(criterion.number)} {inline(criterion.text)}"
        yield ""
        if criterion.descriptors:
            for descriptor in criterion.descriptors:
                yield f"- {_STANDINGS[descriptor.standing]}: {inline(descriptor.text)}"
            yield ""
        record = self.record.criterion(criterion.number)
        yield from self._decision(record, criterion)
        yield from self._citations(record)

    def _decision(self, record: CriterionRecord, criterion: Criterion) -> Iterator[str]:
        yield f"**Decision: {CRITERION_SIGNS[record.state]} {_STATES[record.state]}**"
        yield ""
        for decision in record.standing:
            who = f"{self._who(decision.actor)}, {self._day(decision.at)}, attempt {decision.attempt}"
            if record.state is CriterionState.CONFLICT:
                who = f"{decision.result}, {who}"
            yield f"Assessor feedback ({who}):"
            yield ""
            yield block(decision.note, "> ") if decision.note.strip() else "> *No feedback on this criterion.*"
            yield ""
            if decision.wording and decision.wording != criterion.text:
                yield f"*The wording changed since; it was decided as: {inline(decision.wording)}*"
                yield ""

    def _citations(self, record: CriterionRecord) -> Iterator[str]:
        for citation in record.citations:
            passage = citation.passage
            yield f"- Evidence: {inline(passage.file)}, {inline(passage.locator)}: “{inline(passage.quote)}”"
        if record.citations:
            yield ""

    def _section_comments(self, criteria: tuple[Criterion, ...]) -> Iterator[str]:
        states = [self.record.criterion(criterion.number).state for criterion in criteria]
        counts = [
            f"{states.count(state)} {word}"
            for state, word in (
                (CriterionState.PASS, "passed"),
                (CriterionState.REFER, "referred"),
                (CriterionState.OPEN, "open"),
                (CriterionState.CONFLICT, "in conflict"),
            )
            if state in states
        ]
        referred = [c.number for c, state in zip(criteria, states, strict=True) if state is CriterionState.REFER]
        to_do = f" Referred: {', '.join(map(inline, referred))}." if referred else ""
        yield f"{', '.join(counts) or 'no criteria'} of {len(criteria)}.{to_do}"
        yield ""

    def _outcome(self) -> Iterator[str]:
        closing = self.record.closing
        yield "## Outcome"
        yield ""
        if closing is None:
            passed = count(self.unit, self.record, CriterionState.PASS)
            state = outcome(self.unit, self.record).value
            yield f"**Not closed yet**: {passed} of {len(self.unit.criteria)} criteria passed, {state} so far."
        else:
            yield f"**{'PASS' if closing.outcome.value == 'pass' else 'REFERRAL'}** (attempt {closing.attempt})"
            if self.record.changed_since_closing:
                yield ""
                yield "*Decisions were made since the unit was closed that this outcome does not rest on.*"
            yield ""
            yield "Summary feedback:"
            yield ""
            yield block(closing.feedback, "> ") if closing.feedback.strip() else "> *None.*"
        yield ""
        yield "| | Name | Signature | Date |"
        yield "|---|---|---|---|"
        assessor = (self._who(closing.actor), self._day(closing.at)) if closing is not None else (_BLANK, _BLANK)
        yield f"| Assessor | {assessor[0]} | {_BLANK} | {assessor[1]} |"
        yield f"| Internal verifier | {_BLANK} | {_BLANK} | {_BLANK} |"
        yield ""
        yield "**Verification comments**"
        yield ""
        yield _BLANK

    def _who(self, member_id: str) -> str:
        member = self.centre.member(member_id)
        return inline(member.name if member is not None else member_id)

    def _day(self, at: datetime) -> str:
        return local(at, self.zone).date().isoformat()
