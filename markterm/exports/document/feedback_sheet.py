"""Feedback to the learner on a unit or an assignment, to look through, to change and to send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from textwrap import shorten

from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.feedback.feedback import Feedback, Following, UnitFeedback
from markterm.domain.feedback.feedback import Remark as OfCriterion
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Result
from markterm.domain.record.leaving import away_in_words
from markterm.domain.record.portfolio import Closing, Portfolio
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.exports.document.model import (
    Block,
    Bullets,
    Document,
    EvidenceLine,
    Fact,
    Facts,
    Heading,
    Item,
    Quote,
    Remark,
    Remarks,
    Words,
    words,
)
from markterm.exports.document.sheet_sections import Sections, listed, remark, unit_facts

_QUOTE = 300
_FOLLOWS = {True: "is still being marked", False: "is marked and being verified"}
_REFERRAL = "Referral: what is missing is named below"


def feedback_sheet(
    centre: CentreDetails,
    learner: Learner,
    feedback: Feedback,
    portfolio: Portfolio,
    *,
    zone: tzinfo | None = None,
    damaged: bool = False,
    accounts: Accounts | None = None,
) -> Document:
    """The feedback in the words of the sheet and of the assessor: by learning outcome the strengths and what is
    missing, each criterion with its note and the evidence it was decided on, after the summary of the closing.

    What is not decided is said to be so, and with `damaged` that the record is incomplete; `accounts` are the learner's
    with what became of their files. Days are those of `zone`, or
    of this machine.
    """
    sections = Sections(centre, learner, portfolio, zone, with_marks=False)
    facts = [tuple(_facts(centre, told, zone)) for told in feedback.units]
    away = away_in_words(learner, portfolio.departure)
    header = ((Fact("Course", away),) if away else ()) + (() if feedback.assignment else facts[0])
    title = f"Feedback {feedback.code} {feedback.title}"
    found = portfolio.accounts if accounts is None else accounts
    return sections.document(title, header, _blocks(sections, feedback, facts, found), damaged=damaged)


def _blocks(
    sections: Sections, feedback: Feedback, facts: Sequence[tuple[Fact, ...]], accounts: Accounts
) -> Iterator[Block]:
    on_assignment = bool(feedback.assignment)
    for told, of_unit in zip(feedback.units, facts, strict=True):
        if on_assignment:
            yield Heading(2, _named(told.unit))
            yield Facts(of_unit)
        yield from sections.claimed_since(told.unit)
        yield from _unit(told, 3 if on_assignment else 2, accounts)
    if feedback.following:
        yield Heading(2, words("What follows"))
        yield Bullets(
            tuple(
                Item(
                    (*_named(each.unit), *words(f" {_FOLLOWS[each.held is None]}; feedback on it follows.{_due(each)}"))
                )
                for each in feedback.following
            )
        )


def _named(unit: Unit) -> Words:
    return words(one_line(f"{unit.code} {unit.title}"))


def _facts(centre: CentreDetails, told: UnitFeedback, zone: tzinfo | None) -> Iterator[Fact]:
    if facts := unit_facts(told.unit):
        yield Fact("Unit", facts)
    yield Fact("Attempt", str(told.attempt))
    closing = told.closing
    yield Fact("Outcome", "not closed yet" if closing is None else _closed_as(closing))
    if closing is not None:
        day = local(closing.at, zone).date().isoformat()
        yield Fact("Assessor", f"{centre.name_of(closing.actor, closing.at)}, {day}")
    if told.due_on is not None:
        yield Fact("Due" if closing is None else "Due again", told.due_on.isoformat())


def _due(told: Following) -> str:
    return f" It is due on {told.due_on.isoformat()}." if told.due_on is not None else ""


def _closed_as(closing: Closing) -> str:
    return _REFERRAL if closing.outcome is Result.REFER else closing.word.capitalize()


def _unit(told: UnitFeedback, level: int, accounts: Accounts) -> Iterator[Block]:
    if told.closing is not None and told.closing.feedback.strip():
        yield Heading(level, words("Summary"))
        yield Quote(told.closing.feedback, set_off=False)
    for outcome in told.outcomes:
        if outcome.strengths or outcome.missing or outcome.not_achieved:
            yield Heading(level, words(one_line(f"{outcome.label} {outcome.title}")))
            for label, remarks in (
                ("Strengths", outcome.strengths),
                ("What is missing", outcome.missing),
                ("Not achieved, for a higher grade", outcome.not_achieved),
            ):
                if remarks:
                    yield Remarks(label, tuple(_remark(each, told.attempt, accounts) for each in remarks))
    if told.waiting:
        yield remark("Not decided yet: ", *listed(list(map(one_line, told.waiting))), ".")
    if told.higher_open:
        yield remark("Not decided, for a higher grade: ", *listed(list(map(one_line, told.higher_open))), ".")


def _remark(told: OfCriterion, attempt: int, accounts: Accounts) -> Remark:
    earlier = f" (attempt {told.attempt})" if told.attempt != attempt else ""
    evidence = tuple(
        EvidenceLine(
            citation.passage.file,
            citation.passage.locator,
            shorten(citation.passage.quote, _QUOTE, placeholder=" …"),
            ", ".join(
                filter(
                    None,
                    (
                        f"cited at attempt {citation.attempt}" if citation.attempt < attempt else "",
                        accounts.to_the_learner(citation.passage),
                    ),
                )
            ),
        )
        for citation in told.citations
    )
    return Remark(told.criterion.number, words(one_line(told.wording), earlier), told.note, evidence)
