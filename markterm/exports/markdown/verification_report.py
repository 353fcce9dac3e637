"""The report of a sample: what was looked at and answered, what the assessor did well and can develop, and actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, tzinfo

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.bodies.verifying import Answer
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.decision import Decision
from markterm.domain.record.disagreement import last_report
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.so_far import so_far
from markterm.domain.record.verifying import Verification
from markterm.domain.views import verified
from markterm.domain.views.owed import assessors_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.hint import Hint, Way
from markterm.domain.words.local_time import local
from markterm.exports.markdown.markdown_text import block, inline
from markterm.exports.markdown.sheet_sections import BLANK, Sections

_RESULTS = {Result.PASS: "pass", Result.REFER: "referral"}
_NONE = "> *Nothing was said.*"


def verification_report(
    centre: CentreDetails,
    learner: Learner,
    unit: Unit,
    portfolio: Portfolio,
    today: date,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
) -> str:
    """The report of the last verification of a unit, or interim look at it, for its assessor: one form with places for
    names and dates, filled in as far as the record goes.

    Whether an action is overdue goes by `today`; days are those of `zone`, or of this machine. All foreign text is
    escaped: it can make no markup. Raises `Refused` when nothing was verified.
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
    lines = [*sections.header(title, report.facts(), damaged=damaged), *report.lines()]
    return "\n".join(lines).rstrip() + "\n"


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

    def facts(self) -> Iterator[tuple[str, str]]:
        answer, centre = self._answer, self._centre
        yield "Attempt", str(answer.attempt)
        yield "Stage", "interim" if answer.is_interim else "summative"
        yield "Assessor", ", ".join(centre.name_of(each) for each in assessors_of(self._record, answer))
        yield "Verifier", centre.name_of(answer.actor, answer.at)
        yield "Verified on", self._day(answer.at)

    def lines(self) -> Iterator[str]:
        answer, report = self._answer, self._answer.report
        if why := self._record.why_stale(answer):
            yield f"**What was verified does not stand as it was any more: {inline(why)}.**"
            yield ""
        if differ := verified.what_holds(self._record):
            yield f"**{inline(differ[:1].upper() + differ[1:])}: this is the last of them.**"
            yield ""
        yield from self._sampled()
        if answer.unfinished:
            yield f"**The verification is not finished: {so_far(answer, self._record)}.**"
            yield ""
        if answer.in_training:
            yield "**Answered in training, and not countersigned yet.**"
            yield ""
        if answer.countersigns:
            whose = ", ".join(self._centre.name_of(each, answer.at) for each in answer.countersigns.split(", "))
            yield f"Countersigned: the answers are those of {inline(whose)}, a verifier in training."
            yield ""
        if not answer.agrees or not (answer.unfinished or answer.in_training):
            yield f"**{'Agreed' if answer.agrees else 'Not agreed'}**"
        yield ""
        if answer.reason.strip():
            yield block(answer.reason, "> ")
            yield ""
        for each in answer.overrides:
            by = self._centre.name_of(each.authorised_by)
            yield f"*A rule of separation ({inline(each.rule)}) was let pass by {inline(by)}: {inline(each.reason)}*"
            yield ""
        for heading, words in (("Evidence found to be", report.valid), ("Feedback found to be", report.feedback)):
            if words is not None:
                yield f"{heading}: {inline(', '.join(words)) or 'none of what was looked for'}."
                yield ""
        for heading, text in (("Strengths", report.strengths), ("Development", report.development)):
            yield f"## {heading}"
            yield ""
            yield block(text, "> ") if text.strip() else _NONE
            yield ""
        yield from self._actions()
        yield from self._before()
        yield from self._signatures()

    def _sampled(self) -> Iterator[str]:
        yield "## What was sampled"
        yield ""
        why = self._record.after.sample(self._answer.attempt, "interim" if self._answer.is_interim else "summative")
        if why is not None:
            yield f"Sampled by {inline(self._centre.name_of(why.actor, why.at))}: {inline(why.why)}"
            yield ""
        if not self._answer.answers:
            yield "The unit as a whole."
            yield ""
            return
        yield "| Criterion | Decision | Assessor | Looked at | Second assessment | Answer | Why |"
        yield "|---|---|---|---|---|---|---|"
        for each in self._answer.answers:
            yield f"| {' | '.join(map(inline, self._cells(each)))} |"
        yield ""

    def _cells(self, answer: Answer) -> tuple[str, ...]:
        decision = self._decision(answer)
        return (
            answer.criterion,
            _RESULTS[decision.result] if decision is not None else "taken back since",
            self._centre.name_of(decision.actor, decision.at) if decision is not None else "",
            answer.looked.value if answer.looked is not None else "not said",
            _RESULTS[answer.own] if answer.own is not None else "",
            "agreed" if answer.agrees else "not agreed",
            answer.reason,
        )

    def _actions(self) -> Iterator[str]:
        yield "## Actions"
        yield ""
        actions = [each for each in self._record.after.actions if each.attempt == self._answer.attempt]
        if not actions:
            yield "None."
            yield ""
            return
        yield "| Action | On | Owner | Due | State |"
        yield "|---|---|---|---|---|"
        for each in actions:
            yield f"| {' | '.join(map(inline, self._action(each)))} |"
        yield ""

    def _action(self, action: ActionRecord) -> tuple[str, ...]:
        closed = f", {self._day(action.last.at)}" if action.is_finished else ""
        return (
            action.text,
            action.criterion or "the unit",
            self._centre.name_of(action.owner),
            action.due.isoformat() if action.due is not None else "",
            f"{action.in_words(self._today)}{closed}",
        )

    def _before(self) -> Iterator[str]:
        """What was answered to this attempt before."""
        earlier = [
            each
            for each in verified.answered(self._record)
            if each.uid != self._answer.uid and each.attempt == self._answer.attempt
        ]
        if earlier:
            yield "## Answered before"
            yield ""
        for each in earlier:
            yield f"- {inline(verified.in_a_line(each, self._centre.name_of))}, on {self._day(each.at)}"
            yield from (f"  - {inline(told)}" for told in verified.told(each, self._record, self._centre.name_of))
            yield ""

    def _signatures(self) -> Iterator[str]:
        answer = self._answer
        read = self._record.after.acknowledged(answer.uid)
        yield "## Read by the assessor"
        yield ""
        if read is not None and read.word.strip():
            yield block(read.word, "> ")
            yield ""
        yield "| | Name | Signature | Date |"
        yield "|---|---|---|---|"
        verifier = inline(self._centre.name_of(answer.actor, answer.at))
        yield f"| Internal verifier | {verifier} | {BLANK} | {self._day(answer.at)} |"
        who, when = (self._centre.name_of(read.actor, read.at), self._day(read.at)) if read is not None else ("", "")
        yield f"| Assessor | {inline(who) or BLANK} | {BLANK} | {when or BLANK} |"

    def _decision(self, answer: Answer) -> Decision | None:
        live = self._record.criterion(answer.criterion).live
        return next((each for each in live if each.uid == answer.decision), None)
