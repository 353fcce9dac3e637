"""A proposal for an integrated assignment: criteria of different units that ask for like things, as tasks.

It proposes and a person decides: words in common are a reason to look, and no proof that one answer serves both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import fmean

from markterm.domain.assessed.assignment import Assignment, Cell, Task
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.texts.likeness import Stem, Wording
from markterm.domain.words.code import short_codes, suite_of
from markterm.domain.words.command_verb import CommandVerb, command_verb
from markterm.domain.words.errors import Refused, WrongUse
from markterm.domain.words.foreign_text import one_line

MOST_IN_A_TASK = 8
"""More criteria than these are not kept in view while one piece of evidence is read."""
MOST_TASKS = 999
"""More tasks have no number in a sheet."""
_LEAST_ALIKE = 0.1
_SAME_VERB, _NEAR_VERB, _FAR_VERB = 1.5, 1.25, 0.5
_MOST_SHARED = 5
_IN_TITLE = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion of a unit, with its verb."""

    cell: Cell
    criterion: Criterion
    verb: CommandVerb | None

    @property
    def is_done(self) -> bool:
        """Whether it asks for something done or made."""
        return self.verb is not None and self.verb.rung is None


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """A task that is proposed.

    One that joins units has a `score` from 1 to 100, how alike its criteria of different units are on average, and
    `reasons` and `warnings` in words. One that gathers what is left of an outcome has no score.
    """

    title: str
    asked: tuple[Asked, ...]
    score: int | None = None
    shared: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def saves(self) -> int:
        """How many separate pieces of evidence it saves, as `Proposal.saving` says."""
        return 0 if self.score is None else len(self.asked) - 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tasks that carry every criterion of the units once: the best joined ones first, then what is left.

    `notes` are what is to be known about the units together.
    """

    units: tuple[Unit, ...]
    tasks: tuple[ProposedTask, ...]
    notes: tuple[str, ...]

    @property
    def joined(self) -> tuple[ProposedTask, ...]:
        """The tasks that join criteria of several units."""
        return tuple(task for task in self.tasks if task.score is not None)

    @property
    def saves(self) -> int:
        """How many separate pieces of evidence all of it saves."""
        return sum(task.saves for task in self.tasks)

    @property
    def saving(self) -> str:
        """How that was counted, in a sentence."""
        return (
            "Counted against a piece of evidence of its own for each criterion: a task that joins units asks for one "
            "piece, so that n criteria in it save n - 1. Tasks of a single outcome are not counted."
        )

    def draft(self, code: str, title: str) -> Assignment:
        """The assignment that a person goes on from: its briefs say what to put in their place.

        Raises `WrongUse` when there are more tasks than a sheet can number.
        """
        if len(self.tasks) > MOST_TASKS:
            raise WrongUse(
                "Too much for one assignment",
                f"{len(self.units)} units come to {len(self.tasks)} tasks, and a sheet has {MOST_TASKS} at most.",
                "Combine fewer units.",
            )
        return Assignment(
            code=code,
            title=title,
            units=tuple(unit.code for unit in self.units),
            tasks=tuple(
                Task(number, task.title, _brief(task), tuple(asked.cell for asked in task.asked), "to be decided")
                for number, task in enumerate(self.tasks, 1)
            ),
            guidance="A draft that MarkTerm proposed: move criteria, join and split tasks, and write the briefs. Every "
            "criterion is in one task. It needs the approval of your awarding organisation before learners start.",
            mixed_suites=len(_suites(self.units)) > 1,
        )


def propose(units: Sequence[Unit], stem: Stem) -> Proposal:
    """A proposal for those units, always the same for the same units in the same order.

    `stem` gives what the forms of a word have in common. Raises `WrongUse` for fewer than two units or one without
    criteria, and `Refused` for a unit whose sheet has marks.
    """
    _check(units)
    asked = [
        Asked(Cell(unit.code, criterion.number), criterion, command_verb(criterion.text))
        for unit in units
        for criterion in unit.criteria
    ]
    grouping = _Grouping(asked, Wording([each.criterion for each in asked], stem))
    groups = grouping.groups()
    names = short_codes(unit.code for unit in units)
    joined = sorted((grouping.task(group, names) for group in groups), key=lambda task: -(task.score or 0))
    taken = {place for group in groups for place in group}
    left = {each.cell: each for place, each in enumerate(asked) if place not in taken}
    rest = [task for unit in units for outcome in unit.outcomes for task in _left_of(unit, outcome, left)]
    return Proposal(tuple(units), (*joined, *rest), tuple(_notes(units)))


def _check(units: Sequence[Unit]) -> None:
    if len(units) < 2:
        raise WrongUse(
            "One unit is nothing to integrate",
            f"Only {one_line(units[0].code)} was named." if units else "No unit was named.",
            "Name two or more different units.",
        )
    for unit in units:
        if not unit.criteria:
            raise WrongUse(
                "A unit without criteria",
                f"The sheet of {one_line(unit.code)} has no criteria, so there is nothing to gather evidence for.",
                "Put the criteria into its sheet, or leave the unit out.",
            )
        if unit.has_marks:
            raise Refused(
                "Marks cannot be integrated",
                f"The sheet of {one_line(unit.code)} gives marks. In an integrated assignment one piece of work is "
                "evidence for units of different size and level: their marks do not add up, and a total would hide a "
                "criterion that is not met.",
                "Leave the unit out, or use a sheet of it in which each criterion is pass or refer.",
            )


class _Grouping:
    """Criteria by their places, while they are joined to groups."""

    def __init__(self, asked: Sequence[Asked], wording: Wording) -> None:
        self._asked = asked
        self._wording = wording

    def groups(self) -> list[list[int]]:
        """Groups of criteria of several units, in the order of the criteria that they begin with.

        The most alike are joined first, and groups only while those of different units stay alike on average.
        """
        group_of: dict[int, list[int]] = {}
        for one, other in self._pairs():
            first, second = group_of.get(one, [one]), group_of.get(other, [other])
            if first is second or len(first) + len(second) > MOST_IN_A_TASK:
                continue
            if self._mean(product(first, second)) < _LEAST_ALIKE:
                continue
            together = sorted(first + second)
            group_of.update(dict.fromkeys(together, together))
        return sorted({group[0]: group for group in group_of.values()}.values())

    def task(self, group: Sequence[int], names: dict[str, str]) -> ProposedTask:
        """A group as a task, with its score and what speaks for it and against it."""
        shared = self._shared(group)
        asked = tuple(self._asked[place] for place in group)
        return ProposedTask(
            title=_enumerated(shared[:_IN_TITLE]).capitalize(),
            asked=asked,
            score=max(1, round(100 * self._mean(combinations(group, 2)))),
            shared=shared,
            reasons=(f"They share {_enumerated(shared)}.", *_verbs_alike(asked, names)),
            warnings=tuple(_verbs_apart(asked, names)),
        )

    def _pairs(self) -> list[tuple[int, int]]:
        """The pairs of criteria of different units that are alike enough, the most alike first."""
        behind = {self._unit(place): place + 1 for place in range(len(self._asked))}
        found = [
            (-likeness, one, other)
            for one in range(len(self._asked))
            for other in self._wording.like(one, behind[self._unit(one)])
            if (likeness := self._likeness(one, other)) >= _LEAST_ALIKE
        ]
        return [(one, other) for _, one, other in sorted(found)]

    def _likeness(self, one: int, other: int) -> float:
        likeness = self._wording.likeness(one, other)
        first, second = self._asked[one].verb, self._asked[other].verb
        if first is None or second is None:
            return likeness
        if first.is_far(second):
            return likeness * _FAR_VERB
        if not first.is_near(second):
            return likeness
        return min(1.0, likeness * (_SAME_VERB if first.word == second.word else _NEAR_VERB))

    def _mean(self, pairs: Iterable[tuple[int, int]]) -> float:
        """How alike those of the pairs are on average that are of different units."""
        return fmean(self._likeness(one, other) for one, other in pairs if self._unit(one) != self._unit(other))

    def _shared(self, group: Sequence[int]) -> tuple[str, ...]:
        """The words that criteria of more than one unit have, and one of them in its own text: those that weigh most
        first. Descriptors alone are no reason: their words are those of all sheets."""
        weights: dict[str, float] = {}
        units: dict[str, list[str]] = {}
        for place in group:
            for term, weight in self._wording.vectors[place].items():
                weights[term] = weights.get(term, 0.0) + weight
                units.setdefault(term, []).append(self._unit(place))
        asked = frozenset[str]().union(*(self._wording.own[place] for place in group))
        common = [term for term in weights if len(set(units[term])) > 1 and term in asked]
        heaviest = sorted(common, key=lambda term: (-weights[term] * len(units[term]), term))
        return tuple(self._wording.word(term) for term in heaviest[:_MOST_SHARED])

    def _unit(self, place: int) -> str:
        return self._asked[place].cell.unit


def _verbs_alike(asked: Sequence[Asked], names: dict[str, str]) -> Iterable[str]:
    """What the verbs say for a group, if some of different units are near each other."""
    near = dict.fromkeys(
        each.cell
        for one, other in combinations(asked, 2)
        if one.cell.unit != other.cell.unit and one.verb and other.verb and one.verb.is_near(other.verb)
        for each in (one, other)
    )
    for done, said in ((False, "Their verbs ask for about as much"), (True, "Something is done or made for each")):
        places: dict[str, list[str]] = {}
        for each in asked:
            if each.verb and each.cell in near and each.is_done == done:
                places.setdefault(each.verb.word, []).append(_place(each, names))
        if places:
            yield f"{said}: {_enumerated([f'{verb} ({_enumerated(where)})' for verb, where in places.items()])}."


def _verbs_apart(asked: Sequence[Asked], names: dict[str, str]) -> Iterable[str]:
    """A warning if verbs of a group are so far apart that one answer is unlikely to do for both."""
    ranked = [(each.verb, _place(each, names)) for each in asked if each.verb is not None and not each.is_done]
    if not ranked:
        return
    (least, where), (most, there) = (chosen(ranked, key=lambda each: each[0].rung or 0) for chosen in (min, max))
    if least.is_far(most):
        yield (
            f"Far apart: {least.word} ({where}) asks for much less than {most.word} ({there}); "
            "the task has to ask for both."
        )


def _place(asked: Asked, names: dict[str, str]) -> str:
    return f"{names[asked.cell.unit]} {asked.cell.criterion}"


def _left_of(unit: Unit, outcome: LearningOutcome, left: dict[Cell, Asked]) -> Iterable[ProposedTask]:
    """What is left of an outcome, as tasks of about the same size."""
    cells = (Cell(unit.code, criterion.number) for criterion in outcome.criteria)
    asked = [left[cell] for cell in cells if cell in left]
    if not asked:
        return
    count = -(-len(asked) // MOST_IN_A_TASK)
    title = one_line(outcome.title) or f"Outcome {outcome.number}"
    for number in range(count):
        part = asked[number * len(asked) // count : (number + 1) * len(asked) // count]
        yield ProposedTask(title, tuple(part))


def _notes(units: Sequence[Unit]) -> Iterable[str]:
    suites = _suites(units)
    if len(suites) > 1:
        named = ", ".join(one_line(suite) or "none" for suite in suites)
        yield f"The units are of different suites ({named}): ask your awarding organisation if they may be combined."
    levels = sorted({unit.level for unit in units if unit.level is not None})
    if len(levels) > 1:
        named = ", ".join(map(str, levels))
        yield f"The units are of different levels ({named}): each criterion is marked at the level of its own unit."


def _suites(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(suite_of(unit.code) for unit in units))


def _brief(task: ProposedTask) -> str:
    """What stands in place of the brief: why the criteria are together, and what each of them asks for."""
    why = " ".join((*task.reasons, *task.warnings)) or "No other unit asks for like things."
    # A line that began with a unit's code would be read as the list of criteria.
    lines = [f"- In {each.cell}: {one_line(each.criterion.text)}" for each in task.asked]
    return "\n".join((f"Write here what the learner is to do. {why}", "", *lines))


def _enumerated(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
