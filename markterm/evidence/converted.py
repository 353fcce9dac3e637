"""What a reader makes of a file that is not text: Markdown, and where in the file each part of it stood."""

from __future__ import annotations

from dataclasses import dataclass

from markterm.evidence.picture import Picture


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file the Markdown from `line` on comes from, until the next place begins."""

    line: int
    """0-based, in the Markdown."""
    label: str
    """As the assessor would say it: `page 3`, `slide 2`, `sheet Log row 12`, `paragraph 14`."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that stood inside another one."""

    name: str
    """Relative to the file that it stood in, with `/` between folders: `Unit 501/plan.docx` in an archive."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Converted:
    """A file as Markdown. Every word of the file is in it."""

    markdown: str
    places: tuple[Place, ...] = ()
    """In the order of their lines."""
    notes: tuple[str, ...] = ()
    """What the assessor has to know, one sentence each: `Page 4 has no text: it is a scan.`"""
    pages: int | None = None
    """Pages, slides or sheets, where the kind of file has them."""
    attachments: tuple[Attachment, ...] = ()
    """What is attached to it or embedded in it: files that are read in their turn."""
    picture: Picture | None = None
    """Of a picture: what it looks like."""
    scans: tuple[int, ...] = ()
    """The pages, from 1, that show something and have no words: a machine may read some in them."""


class NotReadable(Exception):
    """Raised by a reader. Its text is one sentence for the assessor: what cannot be read and why."""


class NotInstalled(NotReadable):
    """What reads this kind of file is missing on this machine: no fault of the file's."""
