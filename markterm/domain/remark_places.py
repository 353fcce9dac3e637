"""A note on one learner made into a remark for any: their name and their pronouns become places to fill.

`Rosalind argues well; her log is complete.` becomes `{given} argues well; {their} log is complete.` A brace that stands
in a note is doubled, so that `fill` gives back the note as it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

NAME, GIVEN, FAMILY, REGISTRATION = "name", "given", "family", "registration"


class Pronouns(StrEnum):
    """How a person is spoken of."""

    HE = "he"
    SHE = "she"
    THEY = "they"


_FORMS: Mapping[str, Mapping[Pronouns, str]] = {
    place: dict(zip(Pronouns, forms.split(), strict=True))
    for place, forms in {
        "they": "he she they",
        "them": "him her them",
        "their": "his her their",
        "theirs": "his hers theirs",
        "themself": "himself herself themself",
    }.items()
}
_GENDER = {
    form: pronouns
    for forms in _FORMS.values()
    for pronouns, form in forms.items()
    # What they do is as often said of clients and sessions, and it suits everybody: it stays.
    if pronouns is not Pronouns.THEY
}
# With one of these behind it, "her" is the person herself; with any other word it is something of hers.
_AFTER_HER = (
    "a about after again all also an and as at because before but by during every for from how if in into like more "
    "not now of off on or out over so still than that the then there this those through to too under until up well "
    "what when where whether which while who why with without yet"
)
# Names that are words too: one that begins a sentence is taken for the word, unless a comma or an 's follows.
_NAMES_THAT_ARE_WORDS = (
    "an angel april art august autumn baker bell best bill bishop black blue bond brook brown chance charity chase "
    "christian church cook crystal dale dawn day dean do drew ernest eve faith field fisher ford frank gay gene "
    "good grace grant green guy hall hardy harmony he hill holly hope hunter ivy jack jasmine jay jewel joy june "
    "king knight lane law lee lily little long love major mark mason may miles miller more my nick noble norm olive "
    "page park pat patience pearl penny piper poppy porter price prudence rain ray read rich river rob robin rose "
    "ruby rusty sage sandy savage sharp she short singer skip sky small smart smith so spring star steel sterling "
    "still stone storm strong sue summer sunny tanner taylor temple tuck turner van victor viola violet wade walker "
    "ward waters wells west white will winter wise wood young"
)
_HERSELF_BEFORE = frozenset(_AFTER_HER.split())
_WORDS_TOO = frozenset(_NAMES_THAT_ARE_WORDS.split())
_SHORTEST_NAME = 2
_OPENING = " \t\"'“”‘’«([*_–—-•"
_ENDING = ".!?:;…\n"

_PRONOUN = r"(?<![\w/)-])(?i:he|him|his|himself|she|her|hers|herself)(?![\w/-])"
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_PLACE = re.compile(r"\{\{|\}\}|\{(name|given|family|registration|(?i:theirs|their|themself|them|they))\}(['’]s\b)?")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a remark is about. Pronouns are None while nobody knows them."""

    name: str
    registration: str
    pronouns: Pronouns | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with places, and the pronouns that stood there; None if there were none to replace."""

    text: str
    pronouns: Pronouns | None = None


def place(note: str, about: Person) -> Placed:
    """`note` with places for the learner's name, registration and third-person pronouns.

    Pronouns stay as they are in a note that says "you", for then they speak of somebody else, and in one that has both
    "he" and "she", for then nobody can tell of whom. A name is known by its capitals; one that is an ordinary word
    too (Will, Mark, Grace) is left where it begins a sentence.
    """
    spoken = {_GENDER[found.lower()] for found in re.findall(_PRONOUN, note)}
    pronouns = spoken.pop() if len(spoken) == 1 and not _YOU.search(note) else None
    names = _spellings(about.name, about.registration)
    replaced = False

    def put(match: re.Match[str]) -> str:
        nonlocal replaced
        found = match.group()
        if found in "{}":
            return found * 2
        if (wanted := names.get(found)) is not None:
            return found if _is_the_word(match) else f"{{{wanted}}}"
        shaped = _in_case_of(found, _of_pronoun(match)) if pronouns is not None else None
        if shaped is None:
            return found
        replaced = True
        return f"{{{shaped}}}"

    text = _pattern(about.name, about.registration).sub(put, note)
    return Placed(text, pronouns if replaced else None)


def fill(text: str, about: Person) -> str:
    """`text` with its places filled for that person: "they" where their pronouns are not known.

    Nothing is left to be filled by hand: a place that was overlooked would go to the learner. "They" is right for
    everybody; a verb behind it may need another look.
    """
    given, family = _parts(about.name)
    names = {NAME: _plain_name(about.name), GIVEN: given, FAMILY: family, REGISTRATION: about.registration}
    pronouns = about.pronouns or Pronouns.THEY

    def put(match: re.Match[str]) -> str:
        place, is_short = match[1], match[2] or ""
        if place is None:
            return match.group()[0]
        if place in names:
            return names[place] + is_short
        if is_short and pronouns is Pronouns.THEY and place.lower() == "they":
            is_short = f"{is_short[0]}re"
        form = _FORMS[place.lower()][pronouns]
        return (_in_case_of(place, form) or form) + is_short

    return _PLACE.sub(put, text)


def without_places(text: str) -> str:
    """`text` with nothing in its places: what is left are the words that somebody may look for."""
    return _PLACE.sub(" ", text) if "{" in text else text


def has_pronouns(text: str) -> bool:
    """Whether `text` has a place for a pronoun."""
    return any(match[1] and match[1].lower() in _FORMS for match in _PLACE.finditer(text))


def _of_pronoun(match: re.Match[str]) -> str:
    """The place that a pronoun has: "her" and "his" are two of them each."""
    word = match.group().lower()
    following = _NEXT_WORD.match(match.string, match.end())
    if word == "her":
        return "their" if following is not None and following[1].lower() not in _HERSELF_BEFORE else "them"
    if word == "his":
        return "their" if following is not None else "theirs"
    return next(place for place, forms in _FORMS.items() if word in forms.values())


def _in_case_of(model: str, word: str) -> str | None:
    """`word` in small letters, with a capital or in capitals, as `model` is; None when it is none of these."""
    if model.islower():
        return word
    if model == model.capitalize():
        return word.capitalize()
    return word.upper() if model.isupper() else None


def _is_the_word(match: re.Match[str]) -> bool:
    """Whether a name at that place is rather the word that begins a sentence."""
    if match.group().lower() not in _WORDS_TOO:
        return False
    text, start = match.string, match.start()
    while start and text[start - 1] in _OPENING:
        start -= 1
    begins = not start or text[start - 1] in _ENDING
    return begins and not text.startswith((",", "'s", "’s"), match.end())


def _plain_name(name: str) -> str:
    return " ".join(name.split())


def _parts(name: str) -> tuple[str, str]:
    """The given and the family name of `Zoé van der Berg` or `van der Berg, Zoé`; a single name is both."""
    family, comma, given = _plain_name(name).partition(",")
    if comma and given.strip():
        return given.split()[0], family
    words = family.split()
    if not words:
        return "", ""
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    return words[0], " ".join(words[first:])


@lru_cache(maxsize=64)
def _spellings(name: str, registration: str) -> Mapping[str, str]:
    """The place of each way in which the learner is named: with and without accents, with either apostrophe."""
    given, family = _parts(name)
    found: dict[str, str] = {}
    for word, place in ((_plain_name(name), NAME), (registration, REGISTRATION), (given, GIVEN), (family, FAMILY)):
        bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        for spelling in (word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD")), bare):
            for written in (spelling, spelling.replace("'", "’"), spelling.replace("’", "'")):
                if len(written) >= _SHORTEST_NAME:
                    found.setdefault(written, place)
    return found


@lru_cache(maxsize=64)
def _pattern(name: str, registration: str) -> re.Pattern[str]:
    longest_first = sorted(_spellings(name, registration), key=len, reverse=True)
    named = rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!-?\w)" if longest_first else r"(?!)"
    return re.compile(rf"[{{}}]|{named}|{_PRONOUN}")
