"""A learner's file of any kind, opened to be read."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from markterm.domain.words.errors import Unreadable
from markterm.domain.words.foreign_text import clean
from markterm.evidence.conversion.conversion import LARGEST_FILE, kept_conversion
from markterm.evidence.conversion.conversion_cache import ConversionCache, Kept
from markterm.evidence.conversion.program import ProgramFailed, ProgramStopped
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.fingerprint import fingerprint
from markterm.evidence.folder import EvidenceFile, EvidenceKind, kind_of
from markterm.evidence.machine.libreoffice import KEY
from markterm.evidence.machine.machine_reading import with_machine_text
from markterm.evidence.opened import opened
from markterm.evidence.progress import Progress
from markterm.evidence.readers import READERS
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.drawn_page import DrawnPage, page_for_screen
from markterm.evidence.text.pointer import LARGEST, NO_DOCUMENT, what_it_is
from markterm.evidence.text_file import EvidenceText, read_evidence
from markterm.evidence.true_kind import misnamed, true_suffix

_SHA256 = re.compile("[0-9a-f]{64}")
_TEXTS = (EvidenceKind.MARKDOWN, EvidenceKind.TEXT)
_AS_IT_IS = "text"
_DRAWN = frozenset({"pdf.pdf", "image"})
_OPEN_OUTSIDE = "Open it outside."
_NO_ENGINE = "Words in pictures are read where markterm[ocr] or tesseract is installed: here the picture opens outside."


def open_evidence(
    file: EvidenceFile, cache: Path, progress: Progress | None = None, *, again: bool = False
) -> EvidenceDocument:
    """The document of `file`: a text as it is, any other kind converted, or from the `cache` when it was before.

    `progress` is told of a conversion and can end it; `again` converts anew whatever the cache has. Raises Unreadable,
    and nothing else, when there is nothing to show.
    """
    suffix = true_suffix(file)
    kind = file.kind if file.kind in _TEXTS and suffix == file.path.suffix.lower() else kind_of(suffix)
    notes = tuple(filter(None, (misnamed(file.path.suffix.lower(), suffix), file.cut)))
    if kind is EvidenceKind.POINTER:
        return _where_it_leads(file, notes)
    if kind in _TEXTS:
        text = read_evidence(file)
        _check_attached(file, text.sha256, cache)
        return EvidenceDocument.of(text, kind, Converted(text.text, notes=notes))
    kept = kept_conversion(file, cache, progress, again=again)
    _check_attached(file, kept.sha256, cache)
    kept = replace(kept, converted=replace(kept.converted, notes=(*notes, *kept.converted.notes)))
    return _document(kept, kind, cache)


def _where_it_leads(file: EvidenceFile, notes: tuple[str, ...]) -> EvidenceDocument:
    with opened(file) as stream:
        data = stream.read(LARGEST)
    cleaned = clean(f"{what_it_is(file.path.suffix.lower(), data)}\n{NO_DOCUMENT}\n")
    text = EvidenceText(cleaned.text, cleaned.replaced, hashlib.sha256(data).hexdigest())
    return EvidenceDocument.of(text, EvidenceKind.TEXT, Converted(text.text, notes=(NO_DOCUMENT, *notes)))


def read_by_machine(file: EvidenceFile, document: EvidenceDocument, cache: Path, progress: Progress) -> bool:
    """Read the pictures of words in the file that `document` is of; whether it says more when it is opened again.

    It takes its time, waits for others of its kind, and can be stopped by `progress`. Raises Unreadable.
    """
    if not document.waits_for_machine:
        return False
    from markterm.evidence.machine.reading_by_machine import read_pictures

    return read_pictures(file, document.scans, cache, progress)


def drawn_page(file: EvidenceFile, page: int, side: int, cache: Path, progress: Progress) -> DrawnPage:
    """A page (from 1) of a PDF or a picture as it looks, no longer than `side` pixels. Raises Unreadable."""
    suffix = true_suffix(file)
    if READERS.get(suffix) not in _DRAWN:
        reason = "only pages of PDF files, and pictures, are drawn here."
        raise Unreadable("Not drawn", f"{file.name}: {reason}", _OPEN_OUTSIDE, file=file.path)
    try:
        with ConversionCache(cache).scratch(suffix) as copy:
            fingerprint(file, copy, LARGEST_FILE)
            return page_for_screen(copy, page, side, progress.stop)
    except ProgramStopped:
        raise Unreadable("Stopped", f"{file.name} was not drawn.", "Ask for it again.", file=file.path) from None
    except (ProgramFailed, OSError):
        reason = f"page {page} cannot be drawn: it is damaged, too large, or not there."
        raise Unreadable("Not drawn", f"{file.name}: {reason}", _OPEN_OUTSIDE, file=file.path) from None


def _document(kept: Kept, kind: EvidenceKind, cache: Path) -> EvidenceDocument:
    """The document of a conversion, with what a machine read in its pictures, if that was done before."""
    converted, machine, waits = kept.converted, None, False
    if converted.scans:
        # Most files have no pictures of words: what reads them is not even looked for.
        from markterm.evidence.machine.reading_by_machine import can_read_pictures, failed_before, kept_reading

        reading = kept_reading(kept.sha256, cache)
        if reading is not None:
            converted, machine = with_machine_text(converted, reading)
        elif failure := failed_before(kept.sha256, cache):
            converted = replace(converted, notes=(*converted.notes, failure))
        elif can_read_pictures():
            waits = True
        elif converted.picture is None:  # a scan; of a photograph nobody expects words
            converted = replace(converted, notes=(*converted.notes, _NO_ENGINE))
    text = EvidenceText(converted.markdown, kept.replaced, kept.sha256)
    return EvidenceDocument.of(text, kind, converted, machine=machine, waits_for_machine=waits)


def _check_attached(file: EvidenceFile, sha256: str, cache: Path) -> None:
    """Raises Unreadable for a file from within another that was changed where it is kept, and lets go of it."""
    if file.path.parent != cache or file.path.name.partition(".")[0] == sha256:
        return
    with suppress(OSError):
        file.path.unlink()
    raise Unreadable(
        "Changed since it was unpacked",
        f"{file.name} is not what it was when it was taken out of the file that it came in.",
        "Open it again: it is taken out anew.",
        file=file.path,
    )


def keep_evidence(file: EvidenceFile, cache: Path) -> None:
    """Keep the words of a text in the `cache`, so that they can be compared when the file was overwritten.

    A file of another kind is kept when it is converted to be read. Where it cannot be kept nothing is: the file itself
    is there.
    """
    if file.kind in _TEXTS:
        with suppress(Unreadable, OSError):
            text = read_evidence(file)
            ConversionCache(cache).keep(text.sha256, _AS_IT_IS, Converted(text.text))


def kept_evidence(name: str, sha256: str, cache: Path) -> EvidenceDocument | None:
    """The document of a file that is not there any more, by its name and hash: None unless its text is still kept in
    the `cache`."""
    if not _SHA256.fullmatch(sha256):
        return None
    suffix = Path(name).suffix.lower()
    own = _AS_IT_IS if kind_of(suffix) in _TEXTS else READERS.get(suffix, KEY)
    # It may have been of another kind than its name says.
    for reader in dict.fromkeys(filter(None, (own, KEY, *READERS.values(), _AS_IT_IS))):
        with suppress(NotReadable):
            kept = ConversionCache(cache).find(sha256, reader, unchecked=True)
            if kept is not None:
                return _document(kept, kind_of(suffix) if reader == own else EvidenceKind.CONVERTED, cache)
    return None
