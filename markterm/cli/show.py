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
from markterm.cli.unit_in_lines import declaration_line, unit_lines
from markterm.cli.wording import (
    learner_line,
)
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.event import Kind
from markterm.domain.views.caseload import UnitProgress
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.brief import brief_as_json
from markterm.exports.plain.evidence import file_as_json
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.learner import departure_as_json, learner_as_json, standings_as_json
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

_Progress = Mapping[str, UnitProgress]
"""How far each unit is in the caseload, by its code."""


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
    progress = {each.code: each for each in centre.caseload.row_of(folder_name(registration)).units}
    cited = any(each.citations for unit in units for each in shown.portfolio.unit(unit.key).criteria.values())
    accounts = shown.portfolio.accounts
    # Only to tell what became of files that are cited, are accounts or have a method: reading all takes its time.
    files = centre.fixing.looked_at(registration) if cited or accounts.kept or accounts.methods else {}
    agreed = centre.standardisation.agreed(unit.key for unit in units)
    if session.as_json:
        told = _as_json(centre, shown, units, evidence, files, progress, agreed) | {
            "drafts": _drafts(centre, shown, units)
        }
        briefs = [brief_as_json(each) for each in centre.briefs.told(shown.assignments)]
        from markterm.exports.plain.signing_key import signatures_as_json  # Lines tell of signatures by themselves.

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
    for line in _lines(centre, shown, units, evidence, files, progress, agreed, with_descriptors=unit is not None):
        say(line)


def _lines(
    centre: Centre,
    shown: LearnerPortfolio,
    units: tuple[Unit, ...],
    evidence: EvidenceFolder,
    files: Mapping[str, str] | None,
    progress: _Progress,
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
        ("Registered for", ", ".join(each.in_words for each in learner.registered_for)),
        ("Left, by their file", learner.left.isoformat() if learner.left and not shown.portfolio.departure else ""),
    )
    if told := ", ".join(f"{name}: {one_line(fact)}" for name, fact in facts if fact):
        yield told
    departure = shown.portfolio.departure
    if departure is not None:
        who = centre.details.name_of(departure.actor, departure.at)
        yield one_line(f"{departure.in_words[:1].upper()}{departure.in_words[1:]} (recorded by {who})")
    declared = shown.portfolio.declaration
    yield declaration_line(centre, declared) if declared is not None else _declared_units(shown)
    for unit in units:
        yield ""
        far, views = progress.get(unit.code), agreed[unit.key]
        yield from unit_lines(centre, unit, shown, files, far, views, with_descriptors=with_descriptors)
    yield ""
    yield from _cpd(centre, shown)
    if shown.portfolio.cases:
        from markterm.cli.follow_up import case_lines  # Few learners have one.

        for case in shown.portfolio.cases:
            yield from case_lines(centre, case)
    accounts = shown.portfolio.accounts
    for account in accounts.kept:
        if any(each.unit in {unit.key for unit in units} for each in account.said.covers):
            from markterm.cli.accounts_told import account_line  # Few learners have one.

            found = account.found(files, destroyed=shown.portfolio.evidence_destroyed is not None)
            yield account_line(found, centre.details.name_of)
    for comment in shown.portfolio.comments:
        if comment.section.unit is None:
            who = f"{centre.details.name_of(comment.actor, comment.at)} {moment(comment.at)}"
            yield one_line(f"Comment on task {comment.section.task} of {comment.section.assignment} by {who}:")
            yield indented(comment.text, 4)
    if any(event.kind == Kind.BADGE for event in shown.portfolio.aside):
        from markterm.cli.follow_up import badge_lines  # Few learners have one.

        yield from badge_lines(shown.portfolio)
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
    for assignment in shown.assignments:
        if assignment.lacks_approval:
            yield one_line(f"{assignment.code}: {assignment.lacks_approval}")
    for code in shown.missing_units:
        yield f"{one_line(code)}: the centre has no mark sheet for this unit"
    for code in shown.missing_assignments:
        yield f"{one_line(code)}: the centre has no sound sheet for this assignment"
    for hold in shown.portfolio.holds:
        if not hold.lifted:
            yield one_line(f"Held by {centre.details.name_of(hold.actor, hold.at)}, nothing is destroyed: {hold.text}")
    for coming in centre.destructions.told(shown.learner.registration, centre.recorder.now()):
        yield one_line(f"! {coming.of_what.capitalize()} is {coming.words}")
    destroyed = shown.portfolio.evidence_destroyed
    if destroyed is not None:
        yield one_line(f"Evidence {destroyed.words}")
    others = centre.of_another.told(learner.registration)
    if evidence.documents or destroyed is None:
        yield "Evidence" if evidence.documents or evidence.problems else "Evidence: none yet"
    new = frozenset(centre.new_work.of(shown.portfolio, evidence.files))
    if files is None and not evidence.problems:
        yield "  ! what is in the files cannot be looked at now"
    for file in evidence.files:
        also = (
            accounts.in_words(file.name, centre.details.name_of, files or {}),
            others.get(file.name, ""),
            "new" if file.name in new else "",
        )
        yield "  ".join(("", file.name, f"{file.size:,} bytes", file.kind_words, *map(one_line, filter(None, also))))
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


