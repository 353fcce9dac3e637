"""What the verifiers of the demo found, what came of it, its cases, its first claim and a visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.cases import CaseAbout
from markterm.domain.record.bodies.claiming import ClaimStep
from markterm.domain.record.bodies.verifying import Report, Sight
from markterm.domain.record.bodies.visiting import Visited, VisitStep
from markterm.domain.record.event import Result
from markterm.domain.rules.answering import Said

_NGOZI = "EZE2765"


def follow_up(staff: Mapping[str, Centre], go_to: Callable[[int], None], today: date) -> None:
    """Verify, set actions and open cases: `staff` are the centre with each member acting, and `go_to` has its clock
    tell the morning of so many days ago."""
    # Isla was marked a moment ago; with everybody else it is later than what was done before.
    own = {"1.1": Result.PASS}
    staff["ines"].verification.look("MUR0746", "8580-503", Said(looked={"1.1": Sight.STATED}, own=own))
    go_to(20)
    _adjustment(staff["carol"])
    go_to(6)
    staff["carol"].cases.open("OKA2218", CaseAbout.COMPLAINT, "The room for the observation was taken twice.")
    go_to(2)
    _not_agreed(staff["ines"], today)
    staff["ines"].actions.set(
        *("THA1187", "8580-500", "Say of each pass which answer convinced you."),
        owner="ben",
        due=today + timedelta(days=14),
    )
    _amended(staff["asha"])
    _accepted(staff["ines"])
    visit = Visited(
        VisitStep.RECORDED,
        by="Pat Reed",
        on=today - timedelta(days=25),
        rating="low risk",
        scope="8580-DIP: two learners, the sampling plan, staff",
        signed_off=("8580-DIP",),
    )
    recorded = staff["carol"].visits.record(visit)
    asked = "Say in the sampling plan who observes Tia, and by when."
    staff["carol"].visits.ask_for(recorded.uid, asked, "ines", today + timedelta(days=30))
    staff["carol"].claims.take("QUR4478", "8580-500", ClaimStep.CLAIMED, number="NT-0042")
    staff["asha"].actions.acknowledge(_NGOZI, "8580-500", "Thank you; I now say where it is in the log.")


def _adjustment(carol: Centre) -> None:
    carol.cases.open("FEA2290", CaseAbout.ADJUSTMENT, "A quarter more time for anything written under conditions.")
    carol.cases.report("FEA2290", "", "the awarding organisation", "With the report of her doctor.")
    carol.cases.decide("FEA2290", "", upheld=True, text="Agreed for every unit.")
    carol.cases.close("FEA2290", "")


def _not_agreed(ines: Centre, today: date) -> None:
    """One disagreement that will be amended, one whose action is overdue, and an action alone."""
    ines.verification.sample(_NGOZI, "8580-500", "The first unit that Asha closed for Ngozi.")
    report = Report(
        "The notes go to the point, and each is linked to its criterion.", "Say where in the log it stands."
    )
    looked = dict.fromkeys(("1.1", "1.2", "2.1"), Sight.STATED)
    why = {"2.1": "The note does not say which of the two models it is about."}
    ines.verification.verify(
        _NGOZI, "8580-500", Said(agreed=("1.1", "1.2"), not_agreed=why, looked=looked, report=report)
    )
    ines.actions.set(
        *(_NGOZI, "8580-500", "Decide 2.1 again, with a note that names the model."),
        owner="",
        due=today + timedelta(days=7),
        criterion="2.1",
    )
    ines.verification.sample(_NGOZI, "8580-503", "Ben is new to this unit.")
    why = {"2.1": "The plan has no dates."}
    ines.verification.verify(_NGOZI, "8580-503", Said(agreed=("1.1",), not_agreed=why))
    ines.actions.set(
        *(_NGOZI, "8580-503", "Look at the plan again: does it say until when?"),
        owner="ben",
        due=today - timedelta(days=1),
        criterion="2.1",
    )
    ines.verification.sample(_NGOZI, "8580-501", "With 503 the other unit of the Certificate that was not looked at.")
    ines.actions.set(
        *(_NGOZI, "8580-501", "Bring an example of your feedback to the next meeting."),
        owner="asha",
        due=today + timedelta(days=5),
    )


def _amended(asha: Centre) -> None:
    asha.closings.reopen(_NGOZI, "8580-500", "2.1 was not agreed.")
    note = "GROW, with its limits; OSKAR is named beside it, and when you would take which."
    asha.marking.mark(_NGOZI, "8580-500", "2.1", Result.PASS, note)
    asha.closings.close(_NGOZI, "8580-500", "Passed at the first attempt, with several good passes.")
    asha.actions.do(_NGOZI, "8580-500", "", "Decided again; the note names both models.")
    asha.actions.do(_NGOZI, "8580-501", "", "Brought to the meeting of this month.")


def _accepted(ines: Centre) -> None:
    ines.verification.verify(_NGOZI, "8580-500", Said(agreed=("2.1",), report=Report("The new note is exact.")))
    ines.actions.accept(_NGOZI, "8580-500", "", "That is what was missing.")
