"""The passages that two texts share, word by word, also where one of them was worded a little differently.

Runs of the same words are found first; those that follow each other closely in both texts are one passage, and within
it every word that both have, in the same order, is marked. Nothing here says what a shared passage means.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markterm.domain.texts.winnowing import RUN, WINDOW, every_print
from markterm.domain.texts.words_of_text import WordsOfText, says

LEAST = 12
"""Different words that say something which a passage has to share at least: fewer are what any two learners write."""

_DENSEST = 0.4
"""The part of a passage's words that both have to have, in either text."""
_GAP = 12
"""Words that say something, between two runs of one passage, in either text."""
_MOST_SMALL = 5
"""Words for each that says something: in what people write there are some two."""
_MOST_PLACES = 6
"""Places of one run in a text: what is said more often is not led by."""
_LONGEST = 1_500
"""Words that say something in a passage: the rest of a longer one is the next."""


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


def shared_passages(
    one: WordsOfText, other: WordsOfText, given: Callable[[int], bool] = lambda _: False
) -> tuple[SharedPassage, ...]:
    """The passages that the texts share, the longest first. A run of words whose print was `given` to everybody is
    none of it."""
    told_one, told_other = one.told(), other.told()
    prints_one, prints_other = every_print(told_one), every_print(told_other)
    given_one, given_other = _given(one, prints_one, given), _given(other, prints_other, given)
    seeds = _seeds(prints_one, prints_other, given)
    found = [
        passage
        for group in _groups(seeds)
        if (passage := _passage(one, other, group, given_one, given_other)) is not None
    ]
    found.sort(key=lambda each: (-each.words, each.one))
    apart: list[SharedPassage] = []
    for each in found:
        if not any(_meet(each.one, known.one) or _meet(each.other, known.other) for known in apart):
            apart.append(each)
    return tuple(apart)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _given(text: WordsOfText, prints: Sequence[int], given: Callable[[int], bool]) -> frozenset[int]:
    """The numbers of the words that are in a run which was given, or less than a window away from one: of the prints
    there none may have been kept, so that nobody knows how many have them."""
    left_out: set[int] = set()
    for place, each in enumerate(prints):
        if given(each):
            first, last = max(place - WINDOW + 1, 0), min(place + RUN + WINDOW - 2, len(text.telling) - 1)
            left_out.update(range(text.telling[first], text.telling[last] + 1))
    return frozenset(left_out)


def _seeds(one: Sequence[int], other: Sequence[int], given: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Where the same run stands in both, in the order of the first."""
    places: dict[int, list[int]] = defaultdict(list)
    wanted = set(one)
    for place, each in enumerate(other):
        if each in wanted and not given(each):
            places[each].append(place)
    return [
        (place, there)
        for place, each in enumerate(one)
        if 0 < len(places.get(each, ())) <= _MOST_PLACES
        for there in places[each]
    ]


def _groups(seeds: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The seeds that follow each other closely in both texts, together."""
    open_groups: list[list[tuple[int, int]]] = []
    done: list[list[tuple[int, int]]] = []
    for here, there in seeds:
        still: list[list[tuple[int, int]]] = []
        taken = False
        for group in open_groups:
            last_here, last_there = group[-1]
            if here - last_here > _GAP + RUN or here - group[0][0] > _LONGEST:
                done.append(group)
                continue
            if not taken and 0 <= there - last_there <= _GAP + RUN:
                group.append((here, there))
                taken = True
            still.append(group)
        if not taken:
            still.append([(here, there)])
        open_groups = still
    return done + open_groups


def _numbers(text: WordsOfText, words: tuple[int, int]) -> Sequence[int]:
    """The numbers of the words from there to there that are compared; in a text of little but small words, as nobody
    writes, those alone that say something."""
    telling = text.telling[bisect_left(text.telling, words[0]) : bisect_left(text.telling, words[1])]
    return range(*words) if words[1] - words[0] <= _MOST_SMALL * len(telling) else telling


def _passage(
    one: WordsOfText,
    other: WordsOfText,
    group: Sequence[tuple[int, int]],
    left_out: frozenset[int],
    left_out_there: frozenset[int],
) -> SharedPassage | None:
    """The passage that these seeds are in; None where too little of it is shared."""
    here = one.telling[group[0][0]], one.telling[group[-1][0] + RUN - 1] + 1
    there = other.telling[group[0][1]], other.telling[group[-1][1] + RUN - 1] + 1
    while here[0] and there[0] and one.keys[here[0] - 1] == other.keys[there[0] - 1]:
        here, there = (here[0] - 1, here[1]), (there[0] - 1, there[1])
    while here[1] < len(one.keys) and there[1] < len(other.keys) and one.keys[here[1]] == other.keys[there[1]]:
        here, there = (here[0], here[1] + 1), (there[0], there[1] + 1)
    mine, theirs = _numbers(one, here), _numbers(other, there)
    keys = [one.keys[number] for number in mine], [other.keys[number] for number in theirs]
    marked: list[tuple[int, int]] = []
    longest = run = 0
    for at, to, size in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        run = 0
        for step in range(size):
            pair = mine[at + step], theirs[to + step]
            if pair[0] in left_out or pair[1] in left_out_there:
                run = 0
                continue
            marked.append(pair)
            run += 1
            longest = max(longest, run)
    telling = sum(map(says, {one.keys[number] for number, _ in marked}))
    own = max(sum(number not in left_out for number in mine), sum(number not in left_out_there for number in theirs))
    if telling < LEAST or len(marked) < _DENSEST * own:
        return None
    return SharedPassage(
        (marked[0][0], marked[-1][0] + 1),
        (marked[0][1], marked[-1][1] + 1),
        tuple(number for number, _ in marked),
        tuple(number for _, number in marked),
        telling,
        longest,
    )
