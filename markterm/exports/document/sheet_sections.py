"""What every completed sheet is made of: header, statements, a criterion with its decision, a unit's outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType

from markterm.domain.assessed.assignment import Assignment, Cell
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.standard_as_unit import NOT_CLAIMABLE
from markterm.domain.assessed.unit import Criterion, Standing, Unit
from markterm.domain.claims.told import told_of_unit
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.before_registration import of_the_registration
from markterm.domain.record.bodies.moving import Carried
from markterm.domain.record.carrying import in_words
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.citation import Citation
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import CriterionRecord, Decision
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.event import Kind, Result
from markterm.domain.record.methods_used import methods_used
from markterm.domain.record.outcome import count, so_far_word
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.signatures import signed_in
from markterm.domain.record.signing_keys import name_of_key
from markterm.domain.record.states import PASSED, CriterionState
from markterm.domain.record.submission import NO_CHANGES, Changes
from markterm.domain.record.where_decided import where_decided
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.views import verified
from markterm.domain.views.graded import aims_told
from markterm.domain.views.signs import CRITERION_SIGNS
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.document.model import (
    Block,
    Bullets,
    Comments,
    CriteriaTable,
    CriterionRow,
    DecisionBox,
    Descriptor,
    Document,
    EvidenceLine,
    Fact,
    FeedbackNote,
    Heading,
    Item,
    Label,
    Paragraph,
    Quote,
    Run,
    Signatory,
    Signatures,
    Statement,
    Statements,
    ToWrite,
    Verdict,
    Words,
    plain,
    words,
)

_STATES = {
    CriterionState.PASS: "Pass",
    CriterionState.REFER: "Referral",
    CriterionState.OPEN: "Open",
    CriterionState.CONFLICT: "In conflict",
    CriterionState.RESUBMITTED: "Resubmitted",
    CriterionState.STALE: "Does not fit the sheet",
    CriterionState.ACHIEVED: "Achieved",
    CriterionState.NOT_ACHIEVED: "Not achieved",
}
_COUNTED = {
    CriterionState.PASS: "passed",
    CriterionState.REFER: "referred",
    CriterionState.OPEN: "open",
    CriterionState.CONFLICT: "in conflict",
    CriterionState.RESUBMITTED: "resubmitted",
    CriterionState.STALE: "not fitting the sheet",
    CriterionState.ACHIEVED: "achieved",
    CriterionState.NOT_ACHIEVED: "not achieved",
}
_REFUSAL = "The learner refuses anonymised use of this work for standardisation"
_STANDINGS = {Standing.REFER: "Referral", Standing.PASS: "Pass", Standing.GOOD: "Good pass"}
_HASH = 12
_INCOMPLETE = "The record behind this sheet is incomplete: decisions may be missing from it."


class Sections:
    """The sections of one learner's sheets, each as blocks. Days are those of `zone`, or of this machine.

    What a sheet says of a criterion or of a unit's outcome it says in the same words as any other sheet; only
    `with_marks` are marks among them. `since` is what became of the evidence of each unit since it was fixed, by the
    unit's code; `assignments` are the learner's, whose tasks are named, and `accounts` theirs with what became of their
    files.
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
        accounts: Accounts | None = None,
    ) -> None:
        self._assignments = tuple(assignments)
        self._centre = centre
        self._learner = learner
        self._portfolio = portfolio
        self._accounts = portfolio.accounts if accounts is None else accounts
        self._zone = zone
        self._with_marks = with_marks
        self._since = since

    def document(self, title: str, facts: Iterable[Fact], blocks: Iterable[Block], *, damaged: bool) -> Document:
        """The document with title, centre and learner, and what else the sheet states; `damaged` says that the record
        is."""
        name, registration = one_line(self._learner.name), one_line(self._learner.registration)
        header = (
            Fact("Centre number", self._centre.number),
            Fact("Centre name", self._centre.name),
            Fact("Learner registration number", registration),
            Fact("Learner name", name),
        )
        return Document(
            one_line(title),
            (*header, *facts),
            tuple(blocks),
            caveats=(_INCOMPLETE,) if damaged else (),
            about=", ".join(filter(None, (name, registration))),
        )

    def attempt(self, unit: Unit) -> str:
        """Which attempt at the unit is marked, and the day it was submitted; where nobody did, when its evidence was
        fixed."""
        record = self._portfolio.unit(unit.key)
        submitted, fixed = record.handed_in(record.attempt), record.submission
        if submitted is not None:
            return f"{record.attempt}, submitted {self._day(submitted.at)}"
        if fixed is None or fixed.attempt != record.attempt:
            return str(record.attempt)
        return f"{record.attempt}, evidence fixed at closing {self._day(fixed.at)}"

    def statements(self, units: Sequence[Unit]) -> Iterator[Block]:
        """The learner's two statements, as they were declared for the present attempts at these units."""
        yield Heading(2, words("Statements"))
        covered: dict[Declaration | None, list[str]] = {}
        for unit in units:
            covered.setdefault(self._portfolio.declared(unit.key), []).append(one_line(unit.code))
        of_units = {
            declared: f" ({', '.join(codes)})" if len(covered) > 1 else "" for declared, codes in covered.items()
        }
        yield Statements(tuple(each for declared, of in of_units.items() for each in self._statements(declared, of)))

    def _statements(self, declared: Declaration | None, of: str) -> tuple[Statement, Statement]:
        own_work, refusal = "The learner confirms that this is their own work", _REFUSAL
        if declared is None:
            not_yet = (*words(own_work, of, ". "), Run("Not declared yet.", italic=True))
            return Statement(False, not_yet), Statement(False, words(refusal, of, "."))
        day = f" on {declared.on.isoformat()}" if declared.on is not None else ""
        received = (", received by ", self._who(declared.actor, declared.at), f" on {self._day(declared.at)}).")
        confirmed = words(own_work, of, " (", one_line(declared.form), day, *received)
        return Statement(True, confirmed), Statement(declared.refuses_use, words(refusal, of, "."))

    def criterion(self, unit: Unit, criterion: Criterion) -> CriterionRow:
        """A criterion with its descriptors, decision, feedback and the evidence cited."""
        record = self.record(unit, criterion)
        return CriterionRow(
            criterion.number,
            criterion.text,
            tuple(Descriptor(_STANDINGS[each.standing], each.text) for each in criterion.descriptors),
            DecisionBox(record.state, CRITERION_SIGNS[record.state].glyph, _STATES[record.state]),
            tuple(self._feedback(decision, unit, criterion, record) for decision in record.standing),
            tuple(
                EvidenceLine(
                    citation.passage.file,
                    citation.passage.locator,
                    citation.passage.quote,
                    ", ".join(filter(None, (_attempt(record, citation), self._accounts.doubt(citation.passage)))),
                )
                for citation in record.citations
            ),
        )

    def criteria(self, level: int, banner: Words, unit: Unit, criteria: Iterable[Criterion]) -> Block:
        """Criteria of a unit under their banner; a heading alone, where there are none."""
        rows = tuple(self.criterion(unit, criterion) for criterion in criteria)
        return CriteriaTable(level, banner, rows) if rows else Heading(level, banner)

    def comments(
        self, title: str, criteria: Sequence[tuple[str, CriterionState]], section: Section, aims: str = ""
    ) -> Iterator[Block]:
        """How many of these criteria, each with its name, are in which state, and which are referred; what the learning
        `aims` reached; and what assessors wrote on that section."""
        referred = [one_line(name) for name, state in criteria if state is CriterionState.REFER]
        to_do = (" Referred: ", *listed(referred), ".") if referred else ()
        written = tuple(self._written_on(section))
        reached = (f" Learning aim: {aims}.",) if aims else ()
        yield Comments(title, words(tally([state for _, state in criteria]), ".", *to_do, *reached), written)

    def _written_on(self, section: Section) -> Iterator[Paragraph | Quote]:
        written = self._portfolio.comments_on(section)
        if len(written) > 1:
            yield warning("Two comments stand here, for neither of those who wrote them had seen the other's.")
        for each in written:
            yield Paragraph(words(f"Comment ({self._who(each.actor, each.at)}, {self._day(each.at)}):"))
            yield Quote(each.text)

    def outcome(self, unit: Unit) -> Iterator[Block]:
        """The outcome of a unit, or how far it is."""
        record = self._portfolio.unit(unit.key)
        closing = record.closing
        if unit.faulty:
            yield warning("The mark sheet behind this has errors: a criterion may be missing from it.")
        if unit.no_sheet:
            yield warning("Not marked: ", one_line(unit.no_sheet), ".")
        if any(case.holds and case.concerns(unit.key) for case in self._portfolio.cases):
            # Why is not for whoever reads a sheet.
            yield warning("Held: nothing of this is final until a case is closed.")
        if any(action.holds for action in record.after.actions):
            yield warning("Held: nothing of this is final until an action of its verification is accepted.")
        yield from map(warning, of_the_registration(self._learner, self._portfolio, unit.key))
        if closing is None:
            passed = count(unit, record, *PASSED)
            so_far = f": {passed} of {len(unit.criteria)} {unit.met_words}, {so_far_word(unit, record)} so far."
            yield Verdict("Not closed yet", words(so_far), CriterionState.OPEN)
        else:
            headline = "REFERRAL" if closing.outcome is Result.REFER else closing.word.upper()
            yield Verdict(headline, words(f" (attempt {closing.attempt})"), CriterionState(closing.outcome.value))
            if why := why_changed(unit, record):
                yield warning(one_line(why))
            yield Paragraph(words("Summary feedback:"))
            yield Quote(closing.feedback, none="None.")
            released = record.after.released(closing.uid)
            if released is not None:
                by = self._who(released.actor, released.at)
                yield Paragraph(words("Feedback released to the learner by ", by, f" on {self._day(released.at)}."))
        if aims := aims_told(unit, record):
            yield Paragraph(words(f"Learning aims: {aims}."))
        for told, changed in told_of_unit(unit.key, self._portfolio):
            yield (warning if changed else remark)(one_line(told))
        yield from self._settled(record)
        yield from self._evidence(unit, record)

    def claimed_since(self, unit: Unit) -> Iterator[Block]:
        """That a unit was claimed, or has a badge, and is not any more what it was then; nothing while it is."""
        yield from (warning(one_line(told)) for told, changed in told_of_unit(unit.key, self._portfolio) if changed)

    def _settled(self, record: UnitRecord) -> Iterator[Block]:
        """What a person settled of decisions that did not fit the sheet any more."""
        # An event that was taken back since is followed by the one that took it back.
        for event in record.events:
            if event.kind == Kind.CARRIED:
                told = f"{in_words(event)}. Reason: {Carried.read(event.body).reason}"
                who = self._who(event.actor, event.at)
                yield Paragraph(words(f"On {self._day(event.at)} ", who, " ", one_line(told)))

    def _evidence(self, unit: Unit, record: UnitRecord) -> Iterator[Block]:
        """What is to be said of the evidence: why there is none, or what was fixed and what became of it since."""
        if (destroyed := self._portfolio.destroyed_of(unit.key)) is not None:
            yield remark("The evidence was ", one_line(destroyed.words), ".")
        yield from self._methods(unit)
        submission, closing = record.submission, record.closing
        if submission is None:
            return
        if submission.no_evidence:
            yield remark("There was no evidence to fix when it was closed: ", one_line(submission.no_evidence), ".")
        if submission.unread:
            yield remark("Not fixed, because it could not be read: ", one_line("; ".join(submission.unread)), ".")
        if closing is not None and closing.evidence_changed:
            changed = one_line("; ".join(closing.evidence_changed))
            yield remark("It was closed on the evidence as it was submitted; by then: ", changed, ".")
        since = self._since.get(unit.code, NO_CHANGES)
        if since if closing is None else since.of_what_was_fixed:
            yield warning("The evidence changed since it was fixed: ", one_line(since.named()), ".")
            yield Paragraph(words(f"As it was fixed on {self._day(submission.at)}:"))
            files = [
                words(one_line(name), ", SHA-256 ", one_line(sha256[:_HASH]))
                for name, sha256 in submission.files.items()
            ]
            yield Bullets(tuple(map(Item, sorted(files, key=plain) or [words("no file")])))

    def _methods(self, unit: Unit) -> Iterator[Block]:
        """By which methods it was assessed as far as that was said, and what was seen and said for it."""
        if methods := methods_used(self._portfolio, unit.key):
            yield Paragraph(words(f"Methods of assessment: {', '.join(each.words for each in methods)}."))
        if told := self._accounts.of_unit(unit.key):
            items = (
                f"{each.said.file}: {each.in_words(self._who)}. It covers {each.covers_in_words}." for each in told
            )
            yield Bullets(tuple(Item(words(one_line(each))) for each in items))

    def signatures(self, units: Iterable[tuple[Unit, str]]) -> Iterator[Block]:
        """Places for the assessor and the verifier to sign for each unit, with what is said of whose unit it is."""
        units = tuple(units)
        places = []
        for unit, of_unit in units:
            record = self._portfolio.unit(unit.key)
            for role, did in (("Assessor", record.closing), ("Internal verifier", verified.standing(record))):
                who, day = (self._who(did.actor, did.at), self._day(did.at)) if did is not None else ("", "")
                places.append(Signatory(f"{role}{of_unit}", who, day))
        yield Signatures(tuple(places))
        yield from (block for unit, of_unit in units for block in self._signed(unit, of_unit))
        yield Label("Verification comments")
        told = [block for unit, of_unit in units for block in self._verification(unit, of_unit)]
        yield from told or (ToWrite(),)

    def _signed(self, unit: Unit, of_unit: str) -> Iterator[Block]:
        """With which keys the closing of a unit and the answers of verifiers are signed, beside what is signed by hand.
        Whether a signature holds is for an audit to find, and said."""
        record = self._portfolio.unit(unit.key)
        of = {each.uid: f"Answer of the verifier{of_unit}" for each in verified.answered(record)}
        if record.closing is not None:
            of[record.closing.uid] = f"Outcome{of_unit}"
        for event, said in signed_in(self._portfolio.aside):
            if said.event in of:
                by, key = self._who(event.actor, event.at), name_of_key(said.key)
                told = f"{of[said.event]} signed by {by}, {self._day(event.at)}, with key {key}: an audit checks it."
                yield Paragraph(words(one_line(told)))

    def _verification(self, unit: Unit, of_unit: str) -> Iterator[Block]:
        """What verifiers answered, decision by decision or to the unit as a whole."""
        record = self._portfolio.unit(unit.key)
        items = tuple(
            Item(
                words(
                    one_line(f"{verified.in_a_line(each, self._name)}{of_unit}"),
                    f", on {self._day(each.at)}",
                ),
                tuple(words(one_line(told)) for told in verified.told(each, record, self._name)),
            )
            for each in verified.answered(record)
        )
        if items:
            yield Bullets(items, apart=True)
        if differ := verified.what_holds(record):
            yield remark(one_line(differ[:1].upper() + differ[1:]), ".")

    def _name(self, member_id: str) -> str:
        return self._centre.name_of(member_id)

    def record(self, unit: Unit, criterion: Criterion) -> CriterionRecord:
        """What is recorded of a criterion."""
        return self._portfolio.unit(unit.key).criterion(criterion.number)

    def _feedback(self, decision: Decision, unit: Unit, criterion: Criterion, own: CriterionRecord) -> FeedbackNote:
        marks = ""
        if self._with_marks and decision.in_marks:
            marks = f"{decision.in_marks}: {_STATES[decision.state]}"
        who = [self._who(decision.actor, decision.at), f", {self._day(decision.at)}, attempt {decision.attempt}"]
        if own.state in (CriterionState.CONFLICT, CriterionState.STALE):
            who = [f"{decision.state}, ", *who]
        if place := where_decided(decision.occasion, self._assignments, Cell(unit.code, criterion.number)):
            who += [", decided in ", one_line(place)]
        if decision.in_words_of:
            who += [", in the words of ", *listed([self._who(each) for each in decision.in_words_of], " and ")]
        if signed := countersigned(decision, self._who):
            who += [", made in training, ", signed]
        told = fit_in_words(unit, criterion, own, decision, self._portfolio.placing)
        return FeedbackNote(
            words(*who), decision.note, marks, tuple(one_line(each[:1].upper() + each[1:]) for each in told)
        )

    def _who(self, member_id: str, at: datetime | None = None) -> str:
        return one_line(self._centre.name_of(member_id, at))

    def _day(self, at: datetime) -> str:
        return local(at, self._zone).date().isoformat()


