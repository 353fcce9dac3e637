"""A unit of a learner in lines, and each of its criteria: the same in `show` and in marking by lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from markterm.cli.output import indented, moment
from markterm.cli.wording import due_in_words
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Criterion, Unit
from markterm.domain.record.citation import Citation, CitedFile, cited_file
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.outcome import count, unit_state
from markterm.domain.record.portfolio import Closing, UnitRecord
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.states import PASSED, CriterionState
from markterm.domain.record.where_decided import where_decided
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.views import verified
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.views.event_told import circumstances
from markterm.domain.views.graded import aims_told, grade_so_far
from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS
from markterm.domain.views.unit_told import asks_told, what_asks
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.standardisation import Agreed


def declaration_line(centre: Centre, declared: Declaration) -> str:
    """The learner's declaration, in a line."""
    refused = "; refuses anonymised use of the work" if declared.refuses_use else ""
    day = f" on {declared.on.isoformat()}" if declared.on is not None else ""
    received = f"received by {centre.details.name_of(declared.actor, declared.at)} {moment(declared.at)}"
    return one_line(f"Declaration of authenticity: {declared.form}{day}, {received}{refused}")


def unit_lines(
    centre: Centre,
    unit: Unit,
    shown: LearnerPortfolio,
    files: Mapping[str, str] | None,
    progress: UnitProgress | None,
    agreed: Mapping[str, Sequence[Agreed]],
    *,
    with_descriptors: bool,
) -> Iterator[str]:
    """A unit in lines: how it stands as a whole, then section by section its criteria."""
    yield from unit_head(centre, unit, shown, progress)
    if with_descriptors and unit.is_standard:
        yield indented(unit.guidance, 4)  # Its duties: what the work is that the statements are about.
    for outcome in unit.outcomes:
        reached = aims_told(unit, shown.portfolio.unit(unit.key), outcome)
        aims = f" ({reached})" if reached else ""
        yield f"  {outcome.heading(one_line(outcome.title))}{aims}"
        yield from comment_lines(centre, shown, Section(unit.key, outcome.number))
        for criterion in outcome.criteria:
            told = agreed.get(criterion.number, ())
            yield from criterion_lines(centre, unit, criterion, shown, files, told, with_descriptors=with_descriptors)


def comment_lines(centre: Centre, shown: LearnerPortfolio, section: Section) -> Iterator[str]:
    """What was said of a section of the sheet of a unit."""
    for comment in shown.portfolio.comments_on(section):
        yield one_line(f"    comment by {centre.details.name_of(comment.actor, comment.at)} {moment(comment.at)}:")
        yield indented(comment.text, 6)


def unit_head(centre: Centre, unit: Unit, shown: LearnerPortfolio, progress: UnitProgress | None) -> Iterator[str]:
    """How a unit stands as a whole: its state and attempt with what about it asks for a person, what it waits for, who
    handed it in, closed it, sampled it and answered to it, what is to be done, and what went to the learner. `progress`
    is how the caseload has it, None where that is not known."""
    portfolio = shown.portfolio
    record = portfolio.unit(unit.key)
    signed: Mapping[str, Sequence[str]] = {}
    if portfolio.aside:
        from markterm.cli.follow_up import signed_lines  # Few members sign.

        signed = signed_lines(centre, portfolio.aside)
    state = UNIT_SIGNS[unit_state(unit, record)]
    asks = what_asks(progress) if progress is not None else None
    glyph = state.glyph if asks is None else CRITERION_SIGNS[asks].glyph
    told = asks_told(progress, centre.caseload.today) if progress is not None else ""
    passed = count(unit, record, *PASSED)
    yield one_line(f"{unit.code} {unit.title}")
    if unit.faulty:
        yield "! not marked: its mark sheet has errors; markterm check names them"
    if unit.no_sheet:
        yield one_line(f"! not marked: {unit.no_sheet}; markterm carry {unit.code} shows what can be carried over")
    closed = "closed as " if record.closing is not None else ""
    yield (
        f"{glyph} {closed}{state.word}, {passed} of {len(unit.criteria)} {unit.met_words}, "
        f"attempt {record.attempt}{told}"
    )
    if unit.graded and record.closing is None:
        yield f"graded: {grade_so_far(unit, record)}"
    if progress is not None:
        yield due_in_words(progress.due)
    for case in portfolio.cases:
        if case.holds and case.concerns(unit.key):
            yield f"! held by case {case.short}: no feedback goes, and no attempt begins, until it is closed"
    if record.submission is not None:
        submitted = record.submission
        yield one_line(f"{submitted}, {moment(submitted.at)}")
    elif record.closing is not None:
        yield "its evidence was never fixed: nobody submitted it"
    declared = portfolio.declared(unit.key)
    if declared is None and record.attempt > 1:
        yield f"attempt {record.attempt} is not declared yet"
    elif declared is not None and declared is not portfolio.declaration:
        yield declaration_line(centre, declared)
    if record.closing is not None:
        yield from _closing(centre, record.closing)
        yield from signed.get(record.closing.uid, ())
        if why := why_changed(unit, record):
            yield f"  ! {one_line(why)}"
    yield from _verification(centre, record, signed)
    if record.after.actions:
        from markterm.cli.follow_up import action_lines  # Few units have one.

        for action in record.after.actions:
            yield from action_lines(centre, action, centre.actions.today)
    for went in {each.attempt: each for each in record.releases}.values():
        by = centre.details.name_of(went.actor, went.at)
        yield one_line(f"feedback on attempt {went.attempt} released {moment(went.at)} by {by}")


