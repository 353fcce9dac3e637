"""Office files without the moment in which they were written: the same text gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can name


def undated(package: bytes, day: str) -> bytes:
    """The package, and packages in it, with `day` (2026-04-28) for every date of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = undated(content, day)
            elif name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + f"{day}T12:00:00Z".encode(), content)
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
