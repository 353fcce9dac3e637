"""How a centre assures the quality of its assessment, as tables: plan, observations, standardisation, briefs, members
and their conflicts of interest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markterm.domain.assessed.competence import Competence, CompetenceState
from markterm.domain.assessed.member import Member
from markterm.domain.record.briefs import Brief, BriefVerification
from markterm.domain.record.interest import Interest
from markterm.domain.record.observation import Observation
from markterm.domain.record.plans import StandingPlan
from markterm.domain.record.standardisation import Minutes, Standardisation
from markterm.domain.sampling import table as sampling
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Cell, Column, Row, Sign, Table, Tone
from markterm.exports.table.verifying import WHO, Named

_COMPETENCE = {
    CompetenceState.MET: Tone.PASS,
    CompetenceState.LAPSING: Tone.WAITING,
    CompetenceState.LAPSED: Tone.REFER,
    CompetenceState.MISSING: Tone.REFER,
}


def plan_tables(
    stands: StandingPlan, planned: sampling.Table, names: Mapping[str, str], name_of: Named
) -> tuple[Table, Table]:
    """The sampling plan as it stands, sample by sample with why it was chosen, and what each of its rules asked and
    got; `names` are the learners'."""
    columns = (
        *WHO,
        *(Column("Assessor", 16), Column("Risk", 7), Column("Stage", 10), Column("Method", 16)),
        *(Column("Verifier", 16), Column("Planned", 10), Column("Actual", 10), Column("State", 14)),
        *(Column("Report", 20), Column("Why", 45), Column("Changed by hand", 30)),
    )

    def rows() -> Iterator[Row]:
        for each in planned.rows:
            sample, said = each.sample, each.sample.planned
            learner = each.unit.learner if each.unit is not None else said.learner
            by_hand = [change.words for change in sample.by_hand]
            yield (
                *(learner, names.get(learner, ""), said.unit, name_of(said.assessor), said.risk, said.stage),
                *(sample.method, name_of(sample.verifier) if sample.verifier else "", each.by, each.actual),
                *(each.where.value, each.report, sample.in_words),
                "; ".join(filter(None, (*by_hand, f"nobody may look at it: {each.nobody}" if each.nobody else ""))),
            )
        for (learner, unit), why in stands.dropped.items():
            yield learner, names.get(learner, ""), unit, *("",) * 5, None, None, "dropped", "", why, ""

    adopted = ", ".join(f"{name_of(each.actor)} on {local(each.at).date()}" for each in stands.adopted)
    days = f"{stands.begins} to {stands.ends}"
    notes = (f"Adopted by {adopted}." if adopted else "No plan is adopted for these days.", planned.proves)
    plan = Table("Sampling plan", f"Sampling plan, {days}", columns, rows, 3, tuple(filter(None, notes)))
    return plan, _rules(stands, days)


def _rules(stands: StandingPlan, days: str) -> Table:
    columns = (Column("Rule", 50), Column("Asked", 7), Column("Of", 7), Column("Got", 7), Column("Why fewer", 50))

    def rows() -> Iterator[Row]:
        if stands.latest is not None:
            for each in stands.latest.said.rules:
                yield each.words, each.asked, each.of, each.got, each.why

    return Table("Rules of the plan", f"What the rules of the plan asked and got, {days}", columns, rows, 1)


def observation_table(observations: Sequence[Observation], today: date, name_of: Named) -> Table:
    """Observations of assessors, and interviews about their work: planned, overdue and recorded."""
    columns = (
        *(Column("Assessor", 16), Column("How", 14), Column("Unit", 11), Column("Asked", 18), Column("Verifier", 16)),
        *(Column("Due", 10), Column("State", 12), Column("On", 10), Column("By", 16), Column("Record", 40)),
        *(Column("Strengths", 30), Column("Development", 30), Column("Why", 24)),
    )

    def rows() -> Iterator[Row]:
        for each in observations:
            said, plan = each.said, each.plan
            state = "overdue" if each.is_overdue(today) else each.state.value
            about = (name_of(said.assessor), said.how.value, said.unit, said.witness or said.learner)
            planned = (name_of(said.verifier) if said.verifier else "", plan.due if plan is not None else None, state)
            why = "; ".join(filter(None, (plan.text if plan is not None else "", each.dropped or "")))
            for record in each.records:
                told = record.said
                text = (told.text, told.strengths, told.development)
                yield *about, *planned, told.on, name_of(record.actor), *text, why
            if not each.records:
                yield *about, *planned, None, "", "", "", "", why

    return Table("Observations", "Observations of assessors", columns, rows, 1)


