"""What can be done with the line under the cursor of the queue, the plan and the actions, the most useful first: what
the key bar tells there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.actions import ActionStep
from markterm.domain.views.due import Step
from markterm.domain.views.listed_actions import ListedAction
from markterm.domain.views.queue import Queued, Whose

Told = Iterator[tuple[str, str]]
"""The ids of commands, and what each is called here."""


def told_of_queue(chosen: Queued | None, *, others: int, with_others: bool, decides_first: bool) -> Told:
    """What can be done with a step of the queue; `others` is how many were given to others."""
    if chosen is not None:
        yield "queue.open", _opens(chosen)
    yield "samples.next-list", "plan"
    yield "samples.filter", "filter"
    if others:
        yield "queue.others", "without others'" if with_others else f"{others:,} of others"
    if chosen is not None:
        yield "samples.learner", "record"
        yield "samples.history", "history"
    if chosen is not None or decides_first:
        yield "queue.decide-first", "see first" if decides_first else "decide first"


def _opens(chosen: Queued) -> str:
    if chosen.whose is Whose.OTHERS:
        return "look at it"
    if chosen.step.step is Step.ACCEPT:
        return "action"
    if chosen.what == "countersign":
        return "countersign"
    return "go on" if chosen.what.endswith("answered") else "verify"


class Planned(NamedTuple):
    """The line under the cursor of the plan, and what is marked."""

    is_sample: bool = False
    is_taken_out: bool = False
    marked: int = 0
    has_samples: bool = False


def told_of_plan(at: Planned, member: Member | None) -> Told:
    """What can be done with a sample of the plan, or with all that are marked. Only a verifier changes a plan."""
    plans = member is None or Role.VERIFIER in member.roles
    of = f" {at.marked:,}" if at.marked else ""
    if at.is_sample and not at.marked:
        yield "plan.open", "open"
    if not at.has_samples and plans:
        yield "plan.propose", "propose"
    if at.is_taken_out and plans:
        yield "plan.add", "put back"
    if at.has_samples and plans and (at.is_sample or at.marked):
        yield "plan.date", f"date{of}"
        yield "plan.assign", f"verifier{of}"
        yield "plan.drop", f"take out{of}"
        yield "plan.mark-line", "mark"
    yield "samples.next-list", "actions"
    yield "samples.filter", "filter"
    if at.is_sample or at.is_taken_out:
        yield "plan.why", "why"
    if plans and not at.is_taken_out:
        yield "plan.add", "add"
    if plans and at.has_samples:
        yield "plan.propose", "propose"
        if at.is_sample or at.marked:
            yield "plan.method", f"method{of}"
            yield "plan.mark-all", "mark all"
    if at.is_sample:
        yield "samples.learner", "record"
        yield "samples.history", "history"
    yield "plan.why-of-any", "why of any"


def told_of_actions(chosen: ListedAction | None, member: Member | None, *, mine: bool, finished: bool) -> Told:
    """What can be done with an action. A verifier who does not own it accepts what is done, and sets it again."""
    if chosen is not None:
        steps = chosen.steps_for(member)
        to_accept = ActionStep.ACCEPTED in steps
        if to_accept:
            yield "action.accept", "accept"
            yield "action.again", "send back"
        if ActionStep.DONE in steps:
            yield "action.done", "done"
        if chosen.row is not None and chosen.unit is not None:
            yield "action.open", "open"
        if ActionStep.REASSIGNED in steps:
            yield "action.reassign", "reassign"
        if ActionStep.SET in steps and not to_accept:
            yield "action.again", "set again"
        if chosen.action.criterion and chosen.action.verification:
            yield "action.wider", "elsewhere"
    yield "samples.next-list", "queue"
    yield "samples.filter", "filter"
    yield "action.mine", "everybody's" if mine else "mine"
    yield "action.finished", "open" if finished else "accepted too"
    if chosen is not None and chosen.row is not None:
        yield "samples.learner", "record"
        yield "samples.history", "history"
