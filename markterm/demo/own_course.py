"""A short course of the demo centre's own, for which it gives badges: one that stands, and one to be revoked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from markterm.centre.centre import Centre
from markterm.centre.folder import CentreFolder
from markterm.demo.learners import OWN_COURSE
from markterm.demo.office_hours import OfficeHours
from markterm.records import ed25519

STANDS, TO_REVOKE = "RAM3310", "MUR0746"
"""Who has the badge, and who has it for a unit that was reopened since."""
_SHEET = f"""\
---
kind: unit
code: {OWN_COURSE}
title: Listening at work
level: 2
credit: 1
version: "1"
regulated: no
---

# {OWN_COURSE} Listening at work

A course of one day. Whoever passes may have a badge for it: it is no part of any qualification.

## LO1 Be able to listen so that somebody goes on

- **1.1** Record a talk of ten minutes in which the other speaks for eight of them
- **1.2** Mark in the record where you wanted to speak, and did not

## LO2 Know what listening changes

- **2.1** Say what the other told you that you had not asked for
"""


def sheet_of_own_course(folder: CentreFolder) -> None:
    """Write the mark sheet of the course. Raises OSError."""
    file = folder.mark_sheets / "units" / f"{OWN_COURSE.lower()}.md"
    file.write_text(_SHEET, "utf-8", newline="\n")


def badges_given(
    staff: Mapping[str, Centre], finish: Callable[[Centre, str, str, str], None], hours: OfficeHours
) -> None:
    """Two pass the course and agree to a badge, which the coordinator signs where signing is installed; one of the
    units is reopened later."""
    asha, carol, dev = staff["asha"], staff["carol"], staff["dev"]
    hours.go_to(11)
    for registration in (STANDS, TO_REVOKE):
        finish(asha, registration, OWN_COURSE, "The eight minutes are there, and so is what came of them.")
        for _ in asha.feedback.release(asha.feedback.draft(registration, OWN_COURSE)):
            pass
    hours.go_to(10)
    for registration in (STANDS, TO_REVOKE):
        name = carol.learners.portfolio(registration).learner.name
        carol.badges.agree(registration, OWN_COURSE, name, "signed sheet", hours.day - timedelta(days=1))
    if not ed25519.is_installed():
        return
    dev.signing_keys.confirm(carol.signing_keys.make().name)
    for registration in (STANDS, TO_REVOKE):
        carol.badges.issue(registration, OWN_COURSE)
    hours.go_to(3)
    asha.closings.reopen(
        TO_REVOKE, OWN_COURSE, "The record was of a talk with two colleagues, and who spoke is unclear."
    )
