"""What an awarding organisation asks of a claim, and how a centre stands with it in each qualification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Fact(StrEnum):
    """A fact of a registration, by its key in the learner's file."""

    REGISTERED = "registered"
    EXPIRES = "expires"
    LEGAL_NAME = "legal_name"
    BORN = "born"
    ULN = "uln"
    EMAIL = "email"
    FUNDED = "funded"


class Status(StrEnum):
    """How a centre stands with its awarding organisation in a qualification.

    Under `SIGN_OFF` the external quality assurer signs off what is claimed; while registrations are suspended, whoever
    was registered before is still claimed.
    """

    DIRECT = "direct"
    SIGN_OFF = "sign-off"
    REGISTRATIONS_SUSPENDED = "registrations-suspended"
    CERTIFICATION_SUSPENDED = "certification-suspended"


_WORDS = {
    Status.DIRECT: "direct claims",
    Status.SIGN_OFF: "claimed after the sign-off of the external quality assurer",
    Status.REGISTRATIONS_SUSPENDED: "registrations suspended",
    Status.CERTIFICATION_SUSPENDED: "certification suspended",
}


@dataclass(frozen=True, slots=True)
class QualificationStanding:
    """How the centre stands in one qualification: `organisation` is the awarding organisation where it is another one
    than the centre's, `status` None where nobody said, and `since` the day of that."""

    organisation: str = ""
    status: Status | None = None
    since: date | None = None

    @property
    def in_words(self) -> str:
        """The status in words: `registrations suspended since 2026-03-02`; empty where nobody said."""
        if self.status is None:
            return ""
        return _WORDS[self.status] + (f" since {self.since.isoformat()}" if self.since is not None else "")


NOT_SAID = QualificationStanding()


@dataclass(frozen=True, slots=True)
class Claiming:
    """What the centre's file says of claims.

    `needs` are the facts without which nothing is claimed from the centre's awarding organisation, `of_organisation`
    those of others by their names; `released` says that a learner is told the outcome before it is claimed. `standings`
    are by the code of the qualification, and `columns` are those of the list of claims, each with what stands in it.
    """

    needs: tuple[Fact, ...] = ()
    released: bool = True
    of_organisation: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    standings: Mapping[str, QualificationStanding] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    def standing(self, qualification: str) -> QualificationStanding:
        """How the centre stands in that qualification."""
        return self.standings.get(qualification, NOT_SAID)

    def needed(self, qualifications: Iterable[str]) -> tuple[Fact, ...]:
        """The facts that a claim needs for these qualifications, each once; without any, those of the centre's own
        awarding organisation."""
        found: dict[Fact, None] = {}
        for code in tuple(qualifications) or ("",):
            own = self.of_organisation.get(self.standing(code).organisation)
            found |= dict.fromkeys(self.needs if own is None else own)
        return tuple(found)
