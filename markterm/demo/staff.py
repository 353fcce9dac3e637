"""What the demo's staff have shown of their occupational competence, on days counted back from now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

_SHOWN: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "asha": (
        ("A1, A4", 240, "Coached four depot managers at Harrow Freight, and runs its planning office."),
        ("A2", 2300, "Level 7 certificate in executive coaching and mentoring."),
        ("A3", 130, "Supervision six times, and the spring conference on coaching at work."),
        ("A5", 400, "Two days on leading through change."),
        ("A6", 1500, "Qualified assessor."),
        ("A7", 900, "Three years of marking these units."),
        ("A8", 1030, "Standardisation of unit 503, with Inês."),
    ),
    "ines": (
        ("A1, A4", 310, "Mentors new centre managers, and leads a team of nine."),
        ("A2", 1900, "Level 5 diploma in coaching and mentoring."),
        ("A3, A5", 90, "Peer group for mentors, and a course on difficult conversations."),
        ("A6", 2600, "Qualified internal verifier."),
        ("A7, A8", 60, "The awarding organisation's yearly update."),
    ),
    "tia": (
        ("A1, A4", 150, "Shift leader, and mentor to two apprentices."),
        ("A2", 35, "Level 5 certificate in coaching and mentoring."),
    ),
}
"""By member: the requirements, how many days ago they were shown, and by what."""


def write_staff(members: Path, today: date) -> None:
    """Write the files of the members who have one into a folder that there is. Raises OSError."""
    for member, shown in _SHOWN.items():
        lines = [
            f"- **{codes}** {today - timedelta(days=days)}{' for good' if days > 1200 else ''}: {what}"
            for codes, days, what in shown
        ]
        text = "\n".join(("---", "kind: member", f"id: {member}", "---", "", *lines, ""))
        (members / f"{member}.md").write_text(text, "utf-8", newline="\n")
