"""Outcomes and criteria as somebody types them: a title each, and each criterion with its number in front."""

from __future__ import annotations

from collections.abc import Sequence

from markterm.domain.assessed.unit import Criterion, LearningOutcome
from markterm.domain.papers.numbered import Numbered, criterion_at
from markterm.domain.words.criterion_number import is_criterion_number
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


def outcomes_typed(titles: Sequence[str], criteria: Sequence[str]) -> tuple[LearningOutcome, ...]:
    """The outcomes of those titles, numbered from 1 on, each with its criteria by their numbers.

    A number that names no outcome, such as P1, belongs to the last. Raises `WrongUse` for a criterion without a number
    or words, of an outcome that is not there, or whose number is there already, and for an outcome without criteria.
    """
    held: dict[int, list[Criterion]] = {number: [] for number in range(1, len(titles) + 1)}
    numbers: set[str] = set()
    for typed in criteria:
        found = typed_criterion(typed)
        outcome = found.outcome if found.outcome is not None else len(titles)
        if outcome not in held:
            raise _wrong(f"{found.number} belongs to LO{outcome}, which has no title.")
        if found.number in numbers:
            raise _wrong(f"{found.number} is there twice.")
        numbers.add(found.number)
        held[outcome].append(Criterion(found.number, found.text))
    empty = next((number for number, own in held.items() if not own), None)
    if empty is not None:
        raise _wrong(f"LO{empty} has no criterion.")
    return tuple(
        LearningOutcome(number, one_line(title), tuple(held[number])) for number, title in enumerate(titles, start=1)
    )


def typed_criterion(typed: str) -> Numbered:
    """The number and the words of a criterion; the words begin with a capital, as in every sheet. Raises `WrongUse`."""
    found = criterion_at(one_line(typed))
    if found is None or not found.text or not is_criterion_number(found.number):
        raise _wrong(f"`{one_line(typed)}` does not begin with the number of a criterion and its words.")
    return Numbered(found.number, found.text[0].upper() + found.text[1:])


def _wrong(what: str) -> WrongUse:
    return WrongUse(
        "The criteria do not make a unit",
        f"{what} Nothing was written.",
        'Write each as its number and its words, such as "1.1 Explain why tea is served".',
    )
