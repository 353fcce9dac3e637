"""Which words of one text are the words of another: a longest common subsequence, found quickly also in bad cases.

The ends that both have in common are taken first. What is left is cut where a few words in a row stand once in either
text (the idea of Bram Cohen's patience difference), and what lies between two cuts is settled exactly, with the
bit-parallel method of Hyyrö (Bit-parallel LCS-length computation revisited, 2004): a row of the table is one integer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

# Cells of the table: from the first on it is worth looking for cuts, beyond the second it would take gigabytes.
_WORTH_CUTTING = 250_000
_LARGEST_TABLE = 600_000_000
# Words in a row that are looked for to cut at, and how often they may stand in either text: three seldom meet by
# chance, one often does; a text that repeats itself has none that stand once.
_CUTS = ((3, 1), (1, 1), (3, 10_000))
# In a text that is made for it, each cutting could find one cut only.
_DEEPEST = 12

_Part = tuple[int, int, int, int]
"""Words from the first number up to the second in the old text, from the third up to the fourth in the new one."""


class Stretch(NamedTuple):
    """So many words in a row that are the same in both texts, with the place of the first one in each."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        """The place after the last one in the old text."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """The place after the last one in the new text."""
        return self.new + self.length


def same_words(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """The words that are the same, in the order of both texts."""
    ids: dict[Hashable, int] = {}
    own, its = ([ids.setdefault(word, len(ids)) for word in words] for words in (old, new))
    found: list[Stretch] = []
    waiting = [((0, len(own), 0, len(its)), 0)]
    while waiting:
        part, depth = waiting.pop()
        part = begin, end, first, last = _without_ends(own, its, part, found)
        cells = (end - begin) * (last - first)
        if not cells:
            continue
        cuts = _cuts(own, its, part, len(ids)) if cells > _WORTH_CUTTING and depth < _DEEPEST else ()
        if cuts:
            corners = [(begin, first), *cuts, (end, last)]
            waiting += [((a, b, c, d), depth + 1) for (a, c), (b, d) in pairwise(corners)]
        elif cells <= _LARGEST_TABLE:
            pairs = _longest_common(own[begin:end], its[first:last])
            found += [Stretch(begin + place, first + number, 1) for place, number in pairs]
    return _joined(sorted(found))


def _without_ends(old: Sequence[int], new: Sequence[int], part: _Part, found: list[Stretch]) -> _Part:
    """The part without the words that it begins and ends with in both texts, which are found thereby."""
    begin, end, first, last = part
    most = min(end - begin, last - first)
    length = 0
    while length < most and old[begin + length] == new[first + length]:
        length += 1
    if length:
        found.append(Stretch(begin, first, length))
    begin, first, most = begin + length, first + length, most - length
    length = 0
    while length < most and old[end - 1 - length] == new[last - 1 - length]:
        length += 1
    if length:
        found.append(Stretch(end - length, last - length, length))
    return begin, end - length, first, last - length


def _cuts(old: Sequence[int], new: Sequence[int], part: _Part, words: int) -> list[tuple[int, int]]:
    """Places, rising in both texts, at which the part can be cut; `words` is how many different ones there are."""
    begin, end, first, last = part
    for size, most in _CUTS:
        own, its = _rows(old[begin:end], size, words), _rows(new[first:last], size, words)
        there = Counter(own)
        wanted = {row for row, count in Counter(its).items() if count <= most and count == there[row]}
        if wanted:
            places: dict[int, list[int]] = defaultdict(list)
            for place in range(len(own) - 1, -1, -1):
                if own[place] in wanted:
                    places[own[place]].append(begin + place)
            pairs = [(places[row].pop(), first + number) for number, row in enumerate(its) if row in wanted]
            return _turns(_longest_rising(pairs), size)
    return []


def _rows(words: Sequence[int], size: int, base: int) -> Sequence[int]:
    """So many words in a row as one number, from each word on."""
    rows = words
    for shift in range(1, size):
        rows = [row * base + word for row, word in zip(rows, words[shift:], strict=False)]
    return rows


def _turns(cuts: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Without the cuts that go straight on from the one before, where both texts go on alike."""
    on = (cut for before, cut in pairwise(cuts) if not _is_straight_on(before, cut, size))
    return [cuts[0], *on]


def _is_straight_on(before: tuple[int, int], cut: tuple[int, int], size: int) -> bool:
    return cut[0] - before[0] == cut[1] - before[1] <= size


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of `pairs`, which rise in the second number, as rise in the first one too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (place, _) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _longest_common(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of places of a longest common subsequence, the last one first."""
    both = set(old).intersection(new)
    places = [place for place, word in enumerate(old) if word in both]
    numbers = [number for number, word in enumerate(new) if word in both]
    masks = _masks([old[place] for place in places])
    every = row = (1 << len(places)) - 1
    rows = [row]
    # A bit that is 0 says that with this word of the old text the sequence gets longer by one.
    for number in numbers:
        fitting = row & masks[new[number]]
        row = ((row + fitting) | (row - fitting)) & every
        rows.append(row)
    at, length = len(places), len(numbers)
    while at and length:
        bit = 1 << (at - 1)
        if rows[length] & bit:
            at -= 1
        else:
            length -= 1
            if rows[length] & bit:
                at -= 1
                yield places[at], numbers[length]


def _masks(words: Sequence[int]) -> dict[int, int]:
    """For each word an integer with a bit for each place at which it stands."""
    at: dict[int, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        at[word].append(place)
    masks = {}
    for word, places in at.items():
        bits = bytearray((places[-1] >> 3) + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        masks[word] = int.from_bytes(bits, "little")
    return masks


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, those that meet as one."""
    joined: list[Stretch] = []
    for each in stretches:
        if joined and (joined[-1].old_end, joined[-1].new_end) == (each.old, each.new):
            joined[-1] = Stretch(joined[-1].old, joined[-1].new, joined[-1].length + each.length)
        else:
            joined.append(each)
    return joined
