"""The plain form of what units cover of standards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markterm.exports.plain.values import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markterm.domain.standards.coverage import CoveredArea, CoveredFunction, CoveredStatement, Share
    from markterm.domain.standards.coverage_asked import CoverageAsked


def coverage_as_json(asked: CoverageAsked, statements: Sequence[CoveredStatement]) -> Json:
    """What was asked as a JSON object: shares of everything, and these statements one by one."""
    told = asked.coverage
    return {
        "of": [each.code for each in asked.of],
        "target": asked.target.code,
        "units": [{"code": unit.code, "version": unit.version or None, "title": unit.title} for unit in told.units],
        "standards": [{"code": each.code, "version": each.version, "title": each.title} for each in told.standards],
        "share": _share(told.share),
        "by_kind": {kind.name.lower(): _share(told.of_kind(kind)) for kind in told.kinds},
        "by_standard": [
            {"standard": str(each.standard.key), "kind": each.kind.name.lower(), **_share(each.share)}
            for each in told.shares
        ],
        "map": [_area(each) for each in asked.areas],
        "statements": [_statement(each) for each in statements],
        "not_counted": [
            {
                "unit": each.unit.code,
                "version": each.unit.version or None,
                "criterion": each.criterion or None,
                "named": each.named,
                "why": each.why.name.lower(),
                "words": each.why.value,
            }
            for each in told.uncounted
        ],
        "caveats": list(asked.caveats),
    }


def _share(share: Share) -> Json:
    return {
        "of": share.of,
        "fully": share.fully,
        "partly": share.partly,
        "uncovered": share.uncovered,
        "twice": share.twice,
    }


def _area(area: CoveredArea) -> Json:
    return {
        "code": area.area.code,
        "title": area.area.title,
        "functions": [_function(each) for each in area.functions],
    }


def _function(each: CoveredFunction) -> Json:
    return {
        "code": each.function.code,
        "title": each.function.title,
        "state": each.state.name.lower(),
        "standards": list(each.function.standards),
        "missing": list(each.missing),
        **_share(each.share),
    }


def _statement(each: CoveredStatement) -> Json:
    return {
        "standard": each.standard.code,
        "version": each.standard.version,
        "code": each.statement.code,
        "kind": each.statement.kind.name.lower(),
        "text": each.statement.text,
        "state": each.state.name.lower(),
        "twice": each.is_twice,
        "by": [
            {
                "unit": own.unit.code,
                "version": own.unit.version or None,
                "criterion": own.mapped.criterion,
                "strength": own.mapped.strength.value,
                "note": own.mapped.note or None,
            }
            for own in each.by
        ],
    }
