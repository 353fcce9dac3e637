"""Actions on units: set by verifiers, done by their owners, accepted by verifiers; and reports that are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.looks import Looks
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.separation import SeparationOnRecord
from markterm.centre.wider import Wider, look_wider
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.unit import Unit, UnitKey
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio, fold
from markterm.domain.rules import actions
from markterm.domain.rules.act import Act
from markterm.domain.rules.action_steps import day_of
from markterm.domain.rules.separation import Separation
from markterm.domain.views.caseload import CaseloadRow, UnitProgress
from markterm.domain.views.due import Step
from markterm.domain.views.listed_actions import ListedAction, listed
from markterm.domain.words.errors import MarkTermError
from markterm.records.query import Query
from markterm.records.store import EventStore


@dataclass(frozen=True, slots=True)
class ActionOn:
    """An action, with the unit that it is on and whose it is; `left` is that they left, with the day."""

    registration: str
    name: str
    unit: UnitKey
    action: ActionRecord
    left: str = ""


class Actions:
    """The actions on the units of a centre's learners. Verbs raise as `Recorder.record` does.

    A step of an action is named by the beginning of its id; without it the only one of the unit that is not finished is
    meant. `looks` is told of whose are shown, before they are.
    """

    def __init__(
        self,
        recorder: Recorder,
        details: CentreDetails,
        separation: SeparationOnRecord,
        caseload: Caseload,
        store: EventStore,
        looks: Looks,
    ) -> None:
        self._recorder = recorder
        self._details = details
        self._separation = separation
        self._caseload = caseload
        self._store = store
        self._looks = looks

    @property
    def today(self) -> date:
        """The day by which an action is overdue or not."""
        return day_of(self._recorder.now())

    def of(self, registration: str) -> tuple[ActionOn, ...]:
        """Every action on a learner's units, in the order of the units. Raises `Unreadable`."""
        shown = self._recorder.learners.portfolio(registration)
        return tuple(_actions(registration, shown.learner.name, shown.portfolio))

    def of_everybody(self) -> Iterator[tuple[ActionOn, ...]]:
        """Those of each learner in the caseload as it was read last, one after the other.

        Records that cannot be read have none: the caseload tells of them.
        """
        for row in self._caseload.rows:
            yield self._of(row) if row.latest is not None else ()

    def _of(self, row: CaseloadRow) -> tuple[ActionOn, ...]:
        found: tuple[ActionOn, ...] = ()
        with suppress(MarkTermError):
            if self._store.select(row.registration, _ACTIONS):
                entries = self._recorder.seeing.entries(row.registration, self._store.load(row.registration))
                found = tuple(_actions(row.registration, row.name, fold(entries)))
        if found:  # What cannot be noted is not shown: that is told, and no empty list.
            self._looks.listed([row.registration])
        return found

    def listed(self, rows: Iterable[CaseloadRow], *, finished_too: bool) -> Iterator[tuple[ListedAction, ...]]:
        """Those of each learner of these rows, as they stand today; yields once a learner.

        Without `finished_too` no record is read of which the row tells that nothing is left to do or to accept there.
        Records that cannot be read have none: the caseload tells of them.
        """
        members, today = {each.id for each in self._details.members}, self.today
        for row in rows:
            found: list[ListedAction] = []
            if row.latest is not None and (finished_too or any(map(_has_unfinished, row.units))):
                for each in self._of(row):
                    if finished_too or not each.action.is_finished:
                        found.append(listed(row, each.unit, each.unit.code, each.action, members, today))
            yield tuple(found)

    def wider(self, registration: str, unit_code: str, criterion: str) -> Wider:
        """Where else the same assessor decided the same criterion, after a verifier did not agree with it there, and a
        wider sample of it. Looks at every learner: for a thread. Raises as `look_wider` does."""
        shown = self._recorder.learners.portfolio(registration)
        self._caseload.now()
        return look_wider(
            self._caseload,
            self._store,
            self._details.strategies,
            registration,
            shown.unit(unit_code),
            shown.portfolio,
            criterion,
        )

    def set(
        self, registration: str, unit_code: str, text: str, *, owner: str, due: date, criterion: str = ""
    ) -> Recorded:
        """Set an action on a unit or a criterion, for the member of that id; whoever decided it where none is named.

        Raises `WrongUse`, too, when the centre has no such member, or nobody decided there.
        """
        around = self._separation.of(registration)

        def set_action(act: Act, now: LearnerPortfolio) -> Event:
            unit = now.unit(unit_code)
            whose = self._details.named(owner or actions.whose_work(unit, now.portfolio, criterion))
            return actions.set_action(act, unit, now.portfolio, text, whose, due, criterion, around)

        return self._recorder.record(registration, set_action)

    def do(self, registration: str, unit_code: str, named: str, word: str) -> Recorded:
        """Say that an action is done."""
        return self._record(registration, unit_code, named, _done(word))

    def accept(self, registration: str, unit_code: str, named: str, word: str = "") -> Recorded:
        """Accept what was done. Raises `Refused`, too, while the record is incomplete."""
        self._recorder.learners.require_whole(registration, "accepted")
        return self._record(registration, unit_code, named, _accepted(word, self._separation.of(registration)))

    def set_again(self, registration: str, unit_code: str, named: str, text: str, due: date) -> Recorded:
        """Set the same action anew: what was done is not enough."""
        return self._record(registration, unit_code, named, _set_again(text, due, self._separation.of(registration)))

    def reassign(
        self, registration: str, unit_code: str, named: str, owner: str, reason: str, due: date | None = None
    ) -> Recorded:
        """Give an action to another member. Raises `WrongUse`, too, when the centre has no such member."""
        return self._record(registration, unit_code, named, _reassigned(self._details.named(owner), reason, due))

    def check_accept(self, registration: str, unit_code: str, named: str) -> None:
        """Raises what accepting would, before a word is written for nothing."""
        self._recorder.learners.require_whole(registration, "accepted")
        self._check(registration, unit_code, named, _accepted("", self._separation.of(registration)))

    def check_set_again(self, registration: str, unit_code: str, named: str) -> None:
        """Raises what setting it anew would, before it is said how."""
        step = _set_again(_SOME_WORDS, self.today, self._separation.of(registration))
        self._check(registration, unit_code, named, step)

    def check_reassign(self, registration: str, unit_code: str, named: str, owner: str) -> None:
        """Raises what giving it to that member would, before it is said why."""
        self._check(registration, unit_code, named, _reassigned(self._details.named(owner), _SOME_WORDS, None))

    def acknowledge(self, registration: str, unit_code: str, word: str = "") -> Recorded:
        """Say that the report of the last verification of a unit was read."""
        return self._recorder.record(
            registration, lambda act, now: actions.acknowledge(act, now.unit(unit_code), now.portfolio, word)
        )

    def _record(self, registration: str, unit_code: str, named: str, step: _Taken) -> Recorded:
        return self._recorder.record(registration, lambda act, now: _take(act, now, unit_code, named, step))

    def _check(self, registration: str, unit_code: str, named: str, step: _Taken) -> None:
        now = self._recorder.learners.portfolio(registration)
        _take(self._recorder.act(registration), now, unit_code, named, step)


