"""The codes of the standards of a suite, where the document does not print one for each of them."""

from __future__ import annotations

from collections.abc import Sequence

UNNAMED = "UNNAMED"
"""With what the code begins that a standard gets whose own is not known."""


def prefix_of(given: Sequence[str], listed: Sequence[str]) -> str:
    """What the codes have before those that the functional map uses: LSI of LSICM01, where the map says CM01. That of
    the whole suite, LSICM00, tells it too."""
    heads = {own.rstrip("0123456789"): "" for own in given if own}
    tails = {code.rstrip("0123456789"): "" for code in listed}
    return next((own.removesuffix(tail) for own in heads for tail in tails if own.endswith(tail)), "")


def codes_of(given: Sequence[str], listed: Sequence[str]) -> list[tuple[str, str]]:
    """The code of each standard, and what to say of it where the document does not say its own.

    `given` are the codes as the document gives them, empty for one without, and `listed` those of the functional map.
    One without takes its place among those of the map, if every other stands at its own place there; what cannot be
    told gets a code that nobody takes for a real one.
    """
    by_place = [f"{prefix_of(given, listed)}{code}" for code in listed]
    known = [(place, by_place.index(own)) for place, own in enumerate(given) if own in by_place]
    shifts = {there - place for place, there in known}
    shift = shifts.pop() if len(shifts) == 1 else None if shifts or len(given) != len(by_place) else 0
    told: list[tuple[str, str]] = []
    for place, own in enumerate(given):
        there = place + shift if shift is not None else -1
        if own:
            told.append((own, ""))
        elif 0 <= there < len(by_place):
            told.append((by_place[there], "the code was taken from its place among those of the functional map"))
        else:
            told.append((f"{UNNAMED}{place + 1}", "give it its code"))
    return told
