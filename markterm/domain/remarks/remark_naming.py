"""Whether a remark still names a learner of the centre: then it is offered to nobody else, or is asked about first."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from markterm.domain.remarks.remark_places import EMAIL_ADDRESS, speaks_of
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.learner_names import How, LearnerNames, Mention

_SEVERAL = 3

Whom = tuple[frozenset[str], ...]
"""Each that a text names for certain: the registrations of those it may be; nobody's for an e-mail address."""


def whom(text: str, names: LearnerNames) -> Whom:
    """Whom the text of a remark names for certain."""
    found = {frozenset(each.learners) for each in names.mentions(text) if each.how is not How.WORD}
    if "@" in text and EMAIL_ADDRESS.search(text) is not None:
        found.add(frozenset())
    return tuple(found)


def names_another(named: Whom, own: Collection[str]) -> bool:
    """Whether a remark names anybody but those it was written for: `own`, by registration. What may be left of their
    names is in `doubts`."""
    return any(each.isdisjoint(own) for each in named)


def doubts(text: str, names: LearnerNames, own: Collection[str]) -> tuple[Mention, ...]:
    """What in a remark may be the name of one it was written for, and may be a word, or somebody else's name.

    What was said of several learners in the same words is a word.
    """
    return tuple(
        each
        for each in names.mentions(text)
        if any(learner in own for learner in each.learners) and (each.how is not How.WORD or len(own) < _SEVERAL)
    )


def said(text: str, doubted: Iterable[Mention]) -> str:
    """The words in doubt, each once, as a person reads them."""
    return ", ".join(dict.fromkeys(f"“{one_line(text[each.start : each.end])}”" for each in doubted))


def to_look_at(text: str, doubted: Collection[Mention]) -> tuple[str, ...]:
    """What to look at before a remark is taken for somebody else, each in a sentence: a word that may be the name of
    one it was written for, and a "he" or "she" of nobody knows whom."""
    told = [f"{said(text, doubted)} may be the name of one it was written for."] if doubted else []
    if word := speaks_of(text):
        told.append(f"It says “{word}”: look whether that is this learner.")
    return tuple(told)


def refuse_to_keep(text: str, names: LearnerNames, own: Collection[str]) -> None:
    """Raise `Refused` when a remark names somebody: what is pinned stands in the centre's own record, which names
    learners by registration alone, and is offered for everybody."""
    if names_another(whom(text, names), own):
        raise Refused(
            "The remark names a learner",
            "It holds the name, the registration or an e-mail address of somebody, and was not pinned.",
            "Take it into a note, take the name out, and pin the remark that it becomes.",
        )
