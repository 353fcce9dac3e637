"""Time marks of a recording, in the account of what was said: `12:40` at the beginning of a line is a place in it.

Only a text whose own head names a recording has such places: in a diary, 12:40 is a time of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from markterm.evidence.converted import Place
from markterm.evidence.readers import READERS

_RECORDED = re.compile(r"^- Recording: (\S.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARK = re.compile(r"(?:[-*] )?[\[(*]*((?:\d{1,2}:)?\d{1,3}:[0-5]\d)(?!\d)")
_HEADING = re.compile(r"#{1,6}\s")
_NO_READERS = ".3g2 .3gp .ac3 .amr .avi .caf .flv .m2ts .mka .mkv .mpeg .mpg .mts .webm .wmv"
_NOT_READ = frozenset(_NO_READERS.split())


def is_recording(name: str) -> bool:
    """Whether a file of that name is sound or film: in a signed form that comes along no time is a place."""
    suffix = PurePosixPath(name).suffix.lower()
    return READERS.get(suffix) == "media" or suffix in _NOT_READ


def time_places(text: str) -> tuple[Place, ...]:
    """The places in a recording that the lines of an account tell of; none where its head names no recording. Of
    several recordings it is that which the line of the mark names too, and else any of them."""
    head = text.partition("\n## ")[0] if text.startswith("# ") else ""
    attached = (_ESCAPED.sub(r"\1", each[1]) for each in _RECORDED.finditer(head))
    recordings = [each for each in attached if is_recording(each)]
    return tuple(_places(text, recordings)) if recordings else ()


def _places(text: str, recordings: list[str]) -> Iterator[Place]:
    is_in_it = False
    for number, line in enumerate(text.split("\n")):
        if (mark := _MARK.match(line)) is not None:
            is_in_it = True
            named = [each for each in recordings if each in _ESCAPED.sub(r"\1", line)]
            yield Place(number, f"{mark[1]} of {' or '.join(named or recordings)}")
        elif is_in_it and _HEADING.match(line):
            is_in_it = False
            yield Place(number, "")
