"""Heads kept outside the record: what proves later that no end was cut off. Written to be read by people too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from markterm.domain.words.foreign_text import one_line
from markterm.records.store import Head

Heads = Mapping[str, Mapping[str, Head]]
"""By record and segment how far it went."""

CENTRE_AS_PRINTED = "centre"
"""What `audit --heads` calls the centre's own record, whose name is empty."""
_PRINTED = re.compile(r"(?P<record>.*\S)\s+(?P<segment>\S+)\s+(?P<lines>[0-9]{1,9}) lines?\s+(?P<digest>[0-9a-f]{64})")
_FILE = "# With it was written: "


def render(heads: Heads, centre: str, now: datetime, beside: Iterable[str] = ()) -> str:
    """The heads as text: two lines for people, then an object of JSON for each segment; and behind them the names of
    the files that were written `beside` it."""
    told = [
        f"# How far each record of {one_line(centre)} went on {now.isoformat(' ', 'minutes')}.",
        "# Keep it away from the centre's folder: an audit against it finds what is gone or changed since.",
    ]
    for record, segments in sorted(heads.items()):
        for segment, head in sorted(segments.items()):
            entry = {"record": record, "segment": segment, "lines": head.lines, "digest": head.digest}
            told.append(json.dumps(entry))
    told += (f"{_FILE}{json.dumps(name)}" for name in beside)
    return "\n".join(told) + "\n"


def files_beside(data: bytes) -> frozenset[str]:
    """The names of the files that were written beside a file that `render` wrote."""
    found: set[str] = set()
    for line in _text(data).splitlines():
        with suppress(ValueError, RecursionError):
            name = json.loads(line.removeprefix(_FILE)) if line.startswith(_FILE) else None
            found.update([name] if isinstance(name, str) else ())
    return frozenset(found)


def parse(data: bytes) -> dict[str, dict[str, Head]]:
    """The heads in a file that `render` wrote, that `audit --heads` printed, or in any JSON that holds heads by record.

    Nothing of a file that holds none; of a segment named twice the one that goes further.
    """
    found: dict[str, dict[str, Head]] = {}
    text = _text(data)
    for record, segment, head in _in_json(text) or _in_lines(text):
        own = found.setdefault(record, {})
        if segment not in own or own[segment].lines < head.lines:
            own[segment] = head
    return found


def _text(data: bytes) -> str:
    # What a Windows shell redirects may be UTF-16.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _in_json(text: str) -> list[tuple[str, str, Head]]:
    """The heads in a text that is one value of JSON, wherever in it they are."""
    try:
        return list(_anywhere(json.loads(text)))
    except (ValueError, RecursionError):
        return []


def _anywhere(value: object) -> Iterator[tuple[str, str, Head]]:
    if isinstance(value, dict):
        record, segments = value.get("record"), value.get("heads")
        if isinstance(record, str) and isinstance(segments, dict):
            for segment, given in segments.items():
                head = _head(given)
                if head is not None:
                    yield record, segment, head
            return
        one = _one(value)
        if one is not None:
            yield one
            return
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _anywhere(each)


def _in_lines(text: str) -> Iterator[tuple[str, str, Head]]:
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("{"):
            try:
                one = _one(json.loads(line))
            except (ValueError, RecursionError):
                continue
            if one is not None:
                yield one
        elif not line.startswith("#") and (printed := _PRINTED.fullmatch(line)) is not None:
            record = "" if printed["record"] == CENTRE_AS_PRINTED else printed["record"]
            yield record, printed["segment"], Head(int(printed["lines"]), printed["digest"])


def _one(value: object) -> tuple[str, str, Head] | None:
    if not isinstance(value, dict):
        return None
    record, segment, head = value.get("record"), value.get("segment"), _head(value)
    if isinstance(record, str) and isinstance(segment, str) and head is not None:
        return record, segment, head
    return None


def _head(value: object) -> Head | None:
    lines, digest = None, None
    if isinstance(value, dict):
        lines, digest = value.get("lines"), value.get("digest")
    elif isinstance(value, list) and len(value) == 2:
        lines, digest = value
    if type(lines) is int and 0 < lines < 10**9 and isinstance(digest, str) and re.fullmatch("[0-9a-f]{64}", digest):
        return Head(lines, digest)
    return None
