"""One look at what learners' texts have in common: first by fingerprints alone, which are on the disk however many they
are, then word by word in the few texts that share some which hardly anybody else has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import combinations, pairwise
from typing import NamedTuple

from markterm.centre.alike_of_many import AlikeOfMany
from markterm.centre.alike_texts import AlikeTexts, At, Worded
from markterm.centre.same_bytes import SameBytes
from markterm.domain.record.citation import Passage
from markterm.domain.texts.quoted import is_quoted, source_of_both, sources_at
from markterm.domain.texts.shared_passage import SharedPassage, shared_passages
from markterm.domain.texts.texts_together import texts_together
from markterm.domain.texts.word_prints import MOST_PARTS, kept_prints
from markterm.domain.views.alike import (
    LEAST_ODD,
    MOST_HAVE,
    AlikePair,
    AlikePassage,
    Cohorts,
    OddFile,
    SharedByMany,
    Side,
    not_told_twice,
)
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.accounts_folder import ACCOUNTS_FOLDER
from markterm.domain.words.errors import MarkTermError
from markterm.evidence.progress import Progress
from markterm.evidence.text.passages import Extent, cite_lines
from markterm.own.fingerprint_index import KeptLook

_MOST_WANTED = 300_000
"""Prints of which it is asked at once who has them."""
_MOST_TEXTS = 4 * MOST_HAVE
"""Texts with one print, of a few learners: whoever says the same in more files than that says it everywhere."""
_NOBODY = frozenset[str]()


class _Compared(NamedTuple):
    """What two texts have in common: the prints of both that were taken as given, and the passages, each with the
    prints that are in it; none where one of them could not be read."""

    given: frozenset[int]
    passages: tuple[tuple[AlikePassage, frozenset[int]], ...] = ()
    is_read: bool = True


_Holders = Mapping[int, frozenset[str]]
"""By prints, the learners who have them."""


class AlikeLook:
    """One look at the learners of these `rows`: whose texts were read so far, and what they share. Figures count those
    of the learners who are `seen`, by registration. With a `learner` it is only what others share with that one."""

    def __init__(
        self, texts: AlikeTexts, same: SameBytes, rows: Iterable[CaseloadRow], seen: Set[str], learner: str
    ) -> None:
        self._texts = texts
        self._same = same
        self._rows = {row.registration: row for row in rows}
        self._of_folder: dict[str, str] = {row.folder: row.registration for row in self._rows.values()}
        self._seen = seen
        self._learner = learner
        self._given = texts.given()
        self._at: dict[int, list[At]] = {}
        self._whose: dict[int, frozenset[str]] = {}
        self._read: dict[str, tuple[str, ...]] = {}
        self._cohorts = self._counted = Cohorts({})
        self._compared: dict[tuple[int, int], _Compared] = {}
        self._many = AlikeOfMany(texts, self._at, self._given, self._cohorts.were_given)
        self._runs: tuple[frozenset[int], ...] = ()
        self.odd: list[OddFile] = []
        """Files with words that are written so as not to be found."""
        self.given = 0
        """How many passages were left out last, because too many have them."""
        self.cited = 0
        """How many passages were left out last, because both quote them and name the source."""
        self.left = 0
        """How many pairs of texts that share something were not read."""

    def take_in(self, row: CaseloadRow, progress: Progress) -> int:
        """Read what that learner handed in; returns how many files could not be read. Raises `Unreadable`."""
        found, failed = self._texts.of(row, progress)
        for each in sorted(found, key=lambda each: (len(each.file), each.file)):
            if row.registration in self._whose.get(each.text, _NOBODY):
                continue  # A copy that a machine made of it, or a link to it.
            at = At(row.registration, each.file)
            self._at.setdefault(each.text, []).append(at)
            self._whose[each.text] = self._whose.get(each.text, _NOBODY) | {at.learner}
            if each.odd >= LEAST_ODD and (not self._learner or self._learner == row.registration):
                self.odd.append(OddFile(row.registration, row.name, each.file, each.odd))
        self._read[row.registration] = tuple(unit.code for unit in row.units)
        return failed

    @property
    def texts(self) -> Collection[int]:
        """The texts that were read, by their numbers."""
        return self._at.keys()

    def pairs(self, progress: Progress) -> tuple[AlikePair, ...]:
        """The learners whose texts, as far as they were read, have passages in common. `progress` can stop it. Raises
        `Unreadable`."""
        self._cohorts = Cohorts(self._read)
        self._counted = Cohorts({learner: codes for learner, codes in self._read.items() if learner in self._seen})
        self.given = self.cited = 0
        found: dict[tuple[str, str], list[AlikePassage]] = {}
        for each in self._passages(progress):
            found.setdefault((each.one.registration, each.other.registration), []).append(each)
        return tuple(self._pair(*who, passages) for who, passages in found.items())

    def of_many(self, may_see: Callable[[str], bool]) -> tuple[SharedByMany, ...]:
        """What more have than is told of pair by pair, and no sheet or template of the centre has, each with those who
        have it whom `may_see` says. Raises `Unreadable`."""
        self._runs = self._many.runs(self._runs)
        return self._many.passages(self._runs, lambda who: self._rows[who].name, may_see, self._learner)

    def _pair(self, one: str, other: str, passages: list[AlikePassage]) -> AlikePair:
        told = not_told_twice(passages)
        pair = AlikePair(one, self._rows[one].name, other, self._rows[other].name, told)
        return pair.turned() if other == self._learner else pair

    def _passages(self, progress: Progress) -> Iterator[AlikePassage]:
        yield from self._same_files()
        self._many = AlikeOfMany(self._texts, self._at, self._given, self._cohorts.were_given)
        candidates, self.left = self._candidates()
        for one, other, had in self._had(candidates):
            if progress.stop.is_set():
                return
            for passage, holders in self._in_both(one, other, had):
                yield from self._of_everybody(passage, holders, one, other)

    def _is_asked(self, learners: Iterable[str]) -> bool:
        return not self._learner or self._learner in learners

    # Which texts share prints that hardly anybody else has

    def _candidates(self) -> tuple[list[tuple[int, int]], int]:
        """The pairs of texts that share most rare prints, and how many more there are that share enough. Where
        everybody was looked at before, and what is given and who is on what are the same, only new texts are looked
        for."""
        kept = self._texts.index.look(self._state) if not self._learner else None
        if kept is not None and self._has_fewer(kept):
            kept = None
        self._runs = kept.of_many if kept is not None else ()
        if kept is None:
            return texts_together(self._sharing(self._at.keys()))
        found, left = texts_together(self._sharing(self._at.keys() - kept.texts))
        known = [each for each in kept.pairs if each[0] in self._at and each[1] in self._at]
        return known + found, kept.left + left

    def _has_fewer(self, kept: KeptLook) -> bool:
        """Whether a text is there no more that had what many share: it may be of two alone by now. Not known before
        everybody is read."""
        if len(self._read) < len(self._rows):
            return False
        many = frozenset[int]().union(*kept.of_many)
        gone = kept.texts - self._at.keys() if many else ()
        return any(not many.isdisjoint(self._texts.index.prints(each)) for each in gone)

    def keep(self) -> None:
        """After everybody was looked at: keep which texts share passages, so that the next look need not find out.
        Raises `Unreadable`."""
        pairs = tuple(pair for pair, compared in self._compared.items() if compared.passages or not compared.is_read)
        self._texts.index.keep_look(self._state, KeptLook(frozenset(self._at), pairs, self.left, self._runs))

    @property
    def _state(self) -> str:
        """What tells one look at everybody from another, besides the texts."""
        return sha256(repr((sorted(self._read.items()), sorted(self._given))).encode()).hexdigest()

    def _sharing(self, texts: Set[int]) -> Iterator[tuple[int, int]]:
        """For each rare print that one of these texts shares with another learner's its places in both."""
        for each, places in self._prints(texts):
            if each in self._given or len(places) < 2:
                continue
            if len(places) > _MOST_TEXTS or (len(places) > 2 and self._cohorts.were_given(self._holders_of(places))):
                self._many.take(each, places)
                continue
            whose = [(place, self._whose[place // MOST_PARTS]) for place in sorted(places)]
            for (one, mine), (other, theirs) in combinations(whose, 2):
                is_new = one // MOST_PARTS in texts or other // MOST_PARTS in texts
                if is_new and (mine != theirs or len(mine) > 1) and self._is_asked(mine | theirs):
                    yield one, other

    def _holders_of(self, places: Iterable[int]) -> frozenset[str]:
        return _NOBODY.union(*[self._whose[place // MOST_PARTS] for place in places])

    def _prints(self, texts: Set[int]) -> Iterable[tuple[int, Sequence[int]]]:
        """Each print that these texts share with others, with its places; of one learner those of theirs."""
        index, everything = self._texts.index, self._at.keys()
        if self._learner:
            texts = {each for each in texts if self._learner in self._whose[each]}
        if len(texts) == len(everything):
            return index.shared(everything)
        return index.holders(frozenset().union(*map(index.prints, texts)), everything).items()

    # What two texts share, word by word

    def _had(self, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, _Holders]]:
        """For each two texts the prints that both have, with who has them by now: asked for those of many at a time."""
        some: list[tuple[int, int, frozenset[int]]] = []
        wanted: set[int] = set()
        for one, other in pairs:
            some.append((one, other, self._texts.index.prints(one) & self._texts.index.prints(other)))
            wanted |= some[-1][2]
            if len(wanted) > _MOST_WANTED:
                yield from self._holders(some, wanted)
                some, wanted = [], set()
        yield from self._holders(some, wanted)

    def _holders(
        self, some: Iterable[tuple[int, int, frozenset[int]]], wanted: set[int]
    ) -> Iterator[tuple[int, int, _Holders]]:
        places = self._texts.index.holders(wanted, self._at.keys())
        for one, other, shared in some:
            yield one, other, {each: self._holders_of(places[each]) for each in shared}

    def _in_both(self, one: int, other: int, had: _Holders) -> Iterator[tuple[AlikePassage, frozenset[str]]]:
        """The passages that the two texts share, as those of the first learner of each, with who has them of whom it is
        known for each print; not those that were given."""
        given = frozenset(each for each, learners in had.items() if self._cohorts.were_given(learners))
        compared = self._compared.get((one, other))
        if compared is None or compared.given != given:
            compared = self._compared[one, other] = self._compare(one, other, given)
        both = self._whose[one] | self._whose[other]
        for passage, prints in compared.passages:
            known = [had[each] for each in prints if each in had and each not in given]
            counts = Counter(learner for learners in known for learner in learners)
            holders = both | {learner for learner, count in counts.items() if 2 * count >= len(known)}
            if self._cohorts.were_given(holders):
                self.given += 1
            elif passage.quoted and passage.source:
                self.cited += 1
            else:
                yield passage, frozenset(holders)

    def _compare(self, one: int, other: int, given: frozenset[int]) -> _Compared:
        """What the two texts share, read word by word."""
        first, second = self._at[one][0], self._at[other][0]
        mine, theirs = self._texts.worded(*first), self._texts.worded(*second)
        if mine is None or theirs is None:
            return _Compared(given, is_read=False)
        found = shared_passages(mine.words, theirs.words, given | self._given)
        told = ((self._told(each, (first, mine), (second, theirs)), _prints_in(each, mine)) for each in found)
        return _Compared(given, tuple(told))

    def _told(self, passage: SharedPassage, one: tuple[At, Worded], other: tuple[At, Worded]) -> AlikePassage:
        mine, theirs = one[1], other[1]
        here, there = _span(mine, passage.one), _span(theirs, passage.other)
        named = sources_at(mine.document.source, *here), sources_at(theirs.document.source, *there)
        return AlikePassage(
            self._side(*one, here, passage.marked_one),
            self._side(*other, there, passage.marked_other),
            passage.words,
            passage.longest,
            holders=0,
            cohort=0,
            quoted=is_quoted(mine.document.source, *here) and is_quoted(theirs.document.source, *there),
            source=source_of_both(*named),
        )

    def _side(self, at: At, worded: Worded, span: tuple[int, int], marked: Sequence[int]) -> Side:
        (start, end), document, words = span, worded.document, worded.words
        passage = Passage(at.file, document.text.sha256, document.line_at(start) + 1, document.line_at(end - 1) + 1, "")
        with suppress(MarkTermError):
            passage = cite_lines(document, at.file, Extent(passage.first - 1, passage.last - 1))
        marks = tuple((words.starts[first] - start, words.ends[last] - start) for first, last in _in_rows(marked))
        return Side(at.learner, self._rows[at.learner].name, passage, document.source[start:end], marks, start)

    def _of_everybody(
        self, passage: AlikePassage, holders: frozenset[str], one: int, other: int
    ) -> Iterator[AlikePassage]:
        """The passage for every two learners who have these two texts."""
        for mine in self._at[one]:
            for theirs in self._at[other]:
                if mine.learner != theirs.learner and self._is_asked((mine.learner, theirs.learner)):
                    sides = self._copy(passage.one, mine), self._copy(passage.other, theirs)
                    first, second = sides if mine.learner < theirs.learner else sides[::-1]
                    size = self._counted.size(mine.learner, theirs.learner)
                    yield replace(passage, one=first, other=second, holders=len(holders & self._seen), cohort=size)

    def _copy(self, side: Side, at: At) -> Side:
        """The same side in another learner's copy of the file."""
        passage = replace(side.passage, file=at.file)
        return replace(side, registration=at.learner, name=self._rows[at.learner].name, passage=passage)

    # The same files

    def _same_files(self) -> Iterator[AlikePassage]:
        """The files that several learners have, byte for byte: whatever kind they are of, and within others."""
        for text, ats in self._at.items():
            if len(self._whose[text]) > 1 and (worded := self._texts.worded(*ats[0])) is not None:
                yield from self._same_file(ats, worded.document.text.sha256, len(worded.words.keys))
        told: set[str] = set()
        for row in self._rows.values():
            if row.registration in self._read and self._is_asked((row.registration,)):
                yield from self._same_without_words(row, told)

    def _same_without_words(self, row: CaseloadRow, told: set[str]) -> Iterator[AlikePassage]:
        """Of that learner those that were not `told` of before."""
        for name in self._same.elsewhere(row.folder):
            held = self._same.of(row.folder)[name]
            sha256 = self._same.hash_of(held)
            if sha256 in told or name.startswith(f"{ACCOUNTS_FOLDER}/") or self._texts.index.held(sha256):
                continue
            told.add(sha256)
            holders = (
                (self._of_folder.get(each.folder, ""), each.name) for each in self._same.holders(held.size, sha256)
            )
            yield from self._same_file([At(who, file) for who, file in holders if who in self._read], sha256, 0)

    def _same_file(self, ats: Sequence[At], sha256: str, words: int) -> Iterator[AlikePassage]:
        by_learner = {at.learner: at for at in reversed(ats)}
        if self._cohorts.were_given(by_learner):
            self.given += 1
            return
        sides = {
            who: Side(who, self._rows[who].name, Passage(at.file, sha256, 1, 1, "")) for who, at in by_learner.items()
        }
        for one, other in combinations(sorted(sides), 2):
            if self._is_asked((one, other)):
                size, holders = self._counted.size(one, other), len(self._seen & sides.keys())
                yield AlikePassage(sides[one], sides[other], words, 0, holders, size, is_file=True)


def _prints_in(passage: SharedPassage, worded: Worded) -> frozenset[int]:
    """The prints of the passage in the first text."""
    keys = worded.words.keys
    inside = (keys[number] for number in worded.words.telling if passage.one[0] <= number < passage.one[1])
    return frozenset(kept_prints(list(inside)))


def _span(worded: Worded, numbers: tuple[int, int]) -> tuple[int, int]:
    """Where these words begin and end in the text."""
    return worded.words.starts[numbers[0]], worded.words.ends[numbers[1] - 1]


def _in_rows(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each row of numbers that follow each other."""
    breaks = [0, *(place for place, (one, after) in enumerate(pairwise(numbers), 1) if after != one + 1), len(numbers)]
    for first, end in pairwise(breaks):
        yield numbers[first], numbers[end - 1]
