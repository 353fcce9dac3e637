"""What the reports say beside their figures: what is asked, what has to be known of them, and where there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from textual.content import Content

from markterm.domain.reports.asked import Asked
from markterm.domain.words.foreign_text import clean, one_line
from markterm.tui.command import keyed

NOTHING = {
    "agreement": "No verifier has answered to anything yet. {area.verifying} shows what waits to be verified: each "
    "answer to a decision is counted here, interim and summative apart.",
    "referrals": "Nothing is decided yet. Each criterion that an assessor passes or refers is counted here.",
    "unlike": "Nothing is decided yet. Once several assessors have decided in a unit, how much each of them refers is "
    "set beside the others.",
    "plan": "No sampling plan was adopted. {area.verifying} has the plan: adopted, what of it is looked at, on time, "
    "and not agreed stands here, with what the part that was drawn at random proves.",
    "actions": "No action was set yet. A verifier who does not agree with a decision sets one; here it stands which "
    "are open, overdue, done and accepted, of whom, and how long they took.",
    "matrix": "The centre has no integrated assignments. Each is a sheet in the folder of the assignments; which task "
    "carries which criterion of which unit stands here.",
    "workload": "Nothing waits for anybody, nothing is due in the next two weeks, and nothing was done in the last "
    "four. As soon as work is handed in, marked or sampled, it stands here whose it is.",
}


def asked_content(asked: Asked, useless: Collection[str]) -> Content:
    """What is asked, each with the key that changes it; what cannot be asked is left out."""
    until = f" to {asked.until}" if asked.until is not None else ""
    parts = (
        ("{reports.by}", "by", " and ".join(asked.by)),
        ("{reports.unit}", "unit", one_line(asked.unit)),
        ("{reports.assessor}", "assessor", one_line(asked.assessor)),
        ("{reports.verifier}", "verifier", one_line(asked.verifier)),
        ("{reports.days}", "days", f"since {asked.since}{until}" if asked.since is not None else ""),
    )
    return Content("   ").join(
        Content.assemble(
            Content.styled(keyed(key), "bold $primary"),
            f" {name} ",
            Content.styled(value or "all", "bold $foreground" if value else "$quiet"),
        )
        for key, name, value in parts
        if {"days": "since"}.get(name, name) not in useless
    )


def said_content(said: str, warnings: Iterable[str], notes: Iterable[str], *, apart: bool = False) -> Content:
    """What is said of a row, what could not be counted, and how it is counted; with lines between them if `apart`."""
    told = [Content(clean(said).text)] if said else []
    told += [Content.styled(f"! {one_line(each)}", "$warning") for each in warnings]
    told += [Content.styled(one_line(each), "" if apart else "$quiet") for each in notes]
    return Content("\n\n" if apart else "\n").join(told)
