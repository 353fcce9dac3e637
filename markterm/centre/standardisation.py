"""Standardisation: the same evidence marked by each member alone, the meeting that compares, and what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from markterm.centre.caseload import Caseload
from markterm.centre.evidence import Evidence
from markterm.centre.fixing import Fixing
from markterm.centre.recorder import Recorder
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.qualification import Qualification
from markterm.domain.assessed.unit import UnitKey
from markterm.domain.record.bodies.standardising import Exhibit, Standardised, Standardising, Viewed
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.standardisation import (
    Agreed,
    Standardisation,
    StandardisationState,
    agreed_of,
    last_standardised,
    standardisations,
)
from markterm.domain.rules import standardising
from markterm.domain.words.code import the_one
from markterm.domain.words.errors import MarkTermError, Refused, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.domain.words.nearly import did_you_mean
from markterm.domain.words.uid import of_uid

if TYPE_CHECKING:
    from markterm.centre.exhibits import Material


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be looked at: criteria of a learner's unit, in all of their evidence or in a file of it."""

    of: Standardised
    registration: str
    unit: str
    criteria: tuple[str, ...]
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class LastStandardised:
    """When a member was standardised last for a qualification; None for never. `due` is the day until which they are
    to be again: so many days after that, or after the centre's record knew them; `overdue` says that it is past."""

    member: Member
    qualification: str
    on: date | None
    due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A standardisation that is open, and the ids of those who have not given all their answers."""

    told: Standardisation
    members: tuple[str, ...]


class Standardisations:
    """The standardisations of a centre. Verbs raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(
        self,
        details: CentreDetails,
        sheets: CentreSheets,
        caseload: Caseload,
        evidence: Evidence,
        fixing: Fixing,
        recorder: Recorder,
    ) -> None:
        self._details = details
        self._sheets = sheets
        self._caseload = caseload
        self._evidence = evidence
        self._fixing = fixing
        self._recorder = recorder

    def every(self) -> tuple[Standardisation, ...]:
        """All that the centre's record tells of, in the order in which they were opened. Raises `Unreadable`."""
        return standardisations(self._recorder.of_centre())

    def of_id(self, text: str) -> Standardisation:
        """The one whose id begins so. Raises `WrongUse` when there is not exactly one."""
        return of_uid(self.every(), text, "standardisation")

    def begin(
        self, qualification: str, chosen: Sequence[Chosen], why: str
    ) -> tuple[Standardisation, tuple[Chosen, ...]]:
        """Open a standardisation for a qualification; returns it, and what was left out because the learner refuses
        that their work is used, where the centre's policy does not let it be used all the same."""
        code, even_refused = self._qualification(qualification).code, self._details.policy.standardise_refused
        exhibits, refused = [], []
        for each in chosen:
            shown = self._recorder.learners.portfolio(each.registration)
            unit = shown.unit(each.unit)
            refuses = standardising.refuses_use(shown.portfolio, unit)
            if refuses and not even_refused:
                refused.append(each)
            else:
                exhibit = standardising.exhibit(each.registration, unit, shown.portfolio, each.criteria, each.of)
                exhibits.append(self._with_file(exhibit._replace(refused=refuses), each))
        if refused and not exhibits:
            names = ", ".join(dict.fromkeys(each.registration for each in refused))
            raise Refused(
                "The learner refuses",
                f"{names} ticked that their work is not used for standardisation. Nothing was recorded.",
                "Choose the work of somebody else.",
            )
        event = self._recorder.record_of_centre(lambda act, _: standardising.begin(act, code, exhibits, why))
        return self.of_id(event.uid), tuple(refused)

    def answer(self, uid: str, views: Sequence[Viewed]) -> Standardisation:
        """Record answers of whoever acts; returns the standardisation after them."""
        self._recorder.record_of_centre(lambda act, events: standardising.answer(act, _among(events, uid), views))
        return self.of_id(uid)

    def close(self, uid: str, minutes: Standardising) -> Standardisation:
        """Close it with its minutes; whom they name are members. Returns the standardisation after them."""
        for member in (*minutes.present, *minutes.apologies, *(each.owner for each in minutes.actions)):
            self._details.named(member)
        self._recorder.record_of_centre(lambda act, events: standardising.close(act, _among(events, uid), minutes))
        return self.of_id(uid)

    def drop(self, uid: str, why: str) -> Standardisation:
        """Say that it was opened by mistake; returns the standardisation after that."""
        self._recorder.record_of_centre(lambda act, events: standardising.drop(act, _among(events, uid), why))
        return self.of_id(uid)

    def material(self, told: Standardisation) -> Iterator[Material]:
        """What is looked at in it, to be read: names are covered, and what was decided of evidence is not told."""
        from markterm.centre.exhibits import Exhibits  # When it is needed, like all that covers names.

        return Exhibits(self._recorder.learners, self._caseload, self._evidence).read(told)

    def agreed(self, units: Iterable[UnitKey]) -> Mapping[UnitKey, Mapping[str, tuple[Agreed, ...]]]:
        """What was agreed of each criterion of these units, the newest first; nothing when the centre's record cannot
        be read, which holds up nobody's marking."""
        every: tuple[Standardisation, ...] = ()
        with suppress(MarkTermError):
            every = self.every()
        return {unit: agreed_of(every, unit) if every else {} for unit in units}

    def last(self) -> Iterator[LastStandardised]:
        """When each assessor and verifier was standardised last, for each qualification that learners are on and that
        they assess a unit of or verify. Raises `Unreadable`."""
        every = self.every()
        for code, qualification in self._taken().items():
            for member in self._details.members:
                if _concerns(member, qualification):
                    yield self._last(every, member, code)

    def overdue(self) -> Iterator[LastStandardised]:
        """Those of them that are too long ago. Reads no sheet where nobody's can be. Raises `Unreadable`."""
        every = self.every()
        codes = {code for row in self._caseload.rows for code in row.qualifications}
        told = (self._last(every, member, code) for code in sorted(codes) for member in self._details.members)
        for late in (each for each in told if each.overdue):
            qualification = self._taken().get(late.qualification)
            if qualification is not None and _concerns(late.member, qualification):
                yield late

    def to_answer(self) -> Iterator[ToAnswer]:
        """Those that are open, each with the assessors and verifiers of its qualification who have not answered all of
        it. Reads no sheet where none is open. Raises `Unreadable`."""
        for told in self.every():
            if told.state is StandardisationState.OPEN:
                qualification = self._sheets.qualifications.by_code.get(told.qualification)
                concerned = (each for each in self._details.members if qualification and _concerns(each, qualification))
                yield ToAnswer(told, tuple(each.id for each in concerned if not told.is_answered_by(each.id)))

    def _taken(self) -> Mapping[str, Qualification]:
        """The qualifications that learners are on and that the centre has a sheet for."""
        taken = {code for row in self._caseload.rows for code in row.qualifications}
        return {code: each for code, each in self._sheets.qualifications.by_code.items() if code in taken}

    def _last(self, every: Sequence[Standardisation], member: Member, code: str) -> LastStandardised:
        on = last_standardised(every, member.id, (code,))
        since, today = on or self._known_since(member.id), local(self._recorder.now()).date()
        limit = timedelta(self._details.strategies.points.long_ago)
        due = since + limit if since is not None else None
        return LastStandardised(member, code, on, due, due is not None and today > due)

    def _known_since(self, member_id: str) -> date | None:
        times = (change.since for change in self._details.past().changes if change.id == member_id)
        first = min(times, default=None)
        return local(first).date() if first is not None else None

    def _qualification(self, code: str) -> Qualification:
        every = self._sheets.qualifications.by_code
        known = one_line(", ".join(every)) or "none, in mark_sheets/qualifications"
        meant = did_you_mean(code, every, f"It has {known}.")
        otherwise = WrongUse("No such qualification", f"The centre has no qualification {one_line(code)}.", meant)
        return the_one(every.values(), code, "qualification", otherwise)

    def _with_file(self, exhibit: Exhibit, chosen: Chosen) -> Exhibit:
        """The exhibit with the file that was named, as it is now. Raises `WrongUse` when there is none of that name."""
        if not chosen.file:
            return exhibit
        file = self._evidence.named(chosen.registration, chosen.file)
        sha256 = self._fixing.fingerprints(chosen.registration).get(file.name, "")
        return exhibit._replace(file=file.name, sha256=sha256, place=chosen.place)


def _among(events: Sequence[Event], uid: str) -> Standardisation:
    return next(each for each in standardisations(events) if each.uid == uid)


def _concerns(member: Member, qualification: Qualification) -> bool:
    """Whether the member assesses a unit of it, or verifies."""
    if Role.VERIFIER in member.roles:
        return True
    return Role.ASSESSOR in member.roles and not (member.units | member.training).isdisjoint(qualification.units)
