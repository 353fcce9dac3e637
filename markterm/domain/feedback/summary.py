"""The summary of a unit as its notes give it, to begin with: whoever closes the unit reads it, and may say it anew."""

from __future__ import annotations

from markterm.domain.feedback.feedback import UnitFeedback
from markterm.domain.words.foreign_text import one_line


def summary_from_notes(told: UnitFeedback) -> str:
    """A line for each criterion that has a note, what is missing first. Empty where there are no notes."""
    missing = [each for outcome in told.outcomes for each in (*outcome.missing, *outcome.not_achieved)]
    met = [each for outcome in told.outcomes for each in outcome.strengths]
    noted = [each for each in (*missing, *met) if each.note.strip()]
    return "\n".join(f"{each.criterion.number}: {one_line(each.note)}" for each in noted)
