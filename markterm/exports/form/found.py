"""What was found in a form: places with what belongs there, and places that stay empty."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.exports.form.fields import Field
from markterm.exports.form.place import Place


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the form and what belongs there: of a criterion where it has a number, of a learning outcome where it
    has a section. `choice` are the form's words for a pass and a referral, where it says them."""

    field: Field
    where: str
    label: str
    place: Place
    criterion: str = ""
    section: int | None = None
    choice: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A place that stays empty, and why."""

    where: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a form. `problems` are what the mapping says that the form or the unit does not have; `notes`
    are to be said about the form."""

    found: tuple[Found, ...]
    left: tuple[Left, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
