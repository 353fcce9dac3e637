"""Passages that so many learners have that they are taken as given, though nothing that the centre gives has them: a
source that a whole cohort copied, or a handout of which the centre has no template. Which it is, a person has to see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress

from markterm.centre.alike_texts import AlikeTexts, At, Worded
from markterm.domain.record.citation import Passage
from markterm.domain.texts.word_prints import MOST_PARTS, shared_prints
from markterm.domain.views.alike import MOST_HAVE, Holder, SharedByMany
from markterm.domain.words.errors import MarkTermError
from markterm.evidence.text.passages import Extent, cite_lines

_LEAST = 12
"""Words that say something, in a row: fewer are a turn of phrase, which many have who write to one task."""
_LEAST_PRINTS = 6
"""Prints that are kept of so many words, at least."""
_APART = 3
"""Such words, at most, between two that are shared, in one passage."""
_FEW = MOST_HAVE + 2
"""Texts that are kept of each print: where so many have a passage each of them has it."""
_TRIES = 3
"""Texts in which a print is looked for in a row of others: of turns of phrase, which are many, no more texts are read,
or there would be no end of it."""
_MOST_READ = 2_000
"""Texts that are read for it."""


class AlikeOfMany:
    """What many share in the texts that `at` says whose they are, but for the prints that the centre has `given`.
    `were_given` says whether those who have something are so many."""

    def __init__(
        self,
        texts: AlikeTexts,
        at: Mapping[int, Sequence[At]],
        given: Set[int],
        were_given: Callable[[Collection[str]], bool],
    ) -> None:
        self._texts = texts
        self._at = at
        self._given = given
        self._were_given = were_given
        self._by_text: dict[int, set[int]] = {}
        """By texts the prints in them that many have."""

    def take(self, each: int, places: Sequence[int]) -> None:
        """A print that is not told of pair by pair, with its places."""
        texts = sorted({place // MOST_PARTS for place in places})
        if self._were_given({at.learner for text in texts for at in self._at[text]}):
            for text in texts[:_FEW]:
                self._by_text.setdefault(text, set()).add(each)

    def runs(self, known: Sequence[frozenset[int]]) -> tuple[frozenset[int], ...]:
        """The prints of each passage, after those that are known. Raises `Unreadable`."""
        for text, ats in self._at.items():
            if len(ats) > 1 and self._were_given({at.learner for at in ats}):
                self._by_text[text] = set(self._texts.index.prints(text) - self._given)
        return *known, *self._runs(frozenset[int]().union(*known))

    def passages(
        self,
        runs: Sequence[frozenset[int]],
        names: Callable[[str], str],
        may_see: Callable[[str], bool],
        learner: str = "",
    ) -> tuple[SharedByMany, ...]:
        """The passages of these prints, those that most have first, each with those holders whom `may_see` says; with a
        `learner` only what that one has too. Raises `Unreadable`."""
        places = self._texts.index.holders(frozenset[int]().union(*runs), self._at.keys()) if runs else {}
        told: list[SharedByMany] = []
        for run in runs:
            holders = self._holders(run, places)
            if self._were_given(holders.keys()) and (not learner or learner in holders):
                seen = {who: text for who, text in sorted(holders.items()) if may_see(who)}
                if len(seen) > 1 and (passage := self._told(run, seen, names)) is not None:
                    told.append(passage)
        return tuple(sorted(told, key=lambda each: (-len(each.holders), -each.words)))

    def _runs(self, known: Set[int]) -> Iterator[frozenset[int]]:
        by_text, told, tried, read = self._by_text, set(known), Counter[int](), 0
        for text in sorted(by_text, key=lambda text: (-len(by_text[text]), text)):
            prints = {each for each in by_text[text] - told if tried[each] < _TRIES}
            if len(prints) < _LEAST_PRINTS:
                continue  # Told of another text, as is most of what those who share it have.
            if read == _MOST_READ:
                return
            read += 1
            tried.update(prints)
            if (worded := self._texts.worded(*self._at[text][0])) is None:
                continue
            for _, inside in _in_rows(worded, prints):
                told |= inside
                yield inside

    def _holders(self, run: Set[int], places: Mapping[int, Sequence[int]]) -> dict[str, int]:
        """Who has most of it, each with the text in which most of it is."""
        counts = Counter(text for each in run for text in {place // MOST_PARTS for place in places.get(each, ())})
        holders: dict[str, int] = {}
        for text, count in counts.items():
            for at in self._at[text] if 2 * count >= len(run) else ():
                if count > counts.get(holders.get(at.learner, -1), 0):
                    holders[at.learner] = text
        return holders

    def _told(self, run: Set[int], holders: Mapping[str, int], names: Callable[[str], str]) -> SharedByMany | None:
        """It as it stands in the text of the first of them in which it is."""
        ats = [next(at for at in self._at[text] if at.learner == who) for who, text in holders.items()]
        for at in ats:
            worded = self._texts.worded(*at)
            rows = list(_in_rows(worded, run)) if worded is not None else []
            if worded is None or not rows:
                continue
            (first, last), _ = max(rows, key=lambda row: row[0][1] - row[0][0])
            document, words = worded.document, worded.words
            start, end = words.starts[words.telling[first]], words.ends[words.telling[last]]
            lines = document.line_at(start), document.line_at(end - 1)
            passage = Passage(at.file, document.text.sha256, lines[0] + 1, lines[1] + 1, "")
            with suppress(MarkTermError):
                passage = cite_lines(document, at.file, Extent(*lines))
            first_one = Holder(at.learner, names(at.learner), at.file)
            others = [Holder(each.learner, names(each.learner), each.file) for each in ats if each is not at]
            size = words.telling[last] - words.telling[first] + 1
            return SharedByMany((first_one, *others), passage, document.source[start:end], size)
        return None


def _in_rows(worded: Worded, prints: Set[int]) -> Iterator[tuple[tuple[int, int], frozenset[int]]]:
    """Where words of these prints stand in rows that are long enough: the numbers of the first and the last of the
    words that say something, and the prints in it."""
    found, _ = shared_prints(worded.words.told(), (), prints)
    stands = sorted((place[0], place[-1], each) for each, places in found.items() for place in places)
    row: list[tuple[int, int, int]] = []
    end = -1
    for place in [*stands, None]:
        if place is None or (row and place[0] - end > _APART):
            inside = frozenset(each for _, _, each in row)
            if row and end - row[0][0] + 1 >= _LEAST and len(inside) >= _LEAST_PRINTS:
                yield (row[0][0], end), inside
            row, end = [], -1
        if place is not None:
            row.append(place)
            end = max(end, place[1])
