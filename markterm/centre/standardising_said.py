"""What is said of a standardisation in words that are typed: the work that is looked at, what was agreed of it, and
what is to be done after the meeting. Every front end reads them by this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from markterm.centre.learners import Learners
from markterm.centre.standardisation import Chosen
from markterm.domain.record.bodies.standardising import MinutedAction, Standardised, View, Viewed
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

VIEWS = {"pass": View.PASS, "refer": View.REFER, "agree": View.AGREE, "disagree": View.NOT_AGREED}
_PLACE = re.compile(r"(.+):([0-9]+(?:-[0-9]+)?)")


def work(learners: Learners, of: Standardised, learner: str, unit: str, criteria: str) -> Chosen:
    """Criteria of a learner's unit, such as `1.1,2.1`, in all of their evidence, or in a file and its lines:
    `1.1@diary.md:12-14`. Raises `WrongUse` when there is not exactly one such learner."""
    numbers, _, where = criteria.partition("@")
    found = _PLACE.fullmatch(where)
    file, lines = (found[1], found[2]) if found is not None else (where, "")
    place = f"line{'s' * ('-' in lines)} {lines}" if lines else ""
    return Chosen(of, learners.find(learner), unit, split(numbers), file, place)


def work_in(learners: Learners, of: Standardised, text: str) -> Iterator[Chosen]:
    """The same from a text with a line for each: learner, unit, criteria. Raises `WrongUse` for another line."""
    for line in _lines(text):
        parts = line.split(maxsplit=2)
        if len(parts) != 3:
            raise WrongUse(
                "Which work?",
                f"{one_line(line)} does not say whose, of which unit, and which criteria. Nothing was recorded.",
                "Write a line for each: JON2041 501 1.1,2.1",
            )
        yield work(learners, of, *parts)


def agreed(number: str, criterion: str, view: str, words: str) -> Viewed:
    """What was agreed of a criterion of the exhibit of that number, and why. Raises `WrongUse` for no answer."""
    place = int(number) if number.isascii() and number.isdigit() else 0
    return Viewed(place, criterion, view_of(view), words)


def agreed_in(text: str) -> Iterator[Viewed]:
    """The same from a text with a line for each: number, criterion, answer and why. Raises `WrongUse`."""
    for line in _lines(text):
        number, criterion, view, words = (*line.split(maxsplit=3), "", "", "")[:4]
        yield agreed(number, criterion, view, words)


def actions_in(text: str) -> Iterator[MinutedAction]:
    """What is to be done, from a text with a line for each: who, until when, and what. Raises `WrongUse`."""
    for line in _lines(text):
        owner, due, what = (*line.split(maxsplit=2), "", "")[:3]
        try:
            day = date.fromisoformat(due)
        except ValueError:
            told = f"{one_line(line)} does not say who does it until when. Nothing was recorded."
            raise WrongUse("Until when?", told, "Write a line for each: ben 2026-10-14 Tell the tutors.") from None
        yield MinutedAction(what, owner, day)


def view_of(text: str) -> View:
    """The answer of that word. Raises `WrongUse`."""
    if text not in VIEWS:
        raise WrongUse("Which answer?", f"{one_line(text)} is none. Nothing was recorded.", f"Say {', '.join(VIEWS)}.")
    return VIEWS[text]


def split(text: str) -> tuple[str, ...]:
    """The parts of what is written with commas between."""
    return tuple(part for each in text.split(",") if (part := each.strip()))


def _lines(text: str) -> Iterator[str]:
    return (line for each in text.split("\n") if (line := each.strip()))
