"""A text as it is looked through: folded, without Markdown's marks, and with the way back to where each piece stands.

What is kept is close to what is seen on the screen: emphasis, quote marks, escapes and the ends of lines are gone,
entities are their characters, a link is its words and its address. What may be passed over within a phrase is a gap:
the hyphen at the end of a line, the address of a link, the number of a footnote.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from markterm.domain.words.letters import plain
from markterm.evidence.text.blocks import Block, BlockKind

PARAGRAPH = "\n"
"""What divides paragraphs, list items and rows in a folded text: no phrase reaches across it."""

# All that is not left as it is, by its first character. Most of a text is passed over in one step.
_MET = re.compile(r"[^ \"#$%'()+,\-./0-9:;=?@A-Z^a-z{|}]|  +| (?=\n)")
_OTHERS = re.compile(r"[^\x00-\x7f]+")
_WHITE = re.compile(r"[ \t]+")
_LINE = re.compile(r"\n(?P<blank>(?:[ \t>]*\n)*)[ \t]*(?:>[ \t]*)*")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]*)+")
_PLAIN_LINE = re.compile(r"\n(?P<blank>(?:[ \t]*\n)*)[ \t]*")
_BLOCK = re.compile(r"#{1,6}[ \t]|[-+*][ \t]|\d{1,9}[.)][ \t]|\||```|~~~|\[\^[^\]\s]+\]:")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAIL = re.compile(
    r"\]\((?:<(?P<pointed>[^<>\n]{0,2000})>|(?P<address>[^()<>\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000})?))"
    r"(?:[ \t]+\"[^\"\n]{0,500}\")?\)"
)
_BARE_ADDRESS = re.compile(
    r"<((?:https?://|ftp://|mailto:)[^<>\s]{1,2000}|[\w.+-]{1,99}@[\w-]{1,99}(?:\.[\w-]{1,99})+)>"
)
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_OPEN = re.compile(r"!?\[(?=(?:[^\[\]]|!?\[[^\[\]]{0,200}\](?:\([^()\n]{0,300}\))?){0,500}\]\()")
_MARKS = re.compile(r"[*_`~]+")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_LONGEST_MARK = 3
_FARTHEST = 1_000
_ARROW = "→ "
_IMAGE = "[image: "
_SKIPPED = frozenset(("address", "footnote"))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where its pieces stand in the text that was folded."""

    text: str
    gaps: Mapping[str, Sequence[tuple[int, int]]]
    """What a phrase may leave out: from which character on and how many, by the characters on either side."""
    gaps_at: Mapping[int, Sequence[int]]
    """The same by the character: how many from there on."""
    _places: array[int]
    """Where each piece begins in the folded text, rising."""
    _starts: array[int]
    """Where it begins in the text that was folded."""
    _ends: array[int]
    """Where it ends there, if all of its characters stand for all of that; -1 where each stands for one."""

    def start(self, place: int) -> int:
        """Where the character at `place` of the folded text begins in the other."""
        piece = bisect_right(self._places, place) - 1
        return self._starts[piece] + (place - self._places[piece] if self._ends[piece] < 0 else 0)

    def end(self, place: int) -> int:
        """Where what comes before `place` of the folded text ends in the other: after the match that ends there."""
        piece = bisect_right(self._places, place - 1) - 1
        end = self._ends[piece]
        return end if end >= 0 else self._starts[piece] + place - self._places[piece]

    def place(self, offset: int) -> int:
        """The first place in the folded text that begins at `offset` of the other or after."""
        piece = bisect_right(self._starts, offset) - 1
        if piece < 0:
            return 0
        after = self._places[piece + 1] if piece + 1 < len(self._places) else len(self.text)
        if self._ends[piece] < 0:
            return min(self._places[piece] + offset - self._starts[piece], after)
        return self._places[piece] if self._starts[piece] == offset else after


def fold_markdown(source: str) -> Folded:
    """Markdown folded."""
    return _Folding(source, markdown=True).fold()


def fold_block(block: Block) -> Folded:
    """The text of a block folded, which is as it is shown: the words that find what stands in a source find it here."""
    skipped = []
    offset = 0
    for span in block.spans:
        if _SKIPPED.intersection(span.styles):
            skipped.append((offset, offset + len(span.text)))
        offset += len(span.text)
    folder = _Folding(block.text, markdown=False, cells=block.kind is BlockKind.TABLE)
    return folder.fold(() if block.kind is BlockKind.LINES else block.breaks, skipped)


def fold_words(text: str) -> str:
    """What is looked for, folded: words with one space between them."""
    return " ".join(fold_plain(text).text.split())


def fold_plain(text: str) -> Folded:
    """A text folded in which no sign is Markdown's."""
    return _Folding(text, markdown=False).fold()


