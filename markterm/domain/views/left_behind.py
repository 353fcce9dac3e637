"""What those who left a centre still have to do: it waits for nobody until somebody gives it to another member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.views.due import Step
from markterm.domain.words.counted import counted


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What somebody of that id, who is no member any more, has left: open actions, samples that were given to them,
    observations that they were to make."""

    member: str
    actions: int = 0
    samples: int = 0
    observations: int = 0

    @property
    def words(self) -> str:
        """What it is: `2 actions, 1 sample`."""
        told = ((self.actions, "action"), (self.samples, "sample"), (self.observations, "observation"))
        return ", ".join(counted(count, noun) for count, noun in told if count)


def left_behind(
    rows: Iterable[CaseloadRow], members: Collection[str], owners: Iterable[str], observers: Iterable[str]
) -> tuple[LeftBehind, ...]:
    """What is left by whoever is not among the `members`, by their ids: `owners` are those of the open actions of the
    centre, `observers` who is to make the observations that are planned."""
    actions, samples = Counter(owners), Counter[str]()
    for row in rows:
        for unit in row.units:
            if unit.owners:
                actions.update(each.member for each in unit.owed if each.step is Step.ACT)
            if unit.to_verify:
                samples.update(each.verifier for each in unit.to_verify)
    seen = Counter(observers)
    gone = sorted({*actions, *samples, *seen} - {*members, ""})
    return tuple(LeftBehind(each, actions[each], samples[each], seen[each]) for each in gone)
