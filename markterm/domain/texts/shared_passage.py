"""The passages that two texts share, word by word, also where one of them was reworded.

Words that stand close together in both are found first, in whatever order; those that lie near each other in both texts
are one passage, and within it each word is set beside the one that it is the same as. Nothing here says what a shared
passage means.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product

from markterm.domain.texts.word_prints import SPAN, Places, shared_prints
from markterm.domain.texts.words_of_text import WordsOfText, says

LEAST = 12
"""Different words that say something which a passage has to share at least: fewer are what any two learners write."""

_LEAST_IN_PIECES = 16
"""As many where none of its rows is longer than a turn of phrase: such stand in the work of any two who write of the
same."""
_PIECE = 3
"""Words in a row that are a turn of phrase."""

_DENSEST = 1 / 3
"""The part of a passage's words that say something which both have to have, in either text."""
_GAP = 12
"""Words that say something, from one that is the same to the next of a passage, in either text."""
_MOVED = 60
"""As many, in one of the texts, from a sentence that was moved to the rest of its passage."""
_LEAST_MOVED = 5
"""Words of a passage that was moved, at least."""
_MOST_PLACES = 6
"""Places of one print in a text: what is said more often is not led by."""
_GIVEN_TWICE = 2
"""Prints that were given around a word that was: one alone may have been hit by chance."""

Link = tuple[int, int]
"""The numbers of a word that says something in one text, and of the same in the other, among those alone."""


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """Words that two texts share: the numbers of the first and of the word after the last in each text, and of each
    text the numbers of the words that are the same. Among them are `telling` different ones that say something, and
    `longest` is how many stand the same in one row."""

    one: tuple[int, int]
    other: tuple[int, int]
    marked_one: tuple[int, ...]
    marked_other: tuple[int, ...]
    telling: float
    longest: int

    @property
    def words(self) -> int:
        """How many words are the same."""
        return len(self.marked_one)


@dataclass(slots=True)
class _Group:
    """Links that lie near each other, with the first and the last word of them in each text."""

    links: list[Link]
    here: tuple[int, int]
    there: tuple[int, int]

    @classmethod
    def of(cls, link: Link) -> _Group:
        return cls([link], (link[0], link[0]), (link[1], link[1]))

    def join(self, other: _Group) -> None:
        self.links += other.links
        self.here = min(self.here[0], other.here[0]), max(self.here[1], other.here[1])
        self.there = min(self.there[0], other.there[0]), max(self.there[1], other.there[1])

    def is_beside(self, other: _Group) -> bool:
        """Whether both are of one passage: close in one text, and not far in the other."""
        near, far = sorted((_apart(self.here, other.here), _apart(self.there, other.there)))
        return near <= _GAP and far <= _MOVED


def shared_passages(one: WordsOfText, other: WordsOfText, given: Set[int] = frozenset()) -> tuple[SharedPassage, ...]:
    """The passages that the texts share, the longest first. Words around which the prints were `given` to everybody are
    no part of any."""
    mine, theirs = shared_prints(one.told(), other.told(), given)
    left_out = _given(one, mine, given), _given(other, theirs, given)
    links = Counter(
        (here, there)
        for here, there in _links(one, other, mine, theirs)
        if one.telling[here] not in left_out[0] and other.telling[there] not in left_out[1]
    )
    found = [
        passage
        for group in _of_one_passage(_groups(sorted(links)))
        if (passage := _passage(one, other, sorted(group.links, key=lambda link: (-links[link], link)), left_out))
    ]
    found.sort(key=lambda each: (-each.words, each.one))
    apart: list[SharedPassage] = []
    for each in found:
        if not any(_meet(each.one, known.one) or _meet(each.other, known.other) for known in apart):
            apart.append(each)
    return tuple(apart)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How many words one lies after the end of the other; 0 where they meet."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def _given(text: WordsOfText, prints: Places, given: Set[int]) -> frozenset[int]:
    """The numbers of the words that were given: they stand in prints that were, or less than a print away from those
    that do: of the first and last words of what was given few prints are kept."""
    covered = Counter(
        number for each in prints.keys() & given for place in prints[each] for number in range(place[0], place[2] + 1)
    )
    left_out: set[int] = set()
    for number, times in covered.items():
        if times >= _GIVEN_TWICE:
            first, last = max(number - SPAN + 2, 0), min(number + SPAN - 2, len(text.telling) - 1)
            left_out.update(range(text.telling[first], text.telling[last] + 1))
    return frozenset(left_out)


