"""What nobody may overlook beside a person and standards: what could not be told, and what lies in other versions.

It is said in the same words by everything that shows a person beside a standard, so that no surface calls missing what
another one shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markterm.domain.assessed.standard import Standard, StandardKey
from markterm.domain.record.self_ratings import SelfRatings
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.words.counted import counted, first_of

_NAMED = 5


def of_sheets(
    standards: Iterable[Standard], without_sheet: Iterable[str], units_without_sheet: Iterable[str] = ()
) -> list[str]:
    """What the sheets leave open, in whole sentences: those of these standards, and of those that the centre has not,
    by their codes."""
    standards = tuple(standards)
    without = tuple(without_sheet)
    told = [f"{named(without)}: the centre has no sheet of this standard."] if without else []
    for code in units_without_sheet:
        told.append(f"{code}: the centre has no mark sheet of this unit, so it evidences nothing here.")
    told += [f"{each.key}: its sheet has errors, a statement may be missing." for each in standards if each.faulty]
    if ended := [str(each.key) for each in standards if not each.in_force]:
        told.append(f"{named(ended)} {'is' if len(ended) == 1 else 'are'} no longer in force.")
    return [*told, *to_check(standards)]


def to_check(standards: Iterable[Standard]) -> Iterator[str]:
    """What nobody has held against the published document yet, in one sentence: it stands on every page that leaves
    the centre."""
    if unsure := [standard for standard in standards if standard.to_check]:
        lines = counted(sum(len(standard.to_check) for standard in unsure), "line")
        yield f"To check against the document: {lines} in the sheets of {named([str(each.key) for each in unsure])}."


def named(names: Sequence[str]) -> str:
    """The first of these, and how many more there are."""
    return first_of(names, _NAMED)


def evidenced_in(statements: Iterable[StatementOfLearner]) -> Mapping[StandardKey, int]:
    """How many of these statements are evidenced, at least in part, by their standards."""
    counting = (Evidenced.FULLY, Evidenced.PARTLY)
    return Counter(each.standard.key for each in statements if each.state in counting)


def evidenced_elsewhere(number: int, standard: StandardKey) -> str:
    """That so many statements of another version are evidenced, in a sentence."""
    evidence = counted(number, "statement is evidenced", "statements are evidenced")
    return f"In {standard} {evidence}, at least in part: evidence stays with its version."


def rated_elsewhere(said: SelfRatings, asked: Iterable[StandardKey]) -> list[str]:
    """What they say of themselves on other versions of those standards, a sentence for each version."""
    keys = set(asked)
    codes = {each.code for each in keys}
    rated = Counter(StandardKey(link.standard, link.version) for link in said if link.standard in codes)
    return [
        f"On {key} they rated {counted(number, 'statement')}: what was said stays with its version."
        for key, number in rated.items()
        if key not in keys
    ]
