"""The plain values that every form consists of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

Json = dict[str, object]
"""A JSON object."""

Plain = Mapping[str, object] | Sequence[object]
"""What one command prints."""


def iso(value: date | datetime | None) -> str | None:
    """A day or a time as ISO 8601; None where there is none."""
    return value.isoformat() if value is not None else None
