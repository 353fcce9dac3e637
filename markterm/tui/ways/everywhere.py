"""What the palette has about the centre on every screen: it is loaded at the start, and loads nothing itself."""

from __future__ import annotations

from markterm.tui.requests import ShowBackups, ShowClaims, ShowRetention, ShowStandardisations, ShowVisits
from markterm.tui.widgets.opens import opens

OF_CENTRE = (
    opens(
        "standardisation",
        "Standardisation",
        "What members mark alone, what waits for your answers, and what was agreed",
        lambda _: ShowStandardisations(),
    ),
    opens(
        "retention",
        "Retention",
        "What is kept of each learner until when, what holds it, and destroying what may go",
        lambda _: ShowRetention(),
    ),
    opens(
        "claims",
        "Claims",
        "What is ready to claim, what blocks the rest, and what became of each claim",
        lambda _: ShowClaims(),
    ),
    opens(
        "visits",
        "Visits",
        "Visits of external quality assurers, their reports, and what they ask for",
        lambda _: ShowVisits(),
    ),
    opens("backup", "Backups", "When the whole centre was backed up last, and doing it now", lambda _: ShowBackups()),
)
