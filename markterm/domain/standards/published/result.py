"""What was read of a published document, with everything that a person should check before it is relied on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markterm.domain.assessed.standard import Standard, StatementKind
from markterm.domain.assessed.suite import Suite
from markterm.domain.texts.printed_lines import Doubt, Line


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
