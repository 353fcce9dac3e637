"""What changed between two texts, word by word and paragraph by paragraph, so that a person can read it.

Paragraphs that stand in both texts are found first, then those that merely moved; words are compared in what lies
between. A word that is the same by chance, among others that are not, is no help to a reader: it goes with the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from markterm.domain.texts.word_match import Stretch, same_words

# Shorter paragraphs, such as the rule under the head of a table, are the same in many places.
_TELLING = 4
# So few words that are the same are not worth breaking up what changed around them.
_FEW = 3
_SWEEPS = 4
# Paragraphs of which less than one word in so many is the same are two paragraphs, not one that changed, unless so many
# words in a row are.
_ONE_IN = 3
_NO_CHANCE = 8
# What begins a paragraph without an empty line before it: a row, a heading, a quotation, an item of a list.
_BEGINS = re.compile(r"\s*(?:[|#>]|[-*+]\s|\d{1,9}[.)]\s)")


class Fate(StrEnum):
    """What became of words, or of a paragraph; only paragraphs are changed or moved."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"
    MOVED_AWAY = "moved away"
    MOVED_HERE = "moved here"


MOVED = (Fate.MOVED_AWAY, Fate.MOVED_HERE)
BEFORE = (Fate.REMOVED, Fate.MOVED_AWAY)
"""The fates of paragraphs that stand in the old text only, where they stand."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are the same, were removed, or were added."""

    fate: Fate
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with what became of its words. `line` counts from 0: in the old text for one that was removed or
    moved away, in the new text for any other."""

    runs: tuple[Run, ...]
    line: int
    fate: Fate

    def __str__(self) -> str:
        return " ".join(map(str, self.runs))

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of Markdown."""
        return self.runs[0].words[0].startswith("#")

    @property
    def size(self) -> int:
        """How many words it has, with those that were removed."""
        return sum(len(run.words) for run in self.runs)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Paragraphs in a row in which nothing changed."""

    paragraphs: tuple[Paragraph, ...]

    def __str__(self) -> str:
        words = sum(paragraph.size for paragraph in self.paragraphs)
        return f"{so_many(len(self.paragraphs), 'paragraph')} unchanged, {so_many(words, 'word')}"


@dataclass(frozen=True, slots=True)
class Difference:
    """The paragraphs of both texts in the order of the new one, and how many words were removed, added, and moved in
    paragraphs that are the same but elsewhere."""

    paragraphs: tuple[Paragraph, ...]
    removed: int
    added: int
    moved: int

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.moved)

    def __str__(self) -> str:
        counts = [
            f"{so_many(count, 'word')} {fate}"
            for count, fate in ((self.added, "added"), (self.removed, "removed"), (self.moved, "moved"))
            if count
        ]
        return ", ".join(counts) or "no word changed"


def difference(old: str, new: str) -> Difference:
    """What changed between two texts in Markdown. White space is not compared, and paragraphs that were joined or
    parted are the same words."""
    before, now = _Text(old), _Text(new)
    found, moved = _same_paragraphs(before, now)
    left, came = set(moved), set(moved.values())
    stretches = list(_same_between(before, now, found, left, came))
    stretches = _without_weak(before, now, _without_few(before, now, stretches))
    paragraphs = tuple(_paragraphs(before, now, stretches, left, came))
    counts: Counter[Fate] = Counter()
    for paragraph in paragraphs:
        for run in paragraph.runs:
            counts[paragraph.fate if paragraph.fate in MOVED else run.fate] += len(run.words)
    return Difference(paragraphs, counts[Fate.REMOVED], counts[Fate.ADDED], counts[Fate.MOVED_HERE])


def folded(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph | Unchanged]:
    """The paragraphs, each row of unchanged ones as one `Unchanged`; a heading stays above what changed below it."""
    row: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.fate is Fate.SAME:
            row.append(paragraph)
            continue
        heading = row.pop() if row and row[-1].is_heading else None
        if row:
            yield Unchanged(tuple(row))
        if heading is not None:
            yield heading
        row.clear()
        yield paragraph
    if row:
        yield Unchanged(tuple(row))


def so_many(count: int, what: str) -> str:
    """`1 word`, `1,200 words`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


