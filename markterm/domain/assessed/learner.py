"""A learner as registered with the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_ULN_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Learner:
    """A registration: who, for which qualifications, assignments and units, and who assesses.

    `registration` is the learner's number with the awarding organisation (ENR) and names the record.
    `units` are codes of units that the learner is marked on, and `standards` those of published standards that they are
    marked on like a unit. `about` is the file's free text. `registered` and
    `expires` are the first and the last day of the registration, `left` that on which the learner left the course;
    `funded` says whether public money pays for it, and is None where nobody said. `legal_name` is the one for the
    certificate.
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


def is_uln(number: str) -> bool:
    """Whether it can be a unique learner number: ten digits, of which the last is the check digit.

    The first nine are weighted 10 to 2 and added up; ten less the remainder of that by 11 is the check digit, and a
    number whose remainder is 0 is never given (Learning Records Service). 9999999999 stands for one not known yet.
    """
    if not (len(number) == _ULN_DIGITS and number.isascii() and number.isdigit()):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return 10 - remainder == int(number[-1])
