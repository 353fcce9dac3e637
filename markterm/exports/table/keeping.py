"""What is kept of learners until when, and why, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markterm.domain.record.bodies.retaining import What
from markterm.domain.record.holds import DestroyedEvidence
from markterm.domain.rules.retention import Kept
from markterm.exports.table.model import Cell, Column, Row, Table


class KeptTold(NamedTuple):
    """What is kept of a learner, and that the evidence is destroyed; `problem` says why nothing is known of it."""

    registration: str
    name: str
    kept: Kept
    destroyed: DestroyedEvidence | None = None
    problem: str = ""


def retention_table(told: Sequence[KeptTold], today: date) -> Table:
    """Evidence and record of each learner: the earliest day on which they may be destroyed, why then, and what holds
    them whatever the day."""
    columns = (
        *(Column("Registration", 13), Column("Learner", 22), Column("Certified", 10)),
        *(Column("Evidence: earliest day", 12), Column("Evidence", 30)),
        *(Column("Record: earliest day", 12), Column("Record", 30)),
        *(Column("Rules", 28), Column("What keeps it whatever the day", 45)),
    )

    def rows() -> Iterator[Row]:
        for each in told:
            kept = each.kept
            evidence: tuple[Cell, Cell] = (kept.since(What.EVIDENCE), kept.in_words(What.EVIDENCE, today))
            if each.destroyed is not None:
                evidence = (None, each.destroyed.words)
            yield (
                *(each.registration, each.name, kept.certified, *evidence),
                *(kept.since(What.RECORD), kept.in_words(What.RECORD, today)),
                *(kept.rule, "\n".join(filter(None, (each.problem, *kept.open, *kept.unknown)))),
            )

    return Table("Retention", "What is kept until when", columns, rows, 2)
