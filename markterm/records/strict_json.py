"""JSON that every machine reads alike: what Python's versions and settings read differently is no JSON here."""

from __future__ import annotations

import re
from collections.abc import Callable
from json import JSONDecoder

from markterm.domain.record.event import Json

LONGEST_NUMBER = 40
"""Digits and signs of a number: the limit of Python itself is a setting of each machine."""
DEEPEST = 64
"""Lists and objects within each other: how deep Python goes depends on its version, and on who asks."""

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class NotJson(ValueError):
    """A text that is no JSON, or that two machines could read differently."""


def read_json(text: bytes) -> Json:
    """The value of a JSON text in ASCII. Raises `NotJson`.

    Refused beside what JSON itself refuses: bytes beyond ASCII, NaN and numbers beyond every float, numbers of more
    than 40 signs, a key that an object has twice, more than 64 levels.
    """
    try:
        # Counting first costs next to nothing, and only what is written to be deep is looked at closely.
        if text.count(b"[") + text.count(b"{") > DEEPEST and _depth(text) > DEEPEST:
            raise NotJson("it nests too deep")
        said = text.decode("ascii")
        value, end = _SCAN(said, 0)
    except StopIteration:
        raise NotJson("a value is missing") from None
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from None
    if end != len(said):
        raise NotJson("something follows its value")
    return value


def _depth(text: bytes) -> int:
    deepest = depth = 0
    for sign in _TEXT.sub("", text.decode("ascii")):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise NotJson("a number is too long")
    return int(digits)


def _fraction(digits: str) -> float:
    number = float(digits)
    if len(digits) > LONGEST_NUMBER or number in (float("inf"), float("-inf")):
        raise NotJson("a number is too long or too large")
    return number


def _no_number(name: str) -> None:
    raise NotJson(f"{name} is no number")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise NotJson("a key is there twice")
    return read


_READER = JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number)
# The scanner itself: going through `decode` for every line of a record takes a fifth longer.
_SCAN: Callable[[str, int], tuple[Json, int]] = _READER.scan_once  # type: ignore[attr-defined]  # not in the stubs
