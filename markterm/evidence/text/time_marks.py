"""Time marks of a recording, in the account of what was said: `12:40` at the beginning of a line is a place in it.

Only a text whose own head names a recording has such places: in a diary, 12:40 is a time of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markterm.evidence.converted import Place

_RECORDING = re.compile(r"^- Recording: (\S.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARK = re.compile(r"(?:[-*] )?[\[(*]*((?:\d{1,2}:)?\d{1,3}:[0-5]\d)(?!\d)")
_HEADING = re.compile(r"#{1,6}\s")


def time_places(text: str) -> tuple[Place, ...]:
    """The places in a recording that the lines of an account tell of; none where its head names no recording."""
    recording = _RECORDING.search(text.partition("\n## ")[0]) if text.startswith("# ") else None
    return tuple(_places(text, _ESCAPED.sub(r"\1", recording[1]))) if recording is not None else ()


def _places(text: str, recording: str) -> Iterator[Place]:
    is_in_it = False
    for number, line in enumerate(text.split("\n")):
        if (mark := _MARK.match(line)) is not None:
            is_in_it = True
            yield Place(number, f"{mark[1]} of {recording}")
        elif is_in_it and _HEADING.match(line):
            is_in_it = False
            yield Place(number, "")
