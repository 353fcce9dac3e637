"""Planning what is verified: a plan is adopted, and changed by hand, always with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.body import Body
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged, Planned
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.record.plans import Adopted, ByHand, Key, StandingPlan, plans_of
from markterm.domain.rules.act import Act, entry, in_role
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean


def adopt(
    act: Act, events: Sequence[Event], plan: Planned, seen: Collection[str], taken_up: Collection[str] = ()
) -> Event:
    """The adopting of a plan that was proposed with the plans and changes of these uids in sight.

    It takes the place of the plans among them, and of the changes that it has `taken_up`. Raises `Refused` when whoever
    acts plans nothing, when the plan holds nothing, when somebody adopted or changed one meanwhile, and when another
    plan is for some of the same days.
    """
    member = planner(act)
    check_period(events, plan.begins, plan.ends)
    mine = _plan_for(plans_of(events), plan.begins, plan.ends)
    every: tuple[Adopted | ByHand, ...] = (*mine.adopted, *mine.changes)
    unseen = [each for each in every if each.uid not in seen]
    if unseen:
        raise Refused(
            "The plan changed meanwhile",
            f"{unseen[-1].actor} changed the plan for {plan.begins} to {plan.ends} after this one was proposed.",
            "Look at what is proposed now, then adopt that.",
        )
    if not plan.samples:
        raise Refused(
            "Nothing to adopt",
            f"From {plan.begins} to {plan.ends} nothing was assessed that could be sampled.",
            "Adopt a plan once something is decided.",
        )
    return _entry(act, member, Kind.PLANNED, plan, (*(each.uid for each in mine.adopted), *taken_up))


def change(
    act: Act, events: Sequence[Event], said: PlanChanged, verifiers: Collection[Member], shown: StandingPlan
) -> Event:
    """A change by hand of the plan for the days that it names, whose samples may be looked at by these verifiers, and
    which was `shown` to whoever makes it.

    Raises `Refused` when whoever acts plans nothing, no reason is given, there is nothing of that to change, it is so
    already, or somebody changed the same of the sample meanwhile; `WrongUse` for a verifier who is none.
    """
    member = planner(act)
    plan = _plan_for(plans_of(events), said.begins, said.ends)
    key = said.learner, said.unit
    name = f"{said.unit} of {said.learner}"
    if not said.why.strip():
        raise Refused(
            "A change needs a reason",
            f"The plan says of each of its samples why it is in it; {name} is as it was.",
            "Say why: a visit on that day, the verifier is away, an assessor who is new.",
        )
    _check_there_is_something_to_change(plan, key, said, name)
    if said.change is PlanChange.METHOD and not said.method.strip():
        raise WrongUse("Which method?", f"Nothing was said of how {name} is verified.", "Say it in a few words.")
    if said.verifier and said.verifier not in {each.id for each in verifiers}:
        known = ", ".join(sorted(each.id for each in verifiers)) or "nobody"
        meant = did_you_mean(said.verifier, sorted(each.id for each in verifiers), f"They are {known}.")
        raise WrongUse("No such verifier", f"{one_line(said.verifier)} is no verifier here.", meant)
    replaced = [each for each in plan.by_hand.get(key, ()) if each.said.change.aspect == said.change.aspect]
    seen = {each.uid for each in shown.by_hand.get(key, ())}
    unseen = [each for each in replaced if each.uid not in seen]
    if unseen:
        raise Refused(
            "The plan changed meanwhile",
            f"{name} was {unseen[-1].words.removesuffix('.')}. It stays so.",
            "Look at the plan as it is now, then change it.",
        )
    return _entry(act, member, Kind.PLAN_CHANGED, said, tuple(each.uid for each in replaced))


def check_period(events: Sequence[Event], begins: date, ends: date) -> None:
    """Raises `Refused` when another plan is for some of these days, `WrongUse` when they are none."""
    if ends < begins:
        raise WrongUse("Which days?", f"{ends} is before {begins}.", "Give the first day, then the last.")
    for plan in plans_of(events):
        if plan.period != (begins, ends) and plan.overlaps(begins, ends):
            raise Refused(
                "There is a plan for some of these days",
                f"The plan for {plan.begins} to {plan.ends} stands, and {begins} to {ends} overlaps it.",
                "Give the days of that plan, or days that are in no plan.",
            )


def _check_there_is_something_to_change(plan: StandingPlan, key: Key, said: PlanChanged, name: str) -> None:
    is_in = key in plan.samples
    if said.change is PlanChange.ADDED and is_in:
        raise Refused(
            "In the plan already",
            f"{name}: {plan.samples[key].in_words}.",
            "Give it another day or verifier.",
        )
    if said.change is PlanChange.DROPPED and key in plan.dropped:
        raise Refused("Not in the plan", f"{name} was {plan.dropped[key]}.", "Nothing has to be done.")
    if said.change is not PlanChange.ADDED and not is_in:
        raise Refused(
            "Not in the plan",
            f"{name} is in no plan for {plan.begins} to {plan.ends}.",
            "Add it first, with a reason.",
        )


def _plan_for(plans: Sequence[StandingPlan], begins: date, ends: date) -> StandingPlan:
    return next((each for each in plans if each.period == (begins, ends)), StandingPlan(begins, ends))


def planner(act: Act) -> Member:
    """The member who plans. Raises `Refused` for anybody but a verifier."""
    return in_role(act, Role.VERIFIER, "Only a verifier plans what is verified", "Ask a verifier")


def _entry(act: Act, member: Member, kind: Kind, said: Body, replaced: tuple[str, ...]) -> Event:
    event = entry(replace(act, learner=CENTRE), member, kind, Subject(), said, replaced)
    return replace(event, role=Role.VERIFIER.value)
