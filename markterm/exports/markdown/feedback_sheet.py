"""Feedback to the learner on a unit or an assignment, as Markdown to look through, to change and to send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from textwrap import shorten

from markterm.domain.assessed.learner import Learner
from markterm.domain.feedback.feedback import Feedback, OutcomeFeedback, Remark, UnitFeedback
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Result
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.words.local_time import local
from markterm.exports.markdown.markdown_text import block, inline
from markterm.exports.markdown.sheet_sections import Sections, unit_facts

_Facts = Sequence[tuple[str, str]]
_QUOTE = 300
_OUTCOMES = {Result.PASS: "Pass", Result.REFER: "Referral: what is missing is named below"}


def feedback_sheet(
    centre: CentreDetails,
    learner: Learner,
    feedback: Feedback,
    portfolio: Portfolio,
    *,
    zone: tzinfo | None = None,
    damaged: bool = False,
) -> str:
    """The feedback in the words of the sheet and of the assessor: by learning outcome the strengths and what is
    missing, each criterion with its note and the evidence it was decided on, after the summary of the closing.

    What is not decided is said to be so, and with `damaged` that the record is incomplete. Days are those of `zone`, or
    of this machine. All foreign text is escaped: it can make no markup.
    """
    sections = Sections(centre, learner, portfolio, zone, with_marks=False)
    facts = [tuple(_facts(centre, told, zone)) for told in feedback.units]
    return "\n".join(_lines(sections, feedback, facts, damaged=damaged)).rstrip() + "\n"


def _lines(sections: Sections, feedback: Feedback, facts: Sequence[_Facts], *, damaged: bool) -> Iterator[str]:
    on_assignment = bool(feedback.assignment)
    title = f"Feedback {feedback.code} {feedback.title}"
    yield from sections.header(title, () if on_assignment else facts[0], damaged=damaged)
    for told, of_unit in zip(feedback.units, facts, strict=True):
        if on_assignment:
            yield f"## {inline(f'{told.unit.code} {told.unit.title}')}"
            yield ""
            for name, fact in of_unit:
                yield f"- {name}: {inline(fact)}"
            yield ""
        yield from _unit(told, 3 if on_assignment else 2)
    if feedback.following:
        yield "## What follows"
        yield ""
        for each in feedback.following:
            state = "is still being marked" if each.held is None else "is marked and being verified"
            yield f"- {inline(f'{each.unit.code} {each.unit.title}')} {state}; feedback on it follows."
        yield ""


def _facts(centre: CentreDetails, told: UnitFeedback, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    if facts := unit_facts(told.unit):
        yield "Unit", facts
    yield "Attempt", str(told.attempt)
    closing = told.closing
    yield "Outcome", "not closed yet" if closing is None else _OUTCOMES[closing.outcome]
    if closing is not None:
        yield "Assessor", f"{centre.name_of(closing.actor, closing.at)}, {local(closing.at, zone).date().isoformat()}"


def _unit(told: UnitFeedback, level: int) -> Iterator[str]:
    if told.closing is not None and told.closing.feedback.strip():
        yield f"{'#' * level} Summary"
        yield ""
        yield block(told.closing.feedback)
        yield ""
    for outcome in told.outcomes:
        if outcome.strengths or outcome.missing:
            yield f"{'#' * level} LO{outcome.number} {inline(outcome.title)}"
            yield ""
            yield from _outcome(outcome, told.attempt)
    if told.waiting:
        yield f"*Not decided yet: {', '.join(map(inline, told.waiting))}.*"
        yield ""


def _outcome(outcome: OutcomeFeedback, attempt: int) -> Iterator[str]:
    for heading, remarks in (("Strengths", outcome.strengths), ("What is missing", outcome.missing)):
        if remarks:
            yield f"**{heading}**"
            yield ""
        for remark in remarks:
            yield from _remark(remark, attempt)


def _remark(remark: Remark, attempt: int) -> Iterator[str]:
    earlier = f" (attempt {remark.attempt})" if remark.attempt != attempt else ""
    yield f"- **{inline(remark.criterion.number)}** {inline(remark.wording)}{earlier}"
    yield ""
    if remark.note.strip():
        yield block(remark.note, "  ")
        yield ""
    for citation in remark.citations:
        passage = citation.passage
        cited = f" (cited at attempt {citation.attempt})" if citation.attempt < attempt else ""
        quote = shorten(passage.quote, _QUOTE, placeholder=" …")
        yield f"  Evidence: {inline(passage.file)}, {inline(passage.locator)}{cited}: “{inline(quote)}”"
        yield ""