def standardisation_tables(every: Sequence[Standardisation], name_of: Named) -> tuple[Table, Table]:
    """The standardisations with their minutes, and what was agreed of each criterion. What members said alone is told
    of none that is open."""
    columns = (
        *(Column("Qualification", 14), Column("State", 10), Column("Opened", 10), Column("By", 16)),
        *(Column("Why", 24), Column("Met on", 10), Column("Minutes by", 16), Column("Present", 24)),
        *(Column("Apologies", 16), Column("Last time", 30), Column("Discussion", 45)),
    )

    def rows() -> Iterator[Row]:
        for each in every:
            why = "; ".join(filter(None, (each.why, f"dropped: {each.dropped}" if each.dropped else "")))
            opened = (each.qualification, each.state.value, local(each.at).date(), name_of(each.actor), why)
            for minutes in each.minutes:
                yield *opened, *_minutes(minutes, name_of)
            if not each.minutes:
                yield *opened, None, *("",) * 5

    return Table("Standardisation", "Standardisation", columns, rows, 1), _agreed(every)


def _minutes(minutes: Minutes, name_of: Named) -> tuple[Cell, ...]:
    said = minutes.said
    present, away = (", ".join(map(name_of, who)) for who in (said.present, said.apologies))
    return minutes.on, name_of(minutes.actor), present, away, said.last_time, said.text


def _agreed(every: Sequence[Standardisation]) -> Table:
    columns = (
        *(Column("Qualification", 14), Column("Met on", 10), Column("Exhibit", 7), Column("Unit", 11)),
        *(Column("Criterion", 8), Column("Agreed", 16), Column("Note", 60)),
    )

    def rows() -> Iterator[Row]:
        for each in every:
            for minutes in each.minutes:
                for told in minutes.agreed:
                    exhibit = each.exhibit(told.exhibit)
                    unit = exhibit.unit if exhibit is not None else ""
                    what = (told.exhibit, unit, told.criterion, each.word(told), told.note)
                    yield each.qualification, minutes.on, *what

    return Table("Agreed", "What standardisation agreed on", columns, rows, 1)


def brief_table(briefs: Sequence[Brief], name_of: Named) -> Table:
    """The briefs of assignments, and how each was verified."""
    columns = (
        *(Column("Assignment", 16), Column("State", 20), Column("On", 10), Column("Verifier", 16)),
        *(Column("Fit", 8), Column("Not met", 45), Column("Action", 40), Column("Action's state", 12)),
        Column("SHA-256 of the sheet", 30),
    )

    def rows() -> Iterator[Row]:
        for brief in briefs:
            for each in brief.standing:
                yield brief.assignment, brief.state.value, *_brief_verified(each, name_of)
            if not brief.standing:
                yield brief.assignment, brief.state.value, None, *("",) * 6

    return Table("Briefs", "Briefs of assignments", columns, rows, 1)


def _brief_verified(each: BriefVerification, name_of: Named) -> tuple[Cell, ...]:
    not_met = "\n".join(line.asked for line in each.said.checklist if not line.met)
    action = each.action
    told = (action.text, action.state.value) if action is not None else ("", "")
    fit = "fit" if each.said.fit else "not fit"
    return each.on, name_of(each.actor), fit, not_met, *told, each.said.sha256


def member_table(members: Sequence[tuple[Member, str, Sequence[Competence]]]) -> Table:
    """What each member has shown of their competence and CPD, requirement by requirement: each with the code of the
    sheet that asks for it. A member of whom nothing is asked has a row too."""
    columns = (
        *(Column("Member", 20), Column("Roles", 22), Column("Approved for", 20), Column("In training for", 14)),
        *(Column("Sheet", 14), Column("Code", 8), Column("Requirement", 45), Column("CPD", 5), Column("State", 9)),
        *(Column("Until", 10), Column("Shown on", 10), Column("What was shown", 40)),
    )

    def rows() -> Iterator[Row]:
        for member, sheet, asked in members:
            roles = ", ".join((*sorted(role.value for role in member.roles), *(["Lead IV"] if member.lead else [])))
            who = (member.name, roles, ", ".join(sorted(member.units)), ", ".join(sorted(member.training)))
            for each in asked:
                yield *who, sheet, *_requirement(each)
            if not asked:
                yield *who, "", "", "nothing is asked of them", "", None, None, None, ""

    return Table("Members", "Competence and CPD of the members", columns, rows, 1)


def _requirement(each: Competence) -> tuple[Cell, ...]:
    asked, shown = each.requirement, each.shown
    state = Sign(each.state.value, each.state.value, _COMPETENCE[each.state])
    told = (shown.day, shown.what) if shown is not None else (None, "")
    return asked.code, asked.text, "CPD" if asked.is_cpd else "", state, each.until, *told


def interest_table(interests: Sequence[Interest], names: Mapping[str, str], name_of: Named) -> Table:
    """The conflicts of interest that were declared, also those that have ended; `names` are the learners'."""
    columns = (
        *(Column("Member", 20), Column("Registration", 13), Column("Learner", 22), Column("How they are close", 40)),
        *(Column("Since", 10), Column("Awarding organisation told", 12), Column("Ended", 10)),
        *(Column("Declared by", 16), Column("Declared on", 10)),
    )

    def rows() -> Iterator[Row]:
        for each in interests:
            days = (each.since, each.told, each.ended, name_of(each.actor), local(each.at).date())
            yield name_of(each.member), each.learner, names.get(each.learner, ""), each.why, *days

    return Table("Conflicts of interest", "Conflicts of interest", columns, rows, 1)
