"""What the demo's verifier did for the whole centre: a brief, observations, a rating and a standardisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from markterm.centre.centre import Centre
from markterm.centre.standardisation import Chosen
from markterm.demo.learners import INTEGRATED
from markterm.domain.assessed.strategy import Risk
from markterm.domain.record.bodies.observing import AssessorObserved, ObservingStep, SeenHow
from markterm.domain.record.bodies.planning import PlanChange
from markterm.domain.record.bodies.standardising import (
    MinutedAction,
    Standardised,
    Standardising,
    StandardisingStep,
    View,
    Viewed,
)
from markterm.domain.sampling.assessed_learner import Assessed

_PLANNED_FROM, _PLANNED_UNTIL, _VISIT_IN = 20, 70, 12
_SEED = "demo"
_UNIT, _CRITERIA = "8580-500", ("4.1", "4.2")
_SAID = {"asha": (View.PASS, View.REFER), "ben": (View.PASS, View.PASS), "ines": (View.PASS, View.REFER)}


def verified_brief(ines: Centre) -> None:
    """The brief of the integrated assignment, found fit before it was issued."""
    ines.briefs.verify(INTEGRATED)


def standardised(members: Mapping[str, Centre], today: date) -> None:
    """Two criteria of a learner who has not refused, answered by three members alone and agreed on in a meeting."""
    ines = members["ines"]
    work = Chosen(Standardised.DECISIONS, "RAM3310", _UNIT, _CRITERIA, "500-coaching-case.md")
    told, _ = ines.standardisation.begin("8580-CERT", (work,), "4.2 is referred by some of us and passed by others.")
    notes = {View.PASS: "", View.REFER: "Benefits are listed; nothing says how anybody would see them."}
    for member, views in _SAID.items():
        answers = [
            Viewed(1, number, view, notes[view] if number == "4.2" else "")
            for number, view in zip(_CRITERIA, views, strict=True)
        ]
        members[member].standardisation.answer(told.uid, answers)
    on = today
    ines.standardisation.close(
        told.uid,
        Standardising(
            StandardisingStep.CLOSED,
            views=(Viewed(1, "4.2", View.REFER, "A benefit counts when it is said how it would be seen or measured."),),
            on=on,
            text="Ben passed a list of benefits, as the old sheet let him. The descriptors of this one ask for more.",
            present=tuple(_SAID),
            apologies=("tia",),
            last_time="Nothing was left open.",
            actions=(
                MinutedAction("Tell Tia, and add an example to the notes for learners.", "ben", on + timedelta(28)),
            ),
        ),
    )


def begun(members: Mapping[str, Centre]) -> None:
    """Another one, which Ben has answered and which waits for everybody else."""
    work = Chosen(Standardised.DECISIONS, "BRA0952", "8580-501", ("1.1", "2.1"), "501-session-notes.txt")
    told, _ = members["ines"].standardisation.begin("8580-CERT", (work,), "When do session notes show the hours?")
    views = (
        Viewed(1, "1.1", View.PASS, "Every session has an aim."),
        Viewed(1, "2.1", View.REFER, "The hours are not added up."),
    )
    members["ben"].standardisation.answer(told.uid, views)


def observed(ines: Centre, today: date) -> None:
    """Asha seen at work, Ben to be, and Ben rated by hand for a while."""
    asha = AssessorObserved(
        ObservingStep.RECORDED,
        "asha",
        SeenHow.OBSERVATION,
        unit="8580-501",
        learner="QUR4478",
        on=today,
        text="Feedback after a coaching session on the shop floor.",
        strengths="Open questions, and she waits for the answers.",
        development="Say at the end what comes next, and by when.",
    )
    ines.observations.record(asha)
    due = today + timedelta(60)
    ben = AssessorObserved(
        ObservingStep.PLANNED, "ben", SeenHow.OBSERVATION, unit="8580-500", due=due, text="Each year."
    )
    ines.observations.plan(ben)
    reason = "Passes in 8580-500 are looked at more closely until the standardisation has worked."
    ines.ratings.rate("ben", "8580-500", Risk.AMBER, reason, today + timedelta(90))


def planned(ines: Centre, today: date) -> None:
    """The sampling plan of the quarter that runs, adopted, and a day set by hand."""
    ines.caseload.now()
    assessed = Assessed()
    for _ in ines.assessed.reading(assessed):
        pass
    period = today - timedelta(_PLANNED_FROM), today + timedelta(_PLANNED_UNTIL)
    nothing = ines.plan.of(period)
    # One seed, so that every demo samples the same: without one the days are drawn by.
    ines.plan.adopt(ines.plan.proposed(assessed, nothing, _SEED), nothing)
    plan = ines.plan.of(period)
    for _ in ines.plan.sampling(assessed, plan):
        pass
    learner, unit = max(plan.samples)
    day = today + timedelta(_VISIT_IN)
    for _ in ines.plan.change(plan, [(learner, unit)], PlanChange.DATED, "With the visit to the depot.", day=day):
        pass
