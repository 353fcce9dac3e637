"""The items of a CASE package as statements of a standard.

A type that names a kind makes an item a statement of it. An item that has parts, no code and no such type is a heading.
Everything else is a statement as the publisher wrote it, with its parts below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from markterm.domain.assessed.standard import Statement, StatementKind
from markterm.domain.standards.case_package.parts import Parts, named
from markterm.domain.standards.case_package.told import About, Telling
from markterm.domain.standards.case_package.vocabulary import HEADING, KIND_NAMED, Fields

_DEEPEST = 7
"""How far below each other parts stand in a sheet: a list that is deeper is none to Markdown."""
_LONGEST_CODE = 40
_LONGEST_NUMBER = 24
_LONGEST_HEADING = 200
_CODE = re.compile(rf"[A-Za-z0-9][A-Za-z0-9./_-]{{0,{_LONGEST_CODE - 1}}}")
_NO_CODE = re.compile(r"[^A-Za-z0-9./_-]+")
_HEADINGS = frozenset((HEADING.lower(), "category", "section", "group"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stands: below which headings and which statement, and which kind those say."""

    number: str = ""
    kind: StatementKind | None = None
    under: str = ""
    parent: str = ""
    deep: int = 0


@dataclass
class StatementsRead:
    """The statements that were read, with the item of each by its code."""

    statements: list[Statement] = field(default_factory=list)
    items: dict[str, Fields] = field(default_factory=dict)


def statements_of(
    parts: Parts, top: Iterable[str], types: Mapping[str, str], telling: Telling, words: Callable[[str], str]
) -> StatementsRead:
    """The statements of those items and of all below them, in an order that a sheet can have. `types` are the titles of
    the types that the package defines, by identifier, and `words` gives those of a text on one line."""
    reading = _Reading(parts, types, telling, words)
    reading.read(top)
    return StatementsRead(_grouped(reading.statements), reading.items)


def type_of(item: Fields, types: Mapping[str, str]) -> str:
    """The type of an item, in lower case; empty where it has none."""
    said = item.get("CFItemType")
    if not said and (link := item.get("CFItemTypeURI")) is not None:
        said = link["title"] or types.get(link["identifier"], "")
    return " ".join(str(said or "").split()).lower()


def code_in(text: str) -> str:
    """The code that a sheet can have for one that a publisher wrote: without spaces, and `-` for other signs."""
    if _CODE.fullmatch(text):
        return text
    code = _NO_CODE.sub("-", "".join(text.split())).strip("-./_")
    return code[:_LONGEST_CODE].rstrip("-./_")


class _Reading:
    """The statements while they are read."""

    def __init__(self, parts: Parts, types: Mapping[str, str], telling: Telling, words: Callable[[str], str]) -> None:
        self._parts, self._types, self._telling, self._words = parts, types, telling, words
        self.statements: list[Statement] = []
        self.items: dict[str, Fields] = {}
        self._taken = {str(each.get("humanCodingScheme", "")) for each in parts.items.values()}
        self._next: dict[str, int] = {}

    def read(self, top: Iterable[str]) -> None:
        # A chain of parts may be longer than calls may be deep.
        waiting = [(own, place) for own, place in self._below(top, _Place())][::-1]
        while waiting:
            own, place = waiting.pop()
            item = self._parts.items[own]
            children = self._parts.below.get(own, ())
            inside = self._one(item, place, has_parts=bool(children))
            waiting += list(self._below(children, inside))[::-1]

    def _below(self, children: Iterable[str], place: _Place) -> Iterable[tuple[str, _Place]]:
        for count, own in enumerate(children, 1):
            # Neither numbers nor headings grow with how deep parts are: a chain of them may be any length.
            yield (
                own,
                replace(place, number=f"{place.number[:_LONGEST_NUMBER]}.{count}" if place.number else str(count)),
            )

    def _one(self, item: Fields, place: _Place, *, has_parts: bool) -> _Place:
        """Take an item; gives the place of what is below it."""
        type_name = type_of(item, self._types)
        kind = KIND_NAMED.get(type_name)
        words = self._words(item["fullStatement"])
        has_code = bool(code_in(str(item.get("humanCodingScheme", ""))))
        if kind is None and (type_name in _HEADINGS or (has_parts and not has_code)) and (has_parts or not has_code):
            return self._heading(words, place, may_be_kind=type_name != HEADING.lower())
        if not words:
            self._telling.add(About.CHOICE, "An item has no words, and is no statement", named(item))
            return place
        own_kind = kind or place.kind or StatementKind.OTHER
        parent = place.parent
        if parent and place.kind is not own_kind:
            what = "A statement is a part of one of another kind, and stands with its own kind"
            self._telling.add(About.CHOICE, what, named(item))
            place = replace(place, parent="", deep=0)
        elif place.deep > _DEEPEST:
            self._telling.add(About.CHOICE, "Parts are too deep for a sheet, and stand one step higher", named(item))
        code = self._code(item, own_kind, place.number)
        self.items[code] = item
        self.statements.append(Statement(code, own_kind, words, place.under, place.parent))
        if place.deep > _DEEPEST:
            return replace(place, kind=own_kind)
        return replace(place, kind=own_kind, parent=code, deep=place.deep + 1)

    def _heading(self, words: str, place: _Place, *, may_be_kind: bool) -> _Place:
        kind = KIND_NAMED.get(words.lower()) if may_be_kind else None
        if kind is not None:
            return replace(place, kind=kind, under="", parent="", deep=0)
        above = place.under if len(place.under) < _LONGEST_HEADING else ""
        under = " / ".join(filter(None, (above, words)))
        return replace(place, kind=None if place.parent else place.kind, under=under, parent="", deep=0)

    def _code(self, item: Fields, kind: StatementKind, number: str) -> str:
        said = str(item.get("humanCodingScheme", "")).strip()
        code = code_in(said)
        if not code:
            return self._numbered(kind, number)
        if code != said:
            self._telling.add(About.CHOICE, "A code is written with the signs that a sheet can have", said)
        if code in self.items:
            self._telling.add(About.TWICE, "A code is used for two statements: the second has a number behind it", code)
            code = self._free(code)
        return code

    def _numbered(self, kind: StatementKind, number: str) -> str:
        self._telling.add(About.CHOICE, "A statement has no code, and is numbered by its place", number)
        if not kind.letter:
            return number if number not in self._taken and number not in self.items else self._free(number)
        while True:
            self._next[kind.letter] = self._next.get(kind.letter, 0) + 1
            code = f"{kind.letter}{self._next[kind.letter]}"
            if code not in self._taken and code not in self.items:
                return code

    def _free(self, code: str) -> str:
        count = self._next.get(code, 1)
        while True:
            count += 1
            free = f"{code[: _LONGEST_CODE - 8]}-{count}"
            if free not in self.items and free not in self._taken:
                self._next[code] = count
                return free


def _grouped(statements: list[Statement]) -> list[Statement]:
    """Those of a kind together, and in it first those under no heading, then those of each heading."""
    kinds: dict[StatementKind, int] = {}
    headings: dict[tuple[StatementKind, str], int] = {}
    for each in statements:
        kinds.setdefault(each.kind, len(kinds))
        headings.setdefault((each.kind, each.under), len(headings) + 1 if each.under else 0)
    return sorted(statements, key=lambda each: (kinds[each.kind], headings[each.kind, each.under]))