def _cpd(centre: Centre, shown: LearnerPortfolio) -> Iterator[str]:
    if any(event.kind == Kind.CPD_PLANNED for event in shown.portfolio.aside):
        from markterm.domain.record.cpd import cpd  # Few learners have any.

        if told := cpd(shown.portfolio.aside).in_words(centre.development.today):
            yield one_line(f"CPD: {told}")


def _declared_units(shown: LearnerPortfolio) -> str:
    """Of which units alone there is a declaration, each of which is told with its unit."""
    codes = [unit.code for unit in shown.units if shown.portfolio.declared(unit.key) is not None]
    told = f"of {', '.join(codes)} alone" if codes else "none yet"
    return one_line(f"Declaration of authenticity: {told}")


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


def _accounts(centre: Centre, shown: LearnerPortfolio, files: Mapping[str, str] | None) -> list[Json]:
    """What was seen and said of the learner, as JSON."""
    kept = shown.portfolio.accounts.kept
    if not kept:
        return []
    from markterm.exports.plain.account import account_as_json  # Few learners have one.

    name_of, destroyed = centre.details.name_of, shown.portfolio.evidence_destroyed is not None
    return [account_as_json(each, name_of, files, destroyed=destroyed) for each in kept]


def _as_json(
    centre: Centre,
    shown: LearnerPortfolio,
    units: tuple[Unit, ...],
    evidence: EvidenceFolder,
    files: Mapping[str, str] | None,
    progress: _Progress,
    agreed: _Agreed,
) -> Json:
    from markterm.exports.plain.retention import destroyed_evidence_as_json, destruction_as_json, hold_as_json

    coming = centre.destructions.told(shown.learner.registration, centre.recorder.now())
    others = centre.of_another.told(shown.learner.registration)
    return {
        **learner_as_json(shown.learner),
        "departure": departure_as_json(shown.portfolio.departure),
        "declaration": declaration_as_json(shown.portfolio.declaration),
        "units": [
            unit_as_json(
                unit,
                shown.portfolio,
                files,
                progress.get(unit.code),
                agreed[unit.key],
                centre.mappings.covers(unit),
            )
            for unit in units
        ],
        "holds": [hold_as_json(each) for each in shown.portfolio.holds],
        "to_be_destroyed": [destruction_as_json(each) for each in coming],
        "evidence_destroyed": destroyed_evidence_as_json(shown.portfolio.evidence_destroyed),
        "without_mark_sheet": list(shown.missing_units),
        "without_approval": {each.code: each.lacks_approval for each in shown.assignments if each.lacks_approval},
        "without_assignment_sheet": list(shown.missing_assignments),
        "evidence": [file_as_json(file, others.get(file.name, "")) for file in evidence.files],
        "new_files": list(centre.new_work.of(shown.portfolio, evidence.files)),
        "accounts": _accounts(centre, shown, files),
        "evidence_problems": list(evidence.problems),
        "evidence_left_out": list(evidence.left_out),
        "evidence_cut_short": evidence.truncated,
        "cases": _cases(shown),
        "claims": _claims(shown),
        "badges": _badges(shown),
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


def _badges(shown: LearnerPortfolio) -> list[Json]:
    if not shown.portfolio.aside:
        return []
    from markterm.domain.claims.badges import standing_of
    from markterm.exports.plain.badge import badge_as_json

    portfolio, learner = shown.portfolio, shown.learner.registration
    return [badge_as_json(learner, each.unit, standing_of(each, portfolio)) for each in portfolio.badges.issued]


def _claims(shown: LearnerPortfolio) -> list[Json]:
    if not shown.portfolio.claims:
        return []
    from markterm.domain.claims.since import changed_since  # Only who is done has one.
    from markterm.exports.plain.claim import claim_as_json

    return [claim_as_json(each, changed_since(each, shown.portfolio)) for each in shown.portfolio.claims]
