"""What the minutes of a centre, the verified briefs of its assignments and visits ask for, and whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markterm.centre.recorder import Recorder
from markterm.domain.record.actions import ActionRecord
from markterm.domain.record.centre_actions import CentreAction, centre_actions
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.rules import centre_actions as rules
from markterm.domain.rules.act import Act
from markterm.domain.rules.action_steps import day_of
from markterm.domain.views.listed_actions import ListedAction, listed
from markterm.domain.words.uid import of_uid
from markterm.system.platform import CENTRE_RECORD

_SOME_WORDS = "…"


class CentreActions:
    """The actions of the centre's own record, each named by the beginning of its id. Verbs return the action after
    them, and raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(self, details: CentreDetails, recorder: Recorder) -> None:
        self._details = details
        self._recorder = recorder

    def every(self) -> tuple[CentreAction, ...]:
        """All of them, in the order in which they were set. Raises `Unreadable`."""
        return centre_actions(self._recorder.of_centre())

    def listed(self, today: date, *, finished_too: bool) -> tuple[ListedAction, ...]:
        """They as they stand on that day. Raises `Unreadable`."""
        members = {each.id for each in self._details.members}
        return tuple(
            listed(None, None, each.where, each.action, members, today, each.holding)
            for each in self.every()
            if finished_too or not each.action.is_finished
        )

    def named(self, named: str) -> CentreAction:
        """The one whose id begins so. Raises `WrongUse` when there is not exactly one."""
        return of_uid(self.every(), named, "action", _told)

    def do(self, named: str, word: str) -> CentreAction:
        """Say that it is done."""
        return self._step(named, lambda act, asked: rules.do(act, asked, word))

    def accept(self, named: str, word: str = "") -> CentreAction:
        """Accept what was done."""
        return self._step(named, lambda act, asked: rules.accept(act, asked, word))

    def set_again(self, named: str, text: str, due: date) -> CentreAction:
        """Set the same anew: what was done is not enough."""
        return self._step(named, lambda act, asked: rules.set_again(act, asked, text, due))

    def reassign(self, named: str, owner: str, reason: str, due: date | None = None) -> CentreAction:
        """Give it to another member."""
        whose = self._details.named(owner)
        return self._step(named, lambda act, asked: rules.reassign(act, asked, whose, reason, due))

    def check_do(self, named: str) -> None:
        """Raises what saying that it is done would, before a word is written for nothing."""
        self._check(named, lambda act, asked: rules.do(act, asked, _SOME_WORDS))

    def check_accept(self, named: str) -> None:
        """Raises what accepting would, before it is said how."""
        self._check(named, lambda act, asked: rules.accept(act, asked, _SOME_WORDS))

    def check_set_again(self, named: str) -> None:
        """Raises what setting it anew would, before it is said how."""
        self._check(named, lambda act, asked: rules.set_again(act, asked, _SOME_WORDS, day_of(act.at)))

    def check_reassign(self, named: str, owner: str) -> None:
        """Raises what giving it to that member would, before it is said why."""
        whose = self._details.named(owner)
        self._check(named, lambda act, asked: rules.reassign(act, asked, whose, _SOME_WORDS))

    def _check(self, named: str, step: Callable[[Act, CentreAction], Event]) -> None:
        step(self._recorder.act(CENTRE_RECORD), self.named(named))

    def _step(self, named: str, step: Callable[[Act, CentreAction], Event]) -> CentreAction:
        uid = self.named(named).uid
        self._recorder.record_of_centre(
            lambda act, events: step(act, next(each for each in centre_actions(events) if each.uid == uid))
        )
        return self.named(uid)


def _told(asked: CentreAction) -> str:
    action: ActionRecord = asked.action
    return f"{action.short}, {asked.where} ({action.state})"
