"""Passages of a document: what can be cited with one key, the words in them, and where they are found again.

A passage is a block as it is read: a paragraph, a heading, a list item, a row of a table, lines of a plain text between
two blank ones. Lines count from 0 here, and from 1 in a citation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from markterm.domain.record.citation import LONGEST_QUOTE, Passage
from markterm.domain.words.errors import WrongUse
from markterm.domain.words.foreign_text import one_line
from markterm.domain.words.hint import Hint, Way
from markterm.evidence.text.blocks import Block, BlockKind
from markterm.evidence.text.document import EvidenceDocument
from markterm.evidence.text.quotes import find_most_of, find_quote

_CUT = "…"


class Extent(NamedTuple):
    """The first and the last line of a passage, from 0."""

    first: int
    last: int

    def holds(self, line: int) -> bool:
        """Whether `line` is one of them."""
        return self.first <= line <= self.last

    def meets(self, other: Extent) -> bool:
        """Whether they have a line in common."""
        return self.first <= other.last and other.first <= self.last


def extent(block: Block, line: int) -> Extent:
    """The passage of `block` that has `line` in it."""
    if block.kind is BlockKind.TABLE:
        return Extent(line, line)
    if block.kind is not BlockKind.LINES:
        return Extent(block.first, block.last)
    lines = block.text.split("\n")
    first = last = min(max(line - block.first, 0), len(lines) - 1)
    if lines[first].strip():
        while first > 0 and lines[first - 1].strip():
            first -= 1
        while last < len(lines) - 1 and lines[last + 1].strip():
            last += 1
    return Extent(block.first + first, block.first + last)


def cite_lines(document: EvidenceDocument, name: str, extent: Extent) -> Passage:
    """The passage of these lines of `document`, the file called `name`. Raises `WrongUse` when they hold no words."""
    quote = " ".join(words for _, words in _words(document, extent))
    if not quote:
        raise WrongUse(
            "No words to cite",
            f"{name} has none in line {extent.first + 1} to {extent.last + 1}; "
            f"it has {len(document.line_starts)} lines.",
            "Choose lines with words in them.",
            hint=Hint(Way.NUMBER_LINES),
        )
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1] + _CUT
    return Passage(
        name,
        document.text.sha256,
        extent.first + 1,
        min(extent.last + 1, len(document.line_starts)),
        quote,
        one_line(document.place_at(extent.first)),
        tuple(one_line(heading.text) for heading in document.headings_above(extent.first)),
        None if document.machine is None else document.machine.read(extent.first, extent.last),
    )


def find_again(document: EvidenceDocument, passage: Passage) -> Extent | None:
    """Where the words of `passage` stand in `document` now; None when they are not in it any more.

    Where they stood is looked at first; the rest of the document is read only when they are not there. Words are the
    same whatever their marks, signs and spaces. Of the very file that was cited, which is only read by other readers by
    now, most of the words are enough.
    """
    quote = passage.quote.removesuffix(_CUT)
    there = Extent(passage.first - 1, passage.last - 1)
    is_cut = quote != passage.quote
    if find_quote([words for _, words in _words(document, there)], quote, 0, is_cut=is_cut) is not None:
        return there
    found = list(_words(document, Extent(0, len(document.line_starts))))
    pieces = [words for _, words in found]
    near = max(bisect_right(found, there.first, key=lambda piece: piece[0].first) - 1, 0)
    place = find_quote(pieces, quote, near, is_cut=is_cut)
    if place is None and document.text.sha256 == passage.sha256:
        place = find_most_of(pieces, quote, near)
    return Extent(found[place.first][0].first, found[place.last][0].last) if place is not None else None


def _words(document: EvidenceDocument, wanted: Extent) -> Iterator[tuple[Extent, str]]:
    """The words of each passage that `wanted` meets, white space made single; of a plain text only the lines wanted."""
    number = document.chunk_at(document.line_start(wanted.first))
    while number < len(document.chunks) and document.chunks[number].line <= wanted.last:
        for block in document.blocks(number):
            if block.first <= wanted.last and wanted.first <= block.last:
                for place, text in _pieces(block):
                    if place.meets(wanted) and (words := " ".join(text.split())):
                        yield place, words
        number += 1


def _pieces(block: Block) -> Iterator[tuple[Extent, str]]:
    """A block as passages: a table by its rows, plain lines one by one, anything else whole."""
    if block.kind not in (BlockKind.TABLE, BlockKind.LINES):
        yield Extent(block.first, block.last), block.text
        return
    text = block.text
    for begin, end in pairwise(sorted({0, *block.breaks, len(text)})):
        words = text[begin:end].strip()
        line = block.line_of(begin)
        yield Extent(line, line), words.replace("\n", " | ") if block.kind is BlockKind.TABLE else words
