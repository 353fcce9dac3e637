"""What is proposed as a sampling plan: chosen by the strategy, shared among the verifiers, and ready to be adopted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from markterm.domain.assessed.strategy import Always, Risk, Strategies, Strategy
from markterm.domain.record.bodies.planning import ChosenFrom, PlanChange, Planned, PlannedRule, PlannedSample
from markterm.domain.record.event import Json
from markterm.domain.record.plans import Adopted, Key, StandingPlan, StandingSample
from markterm.domain.sampling.before import NOTHING_BEFORE, LookedAtBefore
from markterm.domain.sampling.candidate import Candidate, Stage, order_in
from markterm.domain.sampling.drawn import drawn_part
from markterm.domain.sampling.plan import Plan, propose
from markterm.domain.sampling.rules import Rule, rules_of, to_draw
from markterm.domain.sampling.sharing import shared

MayNot = Callable[[str, Key], str]
"""Why the verifier of that id may not look at a sample; an empty text where they may."""


@dataclass(frozen=True)
class Proposal:
    """A plan as it would be adopted, with the uids of what it has `seen` of the plan that stands.

    `nobody` are samples that nobody may verify, each with the sentence that says why; `lower_bound` is a number of
    samples that no plan can do without; `new` are those that do not stand yet. `taken_up` are the uids of changes by
    hand of what has another name by now: what they said stands in the plan itself.
    """

    said: Planned
    nobody: Mapping[Key, str]
    lower_bound: int
    seen: tuple[str, ...]
    new: tuple[Key, ...]
    taken_up: frozenset[str] = frozenset()

    def as_it_would_stand(self, stands: StandingPlan, at: datetime) -> StandingPlan:
        """The plan for the days of the one that `stands`, once this is adopted."""
        changes = tuple(each for each in stands.changes if each.uid not in self.taken_up)
        return StandingPlan(*stands.period, (Adopted("", "", at, self.said),), changes)


NOT_PROPOSED = "What is proposed of every learner is shown to those who see them all."
"""What is said where whoever asks may not see every learner: what the rules lack of some of them is no plan."""


def nothing_proposed(stands: StandingPlan, day: date) -> Proposal:
    """The plan that stands as it is told to somebody who may not see every learner, and nothing new."""
    said = stands.latest.said if stands.latest is not None else Planned(*stands.period, "", day)
    return Proposal(said if not said.is_whole else said.of_those(lambda *_: False), {}, 0, (), ())


def proposal(
    candidates: Sequence[Candidate],
    strategies: Strategies,
    stands: StandingPlan,
    verifiers: Collection[str],
    may_not: MayNot,
    *,
    seed: str,
    day: date,
    heads: str,
    now_called: Mapping[Key, Key],
    done: Mapping[Key, str],
    before: LookedAtBefore = NOTHING_BEFORE,
) -> Proposal:
    """What is proposed on that day for the days of the plan that `stands`: what is in it stays, and what the rules then
    lack is added.

    `now_called` says what learners and units are called by now that the plan knows under another name; `done` are those
    that were looked at, each by whom: nobody has to do them any more.
    """
    given = {each.key: each.given for each in candidates if each.given is not None}
    standing = {key: each.as_given(given.get(key)) for key, each in _as_called_now(stands.samples, now_called).items()}
    dropped = {now_called.get(key, key) for key in stands.dropped}
    drawn_before = frozenset(now_called.get(key, key) for key in drawn_part(stands))
    rules = rules_of(strategies, candidates, before)
    plan = propose(
        candidates,
        rules,
        seed,
        to_draw(strategies, candidates),
        standing={
            **{each.key: (each.sampled,) for each in candidates if each.sampled and each.key not in dropped},
            **{key: each.because for key, each in standing.items()},
        },
        drawn_before=drawn_before,
        dropped=dropped,
    )
    samples, nobody = _with_verifiers(
        _samples(plan, standing, strategies, day),
        {key: each.verifier for key, each in given.items() if each.verifier}
        | {key: each.verifier for key, each in standing.items()},
        verifiers,
        may_not,
        done,
    )
    said = Planned(
        stands.begins,
        stands.ends,
        seed,
        day,
        _said(strategies),
        heads,
        samples,
        tuple(
            PlannedRule(
                each.rule.words,
                each.rule.asked,
                each.rule.before + len(each.rule.among),
                each.got,
                each.why,
                each.rule.covers,
            )
            for each in plan.answers
        ),
        _chosen_from(candidates, rules),
        plan.drawn_from,
        len(plan.drawn),
    )
    seen = (*(each.uid for each in stands.adopted), *(each.uid for each in stands.changes))
    new = tuple((each.learner, each.unit) for each in samples if (each.learner, each.unit) not in standing)
    taken_up = frozenset(
        each.uid
        for each in stands.changes
        if now_called.get(each.key, each.key) != each.key and each.said.change is not PlanChange.DROPPED
    )
    return Proposal(said, nobody, plan.lower_bound, seen, new, taken_up)


def method_of(candidate: Candidate) -> str:
    """How such a sample is verified: an integrated assignment task by task, for one look covers all of its units."""
    assignments = sorted(name for what, name in candidate.labels if what == "assignment")
    return f"by task of {', '.join(assignments)}" if assignments else "evidence and decisions"


def _as_called_now(
    samples: Mapping[Key, StandingSample], now_called: Mapping[Key, Key]
) -> Mapping[Key, StandingSample]:
    found = {}
    for key, sample in samples.items():
        learner, unit = now_called.get(key, key)
        if (learner, unit) != key:  # What was changed by hand was changed under the other name.
            said = sample.because, sample.verifier, sample.planned_for, sample.method
            planned = replace(sample.planned, learner=learner, unit=unit)
            planned = replace(planned, because=said[0], verifier=said[1], due=said[2], method=said[3])
            sample = StandingSample(planned, adopted=_said_at(sample))
        found[learner, unit] = sample
    return found


def _said_at(sample: StandingSample) -> datetime | None:
    return max((*(each.at for each in sample.by_hand), *filter(None, (sample.adopted,))), default=None)


def _samples(
    plan: Plan, standing: Mapping[Key, StandingSample], strategies: Strategies, day: date
) -> list[PlannedSample]:
    """Everything that is in the plan, what stands as it was planned; also what nobody is assessed in any more."""
    found: dict[Key, PlannedSample] = {}
    interim = _interim(plan, strategies)
    for each in plan.samples:
        candidate = each.candidate
        planned = PlannedSample(
            candidate.learner,
            candidate.unit,
            each.because,
            each.how.value,
            candidate.key in plan.drawn,
            (Stage.INTERIM if candidate.key in interim else Stage.SUMMATIVE).value,
            candidate.assessor,
            candidate.risk.value,
            method_of(candidate),
            due=day + timedelta(days=strategies.of(candidate.cohort).due_days),
        )
        if candidate.given is not None and candidate.given.due is not None and candidate.given.stage == planned.stage:
            planned = replace(planned, due=candidate.given.due)
        before = standing.get(candidate.key)
        if before is not None:
            planned = _as_it_stood(before, planned)
        found[candidate.key] = planned
    for key, sample in standing.items():
        found.setdefault(key, replace(sample.planned, because=sample.because, verifier=sample.verifier))
    return [found[key] for key in sorted(found)]


def _interim(plan: Plan, strategies: Strategies) -> frozenset[Key]:
    """The samples that are looked at while they are assessed: as many as the strategy asks for. All others are looked
    at once they are closed."""
    open_now = [each.candidate for each in plan.samples if each.candidate.stage is Stage.INTERIM]
    asked = sum(answer.rule.asked for answer in plan.answers if answer.rule.stage is Stage.INTERIM)
    open_now.sort(key=lambda each: (not strategies.of(each.cohort).interim, order_in(plan.seed, each.key), each.key))
    return frozenset(each.key for each in open_now[:asked])


def _as_it_stood(before: StandingSample, now: PlannedSample) -> PlannedSample:
    """The sample as it was planned; what that did not say is as it is now."""
    planned = before.planned
    return replace(
        now,
        because=before.because,
        how=planned.how or now.how,
        stage=planned.stage or now.stage,
        risk=planned.risk or now.risk,
        method=planned.method or now.method,
        drawn=planned.drawn or now.drawn,
        verifier=before.verifier,
        due=_given_day(before) or planned.due or now.due,
    )


def _given_day(before: StandingSample) -> date | None:
    """The day that the learner's record says, where that was said after the plan said one."""
    day = before.planned_for
    return day if before.given is not None and day == before.given.due else None