_Taken = Callable[[Act, Unit, Portfolio, ActionRecord], Event]
"""The rule of a step of an action, with all that was said for it."""
_SOME_WORDS = "…"
"""Stand for what is going to be written."""


def _take(act: Act, now: LearnerPortfolio, unit_code: str, named: str, step: _Taken) -> Event:
    unit = now.unit(unit_code)
    own = now.portfolio.unit(unit.key).after.actions
    return step(act, unit, now.portfolio, actions.the_action(act.learner, unit, own, named))


def _done(word: str) -> _Taken:
    return lambda act, unit, _, action: actions.do_action(act, unit, action, word)


def _accepted(word: str, around: Separation) -> _Taken:
    return lambda act, unit, portfolio, action: actions.accept_action(act, unit, portfolio, action, word, around)


def _set_again(text: str, due: date, around: Separation) -> _Taken:
    return lambda act, unit, portfolio, action: actions.set_again(act, unit, portfolio, action, text, due, around)


def _reassigned(owner: Member, reason: str, due: date | None) -> _Taken:
    return lambda act, unit, _, action: actions.reassign_action(act, unit, action, owner, reason, due)


_ACTIONS = Query(kinds=(Kind.ACTION.value,))


def _has_unfinished(unit: UnitProgress) -> bool:
    return any(each.step is Step.ACT for each in unit.owed) or any(each.step is Step.ACCEPT for each in unit.to_verify)


def _actions(registration: str, name: str, portfolio: Portfolio) -> Iterator[ActionOn]:
    departure = portfolio.departure
    left = departure.with_day if departure is not None and departure.is_away else ""
    for key, record in portfolio.units.items():
        for action in record.after.actions:
            yield ActionOn(registration, name, key, action, left)
