"""Codes of units and assignments as people give them: the whole code, or the end that tells it from the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_OfCode = TypeVar("_OfCode", bound=_Coded)


def with_code(among: Iterable[_OfCode], given: str) -> list[_OfCode]:
    """Those of that code, or else those whose code ends so (`501`); none when nothing was given."""
    every = tuple(among)
    whole = [each for each in every if each.code == given]
    return whole or [each for each in every if given and each.code.endswith(given)]
