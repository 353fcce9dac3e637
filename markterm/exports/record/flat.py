"""A record as CSV, for spreadsheets: a line for each event, with its body as JSON in one column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from markterm.exports.csv.guarded import with_codes
from markterm.exports.csv.report import cells_as_csv

if TYPE_CHECKING:
    from markterm.domain.record.event import Event

COLUMNS = (
    "record",
    "at",
    "kind",
    "unit",
    "version",
    "criterion",
    "actor",
    "role",
    "uid",
    "supersedes",
    "body",
)
_TO_KNOW = "to_be_known"


def events_as_csv(events: Iterable[Event], said: str = "") -> Iterator[str]:
    """The lines of these events under the names of the columns, each ending in CR and LF. What is `said` of all of
    them, such as that others are missing, stands in one more column; of no event in that of the only line."""
    if not said:
        return cells_as_csv(COLUMNS, map(_row, events))
    rows = [_row(event) for event in events] or [("",) * len(COLUMNS)]
    return cells_as_csv((*COLUMNS, _TO_KNOW), ((*row, said) for row in rows))


def _row(event: Event) -> tuple[str, ...]:
    unit = event.subject.unit
    return (
        event.learner,
        event.at.isoformat(),
        event.kind,
        unit.code if unit is not None else "",
        unit.version if unit is not None else "",
        event.subject.criterion or "",
        event.actor,
        event.role,
        event.uid,
        " ".join(event.supersedes),
        with_codes(json.dumps(dict(event.body), ensure_ascii=False, sort_keys=True), r"\u{:04x}"),
    )
