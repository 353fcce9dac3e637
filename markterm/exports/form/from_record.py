"""What a learner's record says of one unit, as what a form asks for: what stands, and in words where nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.level import HIGHER
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.claims.told import told_of_unit
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.before_registration import of_the_registration
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.citation import Citation
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.event import Result
from markterm.domain.record.outcome import count, so_far_word
from markterm.domain.record.portfolio import Closing, Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.states import DECIDED, PASSED, CriterionState, VerificationState
from markterm.domain.record.submission import NO_CHANGES, Changes
from markterm.domain.record.verifying import Verification
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.views import verified
from markterm.domain.views.graded import aims_told
from markterm.domain.words.local_time import local
from markterm.exports.form.fields import Field
from markterm.exports.form.place import Entry
from markterm.exports.form.values import FormValues

_STATES = {
    CriterionState.OPEN: "Open",
    CriterionState.CONFLICT: "In conflict",
    CriterionState.RESUBMITTED: "Resubmitted, not decided again yet",
    CriterionState.STALE: "Does not fit the sheet",
    CriterionState.NOT_ACHIEVED: "Not achieved",
}
_RESULTS = {Result.PASS: "Pass", Result.REFER: "Referral"}
_NOT_ONE = (CriterionState.CONFLICT, CriterionState.RESUBMITTED, CriterionState.STALE)
_ANSWERED = {VerificationState.AGREED: "Agreed", VerificationState.NOT_AGREED: "Not agreed"}


def form_values(
    centre: CentreDetails,
    learner: Learner,
    unit: Unit,
    portfolio: Portfolio,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
    since: Mapping[str, Changes] = MappingProxyType({}),
    accounts: Accounts | None = None,
) -> FormValues:
    """What is filled into a form of the unit, with everything that is recorded so far.

    A decision is one where a single one stands and fits the sheet; every other state is said in words. `damaged` says
    that the record is, and `since` is what became of the evidence since it was fixed, by the unit's code; `accounts`
    are the learner's with what became of their files. Days are those of `zone`, or of this machine.
    """
    return _OfUnit(centre, learner, unit, portfolio, zone, accounts).values(
        damaged=damaged, since=since.get(unit.code, NO_CHANGES)
    )


def _decided_as(decision: Decision) -> Entry:
    """A decision in words; with a result to be ticked only where pass and referral say what it is."""
    if decision.level is None:
        return Entry(_RESULTS[decision.result], decision.result)
    return Entry("Achieved" if decision.result is Result.PASS else _STATES[CriterionState.NOT_ACHIEVED])


def _closed_as(closing: Closing) -> str:
    return closing.grade.value.capitalize() if closing.grade is not None else _RESULTS[closing.outcome]


class _OfUnit:
    def __init__(
        self,
        centre: CentreDetails,
        learner: Learner,
        unit: Unit,
        portfolio: Portfolio,
        zone: tzinfo | None,
        accounts: Accounts | None,
    ) -> None:
        self._centre = centre
        self._learner = learner
        self._unit = unit
        self._portfolio = portfolio
        self._record: UnitRecord = portfolio.unit(unit.key)
        self._zone = zone
        self._accounts = portfolio.accounts if accounts is None else accounts

    def values(self, *, damaged: bool, since: Changes) -> FormValues:
        facts = {field: Entry(text) for field, text in self._facts() if text}
        written = [text for lo in self._unit.outcomes for text in self._written(lo.number, f"{lo.label}: ")]
        facts[Field.SECTION_COMMENTS] = Entry("\n".join((self._tally(self._unit.criteria), *written)))
        facts |= dict(self._statements())
        facts |= dict(self._outcome())
        facts |= dict(self._verification())
        return FormValues(
            facts,
            {each.number: dict(self._criterion(each)) for each in self._unit.asked},
            {
                lo.number: Entry("\n".join((*self._section(lo), *self._written(lo.number))))
                for lo in self._unit.outcomes
            },
            tuple(self._must_say(damaged, since)),
        )

    def _facts(self) -> Iterator[tuple[Field, str]]:
        centre, learner, unit, record = self._centre, self._learner, self._unit, self._record
        yield Field.CENTRE, f"{centre.number} {centre.name}".strip()
        yield Field.CENTRE_NUMBER, centre.number
        yield Field.CENTRE_NAME, centre.name
        yield Field.REGISTRATION, learner.registration
        yield Field.LEARNER, learner.name
        yield Field.ULN, learner.uln
        yield Field.QUALIFICATION, ", ".join(learner.qualifications)
        yield Field.UNIT, f"{unit.code} {unit.title}"
        yield Field.UNIT_CODE, unit.code
        yield Field.UNIT_TITLE, unit.title
        yield Field.LEVEL, str(unit.level or "")
        yield Field.CREDIT, str(unit.credit or "")
        yield Field.ATTEMPT, str(record.attempt)
        if (submitted := record.handed_in(record.attempt)) is not None:
            yield Field.SUBMITTED, self._day(submitted.at)

    def _statements(self) -> Iterator[tuple[Field, Entry]]:
        declared = self._portfolio.declared(self._unit.key)
        if declared is None:
            return
        yield Field.OWN_WORK, Entry("", tick=True)
        yield Field.REFUSES, Entry("", tick=declared.refuses_use)
        yield Field.ALLOWS, Entry("", tick=not declared.refuses_use)
        yield Field.DECLARED, Entry(declared.on.isoformat() if declared.on is not None else self._day(declared.at))

    def _criterion(self, criterion: Criterion) -> Iterator[tuple[Field, Entry]]:
        own = self._record.criterion(criterion.number)
        state, decision = own.state, own.decision
        if state in DECIDED and decision is not None:
            yield Field.DECISION, _decided_as(decision)
            yield Field.DECIDED_BY, Entry(self._name(decision.actor, decision.at))
            yield Field.DECIDED, Entry(self._day(decision.at))
        else:
            yield Field.DECISION, Entry(_STATES[state])
        yield Field.FEEDBACK, Entry("\n\n".join(self._feedback(criterion, own)))
        cited = [f"{each.passage.file}, {each.passage.locator}{self._doubt(each)}" for each in own.citations]
        yield Field.EVIDENCE, Entry("\n".join(dict.fromkeys(cited)))

    def _doubt(self, citation: Citation) -> str:
        doubt = self._accounts.doubt(citation.passage)
        return f" ({doubt})" if doubt else ""

    def _feedback(self, criterion: Criterion, own: CriterionRecord) -> Iterator[str]:
        """The note of what stands; with what has to be known of it first, where it is not plainly decided."""
        if own.state in _NOT_ONE:
            yield f"{_STATES[own.state]}."
        for decision in own.standing:
            told = list(self._of_decision(decision, own))
            told += fit_in_words(self._unit, criterion, own, decision, self._portfolio.placing)
            head = f"{_decided_as(decision).text}: " if own.state in _NOT_ONE else ""
            behind = f"({'; '.join(told)})" if told else ""
            yield "\n".join(filter(None, (f"{head}{decision.note.strip()}".strip(), behind)))

    def _of_decision(self, decision: Decision, own: CriterionRecord) -> Iterator[str]:
        if own.state in _NOT_ONE:
            yield f"{self._name(decision.actor, decision.at)}, {self._day(decision.at)}, attempt {decision.attempt}"
        if decision.in_words_of:
            yield f"in the words of {' and '.join(map(self._name, decision.in_words_of))}"
        if signed := countersigned(decision, self._name):
            yield f"made in training, {signed}"

    def _outcome(self) -> Iterator[tuple[Field, Entry]]:
        closing, unit, record = self._record.closing, self._unit, self._record
        if closing is None:
            so_far = so_far_word(unit, record)
            passed, met = count(unit, record, *PASSED), "passed or achieved" if unit.graded else "passed"
            yield Field.OUTCOME, Entry(f"Not closed yet: {passed} of {len(unit.criteria)} {met}, {so_far} so far")
            return
        if why := why_changed(unit, record):
            yield Field.OUTCOME, Entry(f"{_closed_as(closing)}. {why}")
        else:
            # A form that knows pass and referral alone has no tick for a merit: it is written, or told to be left.
            ticked = None if closing.grade in HIGHER else closing.outcome
            yield Field.OUTCOME, Entry(_closed_as(closing), ticked)
        yield Field.COMMENTS, Entry(closing.feedback.strip())
        yield Field.ASSESSOR, Entry(self._name(closing.actor, closing.at))
        yield Field.ASSESSED, Entry(self._day(closing.at))

    def _verification(self) -> Iterator[tuple[Field, Entry]]:
        record, closing = self._record, self._record.closing
        told = list(self._answers(closing))
        if differ := verified.what_holds(record):
            told.append(f"{differ[:1].upper()}{differ[1:]}.")
        yield Field.VERIFICATION, Entry("\n".join(told))
        if (last := verified.standing(record)) is None:
            return
        yield Field.VERIFIED_AS, Entry(_ANSWERED[record.verification])
        yield Field.VERIFIER, Entry(self._name(last.actor, last.at))
        yield Field.VERIFIED, Entry(self._day(last.at))

    def _answers(self, closing: Closing | None) -> Iterator[str]:
        attempt = closing.attempt if closing is not None else self._record.attempt
        for each in verified.answered(self._record):
            if each.attempt == attempt:
                yield f"{self._line(each)}, on {self._day(each.at)}"
                yield from verified.told(each, self._record, self._name)

    def _line(self, answer: Verification) -> str:
        line = verified.in_a_line(answer, self._name)
        return line[:1].upper() + line[1:]

    def _written(self, outcome: int, behind: str = "") -> Iterator[str]:
        """What assessors wrote on a section, each with who and when."""
        for each in self._portfolio.comments_on(Section(self._unit.key, outcome)):
            yield f"{behind}{each.text} ({self._name(each.actor)}, {self._day(each.at)})"

    def _section(self, lo: LearningOutcome) -> Iterator[str]:
        yield self._tally(lo.criteria)
        if aims := aims_told(self._unit, self._record, lo):
            yield f"Learning aim: {aims}."

    def _tally(self, criteria: tuple[Criterion, ...]) -> str:
        states = [(each.number, self._record.criterion(each.number).state) for each in criteria]
        told = f"{sum(state in PASSED for _, state in states)} of {len(states)} {self._unit.met_words}."
        for state, word in ((CriterionState.REFER, "Referred"), *((each, _STATES[each]) for each in _STATES)):
            if named := [number for number, own in states if own is state]:
                told += f" {word.partition(',')[0]}: {', '.join(named)}."
        return told

    def _must_say(self, damaged: bool, since: Changes) -> Iterator[str]:
        unit, record = self._unit, self._record
        if damaged:
            yield "The record behind this sheet is incomplete: decisions may be missing from it."
        if unit.faulty:
            yield "The mark sheet behind this has errors: a criterion may be missing from it."
        if unit.no_sheet:
            yield f"Not marked: {unit.no_sheet}."
        if any(case.holds and case.concerns(unit.key) for case in self._portfolio.cases):
            yield "Held: nothing of this is final until a case is closed."  # Why is not for whoever reads a form.
        if any(action.holds for action in record.after.actions):
            yield "Held: nothing of this is final until an action of its verification is accepted."
        yield from of_the_registration(self._learner, self._portfolio, unit.key)
        if record.closing is not None and (why := why_changed(unit, record)):
            yield why
        yield from (told for told, changed in told_of_unit(unit.key, self._portfolio) if changed)
        for state in _NOT_ONE:
            named = [each.number for each in unit.criteria if record.criterion(each.number).state is state]
            if named:
                yield f"{_STATES[state]}: {', '.join(named)}."
        waiting = [
            each.number
            for each in unit.criteria
            if any(decision.waits_for_countersignature for decision in record.criterion(each.number).standing)
        ]
        if waiting:
            yield f"Made in training, waits for countersignature: {', '.join(waiting)}."
        if since if record.closing is None else since.of_what_was_fixed:
            yield f"The evidence changed since it was fixed: {since.named()}."

    def _name(self, member: str, at: datetime | None = None) -> str:
        return self._centre.name_of(member, at)

    def _day(self, at: datetime) -> str:
        return local(at, self._zone).date().isoformat()
