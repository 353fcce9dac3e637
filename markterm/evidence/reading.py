"""A learner's file of any kind, opened to be read."""

from __future__ import annotations

from pathlib import Path

from markterm.evidence.conversion import kept_conversion
from markterm.evidence.document import EvidenceDocument
from markterm.evidence.folder import EvidenceFile, EvidenceKind
from markterm.evidence.progress import Progress
from markterm.evidence.text_file import EvidenceText, read_evidence


def open_evidence(
    file: EvidenceFile, cache: Path, progress: Progress | None = None, *, again: bool = False
) -> EvidenceDocument:
    """The document of `file`: a text as it is, any other kind converted, or from the `cache` when it was before.

    `progress` is told of a conversion and can end it; `again` converts anew whatever the cache has. Raises Unreadable,
    and nothing else, when there is nothing to show.
    """
    if file.kind in (EvidenceKind.MARKDOWN, EvidenceKind.TEXT, EvidenceKind.LINK):
        return EvidenceDocument.of(read_evidence(file), file.kind)
    kept = kept_conversion(file, cache, progress, again=again)
    text = EvidenceText(kept.converted.markdown, kept.replaced, kept.sha256)
    return EvidenceDocument.of(text, file.kind, kept.converted)
