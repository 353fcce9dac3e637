"""The day of an external quality assurer at the front desk: what they looked at is noted, and whom they picked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from markterm.centre.recorder import Recorder
from markterm.centre.seeing import Seeing
from markterm.domain.assessed.member import Member
from markterm.domain.record.event import Event
from markterm.domain.record.visit_lists import VisitList, visit_list, visit_lists
from markterm.domain.rules import visit_noting
from markterm.domain.rules.act import Act
from markterm.domain.words.errors import MarkTermError


class VisitLists:
    """The lists of visits in the centre's own record. Verbs raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`.

    An external quality assurer is told of their own alone; whoever is of the centre, of all.
    """

    def __init__(self, recorder: Recorder, seeing: Seeing) -> None:
        self._recorder = recorder
        self._seeing = seeing
        self._noted: dict[date, dict[str, bool]] = {}
        """Who was looked at on the visit, and whether it is noted that they were opened."""

    def every(self) -> Sequence[VisitList]:
        """The lists of the visits that something was noted of, by their days; of learners whom whoever asks may not
        see nothing is told, in a reason neither. Raises `Unreadable`, and `Refused` as `Seeing.require_looking`
        does."""
        self._seeing.require_looking()
        lists, visitor = visit_lists(self._recorder.whole_of_centre(), self._called_now), self._seeing.visitor
        return [self._seen(each) for each in lists if visitor is None or each.actor == visitor.id]

    def own(self) -> VisitList:
        """That of the visit of whoever acts. Raises `Refused` for anybody but an external quality assurer on a day of
        their visit."""
        return self._own(self._recorder.act(""), self._recorder.whole_of_centre())

    def picked_by(self, visitor: Member) -> Sequence[str]:
        """The registrations of those whom an external quality assurer picked for the visit that their entry names."""
        if visitor.visit is None:
            return ()
        told = visit_list(self._recorder.whole_of_centre(), visitor.id, visitor.visit[0], self._called_now)
        return tuple(each.registration for each in told.picked)

    def pick(self, named: str, why: str = "") -> VisitList:
        """Put a learner into the list."""
        learner = self._recorder.learners.named(named).registration
        self._recorder.record_of_centre(
            lambda act, events: visit_noting.pick(act, self._own(act, events), learner, why)
        )
        return self.own()

    def put_back(self, named: str, why: str = "") -> VisitList:
        """Take a learner out of the list; that they were in it stays on record."""
        self._recorder.record_of_centre(
            lambda act, events: visit_noting.put_back(act, self._own(act, events), named, why)
        )
        return self.own()

    def note(self, registrations: Sequence[str], *, opened: bool) -> None:
        """Note that an external quality assurer opens these learners, or else reads a list with them on it: each once a
        visit, and nothing of a list where they were looked at before. What cannot be noted is not shown: it raises."""
        verb = visit_noting.open_them if opened else visit_noting.list_them
        with self._recorder.learners.lock:
            _, visit = visit_noting.visiting(self._recorder.act(""))
            noted = self._noted.setdefault(visit, {})
            new = [each for each in dict.fromkeys(registrations) if each not in noted or (opened and not noted[each])]
            if not new:
                return
            before = self.own().looked
            if to_note := [each for each in new if each not in before or (opened and before[each].opened is None)]:
                self._recorder.record_of_centre(lambda act, _: verb(act, to_note))
            noted.update((each, opened) for each in new)

    def _own(self, act: Act, events: Sequence[Event]) -> VisitList:
        return visit_noting.list_of(act, events, self._called_now)

    def _called_now(self, registration: str, then: datetime) -> str:
        with suppress(MarkTermError):  # Of a record that cannot be read an audit tells; the list is shown all the same.
            return self._recorder.learners.called_since(registration, then)
        return registration

    def _seen(self, told: VisitList) -> VisitList:
        if self._seeing.everybody:
            return told
        return VisitList(
            told.actor,
            told.visit,
            {each: at for each, at in told.looked.items() if self._may_see(each)},
            tuple(
                replace(each, why=self._seeing.words(each.why))
                for each in told.picked
                if self._may_see(each.registration)
            ),
        )

    def _may_see(self, registration: str) -> bool:
        try:
            self._recorder.learners.named(registration)
        except MarkTermError:
            return False
        return True
