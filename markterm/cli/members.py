"""`markterm members`: the staff, what they may mark, and what they have shown of what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from markterm.cli import completion
from markterm.cli.everybody import everybody
from markterm.cli.hints import line_of
from markterm.cli.output import columns, say, say_json
from markterm.cli.session import Command, Session, pass_session
from markterm.domain.assessed.competence import WARNED_DAYS, Competence, CompetenceState
from markterm.domain.assessed.member import Member
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.exports.plain.competence import competence_as_json
from markterm.exports.plain.finding import finding_as_json
from markterm.exports.plain.values import iso

if TYPE_CHECKING:
    from markterm.centre.centre_due import CentreDue
    from markterm.centre.staff import MemberCompetence
    from markterm.centre.standardisation import LastStandardised

_INCOMPLETE = 1
_SIGNS = {
    CompetenceState.MET: "✓",
    CompetenceState.LAPSING: "!",
    CompetenceState.LAPSED: "✗",
    CompetenceState.MISSING: "✗",
}


@click.command("members", cls=Command)
@click.argument("asked_for", metavar="[MEMBER]", required=False, shell_complete=completion.members)
@click.option("--same-person", is_flag=True, help="Record that MEMBER is whom the record knows under another name.")
@pass_session
def command(session: Session, asked_for: str | None, same_person: bool) -> int:
    """Show the members of staff and their competence.

    For every member roles, units, and each requirement of mark_sheets/competence that applies to them: whether it is
    met by what stands in members/<id>.md, and the last day on which that counts. What CPD they planned is told too, and
    what of it is overdue. For one MEMBER also what was shown, and what could show the rest. Ends with 1 when a
    requirement has lapsed or was never shown, as markterm check does for an error; what lapses within 90 days is only
    told.

    The record keeps who the members were. An id whose name became a wholly different one, or that somebody had who
    left, is refused for acting: give a new person an id of their own. A person with a new name says so, or somebody
    says so for them: --same-person.

    \b
    Examples:
      markterm members
      markterm members asha
      markterm members asha --same-person --as asha
    """
    centre = session.centre()
    if same_person:
        if asked_for is None:
            raise WrongUse("Who is it?", "Nobody was named.", "Name the member: markterm members ID --same-person.")
        member = centre.staff.same_person(asked_for)
        click.echo(one_line(f"Recorded: {member.id} is {member.name} from now on."), err=True)
    staff = centre.staff
    members = tuple(staff.everybody()) if asked_for is None else (staff.member(asked_for),)
    everybody(centre)  # For which qualifications there are learners.
    last, due = tuple(centre.standardisation.last()), centre.due.now()
    if session.as_json:
        say_json([_as_json(each, last, due) for each in members])
    else:
        for number, each in enumerate(members):
            if number:
                say()
            for line in _lines(each, with_evidence=asked_for is not None):
                say(line)
            for line in (*_standardised(each.member, last), *_cpd(each.member, due)):
                say(line)
        for each in members:
            for finding in each.findings:
                click.echo(one_line(line_of(finding)), err=True)
    return 0 if all(each.complete for each in members) else _INCOMPLETE


def _lines(shown: MemberCompetence, *, with_evidence: bool) -> Iterator[str]:
    member = shown.member
    lead = ", Lead IV" if member.lead else ", in training as a verifier" if member.learning_to_verify else ""
    yield one_line(f"{member.id} {member.name}: {', '.join(_roles(member)) or 'no role'}{lead}")
    for told, units in (("approved for", member.units), ("in training for", member.training)):
        if units:
            yield f"  {told} {one_line(', '.join(sorted(units)))}"
    if not shown.competence:
        yield "  nothing is asked of them"
        return
    counted = [(state, shown.count(state)) for state in CompetenceState]
    counts = [f"{count} {_words(state)}" for state, count in counted if count]
    source = f"members/{member.id}.md" if shown.has_file else "centre.toml" if member.competence or member.cpd else ""
    yield f"  {', '.join(counts)}" + (f", by {source}" if source else f"; there is no members/{member.id}.md")
    for sheet, competence in shown.competence:
        yield f"  {one_line(f'{sheet.code} {sheet.title}')}"
        for each, line in zip(competence, columns([_cells(each) for each in competence]), strict=True):
            yield f"    {line}"
            if with_evidence and each.shown is not None and each.shown.what:
                yield f"        shown {each.shown.day}: {one_line(each.shown.what)}"
            if with_evidence and each.state is not CompetenceState.MET:
                for text in each.requirement.evidence:
                    yield f"        such as {one_line(text)}"
                for text in each.requirement.lasting:
                    yield f"        or, for good, {one_line(text)}"


def _standardised(member: Member, last: Sequence[LastStandardised]) -> Iterator[str]:
    for each in last:
        if each.member == member:
            when = f"on {each.on}" if each.on is not None else "never yet"
            late = "! " if each.overdue else ""
            when += f", due by {each.due}" if each.due is not None else ""
            yield f"  {late}{one_line(f'standardised for {each.qualification}: {when}')}"


def _cpd(member: Member, due: CentreDue) -> Iterator[str]:
    for each in due.of(member.id).cpd:
        said = each.item.said
        by = f", by {said.by}" if said.by is not None else ""
        late = "! overdue, " if each.item.is_overdue(due.today) else ""
        yield f"  {late}{one_line(f'CPD planned{by}: {said.what}')}"


def _cells(each: Competence) -> tuple[str, ...]:
    until = f"until {each.until}" if each.until is not None else ""
    return each.requirement.code, f"{_SIGNS[each.state]} {each.state}", until, one_line(each.requirement.text)


def _words(state: CompetenceState) -> str:
    return f"lapsing within {WARNED_DAYS} days" if state is CompetenceState.LAPSING else state.value


def _roles(member: Member) -> list[str]:
    return sorted(role.value for role in member.roles)


def _as_json(shown: MemberCompetence, last: Sequence[LastStandardised], due: CentreDue) -> dict[str, object]:
    member = shown.member
    planned = [each.item for each in due.of(member.id).cpd]
    return {
        "id": member.id,
        "name": member.name,
        "roles": _roles(member),
        "lead": member.lead,
        "learning_to_verify": member.learning_to_verify,
        "units": sorted(member.units),
        "training": sorted(member.training),
        "file": shown.has_file,
        "counts": {state.value: shown.count(state) for state in CompetenceState},
        "complete": shown.complete,
        "cpd_planned": len(planned),
        "cpd_overdue": sum(each.is_overdue(due.today) for each in planned),
        "requirements": [
            {"sheet": sheet.code, **competence_as_json(each)} for sheet, own in shown.competence for each in own
        ],
        "standardised": [
            {
                "qualification": each.qualification,
                "on": iso(each.on),
                "due": iso(each.due),
                "overdue": each.overdue,
            }
            for each in last
            if each.member == member
        ],
        "findings": [finding_as_json(finding) for finding in shown.findings],
    }
