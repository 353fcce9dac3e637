"""Files that were put into a Word file as objects: what they are called, and what they are taken out of."""

from __future__ import annotations

from markterm.evidence.readers.ole_object import file_inside

_TELL_NOTHING = frozenset({"", "bin", "dat", "tmp"})


def embedded_in(name: str, content: bytes) -> tuple[str, bytes]:
    """Name and bytes of the file that the part of this name is, or holds: as it is, where no more is known of it."""
    base = name.rpartition("/")[2]
    stem, _, ending = base.rpartition(".")
    if ending.lower() not in _TELL_NOTHING and stem:
        return base, content
    return file_inside(content, stem or base) or (base, content)
