"""What is kept of learners until when, and why, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from markterm.domain.record.bodies.retaining import What
from markterm.domain.views.kept_of import KeptOf
from markterm.exports.table.model import Cell, Column, Row, Table


def retention_table(told: Sequence[KeptOf], today: date) -> Table:
    """Evidence and record of each learner: the earliest day on which they may be destroyed, why then, what holds them
    whatever the day, and what is meant or begun to be destroyed."""
    columns = (
        *(Column("Registration", 13), Column("Learner", 22), Column("Certified", 10)),
        *(Column("Evidence: earliest day", 12), Column("Evidence", 30)),
        *(Column("Record: earliest day", 12), Column("Record", 30)),
        *(Column("Rules", 28), Column("What keeps it whatever the day", 45)),
        Column("Destroying", 30),
    )

    def rows() -> Iterator[Row]:
        for each in told:
            kept = each.kept
            evidence: tuple[Cell, Cell] = (kept.since(What.EVIDENCE), kept.in_words(What.EVIDENCE, today))
            if each.evidence_destroyed is not None:
                evidence = (None, each.evidence_destroyed.words)
            yield (
                *(each.registration, each.name, kept.certified, *evidence),
                *(kept.since(What.RECORD), kept.in_words(What.RECORD, today)),
                *(kept.rule, "\n".join(filter(None, (each.problem, *kept.open, *kept.unknown)))),
                "\n".join(f"{coming.of_what} {coming.words}" for coming in each.coming),
            )

    return Table("Retention", "What is kept until when", columns, rows, 2)
