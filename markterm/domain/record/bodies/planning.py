"""What is recorded of a sampling plan: as it was adopted, what was changed in it by hand, and a person's own rating.

A plan as adopted holds everything that its explanation needs, so that why a unit is not in it has the same answer for
ever: the rules with what they asked and got, and everybody whom it chose from, in groups that the same rules are about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, objects, others, text, texts, whole
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class PlannedSample:
    """A learner's unit that is to be looked at: `because` says why, `how` what put it into the plan, `drawn` that it is
    of the part that was drawn at random. `verifier` is empty where nobody may verify it, `due` the day by which."""

    learner: str
    unit: str
    because: tuple[str, ...] = ()
    how: str = ""
    drawn: bool = False
    stage: str = ""
    assessor: str = ""
    risk: str = ""
    method: str = ""
    verifier: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule of the strategy: how many it asked of how many, how many it got, and why not all. `covers` says that it
    asks for one of a kind: who was of that kind is not kept."""

    words: str
    asked: int
    of: int
    got: int
    why: str = ""
    covers: bool = False


@dataclass(frozen=True, slots=True)
class ChosenFrom:
    """Learners on a unit who were alike to the plan: `rules` are the places of the rules that are about them, but for
    those that cover a kind. `assessor` assessed them at that `risk`; `always` is why they are sampled always.
    """

    unit: str
    learners: tuple[str, ...]
    rules: tuple[int, ...] = ()
    assessor: str = ""
    cohort: str = ""
    stage: str = ""
    risk: str = ""
    always: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A sampling plan for the days from `begins` to `ends`, adopted.

    `seed` made its random order, `day` is the one on which it was proposed, `strategy` what the centre's file said
    then, and `heads` the hash of the heads of every record that it was made from. `candidates` are all that it chose
    from, `drawn_from` how many those are; the first `drawn` of them in the random order are the part that was drawn.
    """

    begins: date
    ends: date
    seed: str
    day: date
    strategy: Fields = field(default_factory=dict)
    heads: str = ""
    samples: tuple[PlannedSample, ...] = ()
    rules: tuple[PlannedRule, ...] = ()
    candidates: tuple[ChosenFrom, ...] = ()
    drawn_from: int = 0
    drawn: int = 0
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a plan says. Raises `NotSaid` without its days or its seed, or when a part of it is not understood."""
        strategy, reasons = body.get("strategy"), texts(body.get("reasons"))
        return cls(
            _needed_day(body, "begins"),
            _needed_day(body, "ends"),
            needed_text(body, "seed"),
            _needed_day(body, "day"),
            strategy if isinstance(strategy, dict) else {},
            text(body, "heads"),
            tuple(_read_sample(each, reasons) for each in objects(body, "samples")),
            tuple(map(_read_rule, objects(body, "rules"))),
            tuple(map(_read_chosen_from, objects(body, "candidates"))),
            whole(body, "drawn_from") or 0,
            whole(body, "drawn") or 0,
            others(body, _PLANNED),
        )

    def write(self) -> dict[str, Json]:
        """The body of a plan. A reason that many samples have is written once: they name it by its place."""
        reasons = {words: place for place, words in enumerate(dict.fromkeys(self._reasons()))}
        return {
            **self.more,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "seed": self.seed,
            "day": self.day.isoformat(),
            "strategy": dict(self.strategy),
            "heads": self.heads,
            "reasons": list(reasons),
            "samples": [_write_sample(each, reasons) for each in self.samples],
            "rules": [_write_rule(each) for each in self.rules],
            "candidates": [_write_chosen_from(each) for each in self.candidates],
            "drawn_from": self.drawn_from,
            "drawn": self.drawn,
        }

    def _reasons(self) -> Iterator[str]:
        for sample in self.samples:
            yield from sample.because

    @property
    def is_whole(self) -> bool:
        """Whether everybody whom it chose from is in it; not as somebody is told it who may not see them all."""
        return _PARTLY not in self.more

    def of_those(self, hides: Callable[[str, str], bool]) -> Self:
        """The plan of the learners' units that it does not hide, with the rules that are about one of them. Of a kind
        that a rule covers is known only who was chosen for it; of how many was drawn at random is not told."""
        groups = [
            replace(each, learners=learners)
            for each in self.candidates
            if (learners := tuple(one for one in each.learners if not hides(one, each.unit)))
        ]
        samples = tuple(each for each in self.samples if not hides(each.learner, each.unit))
        about = {number for each in groups for number in each.rules}
        because = {words for each in samples for words in each.because}
        told = [
            number
            for number, rule in enumerate(self.rules)
            if number in about or (rule.covers and rule.words in because)
        ]
        places = {number: place for place, number in enumerate(told)}
        return replace(
            self,
            samples=samples,
            rules=tuple(self.rules[number] for number in told),
            candidates=tuple(
                replace(each, rules=tuple(places[one] for one in each.rules if one in places)) for each in groups
            ),
            drawn_from=0,
            drawn=0,
            more={**self.more, _PARTLY: True},
        )

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


_PARTLY = "of_some_learners"
"""What stands in a plan as it is told to somebody; it is never recorded."""
_PLANNED = frozenset(
    {
        *("begins", "ends", "seed", "day", "strategy", "heads"),
        *("reasons", "samples", "rules", "candidates", "drawn_from", "drawn"),
    }
)


