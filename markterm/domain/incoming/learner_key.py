"""The ways in which a learner's name is written in the name of a file, as keys that are looked up.

A key has letters alone, folded: `rhysjones`, `jonesrhys`, `rjones`. So it is the same with spaces, underscores, a
hyphen, an apostrophe or nothing between the words, in any capitals and with any accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from markterm.domain.words.learner_names import PARTICLES
from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import ORDINARY_WORDS

_WITHIN = re.compile(
    r"[(\[（]\s*(?:(?:née|nee|né|born|formerly|previously|known as|aka)\b\s*)?([^()\[\]（）]*)[)\]）]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ñ": "ny"})
_JOINED = PARTICLES | {"st", "saint", "ní", "ni", "nic", "ap"}
"""What belongs to the word behind it: nobody is called by the one without the other."""


class Wording(IntEnum):
    """How a name is written, the more telling the higher."""

    FAMILY = 1
    """The family name alone."""
    INITIALS = 2
    """Initials and the family name, in either order."""
    SHORTENED = 3
    """Two words of the name, of which it has more."""
    TURNED = 4
    """All of it, the family name first."""
    WHOLE = 5
    """All of it as the centre writes it."""


def key_of(text: str) -> str:
    """The letters and figures of a text, folded."""
    return "".join(_WORD.findall(plain(text)))


def keys_of(name: str) -> Iterator[tuple[str, Wording]]:
    """The keys under which somebody of that name is found; another name that they go by may stand in brackets: all of
    it, or the given name or the family name alone, as `Rebecca Jones (Becky)` and `Rebecca Jones (née Reid)`."""
    for called in names_of(name):
        for spelt in dict.fromkeys((called, called.casefold().translate(_SPELT_OUT))):
            yield from _keys_of(spelt)


def names_of(name: str) -> Iterator[str]:
    """The names by which somebody goes who is written so, the one outside brackets first."""
    own = " ".join(_WITHIN.sub(" ", name).split())
    family, comma, first = own.partition(",")
    own = f"{first.strip()} {family}" if comma and first.strip() and "," not in first else own
    yield own
    given, _, family = own.rpartition(" ")
    for other in filter(None, map(str.strip, _WITHIN.findall(name))):
        if given and len(other.split()) == 1:
            yield f"{other} {family}"
            yield f"{given} {other}"
        else:
            yield other


def words_of(name: str) -> frozenset[str]:
    """The words of a name, folded: what stands between spaces, and its parts."""
    spelt = (plain(name), plain(name.casefold().translate(_SPELT_OUT)))
    whole = (key_of(each) for text in spelt for each in text.split())
    return frozenset((*whole, *(word for text in spelt for word in _WORD.findall(text)), *_units(spelt[0])))


def is_ordinary(name: str) -> bool:
    """Whether every word of a name is an ordinary one too, such as Will Day."""
    return all(word in ORDINARY_WORDS for word in _WORD.findall(plain(name)))


def _keys_of(name: str) -> Iterator[tuple[str, Wording]]:
    words = [word for word in (key_of(each) for each in name.replace(",", " ").split()) if word]
    if not words:
        return
    yield "".join(words), Wording.WHOLE
    for place in range(1, len(words)):
        yield "".join((*words[place:], *words[:place])), Wording.TURNED
    if len(words) > 2 and words[-2] in _JOINED:
        # Where what belongs to the family name stands behind it: Berg van der, Anne.
        behind = next(place for place in range(1, len(words)) if all(each in _JOINED for each in words[place:-1]))
        yield "".join((words[-1], *words[behind:-1], *words[:behind])), Wording.TURNED
    units = _units(plain(name))
    if len(units) < 2:
        return
    first, family = units[0], units[-1]
    if len(units) > 2:
        # Of T J Hooper no more than the initials is left.
        shortened = Wording.SHORTENED if len(first) > 1 else Wording.INITIALS
        for other in units[1:]:
            yield first + other, shortened
            yield other + first, shortened
    given = [_WORD.findall(plain(each)) for each in name.split()[: len(units) - 1]]
    of_first = "".join(word[0] for word in given[0])
    of_all = "".join(word[0] for words in given for word in words)
    for initials in dict.fromkeys((first[0], of_first, of_all)):
        for named in units[1:]:
            yield initials + named, Wording.INITIALS
            yield named + initials, Wording.INITIALS
    yield family, Wording.FAMILY


def _units(name: str) -> list[str]:
    """The words by which somebody is called, those that belong together as one: `ludwig`, `vandenberg`."""
    units: list[str] = []
    before = ""
    for place, each in enumerate(name.replace(",", " ").split()):
        word = key_of(each)
        if place and word in _JOINED:
            before += word
        elif word:
            units.append(before + word)
            before = ""
    return units
