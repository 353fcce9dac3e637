"""A converted file as bytes: how it comes from the child process, and how it is kept in the cache."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from markterm.domain.foreign_text import one_line
from markterm.evidence.converted import Attachment, Converted, NotReadable, Place

_LONGEST_LABEL = 200
_LONGEST_NAME = 120
_MOST_NOTES = 100


def to_bytes(converted: Converted) -> bytes:
    """A line of JSON, and after it the attachments one after the other."""
    head = {
        "markdown": converted.markdown,
        "places": [[place.line, place.label] for place in converted.places],
        "notes": converted.notes,
        "pages": converted.pages,
        "attachments": [[attachment.name, len(attachment.content)] for attachment in converted.attachments],
    }
    return b"".join([json.dumps(head).encode(), b"\n", *(attachment.content for attachment in converted.attachments)])


def refusal_to_bytes(reason: str) -> bytes:
    """Why a reader could not read the file."""
    return json.dumps({"refused": reason}).encode() + b"\n"


def from_bytes(data: bytes) -> Converted:
    """What `to_bytes` was given, its names, labels and notes made safe to show.

    Raises NotReadable with the reason that was sent, and ValueError for anything that neither function has written.
    """
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    if not isinstance(head, dict):
        raise ValueError("no conversion")
    if "refused" in head:
        raise NotReadable(one_line(_text(head["refused"])))
    try:
        # Cleaning makes a line end of it, and another line would put the places wrong.
        markdown = _text(head["markdown"]).replace("\r", "")
        places = tuple(Place(_number(line), _short(label)) for line, label in head["places"])
        notes = tuple(_short(note) for note in head["notes"][:_MOST_NOTES])
        pages = None if head["pages"] is None else _number(head["pages"])
        sizes = [(_base_name(_text(name)), _number(size)) for name, size in head["attachments"]]
    except (KeyError, TypeError) as error:
        raise ValueError("no conversion") from error
    if sum(size for _, size in sizes) != len(rest):
        raise ValueError("attachments cut short")
    converted = Converted(markdown, tuple(sorted(places, key=lambda place: place.line)), notes, pages)
    offset = 0
    attachments = []
    for name, size in sizes:
        attachments.append(Attachment(name, rest[offset : offset + size]))
        offset += size
    return replace(converted, attachments=tuple(attachments))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no number")
    return value


def _short(value: Any) -> str:
    text = one_line(_text(value))
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def _base_name(name: str) -> str:
    """The last part of a name. A long one keeps its end, which says what kind of file it is."""
    base = one_line(name).replace("\\", "/").rpartition("/")[2].strip(". ")
    return base[-_LONGEST_NAME:] or "unnamed"
