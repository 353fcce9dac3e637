"""The fields of a CASE package, and how each is read from what real files hold in its place.

CASE 1.1 as 1EdTech published its schema; that of 1.0 has fewer, and allows more types. What no field is for is kept in
`extensions`, which 1.1 has for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from markterm.domain.standards.case_package.vocabulary import Fields

Read = Callable[[object], Any]
"""Gives the value as the schema wants it, or None where it is none."""

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,/:;=?@\[\]A-Za-z0-9._~-]+")
_LARGEST = 2**31 - 1
_LONGEST_NUMBER = 12


def text(value: object) -> str | None:
    """A text; a number is one too."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def texts(value: object) -> list[str] | None:
    """A list of texts; one text is a list of one."""
    if not isinstance(value, list):
        one = text(value)
        return None if one is None else [one]
    read = [text(each) for each in value]
    return None if None in read else [each for each in read if each is not None]


def number(value: object) -> int | None:
    """A whole number, also one that is written as a text or with a point."""
    if isinstance(value, str):
        word = value.strip()
        if not word.isascii() or not word.removeprefix("-").isdigit() or len(word) > _LONGEST_NUMBER:
            return None
        value = int(word)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST else None


def decimal(value: object) -> float | int | None:
    """A number, also one that is written as a text."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if abs(value) <= _LARGEST else None


def time(value: object) -> str | None:
    """A time with its zone, as it was written where it is one; UTC for one without."""
    if not isinstance(value, str):
        return None
    word = value.strip()
    try:
        read = datetime.fromisoformat(word)
    except ValueError:
        return None
    if _TIME.fullmatch(word):
        return word
    return read.isoformat() if read.tzinfo is not None else f"{read.isoformat()}+00:00"


def day(value: object) -> str | None:
    """A day; that of a time."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        return None


def address(value: object) -> str | None:
    """An address with its scheme. It is never fetched."""
    return value if isinstance(value, str) and _ADDRESS.fullmatch(value) else None


def extensions(value: object) -> Fields | None:
    """An object."""
    return value if isinstance(value, dict) else None


def case_version(value: object) -> str | None:
    """The only version that it may name."""
    return "1.1" if text(value) == "1.1" else None


LINK, LINKS, NODE, IDENTIFIER, REFERENCE = "link", "links", "node", "identifier", "reference"
"""What can only be read beside the rest of the package."""

_EVERY: Mapping[str, Read | str] = {"identifier": IDENTIFIER, "uri": address, "lastChangeDateTime": time}
_STATUS: Mapping[str, Read | str] = {"statusStartDate": day, "statusEndDate": day, "licenseURI": LINK}

DOCUMENT: Mapping[str, Read | str] = {
    **_EVERY,
    "frameworkType": text,
    "caseVersion": case_version,
    "creator": text,
    "title": text,
    "officialSourceURL": address,
    "publisher": text,
    "description": text,
    "subject": texts,
    "subjectURI": LINKS,
    "language": text,
    "version": text,
    "adoptionStatus": text,
    **_STATUS,
    "notes": text,
    "extensions": extensions,
}
ITEM: Mapping[str, Read | str] = {
    **_EVERY,
    "fullStatement": text,
    "alternativeLabel": text,
    "CFItemType": text,
    "humanCodingScheme": text,
    "listEnumeration": text,
    "abbreviatedStatement": text,
    "conceptKeywords": texts,
    "conceptKeywordsURI": LINK,
    "notes": text,
    "subject": texts,
    "subjectURI": LINKS,
    "language": text,
    "educationLevel": texts,
    "CFItemTypeURI": LINK,
    **_STATUS,
    "extensions": extensions,
}
ASSOCIATION: Mapping[str, Read | str] = {
    **_EVERY,
    "associationType": text,
    "sequenceNumber": number,
    "originNodeURI": NODE,
    "destinationNodeURI": NODE,
    "CFAssociationGroupingURI": LINK,
    "notes": text,
    "extensions": extensions,
}
_DEFINITION: Mapping[str, Read | str] = {
    **_EVERY,
    "title": text,
    "description": text,
    "hierarchyCode": text,
    "extensions": extensions,
}
DEFINITIONS: Mapping[str, Mapping[str, Read | str]] = {
    "CFConcepts": {**_DEFINITION, "keywords": text},
    "CFSubjects": _DEFINITION,
    "CFLicenses": {**_EVERY, "title": text, "description": text, "licenseText": text, "extensions": extensions},
    "CFItemTypes": {**_DEFINITION, "typeCode": text},
    "CFAssociationGroupings": {**_EVERY, "title": text, "description": text, "extensions": extensions},
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "CFConcepts": ("title", "hierarchyCode"),
    "CFSubjects": ("title", "hierarchyCode", "description"),
    "CFLicenses": ("title", "licenseText"),
    "CFItemTypes": ("title", "description", "hierarchyCode"),
    "CFAssociationGroupings": ("title",),
}
CRITERIA, LEVELS = "CFRubricCriteria", "CFRubricCriterionLevels"
RUBRICS: tuple[tuple[Mapping[str, Read | str], str], ...] = (
    ({**_EVERY, "title": text, "description": text}, CRITERIA),
    (
        {
            **_EVERY,
            "category": text,
            "description": text,
            "CFItemURI": LINK,
            "weight": decimal,
            "position": number,
            "rubricId": REFERENCE,
        },
        LEVELS,
    ),
    (
        {
            **_EVERY,
            "description": text,
            "quality": text,
            "score": decimal,
            "feedback": text,
            "position": number,
            "rubricCriterionId": REFERENCE,
        },
        "",
    ),
)
"""The fields of rubrics, their criteria and the levels of those, each with the field that holds the next."""
SERVED = frozenset(("CFDocumentURI", "CFPackageURI", "CFItemAssociationURI"))
"""Fields that say where a server has the whole of which this is a part; in a package they say nothing."""

KINDS_OF_ASSOCIATION = (
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
)
