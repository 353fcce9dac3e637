"""The completed mark sheet of one unit for one learner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from types import MappingProxyType

from markterm.domain.assessed.assignment import Assignment
from markterm.domain.assessed.learner import Learner
from markterm.domain.assessed.unit import Unit
from markterm.domain.record.accounts import Accounts
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.comments import Section
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.submission import Changes
from markterm.domain.views.graded import aims_told
from markterm.domain.words.foreign_text import one_line
from markterm.exports.document.model import Block, Document, Fact, Heading, Paragraph, words
from markterm.exports.document.sheet_sections import Sections, unit_facts


def completed_mark_sheet(
    centre: CentreDetails,
    learner: Learner,
    unit: Unit,
    portfolio: Portfolio,
    *,
    damaged: bool = False,
    zone: tzinfo | None = None,
    since: Mapping[str, Changes] = MappingProxyType({}),
    accounts: Accounts | None = None,
    assignments: Iterable[Assignment] = (),
) -> Document:
    """The sheet with everything that is recorded so far: header, statements, each criterion with its descriptors,
    decision and feedback, the comments of each section, the outcome, and places for the verifier.

    A decision says in which assignment and task it was made, and what marks it was converted from. `damaged` says on it
    that the record is; `since` is what became of the evidence since it was fixed, by the unit's code, `assignments` are
    the learner's, and `accounts` theirs with what became of their files. Days are those of `zone`, or of this machine.
    """
    sections = Sections(
        centre, learner, portfolio, zone, with_marks=True, since=since, assignments=assignments, accounts=accounts
    )
    facts = (Fact("Unit", unit_facts(unit)), Fact("Attempt", sections.attempt(unit)))
    blocks = _blocks(sections, unit, portfolio.unit(unit.key))
    return sections.document(f"Mark sheet {unit.code} {unit.title}", facts, blocks, damaged=damaged)


def _blocks(sections: Sections, unit: Unit, record: UnitRecord) -> Iterator[Block]:
    yield from sections.statements((unit,))
    for lo in unit.outcomes:
        yield sections.criteria(2, words(lo.heading(one_line(lo.title))), unit, lo.criteria)
        states = [(criterion.number, record.criterion(criterion.number).state) for criterion in lo.criteria]
        aims = aims_told(unit, record, lo)
        yield from sections.comments("Section comments", states, Section(unit.key, lo.number), aims)
    yield Heading(2, words("Outcome"))
    yield from _total(unit, record)
    yield from sections.outcome(unit)
    yield from sections.signatures([(unit, "")])


def _total(unit: Unit, record: UnitRecord) -> Iterator[Block]:
    """The total of the marks, where decisions were made by marks."""
    fitting = (own for criterion in unit.asked if not (own := record.criterion(criterion.number)).stale)
    decisions = [own.decision for own in fitting]
    marked = [each for each in decisions if each is not None and each.marks is not None and each.scale is not None]
    if marked:
        gained = sum(each.marks or 0 for each in marked)
        maximum = sum(each.scale.maximum for each in marked if each.scale is not None)
        over = f"{len(marked)} of {len(unit.asked)} criteria"
        total = f"Marks in total: {gained} of {maximum}, over {over}. "
        yield Paragraph(words(total, "The total rescues nothing: a criterion below its own minimum is referred."))
