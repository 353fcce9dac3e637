"""Lines of a segment: `sha256(body) SP body LF`, with the body in canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from markterm.domain.event import Json
from markterm.records.canonical import canonical

NO_LINE = "0" * 64
_BODY_AT = 65


class Line(NamedTuple):
    """A line as it stands: the hash it bears, and its body; None when the line does not verify."""

    digest: str
    body: dict[str, Json] | None


def encode(body: dict[str, Json]) -> tuple[str, bytes]:
    """The hash and the bytes of the line that holds `body`."""
    text = canonical(body)
    digest = sha256(text).hexdigest()
    return digest, b"%b %b\n" % (digest.encode("ascii"), text)


def decode(lines: Sequence[bytes]) -> list[Line]:
    """What lines without their LF hold.

    The bodies that match their hashes are parsed as one array: on a record of 600 events that takes half the time.
    """
    stated: list[str] = []
    texts: list[bytes] = []
    whole: list[bool] = []
    for line in lines:
        text = line[_BODY_AT:]
        digest = line[: _BODY_AT - 1].decode("ascii", "replace")
        good = sha256(text).hexdigest() == digest and line[_BODY_AT - 1 : _BODY_AT] == b" "
        stated.append(digest)
        whole.append(good)
        if good:
            texts.append(text)
    bodies = iter(_parse(texts))
    return [
        Line(digest, body if good and type(body := next(bodies)) is dict else None)
        for digest, good in zip(stated, whole, strict=True)
    ]


def _parse(texts: list[bytes]) -> list[Json]:
    try:
        values: list[Json] = json.loads(b"[%b]" % b",".join(texts))
        if len(values) == len(texts):
            return values
    except (ValueError, RecursionError):
        pass  # A line with a valid hash that is no JSON: it is found below, and the others are read.
    return [_parse_one(text) for text in texts]


def _parse_one(text: bytes) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value
