"""`markterm learner left`: a learner withdraws from the course."""

from __future__ import annotations

from markterm.cli.learners.leaving import command_for
from markterm.domain.record.bodies.leaving import LeftStep

command = command_for(
    "left",
    LeftStep.LEFT,
    """Record that a learner left the course.

    \b
    Example:
      markterm learner left JON2041 --on 2026-03-02 --reason "Moved to another town." --as carol
    """,
)
