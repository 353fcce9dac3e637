"""The centre, its assessors and the unit of the sheets that are tested here."""

from __future__ import annotations

from datetime import UTC, datetime

from markterm.domain.assessed.member import Member, Role
from markterm.domain.assessed.unit import Criterion, Descriptor, LearningOutcome, Standing, Unit
from markterm.domain.record.centre_details import CentreDetails

ASHA = Member("asha", "Asha Patel", frozenset({Role.ASSESSOR}), frozenset({"T-101", "T-102"}))
INES = Member("ines", "Inês Carvalho", frozenset({Role.VERIFIER}))
BEN = Member("ben", "Ben Whitlock", frozenset({Role.ASSESSOR}), frozenset({"T-101", "T-102"}))
CENTRE = CentreDetails("012345", "Test Centre", members=(ASHA, BEN, INES))
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

TEA = Unit(
    "T-101",
    "Making Tea",
    level=1,
    credit=2,
    version="2026-01",
    outcomes=(
        LearningOutcome(
            1,
            "Make tea",
            (
                Criterion("1.1", "Boil the water", (Descriptor(Standing.GOOD, "the kettle is descaled"),)),
                Criterion("1.2", "Warm the pot"),
            ),
        ),
        LearningOutcome(2, "Serve tea", (Criterion("2.1", "Pour the tea"),)),
    ),
)
