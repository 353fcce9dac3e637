"""The lines of a published document as its text was extracted, mended where extraction broke words, and said so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markterm.domain.texts.marked_text import words_in

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_WORDS = """
a an and any are as at be been but by do for from had has have he her him his how i if in into is it its may me my no
nor not of off on or our out own so such than that the their them then they this to up us was we were what when who why
will with you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_NUMBERED = re.compile(
    r"(?!(?:duty|task|unit|level|version|[pksbd])\b|[pksbd]?[0-9])(.{2,80}?)\s([0-9]{1,4})", re.IGNORECASE
)
_DATED = re.compile(
    r"(?i).*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|date)[a-z]*\.?\s[0-9]{1,4}|.*\bnumber\s[0-9]{1,4}"
)
_BARE_NUMBER = re.compile(r"(?:page\s*)?[0-9]{1,4}(?:\s*of\s*[0-9]{1,4})?", re.IGNORECASE)
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the document: its number, from 1, and its words with single spaces. `is_item` says that a bullet stood
    before it, `cell` in which cell of its row, from 1, and `is_heading` that the document marks it as a heading."""

    number: int
    text: str
    is_item: bool = False
    cell: int = 0
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at beside the document, and the line that it is about; 0 for the whole."""

    line: int
    message: str


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that have words; one that is an address and nothing else is left out, for it belongs to a picture."""
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        words, is_item = words_in(raw)
        if words and not _ADDRESS.fullmatch(words):
            lines.append(Line(number, words, is_item))
    return tuple(lines)


def without_page_numbers(
    lines: Sequence[Line], is_wanted: Callable[[Line], bool] = lambda _: False
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines without the heads and feet of pages, and those: lines that come again with another number at their end,
    and those that say the same without one, unless they are wanted.

    A statement that ends in a number is none of them, nor is what is numbered itself: a duty, a unit.
    """
    numbered: dict[str, set[str]] = {}
    for line in lines:
        if (match := _numbered(line)) is not None:
            numbered.setdefault(match[1].lower(), set()).add(match[2])
    feet = {words for words, numbers in numbered.items() if len(numbers) > 1}
    left: list[Line] = []
    kept: list[Line] = []
    for line in lines:
        match = _numbered(line)
        is_head = line.text.lower() in feet and not line.cell and not is_wanted(line)
        is_foot = match is not None and match[1].lower() in feet
        is_number = _BARE_NUMBER.fullmatch(line.text) is not None and not (kept and _asks_number(kept[-1]))
        (left if is_head or is_foot or (is_number and not line.cell) else kept).append(line)
    return tuple(kept), tuple(left)


def _numbered(line: Line) -> re.Match[str] | None:
    """The line as words and a number, if it may be the head or the foot of a page: a date is none, nor is a cell."""
    return None if line.cell or _DATED.fullmatch(line.text) else _NUMBERED.fullmatch(line.text)


def _asks_number(line: Line) -> bool:
    """Whether a number must follow: "Version number" on a line of its own."""
    return line.text.lower().rstrip(" :").endswith(("number", "version", "rhif", "approved", "approved on"))


def beginning_of(text: str) -> str:
    """How a text begins, so that it is found in the document; to be set in backticks."""
    text = text.replace("`", "'")
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN].rstrip()}…"


class Vocabulary:
    """How often each word stands in a document: what tells a broken word from a whole one."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._times = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))

    def joined(self, lines: Sequence[Line], doubts: list[Doubt]) -> str:
        """The text of several lines as one; what had to be mended in it goes into `doubts`."""
        text = ""
        for line in lines:
            text = self._after_hyphen(text, line, doubts) if text.endswith("-") else f"{text} {line.text}".lstrip()
        return self._mended(text, lines[0].number if lines else 0, doubts)

    def _after_hyphen(self, text: str, line: Line, doubts: list[Doubt]) -> str:
        """`text`, which ends in a hyphen, with the next line: the hyphen is the word's own unless the document has the
        word without one and not with it."""
        before, after = text[:-1].split(" ")[-1], line.text.split(" ")[0]
        whole = (before + after).lower().strip(".,;:")
        if not after[:1].islower() or text[-2:-1] in ("", " "):
            return f"{text} {line.text}"
        if self._times[whole] and not (self._is_known(before) and self._is_known(after)):
            return text[:-1] + line.text
        if not (self._is_known(before) and self._is_known(after)):
            doubts.append(
                Doubt(line.number, f"`{before}-{after}` is broken at the end of a line: is the hyphen its own?")
            )
        return text + line.text

    def _mended(self, text: str, number: int, doubts: list[Doubt]) -> str:
        """`text` with the words put together that the extraction broke in two: `co ntext`."""
        words = text.split(" ")
        mended: list[str] = []
        for word in words:
            before = mended[-1] if mended else ""
            whole = before + word
            bare = whole.strip(".,;:()").lower()
            if (
                before.isalpha()
                and bare.isalpha()
                and word[:1].islower()
                and self._times[bare]
                and not (self._is_known(before) and self._is_known(word.strip(".,;:()")))
            ):
                doubts.append(Doubt(number, f"`{before} {word}` was read as `{whole}`."))
                mended[-1] = whole
            else:
                mended.append(word)
        return " ".join(mended)

    def _is_known(self, part: str) -> bool:
        """Whether a part is a word by itself: an ordinary one, or one that stands elsewhere in the document too."""
        lower = part.strip(".,;:()").lower()
        return lower in _SMALL or self._times[lower] > 1