def _verification(centre: Centre, record: UnitRecord, signed: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What verifiers sampled of the unit, looked at and answered."""
    names = centre.details.name_of
    if differ := verified.what_holds(record):
        yield one_line(f"! {differ}: a verifier answers again, with a reason")
    for line, why in verified.sampled(record, names):
        yield one_line(f"{line}: {why}")
    for member in verified.waits_for(record):
        known = centre.details.member(member)
        if known is None or Role.VERIFIER not in known.roles:
            yield one_line(f"! {names(member)} is no verifier here any more: markterm sample gives it to another one")
    for each in verified.answered(record):
        yield one_line(f"{verified.in_a_line(each, names)} {moment(each.at)}")
        yield from signed.get(each.uid, ())
        yield from (indented(line, 4) for line in verified.told(each, record, names))
        read = record.after.acknowledged(each.uid)
        if read is not None:
            word = f": {read.word}" if read.word.strip() else ""
            yield indented(one_line(f"acknowledged by {names(read.actor, read.at)} {moment(read.at)}{word}"), 4)


def _closing(centre: Centre, closing: Closing) -> Iterator[str]:
    yield one_line(f"by {centre.details.name_of(closing.actor, closing.at)} {moment(closing.at)}")
    if closing.feedback.strip():
        yield indented(closing.feedback, 4)


def criterion_lines(
    centre: Centre,
    unit: Unit,
    criterion: Criterion,
    shown: LearnerPortfolio,
    files: Mapping[str, str] | None,
    agreed: Sequence[Agreed],
    *,
    with_descriptors: bool,
) -> Iterator[str]:
    """A criterion in lines: what stands, who decided it, what verifiers said, what is cited of which file, what was
    agreed of it in standardisations."""
    portfolio = shown.portfolio
    marked = portfolio.unit(unit.key).criterion(criterion.number)
    sign = CRITERION_SIGNS[marked.state]
    level = f" ({criterion.level})" if criterion.level is not None else ""
    yield f"    {criterion.number}{level} {sign}  {one_line(criterion.text)}"
    if with_descriptors:
        for descriptor in criterion.descriptors:
            yield f"        {descriptor.standing.value}: {one_line(descriptor.text)}"
        from markterm.domain.standards.unit_mapped import covers_in_words  # Only where all of it is told.

        if covers := covers_in_words(centre.mappings.covers(unit).get(criterion.number, ())):
            yield f"        {one_line(covers)}"
    for decision in marked.standing:
        named = marked.state in (CriterionState.CONFLICT, CriterionState.STALE)
        what = f"{decision.state.value} by " if named else ""
        who = f"{centre.details.name_of(decision.actor, decision.at)} {moment(decision.at)}"
        signed = countersigned(decision, centre.details.name_of)
        where = where_decided(decision.occasion, shown.assignments, Cell(unit.code, criterion.number))
        made = filter(None, (who, circumstances(decision, where), signed))
        yield f"      {what}{one_line(', '.join(made))}"
        if decision.note.strip():
            yield indented(decision.note, 8)
        for told in fit_in_words(unit, criterion, marked, decision, portfolio.placing):
            yield f"      {'! ' if marked.stale else ''}{one_line(told)}"
    verified_so = verified.by_criterion(portfolio.unit(unit.key)).get(criterion.number)
    for each in verified_so.shown if verified_so is not None else ():
        said = f"{each.in_words(centre.details.name_of)} {moment(each.verification.at)}"
        why = f": {each.reason}" if each.reason else ""
        yield indented(f"{'! ' if verified_so is not None and verified_so.came_back else ''}{one_line(said)}{why}", 6)
    for citation in marked.citations:
        destroyed, doubt = portfolio.destroyed_of(unit.key) is not None, portfolio.accounts.doubt(citation.passage)
        yield from _citation(citation, marked, files, doubt, destroyed=destroyed)
    for view in agreed:
        yield f"      standardised {view.on}, agreed as {view.word}: {one_line(view.words)}"


def _citation(
    citation: Citation, marked: CriterionRecord, files: Mapping[str, str] | None, doubt: str, *, destroyed: bool
) -> Iterator[str]:
    passage = citation.passage
    found, name = cited_file(passage, files, destroyed=destroyed)
    fate = {CitedFile.THERE: "", CitedFile.RENAMED: f" (renamed to {name})"}.get(found, f" ! {found}")
    earlier = f", cited at attempt {citation.attempt}" if marked.is_earlier(citation) else ""
    yield "      " + one_line(f"cites {passage.file}, {passage.locator}{earlier}{fate}{f', {doubt}' if doubt else ''}")
    yield indented(f"“{one_line(passage.quote)}”", 8)
