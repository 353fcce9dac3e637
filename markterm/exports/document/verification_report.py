"""The report of a sample: what was looked at and answered, what the assessor did well and can develop, and actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.before_registration import of_the_registration
from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import Decision
from markterm.domain.record.disagreement import last_report
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.so_far import so_far
from markterm.domain.record.states import CriterionState
from markterm.domain.record.verifying import Verification
from markterm.domain.views import verified
from markterm.domain.views.owed import assessors_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.exports.document.model import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Heading,
    Item,
    Paragraph,
    Quote,
    Signatory,
    Signatures,
    Table,
    Verdict,
    words,
)
from markterm.exports.document.sheet_sections import Sections, remark, warning

_CALLED = {CriterionState.REFER.value: "referral"}
"""What is called otherwise in a report."""

_LOOKED_AT = (
    Column("Criterion"),
    Column("Decision"),
    Column("Assessor", 1.5),
    Column("Looked at", 1.5),
    Column("Second assessment", 1.2),
    Column("Answer"),
    Column("Why", 3),
)
_ACTIONS = (Column("Action", 3), Column("On"), Column("Owner", 1.5), Column("Due", 1.2), Column("State", 2))
_NONE = "Nothing was said."


def verification_report(
    centre: CentreDetails,
    learner: Learner,
    unit: Unit,
    portfolio: Portfolio,
    today: date,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
) -> Document:
    """The report of the last verification of a unit, or interim look at it, for its assessor: one form with places for
    names and dates, filled in as far as the record goes.

    Whether an action is overdue goes by `today`; days are those of `zone`, or of this machine. Raises `Refused`
    when nothing was verified.
    """
    record = portfolio.unit(unit.key)
    answer = last_report(record)
    if answer is None:
        raise Refused(
            "Nothing was verified",
            f"There is no report on {unit.code} of {learner.registration}: no verifier answered.",
            "Have a verifier look at it.",
            hint=Hint(Way.VERIFY, learner=learner.registration, unit=unit.code),
        )

    def day(at: datetime) -> str:
        return local(at, zone).date().isoformat()

    report = _Report(centre, record, answer, today, day)
    sections = Sections(centre, learner, portfolio, zone, with_marks=False)
    title = f"Report of a verification {unit.code} {unit.title}"
    registration = map(warning, of_the_registration(learner, portfolio, unit.key))
    blocks = (*sections.claimed_since(unit), *registration, *report.blocks())
    return sections.document(title, report.facts(), blocks, damaged=damaged)


class _Report:
    def __init__(
        self,
        centre: CentreDetails,
        record: UnitRecord,
        answer: Verification,
        today: date,
        day: Callable[[datetime], str],
    ) -> None:
        self._centre = centre
        self._record = record
        self._answer = answer
        self._today = today
        self._day = day

    def facts(self) -> Iterator[Fact]:
        answer, centre = self._answer, self._centre
        yield Fact("Attempt", str(answer.attempt))
        yield Fact("Stage", "interim" if answer.is_interim else "summative")
        yield Fact("Assessor", ", ".join(centre.name_of(each) for each in assessors_of(self._record, answer)))
        yield Fact("Verifier", centre.name_of(answer.actor, answer.at))
        yield Fact("Verified on", self._day(answer.at))

    def blocks(self) -> Iterator[Block]:
        answer, report = self._answer, self._answer.report
        if why := self._record.why_stale(answer):
            yield warning("What was verified does not stand as it was any more: ", one_line(why), ".")
        if differ := verified.what_holds(self._record):
            yield warning(one_line(differ[:1].upper() + differ[1:]), ": this is the last of them.")
        yield from self._sampled()
        if answer.unfinished:
            yield warning(f"The verification is not finished: {so_far(answer, self._record)}.")
        if answer.in_training:
            yield warning("Answered in training, and not countersigned yet.")
        if answer.countersigns:
            whose = ", ".join(self._centre.name_of(each, answer.at) for each in answer.countersigns.split(", "))
            told = ("Countersigned: the answers are those of ", one_line(whose), ", a verifier in training.")
            yield Paragraph(words(*told))
        if not answer.agrees:
            yield Verdict("Not agreed", (), CriterionState.REFER)
        elif not (answer.unfinished or answer.in_training):
            yield Verdict("Agreed", (), CriterionState.PASS)
        if answer.reason.strip():
            yield Quote(answer.reason)
        for each in answer.overrides:
            by = one_line(self._centre.name_of(each.authorised_by))
            rule = ("A rule of separation (", one_line(each.rule), ") was let pass by ")
            yield remark(*rule, by, ": ", one_line(each.reason))
        for heading, found in (("Evidence found to be: ", report.valid), ("Feedback found to be: ", report.feedback)):
            if found is not None:
                yield Paragraph(words(heading, one_line(", ".join(found)) or "none of what was looked for", "."))
        for heading, text in (("Strengths", report.strengths), ("Development", report.development)):
            yield Heading(2, words(heading))
            yield Quote(text, none=_NONE)
        yield from self._actions()
        yield from self._before()
        yield from self._signatures()

    def _sampled(self) -> Iterator[Block]:
        yield Heading(2, words("What was sampled"))
        why = self._record.after.sample(self._answer.attempt, "interim" if self._answer.is_interim else "summative")
        if why is not None:
            who = one_line(self._centre.name_of(why.actor, why.at))
            yield Paragraph(words("Sampled by ", who, ": ", one_line(why.why)))
        if self._answer.answers:
            yield Table(_LOOKED_AT, tuple(self._cells(each) for each in self._answer.answers))
        else:
            yield Paragraph(words("The unit as a whole."))

    def _cells(self, answer: Answer) -> tuple[str, ...]:
        decision, own = self._decision(answer), verified.own_result(answer, self._record)
        return (
            answer.criterion,
            _CALLED.get(decision.state, decision.state.value) if decision is not None else "taken back since",
            self._centre.name_of(decision.actor, decision.at) if decision is not None else "",
            answer.looked.value if answer.looked is not None else "not said",
            _CALLED.get(own, own),
            "agreed" if answer.agrees else "not agreed",
            answer.reason,
        )

    def _actions(self) -> Iterator[Block]:
        yield Heading(2, words("Actions"))
        actions = [each for each in self._record.after.actions if each.attempt == self._answer.attempt]
        if actions:
            yield Table(_ACTIONS, tuple(self._action(each) for each in actions))
        else:
            yield Paragraph(words("None."))

    def _action(self, action: ActionRecord) -> tuple[str, ...]:
        closed = f", {self._day(action.last.at)}" if action.is_finished else ""
        return (
            action.text,
            action.criterion or "the unit",
            self._centre.name_of(action.owner),
            action.due.isoformat() if action.due is not None else "",
            f"{action.in_words(self._today)}{closed}",
        )

    def _before(self) -> Iterator[Block]:
        """What was answered to this attempt before."""
        name = self._centre.name_of
        earlier = tuple(
            Item(
                words(one_line(verified.in_a_line(each, name)), f", on {self._day(each.at)}"),
                tuple(words(one_line(told)) for told in verified.told(each, self._record, name)),
            )
            for each in verified.answered(self._record)
            if each.uid != self._answer.uid and each.attempt == self._answer.attempt
        )
        if earlier:
            yield Heading(2, words("Answered before"))
            yield Bullets(earlier, apart=True)

    def _signatures(self) -> Iterator[Block]:
        answer = self._answer
        read = self._record.after.acknowledged(answer.uid)
        yield Heading(2, words("Read by the assessor"))
        if read is not None and read.word.strip():
            yield Quote(read.word)
        verifier = self._centre.name_of(answer.actor, answer.at)
        who, when = (self._centre.name_of(read.actor, read.at), self._day(read.at)) if read is not None else ("", "")
        yield Signatures(
            (Signatory("Internal verifier", verifier, self._day(answer.at)), Signatory("Assessor", who, when))
        )

    def _decision(self, answer: Answer) -> Decision | None:
        live = self._record.criterion(answer.criterion).live
        return next((each for each in live if each.uid == answer.decision), None)
