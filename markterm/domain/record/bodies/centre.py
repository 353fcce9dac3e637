"""What the centre's own record says: who its members are, and which remarks a member wants first or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from markterm.domain.assessed.member import Member, Role
from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, others, text, texts
from markterm.domain.record.event import Json


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """A member as they are from now on; `now` is None when they left. `same_person` says that somebody said so of a
    name that shares no word with the one before."""

    member: str
    now: Member | None
    same_person: bool = False
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What is said of a member. Raises `NotSaid` when it names nobody."""
        member, name = needed_text(body, "member"), body.get("name")
        more = others(body, _MEMBER_CHANGED)
        if not member:
            raise NotSaid("nobody is named")
        if body.get("left") is True:
            return cls(member, None, more=more)
        if not isinstance(name, str) or not name.strip():
            raise NotSaid("no name")
        now = Member(
            id=member,
            name=name,
            roles=frozenset(Role(word) for word in texts(body.get("roles")) if word in tuple(Role)),
            units=frozenset(texts(body.get("units"))),
            training=frozenset(texts(body.get("training"))),
            competence=day(body.get("competence")),
            cpd=day(body.get("cpd")),
            lead=body.get("lead") is True,
            learning_to_verify=body.get("learning_to_verify") is True,
            sites=frozenset(texts(body.get("sites"))),
            qualifications=frozenset(texts(body.get("qualifications"))),
            visit=_visit(body),
        )
        return cls(member, now, body.get("same_person") is True, more)

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        if self.now is None:
            return {**self.more, "member": self.member, "left": True}
        now = self.now
        body: dict[str, Json] = {
            **self.more,
            "member": self.member,
            "name": now.name,
            "roles": [role.value for role in Role if role in now.roles],
        }
        if now.units:
            body["units"] = list[Json](sorted(now.units))
        if now.training:
            body["training"] = list[Json](sorted(now.training))
        if now.competence is not None:
            body["competence"] = now.competence.isoformat()
        if now.cpd is not None:
            body["cpd"] = now.cpd.isoformat()
        if now.lead:
            body["lead"] = True
        if now.learning_to_verify:
            body["learning_to_verify"] = True
        if now.sites:
            body["sites"] = list[Json](sorted(now.sites))
        if now.qualifications:
            body["qualifications"] = list[Json](sorted(now.qualifications))
        if now.visit is not None:
            body |= {"visit_from": now.visit[0].isoformat(), "visit_to": now.visit[1].isoformat()}
        return body | {"same_person": True} if self.same_person else body

    @property
    def words(self) -> str:
        """Nothing."""
        return ""


_MEMBER_CHANGED = frozenset(
    {
        *("member", "left", "name", "roles", "units", "training", "competence", "cpd", "lead", "learning_to_verify"),
        *("same_person", "sites", "qualifications", "visit_from", "visit_to"),
    }
)


def _visit(body: Fields) -> tuple[date, date] | None:
    first, last = day(body.get("visit_from")), day(body.get("visit_to"))
    return (first, last) if first is not None and last is not None else None


@dataclass(frozen=True, slots=True)
class RemarkChosen:
    """A member pins, unpins, retires or restores a remark; the kind of the event says which. `remark` is its id."""

    remark: str
    text: str
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """Which remark it is. Raises `NotSaid` without its text."""
        more = others(body, frozenset({"remark", "text"}))
        return cls(text(body, "remark"), needed_text(body, "text"), more)

    def write(self) -> dict[str, Json]:
        """The body that says it."""
        return {**self.more, "remark": self.remark, "text": self.text}

    @property
    def words(self) -> str:
        """The remark."""
        return self.text
