"""What verifiers sampled, answered and asked for, and the cases of learners, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.cases import CaseRecord
from markterm.domain.record.portfolio import Portfolio, UnitRecord
from markterm.domain.record.verifying import Verification
from markterm.domain.words.local_time import local
from markterm.exports.table.model import Column, Row, Table

Named = Callable[[str], str]
"""Gives a member's name by their id."""
WHO = (Column("Registration", 13), Column("Learner", 22), Column("Unit", 11))


class Logged(NamedTuple):
    """What was done about the verification of a unit of a learner: a row of the log."""

    registration: str
    name: str
    unit: str
    rest: Row


class ActionTold(NamedTuple):
    """An action with whose it is; no registration where minutes or a brief set it, which `on` names then."""

    registration: str
    name: str
    on: str
    action: ActionRecord


class CaseTold(NamedTuple):
    """A case of a learner."""

    registration: str
    name: str
    case: CaseRecord


def logged(registration: str, name: str, portfolio: Portfolio, name_of: Named) -> Iterator[Logged]:
    """What was sampled, looked at and verified of a learner, unit by unit, as it stands: answers that are stale, in
    training or not finished are told as such."""
    for key, record in portfolio.units.items():
        for sample in record.after.samples:
            by, whom = name_of(sample.actor), name_of(sample.verifier) if sample.verifier else ""
            due = sample.due
            rest = (local(sample.at).date(), "sampled", sample.stage, sample.attempt, by, whom, due, sample.why)
            yield Logged(registration, name, key.code, (*rest, "", "", "", ""))
        for answer in (*record.after.looks, *record.after.verifications):
            yield Logged(registration, name, key.code, _answered(answer, record, name_of))


def _answered(answer: Verification, record: UnitRecord, name_of: Named) -> Row:
    stale = record.why_stale(answer)
    how_far = "; ".join(filter(None, (*answer.how_far, f"stale: {stale}" if stale else "")))
    read = record.after.acknowledged(answer.uid)
    acknowledged = f"{local(read.at).date()} {name_of(read.actor)}: {read.word}".rstrip(": ") if read else ""
    return (
        local(answer.at).date(),
        "looked at" if answer.is_interim else "verified",
        "interim" if answer.is_interim else "summative",
        answer.attempt,
        name_of(answer.actor),
        "",
        None,
        "\n".join(filter(None, (answer.in_words, answer.why_not))),
        how_far,
        answer.report.strengths,
        answer.report.development,
        acknowledged,
    )


def log_table(entries: Sequence[Logged]) -> Table:
    """The verification log: every sample, interim look and verification that stands, in the order of their days."""
    columns = (
        *WHO,
        *(Column("Day", 10), Column("What", 10), Column("Stage", 10), Column("Attempt", 7), Column("By", 16)),
        *(Column("Given to", 16), Column("Due", 10), Column("Why, or what was answered", 40)),
        *(Column("How far", 22), Column("Strengths", 30), Column("Development", 30), Column("Acknowledged", 22)),
    )

    def rows() -> Iterator[Row]:
        for each in sorted(entries, key=lambda each: (str(each.rest[0]), each.registration, each.unit)):
            yield each.registration, each.name, each.unit, *each.rest

    return Table("Verification log", "Verification log", columns, rows, 3)


def action_table(actions: Sequence[ActionTold], today: date, name_of: Named) -> Table:
    """Every action: what was asked of whom until when, each step since, and where it stands."""
    columns = (
        *WHO,
        *(Column("Criterion", 8), Column("Action", 40), Column("Owner", 16), Column("Due", 10)),
        *(Column("State", 12), Column("Overdue", 8), Column("Set by", 16), Column("Set on", 10), Column("Steps", 40)),
    )

    def rows() -> Iterator[Row]:
        for each in sorted(actions, key=lambda each: (each.action.due or date.max, each.registration)):
            action = each.action
            yield (
                *(each.registration, each.name, each.on, action.criterion, action.text, name_of(action.owner)),
                *(action.due, action.state.value, "overdue" if action.is_overdue(today) else ""),
                *(name_of(action.first.actor), local(action.first.at).date(), steps_in_words(action, name_of)),
            )

    return Table("Actions", "Actions", columns, rows, 3)


def steps_in_words(action: ActionRecord, name_of: Named) -> str:
    """What became of an action since it was set, a step a line."""
    return "\n".join(
        f"{local(step.at).date()} {step.step.value}, {name_of(step.actor)}: {step.text}".rstrip(": ")
        for step in action.steps[1:]
    )


def case_table(cases: Sequence[CaseTold], name_of: Named) -> Table:
    """Every case, open or closed, with its steps."""
    columns = (
        *WHO,
        *(Column("Criterion", 8), Column("About", 16), Column("State", 18), Column("Holds", 8)),
        *(Column("Opened", 10), Column("Steps", 70)),
    )

    def rows() -> Iterator[Row]:
        for each in cases:
            case = each.case
            unit = case.unit.code if case.unit is not None else ""
            steps = "\n".join(
                f"{step.on or local(step.at).date()} {step.step.value}{f' to {step.to}' if step.to else ''}, "
                f"{name_of(step.actor)}: {step.text}".rstrip(": ")
                for step in case.steps
            )
            holds = "holds" if case.holds else ""
            opened = case.first.on or local(case.first.at).date()
            yield each.registration, each.name, unit, case.criterion, case.about.value, case.state, holds, opened, steps

    return Table("Cases", "Cases", columns, rows, 3)
