"""The centre itself: who it is, its members, its policy and its strategy of verification."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from markterm.domain.assessed.claiming import Claiming
from markterm.domain.assessed.member import Member
from markterm.domain.assessed.moodle import MoodleSite
from markterm.domain.assessed.policy import Policy
from markterm.domain.assessed.retention import RetentionRule
from markterm.domain.assessed.serving import Serving
from markterm.domain.assessed.skills_scale import SkillsScale
from markterm.domain.assessed.strategy import Before, Strategies
from markterm.domain.assessed.visibility import Visibility
from markterm.domain.record.record_format import NEWEST
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.nearly import did_you_mean

if TYPE_CHECKING:
    from markterm.domain.assessed.learner import Learner
    from markterm.domain.record.member_history import MemberHistory


def _nothing_on_record() -> MemberHistory:
    from markterm.domain.record.member_history import MemberHistory  # Who they are now is told without the record.

    return MemberHistory()


@dataclass(frozen=True, slots=True)
class CentreDetails:
    """What `centre.toml` says: who the centre is, its members, its policy, its strategy of verification, what it says
    of claims, of its Moodle site and of the headings of its registers, for how long it keeps what it has, the scale of
    self-assessments, how the files of its downloads are called, where its evidence lies when it is not in the
    learners' folders, how it is served, who sees which learners, and which format its record has; and `past`, what its
    record says of who the members were."""

    number: str
    name: str
    awarding_organisation: str = ""
    members: tuple[Member, ...] = ()
    policy: Policy = field(default_factory=Policy)
    strategies: Strategies = field(default_factory=Strategies)
    claiming: Claiming = field(default_factory=Claiming)
    moodle: MoodleSite = field(default_factory=MoodleSite)
    register: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    retention: tuple[RetentionRule, ...] = ()
    skills: SkillsScale = field(default_factory=SkillsScale)
    incoming: tuple[str, ...] = ()
    evidence: str = ""
    record_store: str = ""
    server: Serving = field(default_factory=Serving)
    visibility: Visibility = field(default_factory=Visibility)
    record_format: int = NEWEST
    past: Callable[[], MemberHistory] = field(default=_nothing_on_record, compare=False, repr=False)

    def policy_for(self, learner: Learner) -> Policy:
        """The policy for that learner: who authorises a resubmission is as their qualifications say, and so is whether
        feedback waits for verification; it does where one of several says so."""
        policy = self.policy.for_qualifications(learner.qualifications)
        said = [self.strategies.of(code).summative_before for code in learner.qualifications]
        if not any(said):
            return policy
        waits = [
            self.policy.feedback_waits_for_verification if before is None else before is Before.RELEASE
            for before in said
        ]
        return replace(policy, feedback_waits_for_verification=any(waits))

    def member(self, member_id: str) -> Member | None:
        """The member of that id, or None."""
        return next((member for member in self.members if member.id == member_id), None)

    def name_of(self, member_id: str, at: datetime | None = None) -> str:
        """The member's name: at that time, if one is given and the centre's record says, else now, or when they left.

        The id itself of somebody whom neither `centre.toml` nor the record knows.
        """
        if at is not None and (name := self.past().name_of(member_id, at)):
            return name
        member = self.member(member_id)
        return member.name if member is not None else self.past().name_of(member_id) or member_id

    def named(self, member_id: str) -> Member:
        """The member of that id. Raises `WrongUse` when the centre has no such member."""
        member = self.member(member_id)
        if member is None:
            ids = {member.id: member.name for member in self.members}
            there_are = f"Its members are {', '.join(ids) or 'nobody yet'}."
            raise WrongUse(
                "No such member",
                f"{one_line(member_id)} is not a member of this centre.",
                did_you_mean(member_id, ids, there_are, lambda each: (each, ids[each], *ids[each].split())),
            )
        return member
