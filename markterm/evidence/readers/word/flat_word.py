"""Word files in one XML file, as Word saves them when it is asked for XML: every part of the package in one text."""

from __future__ import annotations

import binascii
import io
import zipfile
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # the library has no types

from markterm.evidence.conversion.zip_check import LARGEST_ENTRY
from markterm.evidence.converted import Converted, NotReadable
from markterm.evidence.readers.word.docx import read_package
from markterm.evidence.readers.word.xml import Element, attribute, child, local, parsed

_ROOT = "{http://schemas.microsoft.com/office/2006/xmlPackage}package"
_CUT = "It is damaged or cut short, and what could be read of it is shown."
_OTHER = "It is XML that Word did not write in a form which MarkTerm reads: ask for it as .docx or PDF."


def read(path: Path) -> Converted:
    """What a Word file of the same parts says. Raises NotReadable for any other XML."""
    if path.stat().st_size > LARGEST_ENTRY:
        raise NotReadable(_OTHER)
    root, is_whole = parsed(path.read_bytes())
    if root.tag != _ROOT:
        raise NotReadable(_OTHER)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part in root:
            content = _content(part)
            if local(part) == "part" and content is not None:
                archive.writestr(attribute(part, "name").lstrip("/"), content)
    converted = read_package(packed)
    return converted if is_whole else replace(converted, notes=(_CUT, *converted.notes))


def _content(part: Element) -> bytes | None:
    """The bytes of a part; None when there are none."""
    written, binary = child(part, "xmlData"), child(part, "binaryData")
    if written is not None and len(written):
        data: bytes = etree.tostring(written[0])
        return data
    try:
        return None if binary is None else b64decode(binary.text or "")
    except (binascii.Error, ValueError):
        return None
