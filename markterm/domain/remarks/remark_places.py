"""A note on one learner made into a remark for any: what certainly names them becomes a place to fill.

`Rosalind argues well; her log is complete.` becomes `{given} argues well; {their} log is complete.` A brace that stands
in a note is doubled, so that `fill` gives back the note as it was. What only may be a name stays as it is: `name_too`
makes places of it when a person said so.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from markterm.domain.words.learner_names import How, LearnerNames, Mention
from markterm.domain.words.letters import plain
from markterm.domain.words.ordinary_words import is_ordinary

NAME, GIVEN, FAMILY, REGISTRATION, EMAIL = "name", "given", "family", "registration", "email"


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
# Somebody else of whom a note may speak: then nobody can tell whose "she" is.
_SOMEBODY_ELSE = (
    "adult apprentice assessor boss boy brother carer child client coach coachee colleague customer daughter director "
    "doctor driver employee employer father friend girl guest husband individual instructor interviewer leader man "
    "manager member mentee mentor mother neighbour nurse officer operator owner parent participant partner patient "
    "peer person player resident sister somebody someone son speaker supervisor supplier teacher trainee trainer tutor "
    "user verifier visitor volunteer wife witness woman worker"
)
_ADDRESSING = ("mr", "mrs", "ms", "miss", "mx", "dr", "dear", "hello", "hi", "thanks")
_HERSELF_BEFORE = frozenset(_AFTER_HER.split())
_OTHERS = frozenset(_SOMEBODY_ELSE.split())
_SENTENCE_ENDS = ".!?:;…\n"
_OPENING = " \t\"'“”‘’«([*_–—-•"

_PRONOUN = re.compile(r"(?<![\w/)-])(?:he|him|his|himself|she|her|hers|herself)(?![\w/-])", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_BEFORE = re.compile(r"([^\W\d_]+)([.]?)[ \u00a0]$")
_BEHIND = re.compile(r"[ \u00a0]([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
EMAIL_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_PIECE = re.compile(r"[^\s,._]+")
_NAMES = "name|given|family|registration|email"
_PLACE = re.compile(rf"\{{\{{|\}}\}}|\{{({_NAMES}|{_NAMES.upper()}|(?i:theirs|their|themself|them|they))\}}(['’]s\b)?")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a remark is about. Pronouns are None while nobody knows them."""

    name: str
    registration: str
    pronouns: Pronouns | None = None
    email: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A text with places, and the pronouns that stood there; None if there were none to replace."""

    text: str
    pronouns: Pronouns | None = None


def place(note: str, about: Person) -> Placed:
    """`note` with places for what certainly is the learner's: their registration, their own e-mail address, their whole
    name in any form, a part of it that is no ordinary word and does not stand in another name (Rosalind Franklin), and
    pronouns of the third person where the note named them before and speaks of nobody else.
    """
    spans = dict(_certain(note, about))
    named = sorted(spans)
    pronouns = _pronouns(note, named)
    replaced = False
    if pronouns is not None:
        for match in _PRONOUN.finditer(note):
            shaped = _in_case_of(match.group(), _of_pronoun(match))
            if shaped is not None and not _within(match.start(), named):
                spans[match.span()] = shaped
                replaced = True
    pieces, end = [], 0
    for (start, after), wanted in sorted(spans.items()):
        pieces += [_with_braces(note[end:start]), f"{{{wanted}}}"]
        end = after
    return Placed("".join((*pieces, _with_braces(note[end:]))), pronouns if replaced else None)


def name_too(text: str, about: Person) -> str:
    """A remark in which what only may be that learner's name is a place as well: a person said that it is."""
    pieces, end = [], 0
    for mention in _own_names(about.name, about.registration).mentions(text):
        for (start, after), wanted in _places(text, mention, about):
            pieces += [text[end:start], f"{{{wanted}}}"]
            end = after
    return "".join((*pieces, text[end:]))


def fill(text: str, about: Person) -> str:
    """`text` with its places filled for that person.

    Nothing is left to be filled by hand: a place that was overlooked would go to the learner. Where their pronouns are
    not known, whoever does something is named again ("Nneka says"), for a verb behind "they" would be wrong; "them" and
    "their" are right for everybody.
    """
    given, family = _parts(about.name)
    pronouns = about.pronouns or Pronouns.THEY
    names = {NAME: _plain_name(about.name), GIVEN: given, FAMILY: family, REGISTRATION: about.registration}
    names[EMAIL] = about.email or f"{_FORMS['their'][pronouns]} e-mail address"

    def put(match: re.Match[str]) -> str:
        place, is_short = match[1], match[2] or ""
        if place is None:
            return match.group()[0]
        if place.lower() in names:
            named = names[place.lower()]
            return (named.upper() if place.isupper() else named) + is_short
        if about.pronouns is None and place.lower() == "they" and given:
            return (given.upper() if place.isupper() else given) + is_short
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


def speaks_of(text: str) -> str:
    """The first "he" or "she" of `text` that is no place: whose it is nobody knows. Empty when there is none."""
    found = _PRONOUN.search(text)
    return found.group().lower() if found is not None else ""


