"""A learner's file as text without names, looked through once more; or why it cannot be given so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from markterm.domain.views.anonymous import Anonymous
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import TEXT_SUFFIXES, EvidenceFile, EvidenceKind
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText

_WHAT_READS = {
    "image": "a picture may show who the learner is",
    "svg": "a picture may show who the learner is",
    "media": "a recording may let the learner be seen or heard",
    "archive": "what lies in it is given or left out by itself",
    "tar": "what lies in it is given or left out by itself",
}
_ENDING = ".md"
_DIVIDED = re.compile(r"(?<=[^\W\d_]{2})[-\u2010]\s+(?=[^\W\d_]{2})")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text of a file without names, and the name it is given under; `was` is the file's own. `doubts` are words in
    it that may be names of others; `notes` say what of the file is not in the text."""

    was: str
    name: str
    ending: str
    text: str
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCleaned:
    """A file that is left out: its own name, that name without names, and why, in a clause that names nobody."""

    was: str
    name: str
    why: str


def cleaned(file: EvidenceFile, read: EvidenceDocument | Unreadable, anonymous: Anonymous) -> Cleaned | NotCleaned:
    """The file as text without names, as Markdown where it was converted.

    Where a name is still found in what a reader of the text sees, it is given as its bare words; where one is found in
    these too, it is left out.
    """
    name = _name(file, anonymous)
    suffix = file.path.suffix.lower()
    by = _WHAT_READS.get(READERS.get(suffix, ""))
    if by is not None:
        return NotCleaned(file.name, name, by)
    if isinstance(read, Unreadable):
        return NotCleaned(file.name, name, f"it cannot be read: {anonymous.without_names(read.title)}")
    if not read.source.strip() or (read.scans and len(read.scans) == read.pages):
        return NotCleaned(file.name, name, "it has no text of its own, and a picture may show who the learner is")
    text = anonymous.without_names(read.source)
    notes = tuple(map(anonymous.without_names, read.notes))
    if read.scans:
        notes = (*notes, f"Left out as pictures: {counted(len(read.scans), 'page')}.")
    if read.machine is not None:
        notes = (*notes, "A machine read words in its pictures: look whether it misread a name.")
    ending = suffix if suffix in TEXT_SUFFIXES else _ENDING
    if anonymous.still_names(_seen(_again(text, read.kind))):
        text, ending = anonymous.without_names(_seen(read)), ".txt"
        notes = (*notes, "It is given as its bare words: a mark or the end of a line stood within a name.")
    if anonymous.still_names(text):
        return NotCleaned(file.name, name, "a name is found in it in spite of all")
    return Cleaned(file.name, name, ending, text, notes, anonymous.doubts(text))


def _name(file: EvidenceFile, anonymous: Anonymous) -> str:
    """What the file is called, without its ending and without names; nothing where one is found in it still."""
    path = PurePosixPath(file.name)
    name = anonymous.file_without_names(" - ".join((*path.parts[:-1], path.stem)))
    return "" if anonymous.still_names(name) else name


def _again(text: str, kind: EvidenceKind) -> EvidenceDocument:
    return EvidenceDocument.of(EvidenceText(text, 0, ""), kind)


def _seen(document: EvidenceDocument) -> str:
    """The words that a reader sees, without the marks of Markdown; those that the end of a line divides are one."""
    blocks = (block for number in range(len(document.chunks)) for block in document.blocks(number))
    return _DIVIDED.sub("", "\n\n".join(block.text for block in blocks))
