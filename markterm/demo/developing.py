"""How people of the demo develop: a role profile, self-assessments half a year apart, and CPD plans from the gaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from markterm.centre.centre import Centre
from markterm.domain.record.bodies.developing import CpdDone, CpdPlanned, CpdStep, SkillsRated, StatementRated

LEARNER = "QUR4478"
"""Who said twice how far they are."""
PROFILE = "MENTOR"

_HALF_A_YEAR = timedelta(days=183)
_FIRST = {
    "MTC01 P1": ("with help", "My manager set the goal, and I wrote it down."),
    "MTC01 P2": ("not yet", ""),
    "MTC01 K1": ("with help", ""),
    "MTC02 P2": ("with help", "I still give advice before I have listened."),
    "MTC02 P6": ("alone", "A page after every session."),
    "MTC02 K1": ("not yet", ""),
    "MTC02 K4": ("not yet", ""),
}
_NOW = {
    "MTC01 P1": ("alone", "The two agreements of this spring, with what we both wanted to see."),
    "MTC01 P2": ("with help", "Ground rules are there; what happens with the notes I had not said."),
    "MTC01 K1": ("alone", ""),
    "MTC02 P2": ("alone", "The third session: I asked four questions and gave no advice."),
    "MTC02 P6": ("alone", ""),
    "MTC02 K1": ("shows others", "I explained GROW to my team."),
    "MTC02 K4": ("with help", "I notice it afterwards."),
}
_OF_ASHA = {"MTC01 P1": "shows others", "MTC01 P2": "alone", "MTC02 P2": "shows others", "MTC02 K4": "with help"}


def planned_too_soon(asha: Centre, registration: str, today: date) -> None:
    """An item of CPD that a learner planned for the days after, and has not done."""
    item = CpdPlanned(
        CpdStep.PLANNED,
        "Ask before you advise",
        "One talk a day in which the first five sentences are questions",
        today + timedelta(days=2),
        "The questions, written down",
    )
    asha.development.plan(asha.development.person(registration), item)


def developed(staff: Mapping[str, Centre], today: date) -> None:
    """A profile without what nobody there does, what two people say of themselves by it, and what they plan and did."""
    carol, asha, ines = staff["carol"], staff["asha"], staff["ines"]
    carol.profiles.keep(PROFILE, "Mentor at work", functions=("A1", "B"), without=("MTC01 P3",))
    learner = asha.development.person(LEARNER)
    asha.development.rate(learner, _said(asha, learner.name, _FIRST, "on paper", today - _HALF_A_YEAR))
    asha.development.rate(learner, _said(asha, learner.name, _NOW, "in talk", today))
    plan = CpdPlanned(
        CpdStep.PLANNED,
        "Signs that a client is stuck",
        "Watch two recorded sessions with Ben, and stop where it sticks",
        today + timedelta(days=28),
        "Notes on both, with the minute",
        (asha.profiles.statement("MTC02 K4"),),
    )
    asha.development.plan(learner, plan)
    shared = CpdDone(
        "Read the rules for notes with the data protection officer",
        today,
        "Her e-mail with the two sentences for the agreement",
        statements=(asha.profiles.statement("MTC01 P2"),),
    )
    asha.development.done(learner, shared)
    assessor = ines.development.person("asha")
    own = {name: (word, "") for name, word in _OF_ASHA.items()}
    ines.development.rate(assessor, _said(ines, assessor.name, own, "in talk", today))
    supervision = CpdPlanned(
        CpdStep.PLANNED,
        "Supervision on clients who are stuck",
        "Three sessions with an outside supervisor",
        today + timedelta(days=60),
        "The supervisor's letter",
        (ines.profiles.statement("MTC02 K4"),),
    )
    ines.development.plan(assessor, supervision)


def _said(centre: Centre, name: str, said: Mapping[str, tuple[str, str]], how: str, on: date) -> SkillsRated:
    scale = centre.details.skills
    ratings = tuple(StatementRated(centre.profiles.statement(each), *word) for each, word in said.items())
    return SkillsRated(ratings, name, how, on, scale.words, scale.enough)
