"""How often chance alone would make two shares as different as they are: Fisher's exact test."""

from __future__ import annotations

_AS_LIKELY = 1 + 1e-7
"""What is likelier by no more than this is as likely: the weights are sums of fractions."""


def by_chance(one: int, of: int, other: int, among: int) -> float:
    """The probability that `one` of `of` and `other` of `among` come out this far apart, or further, where nothing
    tells the two sides apart: two-sided, over every way to deal out as many (Fisher, The Design of Experiments, 1935).

    1.0 where a side is empty. Raises `ValueError` for counts that cannot be.
    """
    if not (0 <= one <= of and 0 <= other <= among):
        raise ValueError(f"{one} of {of} beside {other} of {among}")
    dealt = one + other
    least, most = max(0, dealt - among), min(of, dealt)
    weights = _weights(of, among, dealt, least, most)
    limit = weights[one - least] * _AS_LIKELY
    return min(1.0, sum(each for each in weights if each <= limit) / sum(weights))


def _weights(of: int, among: int, dealt: int, least: int, most: int) -> list[float]:
    """How likely each count on the first side is, from `least` to `most`, beside the likeliest, which is 1.

    From the likeliest outwards: whole numbers of thousands of learners would take seconds.
    """
    likeliest = min(most, max(least, (of + 1) * (dealt + 1) // (of + among + 2)))
    weights = [0.0] * (most - least + 1)
    weights[likeliest - least] = weight = 1.0
    for count in range(likeliest, most):
        weight *= (of - count) * (dealt - count) / ((count + 1) * (among - dealt + count + 1))
        weights[count + 1 - least] = weight
    weight = 1.0
    for count in range(likeliest, least, -1):
        weight *= count * (among - dealt + count) / ((of - count + 1) * (dealt - count + 1))
        weights[count - 1 - least] = weight
    return weights
