"""The sampling plan: what is proposed from everybody's records, adopted, changed by hand, and why of any unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markterm.centre.assessed import AssessedLearners
from markterm.centre.caseload import Caseload
from markterm.centre.learner_portfolio import LearnerPortfolio
from markterm.centre.observations import Observations
from markterm.centre.ratings import Ratings
from markterm.centre.recorder import Recorded, Recorder
from markterm.centre.separation import SeparationOnRecord
from markterm.centre.verification import Verification
from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.bodies.planning import PlanChange, PlanChanged
from markterm.domain.record.centre_details import CentreDetails
from markterm.domain.record.event import Event
from markterm.domain.record.plans import Key, StandingPlan, StandingSample, plan_on, plans_of, usual_period
from markterm.domain.record.verifying import INTERIM, SUMMATIVE
from markterm.domain.rules.planning import adopt, change, check_period, planner
from markterm.domain.sampling.assessed_learner import Assessed
from markterm.domain.sampling.assessed_unit import AssessedUnit, codes_before
from markterm.domain.sampling.before import looked_at_before
from markterm.domain.sampling.beside import BesidePlan
from markterm.domain.sampling.candidate import Stage
from markterm.domain.sampling.candidates import candidates_of
from markterm.domain.sampling.proposal import MayNot, Proposal, nothing_proposed, proposal
from markterm.domain.sampling.sharing import shared
from markterm.domain.sampling.table import NOBODY, Table, sampled_without, table
from markterm.domain.sampling.verifiers import verifiers_sampled
from markterm.domain.sampling.why import Why, why
from markterm.domain.views.caseload import NOBODYS
from markterm.domain.words.errors import MarkTermError, Refused, Unreadable, WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local
from markterm.records.store import EventStore
from markterm.system.collecting import without_collecting
from markterm.system.platform import CENTRE_RECORD

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class NotSampled:
    """A unit of the plan that the learner's record does not say is sampled, and why not."""

    learner: str
    unit: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A sample of the plan that was changed by hand, what was `said` of it in the event, and what the learner's record
    says of it now: who sampled it and why, or nothing; `taken_back` where it was sampled, and is no more since."""

    key: Key
    said: PlanChanged
    event: Event
    sampled: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class NotChanged:
    """A sample that was not changed, and why not."""

    key: Key
    error: MarkTermError


class SamplingPlan:
    """The sampling plans of a centre. `survey` is the store for looking through everybody's records."""

    def __init__(
        self,
        details: CentreDetails,
        assessed: AssessedLearners,
        caseload: Caseload,
        survey: EventStore,
        recorder: Recorder,
        ratings: Ratings,
        separation: SeparationOnRecord,
        verification: Verification,
        observations: Observations,
    ) -> None:
        self._details = details
        self._assessed = assessed
        self._caseload = caseload
        self._survey = survey
        self._recorder = recorder
        self._ratings = ratings
        self._separation = separation
        self._verification = verification
        self._observations = observations

    @property
    def today(self) -> date:
        """The day that it is here."""
        return local(self._recorder.now()).date()

    @property
    def verifiers(self) -> tuple[Member, ...]:
        """The members who verify."""
        return tuple(each for each in self._details.members if Role.VERIFIER in each.roles)

    def every(self) -> tuple[StandingPlan, ...]:
        """Every plan that stands, the earliest period first. Raises `Unreadable`."""
        return plans_of(self._recorder.of_centre())

    def before(self, stands: StandingPlan) -> StandingPlan | None:
        """The last plan for days before those of that one; None where there is none. Raises `Unreadable`."""
        return next((each for each in reversed(self.every()) if each.ends < stands.begins), None)

    def of(self, period: Period | None = None) -> StandingPlan:
        """The plan for these days, which holds nothing where nobody adopted one; without days the one of today.

        Raises `Refused` when the days overlap those of another plan, `WrongUse` when they are none, and `Unreadable`.
        """
        events = self._recorder.of_centre()
        plans = plans_of(events)
        if period is None:
            today = plan_on(plans, self.today)
            if today is not None:
                return today
            period = usual_period(plans, self.today)
        check_period(events, *period)
        return next((each for each in plans if each.period == period), StandingPlan(*period))

    def proposed(self, assessed: Assessed, stands: StandingPlan, seed: str = "") -> Proposal:
        """What is proposed for the days of the plan that stands, in the random order of that seed; without one in that
        of the plan, or of the centre's number and the days; nothing new to whom some learners are hidden from. Raises
        `Unreadable`."""
        if not self._recorder.seeing.everybody:
            return nothing_proposed(stands, self.today)
        risks = self._risks(assessed)
        with without_collecting():
            return self._proposed(assessed, stands, seed, risks)

    def _risks(self, assessed: Assessed) -> Mapping[tuple[str, str], Risk]:
        return {(each.assessor, each.unit): each.rating.risk for each in self._ratings.of(assessed.counts)}

    def _proposed(
        self, assessed: Assessed, stands: StandingPlan, seed: str, risks: Mapping[tuple[str, str], Risk]
    ) -> Proposal:
        candidates = candidates_of(
            assessed.units,
            *stands.period,
            self.today,
            lambda assessor, unit: risks.get((assessor, unit), Risk.AMBER),
            self._details.strategies,
        )
        return proposal(
            candidates,
            self._details.strategies,
            stands,
            [each.id for each in self.verifiers],
            self._may_not(assessed),
            seed=seed or self._seed(stands),
            day=self.today,
            heads=assessed.hash_of_heads,
            now_called=assessed.now_called,
            done={each.key: each.answered.verifier for each in assessed.units if each.answered is not None},
            before=looked_at_before(
                assessed.units, self.every(), stands, assessed.now_called, {each.key for each in candidates}
            ),
        )

    def adopt(self, proposed: Proposal, stands: StandingPlan) -> Event | None:
        """Record the plan as it was proposed; None where all of it stands already. Raises `Refused`, `NotSaved` and
        `Unreadable`."""
        self._recorder.seeing.require_everybody("The sampling plan is adopted")
        if len(stands.adopted) == 1 and stands.adopted[0].said.samples == proposed.said.samples:
            planner(self._recorder.act(CENTRE_RECORD))
            return None
        return self._recorder.record_of_centre(
            lambda act, events: adopt(act, events, proposed.said, proposed.seen, proposed.taken_up)
        )

    def sampling(self, assessed: Assessed, stands: StandingPlan) -> Iterator[Recorded | NotSampled]:
        """Record in the learners' records what the plan samples and they do not say yet: why, who looks at it and until
        when. What one record does not take is told, and the next one goes on. Raises `NotSaved`.
        """
        now_called, by_key, may_not = assessed.now_called, assessed.by_key, self._may_not(assessed)
        for key, sample in stands.samples.items():
            unit = by_key.get(now_called.get(key, key))
            if unit is not None and unit.answered is None and (not unit.sampled or self._says_more(sample, unit)):
                try:
                    yield self._sample(unit, sample, may_not)
                except (Refused, WrongUse, Unreadable) as error:
                    yield NotSampled(*unit.key, error.what)

    def _says_more(self, sample: StandingSample, unit: AssessedUnit) -> bool:
        """Whether the plan says another verifier or day of what was sampled before it than the learner's record."""
        given = sample.as_given(unit.given).given
        if (
            given is None
            or given.at > (sample.adopted or given.at)
            or (unit.closed is None) != (given.stage == INTERIM)
        ):
            return False
        day = sample.planned_for
        return sample.verifier not in ("", given.verifier) or (day not in (None, given.due) and day >= self.today)

    def _sample_by_hand(self, learner: str, unit: str, period: Period, why: str) -> tuple[str, bool]:
        """Have the learner's record say what the plan does of a unit since it was changed by hand; returns what it says
        of it now: who sampled it and why, or nothing; and whether that was taken back. What somebody looked at stays
        sampled. The plan was changed already: what the learner's record does not take stops nothing. Raises `NotSaved`.
        """
        assessed = self._assessed.of_learner(learner)
        found = assessed.by_key.get(assessed.now_called.get((learner, unit), (learner, unit)))
        sample = self.of(period).samples.get((learner, unit))
        if found is None or found.answered is not None:
            return "", False
        with suppress(Refused, WrongUse, Unreadable):  # Nothing new was said, or the record says nothing at all.
            if sample is not None:
                self._sample(found, sample, self._may_not(assessed))
            elif found.sampled:
                self._verification.take_back(*found.key, f"dropped from the sampling plan: {why}")
                return "", True
        return found.sampled, False

    def _sample(self, unit: AssessedUnit, sample: StandingSample, may_not: MayNot) -> Recorded:
        is_interim = sample.planned.stage == Stage.INTERIM and unit.closed is None
        may = sample.verifier and any(each.id == sample.verifier for each in self.verifiers)
        due = sample.planned_for
        return self._verification.sample(
            *unit.key,
            sample.in_words,
            stage=INTERIM if is_interim else SUMMATIVE,
            verifier=sample.verifier if may and not may_not(sample.verifier, unit.key) else "",
            due=due if due is not None and due >= self.today else None,
        )

    def change(
        self,
        shown: StandingPlan,
        keys: Iterable[Key],
        what: PlanChange,
        reason: str,
        *,
        day: date | None = None,
        verifier: str = "",
        method: str = "",
    ) -> Iterator[Changed | NotChanged]:
        """Record a change by hand of each of these samples of the plan as it was shown, and have the learner's record
        say it too. What one of them does not take is told, and the next one goes on. Raises `NotSaved`."""
        for key in keys:
            try:
                yield self._change(shown, PlanChanged(*shown.period, *key, what, reason, day, verifier, method.strip()))
            except (Refused, WrongUse, Unreadable) as error:
                yield NotChanged(key, error)

    def _change(self, shown: StandingPlan, said: PlanChanged) -> Changed:
        self._recorder.seeing.require_registration(said.learner)
        key = said.learner, said.unit
        assessed = self._assessed.of_learner(said.learner)
        may_not = self._may_not(assessed)
        if said.verifier and (why_not := may_not(said.verifier, key)):
            raise Refused(
                "They may not look at it",
                f"{said.unit} of {said.learner}: {one_line(why_not)}.",
                "Give it to another verifier.",
            )
        if said.change is PlanChange.ADDED:
            said = self._as_usual(shown, said, assessed, may_not)
        event = self._recorder.record_of_centre(lambda act, events: change(act, events, said, self.verifiers, shown))
        sampled, taken_back = self._sample_by_hand(*key, shown.period, said.why)
        return Changed(key, said, event, sampled, taken_back)

    def _as_usual(self, shown: StandingPlan, said: PlanChanged, assessed: Assessed, may_not: MayNot) -> PlanChanged:
        """What is added: where nothing else was said it is due as the strategy has it, and goes to whoever may look at
        it and has the fewest."""
        unit = assessed.by_key.get((said.learner, said.unit))
        strategy = self._details.strategies.of(unit.cohort if unit is not None else "")
        load = Counter(each.verifier for each in shown.samples.values())
        theirs, _ = shared([(said.learner, said.unit)], [each.id for each in self.verifiers], may_not, load)
        return replace(
            said,
            day=said.day or self.today + timedelta(strategy.due_days),
            verifier=said.verifier or next(iter(theirs.values()), ""),
        )

    def check_may_change(self) -> None:
        """Raises `Refused` when whoever acts plans nothing."""
        planner(self._recorder.act(CENTRE_RECORD))

    def who_may(self, keys: Iterable[Key], assessed: Assessed) -> tuple[tuple[Member, tuple[str, ...]], ...]:
        """Every verifier, each with why they may not look at some of these samples, by what was assessed; those who may
        look at the most come first."""
        may_not, samples = self._may_not(assessed), tuple(keys)
        told = ((each, tuple(filter(None, (may_not(each.id, key) for key in samples)))) for each in self.verifiers)
        return tuple(sorted(told, key=lambda each: (len(each[1]), each[0].id)))

    def table(
        self, assessed: Assessed, stands: StandingPlan, proposed: Proposal | None = None, *, also_without: bool = False
    ) -> Table:
        """The plan beside what was assessed: as it stands, with what was sampled `also_without` it where that is
        asked for; or as it would stand with what is proposed, where that is among it."""
        without = sampled_without(stands, assessed.units, assessed.now_called, self.today) if also_without else ()
        if without:  # What another plan sampled is in that one.
            others = {assessed.now_called.get(key, key) for plan in self.every() for key in plan.samples}
            without = tuple(each for each in without if each.key not in others)
        if proposed is not None:
            stands = proposed.as_it_would_stand(stands, self._recorder.now())
        found = table(
            stands,
            assessed.units,
            {row.registration for row in self._caseload.rows if not row.problem.startswith(NOBODYS)},
            assessed.now_called,
            self.today,
            self._details.strategies,
            self._may_not(assessed),
            proposed.new if proposed is not None else (),
            proposed.nobody if proposed is not None else NOBODY,
            self._unread(assessed),
            self._risks(assessed),
            without,
            {name for row in self._caseload.rows if row.left for name in (*row.earlier, row.registration)},
        )
        return replace(found, beside=self._beside(assessed, stands))

    def _unread(self, assessed: Assessed) -> frozenset[str]:
        """Every registration, also the earlier ones, of those whose records are not among what was read."""
        rows = (row for row in self._caseload.rows if row.latest is not None or row.problem)
        left = (row for row in rows if row.registration not in assessed.names)
        return frozenset(name for row in left for name in (*row.earlier, row.registration))

    def _beside(self, assessed: Assessed, stands: StandingPlan) -> BesidePlan:
        if not self._recorder.seeing.everybody:  # Of how much each verifier verified, some would be a false share.
            return BesidePlan(self._observations.due(stands.ends))
        leads, percent = [each.id for each in self.verifiers if each.lead], self._details.strategies.verifiers
        of_verifiers = verifiers_sampled(assessed.units, *stands.period, percent, leads, self._seed(stands))
        return BesidePlan(self._observations.due(stands.ends), of_verifiers)

    def _seed(self, stands: StandingPlan) -> str:
        """What makes the random order of the plan: as it was adopted, or the centre's number and its days."""
        latest = stands.latest
        return latest.said.seed if latest is not None else f"{self._details.number} {stands.begins} {stands.ends}"

    def named(self, learner: str, unit: str, stands: StandingPlan) -> Key:
        """The learner and the unit that are meant: of what is in the plan also those who are no learners any more.

        Raises `WrongUse` when nobody is, or no unit of theirs.
        """
        planned = [key for key in (*stands.samples, *stands.dropped) if key[0] == learner and key[1].endswith(unit)]
        if len(planned) == 1:
            return planned[0]
        registration = self._recorder.learners.find(learner)
        return registration, self._recorder.learners.portfolio(registration).unit(unit).code

    def about(self, learner: str, unit: str) -> StandingPlan:
        """The plan that is meant where no days are named: the one of today if that learner's unit is in it, or the last
        one that it is in; of what is in none the plan of today, or the last one. Raises `Unreadable`."""
        ordered = self._in_turn(self.every())
        for each in ordered:
            with suppress(WrongUse):  # Who is no learner any more is known to the plan alone.
                key = self._as_planned(*self.named(learner, unit, each), each)
                if key in each.samples or key in each.dropped:
                    return each
        return ordered[0] if ordered else self.of()

    def _in_turn(self, plans: Sequence[StandingPlan]) -> list[StandingPlan]:
        """The plan of today, then the others from the last one on."""
        today = plan_on(plans, self.today)
        return [*([today] if today is not None else ()), *reversed(plans)]

    def reasons(
        self, shown: LearnerPortfolio, earlier: Sequence[str], plans: Sequence[StandingPlan]
    ) -> Iterator[tuple[str, StandingPlan, Why]]:
        """Why each unit of a learner as they are shown is in the plan that is meant where no days are named, or is not;
        nothing of a unit where that plan was never adopted. `earlier` are the registrations that the learner had
        before, `plans` are `every` one."""
        ordered, names = self._in_turn(plans), (shown.learner.registration, *reversed(earlier))
        for unit in (each.code for each in shown.units):
            meant: tuple[StandingPlan, Key] | None = None
            for each in ordered:
                key = _key_in(each, shown, names, unit)
                if key in each.samples or key in each.dropped:
                    meant = each, key
                    break
                meant = meant or (each, key)
            if meant is not None and (meant[0].adopted or meant[0].changes):
                yield unit, meant[0], why(*meant)

    def why(self, learner: str, unit: str, stands: StandingPlan) -> Why:
        """Why that learner's unit is in the plan, or is not: by what was recorded of the plan alone. Raises `Refused`
        when nothing was planned for its days."""
        if not stands.adopted and not stands.changes:
            raise Refused(
                "There is no plan",
                f"Nothing was planned for {stands.begins} to {stands.ends}: nothing is in it, and nobody chose.",
                "Propose a plan and adopt it.",
            )
        return why(stands, self._as_planned(learner, unit, stands))

    def _as_planned(self, learner: str, unit: str, stands: StandingPlan) -> Key:
        """The names under which the plan knows the learner's unit."""
        if (learner, unit) in stands.samples:
            return learner, unit
        shown = self._recorder.learners.portfolio(learner)
        return _key_in(stands, shown, (learner, *reversed(self._survey.earlier(learner))), unit)

    def _may_not(self, assessed: Assessed) -> MayNot:
        by_key, interests, now = assessed.by_key, self._separation.interests, self._recorder.now()

        def may_not(verifier: str, key: Key) -> str:
            unit = by_key.get(key)
            if unit is not None and verifier in unit.people:
                return f"{verifier} decided or closed something in it"
            if interests.declared and interests.at(verifier, assessed.names.get(key[0], (key[0],)), now) is not None:
                return f"{verifier} has a conflict of interest with the learner"
            return ""

        return may_not


def _key_in(stands: StandingPlan, shown: LearnerPortfolio, names: Sequence[str], unit: str) -> Key:
    """Under which of these names, and of the codes that the unit had, the plan knows it."""
    now = shown.unit(unit)
    groups = [group for each in stands.adopted for group in each.said.candidates]
    keys = [(name, code) for name in names for code in (now.code, *codes_before(now, shown.portfolio))]

    def is_known(key: Key) -> bool:
        if key in stands.samples or key in stands.dropped:
            return True
        return any(group.unit == key[1] and key[0] in group.learners for group in groups)

    return next(filter(is_known, keys), keys[0])
