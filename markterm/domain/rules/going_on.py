"""Correcting a registration: the entries that say so in the old record and in the new one, and what forbids it."""

from __future__ import annotations

from markterm.domain.record.bodies.moving import Heads, Renamed, can_be_registration
from markterm.domain.record.event import Event, Kind, Subject
from markterm.domain.rules.act import Act, entry, known
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line


def going_on_as(act: Act, new: str) -> Event:
    """The last entry of the record of `act.learner`, which goes on as that of `new`. Raises `Refused`."""
    return _entry(act, Renamed(to=new))


def going_on_from(act: Act, old: str, heads: Heads) -> Event:
    """The entry of the record of `act.learner` by which it goes on from that of `old`. Raises `Refused`."""
    return _entry(act, Renamed(origin=old, heads=heads))


def _entry(act: Act, body: Renamed) -> Event:
    return entry(act, known(act), Kind.RENAMED, Subject(), body)


def check_registration(old: str, new: str) -> None:
    """Raises `WrongUse` when `new` is no registration that a learner of registration `old` can get."""
    if not can_be_registration(new) or not any(map(str.isalnum, new)):
        raise WrongUse(
            "Not a registration",
            f"{one_line(new) or 'An empty text'} cannot be a learner's registration.",
            "Give it as the awarding organisation writes it: letters or figures, on one line, no spaces around it.",
        )
    if new == old:
        raise WrongUse("Nothing to rename", f"The registration is {one_line(old)} already.", "Give the right one.")
