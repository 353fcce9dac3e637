"""What a register comes to, in the same words on the screen and on the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from markterm.domain.register.beside import Beside, Verdict
from markterm.domain.register.columns import Columns
from markterm.domain.words.counted import counted

SIGNS = {Verdict.NEW: "+", Verdict.SAME: "=", Verdict.CHANGED: "≠", Verdict.BAD: "!"}
"""A sign beside each entry."""


def totals(found: Iterable[Beside]) -> str:
    """How many of each: `38 new, 1 changed, 1 as it is, 2 not taken`."""
    counts = Counter(each.verdict for each in found)
    words = {Verdict.NEW: "new", Verdict.CHANGED: "changed", Verdict.SAME: "as they are", Verdict.BAD: "not taken"}
    return ", ".join(f"{counts[each]:,} {word}" for each, word in words.items() if counts[each]) or "nobody"


def done_told(done: Iterable[tuple[Beside, bool]]) -> str:
    """What was done, of each entry whether it was taken: `38 learners registered, 1 file changed.`, and how many that
    could be changed were left as they are."""
    counts = Counter((beside.verdict, is_taken) for beside, is_taken in done)
    new, changed, left = (
        counts[each] for each in ((Verdict.NEW, True), (Verdict.CHANGED, True), (Verdict.CHANGED, False))
    )
    told = f"{counted(new, 'learner')} registered, {counted(changed, 'file')} changed."
    return f"{told} {counted(left, 'learner')} marked ≠ left as they are." if left else told


def columns_told(columns: Columns, headings: Iterable[str]) -> Iterator[str]:
    """How the columns were understood, and which were not."""
    names = list(headings)
    read = ", ".join(
        f"{names[place]} ({fact.replace('_', ' ')})" if names[place].casefold() != fact else names[place]
        for fact, place in sorted(columns.places.items(), key=lambda each: each[1])
    )
    yield f"Columns: {read}."
    if columns.ignored:
        yield f"Not read: {counted(len(columns.ignored), 'column')}, {', '.join(columns.ignored)}."


def kept_told(given: Mapping[str, str]) -> str:
    """Headings that a person gave, as a list: `name “Trainee”; registration “Nr”`."""
    return "; ".join(f"{fact.replace('_', ' ')} “{heading}”" for fact, heading in given.items())
