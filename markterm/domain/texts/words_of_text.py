"""The words of a text as they are compared with another learner's: each with its place, and by its stem where it says
something.

What a person sees as the same word is the same: capitals, accents, signs without width within it, and letters of
another alphabet that look like Latin ones do not tell two words apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:[{_WITHIN}]+[^\W_{_UNSPACED}]+)*")
_FIRST_UNSPACED = _UNSPACED[0]
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_OF_A_CHARACTER = 0.4
"""Of what a word says: in what people write there are some two and a half characters for each word that says
something."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]]+")
_LOOK_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d\u03bf\u03b1\u03bd\u03c1\u03b9\u03ba\u03c4\u03c7",
    "aeopcyxijskmtbhoavpiktx",
)
"""Letters of Cyrillic and Greek that are drawn like Latin ones, small or large."""
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
    as another. `telling` are the numbers of those that say something: words such as *the* and *of* do not."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    telling: tuple[int, ...]

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

    def read(self, text: str) -> WordsOfText:
        """The words of `text`, without those of addresses in it: who names the same page shares no words of theirs."""
        text = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
        starts: list[int] = []
        ends: list[int] = []
        keys: list[str] = []
        telling: list[int] = []
        known = self._known
        for match in _WORD.finditer(text):
            word = match[0]
            if (
                word[0] >= _FIRST_UNSPACED
                and _IS_UNSPACED.match(word)
                and (after := _IS_UNSPACED.match(text, match.end()))
            ):
                word += after[0]
            key = known.get(word)
            if key is None:
                key = self._learn(word)
            if key:
                if key[0] != " ":
                    telling.append(len(keys))
                starts.append(match.start())
                ends.append(match.end())
                keys.append(key)
        return WordsOfText(tuple(starts), tuple(ends), tuple(keys), tuple(telling))

    def _learn(self, word: str) -> str:
        """The key of a word that was not met before; with a space before it where the word says little."""
        folded = plain(word)
        if not folded.isascii() and any(letter.isascii() and letter.isalpha() for letter in folded):
            folded = folded.translate(_LOOK_ALIKE)
        folded = folded.partition("'")[0]
        if len(folded) < _SHORTEST or folded in _SAY_LITTLE:
            key = f" {folded}" if folded else ""
        else:
            key = self._stem(folded) or folded
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[word] = key
        return key
