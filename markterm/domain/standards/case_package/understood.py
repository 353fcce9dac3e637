"""What a CASE package says, as standards and a suite: one of ours as it went out, one of another publisher as a
standard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markterm.domain.assessed.standard import Standard, StandardKey, Term
from markterm.domain.assessed.suite import Function, FunctionalArea, ListedStandard, Suite
from markterm.domain.standards.case_package.parts import Parts, parts_of
from markterm.domain.standards.case_package.plain_text import as_said, free_text, plain_text
from markterm.domain.standards.case_package.statements import code_in, statements_of, type_of
from markterm.domain.standards.case_package.told import About, Telling
from markterm.domain.standards.case_package.vocabulary import (
    AREA,
    FUNCTION,
    KEY_PURPOSE,
    NOT_STATED,
    RELATED,
    SCALARS,
    STANDARD,
    Fields,
)
from markterm.domain.standards.case_package.vocabulary import ours as ours_of
from markterm.domain.words.foreign_text import clean

_CODE_IN_TITLE = re.compile(r"(?:[A-Z]{2,}[A-Z0-9-]*[0-9][A-Z0-9-]*|[A-Z]{2,}-[A-Z0-9-]+)(?= |$)")
_NO_LETTERS = re.compile(r"[^A-Z0-9]+")
_LONGEST_CODE = 40
_LONGEST_TERM = 120
_MAP = frozenset(each.lower() for each in (KEY_PURPOSE, AREA, FUNCTION, STANDARD))


@dataclass(frozen=True)
class Understood:
    """The standards of a package and its suite, if it has one, with the item of each statement. `is_unit` says that the
    package is none of a standard: it came from MarkTerm with what a unit covers."""

    standards: tuple[Standard, ...]
    suite: Suite | None = None
    items: Mapping[StandardKey, Mapping[str, Fields]] = field(default_factory=dict)
    is_unit: bool = False


def understood(package: Fields, telling: Telling, code: str = "") -> Understood:
    """What a package, as CASE allows it, says. `code` is that of the standard or suite, where it is not the package's
    own. What was read with a choice is told, and stands among what is to be checked of the standard."""
    parts = parts_of(package, telling)
    definitions = package.get("CFDefinitions", {})
    types = {each["identifier"]: each["title"] for each in definitions.get("CFItemTypes", ())}
    if _is_suite(package, parts, types):
        return _suite(package, parts, types, telling, code)
    document = package["CFDocument"]
    standard = _about(document, telling, code)
    read = statements_of(parts, parts.top, types, telling, _words_of(document))
    glossary = _glossary(definitions.get("CFConcepts", ()), _words_of(document))
    standard = replace(standard, statements=tuple(read.statements), glossary=glossary)
    is_unit = ours_of(document).get("kind") == "unit"
    return Understood((standard,), items={standard.key: read.items}, is_unit=is_unit)


def _about(document: Fields, telling: Telling, code: str) -> Standard:
    ours = ours_of(document)
    words = _words_of(document)
    title = _line(ours.get("title")) or words(document["title"])
    own = _own_code(ours, title, telling, code)
    if not ours:
        title = title.removeprefix(own).strip() or title  # CASE 1.0 has no other place for it.
    if not title:
        telling.add(About.CHOICE, "The package has no title: its code stands for it")
    said: dict[str, Any] = {name: _line(ours.get(name)) for name in SCALARS if name not in ("code", "title")}
    if not ours:
        said["origin"] = "" if document["creator"] == NOT_STATED else plain_text(document["creator"])
        if document.get("adoptionStatus") == "Deprecated":
            said["withdrawn"] = document.get("statusEndDate", "deprecated")
    overview = ours.get("overview")
    overview = clean(overview).text if isinstance(overview, str) else free_text(document.get("description", ""))
    return Standard(
        code=own,
        title=title or own,
        version=words(document.get("version", "")),
        **said,
        overview=overview,
        to_check=_lines(ours.get("to_check")),
    )


def _own_code(ours: Mapping[str, Any], title: str, telling: Telling, code: str) -> str:
    if code or (code := _line(ours.get("code"))):
        return code
    if match := _CODE_IN_TITLE.match(title[: _LONGEST_CODE + 1]):  # of a long title no more is tried
        return match[0][:_LONGEST_CODE]
    made = _NO_LETTERS.sub("-", title.upper()).strip("-")[:_LONGEST_CODE].strip("-") or "CASE"
    telling.add(About.CHOICE, "The package has no code: one was made of its title", made)
    return made


def _words_of(document: Fields) -> Callable[[str], str]:
    return as_said if ours_of(document) else plain_text


def _line(value: object) -> str:
    return as_said(value) if isinstance(value, str) else ""


def _lines(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, value)))) if isinstance(value, list) else ()


def _glossary(concepts: Iterable[Fields], words: Callable[[str], str]) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for each in concepts:
        word, meaning = words(each["title"]).replace("*", ""), words(each.get("description", ""))
        if word and meaning and len(word) <= _LONGEST_TERM:
            terms.setdefault(word, Term(word, meaning))
    return tuple(terms.values())


def _is_suite(package: Fields, parts: Parts, types: Mapping[str, str]) -> bool:
    if ours_of(package["CFDocument"]).get("kind") == "suite":
        return True
    return any(type_of(parts.items[own], types) == AREA.lower() for own in parts.top)


def _suite(package: Fields, parts: Parts, types: Mapping[str, str], telling: Telling, code: str) -> Understood:
    document = package["CFDocument"]
    about, ours, words = _about(document, telling, code), ours_of(document), _words_of(document)
    of_type = {own: type_of(item, types) for own, item in parts.items.items()}
    listed: dict[str, tuple[str, str]] = {}
    standards: list[Standard] = []
    items: dict[StandardKey, Mapping[str, Fields]] = {}
    for own in parts.top:
        item = parts.items[own]
        if of_type[own] != STANDARD.lower():
            continue
        own_code, title = code_in(str(item.get("humanCodingScheme", ""))), words(item["fullStatement"])
        if not own_code or own_code in {each for each, _ in listed.values()}:
            telling.add(About.TWICE, "A standard of the suite has no code of its own, and is left out", title)
            continue
        listed[own] = (own_code, title)
        said = ours_of(item)
        if not said and own not in parts.below:
            continue
        read = statements_of(parts, parts.below.get(own, ()), types, telling, words)
        scalars: dict[str, Any] = {
            name: _line(said.get(name)) for name in SCALARS if name not in ("code", "title", "suite")
        }
        standard = Standard(
            code=own_code,
            title=_line(said.get("title")) or title,
            version=_line(said.get("version")) or ("" if said else about.version),
            **scalars,
            suite=_line(said.get("suite")) or ("" if said else about.code),
            overview=clean(str(said.get("overview") or "")).text,
            statements=tuple(read.statements),
            glossary=_glossary(_terms(said.get("glossary")), as_said),
            to_check=_lines(said.get("to_check")),
        )
        standards.append(standard)
        items[standard.key] = read.items
    met = _met(package, listed, of_type)
    purposes = [own for own in parts.top if of_type[own] == KEY_PURPOSE.lower()]
    areas = [
        FunctionalArea(
            code_in(str(parts.items[own].get("humanCodingScheme", ""))) or f"X{place}",
            words(parts.items[own]["fullStatement"]),
            tuple(
                Function(
                    code_in(str(parts.items[each].get("humanCodingScheme", ""))) or f"X{place}.{count}",
                    words(parts.items[each]["fullStatement"]),
                    _lines(ours_of(parts.items[each]).get("standards")) or met.get(each, ()),
                )
                for count, each in enumerate(parts.below.get(own, ()), 1)
            ),
        )
        for place, own in enumerate((each for each in parts.top if of_type[each] == AREA.lower()), 1)
    ]
    suite = Suite(
        code=about.code,
        title=about.title,
        version=about.version,
        origin=about.origin,
        approved=about.approved,
        review=about.review,
        overview=about.overview,
        key_purpose=words(parts.items[purposes[0]]["fullStatement"]) if purposes else "",
        standards=tuple(ListedStandard(*each) for each in listed.values()),
        areas=tuple(areas),
        glossary=_glossary(package.get("CFDefinitions", {}).get("CFConcepts", ()), words),
        links=_lines(ours.get("links")),
        to_check=about.to_check,
    )
    for own in parts.top:
        if of_type[own] not in _MAP:
            telling.add(
                About.CHOICE,
                "An item is no part of a functional map, and is left out",
                parts.items[own]["fullStatement"],
            )
    return Understood(tuple(standards), suite, items)


def _terms(said: object) -> list[Fields]:
    pairs = said if isinstance(said, list) else ()
    return [
        {"title": each[0], "description": each[1]}
        for each in pairs
        if isinstance(each, list) and len(each) == 2 and all(isinstance(word, str) for word in each)
    ]


def _met(
    package: Fields, listed: Mapping[str, tuple[str, str]], of_type: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """The codes of the standards that meet each function, by the identifier of the function."""
    met: dict[str, list[tuple[float, str]]] = {}
    for place, each in enumerate(package.get("CFAssociations", ())):
        origin, function = each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"]
        if each["associationType"] == RELATED and origin in listed and of_type.get(function) == FUNCTION.lower():
            met.setdefault(function, []).append((each.get("sequenceNumber", place), listed[origin][0]))
    return {
        own: tuple(dict.fromkeys(code for _, code in sorted(codes, key=lambda pair: pair[0])))
        for own, codes in met.items()
    }
