"""A learner as registered with the centre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_ULN_DIGITS = 10


@dataclass(frozen=True, slots=True)
class RegisteredFor:
    """The registration for one qualification, by its code: the first day and the last, each None where it is not
    known."""

    qualification: str
    registered: date | None = None
    expires: date | None = None

    @property
    def in_words(self) -> str:
        """The code and its days, as they stand in the learner's file: `8580-CERT 2026-01-12 to 2029-01-11`."""
        days = [day.isoformat() for day in (self.registered, self.expires) if day is not None]
        return f"{self.qualification} {' to '.join(days)}"


@dataclass(frozen=True, slots=True)
class Learner:
    """A registration: who, for which qualifications, assignments and units, and who assesses.

    `registration` is the learner's number with the awarding organisation (ENR) and names the record.
    `units` are codes of units that the learner is marked on, and `standards` those of published standards that they are
    marked on like a unit. `about` is the file's free text. `registered` and
    `expires` are the first and the last day of the registration, `left` that on which the learner left the course;
    `funded` says whether public money pays for it, and is None where nobody said. `legal_name` is the one for the
    certificate. `registered_for` has the days of those qualifications that the awarding organisation registered apart;
    for all others `registered` and `expires` count.
    """

    registration: str
    name: str
    uln: str = ""
    email: str = ""
    qualifications: tuple[str, ...] = ()
    assignments: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    assessor: str = ""
    registered: date | None = None
    site: str = ""
    about: str = ""
    legal_name: str = ""
    born: date | None = None
    expires: date | None = None
    left: date | None = None
    funded: bool | None = None
    standards: tuple[str, ...] = ()
    registered_for: tuple[RegisteredFor, ...] = ()

    def registered_on(self, qualifications: Iterable[str] = ()) -> date | None:
        """The first day of the registration for these qualifications, the earliest where they have several; None where
        it is not known."""
        days = [each.registered for each in self._for(qualifications) if each.registered is not None]
        return min(days, default=None)

    def expires_on(self, qualifications: Iterable[str] = ()) -> date | None:
        """The last day of the registration for these qualifications, the latest where they have several; None where one
        has none."""
        days = [each.expires for each in self._for(qualifications)]
        return max((day for day in days if day is not None), default=None) if None not in days else None

    def _for(self, qualifications: Iterable[str]) -> list[RegisteredFor]:
        own = {each.qualification: each for each in self.registered_for}
        whole = RegisteredFor("", self.registered, self.expires)
        return [own.get(code, whole) for code in qualifications] or [whole]


def is_uln(number: str) -> bool:
    """Whether it can be a unique learner number: ten digits, of which the last is the check digit.

    The first nine are weighted 10 to 2 and added up; ten less the remainder of that by 11 is the check digit, and a
    number whose remainder is 0 is never given (Learning Records Service). 9999999999 stands for one not known yet.
    """
    if not (len(number) == _ULN_DIGITS and number.isascii() and number.isdigit()):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return 10 - remainder == int(number[-1])
