"""A learner at a glance, beside the caseload: what their record, their file and their evidence tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest

from markterm.domain.record.aside import NOTHING_DONE
from markterm.domain.record.event import Event, Kind
from markterm.domain.record.portfolio import Portfolio
from markterm.domain.views.event_told import event_told
from markterm.domain.words.foreign_text import one_line

MOST_ACTS = 5


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was recorded: when, by the member of that id, of which unit and criterion (or an empty text), and
    what it came to."""

    at: datetime
    actor: str
    unit: str
    criterion: str
    told: str


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """What a learner's record, file and evidence tell.

    `touched` has for each unit's code what happened to it last, and when; `acts` are the last of all, the newest first.
    `note` is the free text of the learner's file, `files` how many files of evidence there are, `newest` the name of
    the one that changed last, at `newest_at`. `is_picked` says that whoever asks picked them for their visit.
    """

    touched: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    note: str = ""
    files: int = 0
    newest: str = ""
    newest_at: datetime | None = None
    is_picked: bool = False


def touched(portfolio: Portfolio) -> dict[str, tuple[str, datetime]]:
    """By the code of each unit what happened to it last, in a word, and when."""
    last: dict[str, tuple[str, datetime]] = {}
    for event in portfolio.events:
        unit = event.subject.unit
        if unit is None or event.kind in NOTHING_DONE:
            continue
        code = portfolio.placing.unit(unit).code
        if code not in last or event.at >= last[code][1]:
            last[code] = _in_a_word(event.kind), event.at
    return last


def _in_a_word(kind: str) -> str:
    return one_line("day set" if kind == Kind.DUE_SET else kind.replace("_", " "))


def last_acts(portfolio: Portfolio) -> tuple[Act, ...]:
    """The last that was recorded of the learner, the newest first."""
    own = (event for event in portfolio.events if event.kind not in NOTHING_DONE)
    # Of the same moment the one that was recorded later is the newer one.
    newest = nlargest(MOST_ACTS, enumerate(own), key=lambda each: (each[1].at, each[0]))
    kinds = {event.uid: event.kind for event in portfolio.events}
    return tuple(_act(event, kinds) for _, event in newest)


def _act(event: Event, kinds: Mapping[str, str]) -> Act:
    unit = event.subject.unit.code if event.subject.unit is not None else ""
    return Act(event.at, one_line(event.actor), unit, one_line(event.subject.criterion or ""), event_told(event, kinds))
