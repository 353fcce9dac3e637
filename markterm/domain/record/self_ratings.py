"""How people rate themselves, statement by statement, again and again, as the records tell it.

None of it is an assessor's decision, and nothing is ever made of the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.developing import SkillsRated
from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.counted import counted
from markterm.domain.words.uid import short


@dataclass(frozen=True, slots=True)
class SelfRating:
    """What somebody said of themselves on one statement, as it stands: `uid` is of the entry that says it so, `first`
    of the one that said it first, and `why` says why it was corrected. `unseen` says that two corrected it without
    having seen each other's correction: the last one stands, and people look at both."""

    uid: str
    first: str
    link: StatementLink
    rating: str
    example: str
    said: SkillsRated
    actor: str
    at: datetime
    why: str = ""
    unseen: bool = False

    @property
    def on(self) -> date:
        """The day on which it was said."""
        return self.said.on

    @property
    def place(self) -> int | None:
        """Its place on the scale of then, from 0 on; None for a word that was not on it."""
        return self.said.scale.index(self.rating) if self.rating in self.said.scale else None

    @property
    def is_enough(self) -> bool:
        """Whether it reaches the word of that scale from which on a statement is no gap."""
        place, scale = self.place, self.said.scale
        return place is not None and self.said.enough in scale and place >= scale.index(self.said.enough)


class Change(StrEnum):
    """What a self-rating is beside the one before it."""

    FIRST = "for the first time"
    UP = "higher"
    SAME = "the same"
    DOWN = "lower"
    OTHER_SCALE = "on another scale"


def change(now: SelfRating, before: SelfRating | None) -> Change:
    """How `now` differs from what was said `before`; two scales have no order between them."""
    if before is None:
        return Change.FIRST
    if now.said.scale != before.said.scale or now.place is None or before.place is None:
        return Change.OTHER_SCALE
    if now.place == before.place:
        return Change.SAME
    return Change.UP if now.place > before.place else Change.DOWN


SelfRatings = Mapping[StatementLink, Sequence[SelfRating]]
"""Of each statement what was said, in the order of the days."""


def self_ratings(events: Iterable[Event], member: str = "") -> SelfRatings:
    """What the events of a learner's record, or those of the centre's about that member, say of each statement.

    What was corrected stands as it was said last, once; what was taken back is left out.
    """
    found: dict[tuple[str, StatementLink], SelfRating] = {}
    firsts: dict[tuple[str, StatementLink], str] = {}
    for event in events:
        said = said_in(event, SkillsRated) if event.kind == Kind.SKILLS_RATED else None
        if said is None or said.member != member:
            continue
        for each in said.ratings:
            first = firsts.get((said.corrects, each.link), event.uid) if said.corrects else event.uid
            firsts[event.uid, each.link] = first
            told = SelfRating(event.uid, first, each.link, each.rating, each.example, said, event.actor, event.at)
            stood = found.get((first, each.link))
            unseen = stood is not None and stood.uid != said.corrects
            # The place in which it was said first stays: of one day the order of the record counts.
            found[first, each.link] = replace(told, why=said.why, unseen=unseen) if said.corrects else told
    by: dict[StatementLink, list[SelfRating]] = {}
    for (_, link), rating in found.items():
        if rating.rating:
            by.setdefault(link, []).append(rating)
    return {link: sorted(told, key=lambda each: each.on) for link, told in by.items()}


def scans(events: Iterable[Event], member: str = "") -> tuple[tuple[Event, SkillsRated], ...]:
    """Every self-assessment and every correction of one, in the order of the record."""
    found = []
    for event in events:
        said = said_in(event, SkillsRated) if event.kind == Kind.SKILLS_RATED else None
        if said is not None and said.member == member:
            found.append((event, said))
    return tuple(found)


def in_words(event: Event) -> str:
    """What an entry of it tells, in a line: `self-assessment in 3 statements, said on 2026-03-02, in talk`."""
    said = said_in(event, SkillsRated)
    if said is None:
        return event.kind
    whose = f" of {said.member}" if said.member else ""
    number = counted(len(said.ratings), "statement")
    if said.corrects:
        return f"self-assessment{whose} {short(said.corrects)} corrected in {number}"
    return f"self-assessment{whose} in {number}, said on {said.on.isoformat()}, {said.how}"
