"""A CASE 1.1 package as CASE 1.0 allows it: without what that version has no field for."""

from __future__ import annotations

from markterm.domain.standards.case_package.vocabulary import Fields, ours

_NEW = frozenset(("extensions", "caseVersion", "frameworkType", "targetType"))
_NEW_OF_ITEM = _NEW | {"subject", "subjectURI"}
_NEW_OF_ASSOCIATION = _NEW | {"notes"}
_NEW_KINDS = ("isTranslationOf", "ext:")


def as_1_0(package: Fields) -> Fields:
    """The package as CASE 1.0; that of a standard or a suite has its code before the title."""
    document = package["CFDocument"]
    told = {key: value for key, value in document.items() if key not in _NEW}
    code = ours(document).get("code")
    if isinstance(code, str) and code and not document["title"].startswith(code):
        told["title"] = f"{code} {document['title']}"
    older: Fields = {"CFDocument": told}
    if "CFItems" in package:
        older["CFItems"] = [_without(each, _NEW_OF_ITEM) for each in package["CFItems"]]
    if "CFAssociations" in package:
        older["CFAssociations"] = [
            {
                **_without(each, _NEW_OF_ASSOCIATION),
                "originNodeURI": _without(each["originNodeURI"], _NEW),
                "destinationNodeURI": _without(each["destinationNodeURI"], _NEW),
            }
            for each in package["CFAssociations"]
            if not each["associationType"].startswith(_NEW_KINDS)
        ]
    if "CFDefinitions" in package:
        said = package["CFDefinitions"]
        older["CFDefinitions"] = {
            key: [_without(each, _NEW) for each in definitions] for key, definitions in said.items() if key not in _NEW
        }
    if "CFRubrics" in package:
        older["CFRubrics"] = [_older(each) for each in package["CFRubrics"]]
    return older


def _older(rubric: Fields) -> Fields:
    told = _without(rubric, _NEW)
    return {key: [_older(each) for each in value] if isinstance(value, list) else value for key, value in told.items()}


def _without(part: Fields, keys: frozenset[str]) -> Fields:
    return {key: value for key, value in part.items() if key not in keys}