class PlanChange(StrEnum):
    """What a person changes in a plan."""

    ADDED = "added"
    DROPPED = "dropped"
    DATED = "dated"
    ASSIGNED = "assigned"
    METHOD = "method"

    @property
    def aspect(self) -> str:
        """What a later change of the same aspect takes the place of: whether it is in the plan, its day, who, how."""
        return "in" if self in (PlanChange.ADDED, PlanChange.DROPPED) else self.value


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """One sample of the plan for those days is added, dropped, given another day, verifier or method, and why."""

    begins: date
    ends: date
    learner: str
    unit: str
    change: PlanChange
    why: str
    day: date | None = None
    verifier: str = ""
    method: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was changed. Raises `NotSaid` when it is not understood of what sample, or how."""
        change = body.get("change")
        if change not in _CHANGES:
            raise NotSaid("it is not understood how the plan was changed")
        said = PlanChange(str(change))
        day_said, verifier, method = day(body.get("day")), text(body, "verifier"), text(body, "method")
        needed = {PlanChange.DATED: day_said, PlanChange.ASSIGNED: verifier, PlanChange.METHOD: method}
        if not needed.get(said, True):
            raise NotSaid(f"not {said.aspect} to what")
        return cls(
            _needed_day(body, "begins"),
            _needed_day(body, "ends"),
            needed_text(body, "learner"),
            needed_text(body, "unit"),
            said,
            text(body, "why"),
            day_said,
            verifier,
            method,
            others(body, _PLAN_CHANGED),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        body: dict[str, Json] = {
            **self.more,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "learner": self.learner,
            "unit": self.unit,
            "change": self.change.value,
            "why": self.why,
        }
        if self.day is not None:
            body["day"] = self.day.isoformat()
        told = {"verifier": self.verifier, "method": self.method}
        return body | {key: said for key, said in told.items() if said}

    @property
    def words(self) -> str:
        """The reason."""
        return self.why


_CHANGES = tuple(change.value for change in PlanChange)
_PLAN_CHANGED = frozenset({"begins", "ends", "learner", "unit", "change", "why", "day", "verifier", "method"})


@dataclass(frozen=True, slots=True)
class Rated:
    """A person's own rating of an assessor in a unit, in place of what the points come to, up to and with a day."""

    assessor: str
    unit: str
    risk: str
    reason: str
    until: date
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was rated. Raises `NotSaid` when it is not understood of whom, how, or until when."""
        return cls(
            needed_text(body, "assessor"),
            needed_text(body, "unit"),
            needed_text(body, "risk"),
            text(body, "reason"),
            _needed_day(body, "until"),
            others(body, frozenset({"assessor", "unit", "risk", "reason", "until"})),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        return {
            **self.more,
            "assessor": self.assessor,
            "unit": self.unit,
            "risk": self.risk,
            "reason": self.reason,
            "until": self.until.isoformat(),
        }

    @property
    def words(self) -> str:
        """The reason."""
        return self.reason


def _needed_day(body: Fields, key: str) -> date:
    said = day(body.get(key))
    if said is None:
        raise NotSaid(f"no {key}")
    return said


def _count(body: Fields, key: str) -> int:
    return whole(body, key) or 0


def _read_sample(said: Fields, reasons: Sequence[str]) -> PlannedSample:
    because = said.get("because", [])
    return PlannedSample(
        needed_text(said, "learner"),
        needed_text(said, "unit"),
        tuple(reasons[each] for each in because if type(each) is int and 0 <= each < len(reasons))
        if isinstance(because, list)
        else (),
        text(said, "how"),
        said.get("drawn") is True,
        text(said, "stage"),
        text(said, "assessor"),
        text(said, "risk"),
        text(said, "method"),
        text(said, "verifier"),
        day(said.get("due")),
    )


def _write_sample(sample: PlannedSample, reasons: Mapping[str, int]) -> Json:
    told: dict[str, Json] = {
        "learner": sample.learner,
        "unit": sample.unit,
        "because": [reasons[each] for each in sample.because],
        "how": sample.how,
        "stage": sample.stage,
        "assessor": sample.assessor,
        "risk": sample.risk,
        "method": sample.method,
        "verifier": sample.verifier,
    }
    if sample.drawn:
        told["drawn"] = True
    return told | {"due": sample.due.isoformat()} if sample.due is not None else told


def _read_rule(said: Fields) -> PlannedRule:
    return PlannedRule(
        needed_text(said, "words"),
        _count(said, "asked"),
        _count(said, "of"),
        _count(said, "got"),
        text(said, "why"),
        said.get("covers") is True,
    )


def _write_rule(rule: PlannedRule) -> Json:
    told: dict[str, Json] = {"words": rule.words, "asked": rule.asked, "of": rule.of, "got": rule.got}
    if rule.why:
        told["why"] = rule.why
    return told | {"covers": True} if rule.covers else told


def _read_chosen_from(said: Fields) -> ChosenFrom:
    rules = said.get("rules", [])
    return ChosenFrom(
        needed_text(said, "unit"),
        texts(said.get("learners")),
        tuple(each for each in rules if type(each) is int) if isinstance(rules, list) else (),
        text(said, "assessor"),
        text(said, "cohort"),
        text(said, "stage"),
        text(said, "risk"),
        texts(said.get("always")),
    )


def _write_chosen_from(group: ChosenFrom) -> Json:
    told: dict[str, Json] = {
        "unit": group.unit,
        "learners": list(group.learners),
        "rules": list(group.rules),
        "assessor": group.assessor,
        "cohort": group.cohort,
        "stage": group.stage,
        "risk": group.risk,
        "always": list(group.always),
    }
    return {key: said for key, said in told.items() if said or key in ("unit", "learners")}
