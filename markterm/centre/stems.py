"""What different forms of a word have in common, for whatever compares wordings."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def english_stems() -> Callable[[str], str]:
    """What the forms of an English word have in common; words of other languages are cut by the same rules."""
    # Thirty languages are loaded with it: only when somebody compares.
    from snowballstemmer import stemmer  # type: ignore[import-untyped]  # the library has no types

    stem: Callable[[str], str] = cache(stemmer("english").stemWord)
    return stem
