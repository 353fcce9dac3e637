"""A PDF that was cut short, or whose list of objects is gone: its pages, as far as they are still there.

PDFium finds the objects of such a file again, but not what says which of them are pages. That is put behind it.
"""

from __future__ import annotations

import re
from itertools import pairwise

_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})[ \r\n\t]+\d{1,5}[ \r\n\t]+obj\b")
_PAGE = re.compile(rb"/Type[ \r\n\t]*/Page\b")
_LONGEST_PAGE = 4_000
"""Bytes of the object that a page is: what is on it stands elsewhere."""
_BEGIN = b"%PDF-"
_END_OF_OBJECT, _TRAILER = b"endobj", b"trailer"
_ENCRYPTED = b"/Encrypt"
_HEAD = 1024
MOST_PAGES = 2_000
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is looked through."""


def rescued(content: bytes) -> bytes | None:
    """The file with all pages that can be found in it; None when there is none, or it is encrypted."""
    if _ENCRYPTED in content:
        return None
    if _BEGIN not in content[:_HEAD]:
        content = _BEGIN + b"1.7\n" + content
    # What stands at the end is damaged too, or PDFium would not have asked for it.
    end = content.find(_TRAILER, content.rfind(_END_OF_OBJECT))
    content = content[: end if end >= 0 else None]
    objects = [(found.start(), int(found[1])) for found in _OBJECT.finditer(content)]
    pages: dict[int, None] = {}
    for (begin, number), (end, _) in pairwise([*objects, (len(content), 0)]):
        if _PAGE.search(content, begin, min(end, begin + _LONGEST_PAGE)):
            pages[number] = None
    if not pages:
        return None
    highest = max(number for _, number in objects)
    numbers = list(pages)[:MOST_PAGES]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    return (
        content
        + b"\nendstream\nendobj\n%d 0 obj\n<< /Type /Pages /Count %d /Kids [%b] >>\nendobj\n"
        % (highest + 1, len(numbers), kids)
        + b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (highest + 2, highest + 1)
        + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (highest + 3, highest + 2)
    )