class _Text:
    """The words of a text, and which paragraph each belongs to. Paragraph n is words `starts[n]` to `starts[n + 1]`."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.lines: list[int] = []
        self.of: list[int] = []
        is_new = True
        for number, line in enumerate(text.split("\n")):
            words = line.split()
            if words and (is_new or _BEGINS.match(line)):
                self.starts.append(len(self.words))
                self.lines.append(number)
            is_new = not words
            self.words += words
            self.of += [len(self.starts) - 1] * len(words)
        self.count = len(self.starts)
        self.starts.append(len(self.words))
        self.of.append(self.count)

    def end_of(self, place: int) -> int:
        """Where the paragraph of a word ends."""
        return self.starts[self.of[place] + 1]

    def places(self, begin: int, end: int, without: Set[int]) -> Sequence[int]:
        """The places of the words from `begin` to `end`, but those of some paragraphs."""
        if begin == end or without.isdisjoint(range(self.of[begin], self.of[end - 1] + 1)):
            return range(begin, end)
        return [place for place in range(begin, end) if self.of[place] not in without]

    def length(self, number: int) -> int:
        """How many words it has."""
        return self.starts[number + 1] - self.starts[number]

    def key(self, number: int) -> str:
        """What two paragraphs of the same words have in common."""
        return " ".join(self.words[self.starts[number] : self.starts[number + 1]])


# What is the same


def _same_paragraphs(old: _Text, new: _Text) -> tuple[list[Stretch], dict[int, int]]:
    """The words of whole paragraphs that are the same, and the paragraphs that moved, by their number in the old
    text."""
    old_keys = [old.key(number) for number in range(old.count)]
    new_keys = [new.key(number) for number in range(new.count)]
    same = {each.new + step: each.old + step for each in same_words(old_keys, new_keys) for step in range(each.length)}
    taken = set(same.values())
    left: dict[str, deque[int]] = defaultdict(deque)
    for number, key in enumerate(old_keys):
        if number not in taken and old.length(number) >= _TELLING:
            left[key].append(number)
    found = []
    moved = {}
    for number, key in enumerate(new_keys):
        if new.length(number) < _TELLING:
            continue
        if number in same:
            found.append(Stretch(old.starts[same[number]], new.starts[number], new.length(number)))
        elif left.get(key):
            moved[left[key].popleft()] = number
    return found, moved


def _same_between(
    old: _Text, new: _Text, found: Sequence[Stretch], left: Set[int], came: Set[int]
) -> Iterator[Stretch]:
    """The words that are the same between paragraphs that are, but those of paragraphs that moved: each stretch lies
    in one paragraph of either text."""
    ends = [Stretch(0, 0, 0), *found, Stretch(len(old.words), len(new.words), 0)]
    for before, after in pairwise(ends):
        places = old.places(before.old_end, after.old, left)
        numbers = new.places(before.new_end, after.new, came)
        for each in same_words([old.words[place] for place in places], [new.words[number] for number in numbers]):
            at = 0
            while at < each.length:
                place, number = places[each.old + at], numbers[each.new + at]
                in_one = min(old.end_of(place) - place, new.end_of(number) - number, each.length - at)
                yield Stretch(place, number, in_one)
                at += in_one
        if after.length:
            yield after


def _without_few(old: _Text, new: _Text, stretches: list[Stretch]) -> list[Stretch]:
    """Without those of a few words that stand, in their paragraph, between changes of as many words or more."""
    for _ in range(_SWEEPS):
        kept: list[Stretch] = []
        for here, after in pairwise([*stretches, Stretch(len(old.words), len(new.words), 0)]):
            if here.length <= _FEW:
                own, its = old.of[here.old], new.of[here.new]
                old_begin, new_begin = (kept[-1].old_end, kept[-1].new_end) if kept else (0, 0)
                before = max(here.old - max(old_begin, old.starts[own]), here.new - max(new_begin, new.starts[its]))
                behind = max(
                    min(after.old, old.starts[own + 1]) - here.old_end,
                    min(after.new, new.starts[its + 1]) - here.new_end,
                )
                if here.length <= min(before, behind):
                    continue
            kept.append(here)
        if len(kept) == len(stretches):
            break
        stretches = kept
    return stretches


def _without_weak(old: _Text, new: _Text, stretches: list[Stretch]) -> list[Stretch]:
    """Without those of two paragraphs that have too little in common."""
    shared: Counter[tuple[int, int]] = Counter()
    telling = set()
    for each in stretches:
        pair = old.of[each.old], new.of[each.new]
        shared[pair] += each.length
        if each.length >= _NO_CHANCE:
            telling.add(pair)
    weak = {
        (own, its)
        for (own, its), count in shared.items()
        if count * _ONE_IN < min(old.length(own), new.length(its)) and (own, its) not in telling
    }
    return [each for each in stretches if (old.of[each.old], new.of[each.new]) not in weak]


# How it is told


@dataclass(slots=True)
class _Draft:
    """A paragraph of the new text while it is put together."""

    line: int
    runs: list[tuple[Fate, list[str]]] = field(default_factory=list)

    def add(self, fate: Fate, words: Sequence[str]) -> None:
        if not words:
            return
        if self.runs and self.runs[-1][0] is fate:
            self.runs[-1][1].extend(words)
        else:
            self.runs.append((fate, list(words)))

    def whole(self) -> Paragraph:
        fate = Fate.SAME if all(fate is Fate.SAME for fate, _ in self.runs) else Fate.CHANGED
        return Paragraph(tuple(Run(each, tuple(words)) for each, words in self.runs), self.line, fate)


def _paragraphs(
    old: _Text, new: _Text, stretches: Sequence[Stretch], left: Set[int], came: Set[int]
) -> Iterator[Paragraph]:
    """The paragraphs of the new text with the words that were removed from them, and between them the paragraphs of
    the old text of which nothing stayed."""
    draft: _Draft | None = None
    own = its = -1  # the paragraphs of the old and of the new text that the last word is in
    place = number = 0  # what was told
    for each in [*stretches, Stretch(len(old.words), len(new.words), 0)]:
        if draft is None or new.of[each.new] != its:
            if draft is not None:
                end = each.old if old.of[each.old] == own else old.starts[own + 1]
                draft.add(Fate.REMOVED, old.words[place:end])
                draft.add(Fate.ADDED, new.words[number : new.starts[its + 1]])
                yield draft.whole()
                place = end
            for gone in range(own + 1, old.of[each.old]):
                fate = Fate.MOVED_AWAY if gone in left else Fate.REMOVED
                yield _whole(old, gone, fate)
            for added in range(its + 1, new.of[each.new]):
                yield _whole(new, added, Fate.MOVED_HERE if added in came else Fate.ADDED)
            own, its = old.of[each.old], new.of[each.new]
            if its == new.count:
                return
            place, number = max(place, old.starts[own]), new.starts[its]
            draft = _Draft(new.lines[its])
        for gone in range(own + 1, old.of[each.old]):  # what was joined to this paragraph, but for one that moved
            if gone in left:
                draft.add(Fate.REMOVED, old.words[place : old.starts[gone]])
                yield _whole(old, gone, Fate.MOVED_AWAY)
                place = old.starts[gone + 1]
        draft.add(Fate.REMOVED, old.words[place : each.old])
        draft.add(Fate.ADDED, new.words[number : each.new])
        draft.add(Fate.SAME, new.words[each.new : each.new_end])
        own, place, number = old.of[each.old], each.old_end, each.new_end


def _whole(text: _Text, number: int, fate: Fate) -> Paragraph:
    """A paragraph that has one fate as a whole."""
    of_words = Fate.REMOVED if fate in BEFORE else Fate.ADDED
    words = tuple(text.words[text.starts[number] : text.starts[number + 1]])
    return Paragraph((Run(of_words, words),), text.lines[number], fate)
