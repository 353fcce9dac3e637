"""The names in the zip of submissions that Canvas gives out, which must stay as they are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.exports.downloaded_zip import names_in

_NAME = re.compile(r"(?P<who>[^_/\\]+)_(?:LATE_)?(?P<user>[0-9]{1,18})_(?P<file>[0-9]{1,18})_(?P<name>[^/\\]+)")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in: its name in the zip, the user's number, and the user's name as Canvas writes it, the
    last name first and without spaces."""

    file: str
    user: str
    who: str


def user_of(name: str) -> str:
    """The user's number in the name of a file that was downloaded; empty where there is none."""
    found = _NAME.fullmatch(name)
    return found["user"] if found is not None else ""


def as_canvas(name: str) -> str:
    """A name as it stands in those of files: the last name first, letters and digits alone."""
    *first, last = name.split() or [""]
    told = unicodedata.normalize("NFKD", "".join((last, *first))).casefold()
    return "".join(sign for sign in told if sign.isalnum())


def handed_in(file: Path) -> tuple[HandedIn, ...]:
    """What is in the zip. Only names are read. Raises `Unreadable`."""
    found = [_NAME.fullmatch(name) for name in names_in(file, "Canvas")]
    files = tuple(HandedIn(each[0], each["user"], each["who"]) for each in found if each is not None)
    if not files:
        raise Unreadable(
            "This is no zip of submissions",
            "No name in it is one that Canvas gives to a submission.",
            "Download the submissions of the assignment from Canvas, and name that zip.",
            file=file,
        )
    return files