def _with_verifiers(
    samples: Sequence[PlannedSample],
    given: Mapping[Key, str],
    verifiers: Collection[str],
    may_not: MayNot,
    done: Mapping[Key, str],
) -> tuple[tuple[PlannedSample, ...], Mapping[Key, str]]:
    """The samples with who looks at each, and those that nobody may look at with why. Whoever was `given` one, in the
    plan or without it, keeps it as long as they may."""
    kept = {key: done[key] for each in samples if (key := (each.learner, each.unit)) in done}
    in_plan = {(each.learner, each.unit) for each in samples}
    for key, verifier in given.items():
        if key in in_plan and key not in done and verifier in verifiers and not may_not(verifier, key):
            kept[key] = verifier
    has_already = Counter(verifier for key, verifier in kept.items() if key not in done)
    to_share = [key for each in samples if (key := (each.learner, each.unit)) not in kept]
    theirs, nobody = shared(to_share, verifiers, may_not, has_already)
    assigned = kept | theirs
    return (
        tuple(_given_to(assigned.get((each.learner, each.unit), ""), each) for each in samples),
        {key: why for key, why in nobody.items() if key not in done},
    )


def _given_to(verifier: str, sample: PlannedSample) -> PlannedSample:
    return sample if sample.verifier == verifier else replace(sample, verifier=verifier)