def _links(one: WordsOfText, other: WordsOfText, mine: Places, theirs: Places) -> Iterator[Link]:
    """The words that are the same in prints of both, as often as they are."""
    for each in mine.keys() & theirs.keys():
        if len(theirs[each]) <= _MOST_PLACES and len(mine[each]) <= _MOST_PLACES:
            for here, there in product(mine[each], theirs[each]):
                for link in product(here, there):
                    if one.keys[one.telling[link[0]]] == other.keys[other.telling[link[1]]]:
                        yield link


def _groups(links: Iterable[Link]) -> list[_Group]:
    """The links that follow each other closely in both texts, together; they come in the order of the first."""
    growing: list[_Group] = []
    done: list[_Group] = []
    for link in links:
        alone = _Group.of(link)
        still: list[_Group] = []
        taken = False
        for group in growing:
            if link[0] - group.here[1] > _GAP:
                done.append(group)
                continue
            if not taken and _apart(group.there, alone.there) <= _GAP:
                group.join(alone)
                taken = True
            still.append(group)
        if not taken:
            still.append(alone)
        growing = still
    return done + growing


def _of_one_passage(groups: Iterable[_Group]) -> list[_Group]:
    """The groups, those together that are one passage of which a part was moved."""
    large = sorted(
        (each for each in groups if len({here for here, _ in each.links}) >= _LEAST_MOVED), key=lambda each: each.here
    )
    joined: list[_Group] = []
    for group in large:
        while beside := next((each for each in joined if each.is_beside(group)), None):
            joined.remove(beside)
            group.join(beside)
        joined.append(group)
    return joined


def _passage(
    one: WordsOfText, other: WordsOfText, links: Iterable[Link], left_out: tuple[frozenset[int], frozenset[int]]
) -> SharedPassage | None:
    """The passage that these links are of, those first that most prints have; None where too little of it is shared."""
    beside: dict[int, int] = {}
    taken: set[int] = set()

    def are_same(mine: int, theirs: int) -> bool:
        return (
            0 <= mine < len(one.keys)
            and 0 <= theirs < len(other.keys)
            and one.keys[mine] == other.keys[theirs]
            and mine not in beside
            and theirs not in taken
            and mine not in left_out[0]
            and theirs not in left_out[1]
        )

    for here, there in links:
        if are_same(mine := one.telling[here], theirs := other.telling[there]):
            beside[mine] = theirs
            taken.add(theirs)
    for mine, theirs in list(beside.items()):
        for step in (1, -1):
            at, to = mine + step, theirs + step
            while are_same(at, to):
                beside[at] = to
                taken.add(to)
                at, to = at + step, to + step
    marked, marked_there = sorted(beside), sorted(taken)
    telling = sum(map(says, {one.keys[number] for number in marked}))
    own = max(_own(one, marked, left_out[0]), _own(other, marked_there, left_out[1]))
    longest = _longest_row(beside)
    least = LEAST if longest > _PIECE else _LEAST_IN_PIECES
    if telling < least or sum(one.keys[number][0] != " " for number in marked) < _DENSEST * own:
        return None
    return SharedPassage(
        (marked[0], marked[-1] + 1),
        (marked_there[0], marked_there[-1] + 1),
        tuple(marked),
        tuple(marked_there),
        telling,
        longest,
    )


def _own(text: WordsOfText, marked: Sequence[int], given: Collection[int]) -> int:
    """How many words that say something and were not given there are from the first to the last that is marked."""
    inside = text.telling[bisect_left(text.telling, marked[0]) : bisect_left(text.telling, marked[-1] + 1)]
    return sum(number not in given for number in inside)


def _longest_row(beside: Mapping[int, int]) -> int:
    """How many words follow each other in both texts, at most."""
    longest = row = 0
    for number in sorted(beside):
        row = row + 1 if beside.get(number - 1) == beside[number] - 1 else 1
        longest = max(longest, row)
    return longest