class _Folding:
    """The pieces as they are gathered."""

    def __init__(self, source: str, *, markdown: bool, cells: bool = False) -> None:
        self._source = source
        self._markdown = markdown
        self._cells = cells
        self._parts: list[str] = []
        self._length = 0
        self._last = PARAGRAPH
        self._open: dict[str, int] = {}  # marks of emphasis that are open
        self._images: list[bool] = []  # whether each link that is open is an image
        self._quoted = False
        self._gaps: list[tuple[int, int]] = []
        self._places = array("q", [0])
        self._starts = array("q", [0])
        self._ends = array("q", [-1])

    def fold(self, breaks: Sequence[int] = (), skipped: Sequence[tuple[int, int]] = ()) -> Folded:
        """The whole of it. `breaks` are where lines begin whose ends are shown as spaces, and `skipped` what a phrase
        may leave out, both in the text that is folded."""
        source = self._source
        at = 0
        if self._markdown and (quote := _QUOTE.match(source)) is not None:
            self._quoted = True
            at = self._put("", 0, quote.end())
        for met in _MET.finditer(source):
            start = met.start()
            if start < at:
                continue
            if start > at:
                self._take(at, start)
            at = self._meet(source[start], start)
        if at < len(source):
            self._take(at, len(source))
        text = "".join(self._parts).lower()
        folded = Folded(text, {}, {}, self._places, self._starts, self._ends)
        for place in map(folded.place, breaks):
            if text[max(place - 2, 0) : place] == "- ":
                self._gaps += ((place - 2, 2), (place - 1, 1))
        for start, end in skipped:
            begin = folded.place(start)
            self._gaps.append((begin, folded.place(end) - begin))
        by_sides = _by_sides(text, self._gaps)
        gaps_at: dict[int, list[int]] = {}
        for gaps in by_sides.values():
            for start, length in gaps:
                gaps_at.setdefault(start, []).append(length)
        return Folded(text, by_sides, gaps_at, self._places, self._starts, self._ends)

    def _take(self, start: int, end: int) -> None:
        """Leave what stands between as it is, but for a space after another one."""
        if self._source[start] == " " and self._last in (" ", PARAGRAPH):
            self._put("", start, start + 1)
            start += 1
            if start == end:
                return
        piece = self._source[start:end]
        self._parts.append(piece)
        self._length += len(piece)
        self._last = piece[-1]

    def _put(self, piece: str, start: int, end: int) -> int:
        """Let `piece` stand for the characters from `start` to `end`; that end."""
        if len(piece) != end - start or not piece:
            if piece:
                self._piece(start, end)
            self._parts.append(piece)
            self._length += len(piece)
            self._piece(end, -1)
        else:
            self._parts.append(piece)
            self._length += len(piece)
        self._last = piece[-1:] or self._last
        return end

    def _piece(self, start: int, end: int) -> None:
        if self._places[-1] == self._length and self._ends[-1] < 0:
            self._starts[-1], self._ends[-1] = start, end  # the piece before is empty
        else:
            self._places.append(self._length)
            self._starts.append(start)
            self._ends.append(end)

    def _meet(self, character: str, start: int) -> int:
        """Take what begins at `start`; where the rest goes on."""
        source = self._source
        if character > "\x7f":
            return self._other(start)
        if character in " \t":
            met = _WHITE.match(source, start)
            assert met is not None
            return self._space(start, met.end())
        if character == "\n":
            return self._line(start)
        if character in "*_`~":
            return self._marks(start)
        if character == "<" and (met := _BREAK.match(source, start)) is not None:
            return self._space(start, met.end())
        if self._markdown:
            if character == "<" and (met := _BARE_ADDRESS.match(source, start)) is not None:
                self._put("", start, start + 1)
                self._put(plain(met[1]), met.start(1), met.end(1))
                return self._put("", met.end(1), met.end())
            if character == "\\" and (met := _ESCAPE.match(source, start)) is not None:
                return self._put(met[1], start, met.end())
            if character == "\\" and source.startswith("\n", start + 1):
                return self._put("", start, start + 1)
            if character == "&" and (met := _ENTITY.match(source, start)) is not None:
                return self._entity(met[0], start, met.end())
            if character == "]" and (met := _TAIL.match(source, start)) is not None:
                return self._address(met)
            if character == "[" and (met := _NOTE.match(source, start)) is not None:
                self._gaps.append((self._length, met.end() - start))
                return self._put(plain(met[0]), start, met.end())
            if character in "![" and (met := _OPEN.match(source, start)) is not None:
                self._images.append(character == "!")
                return self._put(_IMAGE if character == "!" else "", start, met.end())
        return self._put(character, start, start + 1)

    def _other(self, start: int) -> int:
        met = _OTHERS.match(self._source, start)
        assert met is not None
        run = met[0]
        folded = plain(run)
        each_is_one = len(folded) == len(run) and all(len(plain(each)) == 1 for each in set(run))
        if " " not in folded and (each_is_one or len(run) == 1):
            return self._put(folded, start, met.end())
        for place, each in enumerate(run, start):
            piece = plain(each)
            if piece == " ":
                self._space(place, place + 1)
            else:
                self._put(piece, place, place + 1)
        return met.end()

    def _space(self, start: int, end: int) -> int:
        if self._last in (" ", PARAGRAPH):
            return self._put("", start, end)
        return self._put(" ", start, end)

    def _line(self, start: int) -> int:
        """The end of a line: of a paragraph, an item or a cell, or a space as it is shown."""
        source = self._source
        met = (_LINE if self._markdown else _PLAIN_LINE).match(source, start)
        assert met is not None
        end = met.end()
        was_quoted, self._quoted = self._quoted, self._markdown and ">" in met[0].rpartition("\n")[2]
        begins = self._markdown and ((self._quoted and not was_quoted) or _BLOCK.match(source, end) is not None)
        if self._cells or met["blank"] or begins:
            self._open.clear()
            return self._put(PARAGRAPH if self._last != PARAGRAPH else "", start, end)
        self._note_hyphen()
        return self._space(start, end)

    def _note_hyphen(self) -> None:
        """A hyphen at the end of a line may have divided a word, or belong to it: the space after it is none."""
        if self._last == "-":
            self._gaps += ((self._length - 1, 2), (self._length, 1))

    def _marks(self, start: int) -> int:
        source = self._source
        met = _MARKS.match(source, start)
        assert met is not None
        marks, end = met[0], met.end()
        if not self._markdown:
            # Struck text keeps its marks on the screen.
            return self._put("" if marks == "~~" else marks, start, end)
        before, after = source[max(start - 1, 0) : start], source[end : end + 1]
        within = set(marks) == {"_"} and before.isalnum() and after.isalnum()
        is_long = len(marks) > _LONGEST_MARK and not (before.isalnum() and after.isalnum())
        shown = within or marks == "~" or (is_long and len(set(marks)) == 1)
        return self._put(marks if shown or not self._pairs(marks[0], before, after, end) else "", start, end)

    def _pairs(self, mark: str, before: str, after: str, end: int) -> bool:
        """Whether a mark opens something that another one closes, or closes what was opened."""
        closes = bool(self._open.get(mark)) and not before.isspace()
        if closes:
            self._open[mark] -= 1
            if not after.isalnum():
                return True
        other = self._source.find(mark, end, end + _FARTHEST) if after and not after.isspace() else -1
        if other < 0 or "\n\n" in self._source[end:other]:
            return closes
        self._open[mark] = self._open.get(mark, 0) + 1
        return True

    def _entity(self, entity: str, start: int, end: int) -> int:
        piece = plain(unescape(entity))
        if piece.isspace():
            return self._space(start, end)
        return self._put(piece, start, end)

    def _address(self, met: re.Match[str]) -> int:
        """`](address)` as it is shown after the words of the link."""
        is_image = self._images.pop() if self._images else False
        group = "pointed" if met["pointed"] is not None else "address"
        begin = self._length
        self._put(_ARROW if self._last == " " else f" {_ARROW}", met.start(), met.start(group))
        self._put(plain(met[group]), met.start(group), met.end(group))
        if is_image:
            return self._put("]", met.end(group), met.end())
        self._gaps.append((begin, self._length - begin))
        return self._put("", met.end(group), met.end())