def _chosen_from(candidates: Sequence[Candidate], rules: Sequence[Rule]) -> tuple[ChosenFrom, ...]:
    """The candidates in groups that the same rules are about."""
    about: list[list[int]] = [[] for _ in candidates]
    for number, rule in enumerate(rules):
        for place in rule.among if not rule.covers else ():
            about[place].append(number)
    groups: defaultdict[tuple[tuple[int, ...], tuple[object, ...]], list[Candidate]] = defaultdict(list)
    for each, numbers in zip(candidates, about, strict=True):
        alike = each.unit, each.assessor, each.cohort, each.stage, each.risk, each.always
        groups[tuple(numbers), alike].append(each)
    return tuple(
        ChosenFrom(
            some[0].unit,
            tuple(sorted(each.learner for each in some)),
            numbers,
            some[0].assessor,
            some[0].cohort,
            some[0].stage.value,
            some[0].risk.value,
            tuple(each.value for each in Always if each in some[0].always),
        )
        for (numbers, _), some in groups.items()
    )


def _said(strategies: Strategies) -> dict[str, Json]:
    """The strategies as the record keeps them."""
    own: dict[str, Json] = {code: _said_of(strategy) for code, strategy in sorted(strategies.own.items())}
    labels: dict[str, Json] = {what: dict(sorted(names.items())) for what, names in sorted(strategies.labels.items())}
    said: dict[str, Json] = {"usual": _said_of(strategies.usual)}
    if own:
        said["own"] = own
    return said | {"labels": labels} if labels else said


def _said_of(strategy: Strategy) -> dict[str, Json]:
    shares: dict[str, Json] = {
        risk.value: [[each.up_to, each.percent] for each in strategy.bands_of(risk)] for risk in Risk
    }
    return {
        **({"square_root": True} if strategy.by_root else {"shares": shares}),
        "least": strategy.least,
        "least_of_assessor": strategy.least_of_assessor,
        "least_of_unit": strategy.least_of_unit,
        "interim": strategy.interim,
        "summative": strategy.summative,
        "drawn": strategy.drawn,
        "always": [each.value for each in Always if each in strategy.always],
        "due_days": strategy.due_days,
    }
