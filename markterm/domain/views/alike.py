"""What learners' work has in common, as it is shown: advice with figures. It never says what it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from markterm.domain.record.citation import Passage
from markterm.domain.rules.seeing import ANOTHER
from markterm.domain.views.caseload import CaseloadRow
from markterm.domain.words.counted import counted
from markterm.domain.words.foreign_text import one_line, shortened

MOST_HAVE = 10
"""Learners: what more of them have is taken as given to everybody."""
ENOUGH = 2 * MOST_HAVE
"""Learners of a cohort who have to be read before anything is said of it: of fewer, what was given is not known yet."""
LEAST_ODD = 12
"""Odd words of which a file is told of: as few as are told of where two share them."""

_SPACES = re.compile(r"\s+")
_MOST_PLACES = 8
_LONGEST_QUOTE = 300


class Cohorts:
    """Who is on which unit: by that it is told what was given to everybody, and what two of them share."""

    def __init__(self, units: Mapping[str, Iterable[str]]) -> None:
        """`units` are the codes of each learner's units, by registration."""
        self._units = {learner: tuple(codes) for learner, codes in units.items()}
        self._sizes = Counter(code for codes in self._units.values() for code in codes)

    @classmethod
    def of(cls, rows: Iterable[CaseloadRow]) -> Cohorts:
        """Those of a caseload."""
        return cls({row.registration: tuple(unit.code for unit in row.units) for row in rows})

    def were_given(self, learners: Collection[str]) -> bool:
        """Whether what so many have was given to them: more than ten have it, or most who are on a unit."""
        if len(learners) > MOST_HAVE:
            return True
        on = Counter(code for each in learners for code in self._units.get(each, ()))
        # Of two who are all that are on a unit one may have copied from the other.
        return any(number > max(2, self._sizes[code] // 2) for code, number in on.items())

    def size(self, one: str, other: str) -> int:
        """How many are on a unit that both are on, the largest; of two who share none, on the larger of theirs."""
        mine, theirs = self._units.get(one, ()), self._units.get(other, ())
        codes = [code for code in mine if code in theirs] or [*mine, *theirs]
        return max((self._sizes[code] for code in codes), default=len(self._units))


@dataclass(frozen=True, slots=True)
class Side:
    """A learner's side of what is alike: whose it is, where it stands, the words there, and which of them the other one
    has too, as places in `text`. Of a whole file there are neither words nor marks."""

    registration: str
    name: str
    passage: Passage
    text: str = ""
    marked: tuple[tuple[int, int], ...] = ()
    start: int = 0
    """Where the words begin in the text of the file."""

    def is_within(self, other: Side) -> bool:
        """Whether all of it is in the other one, of the same file."""
        if self.passage.file != other.passage.file:
            return False
        return not other.text or (
            bool(self.text)
            and other.start <= self.start
            and self.start + len(self.text) <= other.start + len(other.text)
        )

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The words on one line, piece by piece, each with whether the other side has it too."""
        at = 0
        for start, end in self.marked:
            yield _in_a_line(self.text[at:start]), False
            yield _in_a_line(self.text[start:end]), True
            at = end
        yield _in_a_line(self.text[at:]), False

    @property
    def where(self) -> str:
        """The file and the line in it, with the page or slide where it has any: `diary.md:5 (page 2)`."""
        place = self.passage
        if not self.text:
            return one_line(place.file)
        return one_line(f"{place.file}:{place.first}" + (f" ({place.place})" if place.place else ""))


@dataclass(frozen=True, slots=True)
class AlikePassage:
    """A passage that two learners have: `words` are the same in both, `longest` of them in one row, and `holders`
    learners of the `cohort` have it, these two among them. `quoted` says that both show it as a quotation, `source`
    whom both name there, and `is_file` that the files are the same, byte for byte."""

    one: Side
    other: Side
    words: int
    longest: int
    holders: int
    cohort: int
    quoted: bool = False
    source: str = ""
    is_file: bool = False

    @property
    def told(self) -> str:
        """The figures in words."""
        held = f"{counted(self.holders, 'learner')} of {self.cohort:,} have it"
        if self.is_file:
            what = "the same file, byte for byte" + (f", {counted(self.words, 'word')}" if self.words else "")
        else:
            what = f"{counted(self.words, 'word')} alike, the longest row {self.longest}"
        named = f"both name {self.source}" if self.source else ""
        return "; ".join(filter(None, (what, held, "both quote it" if self.quoted else "", named)))


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two learners, and the passages that both have, the longest first and what both quote last."""

    one: str
    one_name: str
    other: str
    other_name: str
    passages: tuple[AlikePassage, ...]

    @property
    def words(self) -> int:
        """How many words are alike, but for what both quote."""
        return sum(each.words for each in self.passages if not each.quoted)

    @property
    def quoted(self) -> int:
        """How many words both quote."""
        return sum(each.words for each in self.passages if each.quoted)

    @property
    def files(self) -> int:
        """How many files are the same, byte for byte."""
        return sum(each.is_file for each in self.passages)

    @property
    def files_of_one(self) -> tuple[str, ...]:
        """The files of the first learner in which it stands, each once."""
        return tuple(dict.fromkeys(each.one.passage.file for each in self.passages))

    @property
    def told(self) -> str:
        """The figures in words."""
        own = [each.words for each in self.passages if not (each.is_file or each.quoted)]
        parts = (
            counted(self.files, "same file") if self.files else "",
            f"{counted(sum(own), 'word')} in {counted(len(own), 'passage')}" if own else "",
            f"{counted(self.quoted, 'word')} quoted by both" if self.quoted else "",
        )
        return ", ".join(filter(None, parts))

    def turned(self) -> AlikePair:
        """The same, seen from the other learner."""
        turned = tuple(replace(each, one=each.other, other=each.one) for each in self.passages)
        return AlikePair(self.other, self.other_name, self.one, self.one_name, turned)


def not_told_twice(passages: Iterable[AlikePassage]) -> tuple[AlikePassage, ...]:
    """The passages of a pair, the same files first, then the longest, and what both quote last; without those of which
    both sides are in longer ones: who says something twice shares it with each place where another one has it."""
    told: list[AlikePassage] = []
    for each in sorted(passages, key=lambda each: (each.quoted, not each.is_file, -each.words, each.one.where)):
        mine = any(each.one.is_within(known.one) for known in told)
        if not (mine and any(each.other.is_within(known.other) for known in told)):
            told.append(each)
    return tuple(told)


def in_order(pairs: Iterable[AlikePair]) -> tuple[AlikePair, ...]:
    """The pairs by how much is alike; what is only quoted comes last."""
    return tuple(sorted(pairs, key=lambda each: (-each.files, -each.words, -each.quoted, each.one, each.other)))


class OddFile(NamedTuple):
    """A learner's file with so many words that are written as nobody writes who does not want them to be found: with
    letters of another alphabet or signs without width in them, with spaces between letters, or backwards."""

    registration: str
    name: str
    file: str
    words: int

    @property
    def told(self) -> str:
        """The file with what is odd in it, in words."""
        odd = "letters of other alphabets, signs without width, spaces within, or backwards"
        return f"{one_line(self.file)}: {counted(self.words, 'word')} with {odd}"


class Holder(NamedTuple):
    """A learner who has a passage, and the file in which they have it."""

    registration: str
    name: str
    file: str


class SharedByMany(NamedTuple):
    """A passage of so many words that more learners have than copy from each other, and nothing that the centre gives
    has. It is shown as it stands in the file of the first of its `holders`."""

    holders: tuple[Holder, ...]
    passage: Passage
    text: str
    words: int

    @property
    def told(self) -> str:
        """What it may be, in words: it is for a person to see which."""
        what = f"{counted(len(self.holders), 'learner')} share this passage of {counted(self.words, 'word')}"
        return f"{what}: probably a source, or a handout that the task gave. Add it to the templates, or look."

    def in_lines(self, who: Callable[[Holder], str]) -> Iterator[str]:
        """The passage in lines: what is told of it, its words with where they stand, and in which files each of the
        others has it; `who` says how a learner is called."""
        first, *others = self.holders
        yield self.told
        yield one_line(
            f"{who(first)} {self.passage.file}:{self.passage.first}: “{shortened(one_line(self.text), _LONGEST_QUOTE)}”"
        )
        for each in others:
            yield one_line(f"{who(each)} {each.file}")


class AlikeSeen(NamedTuple):
    """What was found so far, as far as whoever asks may see it, with `odd` files and passages that `many` share, which
    are known at the end: `hidden` counts the pairs of learners
    that they may not, `read` of `of` learners were looked at, and `unread` are files of theirs that could not be read,
    `given` how many places were left out because too many have them, `cited` because both quote them and name the
    source. `left` pairs had too little in common to be looked into. To who sees some learners these three are not told:
    they would tell of others."""

    pairs: tuple[AlikePair, ...]
    hidden: int = 0
    read: int = 0
    of: int = 0
    unread: int = 0
    given: int = 0
    left: int = 0
    odd: tuple[OddFile, ...] = ()
    cited: int = 0
    many: tuple[SharedByMany, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was left out, in sentences."""
        told = (
            (self.given, f"Taken as given to everybody, and left out: {counted(self.given, 'place')}."),
            (self.cited, f"Left out, quoted by both with its source: {counted(self.cited, 'place')}."),
            (self.left, f"Not looked into: {counted(self.left, 'more pair')} of files that share less."),
            (self.unread, f"Not read: {counted(self.unread, 'file')}."),
        )
        return tuple(words for number, words in told if number)


def hidden_told(hidden: int, learner: str = "") -> str:
    """What is told to who may not see which: that there is something, and who sees it; empty where there is nothing.
    With a `learner` it is of how many others theirs is like."""
    if not hidden:
        return ""
    if learner:
        others = "another learner" if hidden == 1 else f"{hidden:,} other learners"
        return f"Work of {learner} is like that of {others} of the centre. Verifiers see which, and who assesses both."
    pairs = "1 pair" if hidden == 1 else f"{hidden:,} pairs"
    return f"Work is alike in {pairs} of learners. Verifiers see which, and who assesses both."


def case_text(said: str, passages: Sequence[AlikePassage]) -> str:
    """What a case says that is opened on these passages, each with the learner's own side first: what a person said,
    then where it stands on both sides. The other learner is not named: who reads this record may not see theirs. By the
    hash of the file whoever may finds it."""
    lines = [said, ""]
    for each in passages[:_MOST_PLACES]:
        here, there = each.one.passage, each.other.passage
        lines.append(f"{each.told}.")
        lines.append(f"Here: {_place(here)} in {one_line(here.file)} (SHA-256 {here.sha256}).")
        lines.append(f"There: {_place(there)} in a file of {ANOTHER} (SHA-256 {there.sha256}).")
        # The line in which it stands may begin with words of the learner's own.
        if words := _in_a_line(each.one.text).strip():
            lines.append(f"“{shortened(one_line(words), _LONGEST_QUOTE)}”")
        lines.append("")
    if (left := len(passages) - _MOST_PLACES) > 0:
        lines.append(f"And {counted(left, 'passage')} more.\n")
    lines.append("Texts were compared: that says what is the same, and not why. It is no verdict.")
    return "\n".join(lines).strip()


def _in_a_line(text: str) -> str:
    """The text with single spaces, also at its ends."""
    return _SPACES.sub(" ", text)


def _place(passage: Passage) -> str:
    lines = f"line {passage.first}" if passage.first == passage.last else f"lines {passage.first}–{passage.last}"
    return f"{passage.place}, {lines}" if passage.place else lines
