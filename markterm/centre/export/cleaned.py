"""A learner's file without names, in its own kind or as text, looked through once more; or why it is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from markterm.domain.views.anonymous import Anonymous
from markterm.domain.words.counted import counted
from markterm.domain.words.errors import Unreadable
from markterm.evidence.folder import TEXT_SUFFIXES, EvidenceFile, EvidenceKind
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text_file import EvidenceText
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.own_kind import OwnKind, has_own_kind, is_picture

Own = Callable[[EvidenceFile], OwnKind]
"""The file in its own kind. Raises `NotOwnKind`."""
Again = Callable[[OwnKind], EvidenceDocument | Unreadable]
"""What a reader of evidence says of it."""

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
    """A file without names, and the name it is given under; `was` is the file's own. `what` says as what it is given,
    and why as nothing else. `doubts` are words in it that may be names of others; `notes` say what of the file is not
    in it."""

    was: str
    name: str
    ending: str
    data: bytes
    what: str
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    shows_nobody: bool = False
    """A person said it of the pictures in it, or of what is drawn in it, and some of these are given for that."""


@dataclass(frozen=True, slots=True)
class NotCleaned:
    """A file that is left out: its own name, that name without names, and why, in a clause that names nobody."""

    was: str
    name: str
    why: str


def cleaned(
    file: EvidenceFile,
    read: EvidenceDocument | Unreadable,
    anonymous: Anonymous,
    own: Own,
    again: Again,
    *,
    shows_nobody: bool = False,
) -> Cleaned | NotCleaned:
    """The file without names: in its `own` kind where nothing in it is unknown and none is found in what is read of it
    `again`; else as text. A picture is given where a person said that it `shows_nobody`."""
    name, suffix = _name(file, anonymous), file.path.suffix.lower()
    if shows_nobody and is_picture(suffix) and not isinstance(read, Unreadable):
        try:
            if read.machine is not None and anonymous.still_names(read.source):
                raise NotOwnKind("a machine read a name in it")
            made = own(file)
        except NotOwnKind as why:
            return NotCleaned(file.name, name, str(why))
        return Cleaned(file.name, name, made.ending, made.data, made.what, made.notes, shows_nobody=True)
    if isinstance(read, Unreadable) or not has_own_kind(suffix):
        return _as_text(file, read, anonymous, name)
    try:
        if suffix == ".pdf" and anonymous.still_names(_seen(read)):
            raise NotOwnKind("somebody is named on its pages")
        made = own(file)
        seen = again(made)
        if isinstance(seen, Unreadable):
            raise NotOwnKind("what was made of it cannot be read")
        text = _seen(seen)
        if anonymous.still_names(text) or anonymous.still_names(seen.source):
            raise NotOwnKind("a name is found in it in spite of all")
        if suffix == ".pdf" and (seen.scans or text.split() != _seen(read).split()):
            raise NotOwnKind("its pages did not come out as they were")
    except NotOwnKind as why:
        return _as_text(file, read, anonymous, name, str(why))
    doubts = anonymous.doubts(text)
    return Cleaned(file.name, name, made.ending, made.data, made.what, made.notes, doubts, shows_nobody)


def _as_text(
    file: EvidenceFile, read: EvidenceDocument | Unreadable, anonymous: Anonymous, name: str, not_own: str = ""
) -> Cleaned | NotCleaned:
    """The file as text without names, as Markdown where it was converted; `not_own` says why in no other kind.

    Where a name is still found in what a reader of the text sees, it is given as its bare words; where one is found in
    these too, it is left out.
    """
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
    if not_own:
        notes = (f"It is given as text, for {not_own}.", *notes)
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
    what = f"given as text: {not_own}" if not_own else "given as text"
    return Cleaned(file.name, name, ending, text.encode("utf-8"), what, notes, anonymous.doubts(text))


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
