"""Who of a centre's learners is named in a text: by registration, by name, or by a part of a name that is no word.

Names are looked up word by word in an index that is made once, so that ten thousand learners cost a screen no more than
ten. A name is known in either order, in any capitals, without its accents, with any apostrophe or hyphen or none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import ORDINARY_WORDS


class How(StrEnum):
    """In which way somebody is named."""

    REGISTRATION = "registration"
    NAME = "name"
    """Two parts of the name beside each other, or all of it."""
    PART = "part"
    """A part of the name alone, which is no ordinary word."""
    WORD = "word"
    """A part of the name alone, with a capital, which is an ordinary word too."""


@dataclass(frozen=True, slots=True)
class Mention:
    """From where to where in a text somebody is named, and who it may be: registrations, sorted."""

    start: int
    end: int
    how: How
    learners: tuple[str, ...]


_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
_IN_TWO = re.compile(r"([a-z]{2,})(\d{2,})")
_BETWEEN_TWO = re.compile(r"[ \u00a0._/\u2010-\u2013-]")
# What may stand between two parts of one name. A full stop and a space end a sentence, but after an initial.
_WITHIN = re.compile(r"\s{1,3}|,\s{0,2}|[-\u2010-\u2013\u2212'’‘`´_.]|\s[-\u2010-\u2013]\s")
_AFTER_INITIAL = re.compile(r"\.?\s{0,2},?")
_APOSTROPHES = "'’‘`´"
_BETWEEN = "al ap bin da das de del della den der di dos du el ibn la le lo mac mc o san st ten ter van von y"
PARTICLES = frozenset(_BETWEEN.split())
_WORDS_OF_ONE_LETTER = ("A", "I")
"""Initials only with a full stop: `Rosalind, I enjoyed your log` names nobody's initial."""
_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir")
_TITLE_WORDS = frozenset(_TITLES)
_LONGEST_TITLE = 12
_SHORTEST_REGISTRATION = 3
_SHORTEST_IN_SMALL_LETTERS = 3
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text, folded, with its place; `capital` when it does not begin with a small letter."""

    text: str
    start: int
    end: int
    capital: bool

    @property
    def links(self) -> bool:
        """Whether it may stand between two parts of a name: `van`, or an initial."""
        return self.text in PARTICLES or (len(self.text) == 1 and self.capital)


class LearnerNames:
    """Everybody's names. `people` are pairs of registration and name; `others` are names of people who are no learners
    and are not to be taken for any; `earlier` are pairs of a registration and one that it was corrected from."""

    def __init__(
        self,
        people: Iterable[tuple[str, str]] = (),
        others: Iterable[str] = (),
        earlier: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._registrations: list[str] = []
        self._telling: dict[str, set[int]] = {}
        self._as_one_word: dict[str, set[int]] = {}
        self._in_glyphs: dict[str, set[int]] = {}
        self._of_one_word: set[int] = set()
        self._between: set[str] = set(PARTICLES)
        self._by_registration: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self._in_two: dict[str, dict[str, int]] = {}
        """`BRA 0952`: by the letters and then the figures of a registration, for those that were written apart."""
        for registration, name in people:
            self._registrations.append(registration)
            self._take_registration(registration, len(self._registrations) - 1)
            self._take_name(name)
        self._learners = len(self._registrations)
        numbers = {registration: number for number, registration in enumerate(self._registrations)}
        for registration, before in earlier:
            self._take_registration(before, numbers[registration])
        for name in others:
            self._registrations.append("")
            self._take_name(name)
        self._lengths_in_glyphs = sorted({len(word) for word in self._in_glyphs}, reverse=True)
        # Most words of a text are nobody's: one look says so.
        initials = map(chr, range(ord("a"), ord("z") + 1))
        self._known = {*self._telling, *self._between, *self._by_registration, *self._in_two, *self._as_one_word}
        self._known.update(initials)
        self._alone: dict[str, tuple[str, ...]] = {}
        self._certain = {*self._telling.keys() - ORDINARY_WORDS, *self._by_registration, *self._as_one_word}
        self._certain.update(*self._in_two.values())
        self._doubtful = frozenset(self._telling.keys() & ORDINARY_WORDS)

    def __len__(self) -> int:
        return self._learners

    def _take_registration(self, registration: str, number: int) -> None:
        words = tuple(_folded(each) for each in _TOKEN.findall(registration))
        if sum(map(len, words)) >= _SHORTEST_REGISTRATION:
            for written in {words, ("".join(words),)}:
                self._by_registration.setdefault(written[0], []).append((written, number))
        if len(words) == 1 and (apart := _IN_TWO.fullmatch(words[0])) is not None:
            self._in_two.setdefault(apart[1], {})[apart[2]] = number

    def _take_name(self, name: str) -> None:
        number = len(self._registrations) - 1
        telling, between = _parts(name)
        for word in telling:
            self._telling.setdefault(word, set()).add(number)
        self._between |= between
        if len(telling) == 1:
            self._of_one_word.add(number)
        words = [_folded(each) for each in _TOKEN.findall(name)]
        for word in words:
            self._take_glyphs(word, number)
        if len(words) > 1:
            for written in ("".join(words), words[-1] + "".join(words[:-1])):
                self._as_one_word.setdefault(written, set()).add(number)
                self._take_glyphs(written, number)

    def _take_glyphs(self, word: str, number: int) -> None:
        if len(word) > 1 and max(word) >= _FIRST_IDEOGRAPH:
            self._in_glyphs.setdefault(word, set()).add(number)

    def mentions(self, text: str) -> list[Mention]:
        """Who is named in `text`, in its order; no two of them meet."""
        known, in_glyphs = self._known, bool(self._lengths_in_glyphs)
        found: list[Mention] = []
        run: list[_Word] = []
        last = 0
        for match in _TOKEN.finditer(text):
            written = match.group()
            word = written.lower() if written.isascii() else _folded(written)
            if word not in known and not (in_glyphs and written[-1] >= _FIRST_IDEOGRAPH):
                if run:
                    found += self._in_run(text, run)
                    run = []
                continue
            start = match.start()
            if start < last:
                continue
            whole = self._as_a_whole(text, match, word)
            is_part = word in self._telling or word in self._between or len(word) == 1
            if whole or not is_part or (word == "s" and text[start - 1 : start] in _APOSTROPHES):
                if run:
                    found += self._in_run(text, run)
                    run = []
                if whole:
                    found += whole
                    last = whole[-1].end
                continue
            is_letter = written in _WORDS_OF_ONE_LETTER and text[match.end() : match.end() + 1] != "."
            one = _Word(word, start, match.end(), not (written[0].islower() or is_letter))
            if run and not _belong(text, run[-1], one):
                found += self._in_run(text, run)
                run = []
            run.append(one)
        if run:
            found += self._in_run(text, run)
        return found

    def may_name(self, words: Collection[str]) -> bool:
        """Whether a text of these words, in small letters without accents, can name anybody for certain: a quick look
        that spares most texts the long one."""
        if not self._certain.isdisjoint(words):
            return True
        if self._lengths_in_glyphs and any(word[-1] >= _FIRST_IDEOGRAPH for word in words):
            return True
        few = self._doubtful.intersection(words)
        return len(few) > 1 or (bool(few) and not _TITLE_WORDS.isdisjoint(words))

    def named(self, text: str, *, but: str = "") -> tuple[Mention, ...]:
        """Those who are certainly named in `text`. Without the learner `but`, and without their namesakes where nobody
        can tell which of them is meant."""
        return tuple(each for each in self.mentions(text) if each.how is not How.WORD and but not in each.learners)

    def _as_a_whole(self, text: str, match: re.Match[str], word: str) -> list[Mention]:
        """Who is named by a word as a whole: by registration, or by a name that is written as one word."""
        start, end = match.span()
        if word in self._by_registration and (named := self._registration(text, match, word)):
            return named
        if word in self._in_two and _BETWEEN_TWO.match(text, end) and (figures := _TOKEN.match(text, end + 1)):
            number = self._in_two[word].get(figures.group())
            if number is not None:
                return [Mention(start, figures.end(), How.REGISTRATION, (self._registrations[number],))]
        if word in self._as_one_word:
            return self._whole(self._as_one_word[word], start, end)
        in_running_text = bool(self._lengths_in_glyphs) and word not in self._telling
        return list(self._among_glyphs(start, word)) if in_running_text else []

    def _registration(self, text: str, match: re.Match[str], word: str) -> list[Mention]:
        best = 0
        found: list[Mention] = []
        for written, number in self._by_registration[word]:
            end = match.end()
            for wanted in written[1:]:
                following = _TOKEN.search(text, end, end + len(wanted) + 2)
                if following is None or _folded(following.group()) != wanted:
                    break
                end = following.end()
            else:
                if end > best:
                    best = end
                    found = [Mention(match.start(), end, How.REGISTRATION, (self._registrations[number],))]
        return found

    def _whole(self, numbers: Iterable[int], start: int, end: int) -> list[Mention]:
        learners = self._told(numbers)
        return [Mention(start, end, How.NAME, learners)] if learners else []

    def _among_glyphs(self, start: int, word: str) -> Iterator[Mention]:
        """Names in a script that puts nothing between words."""
        at = 0
        while at < len(word):
            for length in self._lengths_in_glyphs:
                numbers = self._in_glyphs.get(word[at : at + length])
                if numbers is not None:
                    yield from self._whole(numbers, start + at, start + at + length)
                    at += length - 1
                    break
            at += 1

    def _in_run(self, text: str, run: Sequence[_Word]) -> Iterator[Mention]:
        """Who is named by words that stand beside each other and are all parts of names."""
        places = [place for place, word in enumerate(run) if word.text in self._telling]
        after = at = 0
        while at < len(places):
            first = last = places[at]
            numbers = self._telling[run[first].text]
            is_whole = False
            while at + 1 < len(places):
                following = places[at + 1]
                both = numbers & self._telling[run[following].text]
                if not both or not self._is_one_name(run, last, following):
                    break
                numbers, last, is_whole = both, following, True
                at += 1
            at += 1
            while first > after and run[first - 1].links:
                first -= 1
            if last + 1 < len(run) and len(run[last + 1].text) == 1 and run[last + 1].capital:
                last += 1
            learners = self._told(numbers) if is_whole else self._told_alone(run[places[at - 1]].text)
            if learners and (how := self._how(text, run, first, last, numbers, is_whole=is_whole)) is not None:
                yield Mention(run[first].start, run[last].end, how, learners)
            after = last + 1

    def _how(
        self, text: str, run: Sequence[_Word], first: int, last: int, numbers: set[int], *, is_whole: bool
    ) -> How | None:
        """How these words name these learners; None for a word in small letters that is a word, or so short that it is
        one in some language."""
        if is_whole:
            return How.NAME
        word = next(word for word in run[first : last + 1] if word.text in self._telling)
        is_word = word.text in ORDINARY_WORDS
        if not word.capital and (is_word or len(word.text) < _SHORTEST_IN_SMALL_LETTERS):
            return None
        if is_word and not _titled(text, run[first].start):
            return How.WORD
        return How.NAME if numbers <= self._of_one_word else How.PART

    def _is_one_name(self, run: Sequence[_Word], first: int, second: int) -> bool:
        """Whether two parts of one name are written as a name: those that are ordinary words with their capitals."""
        one, other = run[first], run[second]
        if one.text == other.text or not all(word.links for word in run[first + 1 : second]):
            return False
        are_words = one.text in ORDINARY_WORDS or other.text in ORDINARY_WORDS
        return not are_words or (one.capital and other.capital)

    def _told_alone(self, word: str) -> tuple[str, ...]:
        learners = self._alone.get(word)
        if learners is None:
            learners = self._alone[word] = self._told(self._telling[word])
        return learners

    def _told(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted({self._registrations[number] for number in numbers if number < self._learners}))


def _belong(text: str, before: _Word, after: _Word) -> bool:
    """Whether what stands between two words may stand in a name."""
    between = text[before.end : after.start]
    if _WITHIN.fullmatch(between):
        return True
    return len(before.text) == 1 and before.capital and _AFTER_INITIAL.fullmatch(between) is not None


def _titled(text: str, start: int) -> bool:
    """Whether Mr, Ms or another title stands before that place."""
    if text[start - 1 : start] not in (" ", "\u00a0", "."):
        return False
    before = _TOKEN.findall(text[max(start - _LONGEST_TITLE, 0) : start])
    return bool(before) and before[-1].casefold() in _TITLES


def _parts(name: str) -> tuple[set[str], set[str]]:
    """The words of a name that tell whose it is, with those that a hyphen or an apostrophe joins as one word too, and
    the words that may stand between them."""
    written = [each for each in re.split(r"[\s,]+", name) if each]
    has_capitals = any(not each[0].islower() for each in written)
    telling: set[str] = set()
    between: set[str] = set()
    for each in written:
        tokens = _TOKEN.findall(each)
        links = [has_capitals and token[0].islower() for token in tokens]
        words = [_folded(token) for token in tokens]
        for word, is_link in zip(words, links, strict=True):
            (between if is_link or word in PARTICLES or len(word) == 1 else telling).add(word)
        if len(words) > 1 and not all(links):
            telling.add("".join(words))
    low = [_folded(word) for word in _TOKEN.findall(name)]
    first = next((place for place, word in enumerate(low) if word in between and len(word) > 1), len(low))
    if 0 < first < len(low) - 1:
        telling.add("".join(low[first:]))
    return telling or set(low), between


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return plain(word)
