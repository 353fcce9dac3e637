"""Strict Office files (ISO/IEC 29500): the names of their elements and relations as everything else writes them."""

from __future__ import annotations

import codecs
import re

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(_STRICT + rb"([A-Za-z]+)/([A-Za-z]+)")
_RENAMED = {b"customProperties": b"custom-properties", b"extendedProperties": b"extended-properties"}
_UTF_16 = {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
_ENCODING = re.compile(rb"^(\s*<\?xml[^>]*?)\sencoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def transitional(part: bytes) -> bytes:
    """A part of an Office file, strict or not, with the names that are not strict. In UTF-8 where it was in UTF-16."""
    if part[:2] in _UTF_16:
        part = _ENCODING.sub(rb"\1", part.decode("utf-16", "replace").encode())
    return _NAME.sub(_renamed, part) if _STRICT in part else part


def _renamed(found: re.Match[bytes]) -> bytes:
    family, name = found.groups()
    return b"http://schemas.openxmlformats.org/%b/2006/%b" % (family, _RENAMED.get(name, name))