def _by_sides(text: str, gaps: Sequence[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    sides: dict[str, list[tuple[int, int]]] = {}
    for start, length in gaps:
        before, after = text[start - 1 : start] if start else "", text[start + length : start + length + 1]
        if before == after == " ":
            length += 1
            after = text[start + length : start + length + 1]
        if before and after and PARAGRAPH not in before + after:
            sides.setdefault(before + after, []).append((start, length))
    return sides


def across_gaps(folded: Folded, words: str) -> Iterator[tuple[int, int]]:
    """The places, in no order, where `words` stand in a folded text if its gaps, at least one, are passed over."""
    for split in range(1, len(words)):
        for start, length in folded.gaps.get(words[split - 1 : split + 1], ()):
            begin = start - split
            if begin >= 0 and folded.text.startswith(words[:split], begin):
                end = _on(folded, words, split, start + length)
                if end is not None:
                    yield begin, end


def _on(folded: Folded, words: str, at: int, place: int) -> int | None:
    """Where the words from `at` on end in the folded text, if they stand there from `place` on."""
    if folded.text.startswith(words[at:], place):
        return place + len(words) - at
    for split in range(at + 1, len(words)):
        if folded.text[place : place + split - at] != words[at:split]:
            return None
        start = place + split - at
        for length in folded.gaps_at.get(start, ()):
            end = _on(folded, words, split, start + length)
            if end is not None:
                return end
    return None