def _certain(note: str, about: Person) -> Iterator[tuple[tuple[int, int], str]]:
    """What certainly is the learner's, from where to where, and its place."""
    addresses = [match.span() for match in EMAIL_ADDRESS.finditer(note)] if "@" in note else []
    for start, end in addresses:
        if about.email and note[start:end].casefold() == about.email.casefold():
            yield (start, end), EMAIL
    for mention in _own_names(about.name, about.registration).mentions(note):
        if any(start <= mention.start < end for start, end in addresses):
            continue
        if mention.how is How.REGISTRATION or (mention.how is not How.WORD and _stands_alone(note, mention)):
            yield from _places(note, mention, about)


def _stands_alone(note: str, mention: Mention) -> bool:
    """Whether a name is not rather a part of another one: Rosalind Franklin, Indiana Jones, Jones-Smith, Jones Ltd."""
    start, end = mention.start, mention.end
    if note[start - 1 : start] in ("-", "/") or re.match(r"[-/]\w", note[end : end + 2]):
        return False
    behind = _BEHIND.match(note, end)
    if behind is not None and behind[1] == behind[1].capitalize() and len(behind[1]) > 1:
        return False
    before = _BEFORE.search(note, max(start - 40, 0), start)
    if before is None or before[1] != before[1].capitalize():
        return True
    if before[2] or plain(before[1]) in _ADDRESSING:
        return True
    return is_ordinary(before[1]) and _begins_a_sentence(note, before.start())


def _begins_a_sentence(note: str, start: int) -> bool:
    while start and note[start - 1] in _OPENING:
        start -= 1
    return not start or note[start - 1] in _SENTENCE_ENDS


def _places(text: str, mention: Mention, about: Person) -> Iterator[tuple[tuple[int, int], str]]:
    """The places of one mention: the name as it is written in full is one, else its given and its family part each."""
    words = text[mention.start : mention.end]
    shape = str.upper if words.isupper() and len(words) > 1 and not about.name.isupper() else str
    if mention.how is How.REGISTRATION:
        yield (mention.start, mention.end), REGISTRATION
        return
    given, family = map(_letters, _parts(about.name))
    for letters, wanted in ((_letters(about.name), NAME), (given, GIVEN), (family, FAMILY)):
        if _letters(words) == letters:
            yield (mention.start, mention.end), shape(wanted)
            return
    every = [match for match in _PIECE.finditer(words) if _letters(match.group())]
    pieces = [piece for piece in every if len(_letters(piece.group())) > 1]
    written = "".join(_letters(piece.group()) for piece in pieces)
    if len(pieces) == 1 and written == family + given:
        yield (mention.start + pieces[0].start(), mention.start + pieces[0].end()), shape(NAME)  # JonesRosalind
        return
    theirs = {part[:1] for part in (given, family) if part not in written}
    # An initial is the learner's between their names, or in place of one of them: the last one of Rosalind Jones B not.
    while every and len(letter := _letters(every[-1].group())) == 1 and letter not in theirs:
        every.pop()
    while every and len(letter := _letters(every[0].group())) == 1 and letter not in theirs:
        every.pop(0)
    if len(every) > len(pieces) or written == given + family:
        yield (mention.start + every[0].start(), mention.start + every[-1].end()), shape(NAME)
        return
    for piece, wanted in _by_part(pieces, given):
        yield (mention.start + piece[0], mention.start + piece[1]), shape(wanted)


def _by_part(pieces: Sequence[re.Match[str]], given: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The given name by itself, and what stands beside each other of all else as one."""
    wanted = [GIVEN if _letters(piece.group()) == given else FAMILY for piece in pieces]
    for part, run in groupby(zip(pieces, wanted, strict=True), key=lambda pair: pair[1]):
        every = [piece for piece, _ in run]
        yield (every[0].start(), every[-1].end()), part


def _pronouns(note: str, named: Sequence[tuple[int, int]]) -> Pronouns | None:
    """The pronouns that certainly are the learner's; None when there are none, or when nobody can tell whose they are.

    They are certain in a note that named the learner before the first of them, has them of one kind only, says "you" of
    nobody and speaks of nobody else, by a name or as a client, a manager or another person.
    """
    every = list(_PRONOUN.finditer(note))
    if not every or not named:
        return None
    spoken = {_GENDER[match.group().lower()] for match in every}
    if len(spoken) > 1 or named[0][0] > every[0].start() or _YOU.search(note):
        return None
    for match in _WORD.finditer(note):
        word = match.group()
        if plain(word) in _OTHERS or (_is_name(note, match) and not _within(match.start(), named)):
            return None
    return spoken.pop()


def _is_name(note: str, word: re.Match[str]) -> bool:
    """Whether a word looks like the name of somebody: a capital where no sentence begins, and no ordinary word."""
    written = word.group()
    if len(written) == 1 or not written[0].isupper() or written.isupper():
        return False
    return not is_ordinary(written) and not _begins_a_sentence(note, word.start())


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether it lies in one of these, which are in order."""
    after = bisect_right(spans, (place, sys.maxsize))
    return after > 0 and place < spans[after - 1][1]


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


def _with_braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _letters(text: str) -> str:
    """The letters of a text, folded, without what stands between them."""
    return "".join(_WORD.findall(plain(text)))


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


@lru_cache(maxsize=256)
def _own_names(name: str, registration: str) -> LearnerNames:
    return LearnerNames([(registration, name)])
