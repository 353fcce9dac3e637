"""Canonical JSON: one text for one value, so that a hash of the text is a hash of the value."""

from __future__ import annotations

import json

from markterm.domain.record.event import Json

_ENCODER = json.JSONEncoder(ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """`value` as ASCII JSON with sorted keys and no white space.

    ASCII, so that a line of the record holds no line end, no escape code and no lone surrogate whatever was typed.
    Raises ValueError for NaN and infinities, which JSON does not have.
    """
    return _ENCODER.encode(value).encode("ascii")
