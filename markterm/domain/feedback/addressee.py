"""Whether a text is the feedback that is to go, and goes to the learner it was written for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from markterm.domain.assessed.learner import Learner
from markterm.domain.feedback.feedback import Feedback
from markterm.domain.feedback.feedback_heading import (
    Addressed,
    Stated,
    Told,
    contradictions,
    head_of,
    is_marked,
    names_somebody,
)
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.learner_names import LearnerNames

_MOST_NAMED = 5
_LONGEST_VALUE = 60


def addressed(feedback: Feedback, learner: Learner, titles: Mapping[str, str]) -> Addressed:
    """To whom that feedback goes, and on what. `titles` are those of the centre's units and assignments, by code."""
    units = {
        told.unit.code: Told(told.attempt, told.closing.word if told.closing is not None else None)
        for told in feedback.units
    }
    own = {title for code, title in titles.items() if code in units or code == feedback.code}
    # Units of two suites may have one title.
    others = tuple(title for title in dict.fromkeys(titles.values()) if title not in own)
    return Addressed(learner.registration, learner.name, feedback.code, units, others)


def refuse_what_is_of_another(text: str, to: Addressed, codes: Collection[str]) -> None:
    """Raise `Refused` when the head of a text says that it is another learner's feedback, or on another unit, attempt
    or outcome, or when the text says of itself that it is a draft. `codes` are those of units and assignments."""
    against = contradictions(head_of(text, codes), to)
    if against:
        stated = ", ".join(dict.fromkeys(_said(each) for each in against))
        raise Refused(
            "The text is not of this feedback",
            one_line(f"Its head says {stated}. What is to be released is {_is(to)}. Nothing was released."),
            "Name the right text, the right learner and the right unit; or correct the head, if only that is wrong.",
        )
    if is_marked(text):
        raise Refused(
            "The text says that it is a draft",
            f"In the middle of it stands that it was not released: {to.registration} would read that.",
            "Take that line out, then release it.",
        )


def doubts(text: str, to: Addressed, names: LearnerNames, codes: Collection[str]) -> tuple[str, ...]:
    """What has to be asked before a text goes, each in a sentence.

    Its head may not say whose it is, and it may name another learner anywhere.
    """
    asked: list[str] = []
    if not names_somebody(head_of(text, codes)):
        asked.append("The text has no head that says whose feedback it is.")
    others: dict[tuple[str, ...], str] = {}
    for mention in names.named(text, but=to.registration):
        others.setdefault(mention.learners, one_line(text[mention.start : mention.end]))
    for learners, words in list(others.items())[:_MOST_NAMED]:
        who = learners[0] if len(learners) == 1 else f"one of {len(learners)} learners"
        asked.append(one_line(f"It names another learner: “{words}” ({who})."))
    if (more := len(others) - _MOST_NAMED) > 0:
        asked.append(f"It names {more} more.")
    return tuple(asked)


def _said(stated: Stated) -> str:
    value = one_line(stated.value)
    shown = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    return f"{f'{stated.unit.upper()} ' if stated.unit else ''}{stated.what} “{shown}”"


def _is(to: Addressed) -> str:
    told = ", ".join(
        f"{code} attempt {each.attempt}{f' ({each.outcome})' if each.outcome is not None else ''}"
        for code, each in to.units.items()
    )
    on = told if len(to.units) == 1 and to.code in to.units else f"{to.code}: {told}"
    return f"{on} of {to.registration} {to.name}"
