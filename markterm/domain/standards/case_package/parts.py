"""Which items of a CASE package are parts of which: every item once, below one parent or below the document.

`isChildOf` has the child as its origin. Real packages have items with two parents, with parents that are not there, and
parts that are parts of each other; each of those is told, and nothing is left out for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markterm.domain.standards.case_package.told import About, Telling
from markterm.domain.standards.case_package.vocabulary import CHILD_OF, Fields


@dataclass(frozen=True)
class Parts:
    """The items by identifier, and below each, in its order, those that are parts of it; those of the document itself
    are below the empty identifier."""

    items: Mapping[str, Fields]
    below: Mapping[str, tuple[str, ...]]

    @property
    def top(self) -> tuple[str, ...]:
        """The items that are parts of no other."""
        return self.below.get("", ())


def parts_of(package: Fields, telling: Telling) -> Parts:
    """How the items of a package, as CASE allows it, are parts of each other. A circle is broken at the item of it that
    comes first in the package: that one becomes a part of none, and is named."""
    items: dict[str, Fields] = {each["identifier"]: each for each in package.get("CFItems", ())}
    document = package["CFDocument"]["identifier"]
    parents, order = _parents(package, items, document, telling)
    _break_circles(items, parents, telling)
    places = {own: place for place, own in enumerate(items)}
    below: dict[str, list[str]] = defaultdict(list)
    for own in items:
        below[parents.get(own, "")].append(own)
    for children in below.values():
        children.sort(key=lambda own: (order.get(own, math.inf), places[own]))
    return Parts(items, {own: tuple(children) for own, children in below.items()})


def named(item: Fields) -> str:
    """What an item is called in a sentence: its code, or how it begins, or its identifier."""
    return str(item.get("humanCodingScheme") or item.get("fullStatement") or item["identifier"])


def _parents(
    package: Fields, items: Mapping[str, Fields], document: str, telling: Telling
) -> tuple[dict[str, str], dict[str, float]]:
    parents: dict[str, str] = {}
    order: dict[str, float] = {}
    for own, item in items.items():
        listed = str(item.get("listEnumeration", "")).strip()
        if listed.isascii() and listed.isdigit():
            order[own] = float(listed[:12])
    for each in package.get("CFAssociations", ()):
        child, parent = each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"]
        if each["associationType"] != CHILD_OF or child not in items:
            continue
        known = parent if parent in items else ""
        if not known and parent != document:
            telling.add(About.WRONG, "An item is a part of one that is not in the package", named(items[child]))
        if child in parents:
            if parents[child] != known:
                telling.add(
                    About.CHOICE, "An item is a part of several, and stands under the first", named(items[child])
                )
            continue
        parents[child] = known
        if "sequenceNumber" in each:
            order[child] = each["sequenceNumber"]
    return {child: parent for child, parent in parents.items() if parent}, order


def _break_circles(items: Mapping[str, Fields], parents: dict[str, str], telling: Telling) -> None:
    sound: set[str] = set()
    places = {own: place for place, own in enumerate(items)}
    for start in items:
        way: dict[str, None] = {}
        here = start
        while here and here not in sound and here not in way:
            way[here] = None
            here = parents.get(here, "")
        if here in way:
            around = list(way)[list(way).index(here) :]
            first = min(around, key=places.__getitem__)
            parents.pop(first)
            names = " → ".join(_around(items, around, first))
            telling.add(About.CIRCLE, f"Parts go in a circle, which is broken above {named(items[first])}", names)
        sound.update(way)


def _around(items: Mapping[str, Fields], around: list[str], first: str) -> Iterator[str]:
    turn = around.index(first)
    for own in [*around[turn:], *around[: turn + 1]][:6]:
        yield named(items[own])
