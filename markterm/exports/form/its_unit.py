"""Of which unit a form is, as far as its own words say: numbers of criteria are the same in every unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markterm.domain.assessed.unit import Unit
from markterm.exports.form.form_file import FormFile
from markterm.exports.form.grid import stories_of

_SHORTEST_TITLE = 12


def names_others(form: FormFile, unit: Unit, others: Iterable[Unit]) -> tuple[str, ...]:
    """The codes of those of the `others` that the form names, by code or by title; none where it names the unit too, by
    its number alone even, or names no unit at all."""
    said = " ".join(" ".join(text.split()) for story in stories_of(form) for text in story.texts).casefold()
    if _says(said, unit.code.rpartition("-")[2]) or _names(said, unit):
        return ()
    return tuple(dict.fromkeys(each.code for each in others if each.code != unit.code and _names(said, each)))


def _names(said: str, unit: Unit) -> bool:
    title = " ".join(unit.title.split()).casefold()
    return _says(said, unit.code) or (len(title) >= _SHORTEST_TITLE and title in said)


def _says(said: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word.casefold())}(?![\w-])", said) is not None
