"""What nobody may overlook beside a person and standards: what could not be told, and what lies in other versions.

It is said in the same words by everything that shows a person beside a standard, so that no surface calls missing what
another one shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from markterm.domain.assessed.standard import Standard, StandardKey
from markterm.domain.record.self_ratings import SelfRatings
from markterm.domain.standards.evidenced import Evidenced, StatementOfLearner
from markterm.domain.words.counted import counted


def of_sheets(
    standards: Iterable[Standard], without_sheet: Iterable[str], units_without_sheet: Iterable[str] = ()
) -> list[str]:
    """What the sheets leave open, in whole sentences: those of these standards, and of those that the centre has not,
    by their codes."""
    standards = tuple(standards)
    told = [f"{code}: the centre has no sheet of this standard." for code in without_sheet]
    for code in units_without_sheet:
        told.append(f"{code}: the centre has no mark sheet of this unit, so it evidences nothing here.")
    told += [f"{each.key}: its sheet has errors, a statement may be missing." for each in standards if each.faulty]
    told += [f"{each.key} is no longer in force." for each in standards if not each.in_force]
    for each in standards:
        if each.to_check:
            lines = counted(len(each.to_check), "line is", "lines are")
            told.append(f"{each.key}: {lines} not checked yet against the document, as its sheet says.")
    return told


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
