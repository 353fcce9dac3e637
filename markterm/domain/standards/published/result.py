"""What was read of a published document, with everything that a person should check before it is relied on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markterm.domain.assessed.standard import Standard, StatementKind
from markterm.domain.assessed.suite import Suite
from markterm.domain.standards.published.rows import codes_as_written
from markterm.domain.texts.printed_lines import Doubt, Line, beginning_of
from markterm.domain.words.counted import first_of

_BEGINS = re.compile(r"([PKSB][0-9]{1,4})[.:)]?\s+(?![PKSB][0-9])(\D.{2,})")
_SPACES = re.compile(r"\s+")
_COMPARED = 12
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Published:
    """The standards of a document, and the suites that it gives an overview of.

    `doubts` are what was read with a choice, and `left_out` the lines between statements that belong to none.
    """

    standards: tuple[Standard, ...]
    suites: tuple[Suite, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[Line, ...] = ()

    @property
    def counts(self) -> dict[StatementKind, int]:
        """How many statements of each kind there are in all, to be counted in the document."""
        counted: Counter[StatementKind] = Counter()
        for standard in self.standards:
            counted.update(standard.counts)
        return {kind: counted[kind] for kind in StatementKind if counted[kind]}


def not_read(lines: Sequence[Line], published: Published) -> Iterator[Doubt]:
    """What begins like a statement and stands in none that was read: a list below a heading that is not known, or what
    was left out with a second language."""
    read: dict[str, list[str]] = {}
    for code, text in (
        *((each.code, each.text) for one in published.standards for each in one.statements),
        *((each.code, each.title) for suite in published.suites for each in suite.functions),
    ):
        read.setdefault(code, []).append(_SPACES.sub("", text))
    groups = {each.under for one in published.standards for each in one.statements}
    missed = [
        line
        for line in codes_as_written(lines)
        if line.text not in groups
        and (match := _BEGINS.match(line.text)) is not None
        and not any(_begin_alike(_SPACES.sub("", match[2]), text) for text in read.get(match[1], ()))
    ]
    if missed:
        first = first_of([f"`{beginning_of(line.text)}`" for line in missed], _MOST_TOLD)
        yield Doubt(missed[0].number, f"What begins like a statement was not read as one: {first}.")


def _begin_alike(one: str, other: str) -> bool:
    length = min(len(one), len(other), _COMPARED)
    return one[:length] == other[:length]
