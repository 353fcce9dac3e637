"""A property that is made when it is first asked for, and only once, whichever threads ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import RLock
from typing import Any, Self, TypeVar, overload

_Made = TypeVar("_Made")


class made_once(cached_property[_Made]):  # noqa: N801  # a decorator, as the one that it is made of
    """A `cached_property` that two threads cannot make at once: of what holds a lock or a file there is one."""

    def __init__(self, make: Callable[[Any], _Made]) -> None:
        super().__init__(make)
        self._one_at_a_time = RLock()

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _Made: ...

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | _Made:
        """What was made for the instance; the property itself for the class."""
        with self._one_at_a_time:
            return super().__get__(instance, owner)
