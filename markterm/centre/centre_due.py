"""What is due of the centre as a whole: what minutes, briefs and visits ask for, standardisation, observations, CPD."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from markterm.domain.views.left_behind import LeftBehind, left_behind
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import MarkTermError
from markterm.domain.words.foreign_text import one_line

if TYPE_CHECKING:
    from markterm.centre.centre_actions import CentreActions
    from markterm.centre.observations import Observations
    from markterm.centre.standardisation import LastStandardised, Standardisations, ToAnswer
    from markterm.domain.record.centre_actions import CentreAction
    from markterm.domain.record.cpd import Cpd, CpdItem
    from markterm.domain.record.observation import Observation
    from markterm.domain.record.to_observe import ToObserve
    from markterm.domain.views.caseload import CaseloadRow


@dataclass(frozen=True, slots=True)
class CpdDue:
    """An item of the CPD plan of a member of staff that is still to be done."""

    member: str
    item: CpdItem


@dataclass(frozen=True, slots=True)
class CentreDue:
    """What is due on the day `today`: `actions` that are open, `to_accept` what their owners say is done,
    `standardisation` that is overdue, `observations` that are planned, those that are due `to_observe`, and what those
    who left have `left`; `to_answer` are standardisations that wait for somebody's own answers, and `cpd` is what the
    members who are there have planned."""

    today: date
    actions: tuple[CentreAction, ...] = ()
    to_accept: tuple[CentreAction, ...] = ()
    standardisation: tuple[LastStandardised, ...] = ()
    observations: tuple[Observation, ...] = ()
    to_observe: tuple[ToObserve, ...] = ()
    left: tuple[LeftBehind, ...] = ()
    to_answer: tuple[ToAnswer, ...] = ()
    cpd: tuple[CpdDue, ...] = ()

    def of(self, member: str) -> CentreDue:
        """What of it that member does: their actions, their standardisation, the observations that are theirs to do."""
        return replace(
            self,
            actions=tuple(each for each in self.actions if each.action.owner == member),
            to_accept=(),
            standardisation=tuple(each for each in self.standardisation if each.member.id == member),
            observations=tuple(each for each in self.observations if each.said.verifier == member),
            to_observe=(),
            left=(),
            to_answer=tuple(replace(each, members=(member,)) for each in self.to_answer if member in each.members),
            cpd=tuple(each for each in self.cpd if each.member == member),
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Each kind of it in a few words, `2 actions of the centre, 1 overdue`; nothing where nothing is due."""
        told = []
        if self.actions:
            late = sum(each.action.is_overdue(self.today) for each in self.actions)
            number = counted(len(self.actions), "action")
            told.append(f"{number} of minutes, briefs and visits{f', {late} overdue' * bool(late)}")
        if self.to_accept:
            told.append(f"{len(self.to_accept)} done and to be accepted")
        if self.standardisation:
            who = ", ".join(f"{each.member.id} ({each.qualification})" for each in self.standardisation)
            told.append(f"standardisation overdue: {one_line(who)}")
        if waiting := [each for each in self.to_answer if each.members]:
            names = dict.fromkeys(member for each in waiting for member in each.members)
            told.append(f"{counted(len(waiting), 'standardisation')} to answer: {one_line(', '.join(names))}")
        late = sum(each.is_overdue(self.today) for each in self.observations)
        if late:
            told.append(f"{counted(late, 'observation')} overdue")
        if unplanned := [each for each in self.to_observe if each.planned is None]:
            who = ", ".join(f"{each.assessor} ({each.how})" for each in unplanned)
            told.append(f"due and not planned: {one_line(who)}")
        if overdue := [each.member for each in self.cpd if each.item.is_overdue(self.today)]:
            told.append(f"CPD overdue: {one_line(', '.join(dict.fromkeys(overdue)))}")
        told += [f"left by {one_line(each.member)}, who is no member any more: {each.words}" for each in self.left]
        return tuple(told)

    @property
    def overdue(self) -> tuple[str, ...]:
        """What of it is overdue, for a title: `1 action of the centre overdue`, `standardisation overdue`."""
        actions = sum(each.action.is_overdue(self.today) for each in self.actions)
        observations = sum(each.is_overdue(self.today) for each in self.observations)
        cpd = sum(each.item.is_overdue(self.today) for each in self.cpd)
        told = (
            f"{counted(actions, 'action')} of the centre overdue" if actions else "",
            "standardisation overdue" if self.standardisation else "",
            f"{counted(observations, 'observation')} overdue" if observations else "",
            f"{counted(cpd, 'item')} of CPD overdue" if cpd else "",
        )
        return tuple(filter(None, told))


class DueOfCentre:
    """Says what is due of the centre as a whole, of whose own record `is_empty` says whether there is nothing in it.

    The caseload asks for it at its start: what it rests on is made when there is something to look at.
    """

    def __init__(
        self,
        is_empty: Callable[[], bool],
        today: Callable[[], date],
        rows: Callable[[], Iterable[CaseloadRow]],
        members: Collection[str],
        actions: Callable[[], CentreActions],
        standardisation: Callable[[], Standardisations],
        observations: Callable[[], Observations],
        cpd: Callable[[], Mapping[str, Cpd]],
    ) -> None:
        self._is_empty = is_empty
        self._today = today
        self._rows = rows
        self._members = members
        self._actions = actions
        self._standardisation = standardisation
        self._observations = observations
        self._cpd = cpd

    def now(self) -> CentreDue:
        """What is due now; nothing when the centre's record cannot be read: that holds up nobody who looks at learners,
        and an audit tells it."""
        today = self._today()
        with suppress(MarkTermError):
            if self._is_empty():
                return CentreDue(today)
            actions = [each for each in self._actions().every() if not each.action.is_finished]
            planned = tuple(each for each in self._observations().every() if each.is_planned)
            left = left_behind(
                self._rows(),
                self._members,
                (each.action.owner for each in actions if each.action.is_open),
                (each.said.verifier for each in planned),
            )
            return CentreDue(
                today,
                tuple(each for each in actions if each.action.is_open),
                tuple(each for each in actions if not each.action.is_open),
                tuple(self._standardisation().overdue()),
                planned,
                self._observations().due(today),
                left,
                tuple(self._standardisation().to_answer()),
                tuple(
                    CpdDue(member, item)
                    for member, own in self._cpd().items()
                    if member in self._members
                    for item in own.items
                    if item.is_planned
                ),
            )
        return CentreDue(today)
