"""The numbers of criteria and outcomes as they are printed: AC 1.1, 1.1, P1, A.M2, 1.2.3, 3.1a, LO1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markterm.domain.papers.paper_rows import Part
from markterm.domain.words.criterion_number import outcome_of

_PREFIX = (
    r"(?:\*\s*)?(?i:assessment criteria \(AC\))?\s*"
    r"(?i:(?:assessment\s+)?criteri(?:on|a)|A\.?\s?C\.?|P\.?C\.?|(?:assessment\s+)?ref\.?)?\s*[:.]?\s*"
)
_NUMBER = (
    r"[A-Z]{1,3}\.[PMD][0-9]{1,2}[a-z]?|[PMD][0-9]{1,2}[a-z]?|[0-9]{1,2}(?:\.[0-9]{1,3}){1,2}[a-z]?"
    r"|[0-9]{1,2}\.\ [0-9]{1,2}(?=\s+[A-Z])"
)
_CRITERION = re.compile(
    rf"{_PREFIX}(?P<number>{_NUMBER})(?:[.:)\]]*(?:\s+|$)|[:)\]]+|\.?(?=[A-Z][a-z]))[-–—:\s]*(?P<rest>.*)"
)
_WITHIN = re.compile(
    r"(?<=[\s;.])(?:A\.?C\.?\s*)?([0-9]{1,2}(?:\.[0-9]{1,3})+|(?:[A-Z]{1,3}\.)?[PMD][0-9]{1,2})[.:)]?\s+(?=[A-Za-z])"
)
_OUTCOME = re.compile(
    r"(?i:(?:learning\s+)?outcome|learning\s+aim|element|L\.?O\.?)(?:\s*/\s*(?i:section))?\s*[:.]?\s*"
    r"(?P<number>[0-9]{1,2}|[A-H])(?![0-9A-Za-z]|\.[0-9])\s*[:.)–—-]*\s*(?P<title>.*)"
)
_LISTED = re.compile(r"(?:LO\s*)?(?P<number>[0-9]{1,2}|[A-H])(?:\s*[.):–—-]\s*|\s+)(?P<title>[A-Z].*)")
_LISTED_SMALL = re.compile(r"(?:LO\s*)?(?P<number>[0-9]{1,2})(?:[.):]\s*|\s+)(?P<title>[a-z].*)")
_OPENING = re.compile(
    r"(?i)^(?:the\s+)?(?:learner|candidate|student)s?\s+(?:will|can|must|should|is able to)\b[^:]*:\s*"
)
_MARKS_BEHIND = re.compile(r"\s*[\[(]\s*[0-9]{1,3}\s*marks?\s*[\])]\s*$", re.IGNORECASE)
# What follows a number that is a measure or a reference: 2.5 hours, 1.1 and 1.2.
_MEASURES = """
a and as at but by credit credits for from gb hour hours hrs in is kg km m marks mb mins minutes mm of on or out
    pages per percent points that the to was were which words years
"""
_GOES_ON = frozenset(_MEASURES.split())
_DOTS = re.compile(r"\.{3,}|(?:\. ){3,}|…")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A criterion's number and what stands behind it. `is_mended` says that it was printed in two parts: `1. 2`."""

    number: str
    text: str
    is_mended: bool = False

    @property
    def outcome(self) -> int | None:
        """The learning outcome that the number belongs to; None for one that names none."""
        head = self.number.partition(".")[0]
        if "." in self.number and head.isalpha():
            return ord(head[0]) - ord("A") + 1
        return outcome_of(self.number)


def criterion_at(text: str) -> Numbered | None:
    """The criterion that a text begins with; None where it begins with none, as an entry of a list of contents does."""
    match = _CRITERION.match(text)
    if match is None or _DOTS.search(text) is not None:
        return None
    word = re.match(r"[\W_]*([^\W\d_]+)", match["rest"])
    if match["rest"] and (word is None or word[1] in _GOES_ON):
        return None
    number = match["number"].replace(" ", "")
    return Numbered(number, match["rest"].strip(), number != match["number"])


def outcome_at(text: str) -> tuple[int, str] | None:
    """The number and the title of the learning outcome that a text names; None where it names none."""
    match = _OUTCOME.match(_OPENING.sub("", text))
    return _outcome(match) if match is not None else None


def outcome_in_list(text: str, *, expected: bool = False) -> tuple[int, str] | None:
    """The same of a text that is numbered and says no more: `1 Understand it`, which may be something else. Where an
    outcome is `expected` it may begin with a small letter."""
    bare = _OPENING.sub("", text)
    match = _LISTED.fullmatch(bare) or (_LISTED_SMALL.fullmatch(bare) if expected else None)
    return _outcome(match) if match is not None else None


def title_of(text: str) -> str:
    """The words of an outcome's title, without what begins a column, and without its marks."""
    return _MARKS_BEHIND.sub("", _OPENING.sub("", text)).strip(" :")


def apart(parts: Sequence[Part]) -> Iterator[tuple[Numbered | None, Part]]:
    """The lines of a cell, each with the criterion that begins in it; a line in which a second one follows is two."""
    for part in parts:
        found = criterion_at(part.text)
        rest = part
        while found is not None and (place := _following(found.number, rest.text)) is not None:
            first, second = rest.text[: place.start()].rstrip(), rest.text[place.start() :]
            yield criterion_at(first) or found, Part(first, rest.is_item)
            rest, found = Part(second), criterion_at(second)
        yield found, rest


def _following(number: str, text: str) -> re.Match[str] | None:
    """Where in a text the number stands that comes after `number`; None where it does not."""
    counted = re.fullmatch(r"(.*?)([0-9]+)", number)
    if counted is None:
        return None
    wanted = f"{counted[1]}{int(counted[2]) + 1}"
    return next((match for match in _WITHIN.finditer(text) if match[1] == wanted), None)


def _outcome(match: re.Match[str]) -> tuple[int, str]:
    number = match["number"]
    return int(number) if number.isdigit() else ord(number) - ord("A") + 1, title_of(match["title"])
