"""The brief of a task, which its author wrote in Markdown, as lines: paragraphs, lists and words that stand out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markterm.domain.words.foreign_text import clean
from markterm.exports.document.model import Run, Words

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|[0-9]{1,9}[.)]) +(?P<words>\S.*)")
_HEADING = re.compile(r"#{1,6} +(.*?\S)(?: +#+)? *")
_ESCAPED = r"\\([!-/:-@\[-`{-~])"
_EMPHASIS = re.compile(
    rf"{_ESCAPED}|(?P<bold>\*\*|(?<!\w)__)(?=\S)(?P<strong>[^*_\\]+?)(?<=\S)(?P=bold)"
    r"|(?P<italic>\*|(?<!\w)_)(?=\S)(?P<stressed>[^*_\\]+?)(?<=\S)(?P=italic)"
)


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line: its text with the author's emphasis in it. An item of a list has a marker (`-`, `1.`) and a depth.

    An empty line parts paragraphs. A heading of the author's is a line that stands out, and is no heading of ours.
    """

    text: str
    marker: str = ""
    depth: int = 0
    heading: bool = False

    @property
    def words(self) -> Words:
        """The text with what stands out in it."""
        return tuple(_styled(self.text, bold=self.heading))


def brief_lines(text: str) -> Iterator[BriefLine]:
    """The lines of a brief."""
    deepest = 0
    for line in clean(text).text.expandtabs(4).strip().split("\n"):
        item = _ITEM.match(line)
        if item is None:
            deepest = deepest if line.strip() and deepest else 0
            heading = _HEADING.fullmatch(line.strip())
            yield BriefLine(heading[1], heading=True) if heading else BriefLine(line.strip())
            continue
        depth = min(len(item["indent"]) // 2, deepest)
        deepest = depth + 1
        marker = item["marker"] if item["marker"][0].isdigit() else "-"
        yield BriefLine(item["words"].strip(), marker, depth)


def _styled(text: str, *, bold: bool) -> Iterator[Run]:
    end = 0
    for found in _EMPHASIS.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()], bold)
        end = found.end()
        if found[1]:
            yield Run(found[1], bold)
        else:
            yield Run(found["strong"] or found["stressed"], bold or bool(found["bold"]), bool(found["italic"]))
    if end < len(text):
        yield Run(text[end:], bold)
