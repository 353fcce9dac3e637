"""A learner's file without names in its own kind, or why it cannot be given so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event

from markterm.domain.views.anonymous import Anonymous
from markterm.domain.words.counted import counted
from markterm.evidence.readers import READERS
from markterm.exports.nameless.not_own_kind import NotOwnKind
from markterm.exports.nameless.pictures import Pictures, drawn_anew

LARGEST = 50 * 1024 * 1024
_OFFICE = {".docx": "a Word document", ".pptx": "a presentation", ".xlsx": "a workbook"}
_OPEN = {".odt": "a text document", ".odp": "a presentation", ".ods": "a workbook"}
_PDF = ".pdf"
_NO_NAMES = "Who wrote it and when, links and what programs keep in it are taken out."
_LOOKED = "Somebody said that what is to be seen in it shows nobody."


@dataclass(frozen=True, slots=True)
class OwnKind:
    """A file as it is given: its bytes, its ending, what it is given as, and what to know of it."""

    data: bytes
    ending: str
    what: str
    notes: tuple[str, ...] = ()


def is_picture(suffix: str) -> bool:
    """Whether a file of that suffix is a picture that can be drawn anew."""
    return READERS.get(suffix) == "image"


def has_own_kind(suffix: str) -> bool:
    """Whether files of that suffix are given in their own kind, where nothing in them is unknown."""
    return suffix in _OFFICE or suffix in _OPEN or suffix == _PDF


def in_own_kind(path: Path, suffix: str, anonymous: Anonymous, *, shows_nobody: bool, stop: Event) -> OwnKind:
    """The file without names. `shows_nobody` says that a person looked at the pictures and drawings in it; setting
    `stop` ends it.

    Raises `NotOwnKind` where it is not to be told that nobody is named or shown in it, or it is stopped.
    """
    if path.stat().st_size > LARGEST:
        raise NotOwnKind(f"it is larger than {LARGEST // 1024 // 1024} MB")
    looked = (_LOOKED,) if shows_nobody else ()
    if is_picture(suffix):
        data, ending = drawn_anew(path, suffix, stop)
        return OwnKind(data, ending, "given as a picture of its pixels alone", looked)
    if suffix == _PDF:
        from markterm.exports.nameless import pdf

        data = pdf.without_names(path, anonymous, drawings=shows_nobody, stop=stop)
        return OwnKind(data, suffix, "given as a PDF of its pages alone", (_NO_NAMES, *looked))
    # What edits a file of these kinds is loaded for the first of them.
    from markterm.exports.nameless import office, opendocument

    pictures = Pictures(shows_nobody, stop)
    module = office if suffix in _OFFICE else opendocument
    data = module.without_names(path, anonymous, pictures)
    out = (f"Left out: {counted(pictures.left_out, 'picture')}.",) if pictures.left_out else ()
    return OwnKind(
        data, suffix, f"given as {(_OFFICE | _OPEN)[suffix]}", (_NO_NAMES, *out, *(looked * bool(pictures.given)))
    )
