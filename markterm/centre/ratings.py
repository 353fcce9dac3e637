"""The risk ratings of assessors, unit by unit, from what the records say; and a person's own in their place."""

from __future__ import annotations

from datetime import date

from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.member import Role
from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.standardisation import Standardisation, last_standardised, standardisations
from markterm.domain.rules.rating import rate
from markterm.domain.sampling.risk import AssessorRating, own_ratings, rating
from markterm.domain.sampling.track_record import TrackRecords
from markterm.domain.words.local_time import local


class Ratings:
    """The ratings of a centre's assessors."""

    def __init__(self, details: CentreDetails, sheets: CentreSheets, recorder: Recorder) -> None:
        self._details = details
        self._sheets = sheets
        self._recorder = recorder

    def of(self, counts: TrackRecords) -> tuple[AssessorRating, ...]:
        """The rating of every assessor in each unit in which they decided something, are in training, or have one that
        a person gave; by assessor and unit. Raises `Unreadable`."""
        events = self._recorder.of_centre()
        every, own = standardisations(events), own_ratings(events)
        members = {member.id: member for member in self._details.members}
        pairs = {*counts.pairs(), *own}
        pairs |= {(each.id, unit) for each in members.values() if Role.ASSESSOR in each.roles for unit in each.training}
        if (remit := self._recorder.seeing.remit) is not None:
            pairs = {(assessor, unit) for assessor, unit in pairs if unit in remit.units}
        today = local(self._recorder.now()).date()
        points = self._details.strategies.points
        told = []
        for assessor, unit in sorted(pairs):
            member, override = members.get(assessor), own.get((assessor, unit))
            grounds = counts.grounds(
                assessor,
                unit,
                in_training=member is not None and member.in_training_for(unit),
                standardised=self._standardised(every, assessor, unit),
            )
            override = override if override is not None and today <= override.until else None
            told.append(AssessorRating(assessor, unit, rating(grounds, points, today, override), grounds, override))
        return tuple(told)

    def rate(self, assessor: str, unit_code: str, risk: Risk, reason: str, until: date) -> Event:
        """Record a person's own rating of an assessor in a unit, up to and with that day.

        Raises `Refused`, `WrongUse`, `NotSaved` and `Unreadable`.
        """
        member, unit = self._details.named(assessor), self._sheets.named(unit_code)
        today = local(self._recorder.now()).date()
        return self._recorder.record_of_centre(lambda act, _: rate(act, member, unit.code, risk, reason, until, today))

    def _standardised(self, every: tuple[Standardisation, ...], assessor: str, unit: str) -> date | None:
        """When the assessor was standardised last for a qualification that has the unit, or for any where none has."""
        having = [code for code, each in self._sheets.qualifications.by_code.items() if unit in each.units]
        return last_standardised(every, assessor, having or [each.qualification for each in every])
