"""`markterm learner transferred`: a learner goes on elsewhere."""

from __future__ import annotations

from markterm.cli.learners.leaving import command_for
from markterm.domain.record.bodies.leaving import LeftStep

command = command_for(
    "transferred",
    LeftStep.TRANSFERRED,
    """Record that a learner transferred to another centre or course.

    \b
    Example:
      markterm learner transferred JON2041 --on 2026-03-02 --reason "To Northgate College." --as carol
    """,
)
