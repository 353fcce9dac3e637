"""Whether what a page of a PDF says can be words: many a file draws letters whose numbers mean others, or nothing.

What is measured holds for the languages that are written in Latin letters; of others only signs without a letter tell.
"""

from __future__ import annotations

import re
import unicodedata

from markterm.evidence.readers.pdf.lines import UNNAMED

_FEWEST = 24
"""Letters: fewer tell nothing."""
_UNNAMED_SHARE = 0.1
_FEWEST_UNNAMED = 3
# English, French or Polish have 35 to 45 vowels in 100 letters; a text whose letters are all moved by some places has
# about 20. Codes and abbreviations come near to that, so that few letters have to be further away.
_VOWEL_SHARE = 0.22
_VOWEL_SHARE_OF_FEW = 0.15
_FEW, _MANY = 100, 200
# Vietnamese has marks on about every third letter.
_MARKED_SHARE = 0.5
# Letters of phonetic script and of few languages, which have each of them now and then.
_RARE_SHARE = 0.2
_NOT_PLAIN = re.compile("[^A-Za-z]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def reads_as_words(text: str) -> bool:
    """Whether a page with this text reads as words of some language. A page of too few letters does."""
    plain = _NOT_PLAIN.sub("", text)
    others = [character for character in _BEYOND_ASCII.findall(text) if character.isalpha()]
    letters, unnamed = len(plain) + len(others), text.count(UNNAMED)
    if unnamed > max(_UNNAMED_SHARE * (letters + unnamed), _FEWEST_UNNAMED):
        return False
    if letters < _FEWEST:
        return True
    if sum("\u0180" <= letter <= "\u02af" for letter in others) > _RARE_SHARE * letters:
        return False
    marked = [base for letter in others if (base := unicodedata.normalize("NFD", letter)[0].casefold()) < "\u0250"]
    latin = len(plain) + len(marked)
    if latin < max(_FEWEST, letters // 2):
        return True
    vowels = sum(map(plain.count, "aeiouyAEIOUY")) + sum(base in "aeiouyæœøı" for base in marked)
    share = 0.0 if latin < _FEW else _VOWEL_SHARE_OF_FEW if latin < _MANY else _VOWEL_SHARE
    return len(marked) <= _MARKED_SHARE * latin and vowels >= share * latin
