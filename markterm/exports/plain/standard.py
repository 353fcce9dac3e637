"""The plain form of a standard, and of what an importer read of a published document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.doubts import doubts_as_json, left_out_as_json
from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markterm.domain.assessed.standard import Standard
    from markterm.domain.assessed.suite import Suite
    from markterm.domain.standards.published.result import Published


def standard_as_json(standard: Standard, *, whole: bool = False) -> Json:
    """A standard as a JSON object; its statements with `whole`."""
    told: Json = {
        "code": standard.code,
        "version": standard.version,
        "title": standard.title,
        "suite": standard.suite or None,
        "in_force": standard.in_force,
        "sheet_has_errors": standard.faulty,
        "counts": {kind.name.lower(): number for kind, number in standard.counts.items()},
        "to_check": list(standard.to_check),
    }
    if whole:
        told["statements"] = [
            {
                "code": each.code,
                "kind": each.kind.name.lower(),
                "text": each.text,
                "under": each.under or None,
                "parent": each.parent or None,
            }
            for each in standard.statements
        ]
    return told


def suite_as_json(suite: Suite) -> Json:
    """A suite with its functional map as a JSON object."""
    return {
        "code": suite.code,
        "version": suite.version,
        "title": suite.title,
        "standards": [{"code": each.code, "title": each.title} for each in suite.standards],
        "key_purpose": suite.key_purpose or None,
        "areas": [
            {
                "code": area.code,
                "title": area.title,
                "functions": [
                    {"code": each.code, "title": each.title, "standards": list(each.standards)}
                    for each in area.functions
                ],
            }
            for area in suite.areas
        ],
        "glossary": [{"word": each.word, "meaning": each.meaning} for each in suite.glossary],
        "to_check": list(suite.to_check),
    }


def published_as_json(
    file: str,
    published: Published,
    sheets: Iterable[tuple[str, str, str, Sequence[str]]],
    where: Callable[[int], str],
) -> Json:
    """What was read of the document of that name as a JSON object; `sheets` are the code of each sheet, its file, what
    it meets in the centre and what the two say differently; `where` tells where a line stands in the document."""
    return {
        "file": file,
        "counts": {kind.name.lower(): number for kind, number in published.counts.items()},
        "standards": [standard_as_json(each) for each in published.standards],
        "suites": [suite_as_json(each) for each in published.suites],
        "sheets": [
            {"code": code, "file": name, "meets": meets, "differs": list(differs)}
            for code, name, meets, differs in sheets
        ],
        "to_check": doubts_as_json(published.doubts, where),
        "left_out": left_out_as_json(published.left_out, where),
    }
