"""How far assessors agree who marked the same, beyond what chance alone would give: κ.

κ is 1 when all agree, 0 when they agree as often as by chance. Where everybody always says the same thing there is
nothing that chance could do, and κ is undefined: that is said, never shown as 0 or 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def cohen(table: Sequence[Sequence[int]]) -> Fraction | None:
    """Cohen's κ of two raters: `table[i][j]` says how often the first said i and the second j.

    None when it is undefined: nothing was rated, or both always said the same. Cohen, Educational and Psychological
    Measurement 20 (1960). Raises `ValueError` for a table that is not square.
    """
    size = len(table)
    if any(len(row) != size for row in table):
        raise ValueError("a row for each thing that can be said, and a column")
    total = sum(map(sum, table))
    if not total:
        return None
    observed = Fraction(sum(table[each][each] for each in range(size)), total)
    columns = [sum(row[each] for row in table) for each in range(size)]
    expected = sum((Fraction(sum(table[each]) * columns[each], total * total) for each in range(size)), Fraction(0))
    return _beyond(observed, expected)


def fleiss(subjects: Sequence[Sequence[int]]) -> Fraction | None:
    """Fleiss' κ: `subjects[i][j]` says how many of the raters said j of subject i.

    None when it is undefined: nothing was rated, by fewer than two, or everybody always said the same. Fleiss,
    Psychological Bulletin 76 (1971). Raises `ValueError` where subjects were rated by different numbers of raters.
    """
    raters = {sum(each) for each in subjects}
    if len(raters) > 1:
        raise ValueError("each subject is rated by as many")
    if not raters or (count := raters.pop()) < 2:
        return None
    pairs = count * (count - 1)
    agreed = sum((Fraction(sum(n * (n - 1) for n in each), pairs) for each in subjects), Fraction(0))
    total = count * len(subjects)
    said = [sum(each[column] for each in subjects) for column in range(len(subjects[0]))]
    expected = sum((Fraction(each * each, total * total) for each in said), Fraction(0))
    return _beyond(agreed / len(subjects), expected)


def _beyond(observed: Fraction, expected: Fraction) -> Fraction | None:
    return None if expected == 1 else (observed - expected) / (1 - expected)
