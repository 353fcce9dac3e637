"""What the process in which a PDF is made anew answers: the new file and all that is said in it, or why there is none.

One end of the pipe writes it and the other reads it, and neither has a form of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from markterm.exports.nameless.not_own_kind import NotOwnKind

DAMAGED = "it is damaged, or made in a way that is not known"

_REFUSED, _MADE = b"R", b"M"
_LENGTH = 8
"""Bytes that say how long the new file is."""


class MadeAnew(NamedTuple):
    """A new file, and all that is said in it, unpacked, to be searched."""

    file: bytes
    said: bytes


def answer_made(made: MadeAnew) -> bytes:
    """The answer with that file."""
    return _MADE + len(made.file).to_bytes(_LENGTH, "big") + made.file + made.said


def answer_refused(why: str) -> bytes:
    """The answer that there is none, and why."""
    return _REFUSED + why.encode("utf-8")


def read_answer(answer: bytes) -> MadeAnew:
    """What was made. Raises `NotOwnKind` where nothing was."""
    if not answer.startswith(_MADE):
        raise NotOwnKind(answer[len(_REFUSED) :].decode("utf-8", "replace") or DAMAGED)
    begin = len(_MADE) + _LENGTH
    end = begin + int.from_bytes(answer[len(_MADE) : begin], "big")
    return MadeAnew(answer[begin:end], answer[end:])
