"""Conflicts of interest between members and learners: declared, told to the awarding organisation, and ended."""

from __future__ import annotations

from datetime import date

from markterm.centre.recorder import Recorder
from markterm.centre.separation import SeparationOnRecord
from markterm.domain.record.bodies.interest import InterestDeclared
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.interest import Interest, interests_of
from markterm.domain.rules.interest import declare_interest


class ConflictsOfInterest:
    """The conflicts of interest that the centre's own record keeps."""

    def __init__(self, recorder: Recorder, separation: SeparationOnRecord, details: CentreDetails) -> None:
        self._recorder = recorder
        self._separation = separation
        self._details = details

    def declared(self, member: str = "", learner: str = "") -> tuple[Interest, ...]:
        """Those of that member and with the learner of that registration, each empty for any; also what has ended. Of
        learners whom whoever asks may not see, none. Raises `Unreadable`."""
        around, seeing = self._separation.of(learner), self._recorder.seeing
        return tuple(
            each
            for each in around.interests.declared
            if member in ("", each.member)
            and seeing.registration(each.learner)
            and (not learner or each.learner in around.learner)
        )

    def of_whoever_acts(self, registration: str) -> Interest | None:
        """That of the member who acts with the learner of that registration, where one holds now."""
        member = self._recorder.member
        if member is None or not (interests := self._separation.as_last_read).declared:
            return None
        return interests.at(member.id, self._separation.names(registration), self._recorder.now())

    def declare(
        self,
        member: str,
        learner: str,
        why: str = "",
        *,
        since: date | None = None,
        told: date | None = None,
        ended: date | None = None,
    ) -> Interest:
        """Declare that a member has a conflict of interest with the learner of that registration, or say more of one.

        `since` is the day from which on it is, `told` that on which the awarding organisation was told, `ended` that on
        which it ended. Raises as `Recorder.record_of_centre` does, and `WrongUse` when the centre has no such member.
        """
        # Somebody who left may still be named: what they decided is looked at by the record.
        known = self._details.past().last(member)
        whose = known.id if known is not None else self._details.named(member).id
        said = InterestDeclared(whose, learner, why, since, told, ended)
        names = self._separation.of(learner).learner
        event = self._recorder.record_of_centre(
            lambda act, events: declare_interest(act, interests_of(events), names, said)
        )
        return next(each for each in self._separation.interests.declared if each.uid == event.uid)
