"""Standards that are called a suite's own and that the suite does not list: nobody looks at them by it unasked."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.suite import Suite


def of_suite(suite: Suite, known: KnownStandards) -> Iterator[str]:
    """Which those are, in whole sentences: its map names them, or they say that they belong to it."""
    own = set(suite.codes)
    if named := sorted({code for each in suite.functions for code in each.standards} - own):
        yield f"The map names {', '.join(named)}, which the suite does not list."
    if saying := sorted({each.code for each in known.standards if each.suite == suite.code} - own - set(named)):
        which = "which says" if len(saying) == 1 else "which say"
        yield f"{suite.code} does not list {', '.join(saying)}, {which} to belong to it: nothing of it is looked at."
