"""What a sample proves of the whole that it was drawn from.

Only of what was drawn at random can it be said, and only where each thing that was drawn is one of the things counted:
a learner's unit. What was chosen by a rule or by hand was chosen because it is unlike the others.
"""

from __future__ import annotations

from math import comb

DOUBT = 20
"""One in so many samples may lead to a bound that is too low: 95 % do not."""


def most_not_agreed(population: int, looked_at: int, not_agreed: int) -> int:
    """The largest number of the `population` that would not be agreed, as far as a random sample allows.

    It is the largest D with P(at most `not_agreed` of `looked_at` | `population`, D) ≥ 5 %: the exact upper bound of
    95 % of the hypergeometric distribution, by whole numbers. Raises `ValueError` for counts that cannot be.
    """
    if not 0 <= not_agreed <= looked_at <= population:
        raise ValueError(f"{not_agreed} of {looked_at} of {population}")
    low, high = not_agreed, population - (looked_at - not_agreed)
    while low < high:
        middle = (low + high + 1) // 2
        if _is_likely(population, looked_at, not_agreed, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _is_likely(population: int, looked_at: int, not_agreed: int, wrong: int) -> bool:
    """Whether so few are found in one sample of twenty or more, when that many of the population are wrong."""
    right = population - wrong
    found = sum(
        comb(wrong, count) * comb(right, looked_at - count)
        for count in range(not_agreed + 1)
        if looked_at - count <= right
    )
    return found * DOUBT >= comb(population, looked_at)


def in_words(population: int, looked_at: int, not_agreed: int) -> str:
    """What a random sample proves, in a sentence.

    Without one that was looked at it proves nothing, and says so.
    """
    if not population:
        return "Nothing is there to be sampled."
    if not looked_at:
        return f"Of {population}, none was drawn and looked at: nothing is proved yet."
    most = most_not_agreed(population, looked_at, not_agreed)
    percent = -(-100 * most // population)
    drawn = f"{looked_at} of {population} drawn and looked at, {not_agreed or 'none'} not agreed"
    if looked_at == population:
        return f"{drawn}: all were looked at."
    return f"{drawn}: at most {percent} % would not be ({most} of {population}; 95 % sure)."
