"""What every body of an event is: typed fields, read from the JSON of a record and written to it.

Records are for ever, and others may have written them: a field of another type is read as far as it can be, a number as
the text of it and null as if nobody had said it, and only what a kind cannot do without makes its body unreadable.
Fields of a body that a newer version added are kept in `more` and written again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol, Self, TypeVar

from markterm.domain.record.event import Json, Result

Step = TypeVar("Step")
Fields = Mapping[str, Json]
"""A body as JSON."""

NO_MORE: Fields = MappingProxyType({})
LEAST = "least"
"""In the body of an event of a newer kind: the least version that may close, verify or release beside it, `0.3.0`."""
WITH_ACTIONS = "0.2.0"
"""The least version that knows that an open action or case holds what it is on, and what was claimed."""

RESULTS: Mapping[str, Result] = {result.value: result for result in Result}
"""The results that this version knows, by their names."""


class NotSaid(ValueError):
    """A body that lacks what its kind has to say: the event is kept and shown, and counts as nothing."""


class Body(Protocol):
    """What the event of one kind says. Field by field it is named as in the record."""

    @classmethod
    def read(cls, body: Fields) -> Self:
        """What a body says. Raises `NotSaid`."""
        ...

    def write(self) -> dict[str, Json]:
        """The body that says it; what is empty and may be left out is left out."""
        ...

    @property
    def words(self) -> str:
        """What a person wrote: the note, reason or feedback; an empty text where the kind has none."""
        ...


def result_in(said: Json) -> Result:
    """The result of that name. Raises `NotSaid` when it is none."""
    # Not everything that JSON can say is found in a dictionary.
    if isinstance(said, str) and said in RESULTS:
        return RESULTS[said]
    raise NotSaid("no result that is known")


def text(body: Fields, key: str) -> str:
    """The text of that field, empty where nothing is said; what is no text is read as it would be written."""
    said = body.get(key)
    return "" if said is None else str(said)


def needed_text(body: Fields, key: str) -> str:
    """The text of that field. Raises `NotSaid` when there is none."""
    said = body.get(key)
    if not isinstance(said, str):
        raise NotSaid(f"no {key}")
    return said


def known_step(body: Fields, steps: Mapping[str, Step]) -> Step:
    """The step that a body says is taken. Raises `NotSaid` when it is none of those that are known."""
    step = steps.get(needed_text(body, "step"))
    if step is None:
        raise NotSaid("no step that is known")
    return step


def truth(body: Fields, key: str) -> bool:
    """Whether that field says so; False where nothing is said. Raises `NotSaid` for what is neither true nor false, for
    what is to wait would go."""
    said = body.get(key)
    if said is None or isinstance(said, bool):
        return said is True
    raise NotSaid(f"{key} is neither true nor false")


def optional_text(body: Fields, key: str) -> str:
    """The text of that field, empty where nothing is said. Raises `NotSaid` for what is no text: it names somebody."""
    return "" if body.get(key) is None else needed_text(body, key)


def whole(body: Fields, key: str) -> int | None:
    """The whole number of that field; None when there is none."""
    said = body.get(key)
    return said if type(said) is int else None


def day(said: Json) -> date | None:
    """The day that was said; None when it is none."""
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def texts(said: Json) -> tuple[str, ...]:
    """The texts of a list, without what is no text; none where it is no list."""
    return tuple(each for each in said if isinstance(each, str)) if isinstance(said, (list, tuple)) else ()


def all_texts(said: Json) -> tuple[str, ...]:
    """Everything in a list as a text; nothing where it is no list."""
    return tuple(map(str, said)) if isinstance(said, list) else ()


def objects(body: Fields, key: str) -> tuple[Fields, ...]:
    """The objects of a list; none where nothing is said. Raises `NotSaid` when it is no list, or not of objects."""
    said = body.get(key, [])
    if not isinstance(said, (list, tuple)):
        raise NotSaid(f"{key} is no list")
    found = tuple(each for each in said if isinstance(each, dict))
    if len(found) < len(said):
        raise NotSaid(f"what is in {key} is no object")
    return found


def others(body: Fields, known: frozenset[str]) -> Fields:
    """The fields that a newer version added."""
    return NO_MORE if body.keys() <= known else {key: said for key, said in body.items() if key not in known}


def step_said(body: Fields) -> str:
    """The step that a body of any kind names; empty where it names none."""
    said = body.get("step")
    return said if isinstance(said, str) else ""


def attempt_said(body: Fields) -> int | None:
    """The attempt that a body of any kind names; None when it names none."""
    return whole(body, "attempt")


def rests_on(body: Fields) -> tuple[str, ...]:
    """The uids that a body of any kind says it rests on."""
    return texts(body.get("rests_on"))


def the_closing(body: Fields) -> str:
    """The uid of the one closing that a body rests on. Raises `NotSaid` when that is not one."""
    match body.get("rests_on"):
        case [str(uid)] if uid:
            return uid
    raise NotSaid("not one closing")


def least_version(body: Fields) -> Json:
    """The least version that may close, verify or release beside an event of a newer kind; None when it names none."""
    return body.get(LEAST)
