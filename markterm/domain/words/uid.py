"""Uids as people name things by them: a few of the first characters, as many as tell which one is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line

SHOWN = 8
"""How much of a uid people are shown."""


class _OfUid(Protocol):
    @property
    def uid(self) -> str: ...


Named = TypeVar("Named", bound=_OfUid)


def short(uid: str) -> str:
    """The beginning of a uid, by which people name what it is of."""
    return uid[:SHOWN]


def of_uid(
    every: Iterable[Named], beginning: str, noun: str, told: Callable[[Named], str] = lambda each: short(each.uid)
) -> Named:
    """The one whose uid begins so; `noun` is what it is called, and `told` how each is listed.

    Raises `WrongUse` when there is none, or more than one.
    """
    among = tuple(every)
    found = [each for each in among if beginning and each.uid.startswith(beginning)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(map(told, found or among)) or "none yet"
    raise WrongUse(
        f"Which {noun}?" if found else f"No such {noun}",
        f"{one_line(beginning)} is the beginning of {'several ids' if found else 'no id'}.",
        f"They are: {known}.",
    )
