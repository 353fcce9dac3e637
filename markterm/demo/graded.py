"""The graded unit of the demo: one learner half way through it, and one who closed it with a merit."""

from __future__ import annotations

from collections.abc import Mapping

from markterm.centre.centre import Centre
from markterm.demo.learners import GRADED_UNIT as UNIT
from markterm.demo.office_hours import OfficeHours
from markterm.domain.record.event import Result

HALF_WAY, WITH_MERIT = "WIL2903", "ADE3117"

_MERIT: Mapping[str, tuple[Result, str]] = {
    "A.P1": (Result.PASS, "Parents with prams and people over seventy, and both say for themselves what they want."),
    "A.P2": (Result.PASS, ""),
    "A.M1": (Result.PASS, "The hall and the park are compared on cost, rain and who would stay away."),
    "A.D1": (Result.REFER, "Rain is thought of. What else could go wrong, and what in the plan would hold then?"),
    "B.P3": (Result.PASS, ""),
    "B.P4": (Result.PASS, "A line for each decision, with the time: the lost child is in it too."),
    "B.M2": (Result.PASS, "You show who lost out when the tables moved indoors, not only that it was dry there."),
    "C.P5": (Result.PASS, ""),
    "C.M3": (Result.PASS, "Three people say what you did, and one of them did not like it. Well used."),
}
_HALF_WAY: Mapping[str, tuple[Result, str]] = {
    "A.P1": (Result.PASS, "The tenants of two houses, asked at the door."),
    "A.P2": (Result.PASS, "Each task has a name, a sum and a day."),
    "A.M1": (Result.REFER, ""),
    "B.P3": (Result.PASS, ""),
    "B.P4": (Result.REFER, "What was decided is there. Who decided it, and why?"),
}


def graded(ben: Centre, hours: OfficeHours) -> None:
    """What Ben decided in the graded unit."""
    hours.go_to(27)
    _handed_in(ben, WITH_MERIT)
    hours.go_to(19)
    _marked(ben, WITH_MERIT, _MERIT)
    ben.closings.close(
        WITH_MERIT, UNIT, "A good plan and an honest review. For a distinction: look at A.D1, and at what comes next."
    )
    for _ in ben.feedback.release(ben.feedback.draft(WITH_MERIT, UNIT)):
        pass
    hours.go_to(8)
    _handed_in(ben, HALF_WAY)
    hours.go_to(3)
    _marked(ben, HALF_WAY, _HALF_WAY)


def _handed_in(ben: Centre, registration: str) -> None:
    ben.attempts.declare(registration, "signed sheet")
    ben.attempts.submit(registration, UNIT)


def _marked(ben: Centre, registration: str, decisions: Mapping[str, tuple[Result, str]]) -> None:
    for number, (result, note) in decisions.items():
        ben.marking.mark(registration, UNIT, number, result, note)
