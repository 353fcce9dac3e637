"""A document that is a zip inside: its parts read, and written anew with one time for all of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from markterm.evidence.conversion.zip_check import check_zip
from markterm.evidence.converted import NotReadable
from markterm.exports.nameless.not_own_kind import NotOwnKind

_DAMAGED = "it is damaged, or made to do harm"


def parts_of(path: Path) -> dict[str, bytes]:
    """The parts of the file by name, without folders. Raises `NotOwnKind` where they cannot be unpacked, or one name
    stands for several."""
    try:
        check_zip(path)
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            parts = {entry.filename.replace("\\", "/"): archive.read(entry) for entry in entries}
    except (NotReadable, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise NotOwnKind(_DAMAGED) from None
    if len(parts) != len(entries) or len({name.casefold() for name in parts}) != len(parts):
        raise NotOwnKind(_DAMAGED)
    return parts


def zipped(parts: Mapping[str, bytes], *, stored: str = "") -> bytes:
    """A zip of these parts in their order; the one that is `stored` is not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)
            archive.writestr(entry, data, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()
