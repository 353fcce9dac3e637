"""What Word's XML puts around the things that are read: rows, cells and blocks stand in wrappers of many kinds."""

from __future__ import annotations

from collections.abc import Iterator

from markterm.evidence.readers.word.xml import Element, local

WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
"""What may stand around blocks, rows and cells."""
_PASSED_OVER_NAMES = """
    pPr rPr tblPr tblPrEx tblGrid trPr tcPr sectPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr instrText delText
    delInstrText del moveFrom softHyphen lastRenderedPageBreak proofErr bookmarkStart bookmarkEnd commentRangeStart
    footnoteRef endnoteRef annotationRef separator continuationSeparator
"""
PASSED_OVER = frozenset(_PASSED_OVER_NAMES.split())
"""What says how a text looks, what was deleted, and what nobody reads."""
_MOST_COLUMNS = 200
"""Columns that one cell may cover; what asks for more was not made by hand."""


def parts(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also in wrappers, and whatever stands between them."""
    for element in parent:
        found = local(element)
        if found in WRAPPERS:
            yield from parts(element, name)
        elif found == name or (found and found not in PASSED_OVER):
            yield element


def columns(text: str, otherwise: int) -> int:
    """How many columns are meant, within reason."""
    return min(max(int(text), otherwise), _MOST_COLUMNS) if text.isascii() and text.isdigit() else otherwise
