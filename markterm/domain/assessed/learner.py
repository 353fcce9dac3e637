"""A learner as registered with the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Learner:
    """A registration: who, for which qualifications, assignments and units, and who assesses.

    `registration` is the learner's number with the awarding organisation (ENR) and names the record.
    `units` are codes of units that the learner is marked on. `about` is the file's free text.
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
