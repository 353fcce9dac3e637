"""What is recorded of how somebody develops: how they rate themselves, statement by statement, and their CPD plan.

In a learner's record it is about the learner; in the centre's own it names the member of staff whom it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Self

from markterm.domain.assessed.standard import StatementLink
from markterm.domain.record.bodies.body import (
    Fields,
    NotSaid,
    day,
    needed_text,
    objects,
    optional_text,
    others,
    text,
    texts,
    truth,
)
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class StatementRated:
    """How somebody rates themselves on a statement, in a word of the scale, with an example of their own. An empty
    rating in a correction takes back what was said."""

    link: StatementLink
    rating: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class SkillsRated:
    """A self-assessment, as a member recorded it: who said it, `how` (in talk, on paper, by e-mail) and on which day.

    `scale` is the centre's of then, the least first, and `enough` the word of it from which on a statement is no gap:
    what was said keeps its meaning when the centre takes another scale. One that `corrects` another, by its uid, stands
    in the place of what that said of the same statements, and `why` says why.
    """

    ratings: tuple[StatementRated, ...]
    said_by: str
    how: str
    on: date
    scale: tuple[str, ...]
    enough: str
    member: str = ""
    corrects: str = ""
    why: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was said. Raises `NotSaid` without a day, or when a rating names no statement."""
        ratings = tuple(
            StatementRated(_link(each), needed_text(each, "rating"), text(each, "example"))
            for each in objects(body, "ratings")
        )
        return cls(
            ratings,
            text(body, "said_by"),
            text(body, "how"),
            _needed_day(body, "on"),
            texts(body.get("scale")),
            text(body, "enough"),
            optional_text(body, "member"),
            optional_text(body, "corrects"),
            text(body, "why"),
            others(body, _SKILLS_RATED),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        ratings: list[Json] = [
            _said_of(each.link) | {"rating": each.rating} | _without_empty({"example": each.example})
            for each in self.ratings
        ]
        said: dict[str, Json] = {"member": self.member, "corrects": self.corrects, "why": self.why}
        body: dict[str, Json] = {
            **self.more,
            "ratings": ratings,
            "said_by": self.said_by,
            "how": self.how,
            "on": self.on.isoformat(),
            "scale": list(self.scale),
            "enough": self.enough,
        }
        return body | _without_empty(said)

    @property
    def words(self) -> str:
        """The examples, or why it was corrected."""
        return "\n".join(filter(None, (self.why, *(each.example for each in self.ratings))))


class CpdStep(StrEnum):
    """What was done with an item of a CPD plan."""

    PLANNED = "planned"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class CpdPlanned:
    """An item of a CPD plan: what is to be learnt, how, by when, and what will show it; `statements` are those that it
    is for. `item` is the uid of the first entry about it, where this one changes or drops it; `why` says why."""

    step: CpdStep
    what: str
    how: str = ""
    by: date | None = None
    evidence: str = ""
    statements: tuple[StatementLink, ...] = ()
    item: str = ""
    why: str = ""
    member: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is planned. Raises `NotSaid` for a step that is not known, or when it says not what."""
        step = needed_text(body, "step")
        if step not in set(CpdStep):
            raise NotSaid("no step that is known")
        return cls(
            CpdStep(step),
            needed_text(body, "what"),
            text(body, "how"),
            day(body.get("by")),
            text(body, "evidence"),
            tuple(map(_link, objects(body, "statements"))),
            optional_text(body, "item"),
            text(body, "why"),
            optional_text(body, "member"),
            others(body, _CPD_PLANNED),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        said: dict[str, Json] = {
            "how": self.how,
            "by": _iso(self.by),
            "evidence": self.evidence,
            "statements": _links(self.statements),
            "item": self.item,
            "why": self.why,
            "member": self.member,
        }
        return {**self.more, "step": self.step.value, "what": self.what} | _without_empty(said)

    @property
    def words(self) -> str:
        """What is to be learnt, and why it was changed."""
        return "\n".join(filter(None, (self.what, self.why)))


@dataclass(frozen=True, slots=True)
class CpdDone:
    """Professional development that somebody did, planned (`item`) or not: the day, what it was, what shows it.

    `requirements` are the codes of what is asked of staff that it is for. One that replaces another says `why`, and so
    does one that says that it was `taken_back`.
    """

    what: str
    on: date
    evidence: str = ""
    item: str = ""
    requirements: tuple[str, ...] = ()
    statements: tuple[StatementLink, ...] = ()
    taken_back: bool = False
    why: str = ""
    member: str = ""
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was done. Raises `NotSaid` without a day, or when it says not what."""
        return cls(
            needed_text(body, "what"),
            _needed_day(body, "on"),
            text(body, "evidence"),
            optional_text(body, "item"),
            texts(body.get("requirements")),
            tuple(map(_link, objects(body, "statements"))),
            truth(body, "taken_back"),
            text(body, "why"),
            optional_text(body, "member"),
            others(body, _CPD_DONE),
        )

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        said: dict[str, Json] = {
            "evidence": self.evidence,
            "item": self.item,
            "requirements": list(self.requirements),
            "statements": _links(self.statements),
            "taken_back": self.taken_back,
            "why": self.why,
            "member": self.member,
        }
        return {**self.more, "what": self.what, "on": self.on.isoformat()} | _without_empty(said)

    @property
    def words(self) -> str:
        """What it was, and why it was put right."""
        return "\n".join(filter(None, (self.what, self.why)))


def _link(body: Fields) -> StatementLink:
    standard, statement = needed_text(body, "standard"), needed_text(body, "statement")
    if not standard or not statement:
        raise NotSaid("no statement is named")
    return StatementLink(standard, statement, text(body, "version"))


def _said_of(link: StatementLink) -> dict[str, Json]:
    return {"standard": link.standard, "version": link.version, "statement": link.statement}


def _links(links: Iterable[StatementLink]) -> list[Json]:
    return [_said_of(each) for each in links]


def _needed_day(body: Fields, key: str) -> date:
    said = day(body.get(key))
    if said is None:
        raise NotSaid(f"no day in {key}")
    return said


def _iso(said: date | None) -> str:
    return said.isoformat() if said is not None else ""


def _without_empty(said: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in said.items() if value not in ("", [], False)}


_SKILLS_RATED = frozenset({"ratings", "said_by", "how", "on", "scale", "enough", "member", "corrects", "why"})
_CPD_PLANNED = frozenset({"step", "what", "how", "by", "evidence", "statements", "item", "why", "member"})
_CPD_DONE = frozenset({"what", "on", "evidence", "item", "requirements", "statements", "taken_back", "why", "member"})
