"""What of a learner's record decides nothing: each is folded of its own entries, when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.domain.record.event import Event, Kind

if TYPE_CHECKING:
    from markterm.domain.record.accounts import Accounts
    from markterm.domain.record.badges import Badges
    from markterm.domain.record.carrying import Placing
    from markterm.domain.record.cases import CaseRecord
    from markterm.domain.record.claims import ClaimRecord
    from markterm.domain.record.comments import Comment, Section
    from markterm.domain.record.due_days import Days
    from markterm.domain.record.holds import DestroyedEvidence, HoldSet
    from markterm.domain.record.leaving import Departure

# Names of an enumeration are looked up anew each time, and every event of a record is asked when it is opened.
ASIDE = (
    *(Kind.CASE.value, Kind.CLAIMED.value, Kind.COMMENTED.value, Kind.SIGNED.value, Kind.DUE_SET.value),
    *(Kind.HOLD.value, Kind.EVIDENCE_DESTROYED.value, Kind.BADGE.value, Kind.LEFT.value),
    *(Kind.SKILLS_RATED.value, Kind.CPD_PLANNED.value, Kind.CPD_DONE.value),
    *(Kind.ACCOUNT.value, Kind.METHOD_SET.value, Kind.RECEIVED.value, Kind.OPENED.value),
)
"""The kinds of entry that decide nothing."""
NOTHING_DONE = frozenset({Kind.SIGNED.value, Kind.OPENED.value})
"""Of these the ones with which nobody did anything to the portfolio: they stand beside what they sign, or are recorded
of themselves when somebody looks."""


class Aside:
    """The part of a portfolio that rests on its entries `aside` alone."""

    __slots__ = ()
    aside: tuple[Event, ...]
    placing: Placing

    @property
    def cases(self) -> tuple[CaseRecord, ...]:
        """The cases of the learner, open ones and closed ones, in the order in which they were opened."""
        if not self.aside:
            return ()
        from markterm.domain.record.cases import cases_of  # Few learners have one.

        return cases_of(self.aside, self.placing.unit)

    @property
    def claims(self) -> tuple[ClaimRecord, ...]:
        """What was claimed for the learner, unit by unit and qualification by qualification, as each began."""
        if not self.aside:
            return ()
        from markterm.domain.record.claims import claims_of  # Only who is done has one.

        return claims_of(self.aside, self.placing.unit)

    @property
    def badges(self) -> Badges:
        """What is recorded of the learner's badges."""
        from markterm.domain.record.badges import badges_of  # Few learners have one.

        return badges_of(self.aside, self.placing.unit)

    @property
    def accounts(self) -> Accounts:
        """The accounts of what was seen and said of the learner, and the methods of what they handed in."""
        from markterm.domain.record.accounts import accounts_of  # Few learners have one.

        return accounts_of(self.aside, self.placing.unit)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments that stand on sections of the learner's sheets, as they were made."""
        if not self.aside:
            return ()
        from markterm.domain.record.comments import comments_of  # Few learners have one.

        return comments_of(self.aside, self.placing.unit)

    def comments_on(self, section: Section) -> tuple[Comment, ...]:
        """Those on that section: two, where people wrote without having seen each other."""
        return tuple(each for each in self.comments if each.section == section)

    @property
    def due_days(self) -> Days:
        """The days that were set for the learner on which work is due, before what the sheets say."""
        if not self.aside:
            return {}
        from markterm.domain.record.due_days import due_days  # Many learners' are those of the sheets.

        return due_days(self.aside)

    @property
    def holds(self) -> tuple[HoldSet, ...]:
        """What holds, or held, everything of the learner from being destroyed, in the order in which it was set."""
        if not self.aside:
            return ()
        from markterm.domain.record.holds import holds_of  # Few learners have one.

        return holds_of(self.aside)

    @property
    def evidence_destroyed(self) -> DestroyedEvidence | None:
        """That the learner's evidence was destroyed; None as long as it was not."""
        if not self.aside:
            return None
        from markterm.domain.record.holds import evidence_destroyed_in

        return evidence_destroyed_in(self.aside)

    @property
    def departure(self) -> Departure | None:
        """That the learner left, or came back; None where nothing of it was said."""
        from markterm.domain.record.leaving import departure_of  # Few learners leave.

        return departure_of(self.aside)

    @property
    def is_away(self) -> bool:
        """Whether the learner left the course and did not come back."""
        return bool(self.aside) and (departure := self.departure) is not None and departure.is_away
