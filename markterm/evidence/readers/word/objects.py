"""Files that were put into a Word file as objects: what they are called, and what they are taken out of."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.evidence.readers.ole_object import file_inside

_TELL_NOTHING = frozenset({"", "bin", "dat", "tmp"})


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file that was inside another one."""

    name: str
    content: bytes


def embedded_in(name: str, content: bytes) -> Embedded:
    """The file that the part of this name is, or holds: as it is, where nothing more is known of it."""
    base = name.rpartition("/")[2]
    stem, _, ending = base.rpartition(".")
    if ending.lower() not in _TELL_NOTHING and stem:
        return Embedded(base, content)
    found = file_inside(content, stem or base)
    return Embedded(base, content) if found is None else Embedded(*found)
