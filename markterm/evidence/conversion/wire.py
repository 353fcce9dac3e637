"""A converted file as bytes: how it comes from the child process, and how it is kept in the cache."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from markterm.domain.words.foreign_text import one_line, one_name
from markterm.evidence.converted import Attachment, Converted, NotInstalled, NotReadable, Place
from markterm.evidence.picture import Picture, size_of

_LONGEST_LABEL = 200
_LONGEST_NAME = 130
_MOST_FOLDERS = 21
_LONGEST_NOTE = 2_000
_MOST_NOTES = 200


def to_bytes(converted: Converted) -> bytes:
    """A line of JSON, after it the pixels of the picture, and then the attachments one after the other."""
    picture = converted.picture
    head = {
        "markdown": converted.markdown,
        "places": [[place.line, place.label] for place in converted.places],
        "notes": converted.notes,
        "pages": converted.pages,
        "picture": None if picture is None else [picture.width, picture.height],
        "scans": converted.scans,
        "attachments": [[attachment.name, len(attachment.content)] for attachment in converted.attachments],
    }
    pixels = b"" if picture is None else picture.pixels
    contents = (attachment.content for attachment in converted.attachments)
    return b"".join([json.dumps(head).encode(), b"\n", pixels, *contents])


def refusal_to_bytes(reason: str, *, installed: bool = True) -> bytes:
    """Why the file could not be read; `installed` is whether its reader is there at all."""
    return json.dumps({"refused": reason, "installed": installed}).encode() + b"\n"


def from_bytes(data: bytes) -> Converted:
    """What `to_bytes` was given, its names, labels and notes made safe to show.

    Raises NotReadable or NotInstalled with the reason that was sent, and ValueError for anything that neither function
    has written.
    """
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    if not isinstance(head, dict):
        raise ValueError("no conversion")
    if "refused" in head:
        refusal = NotReadable if head.get("installed") is True else NotInstalled
        raise refusal(one_line(_text(head["refused"])))
    try:
        # Cleaning makes a line end of it, and another line would put the places wrong.
        markdown = _text(head["markdown"]).replace("\r", "")
        places = tuple(Place(_number(line), _short(label)) for line, label in head["places"])
        notes = tuple(_short(note, _LONGEST_NOTE) for note in head["notes"][:_MOST_NOTES])
        if (more := len(head["notes"]) - _MOST_NOTES) > 0:
            notes = (*notes, f"There is more to know about it than is kept: {more:,} notes are left out.")
        pages = None if head["pages"] is None else _number(head["pages"])
        width, height = (0, 0) if head["picture"] is None else map(_number, head["picture"])
        scans = tuple(map(_number, head.get("scans", ())))
        sizes = [(_harmless(_text(name)), _number(size)) for name, size in head["attachments"]]
    except (KeyError, TypeError) as error:
        raise ValueError("no conversion") from error
    offset = size_of(width, height)
    picture = None if head["picture"] is None else Picture(width, height, rest[:offset])
    if offset + sum(size for _, size in sizes) != len(rest):
        raise ValueError("attachments cut short")
    converted = Converted(
        markdown, tuple(sorted(places, key=lambda place: place.line)), notes, pages, (), picture, scans
    )
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


def _short(value: Any, longest: int = _LONGEST_LABEL) -> str:
    text = one_line(_text(value))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _harmless(name: str) -> str:
    """A name with its folders, none of which leads out. A long part keeps its end, which tells the kind of file."""
    parts = (
        part.strip(". ")[-_LONGEST_NAME:].lstrip(". ")
        for part in one_name(one_line(name)).replace("\\", "/").split("/")
    )
    return "/".join([part for part in parts if part][-_MOST_FOLDERS:]) or "unnamed"