def _attempt(record: CriterionRecord, citation: Citation) -> str:
    return f"cited at attempt {citation.attempt}" if record.is_earlier(citation) else ""


def listed(pieces: Sequence[str], between: str = ", ") -> list[str]:
    """The pieces with what stands between them."""
    return [part for piece in pieces for part in (between, piece)][1:]


def warning(*pieces: str) -> Paragraph:
    """What nobody may overlook."""
    return Paragraph(words(*pieces, bold=True))


def remark(*pieces: str) -> Paragraph:
    """What is said beside."""
    return Paragraph(words(*pieces, italic=True))


def unit_facts(unit: Unit) -> str:
    """Version, level, credit and guided learning hours, as far as the sheet gives them; that it is a standard."""
    facts = (("version", unit.version), ("level", unit.level), ("credit", unit.credit), ("GLH", unit.glh))
    told = [f"{name} {fact}" for name, fact in facts if fact]
    return ", ".join([*told, NOT_CLAIMABLE] if unit.is_standard else told)


def tally(states: Sequence[CriterionState]) -> str:
    """How many criteria are in which state, each counted once."""
    counts = [f"{states.count(state)} {word}" for state, word in _COUNTED.items() if state in states]
    return f"{', '.join(counts) or 'no criteria'} of {len(states)}"
