"""Assessing by other means in the demo: a discussion that was confirmed, and a testimony that nobody confirmed yet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from markterm.centre.centre import Centre
from markterm.demo.office_hours import OfficeHours
from markterm.domain.assessed.method import Method
from markterm.domain.record.bodies.accounts import Account, AccountStep, Witness

LEARNER = "QUR4478"
_UNIT = "8580-502"
_TALK = """\
We spoke about the clients of this spring, with the practice log between us. I asked why each got the approach they got.

For E he had taken a repairs list and three piles because the backlog frightened them; for C a plain list of reasons for
and against. He set both beside what he had found out in the first sessions, and said where he had guessed.

Asked whose the notes are, he was unsure at first. He named what is kept, where it is locked up and who may ask for it,
and that all of it is shredded a year after the last session. The sponsors had not been told: he wrote that down to do.
"""
_TESTIMONY = """\
Hamza has met two of my people every second Thursday since the spring. I sat in on one meeting, at their request. With
the one he drew the week on a sheet and they moved the rounds about; the other he only asked, and waited.
"""
_FORM = """\
# Confirmed

I was asked these questions and gave these answers. The account is right.

Hamza Qureshi
"""


def assessed_by_other_means(asha: Centre, hours: OfficeHours) -> None:
    """What Asha asked a learner and what his witness says, and by which method his log shows something."""
    hours.go_to(6)
    covers = asha.accounts.covered(LEARNER, f"{_UNIT} 1.3 3.3")
    said = Account(
        AccountStep.KEPT, Method.DISCUSSION, on=hours.day, place="Meeting room 2, York", minutes=35, covers=covers
    )
    kept = asha.accounts.keep(LEARNER, said, _TALK)
    with TemporaryDirectory() as folder:
        form = Path(folder) / "confirmed.md"
        form.write_text(_FORM, "utf-8", newline="\n")
        asha.accounts.confirm(LEARNER, kept.event.uid, how="signed form", on=hours.day, attach=[form])
    hours.go_to(4)
    witness = Witness("Moira Keane", "depot manager", "line manager of two clients", "moira.keane@example.org")
    testimony = Account(
        AccountStep.KEPT,
        Method.TESTIMONY,
        on=hours.day,
        place="The depot, York",
        covers=asha.accounts.covered(LEARNER, f"{_UNIT} 2.2"),
        witness=witness,
    )
    asha.accounts.keep(LEARNER, testimony, _TESTIMONY)
    asha.accounts.set_method(LEARNER, Method.REFLECTION, ["502-practice-log.md"])
