"""Carrying what was mapped to one version of a standard to another one: a person's act, with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markterm.domain.assessed.standard import StandardKey
from markterm.domain.record.bodies.standard_carrying import CarriedStatement, StandardCarried
from markterm.domain.record.event import CENTRE, Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import Refused


def carry_standard(
    act: Act,
    old: StandardKey,
    new: StandardKey,
    carried: Sequence[CarriedStatement],
    units: Iterable[str],
    reason: str,
) -> Event:
    """What was mapped to those statements of the old version holds for those of the new one, in these units.

    Raises `Refused` when nobody is named, no reason is given, or nothing would be carried.
    """
    member = known(act)
    if not reason.strip():
        raise Refused(
            "Why does it hold?",
            f"What was mapped to {old} says nothing of {new} by itself. Nothing was recorded.",
            "Say why it holds for the new version.",
        )
    if not carried:
        raise Refused(
            "There is nothing to carry",
            f"No unit is mapped to a statement of {old} that {new} has and that is not mapped there already.",
            "Look at the difference, and name what was reworded if it holds.",
        )
    said = StandardCarried(old.code, old.version, new.version, tuple(carried), tuple(sorted(units)), reason.strip())
    return entry(replace(act, learner=CENTRE), member, Kind.STANDARD_CARRIED, Subject(), said)
