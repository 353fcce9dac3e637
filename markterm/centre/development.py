"""How people develop: what learners and members of staff say of themselves, what is missing for a role, and their CPD.

What is said of a learner stands in the learner's record, of a member in the centre's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markterm.centre.by_standard import begun_versions, uncounted
from markterm.centre.recorder import Recorder
from markterm.centre.role_profiles import RoleProfiles
from markterm.centre.sheets import CentreSheets
from markterm.domain.assessed.standard import StandardKey
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, SkillsRated, StatementRated
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.cpd import Cpd, CpdItem, Did, cpd
from markterm.domain.record.event import Event
from markterm.domain.record.leaving import left_on
from markterm.domain.record.self_ratings import SelfRating, SelfRatings, scans, self_ratings
from markterm.domain.rules import developing
from markterm.domain.rules.act import Act
from markterm.domain.rules.developing import Whose
from markterm.domain.standards import to_know
from markterm.domain.standards.evidenced import UnitMarked, evidenced
from markterm.domain.standards.gap import Gap, gap
from markterm.domain.standards.to_know import evidenced_in
from markterm.domain.standards.wanted import Wanted, standards_of
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.domain.words.uid import of_uid

_OF_STAFF, _OF_LEARNER = "member:", "learner:"
_INCOMPLETE = "The learner's record is incomplete: decisions may be missing here."


@dataclass(frozen=True, slots=True)
class Person:
    """A learner or a member of staff: `id` is the registration, or the member's id."""

    id: str
    whose: Whose

    @property
    def name(self) -> str:
        """What they are called."""
        return self.whose.name

    @property
    def of_staff(self) -> bool:
        """Whether it is a member of staff."""
        return bool(self.whose.member)


@dataclass(frozen=True)
class Developing:
    """What is on record of how a person develops; `scans` are their self-assessments and corrections, entry by
    entry."""

    person: Person
    said: SelfRatings
    cpd: Cpd
    scans: tuple[tuple[Event, SkillsRated], ...]


