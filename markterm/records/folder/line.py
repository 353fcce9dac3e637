"""Lines of a segment: `sha256(body) SP body LF`, with the body in canonical JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from markterm.domain.record.event import Json
from markterm.records.canonical import canonical
from markterm.records.strict_json import NotJson, read_json

NO_LINE = "0" * 64
_BODY_AT = 65


class Line(NamedTuple):
    """A line as it stands: the hash it bears, and its body.

    `body` is None when the line does not match its hash; when it does and holds no object, `body` is empty and `fault`
    says why.
    """

    digest: str
    body: dict[str, Json] | None
    fault: str = ""


def encode(body: dict[str, Json]) -> tuple[str, bytes]:
    """The hash and the bytes of the line that holds `body`."""
    text = canonical(body)
    digest = sha256(text).hexdigest()
    return digest, b"%b %b\n" % (digest.encode("ascii"), text)


def decode(lines: Iterable[bytes]) -> Iterator[Line]:
    """What lines without their LF hold. Each is read by itself, so that none changes how another one is read, and when
    it is asked for: what a line holds beside its event need not be there any more when the next one is read."""
    return map(_decoded, lines)


def _decoded(line: bytes) -> Line:
    text = line[_BODY_AT:]
    digest = line[: _BODY_AT - 1].decode("ascii", "replace")
    if sha256(text).hexdigest() != digest or line[_BODY_AT - 1 : _BODY_AT] != b" ":
        return Line(digest, None)
    try:
        body = read_json(text)
    except NotJson as error:
        return Line(digest, {}, f"it is no JSON: {error}")
    return Line(digest, body) if type(body) is dict else Line(digest, {}, "it is no object of JSON")
