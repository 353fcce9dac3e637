from __future__ import annotations

from markterm.domain.assessed.known_standards import KnownStandards
from markterm.domain.assessed.mapping import Mapped, UnitMapping
from markterm.domain.assessed.standard import Standard, Statement, StatementKind, StatementLink
from markterm.domain.assessed.suite import ListedStandard, Suite
from markterm.domain.assessed.unit import Criterion, LearningOutcome, Unit
from markterm.domain.standards.coverage import Share
from markterm.domain.standards.overview import overview


def standard(code: str, version: str = "1") -> Standard:
    statements = tuple(Statement(each, StatementKind.PERFORMANCE, each) for each in ("P1", "P2"))
    return Standard(code, code, version, statements=statements)


def test_every_standard_stands_once_with_what_all_units_cover_of_it_and_a_suite_counts_the_newest_versions() -> None:
    known = KnownStandards.of([standard("TEA01"), standard("TEA01", "2"), standard("POT01")])
    unit = Unit("A", "A", outcomes=(LearningOutcome(1, "x", (Criterion("1.1", "x"),)),))
    pairs = (Mapped("1.1", StatementLink("TEA01", "P1", "1")), Mapped("1.1", StatementLink("POT01", "P2")))
    tea = Suite("TEA", "Tea", standards=(ListedStandard("TEA01", "Tea"), ListedStandard("CAKE01", "Cake")))
    again = Suite("TEA2", "Tea too", standards=(ListedStandard("TEA01", "Tea"),))
    first, second, rest = overview([tea, again], known, [unit], [UnitMapping("A", mapped=pairs)])
    assert [(str(each.standard.key), each.units, each.share) for each in first.standards] == [
        ("TEA01 (2)", (), Share(of=2)),
        ("TEA01 (1)", ("A",), Share(fully=1, of=2)),
    ]
    assert (first.share, first.units) == (Share(of=2), ())
    assert second.standards == ()
    assert (rest.suite, rest.share, rest.units) == (None, Share(fully=1, of=2), ("A",))
