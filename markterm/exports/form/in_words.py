"""What a form asks for, in words: a line for each of its places."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.domain.words.foreign_text import one_line, shortened
from markterm.exports.form.found import Found, Reading

_LABEL = 34


def places_in_words(reading: Reading) -> Iterator[str]:
    """Where each thing goes, then what stays empty and why, and what else is to be known of the form."""
    for each in sorted(reading.found, key=lambda each: bool(each.criterion)):
        yield f"{what_in_words(each)} goes to {each.where}, “{label_in_words(each.label)}”"
    for left in reading.left:
        yield one_line(f"{left.where}, “{label_in_words(left.label)}”, stays empty: {left.why}")
    yield from map(one_line, reading.notes)


def what_in_words(found: Found) -> str:
    """What goes there, and of which criterion or section."""
    section = f"LO{found.section}" if found.section is not None else ""
    return one_line(f"{found.criterion or section} {found.field}".strip())


def label_in_words(label: str) -> str:
    """A label of the form, as far as there is room."""
    return shortened(label, _LABEL)
