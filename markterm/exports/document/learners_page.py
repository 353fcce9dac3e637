"""A learner's own page as a document: what they were told, and no word of anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.views.told_to_learner import FeedbackTold, Standing, ToldToLearner, UnitTold
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.from_markdown import document_of
from markterm.exports.document.model import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Item,
    Paragraph,
    Table,
    words,
)

_UNITS = (Column("Unit", 4), Column("Where it stands", 2.4), Column("Since", 1.2), Column("Attempt", 1))
_RATINGS = (Column("Statement", 4), Column("What you said", 1.4), Column("Example", 3), Column("Day", 1.2))
_DEEPEST = 6
_NOT_FINAL = "The centre may still look at it again: a result is certain when the certificate is there."
_HANDED_IN = "If you have handed in work for one of these, ask your assessor: it was not recorded that you did."
_REPLACED = "This was looked at again since: what stands now is told to you anew."
_INCOMPLETE = "The record cannot be read whole just now: something may be missing here. Ask your assessor."


def learners_page(
    centre: CentreDetails, told: ToldToLearner, statement: Callable[[StatementLink], str] = str
) -> Document:
    """What the learner is told, as a document; `statement` gives the words of a statement of a standard."""
    facts = (
        Fact("Name", one_line(told.learner.name)),
        Fact("Registration", one_line(told.learner.registration)),
        Fact("Centre", one_line(centre.name)),
        Fact("As on", told.today.isoformat()),
    )
    caveats = (_INCOMPLETE,) if told.incomplete else ()
    return Document("Your assessment", facts, tuple(_blocks(told, statement)), caveats, one_line(told.learner.name))


def _blocks(told: ToldToLearner, statement: Callable[[StatementLink], str]) -> Iterator[Block]:
    if told.left:
        yield Paragraph(words("You are not on the course at present."))
    if not told.left:
        yield Heading(2, words("What is outstanding"))
        if told.outstanding:
            yield Bullets(tuple(Item(words(one_line(_outstanding(each, told)))) for each in told.outstanding))
            if any(each.standing is Standing.NOT_SUBMITTED for each in told.outstanding):
                yield Paragraph(words(_HANDED_IN))
        else:
            yield Paragraph(words("Nothing: it is not your turn with any unit."))
    yield Heading(2, words("Your units"))
    if told.units:
        yield Table(_UNITS, tuple(_row(each) for each in told.units))
        if any(each.reached for each in told.units):
            yield Paragraph(words(_NOT_FINAL))
    else:
        yield Paragraph(words("You are on no unit yet."))
    if told.progress:
        yield Heading(2, words("Your progress"))
        yield Bullets(tuple(_progress(told)))
    yield Heading(2, words("Feedback to you"))
    if not told.feedback:
        yield Paragraph(words("Nothing was released to you yet."))
    for each in told.feedback:
        yield from _feedback(each)
    if told.ratings:
        yield Heading(2, words("How you rated yourself"))
        yield Paragraph(words("You said this of yourself. It is no decision, and changes none."))
        rows = [
            (one_line(statement(each.link)), one_line(each.rating), one_line(each.example), each.on.isoformat())
            for each in told.ratings
        ]
        yield Table(_RATINGS, tuple(rows))


def _outstanding(each: UnitTold, told: ToldToLearner) -> str:
    unit = f"{each.code} {each.title}"
    what = (
        f"{unit}: something is missing, which the feedback of {each.on} names below"
        if each.standing is Standing.REFERRED
        else f"{unit}: no submission is recorded yet"
    )
    if each.due is None:
        return f"{what}."
    return f"{what}; it {'was' if each.due < told.today else 'is'} due on {each.due}."


def _row(each: UnitTold) -> tuple[str, ...]:
    standing = str(each.standing)
    if each.standing is Standing.PASSED and each.reached != "pass":
        standing = f"{standing}: {each.reached}"
    on = each.on.isoformat() if each.on is not None else ""
    submitted = each.standing is not Standing.NOT_SUBMITTED
    return one_line(f"{each.code} {each.title}"), standing, on, str(each.attempt) if submitted else ""


def _progress(told: ToldToLearner) -> Iterator[Item]:
    for each in told.progress:
        qualification = each.qualification
        head = (
            f"{qualification.code} {qualification.title}: {each.credits} of {each.needed} credits, by what was released"
        )
        below = [f"Passed: {unit.code} {unit.title}, {counted(unit.credit, 'credit')}" for unit in each.counted]
        below += [f"Still needed: {unit.code} {unit.title}, {counted(unit.credit, 'credit')}" for unit in each.missing]
        below += [f"To choose: {choice}" for choice in each.choices]
        yield Item(words(one_line(head)), tuple(words(one_line(line)) for line in below))


def _feedback(told: FeedbackTold) -> Iterator[Block]:
    """The feedback as it went, under a heading of its own; its headings go below that."""
    again = f", attempt {told.release.attempt}" if told.release.attempt > 1 else ""
    yield Heading(3, words(one_line(f"{told.code} {told.title}{again}, {told.on}")))
    if not told.stands:
        yield Paragraph(words(_REPLACED))
    document = document_of(told.release.text, told.code)
    if document.facts:
        yield Facts(document.facts)
    for block in document.blocks:
        yield Heading(min(block.level + 2, _DEEPEST), block.words) if isinstance(block, Heading) else block
