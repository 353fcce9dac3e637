"""The criteria and units that somebody means who types a number, a code or both: 2.1, 501, 501 2.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markterm.domain.words.code import is_code, short_codes
from markterm.domain.words.letters import plain

Meant = tuple[str, str]
"""The code of a unit and the number of a criterion, which is empty where the whole unit is meant."""


def places_meant(text: str, places: Sequence[Meant], here: str) -> list[Meant]:
    """What `text` can mean among the criteria at these places, the likeliest first; of no text every unit.

    What is written whole comes before what is only begun, and a criterion of the unit `here` before those of others.
    """
    words = plain(text).split()
    codes = list(dict.fromkeys(code for code, _ in places))
    if not words:
        return [(code, "") for code in codes]
    if len(words) > 2:
        return []
    in_turn = sorted(places, key=lambda place: place[0] != here)
    if len(words) == 2:
        units = set(_whole(words[0], codes)) or set(_begun(words[0], codes))
        return _numbered(words[1], [place for place in in_turn if place[0] in units])
    own = [place for place in in_turn if place[0] == here]
    found: Iterator[Meant] = (
        meant
        for several in (
            _of_units(_whole(words[0], codes)),
            [place for place in in_turn if place[1].casefold() == words[0]],
            _numbered(words[0], own),
            _of_units(_begun(words[0], codes)),
            _numbered(words[0], in_turn),
        )
        for meant in several
    )
    return list(dict.fromkeys(found))


def _numbered(number: str, places: Sequence[Meant]) -> list[Meant]:
    """Those of that number, then those whose number begins so; a letter in it (K5) may be typed as k5."""
    begun = [each for each in places if each[1].casefold().startswith(number)]
    return sorted(begun, key=lambda each: each[1].casefold() != number)


def _of_units(codes: Sequence[str]) -> list[Meant]:
    return [(code, "") for code in codes]


def _whole(word: str, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if is_code(word, plain(code))]


def _begun(word: str, codes: Sequence[str]) -> list[str]:
    short = short_codes(codes)
    return [code for code in codes if plain(code).startswith(word) or plain(short[code]).startswith(word)]
