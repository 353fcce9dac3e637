"""`markterm show`: a learner's portfolio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from markterm.centre.drafts import task_place
from markterm.cli import completion
from markterm.cli.arguments import learner_argument
from markterm.cli.hints import line_of
from markterm.cli.output import indented, moment, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.cli.wording import (
    due_in_words,
    learner_line,
)
from markterm.domain.assessed.assignment import Cell
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.unit import Criterion, Unit, UnitKey
from markterm.domain.record.citation import Citation, CitedFile, cited_file
from markterm.domain.record.comments import Section
from markterm.domain.record.decision import CriterionRecord
from markterm.domain.record.declaration import Declaration
from markterm.domain.record.portfolio import Closing, UnitRecord, count, unit_state
from markterm.domain.record.sheet_fit import fit_in_words, why_changed
from markterm.domain.record.states import CriterionState
from markterm.domain.record.where_decided import where_decided
from markterm.domain.rules.countersignature import countersigned
from markterm.domain.views import verified
from markterm.domain.views.due import Due
from markterm.domain.views.event_told import circumstances
from markterm.domain.views.signs import CRITERION_SIGNS, UNIT_SIGNS
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.brief import brief_as_json
from markterm.exports.plain.evidence import file_as_json
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.learner import learner_as_json, standings_as_json
from markterm.exports.plain.retention import destroyed_evidence_as_json, hold_as_json
from markterm.exports.plain.signing_key import signatures_as_json
from markterm.exports.plain.submission import declaration_as_json
from markterm.exports.plain.unit import comment_as_json, unit_as_json
from markterm.exports.plain.values import Json
from markterm.system.platform import folder_name

if TYPE_CHECKING:
    from markterm.centre.centre import Centre
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.standardisation import Agreed
    from markterm.evidence.folder import EvidenceFolder

    _Agreed = Mapping[UnitKey, Mapping[str, Sequence[Agreed]]]
    """What was agreed of each criterion of each unit in standardisations."""

_Due = Mapping[str, Sequence[Due]]
"""What each unit waits for, by its code."""


@click.command("show", cls=Command)
@learner_argument
@click.argument("unit", required=False, shell_complete=completion.units)
@pass_session
def command(session: Session, learner: str, unit: str | None) -> None:
    """Show a learner: decisions, notes, evidence.

    With a UNIT, only that one, with the descriptors of each criterion.

    \b
    Examples:
      markterm show JON2041
      markterm show "rosalind jones" 501
    """
    centre = session.centre()
    registration = centre.learners.find(learner)
    shown = centre.learners.portfolio(registration)
    units = shown.units if unit is None else (shown.unit(unit),)
    evidence = centre.evidence.listed(registration)
    due = {each.code: each.due for each in centre.caseload.row_of(folder_name(registration)).units}
    cited = any(each.citations for unit in units for each in shown.portfolio.unit(unit.key).criteria.values())
    # Only to tell what became of the files that are cited: reading them all takes its time.
    files = centre.fixing.fingerprints(registration) if cited else {}
    agreed = centre.standardisation.agreed(unit.key for unit in units)
    if session.as_json:
        told = _as_json(shown, units, evidence, files, due, agreed) | {"drafts": _drafts(centre, shown, units)}
        briefs = [brief_as_json(each) for each in centre.briefs.told(shown.assignments)]
        standings = standings_as_json(centre.details.claiming, shown.learner.qualifications)
        say_json(
            {
                **told,
                "task_comments": [
                    comment_as_json(each) for each in shown.portfolio.comments if each.section.unit is None
                ],
                "briefs": briefs,
                "qualification_status": standings,
                "signatures": signatures_as_json(shown.portfolio.aside),
                "here_now": list(centre.presence.others_on(registration)),
            }
        )
        return
    for line in _lines(centre, shown, units, evidence, files, due, agreed, with_descriptors=unit is not None):
        say(line)


def _lines(
    centre: Centre,
    shown: LearnerPortfolio,
    units: tuple[Unit, ...],
    evidence: EvidenceFolder,
    files: Mapping[str, str],
    due: _Due,
    agreed: _Agreed,
    *,
    with_descriptors: bool,
) -> Iterator[str]:
    learner = shown.learner
    yield learner_line(shown)
    if here := centre.presence.others_on(learner.registration):
        yield one_line(f"Open now with: {', '.join(here)}")
    for code in learner.qualifications:
        if standing := centre.details.claiming.standing(code).in_words:
            yield one_line(f"{code}: {standing}")
    facts = (
        ("Assessor", learner.assessor),
        ("Site", learner.site),
        ("Registered", learner.registered.isoformat() if learner.registered else ""),
        ("Expires", learner.expires.isoformat() if learner.expires else ""),
        ("Left", learner.left.isoformat() if learner.left else ""),
    )
    if told := ", ".join(f"{name}: {one_line(fact)}" for name, fact in facts if fact):
        yield told
    declared = shown.portfolio.declaration
    yield _declaration(centre, declared) if declared is not None else _declared_units(shown)
    for unit in units:
        yield ""
        yield from _unit(centre, unit, shown, files, due, agreed[unit.key], with_descriptors=with_descriptors)
    yield ""
    if shown.portfolio.cases:
        from markterm.cli.follow_up import case_lines  # Few learners have one.

        for case in shown.portfolio.cases:
            yield from case_lines(centre, case)
    for comment in shown.portfolio.comments:
        if comment.section.unit is None:
            who = f"{centre.details.name_of(comment.actor, comment.at)} {moment(comment.at)}"
            yield one_line(f"Comment on task {comment.section.task} of {comment.section.assignment} by {who}:")
            yield indented(comment.text, 4)
    if shown.portfolio.claims:
        from markterm.cli.follow_up import claim_lines  # Only who is done has one.

        yield from claim_lines(shown.portfolio)
    for draft in _drafts(centre, shown, units):
        about = " ".join(str(draft[each]) for each in ("unit", "criterion", "assignment") if draft.get(each))
        about += f" task {draft['task']}" if "task" in draft else ""
        yield one_line(f"✐ {about}: draft of yours, in no record yet ({draft['kind']})")
        yield indented(str(draft["text"]), 4)
    for brief in centre.briefs.told(shown.assignments):
        yield one_line(f"{brief.assignment}: {brief.words}")
    for code in shown.missing_units:
        yield f"{one_line(code)}: the centre has no mark sheet for this unit"
    for code in shown.missing_assignments:
        yield f"{one_line(code)}: the centre has no sound sheet for this assignment"
    for hold in shown.portfolio.holds:
        if not hold.lifted:
            yield one_line(f"Held by {centre.details.name_of(hold.actor, hold.at)}, nothing is destroyed: {hold.text}")
    for coming in centre.retention.coming(shown.learner.registration):
        yield one_line(f"! {coming.of_what.capitalize()} is {coming.words}")
    destroyed = shown.portfolio.evidence_destroyed
    if destroyed is not None:
        yield one_line(f"Evidence {destroyed.words}")
    if evidence.documents or destroyed is None:
        yield "Evidence" if evidence.documents else "Evidence: none yet"
    for file in evidence.files:
        yield f"  {file.name}  {file.size:,} bytes  {file.kind_words}"
    if evidence.truncated:
        yield "  … and more: the list is cut short"
    if evidence.left_out:
        yield f"  {one_line(evidence.left_out_words)}"
    for problem in evidence.problems:
        yield f"  ! {one_line(problem)}"
    if shown.newer:
        yield f"! {len(shown.newer)} events of a newer version: markterm log shows them"
    if garbled := len(shown.portfolio.unknown) - len(shown.newer):
        yield f"! {garbled} events that lack what their kind says, and are not counted: markterm log shows them"
    for finding in shown.findings:
        yield f"! {one_line(line_of(finding))}"
    if shown.incomplete:
        yield one_line(f"! The record is incomplete: {shown.incomplete}")


def _declared_units(shown: LearnerPortfolio) -> str:
    """Of which units alone there is a declaration, each of which is told with its unit."""
    codes = [unit.code for unit in shown.units if shown.portfolio.declared(unit.key) is not None]
    told = f"of {', '.join(codes)} alone" if codes else "none yet"
    return one_line(f"Declaration of authenticity: {told}")


def _declaration(centre: Centre, declared: Declaration) -> str:
    refused = "; refuses anonymised use of the work" if declared.refuses_use else ""
    day = f" on {declared.on.isoformat()}" if declared.on is not None else ""
    received = f"received by {centre.details.name_of(declared.actor, declared.at)} {moment(declared.at)}"
    return one_line(f"Declaration of authenticity: {declared.form}{day}, {received}{refused}")


def _unit(
    centre: Centre,
    unit: Unit,
    shown: LearnerPortfolio,
    files: Mapping[str, str],
    due: _Due,
    agreed: Mapping[str, Sequence[Agreed]],
    *,
    with_descriptors: bool,
) -> Iterator[str]:
    portfolio = shown.portfolio
    record = portfolio.unit(unit.key)
    signed: Mapping[str, Sequence[str]] = {}
    if portfolio.aside:
        from markterm.cli.follow_up import signed_lines  # Few members sign.

        signed = signed_lines(centre, portfolio.aside)
    state = UNIT_SIGNS[unit_state(unit, record)]
    passed = count(unit, record, CriterionState.PASS)
    yield one_line(f"{unit.code} {unit.title}")
    if unit.faulty:
        yield "! not marked: its mark sheet has errors; markterm check names them"
    if unit.no_sheet:
        yield one_line(f"! not marked: {unit.no_sheet}; markterm carry {unit.code} shows what can be carried over")
    closed = "closed as " if record.closing is not None else ""
    yield (
        f"{state.glyph} {closed}{state.word}, {passed} of {len(unit.criteria)} criteria passed, "
        f"attempt {record.attempt}"
    )
    if unit.code in due:
        yield due_in_words(due[unit.code])
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
        yield _declaration(centre, declared)
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
    for outcome in unit.outcomes:
        yield f"  {outcome.heading(one_line(outcome.title))}"
        for comment in portfolio.comments_on(Section(unit.key, outcome.number)):
            yield one_line(f"    comment by {centre.details.name_of(comment.actor, comment.at)} {moment(comment.at)}:")
            yield indented(comment.text, 6)
        for criterion in outcome.criteria:
            yield from criterion_lines(centre, unit, criterion, shown, files, with_descriptors=with_descriptors)
            for each in agreed.get(criterion.number, ()):
                yield f"      standardised {each.on}, agreed as {each.view}: {one_line(each.words)}"


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
    files: Mapping[str, str],
    *,
    with_descriptors: bool,
) -> Iterator[str]:
    """A criterion in lines: what stands, who decided it, what verifiers said, what is cited of which file."""
    portfolio = shown.portfolio
    marked = portfolio.unit(unit.key).criterion(criterion.number)
    sign = CRITERION_SIGNS[marked.state]
    yield f"    {criterion.number} {sign}  {one_line(criterion.text)}"
    if with_descriptors:
        for descriptor in criterion.descriptors:
            yield f"        {descriptor.standing.value}: {one_line(descriptor.text)}"
    for decision in marked.standing:
        named = marked.state in (CriterionState.CONFLICT, CriterionState.STALE)
        what = f"{decision.result.value} by " if named else ""
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
        yield from _citation(citation, marked, files, destroyed=portfolio.destroyed_of(unit.key) is not None)


def _citation(
    citation: Citation, marked: CriterionRecord, files: Mapping[str, str], *, destroyed: bool
) -> Iterator[str]:
    passage = citation.passage
    found, name = cited_file(passage, files, destroyed=destroyed)
    fate = {CitedFile.THERE: "", CitedFile.RENAMED: f" (renamed to {name})"}.get(found, f" ! {found}")
    earlier = f", cited at attempt {citation.attempt}" if marked.is_earlier(citation) else ""
    yield "      " + one_line(f"cites {passage.file}, {passage.locator}{earlier}{fate}")
    yield indented(f"“{one_line(passage.quote)}”", 8)


def _drafts(centre: Centre, shown: LearnerPortfolio, units: tuple[Unit, ...]) -> list[Json]:
    """What the member who acts began to write about these units and about tasks on this machine, and has not
    recorded."""
    if centre.member is None:
        return []
    registration, assignments = shown.learner.registration, shown.assignments
    begun = centre.drafts.begun_of(registration, units, assignments)
    of_units: list[Json] = [
        {
            "unit": unit.code,
            "criterion": number or None,
            "kind": kind.words,
            "text": centre.drafts.get(kind, registration, unit.key, number),
        }
        for unit in units
        for number in ("", *(each.number for each in unit.criteria))
        if (unit.key, number) in begun
        for kind in centre.drafts.begun(registration, unit.key, number)
    ]
    of_tasks: list[Json] = [
        {
            "assignment": assignment.code,
            "task": task.number,
            "kind": kind.words,
            "text": centre.drafts.get(kind, registration, *place),
        }
        for assignment in assignments
        for task in assignment.tasks
        if (place := task_place(assignment.code, task.number)) in begun
        for kind in centre.drafts.begun(registration, *place)
    ]
    return of_units + of_tasks


def _as_json(
    shown: LearnerPortfolio,
    units: tuple[Unit, ...],
    evidence: EvidenceFolder,
    files: Mapping[str, str],
    due: _Due,
    agreed: _Agreed,
) -> Json:
    return {
        **learner_as_json(shown.learner),
        "declaration": declaration_as_json(shown.portfolio.declaration),
        "units": [
            unit_as_json(unit, shown.portfolio, files, due.get(unit.code, ()), agreed[unit.key]) for unit in units
        ],
        "holds": [hold_as_json(each) for each in shown.portfolio.holds],
        "evidence_destroyed": destroyed_evidence_as_json(shown.portfolio.evidence_destroyed),
        "without_mark_sheet": list(shown.missing_units),
        "without_assignment_sheet": list(shown.missing_assignments),
        "evidence": [file_as_json(file) for file in evidence.files],
        "evidence_problems": list(evidence.problems),
        "evidence_left_out": list(evidence.left_out),
        "evidence_cut_short": evidence.truncated,
        "cases": _cases(shown),
        "claims": _claims(shown),
        "newer_events": len(shown.newer),
        "events_not_understood": len(shown.portfolio.unknown) - len(shown.newer),
        "incomplete": shown.incomplete,
        "findings": [finding_as_json(finding) for finding in shown.findings],
    }


def _cases(shown: LearnerPortfolio) -> list[Json]:
    if not shown.portfolio.cases:
        return []
    from markterm.exports.plain.case import case_as_json  # Few learners have one.

    return [case_as_json(each) for each in shown.portfolio.cases]


def _claims(shown: LearnerPortfolio) -> list[Json]:
    if not shown.portfolio.claims:
        return []
    from markterm.domain.claims.since import changed_since  # Only who is done has one.
    from markterm.exports.plain.claim import claim_as_json

    return [claim_as_json(each, changed_since(each, shown.portfolio)) for each in shown.portfolio.claims]
