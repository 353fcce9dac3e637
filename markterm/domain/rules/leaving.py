"""Learners who leave: anybody of the centre records it, with the day and the reason."""

from __future__ import annotations

from datetime import date

from markterm.domain.assessed.learner import Learner
from markterm.domain.record.bodies.leaving import Left, LeftStep
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.local_time import local


def leave(act: Act, learner: Learner, portfolio: Portfolio, step: LeftStep, on: date, text: str) -> Event:
    """That the learner left, transferred or came back on that day.

    Raises `Refused` when nobody is named, without a reason for leaving, for a day that has not come or lies before the
    registration, for who came back before they left, and when it stands so already.
    """
    member = known(act)
    today, before = local(act.at).date(), portfolio.departure
    if on > today:
        raise Refused(
            "This day has not come yet",
            f"{on.isoformat()} is after today, {today.isoformat()}. Until then the learner is here.",
            "Record it on the day; if the date of this machine is wrong, mend that first.",
        )
    if step is LeftStep.BACK:
        if before is None or not before.is_away:
            raise Refused(
                "They have not left", f"Nothing says that {one_line(learner.name)} left.", "There is nothing to do."
            )
        if on < before.on:
            raise Refused(
                "Nobody comes back before they leave",
                f"{one_line(learner.name)} {before.in_words}.",
                f"Give {before.on.isoformat()} or a later day.",
            )
    elif not text.strip():
        raise Refused(
            "Leaving has a reason",
            f"{act.learner} is on the course as before.",
            "Say in a few words why they left, or where they went.",
        )
    elif learner.registered is not None and on < learner.registered:
        raise Refused(
            "Nobody leaves before they came",
            f"{one_line(learner.name)} is registered since {learner.registered.isoformat()}.",
            "Give a later day, or correct the day of registration in the learner's file.",
        )
    elif before is not None and before.is_away and (before.step, before.on, before.text) == (step, on, text):
        raise Refused("It is recorded already", f"They {before.in_words}.", "There is nothing to do.")
    said = Left(step, on, text)
    return entry(act, member, Kind.LEFT, Subject(), said, before.heads if before is not None else ())