class Development:
    """How the people of a centre develop. Verbs raise `Refused`, `WrongUse`, `NotSaved` and `Unreadable`."""

    def __init__(
        self,
        details: CentreDetails,
        sheets: CentreSheets,
        recorder: Recorder,
        profiles: RoleProfiles,
        asked: Callable[[str], Collection[str]],
    ) -> None:
        self._details = details
        self._sheets = sheets
        self._recorder = recorder
        self._profiles = profiles
        self._asked = asked

    @property
    def today(self) -> date:
        """The day on the wall."""
        return local(self._recorder.now()).date()

    def person(self, text: str) -> Person:
        """Who is meant: the member of that id, also one who left, or the learner. `member:` or `learner:` before it
        says which where one is called as the other. Raises `WrongUse`."""
        as_member, as_learner = text.removeprefix(_OF_STAFF), text.removeprefix(_OF_LEARNER)
        if as_learner == text:
            last = self._details.past().last(as_member)
            member = self._details.member(as_member) or last
            if member is not None:
                is_gone = self._details.member(as_member) is None
                return Person(member.id, Whose(member.name, member.id, is_gone=is_gone))
            if as_member != text:
                self._details.named(as_member)
        try:
            registration = self._recorder.learners.find(as_learner)
        except WrongUse as error:
            raise WrongUse(
                "Who is meant?",
                f"{one_line(text)} is no member of staff, and no one learner. {error.what}",
                error.next_step,
                hint=error.hint,
            ) from None
        shown = self._recorder.learners.portfolio(registration)
        return Person(registration, Whose(shown.learner.name, "", left_on(shown.learner, shown.portfolio.departure)))

    def of(self, person: Person) -> Developing:
        """What is on record of that person. Raises `Unreadable`."""
        events, member = self._events(person), person.whose.member
        return Developing(person, self_ratings(events, member), cpd(events, member), scans(events, member))

    def beside(self, person: Person, what: str) -> Gap:
        """That person beside the profile, standard or suite of that code; of a learner who is marked on a standard, in
        the version that they began, as in their index. Raises `WrongUse` and `Unreadable`."""
        begun = {} if person.of_staff else begun_versions(self._recorder.learners.portfolio(person.id))
        return self.gap(person, self._profiles.wanted(what, begun))

    def gap(self, person: Person, wanted: Wanted) -> Gap:
        """That person beside what is wanted. Raises `Unreadable`."""
        known, told = self._sheets.standards, self.of(person)
        standards = standards_of(wanted.links, known)
        asked = {StandardKey(link.standard, link.version) for link in wanted.links}
        if person.of_staff:
            caveats = [*wanted.not_looked_at, *to_know.of_sheets(standards, wanted.without_sheet)]
            caveats += to_know.rated_elsewhere(told.said, asked)
            return gap(wanted, known, None, told.said, told.cpd, caveats)
        portfolio = self._recorder.learners.portfolio(person.id)
        marked = [UnitMarked(unit, portfolio.portfolio.unit(unit.key)) for unit in portfolio.units]
        codes = dict.fromkeys(key.code for key in asked)
        versions = [each for code in codes for each in known.versions(code)]
        every = evidenced(marked, self._sheets.mappings, versions, known)
        elsewhere = evidenced_in(each for each in every if each.standard.key not in asked)
        caveats = [*([_INCOMPLETE] if portfolio.incomplete else []), *wanted.not_looked_at]
        caveats += to_know.of_sheets(standards, wanted.without_sheet, portfolio.missing_units)
        caveats += uncounted(portfolio, self._sheets, codes)
        caveats += [to_know.evidenced_elsewhere(number, key) for key, number in elsewhere.items()]
        caveats += to_know.rated_elsewhere(told.said, asked)
        return gap(wanted, known, every, told.said, told.cpd, caveats)

    def rate(self, person: Person, said: SkillsRated) -> Event:
        """Record a self-assessment, or the correction of one; returns the entry."""
        known, today = self._sheets.standards, self.today

        def verb(act: Act, events: Sequence[Event]) -> Event:
            before = self_ratings(events, person.whose.member)
            return developing.rate(act, person.whose, said, before, known, today)

        return self._recorded(person, verb)

    def corrected(
        self, was: SelfRating, rating: str, example: str, *, said_by: str, how: str, on: date, why: str
    ) -> SkillsRated:
        """What stands in the place of `was`, on the scale on which that was said; without a rating it is taken back:
        it was not said. Raises `WrongUse` for what is not on that scale."""
        scale = replace(self._details.skills, words=was.said.scale, enough=was.said.enough)
        rated = StatementRated(was.link, scale.word(rating) if rating else "", example if rating else "")
        return SkillsRated((rated,), said_by, how, on, scale.words, scale.enough, corrects=was.uid, why=why.strip())

    def plan(self, person: Person, said: CpdPlanned) -> CpdItem:
        """Plan an item of CPD; returns it."""
        known, today = self._sheets.standards, self.today
        event = self._recorded(person, lambda act, _: developing.plan_cpd(act, person.whose, said, known, today))
        return self._item(self.of(person).cpd, event.uid)

    def change(self, person: Person, item: str, said: CpdPlanned) -> CpdItem:
        """Change the item whose id begins so; returns it."""
        known, today = self._sheets.standards, self.today

        def verb(act: Act, events: Sequence[Event]) -> Event:
            was = self._item(cpd(events, person.whose.member), item)
            return developing.change_cpd(act, person.whose, was, said, known, today)

        self._recorded(person, verb)
        return self._item(self.of(person).cpd, item)

    def drop(self, person: Person, item: str, why: str) -> CpdItem:
        """Drop the item whose id begins so; returns it."""

        def verb(act: Act, events: Sequence[Event]) -> Event:
            was = self._item(cpd(events, person.whose.member), item)
            return developing.drop_cpd(act, person.whose, was, why)

        self._recorded(person, verb)
        return self._item(self.of(person).cpd, item)

    def done(self, person: Person, said: CpdDone, item: str = "") -> Event:
        """Record what was done, for the item whose id begins so where there is one; returns the entry."""
        known, today, asked = self._sheets.standards, self.today, self._asked_of(person)

        def verb(act: Act, events: Sequence[Event]) -> Event:
            own = _for_item(said, self._item(cpd(events, person.whose.member), item)) if item else said
            return developing.do_cpd(act, person.whose, own, asked, known, today)

        return self._recorded(person, verb)

    def correct(self, person: Person, did: str, said: CpdDone) -> Event:
        """Put right what was recorded as done, whose id begins so, or take it back; what `said` leaves empty stays.
        Returns the entry."""
        known, today, asked = self._sheets.standards, self.today, self._asked_of(person)

        def verb(act: Act, events: Sequence[Event]) -> Event:
            was = of_uid(cpd(events, person.whose.member).done, did, "thing that was done", _told_did)
            own = _in_place_of(was, said)
            return developing.correct_cpd(act, person.whose, was, own, asked, known, today)

        return self._recorded(person, verb)

    def _events(self, person: Person) -> Sequence[Event]:
        if person.of_staff:
            return self._recorder.of_centre()
        return self._recorder.learners.portfolio(person.id).portfolio.events

    def _recorded(self, person: Person, verb: Callable[[Act, Sequence[Event]], Event]) -> Event:
        if person.of_staff:
            return self._recorder.record_of_centre(verb)
        return self._recorder.record(person.id, lambda act, now: verb(act, now.portfolio.events)).event

    def _asked_of(self, person: Person) -> Collection[str]:
        return self._asked(person.id) if person.of_staff and not person.whose.is_gone else ()

    @staticmethod
    def _item(own: Cpd, beginning: str) -> CpdItem:
        return of_uid(own.items, beginning, "item of the CPD plan", _told_item)


def _told_item(item: CpdItem) -> str:
    return one_line(f"{item.uid[:8]} {item.said.what}")


def _told_did(did: Did) -> str:
    return one_line(f"{did.uid[:8]} {did.said.on.isoformat()} {did.said.what}")


def _for_item(said: CpdDone, item: CpdItem) -> CpdDone:
    return CpdDone(
        said.what or item.said.what,
        said.on,
        said.evidence,
        item.uid,
        said.requirements,
        said.statements or item.statements,
    )


def _in_place_of(was: Did, said: CpdDone) -> CpdDone:
    before = was.said
    return CpdDone(
        said.what or before.what,
        said.on if said.on != date.min else before.on,
        said.evidence or before.evidence,
        before.item,
        said.requirements or before.requirements,
        said.statements or before.statements,
        said.taken_back,
        said.why,
    )
