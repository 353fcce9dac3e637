"""OpenDocument files (LibreOffice, Collabora): texts, sheets, slides and drawings, also as templates and flat."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markterm.evidence.conversion.zip_check import check_zip
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.draft import damage_said
from markterm.evidence.readers.odf import odp, ods, odt
from markterm.evidence.readers.odf.document import is_flat, name, opened

_BODIES = {
    "office:text": odt.converted,
    "office:spreadsheet": ods.converted,
    "office:presentation": odp.converted,
    "office:drawing": odp.converted,
}


def read(path: Path) -> Converted:
    """What is in `path`, whichever of them its name says that it is. Raises NotReadable."""
    with damage_said("an OpenDocument"):
        notes = () if is_flat(path) else check_zip(path)
        document = opened(path)
        document.notes.extend(notes)
        body = name(document.body)
        if body not in _BODIES:
            raise NotReadable(
                f"It is an OpenDocument that holds a {body.partition(':')[2]}, which MarkTerm cannot read."
            )
        converted = _BODIES[body](document)
        if converted.markdown.strip() or converted.notes:
            return converted
        return replace(converted, notes=("There is no text in it.",))
