"""The plain form of an event: as the record has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json
from markterm.records.codec import to_json

if TYPE_CHECKING:
    from markterm.domain.record.event import Event


def event_as_json(event: Event) -> Json:
    """An event as a JSON object."""
    return dict(to_json(event))
