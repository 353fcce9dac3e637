"""What blocks a claim, each by a code that stays the same, with a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markterm.domain.assessed.claiming import Fact


class WhyNot(StrEnum):
    """The codes. None is ever given a second meaning."""

    INCOMPLETE = "incomplete-record"
    NOT_UNDERSTOOD = "not-understood"
    NO_SHEET = "no-sheet"
    CONFLICT = "conflict"
    STALE = "stale"
    NOT_CLOSED = "not-closed"
    NOT_PASSED = "not-passed"
    CHANGED = "changed-since-closed"
    CASE = "held-by-case"
    NOT_TOLD = "recognition-not-told"
    ACTION = "open-action"
    NOT_VERIFIED = "not-verified"
    NOT_AGREED = "not-agreed"
    NOT_RELEASED = "not-released"
    BEFORE_REGISTRATION = "decided-before-registration"
    RULES = "rules-of-combination"
    NO_REGISTERED = "no-registration-day"
    NO_EXPIRES = "no-expiry"
    NO_LEGAL_NAME = "no-legal-name"
    NO_BORN = "no-date-of-birth"
    NO_ULN = "no-uln"
    BAD_ULN = "wrong-uln"
    NO_EMAIL = "no-email"
    NO_FUNDED = "no-funding"
    EXPIRED = "registration-expired"
    LEFT = "left"
    REGISTRATIONS_SUSPENDED = "registrations-suspended"
    CERTIFICATION_SUSPENDED = "certification-suspended"
    SIGN_OFF = "no-sign-off"
    EQA_ACTION = "eqa-action"
    CLAIMED = "claimed"
    STANDARD = "standard"
    OWN = "own-course"


@dataclass(frozen=True, slots=True)
class Block:
    """What is in the way: its code, and a sentence. `unit` is that of a qualification's unit which it is about."""

    code: WhyNot
    sentence: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.unit}: {self.sentence}" if self.unit else self.sentence


LACKS = {
    Fact.REGISTERED: (WhyNot.NO_REGISTERED, "the day of registration is not known"),
    Fact.EXPIRES: (WhyNot.NO_EXPIRES, "the day on which the registration expires is not known"),
    Fact.LEGAL_NAME: (WhyNot.NO_LEGAL_NAME, "the legal name is not known"),
    Fact.BORN: (WhyNot.NO_BORN, "the date of birth is not known"),
    Fact.ULN: (WhyNot.NO_ULN, "the ULN is not known"),
    Fact.EMAIL: (WhyNot.NO_EMAIL, "there is no e-mail address"),
    Fact.FUNDED: (WhyNot.NO_FUNDED, "it is not said whether it is funded"),
}
"""What is said of a fact that is needed and not given; each is a key of the learner's file."""
