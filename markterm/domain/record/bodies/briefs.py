"""What is recorded when the brief of an assignment is verified before learners get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

from markterm.domain.record.bodies.body import Fields, NotSaid, day, needed_text, objects, others, text
from markterm.domain.record.event import Json


class Checked(NamedTuple):
    """One line of the checklist, as it was asked, and whether the brief does so."""

    asked: str
    met: bool


@dataclass(frozen=True, slots=True)
class BriefVerified:
    """The brief of an assignment was verified, `on` a day; `sha256` is of its sheet as it was then.

    `fit` says that it may be given to learners. Where it may not, or something is still to be done, `action` says what,
    by the member of the id `owner`, until the day `due`.
    """

    assignment: str
    sha256: str
    fit: bool
    on: date | None = None
    checklist: tuple[Checked, ...] = ()
    action: str = ""
    owner: str = ""
    due: date | None = None
    more: Fields = field(default_factory=dict)

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What was verified. Raises `NotSaid` when no sheet is named, or it is neither fit nor not, or said to be fit
        though a line of the checklist is not met."""
        assignment, sha256, fit = needed_text(body, "assignment"), needed_text(body, "sha256"), body.get("fit")
        checklist = tuple(map(_read_checked, objects(body, "checklist")))
        if not isinstance(fit, bool):
            raise NotSaid("neither fit nor not")
        if fit and not all(each.met for each in checklist):
            raise NotSaid("it is fit, and a line of the checklist is not met")
        return cls(
            assignment,
            sha256,
            fit,
            day(body.get("on")),
            checklist,
            text(body, "action"),
            text(body, "owner"),
            day(body.get("due")),
            others(body, _KNOWN),
        )

    def write(self) -> dict[str, Json]:
        """The body of a verification of a brief."""
        body: dict[str, Json] = {
            **self.more,
            "assignment": self.assignment,
            "sha256": self.sha256,
            "fit": self.fit,
        }
        if self.on is not None:
            body["on"] = self.on.isoformat()
        if self.checklist:
            body["checklist"] = [{"asked": each.asked, "met": each.met} for each in self.checklist]
        if self.action:
            body["action"] = self.action
        if self.owner:
            body["owner"] = self.owner
        return body | {"due": self.due.isoformat()} if self.due is not None else body

    @property
    def words(self) -> str:
        """What is to be done."""
        return self.action


_KNOWN = frozenset({"assignment", "sha256", "fit", "on", "checklist", "action", "owner", "due"})


def _read_checked(said: Fields) -> Checked:
    met = said.get("met")
    if not isinstance(met, bool):
        raise NotSaid("a line of the checklist is neither met nor not")
    return Checked(needed_text(said, "asked"), met)
