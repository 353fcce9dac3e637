"""Correcting a registration: the record of the new one goes on from that of the old one, line by line as it stands.

Both records say so. The last entry of the old one names the new one: nothing is added to it any more. An entry of the
new one names the old one and how far each of its segments went: whoever reads it reads the old one's entries too, also
those that arrive there later from somebody who did not know. No line is rewritten or moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markterm.domain.record.bodies.kinds import said_in
from markterm.domain.record.bodies.moving import Heads, Renamed
from markterm.domain.record.event import Event, Kind
from markterm.domain.words.errors import Refused
from markterm.domain.words.foreign_text import one_line


@dataclass(frozen=True, slots=True)
class Renaming:
    """One side of it: `goes_on_as` is the new registration in the old record, `goes_on_from` the old one in the new
    record, with its `heads` as they were then. The other one is empty."""

    goes_on_as: str = ""
    goes_on_from: str = ""
    heads: Heads = field(default_factory=dict)


def renaming_of(event: Event) -> Renaming | None:
    """What an entry says about renaming; None for any other entry, and for one of a shape that is not known."""
    if event.kind != Kind.RENAMED:
        return None
    said = said_in(event, Renamed)
    if said is None:
        return None
    # A record that went on as itself could never be written to again.
    if said.to and said.to != event.learner:
        return Renaming(goes_on_as=said.to)
    if said.origin and said.origin != event.learner:
        return Renaming(goes_on_from=said.origin, heads=said.heads)
    return None


def successor(renamings: Sequence[Renaming]) -> str:
    """As what a record with these renamings, in its order, goes on; empty when it is written to itself.

    One that went on as another and later from that one again was renamed back.
    """
    goes_on_as = ""
    for each in renamings:
        if each.goes_on_as:
            goes_on_as = each.goes_on_as
        elif each.goes_on_from == goes_on_as:
            goes_on_as = ""
    return goes_on_as


def successors(record: str, goes_on_as: Callable[[str], str]) -> tuple[str, ...]:
    """The registrations under which a record goes on, one after the other, the present one last; none if it does not.

    `goes_on_as` gives the next one, or an empty text. A circle, which foreign lines may make, ends.
    """
    found = [record]
    while (after := goes_on_as(found[-1])) and after not in found:
        found.append(after)
    return tuple(found[1:])


def called_since(record: str, since: datetime, load: Callable[[str], Sequence[Event]]) -> str:
    """The registration that whoever had that one then has by now. Somebody else may have been given it since."""
    found = record
    while to := next(iter(_corrections(found, since, load(found))), None):
        found, since = to
    return found


def _corrections(record: str, since: datetime, events: Iterable[Event]) -> Iterator[tuple[str, datetime]]:
    for event in events:
        if event.learner == record and event.at > since and (said := renaming_of(event)) and said.goes_on_as:
            yield said.goes_on_as, event.at


def in_words(event: Event) -> str:
    """What an entry about renaming says, for people."""
    renaming = renaming_of(event)
    if renaming is None:
        return str(event.kind)
    if renaming.goes_on_as:
        return f"registration corrected: goes on as {renaming.goes_on_as}"
    return f"registration corrected: goes on from {renaming.goes_on_from}"


def gone_on(old: str, new: str, *, reads: bool = False) -> Refused:
    """The refusal of anything that would be added to a record which goes on as another one; of who only `reads` it is
    told where it is read."""
    corrected = f"The registration {one_line(old)} was corrected to {one_line(new)}, and so was the record."
    return Refused(
        "This record goes on under another registration",
        corrected if reads else f"{corrected} Nothing was recorded.",
        f"{'Look at' if reads else 'Do it for'} {one_line(new)}.",
    )


def check_goes_on_here(record: str, renamings: Sequence[Renaming], event: Event) -> None:
    """Raises `Refused` when the record goes on as another one, and the event is none that says so."""
    if renamings and (new := successor(renamings)):
        renaming = renaming_of(event)
        if renaming is None or (renaming.goes_on_from != new and not renaming.goes_on_as):
            raise gone_on(record, new)
