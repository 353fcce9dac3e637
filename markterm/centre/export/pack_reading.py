"""Reading everybody for a visit pack: each record once, and nothing of it is kept but what the pack says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markterm.centre.export.pack_evidence import fixed_in
from markterm.centre.export.pack_known import known_in
from markterm.centre.export.pack_sources import NO_PLAN, PackedLearner, PackSources, Reason
from markterm.centre.export.verification import Read
from markterm.centre.signatures_of import signatures_of
from markterm.centre.tracked import TrackedRow
from markterm.domain.record.leaving import left_on
from markterm.domain.rules.retention import Kept
from markterm.domain.sampling.assessed_unit import sampled_in_words
from markterm.domain.sampling.why import in_words
from markterm.domain.views.caseload import NOBODYS, CaseloadRow
from markterm.domain.views.kept_of import KeptOf
from markterm.domain.views.tracking import tracked_units
from markterm.domain.words.errors import MarkTermError
from markterm.own.tracked_index import TrackedLearner
from markterm.system.platform import CENTRE_RECORD

if TYPE_CHECKING:
    from markterm.centre.export.claims import ClaimsRead
    from markterm.centre.learner_portfolio import LearnerPortfolio
    from markterm.domain.record.plans import StandingPlan
    from markterm.domain.record.who_did_what import Told

Section = Callable[[PackedLearner, "LearnerPortfolio | None"], None]
"""Lists what is in the pack of a learner, while their record is at hand."""


@dataclass
class PackRead:
    """What was read: of the learners asked for what can be claimed and where their criteria stand, of everybody what is
    shown of internal verification, and what is said of the signatures in the centre's own record."""

    verification: Read = field(default_factory=Read)
    claims: list[ClaimsRead] = field(default_factory=list)
    tracked: list[TrackedRow] = field(default_factory=list)
    of_centre: tuple[Told, ...] = ()


def reading_everybody(
    sources: PackSources, asked: Mapping[str, PackedLearner], section: Section, read: PackRead
) -> Iterator[None]:
    """Read everybody of the caseload, as it is now, into `read`, and of those `asked` for all that the pack says of
    them; `section` then lists what is in it of each. Yields after each learner. Raises `Unreadable` when the centre's
    own record cannot be read."""
    for _ in sources.caseload.refresh():
        pass
    reading = _Reading(sources)
    left = dict(asked)
    read.of_centre = reading.signatures(CENTRE_RECORD)
    # Each is asked for again right after it was read: their record is still at hand then.
    for row, _ in zip(sources.caseload.rows, sources.verification.reading(read.verification), strict=True):
        if (learner := left.pop(row.registration, None)) is not None:
            reading.read(learner, row, read, section)
        yield
    for learner in left.values():
        reading.read(learner, None, read, section)
        yield


class _Reading:
    """Reads learner after learner; what all of them need of the centre is read once."""

    def __init__(self, sources: PackSources) -> None:
        self._from = sources
        self._keys = sources.keys()
        self._plans: Sequence[StandingPlan] = sources.plans.every()
        self._visits = sources.retention.held_by_visits()
        self._visited = sources.exports.claims.visited()

    def read(self, learner: PackedLearner, row: CaseloadRow | None, read: PackRead, section: Section) -> None:
        registration = learner.registration
        own: TrackedLearner | None = None
        shown: LearnerPortfolio | None = None
        try:
            shown, learner.heads = self._from.standing.of(registration, even_with_errors=True, in_passing=True)
            self._take(learner, shown)
            own = TrackedLearner(
                registration,
                tuple(tracked_units(shown.units, shown.portfolio, shown.held)),
                learner.heads,
                shown.incomplete,
            )
        except MarkTermError as error:
            shown = None
            learner.learner = None
            learner.kept = KeptOf(registration, "", Kept(), problem=f"{error.title}: {error.what}")
        if row is not None:
            read.tracked.append((row, None if row.problem.startswith(NOBODYS) else own))
        read.claims.append(self._from.exports.claims.read(registration, self._visited))
        section(learner, shown)

    def _take(self, learner: PackedLearner, shown: LearnerPortfolio) -> None:
        learner.incomplete = shown.incomplete
        learner.known = known_in(shown)
        learner.fixed = fixed_in(shown.portfolio)
        learner.kept = self._from.retention.of_shown(shown, self._visits)
        learner.reasons = tuple(self._reasons(shown))
        learner.badges = self._from.badges(shown)
        learner.signatures = self.signatures(learner.registration)
        # Who left says the record; the file may say it of itself, or of long ago.
        learner.learner = replace(shown.learner, left=left_on(shown.learner, shown.portfolio.departure))

    def _reasons(self, shown: LearnerPortfolio) -> Iterator[Reason]:
        """Why each unit is in the plan, or is not; and what the record itself says, where somebody sampled it."""
        earlier = self._from.store.earlier(shown.learner.registration)
        reasons = self._from.plans.reasons(shown, earlier, self._plans)
        told = {unit: (stands, why) for unit, stands, why in reasons}
        for unit in shown.units:
            sampled = sampled_in_words(shown.portfolio.unit(unit.key))
            beside = (sampled,) if sampled else ()
            if unit.code not in told:
                yield Reason(unit.code, "", bool(sampled), beside or (NO_PLAN,), beside or (NO_PLAN,))
                continue
            stands, why = told[unit.code]
            lines = tuple(in_words(stands, unit.code, why))
            because, said = why.because, lines
            if beside and not why.sampled:  # What the plan samples, the record says of it in the same words.
                because = (*beside, *(f"not in the plan: {each}" for each in why.because))
                said = (*beside, *lines)
            days = f"{stands.begins} to {stands.ends}"
            yield Reason(unit.code, days, why.sampled or bool(sampled), because, said)

    def signatures(self, record: str) -> tuple[Told, ...]:
        """What an audit says of the signatures in the record, and in those that it goes on from."""
        store = self._from.store
        every = store.load(record)
        return tuple(
            told
            for each in (*store.earlier(record), record)
            for told in signatures_of(store, each, store.lines(each), every, self._keys)
        )
