"""Words that a machine read from a picture: which engine, and where on the page they stand."""

from __future__ import annotations

from dataclasses import dataclass

WHOLE = 1_000
"""A page's width and height, in which its regions are measured."""

_SHOWN_PARTS = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page from its top left, in thousandths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int

    def joined(self, other: Region) -> Region:
        """The smallest region with both in it."""
        return Region(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class MachineRead:
    """What read words of a picture, on which page (from 1), and in which part of it."""

    engine: str
    version: str
    page: int
    region: Region

    @property
    def said(self) -> str:
        """`read by machine (tesseract 5.3)`."""
        return read_by_machine(self.engine, self.version)


def read_by_machine(engine: str, version: str) -> str:
    """How it is said of words that a machine read them: only the first parts of a version matter to a person."""
    shown = ".".join(version.split(".")[:_SHOWN_PARTS])
    return f"read by machine ({f'{engine} {shown}'.rstrip()})"
