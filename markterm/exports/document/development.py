"""Somebody's development as a document: where they have gaps, what they say of themselves, and their CPD."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.cpd import Cpd, CpdItem, Did
from markterm.domain.record.self_ratings import Change
from markterm.domain.standards.gap import FunctionGap, Gap, StatementGap, in_sentences
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import (
    Block,
    Bullets,
    Column,
    Document,
    Fact,
    Heading,
    Item,
    Paragraph,
    Table,
    words,
)

_OF_LEARNER = (
    Column("Statement", 4),
    Column("What assessors decided", 2),
    Column("What they say of themselves", 2.4),
    Column("Gap", 1.4),
)
_OF_STAFF = (Column("Statement", 4), Column("What they say of themselves", 2.4), Column("Gap", 1.4))
_FUNCTIONS = (Column("Function", 4), Column("Statements", 1), Column("Gaps", 1))
_PLAN = (
    Column("What", 2.4),
    Column("How", 2.4),
    Column("By", 1.2),
    Column("Evidence", 2),
    Column("For", 2),
    Column("State", 1),
)
_DONE = (Column("Day", 1.2), Column("What", 3), Column("Evidence", 2.4), Column("For", 2.4))
_APART = "What somebody says of themselves is no decision, and changes none: the two stand beside each other."
_NOT_RELEASED = (
    "This is the centre's own document: it tells of decisions that have not been released to the learner too."
)


def development(centre: CentreDetails, person: str, name: str, found: Gap, cpd: Cpd, today: date) -> Document:
    """The development of somebody called `name`, who is `person` in the records, beside what is wanted, as on the day
    `today`."""
    wanted = found.wanted
    facts = (
        Fact("Centre number", centre.number),
        Fact("Centre name", centre.name),
        Fact("Member of staff" if found.of_staff else "Learner registration number", one_line(person)),
        Fact("Name", one_line(name)),
        Fact("Beside", one_line(f"{wanted.code} {wanted.title}")),
        Fact("Comes to", ", ".join(f"{number} {state}" for state, number in found.counts.items()) or "nothing"),
        Fact("Day", today.isoformat()),
    )
    caveats = (_APART, *(() if found.of_staff else (_NOT_RELEASED,)), *in_sentences(found))
    return Document(
        one_line(f"Development beside {wanted.code}"),
        facts,
        tuple(_blocks(found, cpd, today)),
        caveats=caveats,
        about=", ".join(filter(None, (one_line(name), one_line(person)))),
        across=True,
    )


def _blocks(found: Gap, cpd: Cpd, today: date) -> Iterator[Block]:
    yield Heading(2, words("Statements"))
    columns = _OF_STAFF if found.of_staff else _OF_LEARNER
    yield Table(columns, tuple(_statement(each) for each in found.statements))
    if found.by_function:
        yield Heading(2, words("By function"))
        yield Table(_FUNCTIONS, tuple(map(_function, found.by_function)))
    yield Heading(2, words("CPD plan"))
    if cpd.items:
        yield Table(_PLAN, tuple(_item(each, today) for each in cpd.items))
    else:
        yield Paragraph(words("Nothing is planned."))
    if cpd.done:
        yield Heading(2, words("CPD that was done"))
        yield Table(_DONE, tuple(map(_did, cpd.done)))
    if found.not_planned:
        yield Heading(2, words("Gaps that nothing of the plan is for"))
        yield Bullets(tuple(Item(words(one_line(f"{each.link} {_text(each)}"))) for each in found.not_planned))


def _statement(each: StatementGap) -> tuple[str, ...]:
    said = "not rated"
    if each.rating is not None:
        how = f", {each.change}" if each.change not in (None, Change.FIRST) else ""
        said = f"{each.rating.rating}, {each.rating.on.isoformat()}{how}"
        if each.rating.example:
            said += f": {one_line(each.rating.example)}"
    gap = each.state.value + (f": {each.differs}" if each.differs else "") + ("; planned" if each.is_planned else "")
    if each.of_staff:
        return one_line(f"{each.link} {_text(each)}"), one_line(said), gap
    decided = each.evidenced.state.value if each.evidenced is not None else ""
    by = [
        f"{shown.unit.code} {shown.criterion.number}"
        for shown in (each.evidenced.by if each.evidenced else ())
        if shown.counts
    ]
    decided += f": {', '.join(by)}" if by else ""
    return one_line(f"{each.link} {_text(each)}"), one_line(decided), one_line(said), gap


def _text(each: StatementGap) -> str:
    return each.statement.text if each.statement is not None else "(the centre has no such statement any more)"


def _function(each: FunctionGap) -> tuple[str, ...]:
    told = one_line(f"{each.function.code} {each.function.title}")
    return told, str(len(each.statements)), str(each.gaps) if each.statements else "nothing of it is here"


def _item(item: CpdItem, today: date) -> tuple[str, ...]:
    said = item.said
    state = "overdue" if item.is_overdue(today) else item.state.value
    by = said.by.isoformat() if said.by is not None else ""
    for_what = ", ".join(map(str, item.statements))
    why = f": {said.why}" if said.why else ""
    return tuple(map(one_line, (said.what, said.how, by, said.evidence, for_what, f"{state}{why}")))


def _did(did: Did) -> tuple[str, ...]:
    said = did.said
    what = f"{said.what} (corrected: {said.why})" if said.why else said.what
    for_what = ", ".join((*said.requirements, *map(str, said.statements)))
    return tuple(map(one_line, (said.on.isoformat(), what, said.evidence, for_what)))
