"""A text file of a learner: its bytes named by their hash, its characters made safe to show."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import clean
from markterm.evidence.charset import decoded
from markterm.evidence.folder import EvidenceFile
from markterm.evidence.opened import opened

LARGEST = 32 * 1024 * 1024
"""Bytes. A larger text is refused: it is not a portfolio, and reading it would stop everything else."""

_FOLDED = frozenset({".ics", ".ifb", ".vcf"})
_FOLD = re.compile(r"\r?\n[ \t]")
_SIGN = re.compile(r"\\([nN,;\\])")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A file's text with LF line ends and nothing that a terminal could obey."""

    text: str
    replaced: int
    """How many characters were replaced by a visible glyph."""
    sha256: str
    """Of the bytes as they are in the file, in hex."""
    encoding_note: str = ""
    """What to know when the file was not UTF-8; otherwise empty."""


def read_evidence(file: EvidenceFile) -> EvidenceText:
    """The text of `file`. Raises Unreadable, and nothing else, when there is no text to be had."""
    data = _bytes(file)
    text, note = _decoded(data, file)
    if "\x00" in text:
        raise _not_text(file)
    if file.path.suffix.lower() in _FOLDED:
        text = _unfolded(text)
    cleaned = clean(text)
    return EvidenceText(cleaned.text, cleaned.replaced, hashlib.sha256(data).hexdigest(), note)


def _unfolded(text: str) -> str:
    """The lines of a calendar or an address card as they were before they were broken to fit (RFC 5545, 3.1 and
    RFC 6350, 3.2), with the signs in them that stand for others."""
    return _SIGN.sub(lambda found: "\n" if found[1] in "nN" else found[1], _FOLD.sub("", text))


def _bytes(file: EvidenceFile) -> bytes:
    with opened(file) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise _not_text(file)
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(
            "Too large to read",
            f"{file.name} is larger than {LARGEST // 1024 // 1024} MB of text.",
            "Open it outside, or ask the learner to hand it in as several files.",
            file=file.path,
        )
    return data


def _decoded(data: bytes, file: EvidenceFile) -> tuple[str, str]:
    """The text and a note on its alphabet where it is not UTF-8."""
    found = decoded(data)
    # Text has no control characters to speak of; pictures and archives are full of them.
    if found.alphabet != "UTF-8" and len(_CONTROLS.findall(found.text)) * 50 > len(found.text):
        raise _not_text(file)
    if found.alphabet == "UTF-8" and not found.lost:
        return found.text, ""
    alphabet = "Windows-1252 (it is not UTF-8)" if found.alphabet == "Windows-1252" else found.alphabet
    return found.text, _note(alphabet, found.lost)


def _note(encoding: str, lost: int) -> str:
    if lost == 0:
        return f"Read as {encoding}."
    characters = "1 character" if lost == 1 else f"{lost} characters"
    return f"Read as {encoding}; {characters} could not be read and stand as \ufffd."


def _not_text(file: EvidenceFile) -> Unreadable:
    return Unreadable(
        "Not a text",
        f"{file.name} is named like a text, and holds something else.",
        "Open it outside, or ask the learner which program made it.",
        file=file.path,
    )
