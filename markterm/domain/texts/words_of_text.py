"""The words of a text as they are compared with another learner's: each with its place, and by its stem where it says
something.

What a person sees as the same word is the same: capitals, accents, signs without width within it, letters of another
alphabet that look like Latin ones, digits in place of letters, spaces between letters, a line end within it and a line
that is written backwards do not tell two words apart. What no person writes by accident is counted as odd.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markterm.domain.texts.nobodys_words import without_nobodys_words
from markterm.domain.words.letters import plain

Stem = Callable[[str], str]
"""What different forms of a word have in common."""

_UNSPACED = (
    "\u2e80-\u2fdf\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Characters of Chinese and Japanese, with the radicals that are drawn like some."""
_WITHIN = "'’▯⇄\u0300-\u036f\u20d0-\u20f0"
"""What parts no words: signs without width, and what is drawn over letters."""
_LETTER = rf"[^\W_{_UNSPACED}]"
_ALONE = rf"(?!\d){_LETTER}"
_BROKEN = r"-\n[ \t]*(?=[^\W\d_A-Z])"
"""A word that goes on in the next line."""
_WORD = re.compile(
    rf"(?<!\w){_ALONE}(?:[ \u00a0]{_ALONE}){{3,}}(?!\w)|[{_UNSPACED}]"
    rf"|{_LETTER}+(?:(?:[{_WITHIN}]+|{_BROKEN}){_LETTER}+)*"
)
_RUN = re.compile(r"\w+")
_NO_LETTERS = re.compile(r"[\s-]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_OF_A_CHARACTER = 0.4
"""Of what a word says: in what people write there are some two and a half characters for each word that says
something."""
_LOOK_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d\u04bb\u0501\u051b\u051d\u04cf"
    "\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c4\u03c7\u03c5\u03b5\u03b7\u0585\u057d\u0570\u0578\u0251\u0261",
    "aeopcyxijskmtbhhdqwloavpiktxuenouhnag",
)
"""Letters of Cyrillic, Greek and other alphabets that are drawn like Latin ones, small or large."""
_AS_LETTERS = str.maketrans("0134578", "oieastb")
"""Digits that are read as letters within a word."""
_UNSEEN = "▯⇄"
_ODD = re.compile(rf"[{_UNSEEN}\u0334-\u0338\u20d0-\u20f0]")
"""What is within no word: signs without width, and what is drawn through letters."""
_LONGEST = 20
"""Letters of a word: what signs without width join to more are several."""
_TELL_TALE = ("eht", "taht", "siht", "htiw", "morf")
"""What stands in hardly any word, and in nearly every line that is written backwards."""
_BACKWARDS = re.compile(r"\b(?:eht|dna|taht|htiw|rof|ym|siht|morf)\b", re.IGNORECASE)
_FORWARDS = re.compile(r"\b(?:the|and|that|with|for|my|this|from)\b", re.IGNORECASE)
_LEAST_BACKWARDS = 2
"""Small words of a line that are written backwards."""
_SHORTEST = 2
_MOST_KNOWN = 200_000
_SMALL_WORDS = (
    "a about above after again all also am an and any are as at be because been before being below between both but "
    "by can cannot could did do does doing done down during each few for from further get got had has have having "
    "he her here hers him his how i if in into is it its just may me might more most must my no nor not now of off "
    "on once only or other our out over own per same shall she should so some such than that the their them then "
    "there these they this those through to too under until up upon us very was we were what when where which while "
    "who whom whose why will with within without would you your"
)
_SAY_LITTLE = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class WordsOfText:
    """The words of a text in their order: where each begins and ends in it, and its key, by which it is the same word
    as another. `telling` are the numbers of those that say something: words such as *the* and *of* do not. `odd` is how
    many are written as nobody writes who does not want them to be found."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    telling: tuple[int, ...]
    odd: int = 0

    def told(self) -> list[str]:
        """The keys of the words that say something."""
        return [self.keys[number] for number in self.telling]


def says(key: str) -> float:
    """How much the word of that key says: nothing where it is a small one, and a character less than a word."""
    if key[0] == " ":
        return 0
    return _OF_A_CHARACTER if _IS_UNSPACED.match(key) else 1


class WordReader:
    """Reads the words of texts, by what `stem` gives for a word; each word is worked out once."""

    def __init__(self, stem: Stem) -> None:
        self._stem = stem
        self._known: dict[str, str] = {}
        self._odd: set[str] = set()

    def read(self, text: str) -> WordsOfText:
        """The words of `text`, without those that are nobody's: who names the same page shares no words of theirs."""
        text, odd = _turned(without_nobodys_words(text))
        found = [(*match.span(), match[0]) for match in _WORD.finditer(text)]
        if not text.isascii():
            found = [word for each in found for word in _words_in(text, *each)]
        known, learn = self._known, self._learn
        told = [(start, end, known.get(word) or learn(word)) for start, end, word in found]
        words = [each for each in told if each[2]]
        keys = tuple([key for _, _, key in words])
        return WordsOfText(
            tuple([start for start, _, _ in words]),
            tuple([end for _, end, _ in words]),
            keys,
            tuple([number for number, key in enumerate(keys) if key[0] != " "]),
            odd + sum([word in self._odd for _, _, word in found] if self._odd else ()),
        )

    def _learn(self, word: str) -> str:
        """The key of a word that was not met before; with a space before it where the word says little."""
        folded = plain(word)
        is_odd = " " in folded or _ODD.search(word) is not None
        folded = _NO_LETTERS.sub("", folded)
        if not folded.isascii():
            latin = folded.translate(_LOOK_ALIKE)
            has_some = any(letter.isascii() and letter.isalpha() for letter in folded)
            if has_some or latin.isascii():
                is_odd = is_odd or (has_some and latin != folded)
                folded = latin
        folded = folded.partition("'")[0]
        digits = sum(map(str.isdigit, folded))
        if 0 < digits < len(folded) / 2:
            folded = folded.translate(_AS_LETTERS)
        if len(folded) < _SHORTEST or folded in _SAY_LITTLE:
            key = f" {folded}" if folded else ""
        else:
            key = self._stem(folded) or folded
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
            self._odd.clear()
        self._known[word] = key
        if is_odd:
            self._odd.add(word)
        return key


def _turned(text: str) -> tuple[str, int]:
    """The text with the words of lines that are written backwards turned round, each where it stands, and how many
    there are."""
    if not any(word in text or word.upper() in text for word in _TELL_TALE):
        return text, 0
    lines, turned = text.split("\n"), 0
    for number, line in enumerate(lines):
        if len(_BACKWARDS.findall(line)) >= max(_LEAST_BACKWARDS, len(_FORWARDS.findall(line))):
            lines[number], words = _RUN.subn(lambda found: found[0][::-1], line)
            turned += words
    return "\n".join(lines), turned


def _words_in(text: str, start: int, end: int, word: str) -> Iterator[tuple[int, int, str]]:
    """The words in what was found as one from `start` to `end`, with where each begins and ends: a character of a
    language without spaces is taken with the one after it, and what signs without width join is several words where it
    is longer than any."""
    if word.isascii():
        yield start, end, word
    elif _IS_UNSPACED.match(word):
        after = _IS_UNSPACED.match(text, end)
        yield start, end, word + (after[0] if after else "")
    elif len(word) > _LONGEST and any(sign in word for sign in _UNSEEN):
        for part in _RUN.finditer(word):
            yield start + part.start(), start + part.end(), part[0]
    else:
        yield start, end, word
